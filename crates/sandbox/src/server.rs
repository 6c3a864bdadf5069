//! The whole server as one router: its routes, and the layers around them.

use std::{path::Path, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Method, StatusCode, header},
    middleware::from_fn_with_state,
};
use tower::ServiceBuilder;
use tower_http::{
    cors::{AllowHeaders, Any, CorsLayer},
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
};

use crate::{
    api, body_limit::BODY_LIMIT, call_log, control, faults, headers, panel::Panel, state::State,
    widget,
};

/// Builds the router. `limit` is the time from the end of a request's head to the start of its answer.
pub(crate) fn router(state: State, dist: Option<&Path>, limit: Duration) -> Router {
    let panel = Panel::new(dist);
    let router = Router::new()
        // As services, so that they also match their path with a trailing slash.
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
                .layer(TimeoutLayer::with_status_code(
                    StatusCode::REQUEST_TIMEOUT,
                    limit,
                ))
                .layer(DefaultBodyLimit::max(BODY_LIMIT)),
        )
        .with_state(state);
    headers::shared().fold(router, |router, (name, value)| {
        router.layer(SetResponseHeaderLayer::if_not_present(name, value))
    })
}

/// Adds the layers to the API, the outermost last. CORS also covers the answers of faults, which a browser could not
/// read otherwise. It answers the preflight alone; only the fault that removes CORS comes before it.
fn api_with_layers(state: &State) -> Router<State> {
    api::routes(state)
        .layer(from_fn_with_state(state.clone(), faults::spoil))
        .layer(from_fn_with_state(state.clone(), call_log::record))
        .layer(cors())
        .layer(from_fn_with_state(state.clone(), faults::without_cors))
}

/// Allows any page to call the API, because a panel on another origin has to. The token protects it: no browser sends
/// it automatically, and no page can guess it or read it from `GET /sandbox`.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers([header::RETRY_AFTER])
        .allow_private_network(true)
        .max_age(Duration::from_secs(600))
}
