//! How a change is told in words: what it was, and on what.

use switchboard_model::journal::{Change, DomainSettings, Switches};

use crate::i18n::{Text, t, tf};

/// What was changed, e.g. "Admin: off".
#[must_use]
pub fn what(change: &Change) -> String {
    match change {
        Change::AddOperator { .. } => t(Text::ChangeOperatorAdded).to_owned(),
        Change::SwitchOperator { on, domains, .. } => {
            let addon = valued(t(Text::LiveChatAddon), on_off(*on));
            if domains.is_empty() {
                return addon;
            }
            let names: Vec<&str> = domains.iter().map(|name| name.as_str()).collect();
            let put_on = tf(Text::ChangePutOnDomains, &[("domains", &names.join(", "))]);
            format!("{addon}; {put_on}")
        }
        Change::AddDomain { .. } => t(Text::ChangeDomainAdded).to_owned(),
        Change::ChangeDomain { to, .. } => settings(to),
        Change::DeleteDomain { .. } => t(Text::ChangeDomainDeleted).to_owned(),
        Change::AddAssignment { .. } => t(Text::ChangePutOn).to_owned(),
        Change::ChangeAssignment { to, .. } => switches(*to),
        Change::RemoveAssignment { .. } => t(Text::ChangeTakenOff).to_owned(),
        Change::DeleteUser { .. } => t(Text::ChangeUserDeleted).to_owned(),
    }
}

/// Whom or what it was about, one after the other.
#[must_use]
pub fn about(change: &Change) -> Vec<String> {
    match change {
        Change::AddOperator { email, name } => vec![name.clone(), email.to_string()],
        Change::SwitchOperator { email, .. } | Change::DeleteUser { email } => {
            vec![email.to_string()]
        }
        Change::AddDomain { domain }
        | Change::ChangeDomain { domain, .. }
        | Change::DeleteDomain { domain } => vec![domain.to_string()],
        Change::AddAssignment { domain, email }
        | Change::ChangeAssignment { domain, email, .. }
        | Change::RemoveAssignment { domain, email } => {
            vec![email.to_string(), domain.to_string()]
        }
    }
}

fn settings(to: &DomainSettings) -> String {
    let name = to.name.as_ref();
    let email = to.email.as_ref();
    let said = [
        name.map(|name| tf(Text::ChangeRenamed, &[("name", name.as_str())])),
        to.active
            .map(|on| valued(t(Text::DomainActive), on_off(on))),
        email.map(|email| valued(t(Text::ContactEmail), email.as_str())),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn switches(to: Switches) -> String {
    let said = [
        (Text::ColumnAdmin, to.admin),
        (Text::ColumnShownOnline, to.shown_online),
        (Text::ColumnGetsMessages, to.gets_messages),
    ];
    said.into_iter()
        .filter_map(|(name, on)| Some(valued(t(name), on_off(on?))))
        .collect::<Vec<_>>()
        .join("; ")
}

fn valued(name: &str, value: &str) -> String {
    tf(Text::ChangeValue, &[("name", name), ("value", value)])
}

fn on_off(on: bool) -> &'static str {
    t(if on { Text::ValueOn } else { Text::ValueOff })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_says_what_it_was_and_on_what() {
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
                "Live chat addon: on; put on a.example",
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
                "Renamed to b.example; Active: off; Contact email: ada@acme.example",
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
                "Admin: on; Gets messages: off",
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
