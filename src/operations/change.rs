//! Sends and looks up a change that is described as data. These are the eight writes whose answer need not be stored
//! (endpoints 2, 5, 8 to 12 and 14). Adding a domain (6) returns a code that must not be lost, so it has its own
//! module.

use std::sync::Arc;

use switchboard_api::endpoints::{
    AddAssignment, AddOperator, AssignmentChange, DeleteDomain, DeleteUser, DomainChange,
    GetDomain, GetOperator, ListAssignments, ListOperators, LiveChatChange, RemoveAssignment,
    UpdateAssignment, UpdateDomain, UpdateOperator,
};
use switchboard_api::{
    Absence, ApiError, Assignment, DomainName, Email, LiveChatStatus, Operator, PersonName, Sought,
    Tristate,
};
use switchboard_model::journal::{Change, DomainSettings, Switches};

use crate::remote::{Remote, WriteEndpoint};

/// Sends a change once. Returns the API's warning, if it gave one.
///
/// # Errors
/// How the call ended.
pub async fn send(remote: Remote, change: &Change) -> Result<Option<String>, ApiError> {
    match change.clone() {
        Change::AddOperator { email, name } => {
            write(remote, AddOperator { email, name }, change).await
        }
        Change::SwitchOperator { email, on, domains } => {
            let to = if on {
                LiveChatChange::Activate { domains }
            } else {
                LiveChatChange::Deactivate
            };
            write(remote, UpdateOperator { email, change: to }, change).await
        }
        Change::ChangeDomain { domain, to } => match domain_change(to) {
            Some(to) => write(remote, UpdateDomain { domain, change: to }, change).await,
            None => Ok(None),
        },
        Change::DeleteDomain { domain } => write(remote, DeleteDomain { domain }, change).await,
        Change::AddAssignment { domain, email } => {
            write(remote, AddAssignment { domain, email }, change).await
        }
        Change::ChangeAssignment { domain, email, to } => match assignment_change(to) {
            Some(to) => {
                let call = UpdateAssignment {
                    domain,
                    email,
                    change: to,
                };
                write(remote, call, change).await
            }
            None => Ok(None),
        },
        Change::RemoveAssignment { domain, email } => {
            write(remote, RemoveAssignment { domain, email }, change).await
        }
        Change::DeleteUser { email } => write(remote, DeleteUser { email }, change).await,
        // Not sent: the embed code in the answer would be lost.
        Change::AddDomain { .. } => Err(ApiError::Cancelled),
    }
}

async fn write<E: WriteEndpoint>(
    remote: Remote,
    call: E,
    change: &Change,
) -> Result<Option<String>, ApiError> {
    let was_not_so = was_not_so(remote, change);
    let came_about = async || was_not_so && came_about(remote, change).await;
    match remote.write_or_find(call, came_about).await {
        Ok(answer) => Ok(answer.and_then(|answer| answer.warning)),
        Err(ApiError::NoPayload { warning }) => Ok(Some(warning)),
        Err(error) => Err(error),
    }
}

/// Returns whether it is certain, before sending, that the state differs from what a change would make it. Only for
/// the changes that the API refuses when they are made twice.
fn was_not_so(remote: Remote, change: &Change) -> bool {
    let known = |email: &Email| {
        let all = remote.recent(&ListOperators)?;
        Some(all.iter().any(|one| one.email == *email))
    };
    let on = |domain: &DomainName, email: &Email| {
        let domain = domain.clone();
        let there = remote.recent(&ListAssignments { domain })?;
        Some(there.iter().any(|one| one.email == *email))
    };
    let there = |domain: &DomainName| {
        let domain = domain.clone();
        remote.recent(&GetDomain { domain }).is_some()
    };
    match change {
        Change::AddOperator { email, .. } => known(email) == Some(false),
        Change::DeleteUser { email } => {
            let email = email.clone();
            known(&email) == Some(true) || remote.recent(&GetOperator { email }).is_some()
        }
        Change::AddAssignment { domain, email } => on(domain, email) == Some(false),
        Change::RemoveAssignment { domain, email } => on(domain, email) == Some(true),
        Change::DeleteDomain { domain } => there(domain),
        Change::ChangeDomain { domain, to } => to.name.is_some() && there(domain),
        // The API does not refuse these when they are made twice.
        Change::SwitchOperator { .. } | Change::ChangeAssignment { .. } => false,
        Change::AddDomain { .. } => false,
    }
}

/// Returns whether a refused change was made nevertheless. Returns false if the look-up fails.
async fn came_about(remote: Remote, change: &Change) -> bool {
    matches!(happened(remote, change).await, Ok(true))
}

/// Looks up whether the state is what a change would make it, after its answer was lost.
///
/// # Errors
/// How the look-up ended.
pub async fn happened(remote: Remote, change: &Change) -> Result<bool, ApiError> {
    match change {
        // Another user may have added an operator with this address and another name.
        Change::AddOperator { email, name } => {
            let there = operator(remote, email).await?;
            Ok(there.is_some_and(|there| is_called(&there.name, name)))
        }
        Change::DeleteUser { email } => Ok(operator(remote, email).await?.is_none()),
        Change::SwitchOperator { email, on, .. } => {
            let email = email.clone();
            let operator = remote.fetch(GetOperator { email }).await?;
            Ok((operator.live_chat == Some(LiveChatStatus::Active)) == *on)
        }
        Change::AddDomain { domain } => domain_is_there(remote, domain).await,
        Change::DeleteDomain { domain } => Ok(!domain_is_there(remote, domain).await?),
        Change::ChangeDomain { domain, to } => {
            let now = to.name.as_ref().unwrap_or(domain).clone();
            let call = GetDomain {
                domain: now.clone(),
            };
            match remote.fetch(call).await {
                // Another domain may have had the new name already.
                Ok(_) if to.name.is_some() && domain_is_there(remote, domain).await? => Ok(false),
                Ok(there) => Ok(to.active.is_none_or(|on| there.status.is_on() == on)
                    && to.email.as_ref().is_none_or(|email| there.email == *email)),
                // No domain has the new name, so it was not renamed.
                Err(error) if to.name.is_some() && is_absent(&error, Sought::Domain(&now)) => {
                    Ok(false)
                }
                Err(error) => Err(error),
            }
        }
        Change::AddAssignment { domain, email } => {
            Ok(assignment(remote, domain, email).await?.is_some())
        }
        Change::RemoveAssignment { domain, email } => {
            Ok(assignment(remote, domain, email).await?.is_none())
        }
        Change::ChangeAssignment { domain, email, to } => {
            let is =
                |wanted: Option<bool>, flag: &Tristate| wanted.is_none_or(|on| flag.is_on() == on);
            let one = assignment(remote, domain, email).await?;
            Ok(one.is_some_and(|one| {
                is(to.admin, &one.is_admin)
                    && is(to.shown_online, &one.shown_online)
                    && is(to.gets_messages, &one.gets_messages)
            }))
        }
    }
}

async fn operator(remote: Remote, email: &Email) -> Result<Option<Arc<Operator>>, ApiError> {
    let call = GetOperator {
        email: email.clone(),
    };
    found(remote.fetch(call).await, Sought::Operator(email))
}

/// Returns whether a name reads as `wanted`, regardless of white space and letter case.
fn is_called(name: &PersonName, wanted: &str) -> bool {
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    name.display().to_lowercase() == wanted.join(" ").to_lowercase()
}

/// Returns whether the API knows a domain.
///
/// # Errors
/// How the call ended, unless the API says that there is no such domain.
pub async fn domain_is_there(remote: Remote, domain: &DomainName) -> Result<bool, ApiError> {
    let call = GetDomain {
        domain: domain.clone(),
    };
    Ok(found(remote.fetch(call).await, Sought::Domain(domain))?.is_some())
}

/// Returns what a read found; `None` if the API says that there is no such thing.
fn found<T>(answer: Result<T, ApiError>, sought: Sought<'_>) -> Result<Option<T>, ApiError> {
    match answer {
        Ok(there) => Ok(Some(there)),
        Err(error) if is_absent(&error, sought) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns whether a failed read shows that there is no such thing. Any other refusal leaves that open.
#[must_use]
pub fn is_absent(error: &ApiError, sought: Sought<'_>) -> bool {
    error.absence(sought) == Absence::Certain
}

async fn assignment(
    remote: Remote,
    domain: &DomainName,
    email: &Email,
) -> Result<Option<Assignment>, ApiError> {
    let domain = domain.clone();
    let all = remote.fetch(ListAssignments { domain }).await?;
    Ok(all.iter().find(|one| one.email == *email).cloned())
}

fn assignment_change(to: Switches) -> Option<AssignmentChange> {
    [
        to.admin.map(AssignmentChange::set_is_admin),
        to.shown_online.map(AssignmentChange::set_online_status),
        to.gets_messages.map(AssignmentChange::set_active),
    ]
    .into_iter()
    .flatten()
    .reduce(AssignmentChange::and)
}

fn domain_change(to: DomainSettings) -> Option<DomainChange> {
    [
        to.name.map(DomainChange::rename),
        to.active.map(DomainChange::set_status),
        to.email.map(DomainChange::set_email),
    ]
    .into_iter()
    .flatten()
    .reduce(DomainChange::and)
}

#[cfg(test)]
mod tests {
    use switchboard_api::{FieldError, Severity};

    use super::*;

    #[test]
    fn only_needed_changes_are_sent() {
        let to = Switches {
            admin: None,
            shown_online: Some(true),
            gets_messages: Some(false),
        };
        let expected =
            AssignmentChange::set_online_status(true).and(AssignmentChange::set_active(false));
        assert_eq!(assignment_change(to), Some(expected));
        assert_eq!(assignment_change(Switches::default()), None);
        let to = DomainSettings {
            active: Some(false),
            ..DomainSettings::default()
        };
        assert_eq!(domain_change(to), Some(DomainChange::set_status(false)));
        assert_eq!(domain_change(DomainSettings::default()), None);
    }

    #[test]
    fn only_explicit_refusal_shows_absence() {
        let refused = |text: &str| ApiError::Refused {
            severity: Severity::Error,
            field_errors: vec![FieldError {
                field: None,
                text: text.to_owned(),
            }],
            http_status: 200,
            raw: String::new(),
        };
        let name: DomainName = "a.example".parse().expect("a domain name of the test");
        let sought = Sought::Domain(&name);
        let unclear = refused("Not on a Monday");
        assert_eq!(found(Ok(1), sought), Ok(Some(1)));
        let absent = refused("Domain does not exist");
        assert_eq!(found::<u8>(Err(absent), sought), Ok(None));
        assert_eq!(found::<u8>(Err(unclear.clone()), sought), Err(unclear));
        let cancelled = ApiError::Cancelled;
        assert_eq!(found::<u8>(Err(cancelled.clone()), sought), Err(cancelled));
    }

    #[test]
    fn somebody_else_of_the_address_was_not_added() {
        let grace = PersonName {
            first: "Grace".to_owned(),
            last: "Hopper".to_owned(),
        };
        assert!(is_called(&grace, " Grace  Hopper "));
        assert!(is_called(&grace, "grace hopper"));
        assert!(!is_called(&grace, "Grace Murray"));
    }
}
