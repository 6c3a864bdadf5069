//! Operators (endpoints 2 to 5), and the deletion of a user (14).

use axum::extract::State as Shared;
use rusqlite::Connection;
use serde::Serialize;

use super::{envelope::Success, failure::Failure, fields, parameters::Parameters};
use crate::{
    state::State,
    store::{assignments, domains, users},
};

/// A name in two parts (endpoints 4, 7 and 13).
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Name {
    pub(super) last_name: String,
    pub(super) first_name: String,
}

#[derive(Serialize)]
pub(super) struct AddedOperator {
    name: String,
    email: String,
}

/// An operator. `N` is the name: a text in endpoint 3, a [`Name`] in endpoint 4.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Operator<N> {
    name: N,
    email: String,
    status: i64,
    active: i64,
    operator: bool,
    add_ons: Vec<AddOn>,
}

#[derive(Serialize)]
struct AddOn {
    status: i64,
}

impl<N> Operator<N> {
    fn new(user: users::User, name: fn(String, String) -> N) -> Self {
        Self {
            name: name(user.first_name, user.last_name),
            email: user.email,
            status: user.presence,
            active: user.login,
            operator: user.is_operator,
            add_ons: user
                .live_chat
                .into_iter()
                .map(|status| AddOn { status })
                .collect(),
        }
    }
}

/// The answer to endpoints 11, 12 and 14.
#[derive(Serialize)]
pub(super) struct Operators {
    pub(super) operators: &'static str,
}

/// `POST auth/addon/live_chat/operator/add`
pub(super) async fn add(
    Shared(state): Shared<State>,
    mut parameters: Parameters,
) -> Result<Success<AddedOperator>, Failure> {
    let email = parameters.required("email", fields::email);
    let name = parameters.required("name", fields::name);
    let (email, (first, last)) = parameters.finish(email.zip(name))?;
    let added = state.store.write(move |transaction| {
        if users::find(transaction, &email)?.is_some() {
            return Err(Failure::OperatorExists);
        }
        users::add_operator(transaction, &email, &first, &last)?;
        Ok(AddedOperator {
            name: one_text(first, last),
            email,
        })
    });
    added.await.map(Success)
}

/// `GET auth/addon/live_chat/operator/get`
pub(super) async fn get(
    Shared(state): Shared<State>,
    mut parameters: Parameters,
) -> Result<Success<Operator<String>>, Failure> {
    let email = parameters.required("email", fields::email);
    let email = parameters.finish(email)?;
    let found = state
        .store
        .read(move |connection| find(connection, &email))
        .await?;
    Ok(Success(Operator::new(found, one_text)))
}

/// `GET auth/addon/live_chat/operator/list`
pub(super) async fn list(
    Shared(state): Shared<State>,
) -> Result<Success<Vec<Operator<Name>>>, Failure> {
    let users = state
        .store
        .read(users::list)
        .await
        .map_err(Failure::Database)?;
    let name = |first_name, last_name| Name {
        last_name,
        first_name,
    };
    Ok(Success(
        users
            .into_iter()
            .map(|user| Operator::new(user, name))
            .collect(),
    ))
}

/// `PUT auth/addon/live_chat/operator/update`
pub(super) async fn update(
    Shared(state): Shared<State>,
    mut parameters: Parameters,
) -> Result<Success<&'static str>, Failure> {
    let email = parameters.required("email", fields::email);
    let status = parameters.required("status", fields::zero_or_one);
    let names = match status {
        Some(true) => parameters
            .optional("domain", fields::domains)
            .unwrap_or_default(),
        _ => Vec::new(),
    };
    let (email, on) = parameters.finish(email.zip(status))?;
    let updated = state.store.write(move |transaction| {
        let user = find(transaction, &email)?;
        users::set_live_chat(transaction, user.id, on)?;
        for name in names {
            let domain = domains::find(transaction, &name)?.ok_or(Failure::UnknownDomain)?;
            assignments::add(transaction, domain.id, user.id)?;
        }
        Ok("Record Updated Successfully")
    });
    updated.await.map(Success)
}

/// `DELETE auth/user/delete`
pub(super) async fn delete_user(
    Shared(state): Shared<State>,
    mut parameters: Parameters,
) -> Result<Success<Operators>, Failure> {
    let email = parameters.required("email", fields::email);
    let email = parameters.finish(email)?;
    let deleted = state.store.write(move |transaction| {
        let user = users::find(transaction, &email)?.ok_or(Failure::UnknownUser)?;
        if user.role.as_deref() == Some("admin") {
            return Err(Failure::AdminStays);
        }
        users::delete(transaction, user.id)?;
        Ok(Operators {
            operators: "User Deleted Successfully",
        })
    });
    deleted.await.map(Success)
}

pub(super) fn find(connection: &Connection, email: &str) -> Result<users::User, Failure> {
    users::find(connection, email)?.ok_or(Failure::UnknownOperator)
}

fn one_text(first: String, last: String) -> String {
    format!("{first} {last}").trim().to_owned()
}
