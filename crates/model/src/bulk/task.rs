//! What a row of a run does.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use switchboard_api::DomainName;

use super::row::{Inverse, RowState};
use super::{Head, Planned, Purpose, Run};
use crate::journal::{Change, Present, old_value};

/// One call of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Task {
    /// A write.
    Change(Change),
    /// Endpoint 7: looks up whether a domain exists. If so, it becomes a known domain of this browser.
    LookUp {
        /// The domain.
        #[serde(with = "crate::journal::text")]
        domain: DomainName,
    },
}

impl From<Change> for Task {
    fn from(change: Change) -> Self {
        Self::Change(change)
    }
}

impl Task {
    /// Returns whether it removes something that a switch cannot restore.
    #[must_use]
    pub fn is_destructive(&self) -> bool {
        matches!(self, Self::Change(change) if change.is_destructive())
    }
}

impl Run<Task> {
    /// Creates a run over these rows, all waiting, with a purpose derived from them.
    #[must_use]
    pub fn of_tasks(id: u64, rows: Vec<Planned<Task>>) -> Self {
        let purpose = Purpose::of(&rows);
        Self::new(Head::new(id, purpose), rows)
    }

    /// Creates a run that undoes another one.
    #[must_use]
    pub fn undoing(id: u64, other: &Self, rows: Vec<Planned<Task>>) -> Self {
        let of = Box::new(other.head.purpose.clone());
        let head = Head {
            undoes: Some(other.id()),
            ..Head::new(id, Purpose::Undo { of })
        };
        Self::new(head, rows)
    }

    /// Returns whether a row that may still start is destructive. Such a run never resumes by itself.
    #[must_use]
    pub fn is_destructive(&self) -> bool {
        self.rows_left().any(|(_, task)| task.is_destructive())
    }

    /// Returns the rows that have not started, with their tasks.
    pub fn rows_left(&self) -> impl Iterator<Item = (usize, &Task)> {
        let rows = self.items().zip(self.states()).enumerate();
        rows.filter(|(_, (_, state))| **state == RowState::Waiting)
            .map(|(row, (task, _))| (row, task))
    }

    /// Returns whether a failed row may succeed when it is sent again. A run that was undone is not retried.
    #[must_use]
    pub fn can_retry(&self) -> bool {
        let may_succeed =
            |state: &RowState| matches!(state, RowState::Failed(reason) if !reason.is_final());
        !self.head.undone && self.states().iter().any(may_succeed)
    }

    /// Returns the changes that were made, to be compared with newer ones.
    pub fn changes_made(&self) -> impl Iterator<Item = &Change> {
        let rows = self.items().zip(self.states());
        rows.filter_map(|(task, state)| match (task, state) {
            (Task::Change(change), RowState::Done) => Some(change),
            _ => None,
        })
    }

    /// Returns the values before a row, as far as the row and what takes it back tell them; `None` if the row changed
    /// nothing.
    #[must_use]
    pub fn old_value(&self, row: usize) -> Option<Present> {
        if !self.states().get(row)?.may_have_changed() {
            return None;
        }
        let Some(Task::Change(change)) = self.item(row) else {
            return None;
        };
        match self.inverse(row) {
            Inverse::None => old_value(change, &[]),
            Inverse::Derived => old_value(change, change.inverse().as_slice()),
            Inverse::Recorded(steps) => old_value(change, steps),
        }
    }

    /// Returns the rows that undo this run, the last change first. `None` when the run is not over, when the outcome
    /// of a row is unknown, when a change of its kind can never be undone, or when no row can be. Leaves out the rows of
    /// [`Self::not_restored`], and those that changed nothing.
    #[must_use]
    pub fn undo(&self) -> Option<Vec<Planned<Task>>> {
        let progress = self.progress();
        if !progress.is_over() || progress.unknown > 0 {
            return None;
        }
        let mut rows = Vec::new();
        for row in (0..progress.total()).rev() {
            if self.states()[row] != RowState::Done {
                continue;
            }
            let Some(Task::Change(change)) = self.item(row) else {
                return None;
            };
            change.look_before_undo()?;
            let first = rows.len();
            for (at, step) in self.steps_back(row, change).into_iter().enumerate() {
                let row = Planned::from(Task::Change(step));
                rows.push(row.after((at > 0).then(|| first + at - 1)));
            }
        }
        (!rows.is_empty()).then_some(rows)
    }

    /// Returns the changes that undoing the run leaves as they are: their former state is unknown, or no call
    /// restores it.
    pub fn not_restored(&self) -> impl Iterator<Item = &Change> {
        let rows = self.items().zip(self.states()).enumerate();
        rows.filter_map(|(row, (task, state))| match (task, state) {
            (Task::Change(change), RowState::Done) => {
                (!self.is_restorable(row, change)).then_some(change)
            }
            _ => None,
        })
    }

    /// Returns whether a row was undone together with the run.
    #[must_use]
    pub fn is_undone(&self, row: usize) -> bool {
        let Some(Task::Change(change)) = self.item(row) else {
            return false;
        };
        self.head.undone
            && (self.states()[row] != RowState::Done || self.is_restorable(row, change))
    }

    /// Returns whether undoing the run undoes a row. Removing an assignment that the run added also removes its
    /// switches.
    fn is_restorable(&self, row: usize, change: &Change) -> bool {
        !self.steps_back(row, change).is_empty() || self.follows_assignment(row, &RowState::Done)
    }

    /// Returns the changes that undo a row, in order; none if its former state cannot be restored.
    fn steps_back(&self, row: usize, change: &Change) -> Vec<Change> {
        match self.inverse(row) {
            Inverse::None => Vec::new(),
            Inverse::Derived => change.inverse().into_iter().collect(),
            Inverse::Recorded(steps) => steps.clone(),
        }
    }
}

impl Purpose {
    /// Derives the purpose that all these rows share.
    #[must_use]
    pub fn of(rows: &[Planned<Task>]) -> Self {
        let tasks = || rows.iter().map(|row| &row.item);
        let all = |is: fn(&Task) -> bool| !rows.is_empty() && tasks().all(is);
        let adds = |task: &Task| matches!(task, Task::Change(Change::AddOperator { .. }));
        let operators = operators(rows);
        if all(|task| matches!(task, Task::LookUp { .. })) {
            Self::LookUp {
                domains: rows.len(),
            }
        } else if tasks().any(adds) && all(is_of_import) {
            // Existing operators whom the list puts on domains are imported too.
            Self::Import { operators }
        } else if all(|task| matches!(task, Task::Change(Change::AddAssignment { .. }))) {
            Self::PutOn {
                operators,
                domains: domains(rows),
            }
        } else if all(|task| matches!(task, Task::Change(Change::RemoveAssignment { .. }))) {
            Self::TakeOff {
                operators,
                domains: domains(rows),
            }
        } else if all(|task| matches!(task, Task::Change(Change::SwitchOperator { on: true, .. })))
        {
            Self::Activate { operators }
        } else if all(|task| matches!(task, Task::Change(Change::SwitchOperator { on: false, .. })))
        {
            Self::Deactivate { operators }
        } else if all(|task| matches!(task, Task::Change(Change::DeleteUser { .. }))) {
            Self::DeleteUsers { users: rows.len() }
        } else if all(|task| matches!(task, Task::Change(Change::DeleteDomain { .. }))) {
            Self::DeleteDomains {
                domains: rows.len(),
            }
        } else {
            Self::Changes { rows: rows.len() }
        }
    }
}

fn is_of_import(task: &Task) -> bool {
    let Task::Change(change) = task else {
        return false;
    };
    matches!(
        change,
        Change::AddOperator { .. } | Change::AddAssignment { .. }
    )
}

fn operators(rows: &[Planned<Task>]) -> usize {
    let emails = rows.iter().filter_map(|row| match &row.item {
        Task::Change(change) => change.operator(),
        Task::LookUp { .. } => None,
    });
    emails.collect::<HashSet<_>>().len()
}

fn domains(rows: &[Planned<Task>]) -> usize {
    let names = rows.iter().filter_map(|row| match &row.item {
        Task::Change(change) => change.assignment().map(|(domain, _)| domain),
        Task::LookUp { domain } => Some(domain),
    });
    names.collect::<HashSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::super::{Outcome, Reason};
    use super::*;

    fn failed(reasons: &[&Reason]) -> Run<Task> {
        let put_on = Task::Change(Change::AddAssignment {
            domain: "a.example".parse().expect("a domain name of the test"),
            email: "ada@x.example".parse().expect("an e-mail of the test"),
        });
        let mut run = Run::of_tasks(1, vec![Planned::from(put_on); reasons.len()]);
        for row in run.next(reasons.len()) {
            run.settle(row, Outcome::Failed(reasons[row].clone()));
        }
        run
    }

    #[test]
    fn run_is_retried_only_if_a_row_may_succeed() {
        assert!(!failed(&[&Reason::ChangedSince]).can_retry());
        // The domain may have been added meanwhile.
        let gone = Reason::from("Domain does not exist");
        assert!(failed(&[&Reason::ChangedSince, &gone]).can_retry());
    }

    #[test]
    fn undone_run_offers_no_retry() {
        let mut run = failed(&[&Reason::NoEffect]);
        assert!(run.can_retry());
        run.mark_undone();
        assert!(!run.can_retry());
    }
}
