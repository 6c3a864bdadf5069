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

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::endpoints::GetOrganisation;
use switchboard_api::{
    Absence, Answer, ApiError, Connection, DomainName, Endpoint, Organisation, Sought, Token,
};
use switchboard_model::journal::{Change, Entry, Seen};

pub use auth::Auth;
pub use call_log::{Call, CallEnd, CallLog, KeptAnswer};
pub use confirmation::Confirmations;
pub use invalidation::{ReadEndpoint, ReadKey, StaleRead, WriteEndpoint};
pub use inverse::Journalled;
pub use probe::{Reach, SandboxInfo, barred, find_sandbox, reach};
pub use read::{Fetched, Read};

use crate::browser::network::Network;
use crate::journal::ChangeJournal;
use auth::Renewed;
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

    /// Fetches again what the writes through this handle have invalidated.
    pub fn flush_invalidation_batch(&self) {
        let batch = self
            .invalidation_batch
            .and_then(|batch| batch.try_update_value(std::mem::take));
        let inner = self.inner.try_get_value();
        if let (Some(batch), Some(inner)) = (batch, inner) {
            for stale in &batch {
                inner.cache.refresh(stale);
            }
        }
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
        self.inner.with_value(|inner| inner.cache.cached(&endpoint))
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

    /// Sends a write once, records it in the journal, and refreshes what it invalidates, even if its outcome is
    /// unknown. It is never aborted.
    ///
    /// # Errors
    /// How the call ended. [`ApiError::outcome_unknown`] says whether the change may have happened nevertheless.
    pub async fn write<E: WriteEndpoint>(
        &self,
        endpoint: E,
    ) -> Result<Answer<E::Payload>, ApiError> {
        self.carry_out(endpoint, async || false).await.0
    }

    /// As [`Self::write`], for a write that the API refuses when it was made already. If a reused connection breaks,
    /// the browser resends the call by itself, and the second answer is a refusal although the first call worked. So
    /// `came_about` looks the change up after a refusal. Returns `None` if the change was found.
    ///
    /// # Errors
    /// How the call ended.
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

    /// Sends the write. Returns how the call ended, and whether it was refused but made nevertheless.
    async fn carry_out<E: WriteEndpoint>(
        &self,
        endpoint: E,
        came_about: impl AsyncFnOnce() -> bool,
    ) -> (Result<Answer<E::Payload>, ApiError>, bool) {
        let Some(inner) = self.inner.try_get_value() else {
            return (Err(ApiError::Cancelled), false);
        };
        let (change, inverse) = (endpoint.change(), endpoint.undone_by(&inner.cache));
        let before = inverse::before(&change, &inner.cache);
        // Before it is sent, because the page may be closed before the answer arrives. A run is its own entry.
        let entry = self
            .invalidation_batch
            .is_none()
            .then(|| inner.journal.begin(change.clone(), inverse, before));
        let result = if self.invalidation_batch.is_some() {
            inner.auth.call_once(&endpoint).await
        } else {
            let renewed = Renewed::of(&change);
            inner.auth.call(&endpoint, None, renewed).await
        };
        let is_refused = matches!(result, Err(ApiError::Refused { .. }));
        let is_found = is_refused && came_about().await;
        let seen = if is_found {
            Some(Seen::Worked)
        } else {
            seen(result.as_ref().err())
        };
        let reads = endpoint.invalidates();
        self.note_end(&inner, entry, &change, seen, result.as_ref().err(), reads);
        (result, is_found)
    }

    /// Records in the journal what was seen of a write, and invalidates the reads that are stale because of it. Not
    /// generic, so that the program contains it once.
    fn note_end(
        &self,
        inner: &Inner,
        entry: Option<Entry>,
        change: &Change,
        seen: Option<Seen>,
        error: Option<&ApiError>,
        reads: Vec<StaleRead>,
    ) {
        if let Some(entry) = entry {
            let journal = inner.journal;
            // After the caller has the answer, because it may have to store an embed code first.
            spawn_local(async move { journal.end(entry, seen) });
        }
        let is_absent = |domain: &&DomainName| {
            let absence = error.map(|error| error.absence(Sought::Domain(domain)));
            absence == Some(Absence::Certain)
        };
        match (seen, change.domain().filter(is_absent)) {
            (Some(seen), _) => invalidate(&inner.cache, self.invalidation_batch, seen, reads),
            // The API denies that the domain exists, so a page that shows it reads it again.
            (None, Some(domain)) => {
                let reads = vec![StaleRead::Domain(domain.clone())];
                invalidate(&inner.cache, self.invalidation_batch, Seen::Worked, reads);
            }
            (None, None) => {}
        }
    }

    /// Returns whether this browser has sent a newer change of the same value than a change whose answer was lost.
    #[must_use]
    pub fn is_superseded(&self, change: &Change) -> bool {
        let inner = self.inner.try_get_value();
        inner.is_some_and(|inner| inner.journal.is_superseded(change))
    }

    /// Records in the journal what a look-up found out about a write whose answer was lost.
    pub fn looked_up(&self, change: &Change, happened: bool) {
        // The write may have outlived its connection.
        if let Some(inner) = self.inner.try_get_value()
            && self.invalidation_batch.is_none()
        {
            inner.journal.looked_up(change, happened);
        }
    }
}

/// Invalidates the reads that a write has made stale: at the next flush of the `batch`, or at once if there is none. A
/// lost answer invalidates them at once, because its look-up must not join a read that began before the write.
fn invalidate(
    cache: &Cache,
    batch: Option<StoredValue<Vec<StaleRead>>>,
    seen: Seen,
    reads: Vec<StaleRead>,
) {
    match batch.filter(|_| seen != Seen::Unknown) {
        None => {
            for stale in &reads {
                cache.refresh(stale);
            }
        }
        // Fails after the page is disposed: then nothing subscribes to the reads.
        Some(batch) => drop(batch.try_update_value(|batch| {
            for stale in reads {
                if !batch.iter().any(|one| one.covers(&stale)) {
                    batch.push(stale);
                }
            }
        })),
    }
}

/// Returns what was seen of a write, from its error; `None` if it certainly changed nothing.
fn seen(error: Option<&ApiError>) -> Option<Seen> {
    match error {
        None | Some(ApiError::NoPayload { .. }) => Some(Seen::Worked),
        Some(error) => error.outcome_unknown().then_some(Seen::Unknown),
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

#[cfg(test)]
mod tests {
    use leptos::reactive::owner::Owner;
    use switchboard_api::endpoints::ListOperators;

    use super::*;

    #[test]
    fn lost_answer_in_a_run_invalidates_reads_at_once() {
        Owner::new().with(|| {
            let connection = Connection::new(
                "https://acme.example/".parse().expect("a base URL"),
                "t0ken".parse().expect("a token"),
            );
            let cache = Cache::new(Auth::new(connection, CallLog::empty()));
            let read = cache.peek(ListOperators);
            let is_invalid = || read.get_untracked().superseded;
            let batch = StoredValue::new(Vec::new());
            let stale = || vec![StaleRead::Operators];
            invalidate(&cache, Some(batch), Seen::Worked, stale());
            assert_eq!((is_invalid(), batch.get_value()), (false, stale()));
            invalidate(&cache, Some(batch), Seen::Unknown, stale());
            assert!(is_invalid());
        });
    }

    #[test]
    fn write_is_recorded_unless_the_api_denied_it() {
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
