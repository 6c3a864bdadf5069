//! The embed codes, and what they load on a customer's website: two scripts and the public status that they show.

use axum::{
    Json, Router,
    extract::{Query, State as Shared},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::{Deserialize, Serialize};

use crate::{
    state::State,
    store::{assignments, domains},
};

/// The two snippets that endpoint 6 returns, in the vendor's public form.
#[derive(Debug)]
pub(crate) struct EmbedCode {
    pub link: String,
    pub socket_link: String,
}

impl EmbedCode {
    /// Creates the code for `domain`, loading from `origin`. Both have been parsed: neither can contain a quote or an
    /// angle bracket.
    pub(crate) fn new(origin: &str, domain: &str) -> Self {
        Self {
            link: format!(r#"<script src="{origin}/widget.js?domain={domain}" async></script>"#),
            socket_link: format!(r#"<script src="{origin}/socket.js"></script>"#),
        }
    }
}

/// The public routes that a website loads.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route(
            "/widget.js",
            get(async || script(include_str!("../assets/widget.js"))),
        )
        .route(
            "/socket.js",
            get(async || script(include_str!("../assets/socket.js"))),
        )
        .route("/widget/status", get(status))
}

fn script(text: &'static str) -> impl IntoResponse {
    let headers: [(HeaderName, &str); 3] = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (
            header::HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ];
    (headers, text)
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    domain: String,
}

/// The public status of a domain's chat.
#[derive(Serialize)]
struct Status {
    domain: String,
    known: bool,
    active: bool,
    /// The names, in the order in which the operators were added to the domain.
    online: Vec<String>,
}

async fn status(Shared(state): Shared<State>, Query(asked): Query<Asked>) -> Response {
    let found = state.store.read(move |connection| {
        let Some(domain) = domains::find(connection, &asked.domain.to_ascii_lowercase())? else {
            return Ok(Status {
                domain: asked.domain,
                known: false,
                active: false,
                online: Vec::new(),
            });
        };
        let online = if domain.active {
            assignments::names_online(connection, domain.id)?
        } else {
            Vec::new()
        };
        Ok::<_, rusqlite::Error>(Status {
            domain: domain.name,
            known: true,
            active: domain.active,
            online,
        })
    });
    match found.await {
        Ok(status) => ([(header::CACHE_CONTROL, "no-store")], Json(status)).into_response(),
        Err(error) => {
            eprintln!("the database failed: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
