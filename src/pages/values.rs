//! How the API's values are worded and coloured. The one place for that.

use switchboard_api::{
    AccountStatus, AddonStatus, Email, Flag, LiveChatStatus, Login, OrganisationStatus, PersonName,
    Presence, Role,
};

use crate::i18n::{Text, number, t, tf};
use crate::ui::Tone;

/// A value in a word, with what it means to who looks at it.
pub type Worded = (Tone, String);

/// A value that nobody knows the meaning of is shown as it came.
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

/// What a person is called: the name, or the address where there is none.
pub fn display_name(name: &PersonName, email: &Email) -> String {
    Some(name.display())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| email.to_string())
}

/// The first few of some names, and how many more there are.
pub fn some_names(names: &[String], shown: usize) -> String {
    let (said, more) = names.split_at(shown.min(names.len()));
    let said = said.join(", ");
    if more.is_empty() {
        said
    } else {
        let more = number(more.len());
        tf(Text::NamesAndMore, &[("names", &said), ("count", &more)])
    }
}

/// The state of the organisation (endpoint 1, `status`).
pub fn organisation_status(status: &OrganisationStatus) -> Worded {
    match status {
        OrganisationStatus::Active => word(Tone::Good, Text::ValueActive),
        OrganisationStatus::Blocked => word(Tone::Bad, Text::ValueBlocked),
        OrganisationStatus::IncompletePayment => word(Tone::Warn, Text::ValueIncompletePayment),
        OrganisationStatus::Unknown(came) => unknown(came),
    }
}

/// Dummy or live (endpoint 1, `dummyDomain`).
pub fn account_kind(dummy: &Flag) -> Worded {
    match dummy {
        Flag::On => word(Tone::Warn, Text::ValueDummyAccount),
        Flag::Off => word(Tone::Good, Text::ValueLiveAccount),
        Flag::Unknown(came) => unknown(came),
    }
}

/// The state of an account (endpoint 1, `access[].status`: of staff only).
pub fn account_status(status: &AccountStatus) -> Worded {
    match status {
        AccountStatus::Active => word(Tone::Good, Text::ValueActive),
        AccountStatus::Blocked => word(Tone::Bad, Text::ValueBlocked),
        AccountStatus::Unknown(came) => unknown(came),
    }
}

/// A role (endpoint 1, `access[].role`).
pub fn role(role: &Role) -> String {
    match role {
        Role::Admin => t(Text::ValueAdmin).to_owned(),
        Role::Staff => t(Text::ValueStaff).to_owned(),
        Role::Other(came) => unknown(came).1,
    }
}

/// The state of an addon (endpoint 1, `addon[].status`).
pub fn addon_status(status: &AddonStatus) -> Worded {
    match status {
        AddonStatus::Active => word(Tone::Good, Text::ValueActive),
        AddonStatus::Inactive => word(Tone::Neutral, Text::ValueInactive),
        AddonStatus::Unknown(came) => unknown(came),
    }
}

/// Whether a domain is active (endpoint 7, `status`).
pub fn activity(status: &Flag) -> Worded {
    match status {
        Flag::On => word(Tone::Good, Text::ValueActive),
        Flag::Off => word(Tone::Neutral, Text::ValueInactive),
        Flag::Unknown(came) => unknown(came),
    }
}

/// Presence (endpoints 3 and 4, `status`).
pub fn presence(presence: &Presence) -> Worded {
    match presence {
        Presence::Online => word(Tone::Good, Text::ValueOnline),
        Presence::Away => word(Tone::Warn, Text::ValueAway),
        Presence::Busy => word(Tone::Warn, Text::ValueBusy),
        Presence::Offline => word(Tone::Neutral, Text::ValueOffline),
        Presence::Unknown(came) => unknown(came),
    }
}

/// Whether the operator can log in (endpoints 3 and 4, `active`).
pub fn login(login: &Login) -> Worded {
    match login {
        Login::Able => word(Tone::Good, Text::ValueCanLogIn),
        Login::Unable => word(Tone::Bad, Text::ValueCannotLogIn),
        Login::Unknown(came) => unknown(came),
    }
}

/// Whether the live chat addon is on for the operator (endpoints 3 and 4, `addOns[].status`).
pub fn live_chat(status: Option<&LiveChatStatus>) -> Worded {
    match status {
        Some(LiveChatStatus::Active) => word(Tone::Good, Text::ValueActive),
        Some(LiveChatStatus::Inactive) => word(Tone::Neutral, Text::ValueInactive),
        Some(LiveChatStatus::Unknown(came)) => unknown(came),
        None => word(Tone::Unknown, Text::ValueNoAddon),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_value_is_shown_as_it_came() {
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
    fn names_beyond_the_first_few_are_counted() {
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(some_names(&names, 3), "a, b, c");
        assert_eq!(some_names(&names, 2), "a, b and 1 more");
        assert_eq!(some_names(&[], 2), "");
    }

    #[test]
    fn the_same_number_is_another_word_in_another_place() {
        assert_ne!(
            addon_status(&AddonStatus::Inactive).1,
            presence(&Presence::Away).1
        );
    }
}
