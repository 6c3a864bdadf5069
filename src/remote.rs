//! The reactive layer over the API: one shared answer for each read, and writes that know which reads they invalidate.
//!
//! A page calls [`Remote::read`] for each answer that it shows and [`Remote::write`] for each change. All subscribers share a read. It is
//! shown from the cache, refreshed in the background, and aborted when the last subscriber leaves. A write is never aborted, and never sent
//! twice.

mod auth;
mod cache;
mod call_log;
mod confirmation;
mod gate;
mod invalidation;
mod inverse;
mod probe;
mod read;
mod redact;
mod transport;
mod write;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::endpoints::GetOrganisation;
use switchboard_api::{Answer, ApiError, Connection, DomainName, Endpoint, Organisation, Token};

pub use auth::Auth;
pub use call_log::{Call, CallEnd, CallLog, KeptAnswer};
pub use confirmation::Confirmations;
pub use invalidation::{ReadEndpoint, ReadKey, StaleRead, WriteEndpoint};
pub use inverse::Journalled;
pub use probe::{Reach, SandboxInfo, barred, find_sandbox, reach};
pub use read::{Fetched, Read};

use crate::browser::network::Network;
use crate::journal::ChangeJournal;
use cache::Cache;
pub use cache::Outdated;

/// The reactive layer of one connection, in context below the guard.
#[derive(Clone, Copy)]
pub struct Remote {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    /// The reads that a run's writes have invalidated and that are not fetched again yet. `None`: each write fetches
    /// them at once.
    invalidation_batch: Option<StoredValue<Vec<StaleRead>>>,
}

struct Inner {
    auth: Auth,
    journal: ChangeJournal,
    cache: Cache,
}

impl Remote {
    /// Provides the layer for a connection as context. Another connection gets another layer, so that no answer
    /// crosses over. `greeting` is the organisation's answer, if it is known already.
    pub fn provide(connection: Connection, greeting: Option<Arc<Organisation>>) -> Self {
        let calls = CallLog::get();
        calls.keep_only(&connection.base_url);
        let auth = Auth::new(connection, calls);
        // A call that still waits when the connection goes would wait forever.
        on_cleanup(move || auth.close());
        let cache = Cache::new(auth);
        if let Some(organisation) = greeting {
            cache.put(GetOrganisation, organisation);
        }
        let remote = Self {
            inner: StoredValue::new_local(Rc::new(Inner {
                auth,
                journal: ChangeJournal::get(),
                cache,
            })),
            invalidation_batch: None,
        };
        Network::get().on_return(move || {
            if let Some(inner) = remote.inner.try_get_value() {
                inner.cache.network_returned();
            }
        });
        provide_context(remote);
        remote
    }

    /// Returns when the oldest answer on the screen came, in milliseconds since 1970-01-01 UTC; `None` while there is
    /// none. Tracked.
    #[must_use]
    pub fn oldest_in_view(&self) -> Option<u64> {
        let inner = self.inner.try_get_value()?;
        inner.cache.oldest_in_view()
    }

    /// Returns when the oldest of the page's answers came, in milliseconds since 1970-01-01 UTC; `None` until all
    /// have come. Tracked.
    #[must_use]
    pub fn loaded_at(&self) -> Option<u64> {
        let inner = self.inner.try_get_value()?;
        inner.cache.loaded_at()
    }

    /// Returns whether something on the screen is being fetched, tracked.
    #[must_use]
    pub fn is_refreshing(&self) -> bool {
        let inner = self.inner.try_get_value();
        inner.is_some_and(|inner| inner.cache.is_busy())
    }

    /// Returns whether something on the screen is an earlier answer because fetching it again failed, tracked.
    #[must_use]
    pub fn is_failing(&self) -> bool {
        let inner = self.inner.try_get_value();
        inner.is_some_and(|inner| inner.cache.is_failing())
    }

    /// Fetches everything on the screen again.
    pub fn refresh(&self) {
        if let Some(inner) = self.inner.try_get_value() {
            inner.cache.refresh_view(0, |_| true);
            inner.cache.note_refresh(true);
        }
    }

    /// Fetches what is on the screen and at least `age` milliseconds old again.
    pub fn refresh_old(&self, age: u64) {
        if let Some(inner) = self.inner.try_get_value() {
            inner.cache.refresh_view(age, |_| true);
            inner.cache.note_refresh(false);
        }
    }

    /// Fetches who is present again (endpoints 3 and 4), if that is on the screen and at least `age` milliseconds old.
    pub fn refresh_presence(&self, age: u64) {
        if let Some(inner) = self.inner.try_get_value() {
            inner.cache.refresh_view(age, |read| {
                matches!(read, ReadKey::Operators | ReadKey::Operator(_))
            });
        }
    }

    /// Returns a handle for the rows of runs. It fetches what they invalidate once, at [`Remote::flush_invalidation_batch`], not after each
    /// row. The journal gets one entry for the run, not one for each row. A write that is refused for its token does not wait for another
    /// one: the run does.
    #[must_use]
    pub fn for_runs(self) -> Self {
        Self {
            invalidation_batch: Some(StoredValue::new(Vec::new())),
            ..self
        }
    }

    /// Returns whether this handle is for the rows of runs.
    #[must_use]
    pub fn is_for_runs(&self) -> bool {
        self.invalidation_batch.is_some()
    }

    /// Returns the layer of this page.
    ///
    /// # Panics
    /// When called outside the guard, which is a programming error.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Returns the connection that every call goes through.
    #[must_use]
    pub fn connection(&self) -> Connection {
        self.auth().connection()
    }

    /// Returns the current token; `None` once the connection is gone.
    #[must_use]
    pub fn token(&self) -> Option<Token> {
        let inner = self.inner.try_get_value()?;
        Some(inner.auth.connection().token)
    }

    /// Returns what sends the calls and renews the token.
    #[must_use]
    pub fn auth(&self) -> Auth {
        self.inner.with_value(|inner| inner.auth)
    }

    /// Sets a new token. Sends the calls that wait for one, and fetches again what the API refused for the old one.
    pub fn renew(&self, connection: Connection) {
        self.inner.with_value(|inner| {
            inner.auth.renew(connection);
            inner.cache.renewed();
        });
    }

    /// Subscribes the calling component to a read, and fetches it unless a fresh answer is cached.
    pub fn read<E: ReadEndpoint>(&self, endpoint: E) -> Read<E::Payload> {
        let inner = self.inner.get_value();
        let read = inner.cache.subscribe(endpoint.clone());
        let remote = *self;
        on_cleanup(move || {
            if let Some(inner) = remote.inner.try_get_value() {
                inner.cache.unsubscribe(endpoint.key());
            }
        });
        read
    }

    /// Subscribes to a read's cached state without triggering a request.
    pub fn peek<E: ReadEndpoint>(&self, endpoint: E) -> Read<E::Payload> {
        self.inner.with_value(|inner| inner.cache.peek(endpoint))
    }

    /// Returns the last answer to a read, if there is one. Sends nothing.
    #[must_use]
    pub fn cached<E: ReadEndpoint>(&self, endpoint: E) -> Option<Arc<E::Payload>> {
        let inner = self.inner.try_get_value()?;
        inner.cache.cached(&endpoint)
    }

    /// Returns the last answer to a read, unless it is 30 seconds old, a write has invalidated it, or the last call
    /// failed. Sends nothing.
    #[must_use]
    pub fn recent<E: ReadEndpoint>(&self, endpoint: &E) -> Option<Arc<E::Payload>> {
        let inner = self.inner.try_get_value()?;
        inner.cache.recent(endpoint)
    }

    /// Returns the last answer to a read of any age, unless a write has invalidated it since. Sends nothing.
    #[must_use]
    pub fn fresh<E: ReadEndpoint>(&self, endpoint: &E) -> Option<Arc<E::Payload>> {
        let inner = self.inner.try_get_value()?;
        inner.cache.fresh(endpoint)
    }

    /// Returns whether the API said, at its last answer about a domain, that it does not exist. Untracked; sends
    /// nothing.
    #[must_use]
    pub fn is_missing(&self, domain: &DomainName) -> bool {
        let inner = self.inner.try_get_value();
        inner.is_some_and(|inner| inner.cache.is_missing(domain))
    }

    /// Returns the writes and refreshes so far, tracked: for what shows answers without a subscription.
    #[must_use]
    pub fn outdated(&self) -> Outdated {
        let inner = self.inner.try_get_value();
        inner
            .map(|inner| inner.cache.outdated())
            .unwrap_or_default()
    }

    /// Counts an answer as part of the page while the calling component lives, although it has no subscription.
    pub fn keep_in_view<E: ReadEndpoint>(&self, endpoint: E) {
        self.inner
            .with_value(|inner| inner.cache.view(&endpoint, true));
        let remote = *self;
        on_cleanup(move || {
            if let Some(inner) = remote.inner.try_get_value() {
                inner.cache.view(&endpoint, false);
            }
        });
    }

    /// Fetches an answer now, for example after a write whose outcome is unknown. Joins a call in flight; every
    /// subscriber sees the answer.
    ///
    /// # Errors
    /// How the call ended.
    pub async fn fetch<E: ReadEndpoint>(&self, endpoint: E) -> Result<Arc<E::Payload>, ApiError> {
        let inner = self.inner.try_get_value().ok_or(ApiError::Cancelled)?;
        inner.cache.fetch(endpoint).await
    }

    /// As [`Self::fetch`], unless the last answer is less than 30 seconds old and no write has invalidated it.
    ///
    /// # Errors
    /// How the call ended.
    pub async fn fetch_if_old<E: ReadEndpoint>(
        &self,
        endpoint: E,
    ) -> Result<Arc<E::Payload>, ApiError> {
        let inner = self.inner.try_get_value().ok_or(ApiError::Cancelled)?;
        inner.cache.fetch_if_old(endpoint).await
    }
}

/// Makes one call through a connection that is not (yet) the session's, to find out whether it works.
///
/// # Errors
/// How the call ended.
pub async fn try_connection<E: Endpoint>(
    calls: CallLog,
    connection: &Connection,
    endpoint: &E,
) -> Result<Answer<E::Payload>, ApiError> {
    transport::typed::<E>(transport::call(calls, connection, endpoint, None).await)
}
