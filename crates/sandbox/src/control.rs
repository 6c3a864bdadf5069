//! The `/sandbox` calls, which tests and demonstrations need besides the API.
//!
//! `guard` decides who may make them.

mod guard;

use axum::{
    Json, Router,
    extract::{ConnectInfo, DefaultBodyLimit, State as Shared, rejection::JsonRejection},
    http::{HeaderValue, StatusCode, header},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    connection::Handle,
    demo,
    faults::{self, Rule},
    seed,
    state::State,
    violations::REPORT_LIMIT,
};

/// The path to which browsers report policy violations.
const VIOLATIONS: &str = "/violations";

/// The routes below `/sandbox`.
pub(crate) fn routes(state: &State) -> Router<State> {
    Router::new()
        .route("/", get(info))
        .route("/reset", post(reset))
        .route("/renew", post(renew))
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
        .layer(from_fn_with_state(state.clone(), guard::guard))
}

/// Why a `/sandbox` call was refused.
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

async fn reset(Shared(state): Shared<State>) -> Result<Json<seed::Totals>, Refusal> {
    let work = |transaction: &rusqlite::Transaction<'_>| {
        demo::reset(transaction)?;
        seed::totals(transaction)
    };
    Ok(Json(state.store.write(work).await.map_err(Refusal::from)?))
}

/// Resets the sandbox to its initial state, except for its address and token. Other callers' calls end with their
/// connections.
async fn renew(
    Shared(state): Shared<State>,
    ConnectInfo(connection): ConnectInfo<Handle>,
) -> Result<Json<seed::Totals>, Refusal> {
    connection.spare();
    state.outages.break_all().await;
    state.faults.set(Vec::new());
    let totals = reset(Shared(state.clone())).await?;
    state.violations.clear();
    state.log.clear();
    Ok(totals)
}

/// The number of rows to add.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Seed {
    operators: u32,
    domains: u32,
}

/// A larger number is a mistake, not a test.
const SEED_LIMIT: u32 = 1_000_000;

async fn seed(
    Shared(state): Shared<State>,
    body: Result<Json<Seed>, JsonRejection>,
) -> Result<Json<seed::Totals>, Refusal> {
    let Json(Seed { operators, domains }) =
        body.map_err(|rejection| Refusal(rejection.status(), rejection.body_text()))?;
    if operators.max(domains) > SEED_LIMIT {
        return Err(Refusal(
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("At most {SEED_LIMIT} of each"),
        ));
    }
    let work = move |transaction: &rusqlite::Transaction<'_>| {
        seed::add(transaction, operators, domains)?;
        seed::totals(transaction)
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
        state.outages.shut(time);
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

/// Records a report of any `Content-Type`, because engines differ. A report that is not JSON is recorded as such.
async fn report_violation(Shared(state): Shared<State>, body: String) -> StatusCode {
    // A token belongs in its header. If one is in a page's address, it must not be stored either.
    let body = body.replace(&*state.token, "[token]");
    let report = serde_json::from_str(&body).unwrap_or_else(|_| json!(body));
    state.violations.push(report);
    StatusCode::NO_CONTENT
}

async fn clear_violations(Shared(state): Shared<State>) -> StatusCode {
    state.violations.clear();
    StatusCode::NO_CONTENT
}
