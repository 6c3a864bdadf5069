//! Bulk runs: many calls at a few at once, with a result for each, wherever in the panel one is. There is one run at a time; what is started
//! meanwhile joins it. It is kept in this browser, so that after a reload the outcome of every call is known, or looked up.

mod bar;
mod keeping;
mod rows;
mod work;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::bulk::{KeptRun, Outcome, Planned, Progress, RowState, Run, Task};

use crate::browser::clock;
use crate::browser::lock::Lock;
use crate::i18n::{Text, tf, tn};
use crate::remote::Remote;
use crate::ui::Toasts;
use crate::workspace::KnownDomains;

pub use bar::RunBar;

/// How many calls are on their way at once.
const AT_ONCE: usize = 6;

/// The bulk run of this page, in context below the guard.
#[derive(Clone, Copy)]
pub struct Runs {
    run: RwSignal<Option<Run<Task>>>,
    /// Why nothing new is started although nobody paused, or the results are not kept; in words.
    trouble: RwSignal<Option<String>>,
    remote: Remote,
    known: KnownDomains,
    toasts: Toasts,
    /// Held while the run is not over, so that no other tab goes on with it.
    lock: StoredValue<Option<Lock>, LocalStorage>,
}

impl Runs {
    /// Takes up the run that was kept before a reload, if there is one, and puts the runs into context.
    pub fn provide(remote: Remote, known: KnownDomains) {
        let runs = Self {
            run: RwSignal::new(None),
            trouble: RwSignal::new(None),
            remote: remote.holding(),
            known,
            toasts: Toasts::get(),
            lock: StoredValue::new_local(None),
        };
        provide_context(runs);
        spawn_local(runs.take_up());
    }

    /// The runs of this page.
    ///
    /// # Panics
    /// When called outside the guard: a mistake of the programmer, not of the world.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Starts a run, or adds to the one that is not over. What a row comes after is counted from the first of these rows.
    pub fn start(self, rows: Vec<Planned<Task>>) {
        if rows.is_empty() {
            return;
        }
        spawn_local(async move {
            if !self.may_go_on().await {
                return;
            }
            let goes_on = self
                .run
                .try_with_untracked(|run| matches!(run, Some(run) if !run.progress().is_over()));
            let Some(goes_on) = goes_on else { return };
            let kept = if goes_on {
                self.run.update(|run| {
                    if let Some(run) = run {
                        run.append(rows);
                        run.resume();
                    }
                });
                self.keep(KeptRun::extend)
            } else {
                self.run.set(Some(Run::new(clock::now(), rows)));
                self.keep(KeptRun::begin)
            };
            self.tell_of_keeping(kept);
            self.go_on();
        });
    }

    /// Whether the page has another connection by now, or none: nothing can be started any more.
    #[must_use]
    pub fn is_gone(self) -> bool {
        self.run.is_disposed()
    }

    /// Starts nothing new. What is on its way ends.
    pub fn pause(self) {
        self.change(Run::pause);
    }

    /// Goes on after a pause.
    pub fn resume(self) {
        self.again(|run| {
            run.resume();
            true
        });
    }

    /// Skips what was not started.
    pub fn cancel(self) {
        self.change(|run| {
            let _ = run.cancel();
        });
    }

    /// Starts what failed once more, and nothing else.
    pub fn retry_failed(self) {
        self.again(|run| run.retry_failed() > 0);
    }

    /// Looks up what became of the calls whose answer never came.
    pub fn look(self) {
        spawn_local(async move {
            if !self.may_go_on().await {
                return;
            }
            self.tell_of_keeping(self.keep(KeptRun::begin));
            for row in self.rows(|state| *state == RowState::Unknown) {
                let Some(task) = self.task(row) else { return };
                let outcome = work::look(self.remote, self.known, &task).await;
                self.settle(row, outcome, None);
            }
        });
    }

    /// Forgets the run and its results. Only for one that is over.
    pub fn close(self) {
        // Another tab may have kept a run of its own since this one was over.
        let _ = self.keep(KeptRun::forget);
        self.run.set(None);
        self.trouble.set(None);
    }

    /// How many rows stand where, tracked; nothing while there is no run.
    fn progress(self) -> Option<Progress> {
        self.run.with(|run| run.as_ref().map(Run::progress))
    }

    fn rows(self, which: impl Fn(&RowState) -> bool) -> Vec<usize> {
        let of = |run: &Run<Task>| {
            let states = run.states().iter().enumerate();
            states
                .filter(|(_, state)| which(state))
                .map(|(row, _)| row)
                .collect()
        };
        let rows = self.run.try_with_untracked(|run| run.as_ref().map(of));
        rows.flatten().unwrap_or_default()
    }

    fn task(self, row: usize) -> Option<Task> {
        let task = |run: &Option<Run<Task>>| run.as_ref()?.item(row).cloned();
        self.run.try_with_untracked(task).flatten()
    }

    /// Changes the run so that more is started, once this tab has the lock.
    fn again(self, change: impl Fn(&mut Run<Task>) -> bool + 'static) {
        spawn_local(async move {
            if self.may_go_on().await {
                self.trouble.set(None);
                let mut goes_on = false;
                self.run
                    .update(|run| goes_on = run.as_mut().is_some_and(change));
                if goes_on {
                    // Another tab may have kept a run of its own since this one was over.
                    self.tell_of_keeping(self.keep(KeptRun::begin));
                }
                self.go_on();
            }
        });
    }

    fn change(self, change: impl FnOnce(&mut Run<Task>)) {
        self.trouble.set(None);
        self.run.update(|run| {
            if let Some(run) = run {
                change(run);
            }
        });
        self.go_on();
    }

    /// Starts what may be started. That it starts is kept before it is sent.
    fn go_on(self) {
        let mut next = Vec::new();
        let is_there = self.run.try_update(|run| {
            if let Some(run) = run {
                next = run.next(AT_ONCE);
            }
        });
        if is_there.is_none() {
            return;
        }
        self.tell_of_keeping(self.keep(KeptRun::keep_standing));
        for row in next {
            let Some(task) = self.task(row) else { continue };
            spawn_local(async move {
                let (outcome, stop) = work::carry_out(self.remote, self.known, task).await;
                self.settle(row, outcome, stop);
            });
        }
        self.rest();
    }

    /// A row ended, or was looked up. `stop` says why nothing more is started.
    fn settle(self, row: usize, outcome: Outcome, stop: Option<String>) {
        let was_over = self
            .run
            .try_with_untracked(|run| run.as_ref().is_none_or(|run| run.progress().is_over()));
        let changed = self.run.try_update(|run| {
            let Some(run) = run else { return };
            run.settle(row, outcome);
            if stop.is_some() && run.progress().waiting > 0 {
                run.pause();
            }
        });
        if changed.is_none() {
            return;
        }
        if stop.is_some() {
            self.trouble.set(stop);
        }
        self.go_on();
        if was_over == Some(false) {
            self.tell_of_end();
        }
    }

    /// Once nothing is on its way: asks again for what became stale, and lets other tabs have a run when this one is over.
    fn rest(self) {
        let Some(progress) = self
            .run
            .with_untracked(|run| run.as_ref().map(Run::progress))
        else {
            return;
        };
        if progress.running == 0 {
            self.remote.release();
        }
        if progress.is_over() {
            self.lock.set_value(None);
        }
    }

    fn tell_of_end(self) {
        let Some(progress) = self
            .run
            .with_untracked(|run| run.as_ref().map(Run::progress))
        else {
            return;
        };
        if !progress.is_over() {
            return;
        }
        if progress.failed + progress.unknown > 0 {
            let done = progress.done.to_string();
            let not_done = (progress.total() - progress.done).to_string();
            let values = [("done", done.as_str()), ("rest", &not_done)];
            self.toasts.bad(tf(Text::RunEndedPartly, &values));
        } else if progress.done > 0 {
            self.toasts.good(tn(Text::RunEnded, progress.done));
        }
    }
}
