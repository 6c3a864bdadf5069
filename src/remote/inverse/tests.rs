//! The inverse of a write undoes exactly what it did, and exists only if the state before is known.

use switchboard_api::endpoints::{AssignmentChange, DomainChange};
use switchboard_api::{PersonName, Tristate};

use super::*;

/// The state before the write, as a test knows it.
#[derive(Default)]
struct Before {
    assignment: Option<Assignment>,
    domain: Option<Domain>,
    live_chat: Option<LiveChatStatus>,
}

impl Known for Before {
    fn assignment(&self, _: &DomainName, _: &Email) -> Option<Assignment> {
        self.assignment.clone()
    }
    fn domain(&self, _: &DomainName) -> Option<Domain> {
        self.domain.clone()
    }
    fn live_chat(&self, _: &Email) -> Option<LiveChatStatus> {
        self.live_chat.clone()
    }
}

fn name(text: &str) -> DomainName {
    text.parse().expect("a domain name of the test")
}

fn ada() -> Email {
    "ada@acme.example".parse().expect("an e-mail of the test")
}

fn on_domain(is_admin: Tristate) -> Before {
    Before {
        assignment: Some(Assignment {
            name: PersonName {
                first: String::new(),
                last: String::new(),
            },
            is_admin,
            shown_online: Tristate::On,
            gets_messages: Tristate::Off,
            user_id: String::new(),
            email: ada(),
        }),
        ..Before::default()
    }
}

fn a_domain(status: Tristate) -> Before {
    Before {
        domain: Some(Domain {
            operator_count: None,
            name: name("a.example"),
            email: ada(),
            status,
            addon_unique_name: String::new(),
            operators: Vec::new(),
        }),
        ..Before::default()
    }
}

fn assignment(change: AssignmentChange) -> UpdateAssignment {
    UpdateAssignment {
        domain: name("a.example"),
        email: ada(),
        change,
    }
}

fn domain(change: DomainChange) -> UpdateDomain {
    UpdateDomain {
        domain: name("a.example"),
        change,
    }
}

#[test]
fn inverse_restores_only_the_changed_switch() {
    let call = assignment(AssignmentChange::set_is_admin(true));
    let back = Change::ChangeAssignment {
        domain: name("a.example"),
        email: ada(),
        to: Switches {
            admin: Some(false),
            ..Switches::default()
        },
    };
    assert_eq!(call.undone_by(&on_domain(Tristate::Off)), [back]);
    assert_eq!(
        call.undone_by(&on_domain(Tristate::On)),
        [],
        "nothing changed"
    );
    let odd = Tristate::Unknown("7".to_owned());
    assert_eq!(call.undone_by(&on_domain(odd)), []);
    assert_eq!(call.undone_by(&Before::default()), []);
}

#[test]
fn inverse_of_removal_restores_the_switches() {
    let call = RemoveAssignment {
        domain: name("a.example"),
        email: ada(),
    };
    let back = [
        Change::AddAssignment {
            domain: name("a.example"),
            email: ada(),
        },
        Change::ChangeAssignment {
            domain: name("a.example"),
            email: ada(),
            to: Switches {
                admin: Some(true),
                shown_online: Some(true),
                gets_messages: Some(false),
            },
        },
    ];
    assert_eq!(call.undone_by(&on_domain(Tristate::On)), back);
    assert_eq!(call.undone_by(&Before::default()), []);
}

#[test]
fn a_rename_goes_back_from_the_new_name() {
    let back = Change::ChangeDomain {
        domain: name("b.example"),
        to: DomainSettings {
            name: Some(name("a.example")),
            ..DomainSettings::default()
        },
    };
    let rename = DomainChange::rename(name("b.example"));
    let undo = domain(rename.clone()).undone_by(&Before::default());
    assert_eq!(undo, [back]);
    let with_more = rename.and(DomainChange::set_status(true));
    assert_eq!(domain(with_more).undone_by(&a_domain(Tristate::Off)), []);
    let same = DomainChange::rename(name("a.example"));
    assert_eq!(domain(same).undone_by(&Before::default()), []);
}

#[test]
fn inverse_restores_known_domain_settings() {
    let both = DomainChange::set_status(true).and(DomainChange::set_email(
        "bob@acme.example".parse().expect("an e-mail of the test"),
    ));
    let call = domain(both);
    let back = Change::ChangeDomain {
        domain: name("a.example"),
        to: DomainSettings {
            name: None,
            active: Some(false),
            email: Some(ada()),
        },
    };
    assert_eq!(call.undone_by(&a_domain(Tristate::Off)), [back]);
    let odd = Tristate::Unknown(String::new());
    assert_eq!(call.undone_by(&a_domain(odd.clone())), []);
    assert_eq!(call.undone_by(&Before::default()), []);
    let only_email = domain(DomainChange::set_email(ada()));
    assert_eq!(only_email.undone_by(&a_domain(odd)), [], "nothing changed");
}

#[test]
fn inverse_of_addon_needs_a_changed_state() {
    let call = |change| UpdateOperator {
        email: ada(),
        change,
    };
    let known = |status| Before {
        live_chat: Some(status),
        ..Before::default()
    };
    let back = |on| Change::SwitchOperator {
        email: ada(),
        on,
        domains: Vec::new(),
    };
    let on = |domains| LiveChatChange::Activate { domains };
    let (active, inactive) = (LiveChatStatus::Active, LiveChatStatus::Inactive);
    let off = call(LiveChatChange::Deactivate);
    assert_eq!(off.undone_by(&known(active.clone())), [back(true)]);
    assert_eq!(off.undone_by(&known(inactive.clone())), []);
    let plain = call(on(Vec::new()));
    assert_eq!(plain.undone_by(&known(inactive.clone())), [back(false)]);
    assert_eq!(plain.undone_by(&known(active)), []);
    assert_eq!(plain.undone_by(&Before::default()), []);
    let with_domains = call(on(vec![name("a.example")]));
    assert_eq!(with_domains.undone_by(&known(inactive)), []);
}

#[test]
fn irreversible_write_has_no_inverse() {
    let knows = on_domain(Tristate::On);
    let (domain, email) = (name("a.example"), ada());
    let add = AddOperator {
        email: email.clone(),
        name: "Ada".to_owned(),
    };
    assert_eq!(add.undone_by(&knows), []);
    let new = AddDomain {
        domain: domain.clone(),
        email: email.clone(),
    };
    assert_eq!(new.undone_by(&knows), []);
    assert_eq!(DeleteDomain { domain }.undone_by(&knows), []);
    assert_eq!(DeleteUser { email }.undone_by(&knows), []);
}

#[test]
fn old_values_are_recorded_of_what_was_set_and_known() {
    let of = |change: &Change, known: &Before| before(change, known);
    let on_a = |to| Change::ChangeAssignment {
        domain: name("a.example"),
        email: ada(),
        to,
    };
    let switches = |admin, gets_messages| Switches {
        admin,
        shown_online: None,
        gets_messages,
    };
    let both = on_a(switches(Some(true), Some(true)));
    let was = |admin| Some(Present::Assignment(Some(switches(admin, Some(false)))));
    assert_eq!(of(&both, &on_domain(Tristate::Off)), was(Some(false)));
    let odd = || Tristate::Unknown("7".to_owned());
    assert_eq!(of(&both, &on_domain(odd())), was(None));
    let admin = on_a(switches(Some(true), None));
    assert_eq!(of(&admin, &on_domain(odd())), None);
    assert_eq!(of(&both, &Before::default()), None);

    let settings = |to| Change::ChangeDomain {
        domain: name("a.example"),
        to,
    };
    let was = |name, active, email| {
        Some(Present::Domain(DomainSettings {
            name,
            active,
            email,
        }))
    };
    let off = DomainSettings {
        active: Some(false),
        ..DomainSettings::default()
    };
    let active = a_domain(Tristate::On);
    assert_eq!(of(&settings(off), &active), was(None, Some(true), None));
    let renamed = DomainSettings {
        name: Some(name("b.example")),
        ..DomainSettings::default()
    };
    let named = was(Some(name("a.example")), None, None);
    assert_eq!(of(&settings(renamed), &Before::default()), named);
}

#[test]
fn old_values_are_recorded_of_what_is_taken_away() {
    let (domain, email) = (name("a.example"), ada());
    let gone = Change::DeleteDomain {
        domain: domain.clone(),
    };
    let was = Present::Domain(DomainSettings {
        name: None,
        active: Some(true),
        email: Some(ada()),
    });
    assert_eq!(before(&gone, &a_domain(Tristate::On)), Some(was));
    assert_eq!(before(&gone, &Before::default()), None);
    let user = Change::DeleteUser {
        email: email.clone(),
    };
    let known = Before {
        live_chat: Some(LiveChatStatus::Inactive),
        ..Before::default()
    };
    assert_eq!(before(&user, &known), Some(Present::LiveChat(Some(false))));
    let off = Change::RemoveAssignment { domain, email };
    let all = Switches {
        admin: Some(true),
        shown_online: Some(true),
        gets_messages: Some(false),
    };
    let was = Present::Assignment(Some(all));
    assert_eq!(before(&off, &on_domain(Tristate::On)), Some(was));
}
