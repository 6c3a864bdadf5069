//! Adding a domain (endpoint 6): a note that one is under way, so that a page that is closed before the answer came is not silent about it.
//!
//! The note is written before the call and taken away once its end is known and kept. Whoever finds one asks the API whether the domain
//! exists: then it was added, and its code, which comes only once, did not arrive here.

use switchboard_api::{DomainName, Email};

use super::keys::OrganisationKey;
use super::store::{KeyValue, StoreError, Workspace};

/// A domain that was being added when the page was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingAddition {
    /// Its name.
    pub name: DomainName,
    /// Its contact address.
    pub email: Option<Email>,
}

impl<S: KeyValue> Workspace<S> {
    /// Notes that a domain is about to be added.
    ///
    /// # Errors
    /// [`StoreError`] when the note could not be kept.
    pub fn begin_addition(
        &self,
        organisation: &OrganisationKey,
        addition: &PendingAddition,
    ) -> Result<(), StoreError> {
        let email = addition.email.as_ref().map(Email::as_str);
        let key = organisation.addition_key(&addition.name);
        self.storage.set(&key, email.unwrap_or_default())
    }

    /// What became of it is known, and kept where it has to be: the note goes.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn end_addition(
        &self,
        organisation: &OrganisationKey,
        name: &DomainName,
    ) -> Result<(), StoreError> {
        self.storage.remove(&organisation.addition_key(name))
    }

    /// The notes that are there. One that names no domain says nothing and is passed over.
    pub(super) fn pending_additions(
        &self,
        organisation: &OrganisationKey,
    ) -> Result<Vec<PendingAddition>, StoreError> {
        let prefix = organisation.addition_prefix();
        let mut additions = Vec::new();
        for key in self.storage.keys()? {
            let name = key.strip_prefix(&prefix).map(str::parse);
            if let Some(Ok(name)) = name {
                let email = self.storage.get(&key)?.unwrap_or_default();
                additions.push(PendingAddition {
                    name,
                    email: email.parse().ok(),
                });
            }
        }
        additions.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(additions)
    }
}

#[cfg(test)]
mod tests {
    use crate::workspace::test_support::{Memory, domain, organisation, with_code};

    use super::*;

    #[test]
    fn a_domain_that_was_being_added_is_found_again_until_its_end_is_known() {
        let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
        let other = organisation("https://other.example/");
        let addition = PendingAddition {
            name: domain("new.example"),
            email: "web@acme.example".parse().ok(),
        };
        let workspace = Workspace::new(memory.clone());
        workspace.begin_addition(&acme, &addition).expect("room");
        workspace
            .remember(&acme, with_code("held.example", "x", 1))
            .expect("room");
        let again = Workspace::new(memory).list(&acme).expect("storage");
        assert_eq!(again.additions, [addition]);
        assert_eq!(workspace.list(&other).expect("storage").additions, []);
        workspace
            .end_addition(&acme, &domain("new.example"))
            .expect("storage");
        assert_eq!(workspace.list(&acme).expect("storage").additions, []);
    }
}
