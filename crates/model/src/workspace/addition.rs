//! Notes that a domain is being added (endpoint 6), so that the panel can report it if the page closes before the
//! answer came.
//!
//! The note is written before the call, and deleted once the outcome is known and stored. A page that finds a note
//! asks the API whether the domain exists. If so, it was added, and its code, which comes only once, did not arrive
//! here.

use crate::sort::sort_by;
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
    /// [`StoreError`] when the note could not be stored.
    pub fn begin_addition(
        &self,
        organisation: &OrganisationKey,
        addition: &PendingAddition,
    ) -> Result<(), StoreError> {
        let email = addition.email.as_ref().map(Email::as_str);
        let key = organisation.addition_key(&addition.name);
        self.storage.set(&key, email.unwrap_or_default())
    }

    /// Deletes the note once the outcome is known and stored.
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

    /// Returns the notes. Skips one that names no domain.
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
        sort_by(&mut additions, |one, other| one.name.cmp(&other.name));
        Ok(additions)
    }
}

#[cfg(test)]
mod tests {
    use crate::workspace::test_support::{Memory, domain, organisation, with_code};

    use super::*;

    #[test]
    fn pending_addition_is_listed_until_its_outcome_is_known() {
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
