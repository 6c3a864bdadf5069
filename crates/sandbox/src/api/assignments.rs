//! Operators on domains (endpoints 10 to 13).

use axum::extract::State as Shared;
use serde::Serialize;

use super::{
    envelope::Success,
    failure::Failure,
    fields,
    find_domain::find_domain,
    operators::{self, Name, Operators},
    parameters::Parameters,
};
use crate::{state::State, store::assignments};

const UPDATED: Operators = Operators {
    operators: "Operator Updated Successfully",
};

/// A domain operator (endpoints 7 and 13).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Assignment {
    name: Name,
    is_admin: bool,
    chat_status: bool,
    active: bool,
    user_id: String,
    email: String,
}

impl From<assignments::Assignment> for Assignment {
    fn from(row: assignments::Assignment) -> Self {
        Self {
            name: Name {
                last_name: row.last_name,
                first_name: row.first_name,
            },
            is_admin: row.is_admin,
            chat_status: row.shown_online,
            active: row.gets_messages,
            // 24 hex digits, as in the reference, and unique for each user.
            user_id: format!("64b7f0c2a1d3e4f5{:08x}", row.user_id),
            email: row.email,
        }
    }
}

/// `POST auth/addon/live_chat/domain/operator/add`
pub(super) async fn add(
    Shared(state): Shared<State>,
    parameters: Parameters,
) -> Result<Success<&'static str>, Failure> {
    let (domain, email) = pair(parameters)?;
    let added = state.store.write(move |transaction| {
        let domain = find_domain(transaction, &domain)?;
        let user = operators::find(transaction, &email)?;
        if !assignments::add(transaction, domain.id, user.id)? {
            return Err(Failure::AlreadyOnDomain);
        }
        Ok("Operator Added Successfully")
    });
    added.await.map(Success)
}

/// `PUT auth/addon/live_chat/domain/operator/update`
pub(super) async fn update(
    Shared(state): Shared<State>,
    mut parameters: Parameters,
) -> Result<Success<Operators>, Failure> {
    let is_admin = parameters.optional("is_admin", fields::true_or_false);
    let online_status = parameters.optional("online_status", fields::true_or_false);
    let active = parameters.optional("active", fields::true_or_false);
    let (domain, email) = pair(parameters)?;
    if is_admin.is_none() && online_status.is_none() && active.is_none() {
        return Err(Failure::NothingToChange(&[
            "is_admin",
            "online_status",
            "active",
        ]));
    }
    let updated = state.store.write(move |transaction| {
        let domain = find_domain(transaction, &domain)?;
        let user = operators::find(transaction, &email)?;
        if !assignments::update(
            transaction,
            domain.id,
            user.id,
            is_admin,
            online_status,
            active,
        )? {
            return Err(Failure::NotOnDomain);
        }
        Ok(UPDATED)
    });
    updated.await.map(Success)
}

/// `PUT auth/addon/live_chat/domain/operator/remove`
pub(super) async fn remove(
    Shared(state): Shared<State>,
    parameters: Parameters,
) -> Result<Success<Operators>, Failure> {
    let (domain, email) = pair(parameters)?;
    let removed = state.store.write(move |transaction| {
        let domain = find_domain(transaction, &domain)?;
        let user = operators::find(transaction, &email)?;
        if !assignments::remove(transaction, domain.id, user.id)? {
            return Err(Failure::NotOnDomain);
        }
        Ok(UPDATED)
    });
    removed.await.map(Success)
}

/// `GET auth/addon/live_chat/domain/operator/list`
pub(super) async fn list(
    Shared(state): Shared<State>,
    mut parameters: Parameters,
) -> Result<Success<Vec<Assignment>>, Failure> {
    let name = parameters.required("domain", fields::domain);
    let name = parameters.finish(name)?;
    let listed = state.store.read(move |connection| {
        let domain = find_domain(connection, &name)?;
        Ok::<_, Failure>(assignments::list(connection, domain.id)?)
    });
    Ok(Success(
        listed.await?.into_iter().map(Assignment::from).collect(),
    ))
}

/// Reads the two parameters that identify an assignment.
fn pair(mut parameters: Parameters) -> Result<(String, String), Failure> {
    let domain = parameters.required("domain", fields::domain);
    let email = parameters.required("email", fields::email);
    parameters.finish(domain.zip(email))
}
