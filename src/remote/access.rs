//! The way to the API of one connection, and what happens when its token is refused in the middle of work: whatever was refused waits, a
//! new token is asked for, and what waited goes on with it.
//!
//! A call that was refused for its token was not carried out, so that sending it again is no second write.

use futures_channel::oneshot;
use leptos::prelude::*;
use switchboard_api::{Answer, ApiError, Connection, Endpoint, Token};
use web_sys::AbortController;

use super::calls::CallLog;
use super::transport;

/// The connection that every call goes through, and whether its token is being asked for.
#[derive(Clone, Copy)]
pub struct Access {
    connection: StoredValue<Connection>,
    calls: CallLog,
    asked: RwSignal<bool>,
    refusal: RwSignal<Option<ApiError>>,
    /// Whether it is neither entered nor declined yet.
    pending: StoredValue<bool>,
    waiting: StoredValue<Vec<oneshot::Sender<bool>>>,
    /// How many calls were begun.
    begun: StoredValue<u64>,
    /// How many of them were begun when the user wanted to enter no token; nothing while that did not happen.
    declined: StoredValue<Option<u64>>,
}

impl Access {
    pub(super) fn new(connection: Connection, calls: CallLog) -> Self {
        Self {
            connection: StoredValue::new(connection),
            calls,
            asked: RwSignal::new(false),
            refusal: RwSignal::new(None),
            pending: StoredValue::new(false),
            waiting: StoredValue::default(),
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

    /// Goes on with a new token.
    pub(super) fn renew(&self, token: Token) {
        self.connection
            .try_update_value(|connection| connection.token = token);
        self.declined.try_set_value(None);
        self.pending.try_set_value(false);
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
    ) -> Result<Answer<E::Payload>, ApiError> {
        loop {
            let connection = self.connection.try_get_value();
            let connection = connection.ok_or(ApiError::Cancelled)?;
            let begun = self.begin();
            let result = transport::call(self.calls, &connection, endpoint, abandon.clone()).await;
            match &result {
                Err(error) if Self::asks_for_a_token(error) => {
                    let goes_on = self.wait(begun, E::METHOD.is_read(), &connection, error);
                    if !goes_on.await {
                        return result;
                    }
                }
                _ => return result,
            }
        }
    }

    fn begin(&self) -> u64 {
        self.begun
            .try_update_value(|begun| {
                *begun += 1;
                *begun
            })
            .unwrap_or_default()
    }

    /// Waits for a token that is not the refused one. False when there will be none.
    async fn wait(self, begun: u64, is_read: bool, refused: &Connection, error: &ApiError) -> bool {
        match self.connection.try_get_value() {
            None => return false,
            // Somebody has entered another one while this call was on its way.
            Some(now) if now.token != refused.token => return true,
            Some(_) => {}
        }
        if let Some(declined) = self.declined.try_get_value().flatten()
            && (is_read || begun <= declined)
        {
            return false;
        }
        let (tell, told) = oneshot::channel();
        self.waiting.try_update_value(|waiting| waiting.push(tell));
        self.refusal.try_set(Some(error.clone()));
        self.pending.try_set_value(true);
        self.asked.try_set(true);
        told.await.unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_token_is_asked_for_and_a_missing_permission_is_not() {
        let refused = |http_status| ApiError::NotAuthorised {
            http_status,
            complaints: Vec::new(),
            raw: String::new(),
        };
        assert!(Access::asks_for_a_token(&refused(401)));
        assert!(Access::asks_for_a_token(&refused(200)));
        assert!(!Access::asks_for_a_token(&refused(403)));
        assert!(!Access::asks_for_a_token(&ApiError::Cancelled));
    }
}
