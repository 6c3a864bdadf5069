//! Bulk runs: many calls, a few at a time, with a result for each, wherever the user is in the panel. The runs of an
//! organisation execute one after another: the model's [`Queue`] schedules them, and this module executes what it
//! schedules. Everything is stored in this browser, so that after a reload the outcome of every call is known, or
//! looked up.

mod checking;
mod engine;
mod ownership;
mod persistence;
mod runs_of_other_tabs;
mod starter;
mod undo_run;
mod work;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::bulk::{Pause, Planned, Purpose, Queue, Run, RunState, Task};

use crate::browser::clock;
use crate::browser::lock::Lock;
use crate::journal::ChangeJournal;
use crate::remote::Remote;
use crate::session::Session;
use crate::ui::Toasts;
use crate::wording::runs::PreparationStep;
use crate::workspace::KnownDomains;

pub use starter::RunStarter;

/// The number of calls that are in flight at once. One of the six connections that browsers open to a host is left for
/// what the user looks at in the meantime (`remote/gate.rs`).
const AT_ONCE: usize = 5;

/// The runs of the connected organisation, in context below the guard.
#[derive(Clone, Copy)]
pub struct Runs {
    pub(crate) queue: RwSignal<Queue>,
    /// What the current run does before it sends its rows.
    pub(crate) step: RwSignal<Option<PreparationStep>>,
    /// What the run does that another tab is executing.
    pub(crate) of_other_tab: RwSignal<Option<Purpose>>,
    /// Why the results are not stored, as text for the user.
    pub(crate) trouble: RwSignal<Option<String>>,
    /// The runs that did not fit into the storage.
    unkept: StoredValue<Vec<u64>>,
    /// The runs that this tab closed while another one held the lock. The closing is stored once this tab has the
    /// lock.
    closed: StoredValue<Vec<u64>>,
    /// When the page last read again what the runs have changed, in milliseconds since 1970-01-01 UTC.
    refreshed_at: StoredValue<u64>,
    remote: Remote,
    known: KnownDomains,
    journal: ChangeJournal,
    toasts: Toasts,
    /// The id of the last message that another tab is executing a run.
    elsewhere: StoredValue<Option<u32>>,
    /// The lock while a run is executing, so that no other tab executes one.
    lock: StoredValue<Option<Lock>, LocalStorage>,
    /// Whether this tab waits until another one has ended its runs.
    is_waiting: StoredValue<bool>,
}

impl Runs {
    /// Loads the runs that were stored before a reload, and provides the runs as context.
    pub fn provide(remote: Remote, known: KnownDomains) {
        let runs = Self {
            queue: RwSignal::new(Queue::default()),
            step: RwSignal::new(None),
            of_other_tab: RwSignal::new(None),
            trouble: RwSignal::new(None),
            unkept: StoredValue::default(),
            closed: StoredValue::default(),
            refreshed_at: StoredValue::new(clock::now()),
            remote: remote.for_runs(),
            known,
            journal: ChangeJournal::get(),
            toasts: Toasts::get(),
            elsewhere: StoredValue::new(None),
            lock: StoredValue::new_local(None),
            is_waiting: StoredValue::new(false),
        };
        provide_context(runs);
        runs.follow_other_tabs();
        runs.follow_network();
        runs.follow_token();
        spawn_local(runs.take_up());
    }

    /// Returns the runs of this page.
    ///
    /// # Panics
    /// When called outside the guard, which is a programming error.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Queues a new run over these rows; no other run changes. A row waits for the rows that it depends on. Returns
    /// whether the run was accepted. If another tab is executing a run, it is not, and a toast says so.
    pub async fn start(self, rows: Vec<Planned<Task>>) -> bool {
        let is_accepted = self.start_quietly(rows).await;
        if !is_accepted {
            self.tell_elsewhere();
        }
        is_accepted
    }

    /// As [`Self::start`], without telling the user.
    pub async fn start_quietly(self, rows: Vec<Planned<Task>>) -> bool {
        if rows.is_empty() {
            return true;
        }
        let owns = self.own_quietly().await && !self.is_gone();
        if owns {
            self.toasts.take_back(self.elsewhere);
            // A second press of the same button asks for nothing more.
            let is_there = |queue: &Queue| {
                queue.runs().any(|run| {
                    let state = queue.state(run.id());
                    matches!(state, Some(RunState::Running | RunState::Queued))
                        && run.items().eq(rows.iter().map(|row| &row.item))
                })
            };
            if !self.queue.with_untracked(is_there) {
                self.begin(|id| Run::of_tasks(id, rows));
            }
        }
        owns
    }

    /// Returns whether the page has another connection by now, or none. Nothing can be started then.
    #[must_use]
    pub fn is_gone(self) -> bool {
        self.queue.is_disposed()
    }

    /// Returns whether a run that looks up domains is executing, tracked. Each that exists becomes a known domain.
    #[must_use]
    pub fn is_looking_up(self) -> bool {
        self.queue.with(|queue| {
            let run = queue.current().and_then(|id| queue.run(id));
            run.is_some_and(|run| matches!(run.head().purpose, Purpose::LookUp { .. }))
        })
    }

    /// Pauses a run. Its calls in flight end.
    pub(crate) fn pause(self, id: u64) {
        self.with_lock(move |queue| queue.pause(id, Pause::User));
    }

    /// Resumes a paused run. Nothing else does: neither a new run nor a new token nor the network.
    pub(crate) fn resume(self, id: u64) {
        self.with_lock(move |queue| queue.resume(id));
    }

    /// Cancels the rows of a run that have not started.
    pub(crate) fn cancel(self, id: u64) {
        self.with_lock(move |queue| queue.cancel(id));
    }

    /// Retries the failed rows of a run, and no others.
    pub(crate) fn retry_failed(self, id: u64) {
        self.with_lock(move |queue| queue.retry_failed(id));
    }

    /// Looks up the rows of a run whose answer was lost.
    pub(crate) fn look(self, id: u64) {
        self.with_lock(move |queue| queue.look(id));
    }

    /// Changes a run once this tab has the lock.
    fn with_lock(self, change: impl FnOnce(&mut Queue) + 'static) {
        spawn_local(async move {
            if self.own().await {
                self.trouble.try_set(None);
                self.act(change);
            }
        });
    }

    /// Adds a new run under an unused id.
    fn begin(self, run: impl FnOnce(u64) -> Run<Task>) {
        self.act(|queue| {
            let mut run = run(queue.free_id(clock::now()));
            if let Err(error) = self.keep_new(&mut run) {
                self.unkept.update_value(|unkept| unkept.push(run.id()));
                self.report_persistence(Err(error));
            }
            queue.add(run);
        });
    }

    /// Pauses all runs when the browser reports that it is offline, before calls are lost.
    fn follow_network(self) {
        let offline = window_event_listener(ev::offline, move |_| {
            self.act(|queue| queue.pause_all(Pause::Offline));
        });
        on_cleanup(move || offline.remove());
    }

    /// Starts nothing new while the panel asks for a token. With a new token, harmless runs resume by themselves. A
    /// destructive run waits for its own "Resume", in whichever tab the token was entered.
    fn follow_token(self) {
        let asked = self.remote.auth().asked();
        Effect::new(move || {
            if asked.get() {
                self.act(|queue| queue.pause_all(Pause::Token));
            }
        });
        let session = Session::get();
        // Before a call is refused here for want of a token: the API has refused nothing.
        Effect::new(move || {
            if session.has_ended() {
                self.act(|queue| queue.pause_all(Pause::Disconnected));
            }
        });
        Effect::new(move || {
            if session.renewed().is_some() {
                spawn_local(self.go_on_with_token());
            }
        });
    }

    async fn go_on_with_token(self) {
        let harmless = |queue: &Queue| -> Vec<u64> {
            let paused = |run: &&Run<Task>| {
                matches!(
                    queue.state(run.id()),
                    Some(RunState::Paused(Pause::Token | Pause::Disconnected))
                ) && !run.is_destructive()
            };
            queue.runs().filter(paused).map(Run::id).collect()
        };
        let is_any = |queue: &Queue| !harmless(queue).is_empty();
        if self.queue.try_with_untracked(is_any) == Some(true) && self.own_quietly().await {
            self.act(|queue| {
                for id in harmless(queue) {
                    queue.resume(id);
                }
            });
        }
    }
}
