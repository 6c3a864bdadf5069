//! The reactive layer over the API: one shared answer for each read, and writes that know which reads they make stale.
//!
//! A page calls [`Remote::read`] for each answer that it shows and [`Remote::write`] for each change. Reads are shared by everybody who
//! asks for the same, shown at once when they are known, refreshed behind the page, and aborted when nobody looks any more. A write is
//! never aborted, and never sent twice.

mod cache;
mod probe;
mod read;
mod staleness;
mod transport;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::endpoints::GetOrganisation;
use switchboard_api::{Answer, ApiError, Connection, Endpoint, Organisation};

pub use probe::{Reach, SandboxInfo, find_sandbox, reach};
pub use read::{Fetched, Read};
pub use staleness::{ReadEndpoint, StaleRead, WriteEndpoint};

use cache::Cache;

/// The reactive layer of one connection, in context below the guard.
#[derive(Clone, Copy)]
pub struct Remote {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

struct Inner {
    connection: Connection,
    cache: Cache,
}

impl Remote {
    /// Puts the layer for a connection into context. Another connection gets another layer: no answer crosses over.
    /// `greeting` is the organisation's answer where it is known already.
    pub fn provide(connection: Connection, greeting: Option<Arc<Organisation>>) -> Self {
        let cache = Cache::default();
        if let Some(organisation) = greeting {
            cache.put(GetOrganisation, organisation);
        }
        let remote = Self {
            inner: StoredValue::new_local(Rc::new(Inner { connection, cache })),
        };
        provide_context(remote);
        remote
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
        self.inner.with_value(|inner| inner.connection.clone())
    }

    /// The answer to a read: known at once or on its way, for as long as the calling component lives.
    pub fn read<E: ReadEndpoint>(&self, endpoint: E) -> Read<E::Payload> {
        let inner = self.inner.get_value();
        let read = inner.cache.subscribe(&inner.connection, endpoint);
        let (remote, key) = (*self, read.key());
        on_cleanup(move || {
            if let Some(inner) = remote.inner.try_get_value() {
                inner.cache.unsubscribe(&key);
            }
        });
        read
    }

    /// The last answer to a read, if there was one. Asks nobody.
    #[must_use]
    pub fn known<E: ReadEndpoint>(&self, endpoint: E) -> Option<Arc<E::Payload>> {
        self.inner.with_value(|inner| inner.cache.known(endpoint))
    }

    /// Asks now, for whoever must know before going on: after a write whose outcome is not known, above all. Joins a call that is on
    /// its way; everybody who looks at this read sees the answer.
    ///
    /// # Errors
    /// What the call ended with.
    pub async fn ask<E: ReadEndpoint>(&self, endpoint: E) -> Result<Arc<E::Payload>, ApiError> {
        let inner = self.inner.get_value();
        inner.cache.ask(&inner.connection, endpoint).await
    }

    /// Sends a write, once, to its end, and refreshes what it made stale: also when its outcome is not known.
    ///
    /// # Errors
    /// What the call ended with. [`ApiError::outcome_unknown`] says whether the change may have happened all the same.
    pub async fn write<E: WriteEndpoint>(
        &self,
        endpoint: E,
    ) -> Result<Answer<E::Payload>, ApiError> {
        let inner = self.inner.get_value();
        let result = transport::call(&inner.connection, &endpoint, None).await;
        if result
            .as_ref()
            .map_or_else(ApiError::outcome_unknown, |_| true)
        {
            for stale in endpoint.makes_stale() {
                inner.cache.refresh(&inner.connection, stale);
            }
        }
        result
    }
}

/// Makes one call through a connection that is not (yet) the session's, to see whether it works.
///
/// # Errors
/// What the call ended with.
pub async fn try_connection<E: Endpoint>(
    connection: &Connection,
    endpoint: &E,
) -> Result<Answer<E::Payload>, ApiError> {
    transport::call(connection, endpoint, None).await
}
