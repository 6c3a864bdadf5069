//! Undoes a run by a run of its own, which restores the former state of each row.

use leptos::prelude::WithUntracked;
use leptos::task::spawn_local;
use switchboard_model::bulk::{Queue, Run};

use super::Runs;
use crate::i18n::{Text, t};

impl Runs {
    /// Starts a run that undoes another one. Fresh reads come first: a row that has been changed back since is left
    /// as it is.
    pub fn undo(self, id: u64) {
        spawn_local(async move {
            if !self.own().await {
                return;
            }
            // A second press, before the page shows the first one.
            let is_begun = |queue: &Queue| {
                let mut undoing = queue.runs().filter(|run| run.head().undoes == Some(id));
                undoing.any(|run| !run.progress().is_over())
            };
            if self.queue.try_with_untracked(is_begun) != Some(false) {
                return self.act(|_| ());
            }
            let kept = self.store().and_then(|store| store.run(id));
            let rows = match &kept {
                Ok(Some(Ok(run))) if !run.head().undone => run.undo().map(|rows| (run, rows)),
                _ => None,
            };
            match rows {
                Some((run, rows)) => self.begin(|id| Run::undoing(id, run, rows)),
                None => {
                    self.toasts.bad(t(Text::RunNotUndoable));
                    self.act(|_| ());
                }
            }
        });
    }
}
