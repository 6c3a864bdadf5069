//! Renaming a domain (endpoint 8): everything kept under the old name goes over to the new one, in a way that no stop in the middle
//! can break.
//!
//! A note of the intent is written before the call, and taken away once its outcome is known. Whoever finds a note asks the API which of
//! the two names exists, and finishes or takes the note away. The old record stays until the new one is written.
//!
//! The note says which code is held, if one is: a browser that is killed may come back with a note that was taken away, and by then the old name
//! may be another domain's. What came to it since stays with it.

use switchboard_api::DomainName;

use super::keys::{OrganisationKey, fingerprint};
use super::record::{CodeOrigin, HeldCode, KnownDomain};
use super::store::{KeyValue, StoreError, Workspace};

/// A rename whose outcome is not noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingRename {
    /// The name before.
    pub from: DomainName,
    /// The name that was asked for.
    pub to: DomainName,
}

impl<S: KeyValue> Workspace<S> {
    /// Notes that a domain is about to be renamed.
    ///
    /// # Errors
    /// [`StoreError`] when the note could not be kept: then a stop in the middle could not be mended.
    pub fn begin_rename(
        &self,
        organisation: &OrganisationKey,
        rename: &PendingRename,
    ) -> Result<(), StoreError> {
        let old = self.read(&organisation.record_key(&rename.from))?;
        let text = format!("{} {}", rename.to, code_of(old.as_ref()));
        self.storage
            .set(&organisation.rename_key(&rename.from), &text)
    }

    /// The API has renamed the domain: what is kept under the old name goes over. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept under the new name; it is then still there under the old one, and so is the note.
    pub fn finish_rename(
        &self,
        organisation: &OrganisationKey,
        rename: &PendingRename,
    ) -> Result<(), StoreError> {
        let note = self.storage.get(&organisation.rename_key(&rename.from))?;
        let noted = note.as_deref().and_then(|note| note.split_once(' '));
        if rename.from != rename.to
            && let Some(old) = self.read(&organisation.record_key(&rename.from))?
            && noted.is_none_or(|(_, code)| code == code_of(Some(&old)))
        {
            let renamed = KnownDomain {
                name: rename.to.clone(),
                ..old
            };
            self.remember(organisation, renamed)?;
            self.forget(organisation, &rename.from)?;
        }
        self.cancel_rename(organisation, &rename.from)
    }

    /// Keeps a domain whose code has just come, from the API or from a person's hands: it is newer than any that is held, whatever the clock
    /// says, which may have been set back. Who adds a domain that is noted as renamed adds another one: the one before goes over first.
    ///
    /// # Errors
    /// As [`Self::remember`].
    pub fn receive(
        &self,
        organisation: &OrganisationKey,
        known: KnownDomain,
    ) -> Result<KnownDomain, StoreError> {
        let was_added = |held: &HeldCode| held.origin == CodeOrigin::Added;
        if known.held.as_ref().is_some_and(was_added) {
            let renames = self.pending_renames(organisation)?;
            for rename in renames.iter().filter(|rename| rename.from == known.name) {
                self.finish_rename(organisation, rename)?;
            }
        }
        self.keep_newest(organisation, known)
    }

    /// Ends a rename that somebody else began and broke off: whether the API has renamed the domain was asked meanwhile, and in that time
    /// another tab may have ended it. The old name may be another domain's by now, whose code must not go along.
    ///
    /// # Errors
    /// As [`Self::finish_rename`].
    pub fn resolve_rename(
        &self,
        organisation: &OrganisationKey,
        rename: &PendingRename,
        is_renamed: bool,
    ) -> Result<(), StoreError> {
        let note = self.storage.get(&organisation.rename_key(&rename.from))?;
        if note.as_deref().map(name_in) != Some(rename.to.as_str()) {
            return Ok(());
        }
        if is_renamed {
            self.finish_rename(organisation, rename)
        } else {
            self.cancel_rename(organisation, &rename.from)
        }
    }

    /// The API has not renamed the domain: the note goes.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn cancel_rename(
        &self,
        organisation: &OrganisationKey,
        from: &DomainName,
    ) -> Result<(), StoreError> {
        self.storage.remove(&organisation.rename_key(from))
    }

    /// The notes that are there. One that names no domain says nothing and is passed over.
    pub(super) fn pending_renames(
        &self,
        organisation: &OrganisationKey,
    ) -> Result<Vec<PendingRename>, StoreError> {
        let prefix = organisation.rename_prefix();
        let mut renames = Vec::new();
        for key in self.storage.keys()? {
            let Some(from) = key.strip_prefix(&prefix) else {
                continue;
            };
            let note = self.storage.get(&key)?.unwrap_or_default();
            if let (Ok(from), Ok(to)) = (from.parse(), name_in(&note).parse()) {
                renames.push(PendingRename { from, to });
            }
        }
        renames.sort_by(|one, other| one.from.cmp(&other.from));
        Ok(renames)
    }
}

/// The name that was asked for, in a note.
fn name_in(note: &str) -> &str {
    note.split_once(' ').map_or(note, |(to, _)| to)
}

/// Which code is held, as the note says it.
fn code_of(known: Option<&KnownDomain>) -> String {
    let Some(held) = known.and_then(|known| known.held.as_ref()) else {
        return "none".to_owned();
    };
    let code = &held.code;
    let text = format!("{} {}\n{}", held.received_at, code.link, code.socket_link);
    format!("{:x}", fingerprint(&text))
}

#[cfg(test)]
mod tests;
