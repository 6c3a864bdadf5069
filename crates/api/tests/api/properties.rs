//! Properties that hold for every input.

use crate::common::{answer, response, success};
use proptest::prelude::*;
use switchboard_api::endpoints::{
    AddAssignment, AddDomain, AddOperator, DeleteDomain, DeleteUser, GetDomain, GetOperator,
    GetOrganisation, ListAssignments, ListOperators, RemoveAssignment, UpdateAssignment,
    UpdateDomain, UpdateOperator,
};
use switchboard_api::{
    ApiError, BaseUrl, DomainName, Email, Endpoint, HeaderName, Organisation, PersonName, Response,
    Token, UntypedJson, decode,
};

/// Decodes the answer to a call, and calls every method of the result.
fn examine<E: Endpoint>(response: &Response) -> Result<(), ApiError> {
    let decoded = decode::<E>(response);
    if let Err(error) = &decoded {
        let _ = (error.to_string(), error.text(), error.raw().map(str::len));
        let _ = error.outcome_unknown();
    }
    decoded.map(drop)
}

fn examine_all(response: &Response) {
    let _ = examine::<GetOrganisation>(response);
    let _ = examine::<AddOperator>(response);
    let _ = examine::<GetOperator>(response);
    let _ = examine::<ListOperators>(response);
    let _ = examine::<UpdateOperator>(response);
    let _ = examine::<AddDomain>(response);
    let _ = examine::<GetDomain>(response);
    let _ = examine::<UpdateDomain>(response);
    let _ = examine::<DeleteDomain>(response);
    let _ = examine::<AddAssignment>(response);
    let _ = examine::<UpdateAssignment>(response);
    let _ = examine::<RemoveAssignment>(response);
    let _ = examine::<ListAssignments>(response);
    let _ = examine::<DeleteUser>(response);
    if let Ok(answer) = decode::<GetOrganisation>(response) {
        examine_organisation(&answer.payload);
    }
    for operator in decode::<ListOperators>(response)
        .into_iter()
        .flat_map(|a| a.payload)
    {
        let _ = (operator.name.display(), operator.name.initials());
    }
}

fn examine_organisation(organisation: &Organisation) {
    let opens = organisation.access.iter().map(|access| &access.permission);
    let opens = opens.chain(organisation.plan.iter().map(|plan| &plan.features));
    for open in opens {
        assert_eq!(open.is_empty(), open.lines().is_empty());
    }
}

/// Generates names of fields, of the API and others.
fn key() -> impl Strategy<Value = String> {
    let known = [
        "status",
        "type",
        "message",
        "name",
        "email",
        "firstName",
        "lastName",
        "active",
        "operator",
        "operators",
        "addOns",
        "access",
        "plan",
        "addon",
        "permission",
        "features",
        "link",
        "socketLink",
        "role",
        "accessToken",
        "isAdmin",
        "0",
    ];
    prop_oneof![
        4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => ".{0,8}",
    ]
}

/// Generates JSON of any shape that contains field names of the API.
fn json() -> impl Strategy<Value = String> {
    let text = |text: String| serde_json::Value::from(text).to_string();
    let odd = [
        "null",
        "true",
        "0",
        "1",
        "\"1\"",
        "1e999",
        "-0.0",
        "\"\\ud800\"",
        "\"\"",
    ];
    let leaf = prop_oneof![
        prop::sample::select(odd.to_vec()).prop_map(str::to_owned),
        any::<i64>().prop_map(|number| number.to_string()),
        ".{0,12}".prop_map(text),
    ];
    leaf.prop_recursive(4, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6)
                .prop_map(|elements| format!("[{}]", elements.join(","))),
            prop::collection::vec((key(), inner), 0..6).prop_map(move |members| {
                let member = |(key, value)| format!("{}:{value}", text(key));
                let members: Vec<String> = members.into_iter().map(member).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

fn http_status() -> impl Strategy<Value = u16> {
    prop::sample::select(vec![200, 204, 302, 400, 401, 403, 404, 422, 429, 500, 503])
}

proptest! {
    #[test]
    fn no_bytes_panic_any_decoder(
        status in any::<u16>(),
        body in prop::collection::vec(any::<u8>(), 0..300),
        retry_after in ".{0,30}",
    ) {
        let headers = vec![("Retry-After".to_owned(), retry_after)];
        examine_all(&Response { status, headers, body });
    }

    #[test]
    fn no_json_panics_any_decoder(status in http_status(), body in json(), message in json()) {
        examine_all(&response(status, &body));
        examine_all(&success(&message));
        examine_all(&response(status, &format!(r#"{{"status":0,"message":{message}}}"#)));
    }

    #[test]
    fn no_damaged_answer_panics_any_decoder(
        message in json(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<bool>(),
    ) {
        let mut response = success(&message);
        let at = at.index(response.body.len());
        if cut {
            response.body.truncate(at);
        } else {
            response.body[at] = byte;
        }
        examine_all(&response);
    }

    #[test]
    fn odd_elements_in_a_list_lose_no_row(
        noise in prop::collection::vec(json(), 0..8),
    ) {
        let row = r#"{"name":"Grace","email":"grace@acme.example"}"#;
        let mut rows = noise;
        rows.insert(rows.len() / 2, row.to_owned());
        let operators = answer::<ListOperators>(&success(&format!("[{}]", rows.join(",")))).payload;
        prop_assert!(operators.iter().any(|o| o.email.as_str() == "grace@acme.example"));
    }

    #[test]
    fn unknown_fields_change_nothing(name in "[xyz_]{1,6}", value in json()) {
        let unknown = format!("\"{name}\":{value}");
        let plain = include_str!("fixtures/01-organisation.json");
        for field in ["status", "dummyDomain", "role", "price", "uniqueName", "subscriptionID"] {
            let field = format!("\"{field}\"");
            let with = plain.replace(&field, &format!("{unknown},{field}"));
            prop_assert_eq!(
                answer::<GetOrganisation>(&response(200, &with)),
                answer::<GetOrganisation>(&response(200, plain))
            );
        }
        let with = |text: &str| text.replace("\"email\"", &format!("{unknown},\"email\""));
        let list = include_str!("fixtures/04-operator-list.json");
        prop_assert_eq!(
            answer::<ListOperators>(&response(200, &with(list))),
            answer::<ListOperators>(&response(200, list))
        );
        let get = include_str!("fixtures/07-domain-get.json");
        prop_assert_eq!(
            answer::<GetDomain>(&response(200, &with(get))),
            answer::<GetDomain>(&response(200, get))
        );
        let add = include_str!("fixtures/06-domain-add.json");
        prop_assert_eq!(
            answer::<AddDomain>(&response(200, &with(add))),
            answer::<AddDomain>(&response(200, add))
        );
    }

    #[test]
    fn any_text_survives_the_way_through_an_answer(link in any::<String>(), name in any::<String>()) {
        let text = |text: &str| serde_json::Value::from(text).to_string();
        let message = format!(r#"{{"name":{},"link":{}}}"#, text(&name), text(&link));
        let added = answer::<AddDomain>(&success(&message)).payload;
        prop_assert_eq!(added.embed.link, link);
        prop_assert_eq!(added.name.as_str(), name);
    }

    #[test]
    fn accepted_value_survives_a_round_trip(typed in ".{0,40}") {
        if let Ok(email) = typed.parse::<Email>() {
            prop_assert_eq!(email.to_string().parse(), Ok(email));
        }
        if let Ok(domain) = typed.parse::<DomainName>() {
            prop_assert_eq!(domain.to_string(), typed.as_str());
        }
        if let Ok(token) = typed.parse::<Token>() {
            prop_assert_eq!(token.reveal().parse(), Ok(token.clone()));
        }
        if let Ok(name) = typed.parse::<HeaderName>() {
            prop_assert_eq!(name.to_string().parse(), Ok(name));
        }
        let _ = typed.parse::<BaseUrl>();
    }

    #[test]
    fn round_trips_hold(
        email in "[a-zA-Z0-9.+_é小-]{1,12}@[a-zA-Z0-9.é小-]{1,12}",
        domain in "[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?(\\.[a-z0-9]{1,8}){0,4}",
        token in "[!-~]{1,64}",
    ) {
        prop_assert_eq!(email.parse::<Email>().map(|e| e.to_string()), Ok(email.clone()));
        prop_assert_eq!(domain.parse::<DomainName>().map(|d| d.to_string()), Ok(domain.clone()));
        prop_assert_eq!(token.parse::<Token>().map(|t| t.reveal().to_owned()), Ok(token.clone()));
    }

    #[test]
    fn base_url_survives_a_round_trip(
        scheme in "(http|https|HTTP|Https|ftp)(://|:|:/)",
        host in "([a-zA-Zü.-]{0,8}[a-z0-9]|\\[[0-9A-F:]{0,6}\\]|\\.)",
        port in "(:[0-9]{0,6})?",
        path in "(/{0,2}[a-zA-Z0-9%@:~é-]{0,6}){0,3}/{0,2}",
    ) {
        let typed = format!("{scheme}{host}{port}{path}");
        match typed.parse::<BaseUrl>() {
            Ok(url) => {
                prop_assert_eq!(url.to_string().parse(), Ok(url.clone()));
                prop_assert!(url.as_str().ends_with('/'));
                let (origin, host) = (format!("{}/", url.origin()), format!("://{}", url.host()));
                prop_assert!(url.as_str().starts_with(&origin));
                prop_assert!(origin.contains(&host));
                prop_assert_eq!(url.join("a"), format!("{url}a"));
            }
            Err(switchboard_api::BaseUrlError::MissingScheme { suggestion }) => {
                let url = suggestion.parse::<BaseUrl>().map(|url| url.to_string());
                prop_assert_eq!(url, Ok(suggestion));
            }
            Err(_) => {}
        }
    }

    #[test]
    fn a_name_has_the_words_of_its_parts(first in ".{0,12}", last in ".{0,12}") {
        let name = PersonName { first: first.clone(), last: last.clone() };
        let both = format!("{first} {last}");
        let words: Vec<&str> = both.split_whitespace().collect();
        prop_assert_eq!(name.display(), words.join(" "));
        let whole = PersonName { first: both.clone(), last: String::new() };
        prop_assert_eq!(name.initials(), whole.initials());
    }

    #[test]
    fn no_line_of_an_open_value_is_blank(value in json()) {
        if let Ok(value) = serde_json::from_str(&value) {
            prop_assert!(UntypedJson(value).lines().iter().all(|line| !line.trim().is_empty()));
        }
    }
}
