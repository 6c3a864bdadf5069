//! One entry of the journal, stored as a JSON object with its own version.

use serde::{Deserialize, Serialize};
use switchboard_api::DomainName;

use super::change::{Change, DomainSettings};
use super::undo::Present;

/// The version of the entry's format that this code writes.
const VERSION: u32 = 1;

/// What was seen of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Seen {
    /// The API said that it worked.
    Worked,
    /// The answer was lost, so it may have worked.
    Unknown,
}

/// A change that was made in this browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it was made, in milliseconds since 1970-01-01 UTC.
    pub at: u64,
    /// Distinguishes the changes of two tabs in the same millisecond.
    pub salt: u32,
    /// The change.
    pub change: Change,
    /// What was seen of it.
    pub seen: Seen,
    /// The changes that undo it, in order; empty if no change does, or if the former state was unknown.
    pub inverse: Vec<Change>,
    /// Whether it was undone.
    pub undone: bool,
    /// The values before the change, where they were known and the entry is of a release that records them ([`Self::old_value`]).
    pub before: Option<Present>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stored {
    version: u32,
    at: u64,
    salt: u32,
    change: Change,
    seen: Seen,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    inverse: Vec<Change>,
    #[serde(default)]
    undone: bool,
    /// Missing in entries of earlier releases, which pass over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<Present>,
}

impl Entry {
    /// Serializes the entry.
    #[must_use]
    pub fn to_text(&self) -> String {
        let stored = Stored {
            version: VERSION,
            at: self.at,
            salt: self.salt,
            change: self.change.clone(),
            seen: self.seen,
            inverse: self.inverse.clone(),
            undone: self.undone,
            before: self.before.clone(),
        };
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Parses an entry; `None` if the text is not one of a version that this code knows.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let stored: Stored = serde_json::from_str(text).ok()?;
        (stored.version == VERSION).then_some(Self {
            at: stored.at,
            salt: stored.salt,
            change: stored.change,
            seen: stored.seen,
            inverse: stored.inverse,
            undone: stored.undone,
            before: stored.before,
        })
    }

    /// Returns the values before the change; nothing when they are not known.
    #[must_use]
    pub fn old_value(&self) -> Option<Present> {
        let recorded = self.before.clone();
        recorded.or_else(|| old_value(&self.change, &self.inverse))
    }

    /// What the entry is called among those of its organisation; the names sort by time.
    #[must_use]
    pub fn id(&self) -> String {
        id(self.at, self.salt)
    }
}

/// What an entry is called among those of its organisation; the names sort by time.
pub(super) fn id(at: u64, salt: u32) -> String {
    format!("{at:015}-{salt:08x}")
}

/// Returns the values before a change, as far as the change itself and what undoes it tell them.
#[must_use]
pub fn old_value(change: &Change, inverse: &[Change]) -> Option<Present> {
    match (change, inverse.last()) {
        // The API accepts these only when there was none.
        (Change::AddOperator { .. } | Change::AddDomain { .. }, _) => Some(Present::Gone),
        (Change::AddAssignment { .. }, _) => Some(Present::Assignment(None)),
        (Change::ChangeDomain { domain, to }, None) if to.name.is_some() => {
            Some(Present::Domain(DomainSettings {
                name: Some(domain.clone()),
                ..DomainSettings::default()
            }))
        }
        (_, Some(Change::SwitchOperator { on, .. })) => Some(Present::LiveChat(Some(*on))),
        (_, Some(Change::ChangeDomain { to, .. })) => Some(Present::Domain(to.clone())),
        (_, Some(Change::ChangeAssignment { to, .. })) => Some(Present::Assignment(Some(*to))),
        _ => None,
    }
}

/// Returns which of all entries, newest first, can be undone. The inverse must be known, the change certain and not
/// undone yet, and no newer change may conflict with it. Changes that were made and undone since do not conflict.
#[must_use]
pub fn undoable(entries: &[Entry]) -> Vec<bool> {
    let cancelled = cancelled(entries);
    let newer = |place: usize| {
        let newer = entries[..place].iter().zip(&cancelled);
        newer.filter(|(_, cancelled)| !**cancelled)
    };
    let can = |(place, entry): (usize, &Entry)| {
        entry.seen == Seen::Worked
            && !entry.undone
            && !entry.inverse.is_empty()
            && !newer(place).any(|(newer, _)| newer.change.supersedes(&entry.change))
    };
    entries.iter().enumerate().map(can).collect()
}

/// Returns whether a newer entry than the last one of a change conflicts with it. `entries` are newest first.
#[must_use]
pub fn is_superseded(entries: &[Entry], change: &Change) -> bool {
    let newer = entries.iter().take_while(|entry| entry.change != *change);
    newer
        .into_iter()
        .any(|newer| newer.change.supersedes(change))
}

/// Returns the name that a domain has after all renames in `entries` (newest first), or `None` if it was not renamed or has its old name
/// again.
#[must_use]
pub fn renamed_to(entries: &[Entry], domain: &DomainName) -> Option<DomainName> {
    let mut name = domain.clone();
    for entry in entries.iter().rev() {
        if let Change::ChangeDomain { domain: from, to } = &entry.change
            && *from == name
            && entry.seen == Seen::Worked
            && let Some(to) = &to.name
        {
            name = to.clone();
        }
    }
    (name != *domain).then_some(name)
}

/// Returns the name that a domain had at a time according to all renames in `entries` (newest first), or `None` if it
/// had the same name.
#[must_use]
pub fn former_name(entries: &[Entry], domain: &DomainName, at: u64) -> Option<DomainName> {
    let mut name = domain;
    for entry in entries.iter().take_while(|entry| entry.at > at) {
        if let Change::ChangeDomain { domain: from, to } = &entry.change
            && to.name.as_ref() == Some(name)
            && entry.seen == Seen::Worked
        {
            name = from;
        }
    }
    (name != domain).then(|| name.clone())
}

/// Returns which entries cancel each other out: one that was undone, and those that undid it, which the journal
/// contains too.
pub(super) fn cancelled(entries: &[Entry]) -> Vec<bool> {
    let mut cancelled = vec![false; entries.len()];
    for place in (0..entries.len()).rev() {
        if !entries[place].undone || cancelled[place] {
            continue;
        }
        let mut steps = Vec::new();
        let mut newer = (0..place).rev();
        for step in &entries[place].inverse {
            let undid = |at: &usize| !cancelled[*at] && entries[*at].change == *step;
            steps.extend(newer.find(undid));
        }
        if steps.len() == entries[place].inverse.len() {
            cancelled[place] = true;
            for step in steps {
                cancelled[step] = true;
            }
        }
    }
    cancelled
}

#[cfg(test)]
mod tests;
