//! Decides whether a change can be undone without overwriting newer changes by others.

use serde::{Deserialize, Serialize};
use switchboard_api::{DomainName, Email};

use super::change::{Change, DomainSettings, Switches};

/// What to read before a change is undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// An operator (endpoint 3).
    Operator(Email),
    /// A domain (endpoint 7).
    Domain(DomainName),
    /// Which of two names of a domain exists (endpoint 7 for each).
    Names {
        /// The name before the rename.
        old: DomainName,
        /// The name after it.
        new: DomainName,
    },
    /// An operator among those on a domain (endpoint 13).
    Assignment(DomainName, Email),
}

/// What the API says of what a change was about: now, or right before the change. Entries of the journal store the latter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Present {
    /// The operator or the domain no longer exists.
    Gone,
    /// Whether an operator is active in the live chat addon; `None` if it is not set up for them.
    LiveChat(Option<bool>),
    /// The settings of a domain, without its name; `None` is a value that could not be read.
    Domain(DomainSettings),
    /// Which names of a renamed domain exist.
    Names {
        /// Whether the former name exists.
        old: bool,
        /// Whether the new name exists.
        new: bool,
    },
    /// The switches of an operator on a domain; `None` if they are not on it. A switch is `None` if it could not be
    /// read.
    Assignment(Option<Switches>),
}

/// The result of comparing a change with the present state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything is as the change left it or as it was before: undoing overwrites nothing.
    Safe,
    /// Everything is as undoing would leave it: there is nothing to send.
    AlreadySo,
    /// Something is neither: undoing would overwrite it.
    Conflict {
        /// The present state.
        present: Present,
    },
    /// The present state could not be read.
    Unknown,
}

impl Change {
    /// Returns what to read before this change is undone; `None` for a change that cannot be undone.
    #[must_use]
    pub fn look_before_undo(&self) -> Option<Look> {
        match self {
            Self::SwitchOperator { email, .. } => Some(Look::Operator(email.clone())),
            Self::ChangeDomain {
                domain,
                to: DomainSettings {
                    name: Some(new), ..
                },
            } => Some(Look::Names {
                old: domain.clone(),
                new: new.clone(),
            }),
            Self::ChangeDomain { domain, .. } => Some(Look::Domain(domain.clone())),
            Self::AddAssignment { domain, email }
            | Self::ChangeAssignment { domain, email, .. }
            | Self::RemoveAssignment { domain, email } => {
                Some(Look::Assignment(domain.clone(), email.clone()))
            }
            Self::AddOperator { .. }
            | Self::AddDomain { .. }
            | Self::DeleteDomain { .. }
            | Self::DeleteUser { .. } => None,
        }
    }
}

/// Compares a change and its `inverse` with the present state; `None` is a state that could not be read.
#[must_use]
pub fn compare(change: &Change, inverse: &[Change], present: Option<Present>) -> Verdict {
    let Some(present) = present else {
        return Verdict::Unknown;
    };
    if present == Present::Gone {
        return Verdict::Conflict { present };
    }
    match aspects(change, inverse, &present) {
        Some(aspects) => judge(&aspects, present),
        None => Verdict::Unknown,
    }
}

/// The present state of one value that a change set.
#[derive(Clone, Copy, PartialEq)]
enum Aspect {
    AsLeft,
    AsBefore,
    Other,
    NotKnown,
}

impl Aspect {
    /// Returns `None` for a value that the change did not set.
    fn of<T: PartialEq>(left: Option<T>, before: Option<T>, now: Option<T>) -> Option<Self> {
        let left = left?;
        Some(match now {
            None => Self::NotKnown,
            Some(now) if now == left => Self::AsLeft,
            now if now == before => Self::AsBefore,
            Some(_) => Self::Other,
        })
    }
}

fn judge(aspects: &[Aspect], present: Present) -> Verdict {
    if aspects.contains(&Aspect::Other) {
        Verdict::Conflict { present }
    } else if aspects.contains(&Aspect::NotKnown) || aspects.is_empty() {
        Verdict::Unknown
    } else if aspects.iter().all(|one| *one == Aspect::AsBefore) {
        Verdict::AlreadySo
    } else {
        Verdict::Safe
    }
}

/// Returns the present state of each value that the change set; `None` if change, inverse and present state do not
/// match.
fn aspects(change: &Change, inverse: &[Change], present: &Present) -> Option<Vec<Aspect>> {
    let one = |aspect| Some(vec![aspect]);
    match (change, inverse, present) {
        (
            Change::SwitchOperator { on, .. },
            [Change::SwitchOperator { on: before, .. }],
            Present::LiveChat(now),
        ) => match now {
            Some(now) => Aspect::of(Some(on), Some(before), Some(now)).and_then(one),
            None => one(Aspect::Other),
        },
        (
            Change::ChangeDomain { to, .. },
            [Change::ChangeDomain { .. }],
            Present::Names { old, new },
        ) if to.name.is_some() => one(match (old, new) {
            (false, true) => Aspect::AsLeft,
            (true, false) => Aspect::AsBefore,
            _ => Aspect::Other,
        }),
        (
            Change::ChangeDomain { to, .. },
            [Change::ChangeDomain { to: before, .. }],
            Present::Domain(now),
        ) => Some(
            [
                Aspect::of(to.active, before.active, now.active),
                Aspect::of(to.email.as_ref(), before.email.as_ref(), now.email.as_ref()),
            ]
            .into_iter()
            .flatten()
            .collect(),
        ),
        // Removing the operator again also removes the switches, which is intended.
        (
            Change::AddAssignment { .. },
            [Change::RemoveAssignment { .. }],
            Present::Assignment(now),
        ) => one(if now.is_some() {
            Aspect::AsLeft
        } else {
            Aspect::AsBefore
        }),
        (
            Change::RemoveAssignment { .. },
            [Change::AddAssignment { .. }, rest @ ..],
            Present::Assignment(now),
        ) => match (now, rest) {
            (None, _) => one(Aspect::AsLeft),
            (Some(now), [Change::ChangeAssignment { to, .. }]) => Some(as_before(*to, *now)),
            (Some(_), _) => one(Aspect::AsBefore),
        },
        (
            Change::ChangeAssignment { to, .. },
            [Change::ChangeAssignment { to: before, .. }],
            Present::Assignment(now),
        ) => match now {
            Some(now) => Some(of_switches(*to, *before, *now)),
            None => one(Aspect::Other),
        },
        _ => None,
    }
}

fn of_switches(left: Switches, before: Switches, now: Switches) -> Vec<Aspect> {
    [
        Aspect::of(left.admin, before.admin, now.admin),
        Aspect::of(left.shown_online, before.shown_online, now.shown_online),
        Aspect::of(left.gets_messages, before.gets_messages, now.gets_messages),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Compares the switches of an operator who was removed and is on the domain again: only the former switches count.
fn as_before(before: Switches, now: Switches) -> Vec<Aspect> {
    let aspects = of_switches(before, before, now);
    let turned = |aspect| match aspect {
        Aspect::AsLeft => Aspect::AsBefore,
        other => other,
    };
    aspects.into_iter().map(turned).collect()
}

#[cfg(test)]
mod tests;
