//! Reads the present state of what a change was about, before the change is undone.

use switchboard_api::endpoints::{GetDomain, GetOperator, ListAssignments};
use switchboard_api::{ApiError, Assignment, Domain, DomainName, Email, LiveChatStatus, Sought};
use switchboard_model::journal::{Change, DomainSettings, Look, Present, Switches};

use crate::operations::change::{domain_is_there, is_absent};
use crate::remote::Remote;

/// Reads the present state of what a change was about. `None` for a change that cannot be undone, and for an unknown
/// value.
///
/// # Errors
/// How the call ended.
pub async fn read_present(remote: Remote, change: &Change) -> Result<Option<Present>, ApiError> {
    let Some(look) = change.look_before_undo() else {
        return Ok(None);
    };
    match look {
        Look::Operator(email) => operator(remote, email).await,
        Look::Domain(domain) => {
            let call = GetDomain {
                domain: domain.clone(),
            };
            let answer = remote.fetch(call).await;
            gone_or(answer, Sought::Domain(&domain), |domain| {
                Some(Present::Domain(settings(domain)))
            })
        }
        Look::Names { old, new } => Ok(Some(Present::Names {
            new: domain_is_there(remote, &new).await?,
            old: domain_is_there(remote, &old).await?,
        })),
        Look::Assignment(domain, email) => assignment(remote, domain, &email).await,
    }
}

async fn operator(remote: Remote, email: Email) -> Result<Option<Present>, ApiError> {
    let call = GetOperator {
        email: email.clone(),
    };
    let answer = remote.fetch(call).await;
    gone_or(answer, Sought::Operator(&email), |operator| {
        let is_on = match &operator.live_chat {
            None => None,
            Some(LiveChatStatus::Active) => Some(true),
            Some(LiveChatStatus::Inactive) => Some(false),
            Some(LiveChatStatus::Unknown(_)) => return None,
        };
        Some(Present::LiveChat(is_on))
    })
}

async fn assignment(
    remote: Remote,
    domain: DomainName,
    email: &Email,
) -> Result<Option<Present>, ApiError> {
    let call = ListAssignments {
        domain: domain.clone(),
    };
    let answer = remote.fetch(call).await;
    gone_or(answer, Sought::Domain(&domain), |all| {
        let one = all.iter().find(|one| one.email == *email);
        Some(Present::Assignment(one.map(switches)))
    })
}

/// Returns the state from an answer, or that the thing is gone.
fn gone_or<T>(
    answer: Result<T, ApiError>,
    sought: Sought<'_>,
    says: impl FnOnce(&T) -> Option<Present>,
) -> Result<Option<Present>, ApiError> {
    match answer {
        Ok(answer) => Ok(says(&answer)),
        Err(error) if is_absent(&error, sought) => Ok(Some(Present::Gone)),
        Err(error) => Err(error),
    }
}

fn settings(domain: &Domain) -> DomainSettings {
    DomainSettings {
        name: None,
        active: domain.status.known(),
        email: Some(domain.email.clone()).filter(Email::is_given),
    }
}

fn switches(assignment: &Assignment) -> Switches {
    Switches {
        admin: assignment.is_admin.known(),
        shown_online: assignment.shown_online.known(),
        gets_messages: assignment.gets_messages.known(),
    }
}

#[cfg(test)]
mod tests {
    use switchboard_api::{FieldError, Severity};

    use super::*;

    fn refused(text: &str) -> ApiError {
        ApiError::Refused {
            severity: Severity::Error,
            field_errors: vec![FieldError {
                field: None,
                text: text.to_owned(),
            }],
            http_status: 200,
            raw: String::new(),
        }
    }

    #[test]
    fn only_explicit_absence_counts_as_gone() {
        let name: DomainName = "a.example".parse().expect("a domain name of the test");
        let sought = Sought::Domain(&name);
        let read = |answer| gone_or::<()>(answer, sought, |()| None);
        assert_eq!(
            read(Err(refused("Domain does not exist"))),
            Ok(Some(Present::Gone))
        );
        let unclear = refused("Not on a Monday");
        assert_eq!(read(Err(unclear.clone())), Err(unclear));
        assert_eq!(read(Ok(())), Ok(None));
    }
}
