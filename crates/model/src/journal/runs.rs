//! Decides which entries of the journal can be undone if there are runs between the single changes.

use std::collections::{HashMap, HashSet};

use switchboard_api::Email;

use super::change::Change;
use super::entry::{Entry, cancelled, undoable};

/// A run as an entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunEntry {
    /// The id of the run, which is the time of its start.
    pub id: u64,
    /// The changes that it made.
    pub changes: Vec<Change>,
    /// Whether each of them can be undone.
    pub can_undo: bool,
    /// Whether it was undone.
    pub undone: bool,
    /// The run that it undoes.
    pub undoes: Option<u64>,
}

/// Which entries and runs can be undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undoable {
    /// Whether each single change can, in their order.
    pub entries: Vec<bool>,
    /// Whether each run can, in their order.
    pub runs: Vec<bool>,
}

/// Returns which of all entries and runs, newest first, can be undone. Each of their changes must have an inverse,
/// none may be undone yet, and no newer change may conflict with one. Changes that were made and undone since do not
/// conflict.
#[must_use]
pub fn undoable_among(entries: &[Entry], runs: &[RunEntry]) -> Undoable {
    let is_cancelled = cancelled(entries);
    let undone: HashSet<u64> = runs
        .iter()
        .filter(|run| run.undone)
        .map(|run| run.id)
        .collect();
    let counts = |run: &&RunEntry| !run.undone && run.undoes.is_none_or(|id| !undone.contains(&id));
    let indexed: Vec<(u64, Index<'_>)> = runs
        .iter()
        .filter(counts)
        .map(|run| (run.id, Index::of(&run.changes)))
        .collect();
    let after_runs = |at: u64, change: &Change| {
        let mut newer = indexed.iter().filter(|(id, _)| *id > at);
        newer.any(|(_, changes)| changes.supersede(change))
    };
    let entries_can = undoable(entries).into_iter().zip(entries);
    let entries_can = entries_can.map(|(can, entry)| can && !after_runs(entry.at, &entry.change));
    let run_can = |run: &RunEntry| {
        let newer = entries
            .iter()
            .zip(&is_cancelled)
            .filter(|(entry, cancelled)| entry.at > run.id && !**cancelled);
        let newer: Vec<&Change> = newer.map(|(entry, _)| &entry.change).collect();
        let newer = Index::of(newer);
        run.can_undo
            && !run.undone
            && !run
                .changes
                .iter()
                .any(|change| newer.supersede(change) || after_runs(run.id, change))
    };
    Undoable {
        entries: entries_can.collect(),
        runs: runs.iter().map(run_can).collect(),
    }
}

/// Indexes changes by their object, so that comparing two long runs does not compare every pair of rows.
struct Index<'a> {
    by_operator: HashMap<&'a Email, Vec<&'a Change>>,
    others: Vec<&'a Change>,
}

impl<'a> Index<'a> {
    fn of(changes: impl IntoIterator<Item = &'a Change>) -> Self {
        let mut index = Self {
            by_operator: HashMap::new(),
            others: Vec::new(),
        };
        for change in changes {
            match change.operator() {
                Some(email) => index.by_operator.entry(email).or_default().push(change),
                None => index.others.push(change),
            }
        }
        index
    }

    fn supersede(&self, older: &Change) -> bool {
        let same = older
            .operator()
            .and_then(|email| self.by_operator.get(email));
        let mut all = self.others.iter().chain(same.into_iter().flatten());
        all.any(|newer| newer.supersedes(older))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Seen;
    use super::*;

    fn switched(who: &str, on: bool) -> Change {
        let email = who.parse().expect("an e-mail of the test");
        Change::SwitchOperator {
            email,
            on,
            domains: Vec::new(),
        }
    }

    fn entry(at: u64, change: Change) -> Entry {
        let inverse = change.inverse().into_iter().collect();
        Entry {
            at,
            salt: 0,
            change,
            seen: Seen::Worked,
            inverse,
            undone: false,
            before: None,
        }
    }

    fn run(id: u64, changes: Vec<Change>) -> RunEntry {
        RunEntry {
            id,
            changes,
            can_undo: true,
            undone: false,
            undoes: None,
        }
    }

    #[test]
    fn newer_change_of_one_row_blocks_undo_of_the_run() {
        let rows = || {
            vec![
                switched("a@x.example", false),
                switched("b@x.example", false),
            ]
        };
        let other = entry(20, switched("c@x.example", true));
        let same = entry(30, switched("B@x.example", true));
        let can = |entries: &[Entry], runs: &[RunEntry]| undoable_among(entries, runs);
        assert_eq!(
            can(std::slice::from_ref(&other), &[run(10, rows())]).runs,
            [true]
        );
        assert_eq!(
            can(&[same.clone(), other], &[run(10, rows())]).runs,
            [false]
        );
        let newer = can(
            &[entry(5, switched("a@x.example", true))],
            &[run(10, rows())],
        );
        assert_eq!((newer.entries, newer.runs), (vec![false], vec![true]));
        assert_eq!(
            can(&[], &[run(11, rows()), run(10, rows())]).runs,
            [true, false]
        );
    }

    #[test]
    fn undone_run_does_not_block_undo() {
        let first = run(10, vec![switched("a@x.example", false)]);
        let undone = RunEntry {
            undone: true,
            ..run(20, vec![switched("a@x.example", true)])
        };
        let undoing = RunEntry {
            undoes: Some(20),
            ..run(30, vec![switched("a@x.example", false)])
        };
        assert_eq!(
            undoable_among(&[], &[undoing, undone, first]).runs,
            [true, false, true]
        );
    }

    #[test]
    fn run_with_an_irreversible_change_is_not_undone() {
        let deletion = RunEntry {
            can_undo: false,
            ..run(10, vec![switched("a@x.example", false)])
        };
        assert_eq!(undoable_among(&[], &[deletion]).runs, [false]);
    }
}
