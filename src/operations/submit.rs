//! Submits a write and finds out how it ended: a lost answer is looked up, and only what was seen is reported.

use leptos::prelude::*;
use switchboard_api::ApiError;
use switchboard_model::journal::Change;

use crate::operations::change::{happened, send};
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
    Unknown(ApiError),
}

/// Sends a change, once. If its answer is lost, looks up whether it happened.
pub async fn submit(remote: Remote, change: Change) -> WriteOutcome {
    submit_with_progress(remote, change, &|| ()).await
}

/// As [`submit`]. Calls `checking` before the look-up.
pub async fn submit_with_progress(
    remote: Remote,
    change: Change,
    checking: &dyn Fn(),
) -> WriteOutcome {
    match send(remote, &change).await {
        Ok(warning) => WriteOutcome::Done(warning),
        Err(lost) if lost.outcome_unknown() => {
            checking();
            resolve_outcome(remote, &change, lost).await
        }
        Err(error) => WriteOutcome::NotDone(error),
    }
}

/// Looks up whether a change happened whose answer was lost, and records the result in the journal.
async fn resolve_outcome(remote: Remote, change: &Change, lost: ApiError) -> WriteOutcome {
    let look = happened(remote, change).await;
    if let Ok(happened) = look {
        remote.looked_up(change, happened);
    }
    seen(look, lost)
}

/// Shows an error in its place on the page, or as a toast if the user has left that page.
pub fn show_error(place: RwSignal<Option<String>>, toasts: Toasts, what: String) {
    if let Some(Some(what)) = place.try_set(Some(what)) {
        toasts.bad(what);
    }
}

/// Returns the outcome of a write whose answer was lost, from what the look-up returned.
fn seen(look: Result<bool, ApiError>, lost: ApiError) -> WriteOutcome {
    match look {
        Ok(true) => WriteOutcome::Done(None),
        Ok(false) => WriteOutcome::NotDone(lost),
        Err(look) => WriteOutcome::Unknown(look),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_answer_ends_as_the_look_up_saw_it() {
        let lost = || ApiError::Unreachable {
            detail: "lost".to_owned(),
        };
        assert_eq!(seen(Ok(true), lost()), WriteOutcome::Done(None));
        assert_eq!(seen(Ok(false), lost()), WriteOutcome::NotDone(lost()));
        assert_eq!(
            seen(Err(ApiError::Cancelled), lost()),
            WriteOutcome::Unknown(ApiError::Cancelled)
        );
    }
}
