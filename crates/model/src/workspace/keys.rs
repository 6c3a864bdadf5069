//! The names under which records lie in the browser's storage. The version is that of the whole layout.

use std::fmt;

use switchboard_api::{BaseUrl, DomainName};

use super::record::CodeOrigin;

/// How every key of the panel begins, whatever it holds: the workspace, connections, preferences.
pub(super) const PANEL: &str = "switchboard/";
const ROOT: &str = "switchboard/1/";
const DOMAINS: &str = "switchboard/1/domain/";
const CODES: &str = "switchboard/1/code/";
const ASIDE: &str = "switchboard/1/aside/";
const ADDING: &str = "switchboard/1/adding/";
const RENAMES: &str = "switchboard/1/rename/";
const GONE: &str = "switchboard/1/gone/";

/// Which organisation a record belongs to: the base URL of its API, because each organisation has its own host (reference, "Ground rules").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationKey(String);

impl OrganisationKey {
    /// The key of the organisation behind a base URL.
    #[must_use]
    pub fn of(base_url: &BaseUrl) -> Self {
        Self(base_url.as_str().to_owned())
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The domain of this organisation, as the keys of what is kept of it end. A space parts the two names: neither can hold one.
    pub(super) fn place(&self, name: &DomainName) -> Place {
        Place(format!("{} {}", self.0, name.as_str()))
    }

    /// Where a domain's record lies.
    #[cfg(test)]
    pub(super) fn domain_key(&self, name: &DomainName) -> String {
        self.place(name).domain_key()
    }

    /// Where the note lies that a domain is being renamed.
    pub(super) fn rename_key(&self, from: &DomainName) -> String {
        format!("{}{}", self.rename_prefix(), from.as_str())
    }

    /// Where the note lies that a domain is being added.
    pub(super) fn addition_key(&self, name: &DomainName) -> String {
        format!("{}{}", self.addition_prefix(), name.as_str())
    }

    /// How the key of every such note of this organisation begins.
    pub(super) fn addition_prefix(&self) -> String {
        format!("{ADDING}{} ", self.0)
    }

    /// How the key of every note of a rename of this organisation begins.
    pub(super) fn rename_prefix(&self) -> String {
        format!("{RENAMES}{} ", self.0)
    }

    /// How the key of every entry of this organisation's journal begins.
    pub(crate) fn journal_prefix(&self) -> String {
        format!("{ROOT}journal/{} ", self.0)
    }

    /// Where a part of this organisation's bulk run lies.
    pub(crate) fn run_key(&self, part: &str) -> String {
        format!("{ROOT}run/{} {part}", self.0)
    }

    /// Whether something is kept here of a domain of this organisation.
    pub(super) fn owns(&self, place: &Place) -> bool {
        place.organisation() == self.0
    }
}

impl fmt::Display for OrganisationKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// An organisation and a domain of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(String);

impl Place {
    /// The domain that a key is about; nothing where it is about something else.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        let place = key.strip_prefix(DOMAINS).or_else(|| {
            let (_origin, place) = key.strip_prefix(CODES)?.split_once('/')?;
            Some(place)
        });
        place.map(|place| Self(place.to_owned()))
    }

    /// The organisation's part.
    pub(super) fn organisation(&self) -> &str {
        self.0.split(' ').next().unwrap_or_default()
    }

    /// The domain's part.
    pub(super) fn domain(&self) -> &str {
        self.0.split_once(' ').map_or("", |(_, domain)| domain)
    }

    /// Where the domain's record lies.
    pub(super) fn domain_key(&self) -> String {
        format!("{DOMAINS}{}", self.0)
    }

    /// Where the domain's code of this origin lies, beside the record.
    pub(super) fn code_key(&self, origin: CodeOrigin) -> String {
        let origin = match origin {
            CodeOrigin::Added => "added",
            CodeOrigin::Pasted => "pasted",
            CodeOrigin::Imported => "imported",
        };
        format!("{CODES}{origin}/{}", self.0)
    }

    /// Every key of the domain: the record last, so that whoever goes through them in order has what is newest at the end.
    pub(super) fn keys(&self) -> [String; 4] {
        let code = |origin| self.code_key(origin);
        [
            code(CodeOrigin::Imported),
            code(CodeOrigin::Pasted),
            code(CodeOrigin::Added),
            self.domain_key(),
        ]
    }
}

/// Whether a key holds something of the workspace: this is what is copied to disk. The connections, with their tokens, are none of it.
pub(super) fn is_workspace(key: &str) -> bool {
    let all = [DOMAINS, CODES, ASIDE, ADDING, RENAMES];
    all.iter().any(|start| key.starts_with(start))
}

/// Where it is noted that a key of the workspace was taken away.
pub(super) fn gone_key(key: &str) -> String {
    let tail = key.strip_prefix(ROOT).unwrap_or(key);
    format!("{GONE}{tail}")
}

/// The key whose taking away is noted here; nothing where this is no such note.
pub(super) fn key_of_gone(note: &str) -> Option<String> {
    let tail = note.strip_prefix(GONE)?;
    Some(format!("{ROOT}{tail}"))
}

/// Where a record that could not be read is kept. Another text has another place, so that no tab writes over what another one set aside.
pub(super) fn aside_key(original: &str, text: &str) -> String {
    let tail = original.strip_prefix(ROOT).unwrap_or(original);
    format!("{ASIDE}{tail} #{:x}", fingerprint(text))
}

/// FNV-1a: tells texts apart, and promises nothing against whoever makes two of them alike on purpose.
pub(super) fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Where a record lay before it was set aside.
pub(super) fn original_key(aside: &str) -> String {
    let tail = aside.strip_prefix(ASIDE).unwrap_or(aside);
    // Neither a base URL nor a domain name holds a space: what follows a second one tells records of one place apart.
    let tail = tail.split_once(" #").map_or(tail, |(tail, _)| tail);
    if tail.starts_with(ROOT) {
        tail.to_owned()
    } else {
        format!("{ROOT}{tail}")
    }
}

/// How the key of every record that was set aside begins.
pub(super) fn aside_prefix() -> &'static str {
    ASIDE
}

/// What a record lies there for, without the panel's own prefixes.
pub(super) fn about(key: &str) -> &str {
    let key = key.strip_prefix(ASIDE).unwrap_or(key);
    let key = key.strip_prefix(ROOT).unwrap_or(key);
    let key = key.split_once(" #").map_or(key, |(key, _)| key);
    let code = key
        .strip_prefix("code/")
        .and_then(|key| key.split_once('/'))
        .map(|(_origin, place)| place);
    code.or(key.strip_prefix("domain/")).unwrap_or(key)
}
