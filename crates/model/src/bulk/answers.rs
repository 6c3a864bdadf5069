//! Applies fresh reads before a run: skips rows that are done already, and records the former state so that a row can
//! be undone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use switchboard_api::{Assignment, Domain, DomainName, Email, LiveChatStatus, Operator, Tristate};

use super::row::{Inverse, RowState};
use super::{Purpose, Reason, Run, Task};
use crate::journal::{Change, DomainSettings, Switches};

/// A read that a run makes before it sends anything.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Endpoint 4: the operators, with their addon.
    Operators,
    /// Endpoint 13: the operators on a domain.
    Assignments(DomainName),
    /// Endpoint 7: the settings of a domain.
    Domain(DomainName),
}

/// What a fresh read says about a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The row is done already: nothing is sent.
    AlreadySo,
    /// The row has to be sent; this undoes it.
    Send(Inverse),
}

/// The answers of the fresh reads. Reads that failed are missing.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    operators: Option<HashMap<Email, Option<LiveChatStatus>>>,
    assignments: BTreeMap<DomainName, HashMap<Email, Option<Switches>>>,
    domains: BTreeMap<DomainName, DomainSettings>,
}

impl Run<Task> {
    /// Returns the reads to make before the rows that have not started. Assigning an operator whom an earlier row
    /// adds needs no read.
    #[must_use]
    pub fn looks(&self) -> Vec<Look> {
        let looks = self.rows_left().filter_map(|(row, _)| self.look(row));
        looks.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Returns the read to make before a row.
    #[must_use]
    pub fn look(&self, row: usize) -> Option<Look> {
        let Task::Change(change) = self.item(row)? else {
            return None;
        };
        match change {
            Change::SwitchOperator { .. } => Some(Look::Operators),
            Change::AddAssignment { domain, email } => {
                let mut before = self
                    .predecessors(row)
                    .iter()
                    .filter_map(|row| self.item(*row));
                let is_new = before.any(|task| {
                    matches!(task,
                    Task::Change(Change::AddOperator { email: new, .. }) if new == email)
                });
                (!is_new).then(|| Look::Assignments(domain.clone()))
            }
            Change::RemoveAssignment { domain, .. } | Change::ChangeAssignment { domain, .. } => {
                Some(Look::Assignments(domain.clone()))
            }
            Change::ChangeDomain { domain, .. } => Some(Look::Domain(domain.clone())),
            _ => None,
        }
    }

    /// Applies the fresh reads to the rows that have not started.
    pub fn take_answers(&mut self, answers: &Answers) {
        let rows: Vec<_> = self
            .rows_left()
            .map(|(row, task)| (row, verdict(task, answers)))
            .collect();
        for (row, verdict) in rows {
            match verdict {
                Verdict::AlreadySo => self.already_so(row),
                Verdict::Send(inverse)
                    if self.is_changed_since(row) || self.is_promoted_since(row, &inverse) =>
                {
                    self.fail_unsent(row, Reason::ChangedSince);
                }
                Verdict::Send(inverse) => self.note_inverse(row, inverse),
            }
        }
    }

    /// Returns whether a row sets the switches of an assignment that the row before it was to restore, but that
    /// someone else had restored already. Those switches are newer than the ones that the row would set.
    fn is_changed_since(&self, row: usize) -> bool {
        self.follows_assignment(row, &RowState::AlreadySo)
    }

    /// Returns whether a row would undo the assignment of an operator who has become an admin of the domain since the run
    /// that is undone. Adding an operator makes them no admin.
    fn is_promoted_since(&self, row: usize, inverse: &Inverse) -> bool {
        let Inverse::Recorded(steps) = inverse else {
            return false;
        };
        let makes_admin = |change: &Change| matches!(change, Change::ChangeAssignment { to, .. } if to.admin == Some(true));
        // Other runs may have made them an admin themselves.
        let adds = |of: &Purpose| matches!(of, Purpose::PutOn { .. } | Purpose::Import { .. });
        matches!(&self.head().purpose, Purpose::Undo { of } if adds(of))
            && matches!(
                self.item(row),
                Some(Task::Change(Change::RemoveAssignment { .. }))
            )
            && steps.iter().any(makes_admin)
    }

    /// Returns whether a row sets the switches of an assignment, and the row before it that adds the assignment is in
    /// this state.
    pub(super) fn follows_assignment(&self, row: usize, state: &RowState) -> bool {
        let Some(Task::Change(Change::ChangeAssignment { domain, email, .. })) = self.item(row)
        else {
            return false;
        };
        let added = Task::Change(Change::AddAssignment {
            domain: domain.clone(),
            email: email.clone(),
        });
        self.predecessors(row).iter().any(|before| {
            self.states().get(*before) == Some(state) && self.item(*before) == Some(&added)
        })
    }
}

impl Answers {
    /// Adds the operators (endpoint 4).
    pub fn operators(&mut self, operators: &[Operator]) {
        let each = operators
            .iter()
            .map(|one| (one.email.clone(), one.live_chat.clone()));
        self.operators = Some(each.collect());
    }

    /// Adds the operators on a domain (endpoint 13).
    pub fn assignments(&mut self, domain: DomainName, assignments: &[Assignment]) {
        let each = assignments
            .iter()
            .map(|one| (one.email.clone(), switches(one)));
        self.assignments.insert(domain, each.collect());
    }

    /// Adds the settings of a domain (endpoint 7).
    pub fn domain(&mut self, name: DomainName, domain: &Domain) {
        let settings = DomainSettings {
            name: None,
            active: known(&domain.status),
            email: Some(domain.email.clone()).filter(|email| !email.as_str().is_empty()),
        };
        self.domains.insert(name, settings);
    }
}

/// Returns what the answers say about a row.
#[must_use]
pub fn verdict(task: &Task, answers: &Answers) -> Verdict {
    let Task::Change(change) = task else {
        return Verdict::Send(Inverse::None);
    };
    match change {
        Change::SwitchOperator { email, on, domains } if domains.is_empty() => {
            let Some(status) = answers.operators.as_ref().and_then(|all| all.get(email)) else {
                return Verdict::Send(Inverse::None);
            };
            match (status, on) {
                (Some(LiveChatStatus::Active), true)
                // An operator without the addon is left as they are, because no call could restore that state.
                | (Some(LiveChatStatus::Inactive) | None, false) => Verdict::AlreadySo,
                (Some(LiveChatStatus::Active), false) | (Some(LiveChatStatus::Inactive), true) => {
                    Verdict::Send(Inverse::Derived)
                }
                (Some(LiveChatStatus::Unknown(_)), _) | (None, true) => Verdict::Send(Inverse::None),
            }
        }
        Change::AddAssignment { domain, email } => match on_domain(answers, domain, email) {
            Some(Some(_)) => Verdict::AlreadySo,
            Some(None) | None => Verdict::Send(Inverse::Derived),
        },
        Change::RemoveAssignment { domain, email } => match on_domain(answers, domain, email) {
            Some(None) => Verdict::AlreadySo,
            Some(Some(Some(to))) => {
                let (domain, email) = (domain.clone(), email.clone());
                Verdict::Send(Inverse::Recorded(vec![
                    Change::AddAssignment {
                        domain: domain.clone(),
                        email: email.clone(),
                    },
                    Change::ChangeAssignment { domain, email, to },
                ]))
            }
            Some(Some(None)) | None => Verdict::Send(Inverse::None),
        },
        Change::ChangeAssignment { domain, email, to } => match on_domain(answers, domain, email) {
            Some(Some(Some(now))) => {
                let was = Switches {
                    admin: to.admin.and(now.admin),
                    shown_online: to.shown_online.and(now.shown_online),
                    gets_messages: to.gets_messages.and(now.gets_messages),
                };
                let back = || Change::ChangeAssignment {
                    domain: domain.clone(),
                    email: email.clone(),
                    to: was,
                };
                back_to(was == *to, back)
            }
            _ => Verdict::Send(Inverse::None),
        },
        Change::ChangeDomain { domain, to } if to.name.is_none() => {
            match answers.domains.get(domain) {
                Some(now) => {
                    let was = DomainSettings {
                        name: None,
                        active: to.active.and(now.active),
                        email: to.email.as_ref().and(now.email.clone()),
                    };
                    let is_known = (to.active.is_none() || was.active.is_some())
                        && (to.email.is_none() || was.email.is_some());
                    let is_so = was == *to;
                    let back = || Change::ChangeDomain {
                        domain: domain.clone(),
                        to: was,
                    };
                    if is_known {
                        back_to(is_so, back)
                    } else {
                        Verdict::Send(Inverse::None)
                    }
                }
                None => Verdict::Send(Inverse::None),
            }
        }
        _ => Verdict::Send(Inverse::None),
    }
}

fn back_to(is_so: bool, back: impl FnOnce() -> Change) -> Verdict {
    if is_so {
        Verdict::AlreadySo
    } else {
        Verdict::Send(Inverse::Recorded(vec![back()]))
    }
}

/// Returns an operator's switches on a domain: `None` if the domain was not read, then if they are not on it, then if
/// one of the switches is unknown.
fn on_domain(
    answers: &Answers,
    domain: &DomainName,
    email: &Email,
) -> Option<Option<Option<Switches>>> {
    let there = answers.assignments.get(domain)?;
    Some(there.get(email).copied())
}

fn switches(assignment: &Assignment) -> Option<Switches> {
    Some(Switches {
        admin: Some(known(&assignment.is_admin)?),
        shown_online: Some(known(&assignment.shown_online)?),
        gets_messages: Some(known(&assignment.gets_messages)?),
    })
}

fn known(flag: &Tristate) -> Option<bool> {
    match flag {
        Tristate::On => Some(true),
        Tristate::Off => Some(false),
        Tristate::Unknown(_) => None,
    }
}

#[cfg(test)]
mod tests;
