//! The names under which records lie in the browser's storage. The version is that of the whole layout.

use std::fmt;

use switchboard_api::{BaseUrl, DomainName};

/// How every key of the panel begins, whatever it holds: the workspace, connections, preferences.
pub(super) const PANEL: &str = "switchboard/";
const ROOT: &str = "switchboard/1/";
const DOMAINS: &str = "switchboard/1/domain/";
const ASIDE: &str = "switchboard/1/aside/";

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

    /// Where a domain's record lies. A space parts the two names: neither can hold one.
    pub(super) fn domain_key(&self, name: &DomainName) -> String {
        format!("{}{}", self.domain_prefix(), name.as_str())
    }

    /// Where the note lies that a domain is being renamed.
    pub(super) fn rename_key(&self, from: &DomainName) -> String {
        format!("{}{}", self.rename_prefix(), from.as_str())
    }

    /// How the key of every such note of this organisation begins.
    pub(super) fn rename_prefix(&self) -> String {
        format!("{ROOT}rename/{} ", self.0)
    }

    /// How the key of every entry of this organisation's journal begins.
    pub(crate) fn journal_prefix(&self) -> String {
        format!("{ROOT}journal/{} ", self.0)
    }

    /// Where a part of this organisation's bulk run lies.
    pub(crate) fn run_key(&self, part: &str) -> String {
        format!("{ROOT}run/{} {part}", self.0)
    }

    /// How the key of every domain record of this organisation begins.
    pub(super) fn domain_prefix(&self) -> String {
        format!("{DOMAINS}{} ", self.0)
    }
}

impl fmt::Display for OrganisationKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Where a record that could not be read is kept. `attempt` is 0 unless that place is taken by another text already.
pub(super) fn aside_key(original: &str, attempt: usize) -> String {
    let tail = original.strip_prefix(ROOT).unwrap_or(original);
    if attempt == 0 {
        format!("{ASIDE}{tail}")
    } else {
        format!("{ASIDE}{tail} #{attempt}")
    }
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

/// How the key of every domain record of any organisation begins.
pub(super) fn all_domains_prefix() -> &'static str {
    DOMAINS
}

/// How the key of every record that was set aside begins.
pub(super) fn aside_prefix() -> &'static str {
    ASIDE
}

/// What a record lies there for, without the panel's own prefixes.
pub(super) fn about(key: &str) -> &str {
    let key = key.strip_prefix(ASIDE).unwrap_or(key);
    let key = key.strip_prefix(ROOT).unwrap_or(key);
    key.strip_prefix("domain/").unwrap_or(key)
}
