//! Sends the calls of one connection and renews its token. When the API refuses the token, the call waits, the panel asks for a new token,
//! and the call is sent again with it. A deletion or removal also waits for the user's confirmation ([`Confirmations`]).
//!
//! The API did not carry out a call that it refused for its token, so sending it again is not a second write.

use futures_channel::oneshot;
use leptos::prelude::*;
use switchboard_api::{Answer, ApiError, Connection, Endpoint};
use switchboard_model::journal::Change;
use web_sys::AbortController;

use super::call_log::CallLog;
use super::confirmation::Confirmations;
use super::transport;

/// What a call that was refused for its token does once there is another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Renewed {
    /// It is sent again.
    SendAgain,
    /// It is sent again once the user has confirmed this change.
    Confirm(Change),
}

impl Renewed {
    /// What the call for a change does.
    pub(super) fn of(change: &Change) -> Self {
        if change.is_destructive() {
            Self::Confirm(change.clone())
        } else {
            Self::SendAgain
        }
    }
}

/// Holds the connection that every call goes through, and the request for a new token.
#[derive(Clone, Copy)]
pub struct Auth {
    connection: StoredValue<Connection>,
    calls: CallLog,
    asked: RwSignal<bool>,
    refusal: RwSignal<Option<ApiError>>,
    /// Whether it is neither entered nor declined yet.
    pending: StoredValue<bool>,
    /// Whether there is no token at all: nothing is sent.
    suspended: StoredValue<bool>,
    waiting: StoredValue<Vec<oneshot::Sender<bool>>>,
    confirmations: Confirmations,
    /// How many calls were begun.
    begun: StoredValue<u64>,
    /// How many of them were begun when the user wanted to enter no token; nothing while that did not happen.
    declined: StoredValue<Option<u64>>,
}

impl Auth {
    pub(super) fn new(connection: Connection, calls: CallLog) -> Self {
        Self {
            connection: StoredValue::new(connection),
            calls,
            asked: RwSignal::new(false),
            refusal: RwSignal::new(None),
            pending: StoredValue::new(false),
            suspended: StoredValue::new(false),
            waiting: StoredValue::default(),
            confirmations: Confirmations::new(),
            begun: StoredValue::new(0),
            declined: StoredValue::new(None),
        }
    }

    /// The connection as it is now.
    #[must_use]
    pub fn connection(&self) -> Connection {
        self.connection.get_value()
    }

    /// Whether a token is being asked for. Who stops asking without a new token calls [`Self::decline`].
    #[must_use]
    pub fn asked(&self) -> RwSignal<bool> {
        self.asked
    }

    /// What the last refused call was answered, tracked.
    #[must_use]
    pub fn refusal(&self) -> Option<ApiError> {
        self.refusal.get()
    }

    /// The deletions and removals that wait for a press.
    #[must_use]
    pub fn confirmations(&self) -> Confirmations {
        self.confirmations
    }

    /// Whether another token is what is missing. A 403 says that this one is known, and may not do this.
    #[must_use]
    pub fn asks_for_a_token(error: &ApiError) -> bool {
        matches!(error, ApiError::NotAuthorised { http_status, .. } if *http_status != 403)
    }

    /// Asks for a token, because the user wants to enter one.
    pub fn ask(&self) {
        self.declined.set_value(None);
        self.pending.set_value(true);
        self.asked.set(true);
    }

    /// There will be no new token for now: what waits for one ends as it was refused, and reads do not ask again by themselves. Nothing
    /// where none is being asked for.
    pub fn decline(&self) {
        let was_pending = self.pending.try_update_value(std::mem::take);
        if was_pending != Some(true) {
            return;
        }
        let begun = self.begun.try_get_value();
        self.declined.try_set_value(begun);
        self.tell(false);
    }

    /// Sends nothing from now on, and has every call wait for a token: the connection was ended in another tab.
    pub fn suspend(&self) {
        // What waits goes on waiting.
        self.pending.try_set_value(false);
        self.asked.try_set(false);
        self.suspended.try_set_value(true);
        self.connection.try_update_value(Connection::forget_token);
    }

    /// Ends everything that waits, as it was refused: the connection goes.
    pub(super) fn close(&self) {
        self.confirmations.drop_all();
        self.tell(false);
    }

    /// Goes on with a new token.
    pub(super) fn renew(&self, connection: Connection) {
        self.connection.try_set_value(connection);
        self.declined.try_set_value(None);
        self.pending.try_set_value(false);
        self.suspended.try_set_value(false);
        self.tell(true);
    }

    fn tell(&self, renewed: bool) {
        self.asked.try_set(false);
        let waiting = self.waiting.try_update_value(std::mem::take);
        for tell in waiting.unwrap_or_default() {
            // Who waited may be gone.
            let _ = tell.send(renewed);
        }
    }

    /// Makes a call; once more for each new token, where it was refused for its token.
    pub(super) async fn call<E: Endpoint>(
        self,
        endpoint: &E,
        abandon: Option<AbortController>,
        renewed: Renewed,
    ) -> Result<Answer<E::Payload>, ApiError> {
        loop {
            let connection = self.connection.try_get_value();
            let connection = connection.ok_or(ApiError::Cancelled)?;
            let begun = self.begin();
            let result = self.send(&connection, endpoint, abandon.clone()).await;
            match &result {
                Err(error) if Self::asks_for_a_token(error) => {
                    let is_read = E::METHOD.is_read();
                    let goes_on = self.goes_on(begun, is_read, &connection, error, &renewed);
                    if !goes_on.await {
                        return result;
                    }
                }
                _ => return result,
            }
        }
    }

    /// Makes a call. Where it is refused for its token, another one is asked for, and the call ends as it was refused: who made it decides
    /// what happens once there is a new one.
    pub(super) async fn call_once<E: Endpoint>(
        self,
        endpoint: &E,
    ) -> Result<Answer<E::Payload>, ApiError> {
        let connection = self.connection.try_get_value();
        let connection = connection.ok_or(ApiError::Cancelled)?;
        let result = self.send(&connection, endpoint, None).await;
        if let Err(error) = &result
            && Self::asks_for_a_token(error)
        {
            let now = self.connection.try_get_value();
            if now.is_some_and(|now| now.token == connection.token) {
                self.ask_after(error);
            }
        }
        result
    }

    /// Sends a call, unless there is no token.
    async fn send<E: Endpoint>(
        self,
        connection: &Connection,
        endpoint: &E,
        abandon: Option<AbortController>,
    ) -> Result<Answer<E::Payload>, ApiError> {
        if self.is_suspended() {
            return Err(not_sent());
        }
        transport::call(self.calls, connection, endpoint, abandon).await
    }

    /// Asks for a token because a call was refused for the present one. With none at all, the session asks.
    fn ask_after(self, error: &ApiError) {
        if self.is_suspended() {
            return;
        }
        self.refusal.try_set(Some(error.clone()));
        self.pending.try_set_value(true);
        self.asked.try_set(true);
    }

    fn begin(&self) -> u64 {
        self.begun
            .try_update_value(|begun| {
                *begun += 1;
                *begun
            })
            .unwrap_or_default()
    }

    fn is_suspended(&self) -> bool {
        self.suspended.try_get_value().unwrap_or(true)
    }

    /// Waits until a call that was refused may be sent again. False when it may not.
    async fn goes_on(
        self,
        begun: u64,
        is_read: bool,
        refused: &Connection,
        error: &ApiError,
        renewed: &Renewed,
    ) -> bool {
        if !self.wait(begun, is_read, refused, error).await {
            return false;
        }
        match renewed {
            Renewed::SendAgain => true,
            Renewed::Confirm(change) => {
                let confirmed = self.confirmations.ask(change.clone());
                confirmed.await.unwrap_or(false)
            }
        }
    }

    /// Waits for a token that is not the refused one. False when there will be none.
    async fn wait(self, begun: u64, is_read: bool, refused: &Connection, error: &ApiError) -> bool {
        let is_suspended = self.is_suspended();
        match self.connection.try_get_value() {
            None => return false,
            // Somebody has entered another one while this call was on its way.
            Some(now) if now.token != refused.token && !is_suspended => return true,
            Some(_) => {}
        }
        if !is_suspended
            && let Some(declined) = self.declined.try_get_value().flatten()
            && (is_read || begun <= declined)
        {
            return false;
        }
        let (tell, told) = oneshot::channel();
        self.waiting.try_update_value(|waiting| waiting.push(tell));
        self.ask_after(error);
        told.await.unwrap_or(false)
    }
}

/// How a call ends that was never sent, because there was no token.
fn not_sent() -> ApiError {
    ApiError::NotAuthorised {
        http_status: 401,
        field_errors: Vec::new(),
        raw: String::new(),
    }
}

#[cfg(test)]
mod tests;
