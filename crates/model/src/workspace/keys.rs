//! The keys of records in the browser's storage. The version is that of the whole layout.

use std::fmt;

use switchboard_api::{BaseUrl, DomainName};

use super::record::{CodeOrigin, KnownDomain, RecordError};

/// The prefix of all keys of the panel: the workspace, connections, preferences.
pub(super) const PANEL: &str = "switchboard/";
/// The key of the epoch: the time of the last "Forget everything".
pub(super) const FORGOTTEN: &str = "switchboard/1/forgotten";
const ROOT: &str = "switchboard/1/";
const DOMAINS: &str = "switchboard/1/domain/";
const CODES: &str = "switchboard/1/code/";
const QUARANTINE: &str = "switchboard/1/aside/";
const ADDING: &str = "switchboard/1/adding/";
const RENAMES: &str = "switchboard/1/rename/";
const TOMBSTONES: &str = "switchboard/1/gone/";

/// Identifies an organisation by the base URL of its API, because each organisation has its own host (reference,
/// "Ground rules").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationKey(String);

impl OrganisationKey {
    /// Returns the key of the organisation behind a base URL.
    #[must_use]
    pub fn of(base_url: &BaseUrl) -> Self {
        Self(base_url.as_str().to_owned())
    }

    /// Returns the key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the record key of a domain of this organisation. A space separates the two names: neither can contain one.
    pub(super) fn record_key(&self, name: &DomainName) -> RecordKey {
        RecordKey(format!("{} {}", self.0, name.as_str()))
    }

    /// Returns the key of a domain's record.
    #[cfg(test)]
    pub(super) fn domain_key(&self, name: &DomainName) -> String {
        self.record_key(name).domain_key()
    }

    /// Returns the key of the note that a domain is being renamed.
    pub(super) fn rename_key(&self, from: &DomainName) -> String {
        format!("{}{}", self.rename_prefix(), from.as_str())
    }

    /// Returns the key of the note that a domain is being added.
    pub(super) fn addition_key(&self, name: &DomainName) -> String {
        format!("{}{}", self.addition_prefix(), name.as_str())
    }

    /// Returns the prefix of all addition notes of this organisation.
    pub(super) fn addition_prefix(&self) -> String {
        format!("{ADDING}{} ", self.0)
    }

    /// Returns the prefix of all rename notes of this organisation.
    pub(super) fn rename_prefix(&self) -> String {
        format!("{RENAMES}{} ", self.0)
    }

    /// Returns the prefix of all journal entries of this organisation.
    pub(crate) fn journal_prefix(&self) -> String {
        format!("{ROOT}journal/{} ", self.0)
    }

    /// Where the time lies since when this organisation's journal is complete.
    pub(crate) fn journal_since_key(&self) -> String {
        format!("{ROOT}journal-since/{}", self.0)
    }

    /// How the key of everything that is kept of this organisation's runs begins.
    pub(crate) fn run_prefix(&self) -> String {
        format!("{ROOT}run/{} ", self.0)
    }

    /// Returns whether another tab's change of this key may change what [`super::Workspace::list`] returns for this
    /// organisation.
    #[must_use]
    pub fn is_of_workspace(&self, key: &str) -> bool {
        match RecordKey::of_key(key) {
            Some(key) => self.owns(&key),
            // A restored record affects the notices of every organisation.
            None => {
                let notes = [self.rename_prefix(), self.addition_prefix()];
                key.starts_with(QUARANTINE) || notes.iter().any(|prefix| key.starts_with(prefix))
            }
        }
    }

    /// Returns whether another tab's change of this key may change the journal of this organisation: an entry, or the
    /// head of a run. The rows of a run do not count.
    #[must_use]
    pub fn is_of_journal(&self, key: &str) -> bool {
        key.starts_with(&self.journal_prefix()) || self.is_head_of_run(key)
    }

    /// Returns whether a key is that of the head of one of this organisation's runs, which is written when a run
    /// begins, pauses, ends or is dismissed.
    #[must_use]
    pub fn is_head_of_run(&self, key: &str) -> bool {
        key.starts_with(&self.run_prefix()) && key.ends_with(" head")
    }

    /// Returns whether a record belongs to a domain of this organisation.
    pub(super) fn owns(&self, key: &RecordKey) -> bool {
        key.organisation() == self.0
    }
}

impl fmt::Display for OrganisationKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// An organisation and a domain of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RecordKey(String);

impl RecordKey {
    /// Returns the domain that a storage key is about; `None` if it is about something else.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        let place = key.strip_prefix(DOMAINS).or_else(|| {
            let (_origin, place) = key.strip_prefix(CODES)?.split_once('/')?;
            Some(place)
        });
        place.map(|place| Self(place.to_owned()))
    }

    /// Returns the organisation's part.
    pub(super) fn organisation(&self) -> &str {
        self.0.split(' ').next().unwrap_or_default()
    }

    /// Returns the domain's part.
    pub(super) fn domain(&self) -> &str {
        self.0.split_once(' ').map_or("", |(_, domain)| domain)
    }

    /// Reads a text as the record of this domain.
    ///
    /// # Errors
    /// As [`KnownDomain::from_text`], and [`RecordError::OtherDomain`].
    pub(super) fn read(&self, text: &str) -> Result<KnownDomain, RecordError> {
        let known = KnownDomain::from_text(text)?;
        if known.name.as_str() == self.domain() {
            Ok(known)
        } else {
            Err(RecordError::OtherDomain(known.name.as_str().to_owned()))
        }
    }

    /// Returns the storage key of the domain's record.
    pub(super) fn domain_key(&self) -> String {
        format!("{DOMAINS}{}", self.0)
    }

    /// Returns the storage key of the second copy of the domain's code of this origin.
    pub(super) fn code_key(&self, origin: CodeOrigin) -> String {
        let origin = match origin {
            CodeOrigin::Added => "added",
            CodeOrigin::Pasted => "pasted",
            CodeOrigin::Imported => "imported",
            CodeOrigin::Chosen => "chosen",
        };
        format!("{CODES}{origin}/{}", self.0)
    }

    /// Returns every storage key of the domain, the record last, so that the newest comes last.
    pub(super) fn keys(&self) -> [String; 5] {
        let code = |origin| self.code_key(origin);
        [
            code(CodeOrigin::Imported),
            code(CodeOrigin::Chosen),
            code(CodeOrigin::Pasted),
            code(CodeOrigin::Added),
            self.domain_key(),
        ]
    }
}

/// Returns whether a key belongs to the workspace, which is copied to disk. The connections, with their tokens, do
/// not.
pub(super) fn is_workspace(key: &str) -> bool {
    let all = [DOMAINS, CODES, QUARANTINE, ADDING, RENAMES];
    all.iter().any(|start| key.starts_with(start))
}

/// Returns the key of the tombstone that says when a key of the workspace was removed.
pub(super) fn tombstone_key(key: &str) -> String {
    let tail = key.strip_prefix(ROOT).unwrap_or(key);
    format!("{TOMBSTONES}{tail}")
}

/// Returns the key that a tombstone is about; `None` if this is no tombstone.
pub(super) fn key_of_tombstone(note: &str) -> Option<String> {
    let tail = note.strip_prefix(TOMBSTONES)?;
    Some(format!("{ROOT}{tail}"))
}

/// Returns the key of an unreadable record in quarantine. Another text gets another key, so that no tab overwrites
/// what another one quarantined.
pub(super) fn quarantine_key(original: &str, text: &str) -> String {
    let tail = original.strip_prefix(ROOT).unwrap_or(original);
    format!("{QUARANTINE}{tail} #{:x}", fingerprint(text))
}

/// Returns a hash (FNV-1a) that distinguishes texts in keys. It does not resist deliberate collisions.
#[must_use]
pub fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Returns the key that a record had before quarantine.
pub(super) fn original_key(quarantined: &str) -> String {
    let tail = quarantined.strip_prefix(QUARANTINE).unwrap_or(quarantined);
    // Neither a base URL nor a domain name contains a space: the text after a second one distinguishes records of the
    // same key.
    let tail = tail.split_once(" #").map_or(tail, |(tail, _)| tail);
    if tail.starts_with(ROOT) {
        tail.to_owned()
    } else {
        format!("{ROOT}{tail}")
    }
}

/// Returns the prefix of all records in quarantine.
pub(super) fn quarantine_prefix() -> &'static str {
    QUARANTINE
}

/// Returns what a quarantined record is about, without the panel's own prefixes.
pub(super) fn about(key: &str) -> &str {
    let key = key.strip_prefix(QUARANTINE).unwrap_or(key);
    let key = key.strip_prefix(ROOT).unwrap_or(key);
    let key = key.split_once(" #").map_or(key, |(key, _)| key);
    let code = key
        .strip_prefix("code/")
        .and_then(|key| key.split_once('/'))
        .map(|(_origin, place)| place);
    code.or(key.strip_prefix("domain/")).unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use crate::workspace::test_support::organisation;

    #[test]
    fn run_and_journal_events_do_not_affect_the_workspace() {
        let acme = organisation("https://acme.example/");
        let of_acme =
            |kind: &str, rest: &str| format!("switchboard/1/{kind}/https://acme.example/ {rest}");
        for key in [
            of_acme("domain", "a.example"),
            of_acme("code/added", "a.example"),
            of_acme("rename", "a.example"),
            of_acme("adding", "a.example"),
            of_acme("aside/domain", "a.example #1"),
        ] {
            assert!(
                acme.is_of_workspace(&key) && !acme.is_of_journal(&key),
                "{key}"
            );
        }
        let block = of_acme("run", "000000000000001 7");
        let head = of_acme("run", "000000000000001 head");
        let entry = of_acme("journal", "000000000000001-00000001");
        let others = "switchboard/1/domain/https://other.example/ a.example".to_owned();
        for key in [&block, &head, &entry, &others] {
            assert!(!acme.is_of_workspace(key), "{key}");
        }
        assert!(acme.is_head_of_run(&head) && !acme.is_head_of_run(&block));
        let of_journal = [&block, &head, &entry].map(|key| acme.is_of_journal(key));
        assert_eq!(of_journal, [false, true, true]);
    }
}
