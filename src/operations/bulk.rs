//! Runs: many calls, a few at a time, with a result for each, wherever in the panel one is. The runs of an organisation execute one after
//! another; the model's [`Queue`] says which, and this module carries out what it hands out. Everything is kept in this browser, so that
//! after a reload the outcome of every call is known, or looked up.

mod checking;
mod engine;
mod persistence;
mod undo_run;
mod work;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::bulk::{Pause, Planned, Queue, Run, RunState, Task};

use crate::browser::clock;
use crate::browser::lock::Lock;
use crate::journal::ChangeJournal;
use crate::remote::Remote;
use crate::session::Session;
use crate::ui::Toasts;
use crate::wording::runs::PreparationStep;
use crate::workspace::KnownDomains;

/// How many calls are on their way at once.
const AT_ONCE: usize = 6;

/// The runs of the connected organisation, in context below the guard.
#[derive(Clone, Copy)]
pub struct Runs {
    pub(crate) queue: RwSignal<Queue>,
    /// What the current run does before it sends its rows.
    pub(crate) step: RwSignal<Option<PreparationStep>>,
    /// Why the results are not kept, in words.
    pub(crate) trouble: RwSignal<Option<String>>,
    /// The run whose unknown outcomes were looked up and whose fresh reads were made in this turn.
    prepared: StoredValue<Option<u64>>,
    /// The runs that this browser had no room for.
    unkept: StoredValue<Vec<u64>>,
    /// The runs that were closed here while another tab held the lock: it is written down once this tab has it.
    closed: StoredValue<Vec<u64>>,
    remote: Remote,
    known: KnownDomains,
    journal: ChangeJournal,
    toasts: Toasts,
    /// LockHolder while a run is under way, so that no other tab goes on with any.
    lock: StoredValue<Option<Lock>, LocalStorage>,
}

impl Runs {
    /// Takes up the runs that were kept before a reload, and puts the runs into context.
    pub fn provide(remote: Remote, known: KnownDomains) {
        let runs = Self {
            queue: RwSignal::new(Queue::default()),
            step: RwSignal::new(None),
            trouble: RwSignal::new(None),
            prepared: StoredValue::new(None),
            unkept: StoredValue::default(),
            closed: StoredValue::default(),
            remote: remote.for_runs(),
            known,
            journal: ChangeJournal::get(),
            toasts: Toasts::get(),
            lock: StoredValue::new_local(None),
        };
        provide_context(runs);
        runs.follow_other_tabs();
        runs.follow_network();
        runs.follow_token();
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

    /// Starts a run of its own over these rows, in its turn: no other run is touched. A row waits for the rows that it names.
    pub fn start(self, rows: Vec<Planned<Task>>) {
        if rows.is_empty() {
            return;
        }
        spawn_local(async move {
            if self.own().await {
                self.begin(|id| Run::of_tasks(id, rows));
            }
        });
    }

    /// Whether the page has another connection by now, or none: nothing can be started any more.
    #[must_use]
    pub fn is_gone(self) -> bool {
        self.queue.is_disposed()
    }

    /// Starts nothing new of a run. What is on its way ends.
    pub(crate) fn pause(self, id: u64) {
        self.with_lock(move |queue| queue.pause(id, Pause::User), id);
    }

    /// Lets a run go on. Nothing else does: what is started meanwhile, a token or the network leave a paused run as it is.
    pub(crate) fn resume(self, id: u64) {
        self.with_lock(move |queue| queue.resume(id), id);
    }

    /// Skips what a run has not started.
    pub(crate) fn cancel(self, id: u64) {
        self.with_lock(move |queue| queue.cancel(id), id);
    }

    /// Starts what failed once more, and nothing else.
    pub(crate) fn retry_failed(self, id: u64) {
        self.with_lock(move |queue| queue.retry_failed(id), id);
    }

    /// Looks up what became of the calls of a run whose answer never came.
    pub(crate) fn look(self, id: u64) {
        self.with_lock(move |queue| queue.look(id), id);
    }

    /// Changes a run, once this tab has the lock.
    fn with_lock(self, change: impl FnOnce(&mut Queue) + 'static, id: u64) {
        spawn_local(async move {
            if self.own().await {
                self.trouble.try_set(None);
                // What is to be sent next is looked at anew.
                self.prepared.try_update_value(|prepared| {
                    if *prepared == Some(id) {
                        *prepared = None;
                    }
                });
                self.act(change);
            }
        });
    }

    /// Adds a new run, made with an id that no other one has.
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

    /// Pauses everything once the browser says that it is offline, before calls are lost.
    fn follow_network(self) {
        let offline = window_event_listener(ev::offline, move |_| {
            self.act(|queue| queue.pause_all(Pause::Offline));
        });
        on_cleanup(move || offline.remove());
    }

    /// While a token is being asked for, nothing new starts. With a new one what is harmless goes on by itself; a destructive run waits for
    /// its own Resume, wherever the token was entered.
    fn follow_token(self) {
        let asked = self.remote.auth().asked();
        Effect::new(move || {
            if asked.get() {
                self.act(|queue| queue.pause_all(Pause::Token));
            }
        });
        let session = Session::get();
        Effect::new(move || {
            if session.renewed().is_some() {
                spawn_local(self.go_on_with_token());
            }
        });
    }

    async fn go_on_with_token(self) {
        let harmless = |queue: &Queue| -> Vec<u64> {
            let paused = |run: &&Run<Task>| {
                queue.state(run.id()) == Some(RunState::Paused(Pause::Token))
                    && !run.is_destructive()
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
