//! How a write ends, honestly: a lost answer is looked up, and only what was seen is told.

use leptos::prelude::*;
use switchboard_api::ApiError;
use switchboard_model::journal::Change;

use super::change::{happened, send};
use crate::remote::Remote;
use crate::ui::Toasts;

/// How a write ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It happened: the API said so, or it was seen afterwards. With the API's own warning, if it gave one.
    Done(Option<String>),
    /// It did not happen.
    NotDone(ApiError),
    /// The answer was lost, and looking failed too.
    Unknown(ApiError),
}

/// Makes a change, once. When its answer is lost, what is there tells whether it happened all the same; `checking` is told before that.
pub async fn settle(remote: Remote, change: Change, checking: &dyn Fn()) -> Settled {
    match send(remote, &change).await {
        Ok(warning) => Settled::Done(warning),
        Err(lost) if lost.outcome_unknown() => {
            checking();
            let look = happened(remote, &change).await;
            if let Ok(happened) = look {
                remote.looked_up(&change, happened);
            }
            seen(look, lost)
        }
        Err(error) => Settled::NotDone(error),
    }
}

/// Makes a change, once, where nobody is told that its outcome is being looked up.
pub async fn quietly(remote: Remote, change: Change) -> Settled {
    settle(remote, change, &|| ()).await
}

/// Tells what went wrong in its place; by a message where that is gone: whoever went on to another page hears of it all the same.
pub fn tell_there(place: RwSignal<Option<String>>, toasts: Toasts, what: String) {
    if let Some(Some(what)) = place.try_set(Some(what)) {
        toasts.bad(what);
    }
}

/// What a look says of a write whose answer was lost.
fn seen(look: Result<bool, ApiError>, lost: ApiError) -> Settled {
    match look {
        Ok(true) => Settled::Done(None),
        Ok(false) => Settled::NotDone(lost),
        Err(_) => Settled::Unknown(lost),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_answer_is_told_by_what_was_seen_afterwards() {
        let lost = || ApiError::Unreachable {
            detail: "lost".to_owned(),
        };
        assert_eq!(seen(Ok(true), lost()), Settled::Done(None));
        assert_eq!(seen(Ok(false), lost()), Settled::NotDone(lost()));
        assert_eq!(
            seen(Err(ApiError::Cancelled), lost()),
            Settled::Unknown(lost())
        );
    }
}
