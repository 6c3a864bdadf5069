//! The fourteen endpoints, from HTTP to the store and back. `fields` validates parameters, `failure` defines the
//! refusals, [`crate::store`] has the SQL.

mod assignments;
mod domains;
mod envelope;
mod failure;
mod fields;
mod find_domain;
mod operators;
mod organisation;
mod parameters;
mod token;

use axum::{
    Router,
    middleware::from_fn_with_state,
    routing::{delete, get, post, put},
};

use crate::state::State;
use failure::Failure;

/// Returns whether these headers contain the token.
pub(crate) use token::is_present as brings_token;

/// Returns the routes below `/auth`, behind the token.
pub(crate) fn routes(state: &State) -> Router<State> {
    let chat = "/addon/live_chat";
    Router::new()
        .route("/organisation", get(organisation::get))
        .route(&format!("{chat}/operator/add"), post(operators::add))
        .route(&format!("{chat}/operator/get"), get(operators::get))
        .route(&format!("{chat}/operator/list"), get(operators::list))
        .route(&format!("{chat}/operator/update"), put(operators::update))
        .route(&format!("{chat}/domain/add"), post(domains::add))
        .route(&format!("{chat}/domain/get"), get(domains::get))
        .route(&format!("{chat}/domain/update"), put(domains::update))
        .route(&format!("{chat}/domain/delete"), delete(domains::delete))
        .route(
            &format!("{chat}/domain/operator/add"),
            post(assignments::add),
        )
        .route(
            &format!("{chat}/domain/operator/update"),
            put(assignments::update),
        )
        .route(
            &format!("{chat}/domain/operator/remove"),
            put(assignments::remove),
        )
        .route(
            &format!("{chat}/domain/operator/list"),
            get(assignments::list),
        )
        .route("/user/delete", delete(operators::delete_user))
        .fallback(async || Failure::UnknownPath)
        .method_not_allowed_fallback(async || Failure::WrongMethod)
        .layer(from_fn_with_state(state.clone(), token::require))
}
