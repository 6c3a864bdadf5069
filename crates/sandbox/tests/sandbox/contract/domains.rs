//! Tests endpoints 6 to 9.

use switchboard_api::{
    DomainName, Email, Tristate,
    endpoints::{AddDomain, DeleteDomain, DomainChange, GetDomain, ListAssignments, UpdateDomain},
};

use super::transport::{error, field, warning, with_each_encoding};

fn email(text: &str) -> Email {
    text.parse().expect("an e-mail")
}

fn domain(text: &str) -> DomainName {
    text.parse().expect("a domain name")
}

#[test]
fn endpoint_6_adds_a_domain_with_its_code() {
    with_each_encoding(|client| {
        let add = AddDomain {
            domain: domain("xn--mnchen-3ya.example"),
            email: email("münchen@acme.example"),
        };
        let added = client.done(&add);
        assert_eq!((&added.name, &added.email), (&add.domain, &add.email));
        let origin = client.connection.base_url.origin();
        assert_eq!(
            added.embed.link,
            format!(
                r#"<script src="{origin}/widget.js?domain=xn--mnchen-3ya.example" async></script>"#
            )
        );
        assert_eq!(
            added.embed.socket_link,
            format!(r#"<script src="{origin}/socket.js"></script>"#)
        );
        assert_eq!(client.refused(&add), warning("Domain already exists"));
    });
}

#[test]
fn endpoint_7_returns_a_known_domain_with_operators() {
    with_each_encoding(|client| {
        let shop = client.done(&GetDomain {
            domain: domain("shop.acme.example"),
        });
        assert_eq!(shop.name.as_str(), "shop.acme.example");
        assert_eq!(shop.email.as_str(), "shop@acme.example");
        assert_eq!(shop.status, Tristate::On);
        assert_eq!(shop.addon_unique_name, "live_chat");
        assert_eq!(
            shop.operators,
            client.done(&ListAssignments {
                domain: domain("shop.acme.example")
            })
        );
        assert_eq!(
            client
                .done(&GetDomain {
                    domain: domain("outlet.acme.example")
                })
                .status,
            Tristate::Off
        );
        let unknown = GetDomain {
            domain: domain("no.such.example"),
        };
        assert_eq!(client.refused(&unknown), error("Domain does not exist"));
    });
}

#[test]
fn endpoint_8_changes_only_the_given_settings() {
    with_each_encoding(|client| {
        let (old, new) = (domain("shop.acme.example"), domain("store.acme.example"));
        let before = client.done(&GetDomain {
            domain: old.clone(),
        });
        let change = DomainChange::rename(new.clone()).and(DomainChange::set_status(false));
        let done = client.done(&UpdateDomain {
            domain: old.clone(),
            change,
        });
        assert_eq!(done.text, "Domain Update Successfully");
        let after = client.done(&GetDomain {
            domain: new.clone(),
        });
        assert_eq!((&after.name, &after.status), (&new, &Tristate::Off));
        assert_eq!(
            (&after.email, &after.operators),
            (&before.email, &before.operators)
        );
        assert_eq!(
            client.refused(&GetDomain { domain: old }),
            error("Domain does not exist")
        );

        let change = DomainChange::set_email(email("store+1@acme.example"))
            .and(DomainChange::set_status(true));
        client.done(&UpdateDomain {
            domain: new.clone(),
            change,
        });
        let after = client.done(&GetDomain { domain: new });
        assert_eq!(
            (after.email.as_str(), after.status),
            ("store+1@acme.example", Tristate::On)
        );
    });
}

#[test]
fn endpoint_8_refuses_unknown_domain_and_invalid_name() {
    with_each_encoding(|client| {
        let rename = |from: &str, to: &str| UpdateDomain {
            domain: domain(from),
            change: DomainChange::rename(domain(to)),
        };
        assert_eq!(
            client.refused(&rename("no.such.example", "a.example")),
            error("Domain does not exist")
        );
        assert_eq!(
            client.refused(&rename("shop.acme.example", "outlet.acme.example")),
            warning("Domain already exists")
        );
        assert_eq!(
            client.refused(&rename("shop.acme.example", "www.acme.example")),
            field("new_domain", "New domain is not valid")
        );
    });
}

#[test]
fn endpoint_9_deletes_only_a_known_domain() {
    with_each_encoding(|client| {
        let delete = DeleteDomain {
            domain: domain("shop.acme.example"),
        };
        assert_eq!(client.done(&delete).text, "Domain Deleted Successfully");
        assert_eq!(client.refused(&delete), error("Domain does not exist"));
    });
}
