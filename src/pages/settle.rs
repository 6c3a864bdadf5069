//! How a write ends, honestly: a lost answer is looked up, and only what was seen is told.

use switchboard_api::ApiError;

use crate::remote::{Remote, WriteEndpoint};

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

/// Sends a write once. When its answer is lost, `look` finds out whether it happened all the same; `checking` is told before that.
pub async fn settle<E: WriteEndpoint>(
    remote: Remote,
    call: E,
    checking: impl FnOnce(),
    look: impl AsyncFnOnce() -> Result<bool, ApiError>,
) -> Settled {
    let change = call.change();
    match remote.write(call).await {
        Ok(answer) => Settled::Done(answer.warning),
        Err(ApiError::NoPayload { warning }) => Settled::Done(Some(warning)),
        Err(lost) if lost.outcome_unknown() => {
            checking();
            let look = look().await;
            if let Ok(happened) = look {
                remote.looked_up(&change, happened);
            }
            seen(look, lost)
        }
        Err(error) => Settled::NotDone(error),
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

/// Whether something is there, from the answer to a call for it: the API refuses a call for what is not.
pub fn is_there<T>(answer: Result<T, ApiError>) -> Result<bool, ApiError> {
    match answer {
        Ok(_) => Ok(true),
        Err(ApiError::Refused { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use switchboard_api::Severity;

    use super::*;

    fn lost() -> ApiError {
        ApiError::Unreachable {
            detail: "lost".to_owned(),
        }
    }

    fn refused() -> ApiError {
        ApiError::Refused {
            severity: Severity::Error,
            complaints: Vec::new(),
            http_status: 200,
            raw: String::new(),
        }
    }

    #[test]
    fn a_lost_answer_is_told_by_what_was_seen_afterwards() {
        assert_eq!(seen(Ok(true), lost()), Settled::Done(None));
        assert_eq!(seen(Ok(false), lost()), Settled::NotDone(lost()));
        assert_eq!(
            seen(Err(ApiError::Cancelled), lost()),
            Settled::Unknown(lost())
        );
    }

    #[test]
    fn only_a_refusal_says_that_something_is_not_there() {
        assert_eq!(is_there(Ok(())), Ok(true));
        assert_eq!(is_there::<()>(Err(refused())), Ok(false));
        assert_eq!(is_there::<()>(Err(lost())), Err(lost()));
    }
}
