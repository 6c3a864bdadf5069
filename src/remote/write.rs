//! Sends writes: each once, with its entry in the journal, and with the reads that it makes stale.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::{Absence, Answer, ApiError, DomainName, Sought};
use switchboard_model::journal::{Change, Entry, Seen};

use super::auth::Renewed;
use super::cache::Cache;
use super::invalidation::{StaleRead, WriteEndpoint};
use super::{Inner, Remote, inverse};

impl Remote {
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
        let reads = match seen {
            Some(_) => reads,
            // The state differs from what the page shows, so the page reads it again.
            None => {
                let of_domain = change.domain().filter(is_absent).cloned();
                let refused = reads.into_iter().filter(|_| is_about_state(error));
                let mut reads: Vec<StaleRead> = refused.collect();
                // Once: another invalidation would abort the call of the first.
                let of_domain = of_domain.map(StaleRead::Domain);
                reads.extend(of_domain.filter(|one| !reads.iter().any(|other| other.covers(one))));
                reads
            }
        };
        let seen = seen.unwrap_or(Seen::Worked);
        invalidate(&inner.cache, self.invalidation_batch, seen, reads);
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

/// Returns whether a refusal is about the present state, such as "does not exist on this domain", rather than about a
/// field.
fn is_about_state(error: Option<&ApiError>) -> bool {
    let Some(ApiError::Refused { field_errors, .. }) = error else {
        return false;
    };
    field_errors.iter().all(|one| one.field.is_none())
}

/// Returns what was seen of a write, from its error; `None` if it certainly changed nothing.
fn seen(error: Option<&ApiError>) -> Option<Seen> {
    match error {
        None | Some(ApiError::NoPayload { .. }) => Some(Seen::Worked),
        Some(error) => error.outcome_unknown().then_some(Seen::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use leptos::reactive::owner::Owner;
    use switchboard_api::Connection;
    use switchboard_api::endpoints::ListOperators;

    use super::super::{Auth, CallLog};
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
