//! Submits a write and finds out how it ended: a lost answer is looked up, and only what was seen is reported.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::ApiError;
use switchboard_model::journal::Change;

use crate::browser::network::network_return;
use crate::operations::change::{happened, send};
use crate::operations::turn::turn;
use crate::remote::Remote;
use crate::ui::Toasts;

/// The outcome of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteOutcome {
    /// It happened: the API said so, or a look-up found it. Contains the API's own warning, if it gave one.
    Done(Option<String>),
    /// It did not happen.
    NotDone(ApiError),
    /// The answer was lost, and the look-up failed with this error.
    Unknown(ApiError, LateOutcome),
}

/// Tells how a write ended whose answer and look-up were lost, once a look-up after the network's return has told.
#[derive(Clone, Default)]
pub struct LateOutcome(Rc<RefCell<Option<Late>>>);

type Late = Box<dyn FnOnce(WriteOutcome)>;

impl LateOutcome {
    /// Calls `run` once the outcome is known. It is never unknown then.
    pub fn then(&self, run: impl FnOnce(WriteOutcome) + 'static) {
        self.0.replace(Some(Box::new(run)));
    }

    fn tell(&self, outcome: WriteOutcome) {
        let run = self.0.take();
        if let Some(run) = run {
            run(outcome);
        }
    }
}

impl fmt::Debug for LateOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LateOutcome")
    }
}

/// All are equal: what happens later is no part of an outcome.
impl PartialEq for LateOutcome {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for LateOutcome {}

/// Sends a change, once, after earlier changes of the same value. If its answer is lost, looks up whether it happened.
pub async fn submit(remote: Remote, change: Change) -> WriteOutcome {
    submit_with_progress(remote, change, &|| ()).await
}

/// As [`submit`]. Calls `checking` before the look-up.
pub async fn submit_with_progress(
    remote: Remote,
    change: Change,
    checking: &dyn Fn(),
) -> WriteOutcome {
    let _turn = turn(&change).await;
    match send(remote, &change).await {
        Ok(warning) => WriteOutcome::Done(warning),
        Err(lost) if lost.outcome_unknown() => {
            checking();
            resolve_outcome(remote, &change, lost).await
        }
        // The user kept what it would have deleted. The refusal of the former token is no news.
        Err(_) if remote.auth().confirmations().take_dropped(&change) => {
            WriteOutcome::NotDone(ApiError::Cancelled)
        }
        Err(error) => WriteOutcome::NotDone(error),
    }
}

/// Looks up whether a change happened whose answer was lost, and records the result in the journal.
async fn resolve_outcome(remote: Remote, change: &Change, lost: ApiError) -> WriteOutcome {
    let outcome = look_up(remote, change, &lost).await;
    // A run looks its rows up by itself.
    if !remote.is_for_runs()
        && let WriteOutcome::Unknown(error, late) = &outcome
        && is_unreached(error)
    {
        spawn_local(look_up_later(remote, change.clone(), lost, late.clone()));
    }
    outcome
}

async fn look_up(remote: Remote, change: &Change, lost: &ApiError) -> WriteOutcome {
    let look = happened(remote, change).await;
    if let Ok(happened) = look {
        remote.looked_up(change, happened);
    }
    seen(look, lost.clone())
}

/// Looks a change up each time the network returns, until the API answers.
async fn look_up_later(remote: Remote, change: Change, lost: ApiError, late: LateOutcome) {
    loop {
        network_return().await;
        let _turn = turn(&change).await;
        // A newer change of the same value would make the look-up's answer one about that.
        if remote.is_superseded(&change) {
            return;
        }
        match look_up(remote, &change, &lost).await {
            WriteOutcome::Unknown(error, _) if is_unreached(&error) => {}
            WriteOutcome::Unknown(..) => return,
            outcome => return late.tell(outcome),
        }
    }
}

/// Returns whether a call failed for want of a network.
fn is_unreached(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::Unreachable { .. } | ApiError::TimedOut { .. }
    )
}

/// Shows that a write did not work, or may not have: in its place on the page, or above every page if the user has left
/// that one. `words` returns the message about an outcome, if it needs one, and `elsewhere` its form for other pages.
/// An outcome that is known later replaces the message.
pub fn show_error(
    place: RwSignal<Option<String>>,
    toasts: Toasts,
    outcome: WriteOutcome,
    words: impl Fn(&WriteOutcome) -> Option<String> + 'static,
    elsewhere: impl Fn(&str) -> String + 'static,
) {
    let Some(shown) = words(&outcome) else { return };
    let is_here = place.try_set(Some(shown.clone())).is_none();
    let id = (!is_here).then(|| toasts.keep(elsewhere(&shown)));
    let WriteOutcome::Unknown(_, late) = outcome else {
        return;
    };
    late.then(move |outcome| {
        let what = words(&outcome);
        if let Some(id) = id {
            if toasts.dismiss(id)
                && let Some(what) = what
            {
                toasts.keep(elsewhere(&what));
            }
        } else if place.try_get_untracked().flatten() == Some(shown) {
            place.set(what);
        }
    });
}

/// Shows that a write did not work, or may not have, beside controls that must not move ([`Toasts::insist`]). `told` is
/// the previous message about the same thing, which is replaced; `None` if its control shows something else by now.
/// `words` returns the message about an outcome, if it needs one. An outcome that is known later replaces the message.
pub fn insist_on(
    toasts: Toasts,
    told: Option<StoredValue<Option<u32>>>,
    outcome: WriteOutcome,
    words: impl Fn(&WriteOutcome) -> Option<String> + 'static,
) {
    let Some(text) = words(&outcome) else { return };
    let id = match told {
        Some(told) => toasts.insist(told, text),
        None => toasts.keep(text),
    };
    let WriteOutcome::Unknown(_, late) = outcome else {
        return;
    };
    late.then(move |outcome| {
        // A row that was recycled shows the messages of another operator.
        let told = told.filter(|told| told.try_get_value() == Some(Some(id)));
        if toasts.dismiss(id)
            && let Some(text) = words(&outcome)
        {
            match told {
                Some(told) => toasts.insist(told, text),
                None => toasts.keep(text),
            };
        }
    });
}

/// Returns the outcome of a write whose answer was lost, from what the look-up returned.
fn seen(look: Result<bool, ApiError>, lost: ApiError) -> WriteOutcome {
    match look {
        Ok(true) => WriteOutcome::Done(None),
        Ok(false) => WriteOutcome::NotDone(lost),
        Err(look) => WriteOutcome::Unknown(look, LateOutcome::default()),
    }
}

#[cfg(test)]
mod tests {
    use leptos::reactive::owner::Owner;

    use super::*;

    #[test]
    fn late_outcome_replaces_the_message_of_the_unknown_one() {
        Owner::new().with(|| {
            let words = |outcome: &WriteOutcome| match outcome {
                WriteOutcome::Done(_) => None,
                WriteOutcome::NotDone(_) => Some("not done".to_owned()),
                WriteOutcome::Unknown(..) => Some("unknown".to_owned()),
            };
            let toasts = Toasts::provide();
            for (outcome, said) in [
                (WriteOutcome::Done(None), None),
                (WriteOutcome::NotDone(ApiError::Cancelled), Some("not done")),
            ] {
                let (place, late) = (RwSignal::new(None), LateOutcome::default());
                let unknown = WriteOutcome::Unknown(ApiError::Cancelled, late.clone());
                show_error(place, toasts, unknown, words, str::to_owned);
                assert_eq!(place.get_untracked().as_deref(), Some("unknown"));
                late.tell(outcome);
                assert_eq!(place.get_untracked().as_deref(), said);
            }
        });
    }

    #[test]
    fn lost_answer_ends_as_the_look_up_saw_it() {
        let lost = || ApiError::Unreachable {
            detail: "lost".to_owned(),
        };
        assert_eq!(seen(Ok(true), lost()), WriteOutcome::Done(None));
        assert_eq!(seen(Ok(false), lost()), WriteOutcome::NotDone(lost()));
        assert_eq!(
            seen(Err(ApiError::Cancelled), lost()),
            WriteOutcome::Unknown(ApiError::Cancelled, LateOutcome::default())
        );
    }
}
