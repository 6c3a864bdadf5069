//! Secrets are not shown unless explicitly requested.

use crate::common::{email, payload};
use switchboard_api::endpoints::{DeleteUser, GetOrganisation};
use switchboard_api::{Connection, Response, Secret, request};

const TOKEN: &str = "s3cret-t0ken";

#[test]
fn displayed_request_never_contains_the_token() {
    let base_url = "https://acme.chatwhizz.example".parse();
    let token = TOKEN.parse().expect("a token");
    let mut connection = Connection::new(base_url.expect("a base URL"), token);
    for header in ["api_token", "X-Whatever"] {
        connection.token_header = header.parse().expect("a header's name");
        let sent = request(
            &connection,
            &DeleteUser {
                email: email("grace@acme.example"),
            },
        );
        let shown = [
            (header, "[redacted]"),
            ("Accept", "application/json"),
            ("Content-Type", "application/json"),
        ];
        let shown = shown.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(sent.redacted_headers(), shown);
        assert!(!format!("{sent:?}").contains(TOKEN));
        assert!(!format!("{connection:?}").contains(TOKEN));
    }
}

#[test]
fn secret_is_hidden_unless_revealed() {
    let organisation = payload::<GetOrganisation>(
        r#"{"addon":[{"accessToken":"hush-1","refreshToken":"hush-2"}]}"#,
    );
    assert!(!format!("{organisation:?}").contains("hush"));
    let secret = organisation.addon[0]
        .access_token
        .as_ref()
        .expect("a secret");
    assert!(!secret.to_string().contains("hush"));
    assert_eq!(secret.reveal(), "hush-1");
    assert!(Secret::new("").is_empty());
    assert!(!secret.is_empty());
}

#[test]
fn missing_secret_is_none_and_odd_one_is_hidden() {
    let organisation = payload::<GetOrganisation>(
        r#"{"addon":[{"accessToken":null,"refreshToken":""},{"accessToken":{"t":"hush"}}]}"#,
    );
    assert_eq!(organisation.addon[0].access_token, None);
    assert_eq!(organisation.addon[0].refresh_token, None);
    assert_eq!(
        organisation.addon[1].access_token,
        Some(Secret::new(r#"{"t":"hush"}"#))
    );
    assert!(!format!("{organisation:?}").contains("hush"));
}

#[test]
fn the_debug_of_a_response_shows_no_body() {
    let response = Response {
        status: 200,
        headers: vec![],
        body: b"hush".to_vec(),
    };
    let shown = format!("{response:?}");
    assert!(shown.contains("4 bytes") && !shown.contains("hush") && !shown.contains("104"));
}
