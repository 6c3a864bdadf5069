//! Says what each write changes, as a [`Change`] of the journal, and which changes are its inverse.
//!
//! The inverse depends on the state before the write. It is computed from the cached answers of this page right before the write is sent. A
//! write has no inverse if that state is unknown, or if no other write can take it back.

use switchboard_api::endpoints::{
    AddAssignment, AddDomain, AddOperator, DeleteDomain, DeleteUser, LiveChatChange,
    RemoveAssignment, UpdateAssignment, UpdateDomain, UpdateOperator,
};
use switchboard_api::{Assignment, Domain, DomainName, Email, LiveChatStatus};
use switchboard_model::journal::{Change, DomainSettings, Present, Switches};

/// The cached state of the things that a write is about. Sends nothing.
pub trait Known {
    /// Returns an operator's assignment to a domain.
    fn assignment(&self, domain: &DomainName, email: &Email) -> Option<Assignment>;
    /// Returns a domain.
    fn domain(&self, name: &DomainName) -> Option<Domain>;
    /// Returns whether an operator is active in the live chat addon.
    fn live_chat(&self, email: &Email) -> Option<LiveChatStatus>;
}

/// A write that the journal records.
pub trait Journalled {
    /// Returns what it changes.
    fn change(&self) -> Change;

    /// Returns the changes that undo it, in order; none if nothing does, or if the state before is unknown.
    fn undone_by(&self, known: &dyn Known) -> Vec<Change> {
        let _ = known;
        Vec::new()
    }
}

/// Returns the values that a change is about to replace; nothing for those that are not known.
pub(super) fn before(change: &Change, known: &dyn Known) -> Option<Present> {
    match change {
        Change::SwitchOperator { email, .. } | Change::DeleteUser { email } => {
            match known.live_chat(email)? {
                LiveChatStatus::Active => Some(Present::LiveChat(Some(true))),
                LiveChatStatus::Inactive => Some(Present::LiveChat(Some(false))),
                LiveChatStatus::Unknown(_) => None,
            }
        }
        Change::ChangeDomain { domain, to } => {
            let was = known.domain(domain);
            let active = was.as_ref().and_then(|was| was.status.known());
            let email = was.map(|was| was.email).filter(Email::is_given);
            some_of(DomainSettings {
                name: to.name.as_ref().map(|_| domain.clone()),
                active: to.active.and(active),
                email: to.email.as_ref().and(email),
            })
        }
        Change::DeleteDomain { domain } => {
            let was = known.domain(domain)?;
            some_of(DomainSettings {
                name: None,
                active: was.status.known(),
                email: Some(was.email).filter(Email::is_given),
            })
        }
        Change::ChangeAssignment { domain, email, to } => {
            let was = known_switches(&known.assignment(domain, email)?);
            let was = Switches {
                admin: to.admin.and(was.admin),
                shown_online: to.shown_online.and(was.shown_online),
                gets_messages: to.gets_messages.and(was.gets_messages),
            };
            (was != Switches::default()).then_some(Present::Assignment(Some(was)))
        }
        Change::RemoveAssignment { domain, email } => {
            let was = known.assignment(domain, email)?;
            Some(Present::Assignment(Some(known_switches(&was))))
        }
        // The change itself says that there was none.
        Change::AddOperator { .. } | Change::AddDomain { .. } | Change::AddAssignment { .. } => {
            None
        }
    }
}

fn some_of(settings: DomainSettings) -> Option<Present> {
    (settings != DomainSettings::default()).then_some(Present::Domain(settings))
}

macro_rules! journalled {
    ($($endpoint:ty: |$self:ident| $change:expr $(, undone by |$call:ident, $known:ident| $undo:expr)?;)+) => {
        $(impl Journalled for $endpoint {
            fn change(&self) -> Change {
                let $self = self;
                $change
            }
            $(fn undone_by(&self, $known: &dyn Known) -> Vec<Change> {
                let $call = self;
                $undo
            })?
        })+
    };
}

journalled! {
    AddOperator: |call| Change::AddOperator { email: call.email.clone(), name: call.name.clone() };
    UpdateOperator: |call| switch(call), undone by |call, known| switch_back(call, known);
    AddDomain: |call| Change::AddDomain { domain: call.domain.clone() };
    UpdateDomain: |call| Change::ChangeDomain { domain: call.domain.clone(), to: settings(call) },
        undone by |call, known| settings_back(call, known);
    DeleteDomain: |call| Change::DeleteDomain { domain: call.domain.clone() };
    AddAssignment: |call| Change::AddAssignment { domain: call.domain.clone(), email: call.email.clone() },
        undone by |call, _known| vec![Change::RemoveAssignment { domain: call.domain.clone(), email: call.email.clone() }];
    UpdateAssignment: |call| Change::ChangeAssignment { domain: call.domain.clone(), email: call.email.clone(), to: switches(call) },
        undone by |call, known| switches_back(call, known);
    RemoveAssignment: |call| Change::RemoveAssignment { domain: call.domain.clone(), email: call.email.clone() },
        undone by |call, known| on_again(call, known);
    DeleteUser: |call| Change::DeleteUser { email: call.email.clone() };
}

fn switch(call: &UpdateOperator) -> Change {
    let (on, domains) = match &call.change {
        LiveChatChange::Activate { domains } => (true, domains.clone()),
        LiveChatChange::Deactivate => (false, Vec::new()),
    };
    Change::SwitchOperator {
        email: call.email.clone(),
        on,
        domains,
    }
}

/// Returns no inverse if the call also assigns domains: the operator may have been on some of them before.
fn switch_back(call: &UpdateOperator, known: &dyn Known) -> Vec<Change> {
    let back = match (known.live_chat(&call.email), &call.change) {
        (Some(LiveChatStatus::Active), LiveChatChange::Deactivate) => true,
        (Some(LiveChatStatus::Inactive), LiveChatChange::Activate { domains })
            if domains.is_empty() =>
        {
            false
        }
        _ => return Vec::new(),
    };
    vec![Change::SwitchOperator {
        email: call.email.clone(),
        on: back,
        domains: Vec::new(),
    }]
}

fn settings(call: &UpdateDomain) -> DomainSettings {
    DomainSettings {
        name: call.change.new_domain().cloned(),
        active: call.change.status(),
        email: call.change.email().cloned(),
    }
}

fn settings_back(call: &UpdateDomain, known: &dyn Known) -> Vec<Change> {
    let to = settings(call);
    let back = |domain: &DomainName, to| {
        vec![Change::ChangeDomain {
            domain: domain.clone(),
            to,
        }]
    };
    match &to {
        // The call itself contains both names, so a rename needs no cached state. If the call changes anything else
        // too, one step cannot undo it.
        DomainSettings {
            name: Some(name),
            active: None,
            email: None,
        } if *name != call.domain => back(
            name,
            DomainSettings {
                name: Some(call.domain.clone()),
                ..DomainSettings::default()
            },
        ),
        DomainSettings {
            name: None,
            active,
            email,
        } => {
            let Some(before) = known.domain(&call.domain) else {
                return Vec::new();
            };
            let before_active = before.status.known();
            let is_known = (active.is_none() || before_active.is_some())
                && (email.is_none() || before.email.is_given());
            let was = DomainSettings {
                name: None,
                active: active.and(before_active),
                email: email.as_ref().map(|_| before.email),
            };
            if is_known && was != to {
                back(&call.domain, was)
            } else {
                Vec::new()
            }
        }
        DomainSettings { name: Some(_), .. } => Vec::new(),
    }
}

fn switches(call: &UpdateAssignment) -> Switches {
    Switches {
        admin: call.change.is_admin(),
        shown_online: call.change.online_status(),
        gets_messages: call.change.active(),
    }
}

fn switches_back(call: &UpdateAssignment, known: &dyn Known) -> Vec<Change> {
    let to = switches(call);
    let was = known
        .assignment(&call.domain, &call.email)
        .and_then(|before| all_switches(&before))
        .map(|before| Switches {
            admin: to.admin.and(before.admin),
            shown_online: to.shown_online.and(before.shown_online),
            gets_messages: to.gets_messages.and(before.gets_messages),
        });
    match was {
        Some(was) if was != to => vec![Change::ChangeAssignment {
            domain: call.domain.clone(),
            email: call.email.clone(),
            to: was,
        }],
        _ => Vec::new(),
    }
}

/// Restores an assignment with its switches: a new assignment would get the default ones.
fn on_again(call: &RemoveAssignment, known: &dyn Known) -> Vec<Change> {
    let before = known.assignment(&call.domain, &call.email);
    let Some(to) = before.and_then(|before| all_switches(&before)) else {
        return Vec::new();
    };
    let (domain, email) = (call.domain.clone(), call.email.clone());
    vec![
        Change::AddAssignment {
            domain: domain.clone(),
            email: email.clone(),
        },
        Change::ChangeAssignment { domain, email, to },
    ]
}

/// Returns all three switches; `None` if one of them is unknown.
fn all_switches(assignment: &Assignment) -> Option<Switches> {
    let all = known_switches(assignment);
    let is_known = all.admin.is_some() && all.shown_online.is_some() && all.gets_messages.is_some();
    is_known.then_some(all)
}

/// The switches that are known.
fn known_switches(assignment: &Assignment) -> Switches {
    Switches {
        admin: assignment.is_admin.known(),
        shown_online: assignment.shown_online.known(),
        gets_messages: assignment.gets_messages.known(),
    }
}

#[cfg(test)]
mod tests;
