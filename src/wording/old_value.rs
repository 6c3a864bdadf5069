//! Describes the values before a change in words.

use switchboard_model::journal::{Change, DomainSettings, Present, Switches};

use super::change_text::{now, settings, switches};
use crate::browser::idna::readable;
use crate::i18n::{Text, enumeration, t, tf};

/// Describes the values before a change, or says that they are not known.
#[must_use]
pub fn before(change: &Change, before: Option<Present>) -> String {
    let Some(before) = before else {
        return t(Text::BeforeUnknown).to_owned();
    };
    match before {
        Present::Gone => t(Text::BeforeNone).to_owned(),
        Present::Assignment(Some(was)) if matches!(change, Change::RemoveAssignment { .. }) => {
            on_domain(was)
        }
        Present::Domain(was) => {
            let name = was.name.as_ref();
            let name = name.map(|name| tf(Text::BeforeName, &[("name", &readable(name))]));
            let others = settings(&DomainSettings { name: None, ..was });
            let said = name.into_iter().chain(Some(others));
            enumeration(&said.filter(|said| !said.is_empty()).collect::<Vec<_>>())
        }
        other => now(change, &other),
    }
}

fn on_domain(was: Switches) -> String {
    let said = switches(was);
    if said.is_empty() {
        return t(Text::BeforeOnDomain).to_owned();
    }
    tf(Text::BeforeOnDomainWith, &[("switches", &said)])
}

#[cfg(test)]
mod tests {
    use switchboard_api::{DomainName, Email};
    use switchboard_model::journal::old_value;

    use super::*;

    #[test]
    fn old_value_is_described_or_not_known() {
        let domain = |name: &str| {
            name.parse::<DomainName>()
                .expect("a domain name of the test")
        };
        let ada: Email = "ada@a.example".parse().expect("an e-mail of the test");
        let a = || domain("a.example");
        let off = Change::RemoveAssignment {
            domain: a(),
            email: ada.clone(),
        };
        let put_on = Change::AddAssignment {
            domain: a(),
            email: ada.clone(),
        };
        let settings = |to| Change::ChangeDomain { domain: a(), to };
        let contact = DomainSettings {
            email: Some(ada.clone()),
            ..DomainSettings::default()
        };
        let name = DomainSettings {
            name: Some(domain("b.example")),
            ..DomainSettings::default()
        };
        let admin = Switches {
            admin: Some(true),
            ..Switches::default()
        };
        let on = |switches| Some(Present::Assignment(Some(switches)));
        for (change, was, expected) in [
            (&off, on(admin), "On the domain (Admin: on)"),
            (&off, on(Switches::default()), "On the domain"),
            (&off, None, "Not known"),
            (&put_on, old_value(&put_on, &[]), "Not on the domain"),
            (
                &settings(contact.clone()),
                Some(Present::Domain(contact)),
                "Contact email: ada@a.example",
            ),
            (
                &settings(name.clone()),
                old_value(&settings(name), &[]),
                "Name: a.example",
            ),
            (
                &Change::AddDomain { domain: a() },
                Some(Present::Gone),
                "Did not exist",
            ),
            (
                &Change::DeleteUser { email: ada },
                Some(Present::LiveChat(Some(true))),
                "Live chat addon: on",
            ),
        ] {
            assert_eq!(before(change, was), expected, "{change:?}");
        }
    }
}
