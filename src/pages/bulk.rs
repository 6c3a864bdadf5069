//! Bulk runs: many calls at a few at once, with a result for each, wherever in the panel one is. There is one run at a time; what is started
//! meanwhile joins it. It is kept in this browser, so that after a reload the outcome of every call is known, or looked up.

mod bar;
mod rows;
mod work;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::bulk::{KeptRun, Outcome, Planned, Progress, RowState, Run, Task};
use switchboard_model::workspace::StoreError;

use super::embed::store_error;
use crate::browser::clock;
use crate::browser::lock::{Lock, try_lock};
use crate::browser::storage::{Area, BrowserStorage};
use crate::i18n::{Text, t, tf, tn};
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
                .with_untracked(|run| matches!(run, Some(run) if !run.progress().is_over()));
            let kept = if goes_on {
                self.run.update(|run| {
                    if let Some(run) = run {
                        run.append(rows);
                        run.resume();
                    }
                });
                self.keep(|kept, run| kept.extend(run))
            } else {
                self.run.set(Some(Run::new(clock::now(), rows)));
                self.keep(|kept, run| kept.begin(run))
            };
            self.tell_of_keeping(kept);
            self.go_on();
        });
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
            for row in self.rows(|state| *state == RowState::Unknown) {
                let Some(task) = self.task(row) else { return };
                let outcome = work::look(self.remote, self.known, &task).await;
                self.settle(row, outcome, None);
            }
        });
    }

    /// Forgets the run and its results. Only for one that is over.
    pub fn close(self) {
        let _ = self.keep(|kept, _| kept.forget());
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

    /// Takes up what was kept. A run that was not over is this tab's only when no other tab has it.
    async fn take_up(self) {
        let kept = match self.kept().and_then(|kept| kept.load::<Task>()) {
            Ok(None) | Err(_) => return,
            Ok(Some(Err(_))) => return self.toasts.warn(t(Text::RunNotReadable)),
            Ok(Some(Ok(run))) => run,
        };
        let progress = kept.progress();
        if progress.waiting + progress.unknown > 0 && !self.lock_it().await {
            return;
        }
        if self.run.try_set(Some(kept)).is_none() {
            self.look();
            self.tell_of_keeping(self.keep(|kept, run| kept.keep_standing(run)));
        }
    }

    /// Whether this tab may start calls: it is told when another one has a run.
    async fn may_go_on(self) -> bool {
        let may = self.lock_it().await;
        if !may {
            self.toasts.bad(t(Text::RunElsewhere));
        }
        may
    }

    async fn lock_it(self) -> bool {
        if self
            .lock
            .try_with_value(Option::is_some)
            .unwrap_or_default()
        {
            return true;
        }
        let organisation = self.known.organisation();
        let lock = try_lock(&format!("switchboard run {organisation}")).await;
        let got = lock.is_some();
        self.lock.try_set_value(lock);
        got
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
                    self.tell_of_keeping(self.keep(|kept, run| kept.begin(run)));
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
        self.tell_of_keeping(self.keep(|kept, run| kept.keep_standing(run)));
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

    fn tell_of_keeping(self, kept: Result<(), StoreError>) {
        match kept {
            Ok(()) => {}
            Err(error) => {
                let reason = store_error(error);
                let told = tf(Text::RunNotKept, &[("reason", &reason)]);
                if self
                    .trouble
                    .with_untracked(|trouble| trouble.as_ref() != Some(&told))
                {
                    self.trouble.set(Some(told));
                }
            }
        }
    }

    fn keep(
        self,
        how: impl FnOnce(&KeptRun<BrowserStorage>, &Run<Task>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let kept = self.kept()?;
        self.run
            .with_untracked(|run| run.as_ref().map_or(Ok(()), |run| how(&kept, run)))
    }

    fn kept(self) -> Result<KeptRun<BrowserStorage>, StoreError> {
        Ok(KeptRun::new(
            Area::Local.open()?,
            &self.known.organisation(),
        ))
    }
}
