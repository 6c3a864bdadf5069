//! Tests the exact request of each of the fourteen calls.

use crate::common::{domain, email};
use switchboard_api::endpoints::{
    AddAssignment, AddDomain, AddOperator, AssignmentChange, DeleteDomain, DeleteUser,
    DomainChange, GetDomain, GetOperator, GetOrganisation, ListAssignments, ListOperators,
    LiveChatChange, RemoveAssignment, UpdateAssignment, UpdateDomain, UpdateOperator,
};
use switchboard_api::{BodyEncoding, Connection, Endpoint, Method, Request, request};

const TOKEN: &str = "s3cret-t0ken";

fn connection(base_url: &str, body_encoding: BodyEncoding) -> Connection {
    let base_url = base_url.parse().expect("a base URL");
    let token = TOKEN.parse().expect("a token");
    Connection {
        body_encoding,
        ..Connection::new(base_url, token)
    }
}

/// Asserts the request of a call for base URLs of every form and for both body encodings. `path` and `query` follow
/// the base URL; a write has a body, in JSON and as a form.
#[track_caller]
fn assert_sends<E: Endpoint>(
    call: &E,
    number: u8,
    method: Method,
    path: &str,
    bodies: Option<(&str, &str)>,
) {
    assert_eq!((E::NUMBER, E::METHOD), (number, method), "{}", E::NAME);
    let root = format!("https://acme.chatwhizz.example/{path}");
    let below = format!("http://127.0.0.1:8080/api/v1/{path}");
    for (base_url, url) in [
        ("https://acme.chatwhizz.example", &root),
        ("https://acme.chatwhizz.example/", &root),
        ("http://127.0.0.1:8080/api/v1", &below),
        ("http://127.0.0.1:8080/api/v1/", &below),
    ] {
        for (encoding, content_type, body) in [
            (
                BodyEncoding::Json,
                "application/json",
                bodies.map(|(json, _)| json),
            ),
            (
                BodyEncoding::Form,
                "application/x-www-form-urlencoded",
                bodies.map(|(_, form)| form),
            ),
        ] {
            let mut headers = vec![("api_token", TOKEN), ("Accept", "application/json")];
            headers.extend(body.map(|_| ("Content-Type", content_type)));
            let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
            let expected = Request {
                method,
                url: url.clone(),
                headers: headers.into_iter().map(owned).collect(),
                body: body.map(str::to_owned),
            };
            let sent = request(&connection(base_url, encoding), call);
            assert_eq!(sent, expected, "{} {encoding}", E::NAME);
        }
    }
}

#[test]
fn reading_the_organisation() {
    assert_sends(&GetOrganisation, 1, Method::Get, "auth/organisation", None);
}

#[test]
fn adding_an_operator() {
    let call = AddOperator {
        email: email("yuko+1@acme.example"),
        name: "小林 \"優子\" & Co\\".to_owned(),
    };
    let json = r#"{"email":"yuko+1@acme.example","name":"小林 \"優子\" & Co\\"}"#;
    let form = concat!(
        "email=yuko%2B1%40acme.example&",
        "name=%E5%B0%8F%E6%9E%97%20%22%E5%84%AA%E5%AD%90%22%20%26%20Co%5C"
    );
    let path = "auth/addon/live_chat/operator/add";
    assert_sends(&call, 2, Method::Post, path, Some((json, form)));
}

#[test]
fn reading_an_operator_whose_address_has_a_plus() {
    let call = GetOperator {
        email: email("grace+sales&x=1@acme.example"),
    };
    let path = concat!(
        "auth/addon/live_chat/operator/get",
        "?email=grace%2Bsales%26x%3D1%40acme.example"
    );
    assert_sends(&call, 3, Method::Get, path, None);
}

#[test]
fn listing_the_operators() {
    let path = "auth/addon/live_chat/operator/list";
    assert_sends(&ListOperators, 4, Method::Get, path, None);
}

#[test]
fn switching_the_live_chat_of_an_operator_on_and_off() {
    let path = "auth/addon/live_chat/operator/update";
    let call = |change| UpdateOperator {
        email: email("grace@acme.example"),
        change,
    };
    let domains = vec![domain("test.com"), domain("webkul.com")];
    assert_sends(
        &call(LiveChatChange::Activate { domains }),
        5,
        Method::Put,
        path,
        Some((
            r#"{"email":"grace@acme.example","status":1,"domain":["test.com","webkul.com"]}"#,
            "email=grace%40acme.example&status=1&domain=%5Btest.com%2C%20webkul.com%5D",
        )),
    );
    assert_sends(
        &call(LiveChatChange::Activate { domains: vec![] }),
        5,
        Method::Put,
        path,
        Some((
            r#"{"email":"grace@acme.example","status":1}"#,
            "email=grace%40acme.example&status=1",
        )),
    );
    assert_sends(
        &call(LiveChatChange::Deactivate),
        5,
        Method::Put,
        path,
        Some((
            r#"{"email":"grace@acme.example","status":0}"#,
            "email=grace%40acme.example&status=0",
        )),
    );
}

#[test]
fn adding_a_domain() {
    let call = AddDomain {
        domain: domain("shop.acme.example"),
        email: email("shop@acme.example"),
    };
    let json = r#"{"domain":"shop.acme.example","email":"shop@acme.example"}"#;
    let form = "domain=shop.acme.example&email=shop%40acme.example";
    let path = "auth/addon/live_chat/domain/add";
    assert_sends(&call, 6, Method::Post, path, Some((json, form)));
}

#[test]
fn reading_a_domain() {
    let call = GetDomain {
        domain: domain("xn--bcher-kva.example"),
    };
    let path = "auth/addon/live_chat/domain/get?domain=xn--bcher-kva.example";
    assert_sends(&call, 7, Method::Get, path, None);
}

#[test]
fn domain_change_sends_only_the_changed_settings() {
    let path = "auth/addon/live_chat/domain/update";
    let call = |change| UpdateDomain {
        domain: domain("acme.example"),
        change,
    };
    let rename = DomainChange::rename(domain("new.example"));
    let off = DomainChange::set_status(false);
    let contact = DomainChange::set_email(email("a@acme.example"));
    for (change, json, form) in [
        (
            rename.clone(),
            r#"{"domain":"acme.example","new_domain":"new.example"}"#,
            "domain=acme.example&new_domain=new.example",
        ),
        (
            off.clone(),
            r#"{"domain":"acme.example","status":false}"#,
            "domain=acme.example&status=false",
        ),
        (
            contact.clone(),
            r#"{"domain":"acme.example","email":"a@acme.example"}"#,
            "domain=acme.example&email=a%40acme.example",
        ),
        (
            contact
                .and(off)
                .and(rename)
                .and(DomainChange::set_status(true)),
            concat!(
                r#"{"domain":"acme.example","new_domain":"new.example","#,
                r#""status":true,"email":"a@acme.example"}"#
            ),
            "domain=acme.example&new_domain=new.example&status=true&email=a%40acme.example",
        ),
    ] {
        assert_sends(&call(change), 8, Method::Put, path, Some((json, form)));
    }
}

#[test]
fn deleting_a_domain() {
    let call = DeleteDomain {
        domain: domain("acme.example"),
    };
    let bodies = (r#"{"domain":"acme.example"}"#, "domain=acme.example");
    let path = "auth/addon/live_chat/domain/delete";
    assert_sends(&call, 9, Method::Delete, path, Some(bodies));
}

const ASSIGNMENT_JSON: &str = r#"{"domain":"acme.example","email":"grace@acme.example"}"#;
const ASSIGNMENT_FORM: &str = "domain=acme.example&email=grace%40acme.example";

#[test]
fn putting_an_operator_on_a_domain() {
    let call = AddAssignment {
        domain: domain("acme.example"),
        email: email("grace@acme.example"),
    };
    let bodies = (ASSIGNMENT_JSON, ASSIGNMENT_FORM);
    let path = "auth/addon/live_chat/domain/operator/add";
    assert_sends(&call, 10, Method::Post, path, Some(bodies));
}

#[test]
fn assignment_change_sends_only_the_changed_switches() {
    let path = "auth/addon/live_chat/domain/operator/update";
    let admin = AssignmentChange::set_is_admin(true);
    let offline = AssignmentChange::set_online_status(false);
    let silent = AssignmentChange::set_active(false);
    for (change, json, form) in [
        (admin, r#","is_admin":true}"#, "&is_admin=true"),
        (
            offline,
            r#","online_status":false}"#,
            "&online_status=false",
        ),
        (silent, r#","active":false}"#, "&active=false"),
        (
            silent
                .and(offline)
                .and(admin)
                .and(AssignmentChange::set_active(true)),
            r#","is_admin":true,"online_status":false,"active":true}"#,
            "&is_admin=true&online_status=false&active=true",
        ),
    ] {
        let call = UpdateAssignment {
            domain: domain("acme.example"),
            email: email("grace@acme.example"),
            change,
        };
        let json = ASSIGNMENT_JSON.replace('}', json);
        let form = format!("{ASSIGNMENT_FORM}{form}");
        assert_sends(&call, 11, Method::Put, path, Some((&json, &form)));
    }
}

#[test]
fn taking_an_operator_off_a_domain() {
    let call = RemoveAssignment {
        domain: domain("acme.example"),
        email: email("grace@acme.example"),
    };
    let bodies = (ASSIGNMENT_JSON, ASSIGNMENT_FORM);
    let path = "auth/addon/live_chat/domain/operator/remove";
    assert_sends(&call, 12, Method::Put, path, Some(bodies));
}

#[test]
fn listing_the_operators_of_a_domain() {
    let call = ListAssignments {
        domain: domain("acme.example"),
    };
    let path = "auth/addon/live_chat/domain/operator/list?domain=acme.example";
    assert_sends(&call, 13, Method::Get, path, None);
}

#[test]
fn deleting_a_user() {
    let call = DeleteUser {
        email: email("grace@acme.example"),
    };
    let bodies = (
        r#"{"email":"grace@acme.example"}"#,
        "email=grace%40acme.example",
    );
    assert_sends(&call, 14, Method::Delete, "auth/user/delete", Some(bodies));
}

#[test]
fn the_tokens_header_is_called_as_the_connection_says() {
    let mut connection = connection("https://acme.chatwhizz.example", BodyEncoding::Json);
    connection.token_header = "access_token".parse().expect("a header's name");
    let sent = request(&connection, &GetOrganisation);
    assert_eq!(
        sent.headers[0],
        ("access_token".to_owned(), TOKEN.to_owned())
    );
    assert!(!sent.headers.iter().any(|(name, _)| name == "api_token"));
}

#[test]
fn reads_and_writes_are_distinguished() {
    assert!(Method::Get.is_read());
    for method in [Method::Post, Method::Put, Method::Delete] {
        assert!(!method.is_read());
    }
    let names = [Method::Get, Method::Post, Method::Put, Method::Delete].map(Method::as_str);
    assert_eq!(names, ["GET", "POST", "PUT", "DELETE"]);
}

#[test]
fn a_changes_parts_can_be_read_back() {
    let change = DomainChange::rename(domain("new.example")).and(DomainChange::set_status(true));
    assert_eq!(change.new_domain(), Some(&domain("new.example")));
    assert_eq!((change.status(), change.email()), (Some(true), None));
    let change = AssignmentChange::set_active(false).and(AssignmentChange::set_is_admin(true));
    let parts = (change.is_admin(), change.online_status(), change.active());
    assert_eq!(parts, (Some(true), None, Some(false)));
}
