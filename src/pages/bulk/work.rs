//! What a row of a bulk run does, and what came of it.

use switchboard_api::endpoints::GetDomain;
use switchboard_api::{ApiError, DomainName};
use switchboard_model::bulk::{Outcome, Task};
use switchboard_model::journal::Change;

use super::super::change::{happened, words};
use super::super::embed::store_error;
use super::super::explain::{explain, explain_briefly};
use super::super::settle::{Settled, quietly};
use crate::browser::clock;
use crate::i18n::{Text, t};
use crate::remote::Remote;
use crate::workspace::KnownDomains;

/// Carries out a row. With its outcome, why nothing more should be started: when the token is no longer accepted, or the API asks for a
/// pause, every further row would fail for the same reason.
pub(super) async fn carry_out(
    remote: Remote,
    known: KnownDomains,
    task: Task,
) -> (Outcome, Option<String>) {
    let settled = match task {
        Task::Change(change) => quietly(remote, change).await,
        Task::LookUp { domain } => match look_up(remote, known, domain).await {
            Ok(outcome) => return (outcome, None),
            Err(error) => Settled::NotDone(error),
        },
    };
    match settled {
        Settled::Done(_) => (Outcome::Done, None),
        Settled::NotDone(error) => {
            let words = explain(&error, clock::now());
            let stop = stops(&error).then(|| format!("{} {}", words.title, words.advice));
            (Outcome::Failed(words.title), stop)
        }
        Settled::Unknown(_) => (Outcome::Unknown, None),
    }
}

fn stops(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::NotAuthorised { .. } | ApiError::RateLimited { .. }
    )
}

/// Looks up a row whose answer never came.
pub(super) async fn look(remote: Remote, known: KnownDomains, task: &Task) -> Outcome {
    match task {
        Task::Change(change) => match happened(remote, change).await {
            Ok(true) => {
                remote.looked_up(change, true);
                Outcome::Done
            }
            Ok(false) => {
                remote.looked_up(change, false);
                Outcome::Failed(t(Text::RunDidNotHappen).to_owned())
            }
            Err(_) => Outcome::Unknown,
        },
        Task::LookUp { domain } => match look_up(remote, known, domain.clone()).await {
            Ok(outcome) => outcome,
            Err(error) => Outcome::Failed(explain_briefly(&error, clock::now())),
        },
    }
}

/// A domain that the API knows is known here from then on, under the name that the API has.
async fn look_up(
    remote: Remote,
    known: KnownDomains,
    name: DomainName,
) -> Result<Outcome, ApiError> {
    let call = GetDomain {
        domain: name.clone(),
    };
    let domain = remote.ask(call).await?;
    let (_, kept) = known.found(&name, &domain);
    Ok(kept.map_or_else(
        |error| Outcome::Failed(store_error(error)),
        |()| Outcome::Done,
    ))
}

/// What a row does, in words: told before, while and after it is done.
pub(super) fn what(task: &Task) -> String {
    match task {
        Task::Change(Change::AddOperator { .. }) => t(Text::AddOperator).to_owned(),
        Task::Change(Change::RemoveAssignment { .. }) => t(Text::TakeOffDomain).to_owned(),
        Task::Change(Change::DeleteUser { .. }) => t(Text::DeleteUser).to_owned(),
        Task::Change(change) => words::what(change),
        Task::LookUp { .. } => t(Text::LookUp).to_owned(),
    }
}

/// Whom or what a row is about, one after the other.
pub(super) fn about(task: &Task) -> Vec<String> {
    match task {
        Task::Change(change) => words::about(change),
        Task::LookUp { domain } => vec![domain.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_waits_is_not_told_as_if_it_was_done() {
        let email = || "ada@acme.example".parse().expect("an e-mail of the test");
        let domain = || "a.example".parse().expect("a domain name of the test");
        for (task, said) in [
            (
                Task::Change(Change::AddOperator {
                    email: email(),
                    name: "Ada".to_owned(),
                }),
                "Add operator",
            ),
            (
                Task::Change(Change::RemoveAssignment {
                    domain: domain(),
                    email: email(),
                }),
                "Take off the domain",
            ),
            (
                Task::Change(Change::DeleteUser { email: email() }),
                "Delete user",
            ),
            (Task::LookUp { domain: domain() }, "Look up"),
        ] {
            assert_eq!(what(&task), said);
        }
    }
}
