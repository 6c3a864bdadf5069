//! Tests the problems found in the assignment of operators to domains.

use switchboard_api::{
    Assignment, DomainName, Email, LiveChatStatus, Login, Operator, PersonName, Presence, Tristate,
};
use switchboard_model::coverage::{CoverageFinding, DomainOperators, findings};

fn email(who: &str) -> Email {
    let address = format!("{who}@acme.example");
    address
        .parse()
        .unwrap_or_else(|error| panic!("{address}: {error}"))
}

fn shop() -> DomainName {
    "shop.example"
        .parse()
        .unwrap_or_else(|error| panic!("{error}"))
}

fn operator(who: &str) -> Operator {
    Operator {
        name: PersonName::default(),
        email: email(who),
        presence: Presence::Offline,
        login: Login::Able,
        is_operator: Tristate::On,
        live_chat: Some(LiveChatStatus::Active),
    }
}

fn assignment(who: &str) -> Assignment {
    Assignment {
        name: PersonName::default(),
        is_admin: Tristate::On,
        shown_online: Tristate::On,
        gets_messages: Tristate::On,
        user_id: String::new(),
        email: email(who),
    }
}

fn on_shop(operators: Vec<Assignment>) -> Vec<DomainOperators> {
    vec![DomainOperators {
        name: shop(),
        operators,
    }]
}

#[test]
fn fully_staffed_domain_has_no_findings() {
    assert_eq!(
        findings(&[operator("ada")], &on_shop(vec![assignment("Ada")])),
        []
    );
}

#[test]
fn unstaffed_domain_and_unassigned_operator_are_found() {
    let domain = shop();
    let expected = [
        CoverageFinding::NobodyGetsMessages {
            domain: domain.clone(),
        },
        CoverageFinding::NobodyShownOnline {
            domain: domain.clone(),
        },
        CoverageFinding::NoAdmin { domain },
        CoverageFinding::OnNoDomain {
            operator: email("ada"),
        },
    ];
    assert_eq!(findings(&[operator("ada")], &on_shop(Vec::new())), expected);
}

#[test]
fn each_missing_switch_is_a_separate_finding() {
    let off = |change: fn(&mut Assignment)| {
        let mut one = assignment("ada");
        change(&mut one);
        findings(&[operator("ada")], &on_shop(vec![one]))
    };
    let domain = shop;
    assert_eq!(
        off(|one| one.gets_messages = Tristate::Off),
        [CoverageFinding::NobodyGetsMessages { domain: domain() }]
    );
    assert_eq!(
        off(|one| one.shown_online = Tristate::Off),
        [CoverageFinding::NobodyShownOnline { domain: domain() }]
    );
    assert_eq!(
        off(|one| one.is_admin = Tristate::Off),
        [CoverageFinding::NoAdmin { domain: domain() }]
    );
    assert_eq!(
        off(|one| one.is_admin = Tristate::Unknown(String::new())),
        []
    );
}

#[test]
fn deactivated_operator_with_messages_is_found() {
    let mut inactive = operator("ada");
    inactive.live_chat = Some(LiveChatStatus::Inactive);
    let mut shut_out = operator("ada");
    shut_out.login = Login::Unable;
    for operator in [inactive, shut_out] {
        let domain = shop;
        let expected = [
            CoverageFinding::NobodyGetsMessages { domain: domain() },
            CoverageFinding::NobodyShownOnline { domain: domain() },
            CoverageFinding::DeactivatedGetsMessages {
                domain: domain(),
                operator: email("ada"),
            },
        ];
        assert_eq!(
            findings(&[operator], &on_shop(vec![assignment("ada")])),
            expected
        );
    }
}

#[test]
fn non_operators_need_no_domain() {
    let mut none = operator("ada");
    none.is_operator = Tristate::Off;
    let mut inactive = operator("bob");
    inactive.live_chat = Some(LiveChatStatus::Inactive);
    assert_eq!(findings(&[none, inactive], &[]), []);
}
