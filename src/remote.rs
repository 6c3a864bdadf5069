//! The reactive layer over the API: one shared answer for each read, and writes that know which reads they make stale.
//!
//! A page calls [`Remote::read`] for each answer that it shows and [`Remote::write`] for each change. Reads are shared by everybody who
//! asks for the same, shown at once when they are known, refreshed behind the page, and aborted when nobody looks any more. A write is
//! never aborted, and never sent twice.

mod access;
mod cache;
mod calls;
mod changes;
mod probe;
mod read;
mod redact;
mod staleness;
mod transport;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::endpoints::GetOrganisation;
use switchboard_api::{Answer, ApiError, Connection, Endpoint, Organisation, Token};
use switchboard_model::journal::{Change, Seen};

pub use access::Access;
pub use calls::{Call, CallEnd, CallLog, KeptAnswer};
pub use changes::Journalled;
pub use probe::{Reach, SandboxInfo, barred, find_sandbox, reach};
pub use read::{Fetched, Read};
pub use staleness::{ReadEndpoint, StaleRead, WriteEndpoint};

use crate::changes::Changes;
use cache::Cache;

/// The reactive layer of one connection, in context below the guard.
#[derive(Clone, Copy)]
pub struct Remote {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    /// What writes through this handle made stale and was not asked again yet; nothing where it is asked again at once.
    held: Option<StoredValue<Vec<StaleRead>>>,
}

struct Inner {
    access: Access,
    changes: Changes,
    cache: Cache,
}

impl Remote {
    /// Puts the layer for a connection into context. Another connection gets another layer: no answer crosses over.
    /// `greeting` is the organisation's answer where it is known already.
    pub fn provide(connection: Connection, greeting: Option<Arc<Organisation>>) -> Self {
        let calls = CallLog::get();
        calls.keep_only(&connection.base_url);
        let access = Access::new(connection, calls);
        // What still waits for a token when the connection goes would wait for ever.
        on_cleanup(move || access.decline());
        let cache = Cache::new(access);
        if let Some(organisation) = greeting {
            cache.put(GetOrganisation, organisation);
        }
        let remote = Self {
            inner: StoredValue::new_local(Rc::new(Inner {
                access,
                changes: Changes::get(),
                cache,
            })),
            held: None,
        };
        provide_context(remote);
        remote
    }

    /// The same layer for many writes in a row: what they make stale is asked again at [`Remote::release`], once, not after each of them.
    #[must_use]
    pub fn holding(self) -> Self {
        Self {
            held: Some(StoredValue::new(Vec::new())),
            ..self
        }
    }

    /// Asks again for what the writes through this handle made stale.
    pub fn release(&self) {
        let held = self
            .held
            .and_then(|held| held.try_update_value(std::mem::take));
        let inner = self.inner.try_get_value();
        if let (Some(held), Some(inner)) = (held, inner) {
            for stale in held {
                inner.cache.refresh(stale);
            }
        }
    }

    /// The layer of this page.
    ///
    /// # Panics
    /// When called outside the guard: a mistake of the programmer, not of the world.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// The connection that everything here goes through.
    #[must_use]
    pub fn connection(&self) -> Connection {
        self.access().connection()
    }

    /// The way to the API, and whether its token is being asked for.
    #[must_use]
    pub fn access(&self) -> Access {
        self.inner.with_value(|inner| inner.access)
    }

    /// Goes on with a new token: what waits for one, and what was refused for the old one and is still looked at.
    pub fn renew(&self, token: Token) {
        self.inner.with_value(|inner| {
            inner.access.renew(token);
            inner.cache.renewed();
        });
    }

    /// The answer to a read: known at once or on its way, for as long as the calling component lives.
    pub fn read<E: ReadEndpoint>(&self, endpoint: E) -> Read<E::Payload> {
        let inner = self.inner.get_value();
        let read = inner.cache.subscribe(endpoint);
        let (remote, key) = (*self, read.key());
        on_cleanup(move || {
            if let Some(inner) = remote.inner.try_get_value() {
                inner.cache.unsubscribe(&key);
            }
        });
        read
    }

    /// What is known of a read and what becomes known of it, for whoever shows it without asking: a row whose turn to ask comes later.
    pub fn glance<E: ReadEndpoint>(&self, endpoint: E) -> Read<E::Payload> {
        self.inner.with_value(|inner| inner.cache.glance(endpoint))
    }

    /// The last answer to a read, if there was one. Asks nobody.
    #[must_use]
    pub fn known<E: ReadEndpoint>(&self, endpoint: E) -> Option<Arc<E::Payload>> {
        self.inner.with_value(|inner| inner.cache.known(endpoint))
    }

    /// The last answer to a read, unless a write has made it untrue since. Asks nobody.
    #[must_use]
    pub fn certain<E: ReadEndpoint>(&self, endpoint: &E) -> Option<Arc<E::Payload>> {
        let inner = self.inner.try_get_value()?;
        inner.cache.certain(endpoint)
    }

    /// Asks now, for whoever must know before going on: after a write whose outcome is not known, above all. Joins a call that is on
    /// its way; everybody who looks at this read sees the answer.
    ///
    /// # Errors
    /// What the call ended with.
    pub async fn ask<E: ReadEndpoint>(&self, endpoint: E) -> Result<Arc<E::Payload>, ApiError> {
        let inner = self.inner.try_get_value().ok_or(ApiError::Cancelled)?;
        inner.cache.ask(endpoint).await
    }

    /// Sends a write, once, to its end, notes it in the journal, and refreshes what it made stale: also when its outcome is not known.
    ///
    /// # Errors
    /// What the call ended with. [`ApiError::outcome_unknown`] says whether the change may have happened all the same.
    pub async fn write<E: WriteEndpoint>(
        &self,
        endpoint: E,
    ) -> Result<Answer<E::Payload>, ApiError> {
        self.carry_out(endpoint, async || false).await.0
    }

    /// As [`Self::write`], for a write that the API refuses when it was done already. A browser may send it twice where we send it once: when
    /// a connection that it used before breaks in the middle. It then comes back refused, though it was done. So `came_about` looks after a
    /// refusal. Nothing for an answer when the change was found.
    ///
    /// # Errors
    /// What the call ended with.
    pub async fn write_or_find<E: WriteEndpoint>(
        &self,
        endpoint: E,
        came_about: impl AsyncFnOnce() -> bool,
    ) -> Result<Option<Answer<E::Payload>>, ApiError> {
        match self.carry_out(endpoint, came_about).await {
            (Err(_), true) => Ok(None),
            (result, _) => result.map(Some),
        }
    }

    /// What the call ended with, and whether it was refused and done all the same.
    async fn carry_out<E: WriteEndpoint>(
        &self,
        endpoint: E,
        came_about: impl AsyncFnOnce() -> bool,
    ) -> (Result<Answer<E::Payload>, ApiError>, bool) {
        let Some(inner) = self.inner.try_get_value() else {
            return (Err(ApiError::Cancelled), false);
        };
        let (change, inverse) = (endpoint.change(), endpoint.undone_by(&inner.cache));
        let result = inner.access.call(&endpoint, None).await;
        let is_refused = matches!(result, Err(ApiError::Refused { .. }));
        let is_found = is_refused && came_about().await;
        let seen = if is_found {
            Some(Seen::Worked)
        } else {
            seen(result.as_ref().err())
        };
        if let Some(seen) = seen {
            let changes = inner.changes;
            // After whoever waits for the answer: what came back may have to be stored before anything else is.
            spawn_local(async move { changes.note(change, seen, inverse) });
            self.make_stale(&inner, endpoint.makes_stale());
        }
        (result, is_found)
    }

    fn make_stale(&self, inner: &Inner, reads: Vec<StaleRead>) {
        match self.held {
            None => {
                for stale in reads {
                    inner.cache.refresh(stale);
                }
            }
            // Gone with the page that held it: nobody looks any more.
            Some(held) => drop(held.try_update_value(|held| {
                for stale in reads {
                    if !held.iter().any(|one| one.covers(&stale)) {
                        held.push(stale);
                    }
                }
            })),
        }
    }

    /// Notes in the journal what was found of a write whose answer was lost.
    pub fn looked_up(&self, change: &Change, happened: bool) {
        // Who waited for a write may outlive the connection that it went through.
        if let Some(inner) = self.inner.try_get_value() {
            inner.changes.looked_up(change, happened);
        }
    }
}

/// What was seen of a write, from what went wrong; nothing when it surely changed nothing.
fn seen(error: Option<&ApiError>) -> Option<Seen> {
    match error {
        None | Some(ApiError::NoPayload { .. }) => Some(Seen::Worked),
        Some(error) => error.outcome_unknown().then_some(Seen::Unknown),
    }
}

/// Makes one call through a connection that is not (yet) the session's, to see whether it works.
///
/// # Errors
/// What the call ended with.
pub async fn try_connection<E: Endpoint>(
    calls: CallLog,
    connection: &Connection,
    endpoint: &E,
) -> Result<Answer<E::Payload>, ApiError> {
    transport::call(calls, connection, endpoint, None).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_counts_as_made_unless_the_api_said_that_it_was_not() {
        let warned = ApiError::NoPayload {
            warning: "Careful".to_owned(),
        };
        let limited = ApiError::RateLimited {
            retry_after: None,
            raw: String::new(),
        };
        assert_eq!(seen(None), Some(Seen::Worked));
        assert_eq!(seen(Some(&warned)), Some(Seen::Worked));
        assert_eq!(seen(Some(&ApiError::Cancelled)), Some(Seen::Unknown));
        assert_eq!(seen(Some(&limited)), None);
    }
}
