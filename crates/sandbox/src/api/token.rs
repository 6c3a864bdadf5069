//! The `api_token` header, which every call requires.

use axum::{
    extract::{Request, State as Shared},
    http::HeaderMap,
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::failure::Failure;
use crate::{body_limit::BODY_LIMIT, state::State};

/// The header's name in the reference.
const HEADER: &str = "api_token";

/// Lets a call through if it has the token.
pub(super) async fn require(
    Shared(state): Shared<State>,
    request: Request,
    next: Next,
) -> Response {
    match check(request.headers(), &state.token) {
        Ok(()) => next.run(request).await,
        Err(failure) => {
            // Answering before the body has been read would close the connection, and the caller might see that
            // instead of the answer. A body above the limit is not awaited.
            let _ = axum::body::to_bytes(request.into_body(), BODY_LIMIT).await;
            failure.into_response()
        }
    }
}

/// Returns whether these headers contain the token.
pub(crate) fn is_present(headers: &HeaderMap, token: &str) -> bool {
    check(headers, token).is_ok()
}

fn check(headers: &HeaderMap, token: &str) -> Result<(), Failure> {
    let given = headers.get(HEADER).ok_or(Failure::TokenMissing)?;
    if given.as_bytes() == token.as_bytes() {
        Ok(())
    } else {
        Err(Failure::TokenWrong)
    }
}
