//! Renames a domain (endpoint 8) in the storage: moves everything from the old name to the new one so that no
//! interruption loses data.
//!
//! A note of the intent is written before the call, and deleted once the outcome is known. A page that finds a note
//! asks the API which of the two names exists, and finishes the rename or deletes the note. The old record stays
//! until the new one is written.
//!
//! The note identifies the code that was stored, if any. A killed browser may restore a note that was already
//! deleted, and by then the old name may belong to another domain. A code that this domain received since stays with
//! it.

use crate::sort::sort_by;
use switchboard_api::DomainName;

use super::keys::{OrganisationKey, fingerprint};
use super::record::{CodeOrigin, HeldCode, KnownDomain};
use super::store::{KeyValue, StoreError, Workspace};

/// A rename whose outcome is not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingRename {
    /// The former name.
    pub from: DomainName,
    /// The requested name.
    pub to: DomainName,
}

impl<S: KeyValue> Workspace<S> {
    /// Notes that a domain is about to be renamed.
    ///
    /// # Errors
    /// [`StoreError`] when the note could not be stored: an interrupted rename could not be finished then.
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

    /// Moves everything from the old name to the new one, after the API has renamed the domain. Idempotent.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be stored under the new name; it is then still there under the old one, and
    /// so is the note.
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
            self.keep_renamed(organisation, renamed.clone())?;
            self.move_added_code(organisation, rename, renamed)?;
            self.forget(organisation, &rename.from)?;
        }
        self.cancel_rename(organisation, &rename.from)
    }

    /// Moves the code that the API gave, if another one has replaced it: the old name is forgotten with everything that
    /// is stored under it, and the API gives the code only once. A code of the API under the new name goes to quarantine.
    fn move_added_code(
        &self,
        organisation: &OrganisationKey,
        rename: &PendingRename,
        renamed: KnownDomain,
    ) -> Result<(), StoreError> {
        let Some(added) = self.added_code(organisation, &rename.from)? else {
            return Ok(());
        };
        let is_kept = renamed
            .held
            .as_ref()
            .is_some_and(|held| held.code == added.code);
        if is_kept {
            return Ok(());
        }
        let record_key = organisation.record_key(&rename.to);
        let key = record_key.code_key(CodeOrigin::Added);
        let there = self.read_key(&record_key, &key)?;
        let moved = KnownDomain {
            held: Some(added),
            ..renamed
        };
        // The API accepted the name, so a code under it belongs to a domain that was deleted or renamed.
        if let Some(there) = there.filter(|there| there.held != moved.held) {
            self.quarantine_copy(&record_key, &there)?;
        }
        self.put(&key, &moved.to_text())
    }

    /// Stores a renamed domain. Its code replaces another one that is stored under the new name: the API accepted the
    /// name, so that code belongs to a domain that was deleted or renamed. Copies the replaced record to quarantine
    /// first.
    fn keep_renamed(
        &self,
        organisation: &OrganisationKey,
        renamed: KnownDomain,
    ) -> Result<KnownDomain, StoreError> {
        let record_key = organisation.record_key(&renamed.name);
        let there = self.read(&record_key)?;
        let code = |known: &KnownDomain| known.held.as_ref().map(|held| held.code.clone());
        let (new, stored) = (code(&renamed), there.as_ref().and_then(code));
        let (Some(there), Some(held), true) = (
            there,
            renamed.held.clone(),
            stored.is_some() && new != stored,
        ) else {
            return self.remember(organisation, renamed);
        };
        self.quarantine_copy(&record_key, &there)?;
        let renamed = KnownDomain {
            held: Some(held.chosen()),
            ..renamed
        };
        self.keep_newest(organisation, renamed)
    }

    /// Stores a domain whose code has just arrived from the API or the user. The code is newer than any stored one,
    /// whatever the clock says. If the domain has a pending rename, adding it means that this is another domain: the
    /// rename is finished first.
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

    /// Ends a rename that another page began and did not finish, after the API was asked which name exists. Another
    /// tab may have ended it in the meantime, and the old name may belong to another domain by now, whose code must
    /// not move.
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

    /// Deletes the note of a rename that the API did not make.
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

    /// Returns the notes. Skips one that names no domain.
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
        sort_by(&mut renames, |one, other| one.from.cmp(&other.from));
        Ok(renames)
    }
}

/// Returns the requested name in a note.
fn name_in(note: &str) -> &str {
    note.split_once(' ').map_or(note, |(to, _)| to)
}

/// Returns the fingerprint of the stored code for a note.
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
