//! Taking a change back: the calls that undo it, one after the other.

use switchboard_api::endpoints::{
    AssignmentChange, DomainChange, GetDomain, GetOperator, ListAssignments, LiveChatChange,
    UpdateAssignment, UpdateDomain, UpdateOperator,
};
use switchboard_api::{Flag, LiveChatStatus};
use switchboard_model::journal::{Change, DomainSettings, Switches};
use switchboard_model::workspace::PendingRename;

use super::super::assignment::{put_on, take_off};
use super::super::domain::rename;
use super::super::explain::explain;
use super::super::settle::{Settled, settle};
use crate::browser::clock;
use crate::i18n::{Text, t};
use crate::remote::Remote;
use crate::workspace::KnownDomains;

/// How an undoing ended.
pub(super) enum Undone {
    /// As it was before; perhaps with the API's warning.
    Wholly(Option<String>),
    /// The first steps worked and then one did not: why.
    Partly(String),
    /// Nothing was changed: why.
    Not(String),
}

/// Carries out the steps that undo a change, until one does not work.
pub(super) async fn undo(remote: Remote, known: KnownDomains, steps: Vec<Change>) -> Undone {
    let mut warned = None;
    for (index, step) in steps.into_iter().enumerate() {
        let reason = match carry_out(remote, known, step).await {
            Ok(Settled::Done(warning)) => {
                warned = warning.or(warned);
                continue;
            }
            Ok(Settled::NotDone(error)) => explain(&error, clock::now()).title,
            Ok(Settled::Unknown(_)) => t(Text::OutcomeUnknownChecked).to_owned(),
            Err(reason) => reason,
        };
        return if index == 0 {
            Undone::Not(reason)
        } else {
            Undone::Partly(reason)
        };
    }
    Undone::Wholly(warned)
}

/// Makes one change; the error says what kept this browser from it.
async fn carry_out(remote: Remote, known: KnownDomains, step: Change) -> Result<Settled, String> {
    match step {
        Change::AddAssignment { domain, email } => Ok(put_on(remote, domain, email).await),
        Change::RemoveAssignment { domain, email } => Ok(take_off(remote, domain, email).await),
        Change::ChangeAssignment { domain, email, to } => {
            let change = assignment_change(to).ok_or_else(cannot)?;
            let (look, who) = (
                ListAssignments {
                    domain: domain.clone(),
                },
                email.clone(),
            );
            let call = UpdateAssignment {
                domain,
                email,
                change,
            };
            let is = |wanted: Option<bool>, flag: &Flag| wanted.is_none_or(|on| flag.is_on() == on);
            let settled = settle(
                remote,
                call,
                || (),
                async move || {
                    Ok(remote.ask(look).await?.iter().any(|one| {
                        one.email == who
                            && is(to.admin, &one.is_admin)
                            && is(to.shown_online, &one.shown_online)
                            && is(to.gets_messages, &one.gets_messages)
                    }))
                },
            );
            Ok(settled.await)
        }
        Change::SwitchOperator { email, on, domains } => {
            let change = if on {
                LiveChatChange::Activate { domains }
            } else {
                LiveChatChange::Deactivate
            };
            let look = GetOperator {
                email: email.clone(),
            };
            let call = UpdateOperator { email, change };
            let settled = settle(
                remote,
                call,
                || (),
                async move || {
                    let status = remote.ask(look).await?.live_chat.clone();
                    Ok((status == Some(LiveChatStatus::Active)) == on)
                },
            );
            Ok(settled.await)
        }
        Change::ChangeDomain { domain, to } => match to {
            DomainSettings {
                name: Some(to),
                active: None,
                email: None,
            } => rename(remote, known, &PendingRename { from: domain, to }).await,
            DomainSettings {
                name: None,
                active,
                email,
            } => {
                let change = domain_change(active, email.clone()).ok_or_else(cannot)?;
                let look = GetDomain {
                    domain: domain.clone(),
                };
                let settled = settle(
                    remote,
                    UpdateDomain { domain, change },
                    || (),
                    async move || {
                        let there = remote.ask(look).await?;
                        Ok(active.is_none_or(|on| there.status.is_on() == on)
                            && email.is_none_or(|email| there.email == email))
                    },
                );
                Ok(settled.await)
            }
            DomainSettings { name: Some(_), .. } => Err(cannot()),
        },
        // Nothing is undone by one of these.
        Change::AddOperator { .. }
        | Change::AddDomain { .. }
        | Change::DeleteDomain { .. }
        | Change::DeleteUser { .. } => Err(cannot()),
    }
}

fn cannot() -> String {
    t(Text::UndoImpossible).to_owned()
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

fn domain_change(
    active: Option<bool>,
    email: Option<switchboard_api::Email>,
) -> Option<DomainChange> {
    [
        active.map(DomainChange::set_status),
        email.map(DomainChange::set_email),
    ]
    .into_iter()
    .flatten()
    .reduce(DomainChange::and)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_to_change_is_sent() {
        let to = Switches {
            admin: None,
            shown_online: Some(true),
            gets_messages: Some(false),
        };
        let expected =
            AssignmentChange::set_online_status(true).and(AssignmentChange::set_active(false));
        assert_eq!(assignment_change(to), Some(expected));
        assert_eq!(assignment_change(Switches::default()), None);
        assert_eq!(
            domain_change(Some(false), None),
            Some(DomainChange::set_status(false))
        );
        assert_eq!(domain_change(None, None), None);
    }
}
