//! Maps the API's values to words and tones. No other module does this.

use switchboard_api::{
    AccountStatus, AddonStatus, BaseUrl, DomainName, Email, LiveChatStatus, Login, Operator,
    OrganisationStatus, PersonName, Presence, Role, Tristate,
};

use crate::browser::idna::unicode;
use crate::i18n::{Text, enumeration, list, t, tc, tf};
use crate::ui::Tone;

/// The words for a value, and the tone that they are shown in.
pub type Worded = (Tone, String);

/// Returns the words for a value of unknown meaning: the value as received, or "Not given" if it is empty.
fn unknown(came: &str) -> Worded {
    (
        Tone::Unknown,
        if came.is_empty() {
            t(Text::ValueMissing).to_owned()
        } else {
            came.to_owned()
        },
    )
}

fn word(tone: Tone, text: Text) -> Worded {
    (tone, t(text).to_owned())
}

/// Returns a person's name, or the address if the name is empty.
pub fn display_name(name: &PersonName, email: &Email) -> String {
    Some(name.display())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| email.to_string())
}

/// Returns a base URL in short form: without its scheme and trailing slashes.
#[must_use]
pub fn short_base_url(base_url: &BaseUrl) -> &str {
    let text = base_url.as_str();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    rest.trim_end_matches('/')
}

/// Returns the first `shown` names as a list, and how many more there are.
pub fn some_names(names: &[String], shown: usize) -> String {
    let (said, more) = names.split_at(shown.min(names.len()));
    if more.is_empty() {
        return list(said);
    }
    let names = enumeration(said);
    tc(
        Text::NamesAndMore,
        &[("count", more.len())],
        &[("names", &names)],
    )
}

/// Returns a domain as people read it, with its ASCII form if that differs.
pub fn domain_with_ascii(name: &DomainName) -> String {
    match unicode(name) {
        Some(shown) => tf(
            Text::DomainWithAscii,
            &[("domain", &shown), ("ascii", name.as_str())],
        ),
        None => name.to_string(),
    }
}

/// Returns the names of operators. A name that several share appears once: a search for it finds them all.
pub fn distinct_names<'a>(operators: impl Iterator<Item = &'a Operator>) -> Vec<String> {
    let mut names = Vec::new();
    for one in operators {
        let name = display_name(&one.name, &one.email);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Describes the state of the organisation (endpoint 1, `status`).
pub fn organisation_status(status: &OrganisationStatus) -> Worded {
    match status {
        OrganisationStatus::Active => word(Tone::Good, Text::OrganisationActive),
        OrganisationStatus::Blocked => word(Tone::Bad, Text::OrganisationBlocked),
        OrganisationStatus::IncompletePayment => word(Tone::Warn, Text::ValueIncompletePayment),
        OrganisationStatus::Unknown(came) => unknown(came),
    }
}

/// Describes an account as a dummy or as live (endpoint 1, `dummyDomain`).
pub fn account_kind(dummy: &Tristate) -> Worded {
    match dummy {
        Tristate::On => word(Tone::Warn, Text::ValueDummyAccount),
        Tristate::Off => word(Tone::Good, Text::ValueLiveAccount),
        Tristate::Unknown(came) => unknown(came),
    }
}

/// Describes the state of an account (endpoint 1, `access[].status`: for staff only).
pub fn account_status(status: &AccountStatus) -> Worded {
    match status {
        AccountStatus::Active => word(Tone::Good, Text::AccountActive),
        AccountStatus::Blocked => word(Tone::Bad, Text::AccountBlocked),
        AccountStatus::Unknown(came) => unknown(came),
    }
}

/// Returns the name of a role (endpoint 1, `access[].role`).
pub fn role(role: &Role) -> String {
    match role {
        Role::Admin => t(Text::ValueAdmin).to_owned(),
        Role::Staff => t(Text::ValueStaff).to_owned(),
        Role::Other(came) => unknown(came).1,
    }
}

/// Says that an account manages the organisation (endpoint 1, `access[].role`).
pub fn manages(as_role: &Role) -> String {
    match as_role {
        Role::Admin => t(Text::ManagesAsAdmin).to_owned(),
        Role::Staff => t(Text::ManagesAsStaff).to_owned(),
        Role::Other(_) => tf(Text::ManagesAs, &[("role", &role(as_role))]),
    }
}

/// Describes the state of an addon (endpoint 1, `addon[].status`).
pub fn addon_status(status: &AddonStatus) -> Worded {
    match status {
        AddonStatus::Active => word(Tone::Good, Text::AddonActive),
        AddonStatus::Inactive => word(Tone::Neutral, Text::AddonInactive),
        AddonStatus::Unknown(came) => unknown(came),
    }
}

/// Describes whether a domain is active (endpoint 7, `status`).
pub fn activity(status: &Tristate) -> Worded {
    match status {
        Tristate::On => word(Tone::Good, Text::DomainIsActive),
        Tristate::Off => word(Tone::Neutral, Text::DomainIsInactive),
        Tristate::Unknown(came) => unknown(came),
    }
}

/// Describes an operator's presence (endpoints 3 and 4, `status`).
pub fn presence(presence: &Presence) -> Worded {
    match presence {
        Presence::Online => word(Tone::Good, Text::ValueOnline),
        Presence::Away => word(Tone::Warn, Text::ValueAway),
        Presence::Busy => word(Tone::Warn, Text::ValueBusy),
        Presence::Offline => word(Tone::Neutral, Text::ValueOffline),
        Presence::Unknown(came) => unknown(came),
    }
}

/// Describes whether an operator can log in (endpoints 3 and 4, `active`).
pub fn login(login: &Login) -> Worded {
    match login {
        Login::Able => word(Tone::Good, Text::ValueCanLogIn),
        Login::Unable => word(Tone::Bad, Text::ValueCannotLogIn),
        Login::Unknown(came) => unknown(came),
    }
}

/// Returns the most lasting reason why an operator cannot answer a chat now; `None` if they can. A value that this
/// release does not know is not a reason.
pub fn cannot_answer(operator: &Operator) -> Option<Worded> {
    let is_off = matches!(operator.live_chat, None | Some(LiveChatStatus::Inactive));
    if is_off {
        return Some(word(Tone::Warn, Text::CannotAnswerAddon));
    }
    match (&operator.login, &operator.presence) {
        (Login::Unable, _) => Some(word(Tone::Warn, Text::ValueCannotLogIn)),
        (_, Presence::Offline) => Some(presence(&operator.presence)),
        _ => None,
    }
}

/// Describes whether the live chat addon is on for an operator (endpoints 3 and 4, `addOns[].status`).
pub fn live_chat(status: Option<&LiveChatStatus>) -> Worded {
    match status {
        Some(LiveChatStatus::Active) => word(Tone::Good, Text::LiveChatActive),
        Some(LiveChatStatus::Inactive) => word(Tone::Neutral, Text::LiveChatInactive),
        Some(LiveChatStatus::Unknown(came)) => unknown(came),
        None => word(Tone::Unknown, Text::ValueNoAddon),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_value_is_shown_as_received() {
        assert_eq!(
            presence(&Presence::Unknown("7".to_owned())),
            (Tone::Unknown, "7".to_owned())
        );
        assert_eq!(
            presence(&Presence::Unknown(String::new())),
            (Tone::Unknown, "Not given".to_owned())
        );
    }

    #[test]
    fn short_base_url_keeps_port_and_path() {
        for (url, short) in [
            ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
            ("https://acme.example/chat/", "acme.example/chat"),
        ] {
            let url: BaseUrl = url.parse().expect("a base URL of the test");
            assert_eq!(short_base_url(&url), short);
        }
    }

    #[test]
    fn names_beyond_the_first_few_are_counted() {
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(some_names(&names, 3), "a, b and c");
        assert_eq!(some_names(&names, 2), "a, b and 1 more");
        assert_eq!(some_names(&[], 2), "");
    }

    #[test]
    fn same_number_has_different_words_in_different_fields() {
        assert_ne!(
            addon_status(&AddonStatus::Inactive).1,
            presence(&Presence::Away).1
        );
    }

    #[test]
    fn operator_cannot_answer_for_the_most_lasting_reason() {
        let operator = |live_chat, login, presence| Operator {
            name: PersonName {
                first: String::new(),
                last: String::new(),
            },
            email: "a@x.example".parse().expect("an e-mail of the test"),
            presence,
            login,
            is_operator: Tristate::On,
            live_chat,
        };
        let told = |live_chat, login, presence| {
            cannot_answer(&operator(live_chat, login, presence)).map(|(_, text)| text)
        };
        let on = || Some(LiveChatStatus::Active);
        let (off, unable) = (Some(LiveChatStatus::Inactive), Login::Unable);
        assert_eq!(told(on(), Login::Able, Presence::Busy), None);
        assert_eq!(
            told(on(), Login::Able, Presence::Offline).as_deref(),
            Some("Offline")
        );
        assert_eq!(
            told(on(), unable.clone(), Presence::Offline).as_deref(),
            Some("Cannot log in")
        );
        for addon in [off, None] {
            assert_eq!(
                told(addon, unable.clone(), Presence::Online).as_deref(),
                Some("Live chat is off")
            );
        }
    }
}
