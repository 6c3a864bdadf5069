//! Executes one row of a run and classifies its outcome.

use switchboard_api::endpoints::GetDomain;
use switchboard_api::{ApiError, DomainName};
use switchboard_model::bulk::{Outcome, Pause, Reached, Reason, Task};

use crate::operations::change::happened;
use crate::operations::submit::{WriteOutcome, submit};
use crate::remote::{Auth, Remote};
use crate::workspace::KnownDomains;

/// How a row or its look-up ended.
pub(crate) struct TaskResult {
    pub outcome: Outcome,
    pub reached: Reached,
    /// Why nothing more should start.
    pub stop: Option<Pause>,
}

impl TaskResult {
    fn well(outcome: Outcome) -> Self {
        Self {
            outcome,
            reached: Reached::Yes,
            stop: None,
        }
    }

    /// Returns a certain failure. A call that the API did not look at may be sent again.
    fn badly(error: &ApiError) -> Self {
        let stop = stops(error);
        let outcome = match stop {
            Some(Pause::Token | Pause::RateLimited) => Outcome::NotTaken,
            _ => Outcome::Failed(Reason::of(error)),
        };
        Self {
            outcome,
            reached: reached(error),
            stop,
        }
    }
}

/// Executes a row. If it was refused for a token that has been replaced since, it is sent again and stops nothing.
pub(crate) async fn carry_out(remote: Remote, known: KnownDomains, task: Task) -> TaskResult {
    let token = remote.token();
    let ended = carry_out_once(remote, known, task).await;
    let is_outdated = ended.stop == Some(Pause::Token) && remote.token() != token;
    TaskResult {
        stop: ended.stop.filter(|_| !is_outdated),
        ..ended
    }
}

async fn carry_out_once(remote: Remote, known: KnownDomains, task: Task) -> TaskResult {
    let outcome = match task {
        Task::Change(change) => submit(remote, change).await,
        Task::LookUp { domain } => match look_up(remote, known, domain).await {
            Ok(outcome) => return TaskResult::well(outcome),
            Err(error) => WriteOutcome::NotDone(error),
        },
    };
    match outcome {
        WriteOutcome::Done(_) => TaskResult::well(Outcome::Done),
        WriteOutcome::NotDone(error) => TaskResult::badly(&error),
        WriteOutcome::Unknown(error, _) => TaskResult {
            outcome: Outcome::Unknown,
            reached: reached(&error),
            stop: None,
        },
    }
}

/// Returns whether the API was reached, from how a call failed.
pub(crate) fn reached(error: &ApiError) -> Reached {
    match error {
        ApiError::Unreachable { .. } | ApiError::TimedOut { .. } => Reached::No,
        _ => Reached::Yes,
    }
}

/// Returns the pause that applies if every further row would fail for the same reason.
pub(crate) fn stops(error: &ApiError) -> Option<Pause> {
    match error {
        ApiError::NotAuthorised { .. } if Auth::asks_for_a_token(error) => Some(Pause::Token),
        ApiError::NotAuthorised { .. } => Some(Pause::Forbidden),
        ApiError::RateLimited { .. } => Some(Pause::RateLimited),
        _ => None,
    }
}

/// Looks up a row whose answer was lost.
pub(crate) async fn look(remote: Remote, known: KnownDomains, task: &Task) -> TaskResult {
    match task {
        Task::Change(change) => match happened(remote, change).await {
            Ok(true) => TaskResult::well(Outcome::Done),
            Ok(false) => TaskResult::well(Outcome::Failed(Reason::NoEffect)),
            Err(error) => TaskResult {
                outcome: Outcome::Unknown,
                reached: reached(&error),
                stop: stops(&error),
            },
        },
        Task::LookUp { domain } => match look_up(remote, known, domain.clone()).await {
            Ok(outcome) => TaskResult::well(outcome),
            Err(error) => TaskResult::badly(&error),
        },
    }
}

/// Looks a domain up. If the API knows it, records it under the API's form of the name.
async fn look_up(
    remote: Remote,
    known: KnownDomains,
    name: DomainName,
) -> Result<Outcome, ApiError> {
    let call = GetDomain {
        domain: name.clone(),
    };
    let domain = remote.fetch(call).await?;
    let (_, kept) = known.found(&name, &domain);
    Ok(kept.map_or_else(
        |error| Outcome::Failed(Reason::NotStored(error)),
        |()| Outcome::Done,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_not_taken_may_be_sent_again() {
        let refused = |http_status| ApiError::NotAuthorised {
            http_status,
            field_errors: Vec::new(),
            raw: String::new(),
        };
        assert_eq!(stops(&refused(401)), Some(Pause::Token));
        assert_eq!(stops(&refused(403)), Some(Pause::Forbidden));
        assert_eq!(stops(&ApiError::Cancelled), None);
        let lost = ApiError::Unreachable {
            detail: String::new(),
        };
        assert_eq!(
            (reached(&lost), reached(&refused(401))),
            (Reached::No, Reached::Yes)
        );
    }
}
