//! Tests endpoints 1 to 5 and 14.

use switchboard_api::{
    AccountStatus, AddonStatus, DomainName, Email, LiveChatStatus, Login, OrganisationStatus,
    Presence, Role, Tristate,
    endpoints::{
        AddOperator, DeleteUser, GetOperator, GetOrganisation, ListAssignments, ListOperators,
        LiveChatChange, UpdateOperator,
    },
};

use super::transport::{error, field, warning, with_each_encoding};

fn email(text: &str) -> Email {
    text.parse().expect("an e-mail")
}

fn domain(text: &str) -> DomainName {
    text.parse().expect("a domain name")
}

#[test]
fn endpoint_1_returns_the_organisation() {
    with_each_encoding(|client| {
        let organisation = client.done(&GetOrganisation);
        assert_eq!(organisation.status, OrganisationStatus::Active);
        assert_eq!(organisation.dummy, Tristate::Off);
        assert_eq!(organisation.name, "Acme Outfitters");
        assert_eq!(organisation.email.as_str(), "owner@acme.example");
        let access: Vec<_> = organisation
            .access
            .iter()
            .map(|one| (&one.role, &one.status, one.name.as_str()))
            .collect();
        assert_eq!(
            access,
            [
                (&Role::Admin, &AccountStatus::Active, "Ada Okafor"),
                (&Role::Staff, &AccountStatus::Active, "Sam Lee"),
                (&Role::Staff, &AccountStatus::Blocked, "Björk"),
            ]
        );
        assert_eq!(
            organisation.access[1].permission.lines(),
            ["live_chat", "reports"]
        );
        assert_eq!(organisation.plan[0].subscription_id, "I-BW452GLLEP1G");
        assert_eq!(organisation.plan[0].price.lines(), ["25"]);
        let addons: Vec<_> = organisation
            .addon
            .iter()
            .map(|addon| (addon.unique_name.as_str(), &addon.status))
            .collect();
        assert_eq!(
            addons,
            [
                ("live_chat", &AddonStatus::Active),
                ("seller_buyer_chat", &AddonStatus::Inactive),
                ("uvdesk", &AddonStatus::Active),
            ]
        );
        assert!(
            organisation.addon[1].access_token.is_some()
                && organisation.addon[1].refresh_token.is_some()
        );
        assert!(organisation.addon[0].access_token.is_none());
        assert!(!organisation.addon[2].uvdesk_config.is_empty());
    });
}

#[test]
fn endpoint_2_adds_an_operator_only_once() {
    with_each_encoding(|client| {
        let add = AddOperator {
            email: email("zoe+live@acme.example"),
            name: "Zoë & Söhne = 100%".into(),
        };
        let added = client.done(&add);
        assert_eq!(
            (added.name.display(), added.email),
            (add.name.clone(), add.email.clone())
        );
        assert_eq!(
            client
                .done(&GetOperator {
                    email: add.email.clone()
                })
                .name
                .display(),
            add.name
        );
        assert_eq!(client.refused(&add), warning("Operator already exists"));
        let nameless = AddOperator {
            email: email("new@acme.example"),
            name: " ".into(),
        };
        assert_eq!(client.refused(&nameless), field("name", "Name is required"));
    });
}

#[test]
fn endpoint_3_returns_only_a_known_operator() {
    with_each_encoding(|client| {
        let grace = client.done(&GetOperator {
            email: email("grace@acme.example"),
        });
        assert_eq!(grace.name.display(), "Grace Hopper");
        assert_eq!(grace.presence, Presence::Busy);
        assert_eq!(grace.login, Login::Able);
        assert_eq!(grace.is_operator, Tristate::On);
        assert_eq!(grace.live_chat, Some(LiveChatStatus::Active));
        let unknown = GetOperator {
            email: email("no@acme.example"),
        };
        assert_eq!(client.refused(&unknown), error("Operator does not exist"));
    });
}

#[test]
fn endpoint_4_lists_operators_like_endpoint_3() {
    with_each_encoding(|client| {
        let operators = client.done(&ListOperators);
        assert_eq!(operators.len(), 12);
        for operator in operators {
            let alone = client.done(&GetOperator {
                email: operator.email.clone(),
            });
            assert_eq!(alone.name.display(), operator.name.display());
            assert_eq!(
                (
                    alone.presence,
                    alone.login,
                    alone.is_operator,
                    alone.live_chat
                ),
                (
                    operator.presence,
                    operator.login,
                    operator.is_operator,
                    operator.live_chat
                )
            );
        }
    });
}

#[test]
fn endpoint_5_switches_the_addon_and_assigns_domains() {
    with_each_encoding(|client| {
        let tomas = email("tomas@acme.example");
        let update = |change| UpdateOperator {
            email: tomas.clone(),
            change,
        };
        let live_chat = || {
            client
                .done(&GetOperator {
                    email: tomas.clone(),
                })
                .live_chat
        };
        let domains = vec![
            domain("wholesale.acme.example"),
            domain("shop.acme.example"),
        ];
        let done = client.done(&update(LiveChatChange::Activate {
            domains: domains.clone(),
        }));
        assert_eq!(done.text, "Record Updated Successfully");
        assert_eq!(live_chat(), Some(LiveChatStatus::Active));
        for domain in domains {
            let on_it = client.done(&ListAssignments { domain });
            assert!(on_it.iter().any(|assignment| assignment.email == tomas));
        }
        client.done(&update(LiveChatChange::Deactivate));
        assert_eq!(live_chat(), Some(LiveChatStatus::Inactive));
        client.done(&update(LiveChatChange::Activate {
            domains: Vec::new(),
        }));
        assert_eq!(live_chat(), Some(LiveChatStatus::Active));
    });
}

#[test]
fn endpoint_5_refuses_unknown_operator_or_domain() {
    with_each_encoding(|client| {
        let unknown = UpdateOperator {
            email: email("no@acme.example"),
            change: LiveChatChange::Deactivate,
        };
        assert_eq!(client.refused(&unknown), error("Operator does not exist"));
        let domains = vec![domain("wholesale.acme.example"), domain("no.such.example")];
        let change = LiveChatChange::Activate { domains };
        let nowhere = UpdateOperator {
            email: email("tomas@acme.example"),
            change,
        };
        assert_eq!(client.refused(&nowhere), error("Domain does not exist"));
        assert!(
            client
                .done(&ListAssignments {
                    domain: domain("wholesale.acme.example")
                })
                .is_empty()
        );
    });
}

#[test]
fn endpoint_14_deletes_a_user_but_not_the_admin() {
    with_each_encoding(|client| {
        let delete = DeleteUser {
            email: email("grace@acme.example"),
        };
        assert_eq!(client.done(&delete).text, "User Deleted Successfully");
        assert_eq!(client.refused(&delete), error("User does not exist"));
        let admin = DeleteUser {
            email: email("ada@acme.example"),
        };
        assert_eq!(
            client.refused(&admin),
            error("The admin of the organisation can not be deleted")
        );
    });
}
