//! Prepares a run when its turn comes: looks up unknown outcomes, and skips the rows whose result fresh reads show
//! already.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use futures_channel::oneshot;
use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::ApiError;
use switchboard_api::endpoints::{GetDomain, ListAssignments, ListOperators};
use switchboard_model::bulk::{Answers, Look, Outcome, Pause, Reached, Reason, RowState};

use super::work::{self, reached, stops};
use super::{AT_ONCE, Runs};
use crate::i18n::{Text, t};
use crate::remote::Remote;
use crate::wording::runs::{Looking, PreparationStep};

impl PreparationStep {
    pub(crate) fn begin(run: u64, all: usize) -> Self {
        Self {
            run,
            what: Looking::Unknown,
            done: 0,
            all,
        }
    }

    fn fresh(run: u64, looks: &[Look]) -> Self {
        let all = |is: fn(&Look) -> bool| looks.iter().all(is);
        let what = if all(|look| matches!(look, Look::Assignments(_))) {
            Looking::Assignments
        } else if all(|look| matches!(look, Look::Operators)) {
            Looking::Operators
        } else {
            Looking::Present
        };
        Self {
            run,
            what,
            done: 0,
            all: looks.len(),
        }
    }
}

impl Runs {
    /// Prepares a run before it sends rows. The caller has set the step. If the run is paused meanwhile, it is
    /// prepared again once it is resumed.
    pub(crate) async fn prepare(self, id: u64) {
        let begun = self.queue.try_with_untracked(|queue| {
            let looks = queue.looks(id);
            Some((queue.generation(id)?, looks.then(|| queue.unknown(id))))
        });
        let (generation, unknown) = begun.flatten().unwrap_or_default();
        let this = Preparation {
            run: id,
            generation,
        };
        if let Some(unknown) = unknown {
            let failed = Rc::new(Cell::new(false));
            let noted = Rc::clone(&failed);
            each(unknown, move |row| {
                self.look_up(this, row, Rc::clone(&noted))
            })
            .await;
            if failed.get() {
                self.trouble
                    .try_set(Some(t(Text::RunLookFailed).to_owned()));
            }
            if self.is_valid(this) {
                self.queue.try_update(|queue| queue.looked(id));
            }
        }
        if self.goes_on(this) {
            self.check(this).await;
        }
        if self.step.try_set(None).is_some() {
            return;
        }
        self.act(|queue| queue.prepared(id, generation));
    }

    /// Returns whether a run was neither paused nor resumed, retried or asked to look up since its preparation began.
    fn is_valid(self, this: Preparation) -> bool {
        let generation = self
            .queue
            .try_with_untracked(|queue| queue.generation(this.run));
        generation.flatten() == Some(this.generation)
    }

    /// Returns whether a run still wants to send rows in this turn.
    fn goes_on(self, this: Preparation) -> bool {
        let wants_to = self.queue.try_with_untracked(|queue| {
            let run = queue.run(this.run)?;
            Some(run.pause_reason().is_none() && run.progress().waiting > 0)
        });
        wants_to.flatten().unwrap_or_default() && self.is_valid(this)
    }

    /// Looks up one row whose answer was lost. Returns whether to go on with the next row.
    async fn look_up(self, this: Preparation, row: usize, failed: Rc<Cell<bool>>) -> bool {
        let id = this.run;
        let task = self
            .queue
            .try_with_untracked(|queue| queue.run(id)?.item(row).cloned());
        let Some(task) = task.flatten() else {
            return false;
        };
        let ended = work::look(self.remote, self.known, &task).await;
        if ended.outcome == Outcome::Unknown {
            failed.set(true);
        }
        self.act(|queue| {
            queue.settle(id, row, ended.outcome, ended.reached);
            if let Some(why) = ended.stop {
                queue.pause_all(why);
            }
        });
        self.count();
        self.is_valid(this)
    }

    /// Makes the fresh reads of a run and applies them. Rows that are done already are not sent, and rows whose read
    /// failed fail unsent.
    async fn check(self, this: Preparation) {
        let id = this.run;
        let looks = self
            .queue
            .try_with_untracked(|queue| queue.run(id).map(|run| run.looks()));
        let Some(looks) = looks.flatten().filter(|looks| !looks.is_empty()) else {
            return self.take_answers(id, &Seen::default());
        };
        if self
            .step
            .try_set(Some(PreparationStep::fresh(id, &looks)))
            .is_some()
        {
            return;
        }
        let seen = Rc::new(RefCell::new(Seen::default()));
        let noted = Rc::clone(&seen);
        each(looks, move |look| {
            self.check_one(this, look, Rc::clone(&noted))
        })
        .await;
        if self.goes_on(this) {
            self.take_answers(id, &seen.borrow());
        }
    }

    async fn check_one(self, this: Preparation, look: Look, seen: Rc<RefCell<Seen>>) -> bool {
        let error = ask(self.remote, &look, &seen).await.err();
        let mut how = Reached::Yes;
        let mut stop = None;
        // A refusal is not a failed read: the API will refuse each row for itself.
        if let Some(error) = error.filter(|error| !matches!(error, ApiError::Refused { .. })) {
            how = reached(&error);
            stop = stops(&error);
            seen.borrow_mut().failed.insert(look, Reason::of(&error));
        }
        self.act(|queue| {
            queue.note(how);
            match stop {
                Some(Pause::Forbidden) => queue.pause(this.run, Pause::Forbidden),
                Some(why) => queue.pause_all(why),
                None => {}
            }
        });
        self.count();
        self.goes_on(this)
    }

    fn take_answers(self, id: u64, seen: &Seen) {
        self.act(|queue| {
            let Some(run) = queue.run_mut(id) else { return };
            run.take_answers(&seen.answers);
            if seen.failed.is_empty() {
                return;
            }
            for row in run.rows_where(|state| *state == RowState::Waiting) {
                let failed = run.look(row).and_then(|look| seen.failed.get(&look));
                if let Some(reason) = failed {
                    run.fail_unsent(row, reason.clone());
                }
            }
        });
    }

    fn count(self) {
        self.step.try_update(|step| {
            if let Some(step) = step {
                step.done += 1;
            }
        });
    }
}

/// One preparation of a run.
#[derive(Clone, Copy)]
struct Preparation {
    run: u64,
    /// The generation of the run when the preparation began.
    generation: u64,
}

/// The results of the fresh reads.
#[derive(Default)]
struct Seen {
    answers: Answers,
    /// Why a read failed.
    failed: BTreeMap<Look, Reason>,
}

async fn ask(remote: Remote, look: &Look, seen: &RefCell<Seen>) -> Result<(), ApiError> {
    match look {
        Look::Operators => {
            let operators = remote.fetch(ListOperators).await?;
            seen.borrow_mut().answers.operators(&operators);
        }
        Look::Assignments(domain) => {
            let call = ListAssignments {
                domain: domain.clone(),
            };
            let there = remote.fetch(call).await?;
            let answers = &mut seen.borrow_mut().answers;
            answers.assignments(domain.clone(), &there);
        }
        Look::Domain(name) => {
            let call = GetDomain {
                domain: name.clone(),
            };
            let domain = remote.fetch(call).await?;
            let answers = &mut seen.borrow_mut().answers;
            answers.domain(name.clone(), &domain);
        }
    }
    Ok(())
}

/// Runs the work for each item, some at once, until one returns false. Returns when all that began have ended.
async fn each<I: 'static, F: Future<Output = bool> + 'static>(
    items: Vec<I>,
    work: impl Fn(I) -> F + Clone + 'static,
) {
    let items = Rc::new(RefCell::new(VecDeque::from(items)));
    let mut ends = Vec::new();
    for _ in 0..AT_ONCE {
        let (tell, told) = oneshot::channel::<()>();
        ends.push(told);
        let (items, work) = (Rc::clone(&items), work.clone());
        spawn_local(async move {
            loop {
                let item = items.borrow_mut().pop_front();
                let Some(item) = item else { break };
                if !work(item).await {
                    items.borrow_mut().clear();
                }
            }
            let _ = tell.send(());
        });
    }
    for told in ends {
        let _ = told.await;
    }
}
