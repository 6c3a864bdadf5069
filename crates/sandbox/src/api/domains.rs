//! Domains (endpoints 6 to 9).

use axum::{extract::State as Shared, http::HeaderMap};
use serde::Serialize;

use super::{
    assignments::Assignment, envelope::Success, failure::Failure, fields, find_domain::find_domain,
    parameters::Parameters,
};
use crate::{
    state::State,
    store::{assignments, domains},
    widget,
};

/// The answer of endpoint 6, the only call that returns the embed code.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AddedDomain {
    name: String,
    email: String,
    link: String,
    socket_link: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Domain {
    name: String,
    email: String,
    status: bool,
    addon_unique_name: String,
    operators: Vec<Assignment>,
}

/// `POST auth/addon/live_chat/domain/add`
pub(super) async fn add(
    Shared(state): Shared<State>,
    headers: HeaderMap,
    mut parameters: Parameters,
) -> Result<Success<AddedDomain>, Failure> {
    let name = parameters.required("domain", fields::domain);
    let email = parameters.required("email", fields::email);
    let (name, email) = parameters.finish(name.zip(email))?;
    let code = widget::EmbedCode::new(&state.origin(&headers), &name);
    let added = state.store.write(move |transaction| {
        if domains::find(transaction, &name)?.is_some() {
            return Err(Failure::DomainExists);
        }
        domains::add(transaction, &name, &email)?;
        Ok(AddedDomain {
            name,
            email,
            link: code.link,
            socket_link: code.socket_link,
        })
    });
    added.await.map(Success)
}

/// `GET auth/addon/live_chat/domain/get`
pub(super) async fn get(
    Shared(state): Shared<State>,
    mut parameters: Parameters,
) -> Result<Success<Domain>, Failure> {
    let name = parameters.required("domain", fields::domain);
    let name = parameters.finish(name)?;
    let found = state.store.read(move |connection| {
        let domain = find_domain(connection, &name)?;
        let operators = assignments::list(connection, domain.id)?
            .into_iter()
            .map(Assignment::from)
            .collect();
        Ok::<_, Failure>(Domain {
            name: domain.name,
            email: domain.email,
            status: domain.active,
            addon_unique_name: domain.addon_unique_name,
            operators,
        })
    });
    found.await.map(Success)
}

/// `PUT auth/addon/live_chat/domain/update`
pub(super) async fn update(
    Shared(state): Shared<State>,
    mut parameters: Parameters,
) -> Result<Success<&'static str>, Failure> {
    let name = parameters.required("domain", fields::domain);
    let new_name = parameters.optional("new_domain", fields::new_domain);
    let active = parameters.optional("status", fields::true_or_false);
    let email = parameters.optional("email", fields::email);
    let name = parameters.finish(name)?;
    if new_name.is_none() && active.is_none() && email.is_none() {
        return Err(Failure::NothingToChange(&["new_domain", "status", "email"]));
    }
    let updated = state.store.write(move |transaction| {
        let domain = find_domain(transaction, &name)?;
        if let Some(new_name) = &new_name
            && domains::find(transaction, new_name)?.is_some_and(|other| other.id != domain.id)
        {
            return Err(Failure::DomainExists);
        }
        domains::update(
            transaction,
            domain.id,
            new_name.as_deref(),
            active,
            email.as_deref(),
        )?;
        Ok("Domain Update Successfully")
    });
    updated.await.map(Success)
}

/// `DELETE auth/addon/live_chat/domain/delete`
pub(super) async fn delete(
    Shared(state): Shared<State>,
    mut parameters: Parameters,
) -> Result<Success<&'static str>, Failure> {
    let name = parameters.required("domain", fields::domain);
    let name = parameters.finish(name)?;
    let deleted = state.store.write(move |transaction| {
        let domain = find_domain(transaction, &name)?;
        domains::delete(transaction, domain.id)?;
        Ok::<_, Failure>("Domain Deleted Successfully")
    });
    deleted.await.map(Success)
}
