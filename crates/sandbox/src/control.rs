//! The `/sandbox` calls: what tests and demonstrations need beside the API.
//!
//! A web page must not be able to use them from elsewhere: there is no CORS here, a foreign `Origin` is refused, and so is a
//! `Host` that is not this machine while only this machine can connect (DNS rebinding). Bound to more than loopback, all
//! but `GET /sandbox` need the token.

use std::net::IpAddr;

use axum::{
    Json, Router,
    extract::{ConnectInfo, Request, State as Shared, rejection::JsonRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
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
    state::State,
};

/// The routes below `/sandbox`.
pub(crate) fn routes(state: &State) -> Router<State> {
    Router::new()
        .route("/", get(info))
        .route("/reset", post(reset))
        .route("/seed", post(seed))
        .route("/log", get(log).delete(clear_log))
        .route("/faults", get(faults).put(set_faults).delete(clear_faults))
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
    let refusal = if state.is_loopback() && !names_this_machine(headers) {
        Some("The Host header must name this machine")
    } else if !comes_from_own_page(headers) {
        Some("Sandbox calls are not open to other origins")
    } else if !state.is_loopback()
        && request.uri().path() != "/"
        && !api::brings_token(headers, &state.token)
    {
        Some("Not bound to loopback: this call needs the api_token header")
    } else {
        None
    };
    match refusal {
        Some(reason) => Refusal(StatusCode::FORBIDDEN, reason.into()).into_response(),
        None => next.run(request).await,
    }
}

fn names_this_machine(headers: &HeaderMap) -> bool {
    let Some(host) = headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(host, |(name, _)| name);
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost")
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Programs that are no browser send no `Origin`; a page of ours sends our own.
fn comes_from_own_page(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let own = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let from = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.split_once("://"))
        .map(|(_, host)| host);
    own.is_some() && own == from
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
        ] {
            assert!(
                !names_this_machine(&headers(&[(header::HOST, host)])),
                "{host}"
            );
        }
        assert!(!names_this_machine(&HeaderMap::new()));
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
    }
}
