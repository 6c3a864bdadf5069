//! The `/sandbox` calls: what tests and demonstrations need beside the API.
//!
//! A web page must not be able to use them from elsewhere: there is no CORS here, a foreign `Origin` is refused, and so is a
//! `Host` that is not this machine while only this machine can connect (DNS rebinding). Bound to more than loopback, all
//! but `GET /sandbox` and a browser's report of a violation need the token.

use std::net::{Ipv4Addr, Ipv6Addr};

use axum::{
    Json, Router,
    extract::{ConnectInfo, DefaultBodyLimit, Request, State as Shared, rejection::JsonRejection},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    api,
    connection::Handle,
    demo,
    faults::{self, Rule},
    many,
    server::BODY_LIMIT,
    state::State,
    violations::REPORT_LIMIT,
};

/// Where browsers report what the policy forbade.
const VIOLATIONS: &str = "/violations";

/// Whose idea a request was, as browsers tell and no page can change.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The routes below `/sandbox`.
pub(crate) fn routes(state: &State) -> Router<State> {
    Router::new()
        .route("/", get(info))
        .route("/reset", post(reset))
        .route("/seed", post(seed))
        .route("/log", get(log).delete(clear_log))
        .route("/faults", get(faults).put(set_faults).delete(clear_faults))
        .route(
            VIOLATIONS,
            get(violations)
                .delete(clear_violations)
                .merge(post(report_violation).layer(DefaultBodyLimit::max(REPORT_LIMIT))),
        )
        .fallback(async || {
            Refusal(
                StatusCode::NOT_FOUND,
                "There is no such sandbox call".into(),
            )
        })
        .layer(from_fn_with_state(state.clone(), guard))
}

/// A `/sandbox` call that was not done, and why.
struct Refusal(StatusCode, String);

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self(
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("The database failed: {error}"),
        )
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

async fn guard(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let is_report = request.method() == Method::POST && request.uri().path() == VIOLATIONS;
    let refusal = if state.is_loopback() && !names_this_machine(headers) {
        Some("The Host header must name this machine")
    } else if !(comes_from_own_page(headers) || is_report && comes_from_nowhere(headers)) {
        Some("Sandbox calls are not open to other origins")
    } else if !state.is_loopback()
        && request.uri().path() != "/"
        && !is_report
        && !api::brings_token(headers, &state.token)
    {
        Some("Not bound to loopback: this call needs the api_token header")
    } else {
        None
    };
    match refusal {
        Some(reason) => {
            // An answer before the body was read would make the connection close under the caller's next call.
            let _ = axum::body::to_bytes(request.into_body(), BODY_LIMIT).await;
            Refusal(StatusCode::FORBIDDEN, reason.into()).into_response()
        }
        None => next.run(request).await,
    }
}

/// The only value of a header: nothing when it is missing, twice there, or no text.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

fn names_this_machine(headers: &HeaderMap) -> bool {
    let Some(host) = only(headers, header::HOST) else {
        return false;
    };
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(host, |(name, _)| name);
    match name
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        Some(address) => address
            .parse::<Ipv6Addr>()
            .is_ok_and(|address| address.is_loopback()),
        None => {
            name.eq_ignore_ascii_case("localhost")
                || name
                    .parse::<Ipv4Addr>()
                    .is_ok_and(|address| address.is_loopback())
        }
    }
}

/// Programs that are no browser send no `Origin`; a page of ours sends our own. A page elsewhere can have a browser read something without an
/// `Origin` (as an image, say), and then the browser tells that it did.
fn comes_from_own_page(headers: &HeaderMap) -> bool {
    if headers.contains_key(FETCH_SITE)
        && !matches!(only(headers, FETCH_SITE), Some("same-origin" | "none"))
    {
        return false;
    }
    if !headers.contains_key(header::ORIGIN) {
        return true;
    }
    let own = only(headers, header::HOST);
    let from = only(headers, header::ORIGIN).and_then(|origin| origin.split_once("://"));
    own.is_some() && own == from.map(|(_, host)| host)
}

/// What a browser says of a report that a page of ours caused: `Referrer-Policy: no-referrer` keeps the origin out of it, too.
fn comes_from_nowhere(headers: &HeaderMap) -> bool {
    only(headers, header::ORIGIN) == Some("null")
        && matches!(
            only(headers, FETCH_SITE),
            None | Some("same-origin" | "none")
        )
}

#[derive(Serialize)]
struct Info {
    name: &'static str,
    version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

async fn info(Shared(state): Shared<State>) -> Json<Info> {
    Json(Info {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        token: state.is_loopback().then(|| state.token.to_string()),
    })
}

async fn reset(Shared(state): Shared<State>) -> Result<Json<many::Totals>, Refusal> {
    let work = |transaction: &rusqlite::Transaction<'_>| {
        demo::reset(transaction)?;
        many::totals(transaction)
    };
    Ok(Json(state.store.write(work).await.map_err(Refusal::from)?))
}

/// How many rows to add.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Seed {
    operators: u32,
    domains: u32,
}

/// More than this is a slip of the hand, not a test.
const SEED_LIMIT: u32 = 1_000_000;

async fn seed(
    Shared(state): Shared<State>,
    body: Result<Json<Seed>, JsonRejection>,
) -> Result<Json<many::Totals>, Refusal> {
    let Json(Seed { operators, domains }) =
        body.map_err(|rejection| Refusal(rejection.status(), rejection.body_text()))?;
    if operators.max(domains) > SEED_LIMIT {
        return Err(Refusal(
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("At most {SEED_LIMIT} of each"),
        ));
    }
    let work = move |transaction: &rusqlite::Transaction<'_>| {
        many::add(transaction, operators, domains)?;
        many::totals(transaction)
    };
    Ok(Json(state.store.write(work).await.map_err(Refusal::from)?))
}

async fn log(Shared(state): Shared<State>) -> Response {
    let calls = state.log.calls();
    let calls: Vec<_> = calls.iter().map(AsRef::as_ref).collect();
    Json(calls).into_response()
}

async fn clear_log(Shared(state): Shared<State>) -> StatusCode {
    state.log.clear();
    StatusCode::NO_CONTENT
}

async fn faults(Shared(state): Shared<State>) -> Json<Vec<Rule>> {
    Json(state.faults.rules())
}

async fn set_faults(
    Shared(state): Shared<State>,
    ConnectInfo(connection): ConnectInfo<Handle>,
    body: Result<Json<Vec<Rule>>, JsonRejection>,
) -> Result<Response, Refusal> {
    let Json(rules) =
        body.map_err(|rejection| Refusal(rejection.status(), rejection.body_text()))?;
    for rule in &rules {
        rule.check()
            .map_err(|wrong| Refusal(StatusCode::UNPROCESSABLE_ENTITY, wrong))?;
    }
    let refusal = faults::refusal(&rules);
    state.faults.set(rules);
    let mut answer = StatusCode::NO_CONTENT.into_response();
    if let Some(time) = refusal {
        connection.spare();
        state.gate.shut(time);
        let close = HeaderValue::from_static("close");
        answer.headers_mut().insert(header::CONNECTION, close);
    }
    Ok(answer)
}

async fn clear_faults(Shared(state): Shared<State>) -> StatusCode {
    state.faults.set(Vec::new());
    StatusCode::NO_CONTENT
}

async fn violations(Shared(state): Shared<State>) -> Json<Vec<serde_json::Value>> {
    Json(state.violations.reports())
}

/// Takes a report in, whatever `Content-Type` the engine gives it. What is no JSON says at least that there was one.
async fn report_violation(Shared(state): Shared<State>, body: String) -> StatusCode {
    // A token belongs in its header. Should one be in a page's address, it still must not be kept.
    let body = body.replace(&*state.token, "[token]");
    let report = serde_json::from_str(&body).unwrap_or_else(|_| json!(body));
    state.violations.push(report);
    StatusCode::NO_CONTENT
}

async fn clear_violations(Shared(state): Shared<State>) -> StatusCode {
    state.violations.clear();
    StatusCode::NO_CONTENT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn only_loopback_names_are_this_machine() {
        for host in [
            "localhost",
            "LOCALHOST:8080",
            "127.0.0.1:1",
            "127.1.2.3",
            "[::1]:8080",
            "[::1]",
            "[0:0:0:0:0:0:0:1]:65535",
        ] {
            assert!(
                names_this_machine(&headers(&[(header::HOST, host)])),
                "{host}"
            );
        }
        for host in [
            "evil.example",
            "localhost.evil.example:8080",
            "10.0.0.1",
            "127.0.0.1.evil.example",
            "",
            ":8080",
            "localhost.",
            "127.0.0.1.:8080",
            "127.1",
            "2130706433",
            "0x7f.0.0.1",
            "0.0.0.0",
            "[::]",
            "::1",
            "[127.0.0.1]",
            "[[::1]]",
            "[::1",
            "[::ffff:10.0.0.1]",
            "localhost:80@evil.example",
            "localhost, evil.example",
            "localhost:8080:evil",
        ] {
            assert!(
                !names_this_machine(&headers(&[(header::HOST, host)])),
                "{host}"
            );
        }
        assert!(!names_this_machine(&HeaderMap::new()));
        let mut two = headers(&[(header::HOST, "localhost")]);
        two.append(header::HOST, HeaderValue::from_static("evil.example"));
        assert!(!names_this_machine(&two));
    }

    #[test]
    fn a_page_of_another_origin_is_a_stranger_even_on_another_port() {
        let host = (header::HOST, "127.0.0.1:8080");
        let with = |origin| headers(&[host.clone(), (header::ORIGIN, origin)]);
        assert!(comes_from_own_page(&headers(std::slice::from_ref(&host))));
        assert!(comes_from_own_page(&with("http://127.0.0.1:8080")));
        assert!(!comes_from_own_page(&with("http://127.0.0.1:8081")));
        assert!(!comes_from_own_page(&with("https://evil.example")));
        assert!(!comes_from_own_page(&with("null")));
        assert!(!comes_from_own_page(&with("127.0.0.1:8080")));
        assert!(!comes_from_own_page(&with(
            "http://127.0.0.1:8080.evil.example"
        )));
        assert!(!comes_from_own_page(&with("http://localhost:8080")));
        let mut two = with("http://127.0.0.1:8080");
        two.append(
            header::ORIGIN,
            HeaderValue::from_static("https://evil.example"),
        );
        assert!(!comes_from_own_page(&two));
        for (site, is_own) in [
            ("same-origin", true),
            ("none", true),
            ("same-site", false),
            ("cross-site", false),
        ] {
            let headers = headers(&[host.clone(), (FETCH_SITE, site)]);
            assert_eq!(comes_from_own_page(&headers), is_own, "{site}");
        }
    }
}
