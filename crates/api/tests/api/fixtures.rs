//! Decodes every recorded answer to exact values.

use crate::common::{answer, domain, email, failure, parts, response, whole};
use serde_json::json;
use switchboard_api::endpoints::{
    AddAssignment, AddDomain, AddOperator, DeleteDomain, DeleteUser, GetDomain, GetOperator,
    GetOrganisation, ListAssignments, ListOperators, RemoveAssignment, UpdateAssignment,
    UpdateDomain, UpdateOperator,
};
use switchboard_api::{
    Access, AccountStatus, Ack, AddedDomain, AddedOperator, Addon, AddonStatus, Answer, ApiError,
    Assignment, Domain, EmbedCode, Endpoint, FieldError, LiveChatStatus, Login, Operator,
    Organisation, OrganisationStatus, Plan, Presence, Response, Role, Secret, Severity, Tristate,
    UntypedJson,
};

/// Every file of `tests/api/fixtures`; the first test fails for a file that is missing here.
const FILES: [(&str, &str); 18] = [
    (
        "01-organisation",
        include_str!("fixtures/01-organisation.json"),
    ),
    (
        "02-operator-add",
        include_str!("fixtures/02-operator-add.json"),
    ),
    (
        "03-operator-get",
        include_str!("fixtures/03-operator-get.json"),
    ),
    (
        "04-operator-list",
        include_str!("fixtures/04-operator-list.json"),
    ),
    (
        "05-operator-update",
        include_str!("fixtures/05-operator-update.json"),
    ),
    ("06-domain-add", include_str!("fixtures/06-domain-add.json")),
    ("07-domain-get", include_str!("fixtures/07-domain-get.json")),
    (
        "08-domain-update",
        include_str!("fixtures/08-domain-update.json"),
    ),
    (
        "09-domain-delete",
        include_str!("fixtures/09-domain-delete.json"),
    ),
    (
        "10-domain-operator-add",
        include_str!("fixtures/10-domain-operator-add.json"),
    ),
    (
        "11-domain-operator-update",
        include_str!("fixtures/11-domain-operator-update.json"),
    ),
    (
        "12-domain-operator-remove",
        include_str!("fixtures/12-domain-operator-remove.json"),
    ),
    (
        "13-domain-operator-list",
        include_str!("fixtures/13-domain-operator-list.json"),
    ),
    (
        "14-user-delete",
        include_str!("fixtures/14-user-delete.json"),
    ),
    ("failure-bare", include_str!("fixtures/failure-bare.json")),
    (
        "failure-object",
        include_str!("fixtures/failure-object.json"),
    ),
    ("failure-text", include_str!("fixtures/failure-text.json")),
    (
        "failure-warning",
        include_str!("fixtures/failure-warning.json"),
    ),
];

fn text(name: &str) -> &'static str {
    let file = FILES.iter().find(|(file, _)| *file == name);
    file.expect("a fixture of this name").1
}

fn fixture(name: &str) -> Response {
    response(200, text(name))
}

#[track_caller]
fn assert_payload<E: Endpoint>(name: &str, payload: E::Payload)
where
    E::Payload: PartialEq + std::fmt::Debug,
{
    let expected = Answer {
        payload,
        warning: None,
    };
    assert_eq!(answer::<E>(&fixture(name)), expected, "{name}");
}

fn open(value: serde_json::Value) -> UntypedJson {
    UntypedJson(value)
}

fn grace() -> Operator {
    Operator {
        name: parts("Grace", "Hopper"),
        email: email("grace@acme.example"),
        presence: Presence::Busy,
        login: Login::Able,
        is_operator: Tristate::On,
        live_chat: Some(LiveChatStatus::Active),
    }
}

fn graces_assignment(is_admin: Tristate) -> Assignment {
    Assignment {
        name: parts("Grace", "Hopper"),
        is_admin,
        shown_online: Tristate::On,
        gets_messages: Tristate::On,
        user_id: "64b7f0c2a1d3e4f5a6b7c8d9".to_owned(),
        email: email("grace@acme.example"),
    }
}

#[test]
fn no_fixture_is_left_out() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/api/fixtures");
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder of fixtures")
        .map(|entry| {
            entry
                .expect("a fixture")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    found.sort();
    let named: Vec<String> = FILES
        .iter()
        .map(|(name, _)| format!("{name}.json"))
        .collect();
    assert_eq!(found, named);
}

#[test]
fn the_organisation_is_read_whole() {
    let addon = |name: &str, unique_name: &str| Addon {
        name: name.to_owned(),
        unique_name: unique_name.to_owned(),
        subscription_id: String::new(),
        status: AddonStatus::Active,
        plan: UntypedJson::default(),
        uvdesk_config: UntypedJson::default(),
        scheduler_config: UntypedJson::default(),
        access_token: None,
        refresh_token: None,
    };
    let organisation = Organisation {
        status: OrganisationStatus::Active,
        dummy: Tristate::Off,
        name: "Acme Outfitters".to_owned(),
        email: email("owner@acme.example"),
        access: vec![
            Access {
                role: Role::Admin,
                status: AccountStatus::Active,
                permission: open(json!([])),
                name: "Ada Okafor".to_owned(),
                email: email("ada@acme.example"),
            },
            Access {
                role: Role::Staff,
                status: AccountStatus::Blocked,
                permission: open(json!(["live_chat", "reports"])),
                name: "Sam Lee".to_owned(),
                email: email("sam@acme.example"),
            },
        ],
        plan: vec![Plan {
            name: "Business".to_owned(),
            price: open(json!("25")),
            features: open(json!(["live_chat", "uvdesk"])),
            subscription_id: "I-BW452GLLEP1G".to_owned(),
        }],
        addon: vec![
            Addon {
                subscription_id: "I-7T3XR2SN9W0L".to_owned(),
                plan: open(json!({"name": "Live Chat Pro"})),
                ..addon("Live Chat", "live_chat")
            },
            Addon {
                status: AddonStatus::Inactive,
                access_token: Some(Secret::new("an-access-token-that-is-secret")),
                refresh_token: Some(Secret::new("a-refresh-token-that-is-secret")),
                ..addon("Seller Buyer Chat", "seller_buyer_chat")
            },
            Addon {
                uvdesk_config: open(json!({"url": "https://acme.uvdesk.example"})),
                ..addon("UVdesk", "uvdesk")
            },
        ],
    };
    assert_payload::<GetOrganisation>("01-organisation", organisation);
}

#[test]
fn an_added_operator_is_read_whole() {
    let added = AddedOperator {
        name: whole("Grace Hopper"),
        email: email("grace@acme.example"),
    };
    assert_payload::<AddOperator>("02-operator-add", added);
}

#[test]
fn an_operator_is_read_whole() {
    let operator = Operator {
        name: whole("Grace Hopper"),
        ..grace()
    };
    assert_payload::<GetOperator>("03-operator-get", operator);
}

#[test]
fn the_list_of_operators_is_read_whole() {
    let bjork = Operator {
        name: parts("Björk", ""),
        email: email("bjork@acme.example"),
        presence: Presence::Offline,
        login: Login::Unable,
        is_operator: Tristate::Off,
        live_chat: None,
    };
    let yuko = Operator {
        name: parts("優子", "小林"),
        email: email("yuko@acme.example"),
        presence: Presence::Online,
        login: Login::Able,
        is_operator: Tristate::On,
        live_chat: Some(LiveChatStatus::Inactive),
    };
    assert_payload::<ListOperators>("04-operator-list", vec![grace(), bjork, yuko]);
}

#[test]
fn added_domain_keeps_its_exact_embed_code() {
    let added = AddedDomain {
        name: domain("shop.acme.example"),
        email: email("shop@acme.example"),
        embed: EmbedCode {
            link: concat!(
                r#"<script src="https://acme.chatwhizz.example/"#,
                r#"widget.js?domain=shop.acme.example" async></script>"#
            )
            .to_owned(),
            socket_link: r#"<script src="https://acme.chatwhizz.example/socket.js"></script>"#
                .to_owned(),
        },
    };
    assert_payload::<AddDomain>("06-domain-add", added);
}

#[test]
fn a_domain_is_read_whole() {
    let shop = Domain {
        name: domain("shop.acme.example"),
        email: email("shop@acme.example"),
        status: Tristate::On,
        addon_unique_name: "live_chat".to_owned(),
        operators: vec![graces_assignment(Tristate::On)],
        operator_count: Some(1),
    };
    assert_payload::<GetDomain>("07-domain-get", shop);
}

#[test]
fn the_operators_of_a_domain_are_read_whole() {
    let list = vec![graces_assignment(Tristate::Off)];
    assert_payload::<ListAssignments>("13-domain-operator-list", list);
}

#[test]
fn every_change_is_answered_with_its_words() {
    let done = |text: &str| Ack {
        text: text.to_owned(),
    };
    assert_payload::<UpdateOperator>("05-operator-update", done("Record Updated Successfully"));
    assert_payload::<UpdateDomain>("08-domain-update", done("Domain Update Successfully"));
    assert_payload::<DeleteDomain>("09-domain-delete", done("Domain Deleted Successfully"));
    let (added, updated) = (
        "Operator Added Successfully",
        "Operator Updated Successfully",
    );
    assert_payload::<AddAssignment>("10-domain-operator-add", done(added));
    assert_payload::<UpdateAssignment>("11-domain-operator-update", done(updated));
    assert_payload::<RemoveAssignment>("12-domain-operator-remove", done(updated));
    assert_payload::<DeleteUser>("14-user-delete", done("User Deleted Successfully"));
}

#[test]
fn every_failure_is_a_refusal_with_its_words() {
    let field_error = |field: Option<&str>, text: &str| FieldError {
        field: field.map(str::to_owned),
        text: text.to_owned(),
    };
    for (name, severity, field_errors) in [
        ("failure-bare", Severity::Error, vec![]),
        (
            "failure-object",
            Severity::Error,
            vec![field_error(Some("email"), "Email is not valid")],
        ),
        (
            "failure-text",
            Severity::Error,
            vec![field_error(None, "Operator does not exist")],
        ),
        (
            "failure-warning",
            Severity::Warning,
            vec![field_error(None, "Operator already exists")],
        ),
    ] {
        let refused = ApiError::Refused {
            severity,
            field_errors,
            http_status: 200,
            raw: text(name).to_owned(),
        };
        assert_eq!(failure::<GetOperator>(&fixture(name)), refused, "{name}");
        assert_eq!(failure::<ListOperators>(&fixture(name)), refused, "{name}");
        assert_eq!(failure::<DeleteUser>(&fixture(name)), refused, "{name}");
    }
}
