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
use super::transport::{self, AnyAnswer, AnyCall, InFlight, typed};

/// What to do with a call that was refused for its token, once there is a new token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Renewed {
    SendAgain,
    /// Send it again once the user has confirmed this change.
    Confirm(Change),
}

impl Renewed {
    /// Returns what to do with the call for a change.
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
    /// Whether the token is neither entered nor declined yet.
    pending: StoredValue<bool>,
    /// Whether there is no token at all. Nothing is sent then.
    suspended: StoredValue<bool>,
    waiting: StoredValue<Vec<oneshot::Sender<bool>>>,
    confirmations: Confirmations,
    /// The number of calls that have begun.
    begun: StoredValue<u64>,
    /// The number of calls that had begun when the user declined to enter a token; `None` until then.
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

    /// Returns the current connection.
    #[must_use]
    pub fn connection(&self) -> Connection {
        self.connection.get_value()
    }

    /// Returns whether the panel asks for a token. The dialog calls [`Self::decline`] when it closes without one.
    #[must_use]
    pub fn asked(&self) -> RwSignal<bool> {
        self.asked
    }

    /// Returns the error of the last refused call, tracked.
    #[must_use]
    pub fn refusal(&self) -> Option<ApiError> {
        self.refusal.get()
    }

    /// Returns the deletions and removals that wait for confirmation.
    #[must_use]
    pub fn confirmations(&self) -> Confirmations {
        self.confirmations
    }

    /// Returns whether an error calls for another token. A 403 does not: the API knows the token, but it lacks the
    /// permission.
    #[must_use]
    pub fn asks_for_a_token(error: &ApiError) -> bool {
        matches!(error, ApiError::NotAuthorised { http_status, .. } if *http_status != 403)
    }

    /// Opens the request for a token at the user's wish.
    pub fn ask(&self) {
        self.declined.set_value(None);
        self.pending.set_value(true);
        self.asked.set(true);
    }

    /// Ends the request for a token without one. Waiting calls end as refused, and reads do not ask again by
    /// themselves. Does nothing if there is no request.
    pub fn decline(&self) {
        let was_pending = self.pending.try_update_value(std::mem::take);
        if was_pending != Some(true) {
            return;
        }
        let begun = self.begun.try_get_value();
        self.declined.try_set_value(begun);
        self.tell(false);
    }

    /// Sends nothing from now on and makes every call wait for a token, because another tab has ended the connection.
    pub fn suspend(&self) {
        // Calls that wait keep waiting.
        self.pending.try_set_value(false);
        self.asked.try_set(false);
        self.suspended.try_set_value(true);
        self.connection.try_update_value(Connection::forget_token);
    }

    /// Ends every waiting call as refused, because the connection goes.
    pub(super) fn close(&self) {
        self.confirmations.drop_all();
        self.tell(false);
    }

    /// Continues with a new token.
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
            // The receiver may be gone.
            let _ = tell.send(renewed);
        }
    }

    /// Makes a call. If it is refused for its token, sends it again with each new token.
    pub(super) async fn call<E: Endpoint>(
        self,
        endpoint: &E,
        abandon: Option<AbortController>,
        renewed: Renewed,
    ) -> Result<Answer<E::Payload>, ApiError> {
        typed::<E>(self.call_any(endpoint, abandon, renewed).await)
    }

    /// Makes a call. If it is refused for its token, asks for another one and ends as refused: the caller decides
    /// what to do once there is a new token.
    pub(super) async fn call_once<E: Endpoint>(
        self,
        endpoint: &E,
    ) -> Result<Answer<E::Payload>, ApiError> {
        typed::<E>(self.call_any_once(endpoint).await)
    }

    fn call_any(
        self,
        call: &dyn AnyCall,
        abandon: Option<AbortController>,
        renewed: Renewed,
    ) -> InFlight<'_> {
        Box::pin(async move {
            loop {
                let connection = self.connection.try_get_value();
                let connection = connection.ok_or(ApiError::Cancelled)?;
                let begun = self.begin();
                let result = self.send(&connection, call, abandon.clone()).await;
                match &result {
                    Err(error) if Self::asks_for_a_token(error) => {
                        let is_read = call.is_read();
                        let goes_on = self.goes_on(begun, is_read, &connection, error, &renewed);
                        if !goes_on.await {
                            return result;
                        }
                    }
                    _ => return result,
                }
            }
        })
    }

    fn call_any_once(self, call: &dyn AnyCall) -> InFlight<'_> {
        Box::pin(async move {
            let connection = self.connection.try_get_value();
            let connection = connection.ok_or(ApiError::Cancelled)?;
            let result = self.send(&connection, call, None).await;
            if let Err(error) = &result
                && Self::asks_for_a_token(error)
            {
                let now = self.connection.try_get_value();
                if now.is_some_and(|now| now.token == connection.token) {
                    self.ask_after(error);
                }
            }
            result
        })
    }

    /// Sends a call, unless there is no token.
    async fn send(
        self,
        connection: &Connection,
        call: &dyn AnyCall,
        abandon: Option<AbortController>,
    ) -> AnyAnswer {
        if self.is_suspended() {
            return Err(not_sent());
        }
        transport::call(self.calls, connection, call, abandon).await
    }

    /// Asks for a token because a call was refused for the current one. If there is no token at all, the session
    /// asks.
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

    /// Waits until a refused call may be sent again. Returns false if it may not.
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

    /// Waits for a token that differs from the refused one. Returns false if there will be none.
    async fn wait(self, begun: u64, is_read: bool, refused: &Connection, error: &ApiError) -> bool {
        let is_suspended = self.is_suspended();
        match self.connection.try_get_value() {
            None => return false,
            // The user has entered another token while this call was in flight.
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

/// Returns the error of a call that was not sent because there was no token.
fn not_sent() -> ApiError {
    ApiError::NotAuthorised {
        http_status: 401,
        field_errors: Vec::new(),
        raw: String::new(),
    }
}

#[cfg(test)]
mod tests;
