//! Tests numbers, booleans and roles: the same value in every notation, with the meaning of its field.

use crate::common::payload;
use switchboard_api::endpoints::{GetDomain, GetOperator, GetOrganisation};
use switchboard_api::{
    AccountStatus, AddonStatus, LiveChatStatus, Login, OrganisationStatus, Presence, Role, Tristate,
};

/// Returns every notation of a number or boolean: bare, as a text, capitalised, with white space, with `.0`.
fn dresses(word: &str) -> Vec<String> {
    let mut dresses = vec![
        word.to_owned(),
        format!("\"{word}\""),
        format!("\" {} \"", word.to_uppercase()),
    ];
    if word.bytes().all(|b| b.is_ascii_digit()) {
        dresses.extend([format!("{word}.0"), format!("\"{word}.00\"")]);
    }
    dresses
}

/// Asserts that every notation of each of the words gives its value.
#[track_caller]
fn assert_words<T: PartialEq + std::fmt::Debug>(words: &[(&str, T)], read: impl Fn(&str) -> T) {
    for (word, value) in words {
        for json in dresses(word) {
            assert_eq!(read(&json), *value, "{json}");
        }
    }
}

fn status_of_domain(json: &str) -> Tristate {
    payload::<GetDomain>(&format!(r#"{{"name":"a","status":{json}}}"#)).status
}

#[test]
fn a_flag_is_read_in_every_dress() {
    assert_words(
        &[
            ("true", Tristate::On),
            ("1", Tristate::On),
            ("false", Tristate::Off),
            ("0", Tristate::Off),
        ],
        status_of_domain,
    );
    for (json, flag) in [
        ("\"yes\"", Tristate::On),
        ("\"On\"", Tristate::On),
        ("\"NO\"", Tristate::Off),
    ] {
        assert_eq!(status_of_domain(json), flag, "{json}");
    }
}

#[test]
fn unknown_flag_value_is_kept() {
    for (json, text) in [
        ("2", "2"),
        ("\" Perhaps \"", " Perhaps "),
        ("-1", "-1"),
        ("1.5", "1.5"),
        ("1e999", "1e999"),
        ("[true]", "[true]"),
        ("{\"on\": 1}", "{\"on\": 1}"),
        ("null", ""),
        ("\"\"", ""),
    ] {
        let flag = status_of_domain(json);
        assert_eq!(flag, Tristate::Unknown(text.to_owned()), "{json}");
        assert!(!flag.is_on());
    }
    let missing = payload::<GetDomain>(r#"{"name":"a"}"#).status;
    assert_eq!(missing, Tristate::default());
    assert_eq!(missing, Tristate::Unknown(String::new()));
}

#[test]
fn same_number_has_the_meaning_of_its_field() {
    let operator =
        |field: &str, json: &str| payload::<GetOperator>(&format!(r#"{{"{field}":{json}}}"#));
    assert_words(
        &[
            ("0", Presence::Offline),
            ("1", Presence::Online),
            ("2", Presence::Away),
            ("3", Presence::Busy),
        ],
        |json| operator("status", json).presence,
    );
    assert_words(
        &[
            ("1", Login::Able),
            ("0", Login::Unable),
            ("true", Login::Able),
            ("false", Login::Unable),
        ],
        |json| operator("active", json).login,
    );
    assert_words(
        &[
            ("1", Some(LiveChatStatus::Active)),
            ("0", Some(LiveChatStatus::Inactive)),
            ("true", Some(LiveChatStatus::Active)),
        ],
        |json| operator("addOns", &format!(r#"[{{"status":{json}}}]"#)).live_chat,
    );
    let organisation =
        |field: &str, json: &str| payload::<GetOrganisation>(&format!(r#"{{"{field}":{json}}}"#));
    assert_words(
        &[
            ("0", OrganisationStatus::Blocked),
            ("1", OrganisationStatus::Active),
            ("2", OrganisationStatus::IncompletePayment),
        ],
        |json| organisation("status", json).status,
    );
    assert_words(
        &[("0", AccountStatus::Blocked), ("1", AccountStatus::Active)],
        |json| {
            let access = organisation("access", &format!(r#"[{{"status":{json}}}]"#)).access;
            access[0].status.clone()
        },
    );
    assert_words(
        &[("1", AddonStatus::Active), ("2", AddonStatus::Inactive)],
        |json| {
            let addon = organisation("addon", &format!(r#"[{{"status":{json}}}]"#)).addon;
            addon[0].status.clone()
        },
    );
}

#[test]
fn an_unknown_number_is_kept_in_every_place() {
    let operator = payload::<GetOperator>(r#"{"status":7,"active":"2","addOns":[{"status":2}]}"#);
    assert_eq!(operator.presence, Presence::Unknown("7".to_owned()));
    assert_eq!(operator.login, Login::Unknown("2".to_owned()));
    let unknown = LiveChatStatus::Unknown("2".to_owned());
    assert_eq!(operator.live_chat, Some(unknown));

    let organisation = payload::<GetOrganisation>(
        r#"{"status":3,"access":[{"role":"Owner","status":2}],"addon":[{"status":0}]}"#,
    );
    assert_eq!(
        organisation.status,
        OrganisationStatus::Unknown("3".to_owned())
    );
    assert_eq!(organisation.access[0].role, Role::Other("Owner".to_owned()));
    assert_eq!(
        organisation.access[0].status,
        AccountStatus::Unknown("2".to_owned())
    );
    assert_eq!(
        organisation.addon[0].status,
        AddonStatus::Unknown("0".to_owned())
    );
}

#[test]
fn a_role_is_known_in_any_letter_case() {
    let organisation = payload::<GetOrganisation>(
        r#"{"access":[{"role":"Admin"},{"role":"STAFF"},{"role":null}]}"#,
    );
    let roles: Vec<Role> = organisation
        .access
        .into_iter()
        .map(|access| access.role)
        .collect();
    assert_eq!(
        roles,
        [Role::Admin, Role::Staff, Role::Other(String::new())]
    );
}
