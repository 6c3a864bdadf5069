//! The whole server as one router: what stands at which path, and the layers around it.

use std::{path::Path, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::from_fn_with_state,
};
use tower::ServiceBuilder;
use tower_http::{
    cors::{AllowHeaders, Any, CorsLayer},
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
};

use crate::{api, call_log, control, faults, panel::Panel, state::State, widget};

/// The largest body that a request may have, in bytes.
pub(crate) const BODY_LIMIT: usize = 1 << 20;

/// How long a request may take from its headers to the start of its answer.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// What the panel's page may do: its own files, WebAssembly, and calls to whichever API the user names.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self' http: https:; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/// Puts everything together.
pub(crate) fn router(state: State, dist: Option<&Path>) -> Router {
    let panel = Panel::new(dist);
    Router::new()
        // As services, so that they also have what is below their path with nothing but a slash.
        .nest_service("/auth", api_with_layers(&state).with_state(state.clone()))
        .nest_service(
            "/sandbox",
            control::routes(&state).with_state(state.clone()),
        )
        .merge(
            widget::routes().layer(
                CorsLayer::new()
                    .allow_origin(Any)
                    .allow_private_network(true),
            ),
        )
        .fallback(move |request| panel.clone().serve(request))
        .layer(
            ServiceBuilder::new()
                .layer(header_unless_set(
                    "content-security-policy",
                    CONTENT_SECURITY_POLICY,
                ))
                .layer(header_unless_set("referrer-policy", "no-referrer"))
                .layer(header_unless_set("x-content-type-options", "nosniff"))
                .layer(TimeoutLayer::with_status_code(
                    StatusCode::REQUEST_TIMEOUT,
                    TIME_LIMIT,
                ))
                .layer(DefaultBodyLimit::max(BODY_LIMIT)),
        )
        .with_state(state)
}

/// The API in its layers, the outermost last. CORS stands around what is made up for a fault too, without which a browser would see none of
/// it. The preflight is answered by it alone: only a fault that takes the permission away is asked before.
fn api_with_layers(state: &State) -> Router<State> {
    api::routes(state)
        .layer(from_fn_with_state(state.clone(), faults::spoil))
        .layer(from_fn_with_state(state.clone(), call_log::record))
        .layer(cors())
        .layer(from_fn_with_state(state.clone(), faults::without_cors))
}

/// Any page may call the API: what protects it is the token, which no browser sends by itself.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers([header::RETRY_AFTER])
        .allow_private_network(true)
        .max_age(Duration::from_secs(600))
}

fn header_unless_set(
    name: &'static str,
    value: &'static str,
) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(
        HeaderName::from_static(name),
        HeaderValue::from_static(value),
    )
}
