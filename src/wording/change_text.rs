//! Describes a change in words: what it did, and to what.

use switchboard_model::journal::{Change, DomainSettings, Present, Switches};

use crate::browser::idna::readable;
use crate::i18n::{Text, enumeration, list, t, tf};

/// Returns what a change did, e.g. "Admin: off".
#[must_use]
pub fn what(change: &Change) -> String {
    match change {
        Change::AddOperator { .. } => t(Text::ChangeOperatorAdded).to_owned(),
        Change::SwitchOperator {
            on: true, domains, ..
        } if !domains.is_empty() => {
            let names: Vec<String> = domains.iter().map(readable).collect();
            tf(Text::ChangeLiveChatOn, &[("domains", &list(&names))])
        }
        Change::SwitchOperator { on, .. } => switch(Text::ChangeLiveChat, *on),
        Change::AddDomain { .. } => t(Text::ChangeDomainAdded).to_owned(),
        Change::ChangeDomain { to, .. } => settings(to),
        Change::DeleteDomain { .. } => t(Text::ChangeDomainDeleted).to_owned(),
        Change::AddAssignment { .. } => t(Text::ChangePutOn).to_owned(),
        Change::ChangeAssignment { to, .. } => switches(*to),
        Change::RemoveAssignment { .. } => t(Text::ChangeTakenOff).to_owned(),
        Change::DeleteUser { .. } => t(Text::ChangeUserDeleted).to_owned(),
    }
}

/// Returns the present state of what was changed, e.g. "Contact email: web@acme.example".
#[must_use]
pub fn now(change: &Change, present: &Present) -> String {
    match (change, present) {
        (_, Present::Gone) => t(Text::PresentGone).to_owned(),
        (_, Present::LiveChat(None)) => tf(Text::ChangeLiveChat, &[("value", "none")]),
        (_, Present::LiveChat(Some(on))) => switch(Text::ChangeLiveChat, *on),
        (Change::ChangeDomain { to, .. }, Present::Domain(now)) => settings(&DomainSettings {
            name: None,
            active: to.active.and(now.active),
            email: to.email.as_ref().and(now.email.clone()),
        }),
        (_, Present::Domain(now)) => settings(now),
        (_, Present::Names { old: true, .. }) => t(Text::PresentBothNames).to_owned(),
        (_, Present::Names { old: false, .. }) => t(Text::PresentNoName).to_owned(),
        (_, Present::Assignment(None)) => t(Text::PresentNotOnDomain).to_owned(),
        (Change::ChangeAssignment { to, .. }, Present::Assignment(Some(now))) => {
            switches(Switches {
                admin: to.admin.and(now.admin),
                shown_online: to.shown_online.and(now.shown_online),
                gets_messages: to.gets_messages.and(now.gets_messages),
            })
        }
        (_, Present::Assignment(Some(now))) => {
            tf(Text::PresentOnDomain, &[("switches", &switches(*now))])
        }
    }
}

/// Returns the steps that undo a change, in their order.
#[must_use]
pub fn steps(inverse: &[Change]) -> String {
    enumeration(&inverse.iter().map(what).collect::<Vec<_>>())
}

/// Returns the names and addresses that a change is about, one entry each.
#[must_use]
pub fn about(change: &Change) -> Vec<String> {
    match change {
        Change::AddOperator { email, name } => vec![name.clone(), email.to_string()],
        Change::SwitchOperator { email, .. } | Change::DeleteUser { email } => {
            vec![email.to_string()]
        }
        Change::AddDomain { domain }
        | Change::ChangeDomain { domain, .. }
        | Change::DeleteDomain { domain } => vec![readable(domain)],
        Change::AddAssignment { domain, email }
        | Change::ChangeAssignment { domain, email, .. }
        | Change::RemoveAssignment { domain, email } => {
            vec![email.to_string(), readable(domain)]
        }
    }
}

pub(super) fn settings(to: &DomainSettings) -> String {
    let name = to.name.as_ref();
    let email = to.email.as_ref();
    let said = [
        name.map(|name| tf(Text::ChangeRenamed, &[("name", &readable(name))])),
        to.active.map(|on| switch(Text::ChangeActive, on)),
        email.map(|email| tf(Text::ChangeContactEmail, &[("email", email.as_str())])),
    ];
    enumeration(&said.into_iter().flatten().collect::<Vec<_>>())
}

pub(super) fn switches(to: Switches) -> String {
    let said = [
        (Text::ChangeAdmin, to.admin),
        (Text::ChangeShownOnline, to.shown_online),
        (Text::ChangeGetsMessages, to.gets_messages),
    ];
    let said = said
        .into_iter()
        .filter_map(|(text, on)| Some(switch(text, on?)));
    enumeration(&said.collect::<Vec<_>>())
}

fn switch(text: Text, on: bool) -> String {
    tf(text, &[("value", if on { "on" } else { "off" })])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn present_state_shows_only_what_was_changed() {
        let address = |text: &str| text.parse::<switchboard_api::Email>().ok();
        let domain: switchboard_api::DomainName =
            "a.example".parse().expect("a domain name of the test");
        let change = Change::ChangeDomain {
            domain: domain.clone(),
            to: DomainSettings {
                email: address("mine@a.example"),
                ..DomainSettings::default()
            },
        };
        let settings = Present::Domain(DomainSettings {
            active: Some(true),
            email: address("theirs@a.example"),
            ..DomainSettings::default()
        });
        let admin = Switches {
            admin: Some(true),
            shown_online: Some(false),
            gets_messages: None,
        };
        let off = Change::RemoveAssignment {
            domain,
            email: "ada@a.example".parse().expect("an e-mail of the test"),
        };
        for (change, present, said) in [
            (&change, settings, "Contact email: theirs@a.example"),
            (&change, Present::Gone, "No longer there"),
            (
                &off,
                Present::Assignment(Some(admin)),
                "On the domain again (Admin: on, Shown online: off)",
            ),
            (&off, Present::Assignment(None), "Not on the domain"),
            (&off, Present::LiveChat(None), "Live chat addon: not set up"),
        ] {
            assert_eq!(now(change, &present), said);
        }
    }

    #[test]
    fn every_change_is_described_with_its_subject() {
        let email = || {
            "ada@acme.example"
                .parse::<switchboard_api::Email>()
                .expect("an e-mail of the test")
        };
        let name = |text: &str| {
            text.parse::<switchboard_api::DomainName>()
                .expect("a domain name of the test")
        };
        let domain = || name("a.example");
        let settings = DomainSettings {
            name: Some(name("b.example")),
            active: Some(false),
            email: Some(email()),
        };
        let switches = Switches {
            admin: Some(true),
            shown_online: None,
            gets_messages: Some(false),
        };
        for (change, said, on) in [
            (
                Change::AddOperator {
                    email: email(),
                    name: "Ada".to_owned(),
                },
                "Operator added",
                "Ada, ada@acme.example",
            ),
            (
                Change::SwitchOperator {
                    email: email(),
                    on: true,
                    domains: vec![domain()],
                },
                "Live chat addon: on, put on a.example",
                "ada@acme.example",
            ),
            (
                Change::SwitchOperator {
                    email: email(),
                    on: false,
                    domains: Vec::new(),
                },
                "Live chat addon: off",
                "ada@acme.example",
            ),
            (
                Change::AddDomain { domain: domain() },
                "Domain added",
                "a.example",
            ),
            (
                Change::ChangeDomain {
                    domain: domain(),
                    to: settings,
                },
                "Renamed to b.example, Active: off, Contact email: ada@acme.example",
                "a.example",
            ),
            (
                Change::DeleteDomain { domain: domain() },
                "Domain deleted",
                "a.example",
            ),
            (
                Change::AddAssignment {
                    domain: domain(),
                    email: email(),
                },
                "Put on the domain",
                "ada@acme.example, a.example",
            ),
            (
                Change::ChangeAssignment {
                    domain: domain(),
                    email: email(),
                    to: switches,
                },
                "Admin: on, Gets messages: off",
                "ada@acme.example, a.example",
            ),
            (
                Change::RemoveAssignment {
                    domain: domain(),
                    email: email(),
                },
                "Taken off the domain",
                "ada@acme.example, a.example",
            ),
            (
                Change::DeleteUser { email: email() },
                "User deleted",
                "ada@acme.example",
            ),
        ] {
            assert_eq!(
                (what(&change).as_str(), about(&change).join(", ").as_str()),
                (said, on)
            );
        }
    }
}
