//! The cache of reads, shared by all subscribers.
//!
//! A cached answer is shown while it is refreshed in the background. One call serves all subscribers; when the last one leaves, the call is
//! aborted.

mod entry;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use futures_channel::oneshot;
use leptos::prelude::*;
use switchboard_api::endpoints::{GetDomain, GetOperator, ListAssignments, ListOperators};
use switchboard_api::{ApiError, Assignment, Domain, DomainName, Email, LiveChatStatus};

use super::auth::Auth;
use super::invalidation::{ReadEndpoint, StaleRead};
use super::inverse::Known;
use super::read::{AnyEntry, Read};
use crate::browser::clock;
use entry::{Entry, FetchResult};

/// How many old answers are refreshed at once when the window gains focus: a page of domains has two reads for each row.
const REFRESHED_AT_ONCE: usize = 20;

pub(super) struct Cache {
    entries: RefCell<Vec<Rc<dyn AnyEntry>>>,
    auth: Auth,
    /// Notified whenever a call begins or ends.
    changed: ArcTrigger,
}

impl Cache {
    /// Returns an empty cache whose calls go through a connection.
    pub(super) fn new(auth: Auth) -> Self {
        Self {
            entries: RefCell::default(),
            auth,
            changed: ArcTrigger::new(),
        }
    }

    /// Adds a subscriber to a read, and starts the call if the entry is stale.
    pub(super) fn subscribe<E: ReadEndpoint>(&self, endpoint: E) -> Read<E::Payload> {
        let entry = self.entry(endpoint);
        entry.watchers.set(entry.watchers.get() + 1);
        if entry.is_stale() {
            Rc::clone(&entry).start();
        }
        Read::new(entry.state.clone(), entry)
    }

    /// Returns a read's state without a subscriber and without a request.
    pub(super) fn peek<E: ReadEndpoint>(&self, endpoint: E) -> Read<E::Payload> {
        let entry = self.entry(endpoint);
        Read::new(entry.state.clone(), entry)
    }

    /// Returns the last answer, untracked.
    pub(super) fn cached<E: ReadEndpoint>(&self, endpoint: E) -> Option<Arc<E::Payload>> {
        self.entry(endpoint)
            .state
            .with_untracked(|state| state.data.clone())
    }

    /// Stores an answer that came another way.
    pub(super) fn put<E: ReadEndpoint>(&self, endpoint: E, answer: Arc<E::Payload>) {
        self.entry(endpoint).take_in(answer, None);
    }

    /// Returns the last answer, unless a write has invalidated it since. Sends nothing.
    pub(super) fn fresh<E: ReadEndpoint>(&self, endpoint: &E) -> Option<Arc<E::Payload>> {
        let key = endpoint.stale_read();
        let entry = self
            .entries
            .borrow()
            .iter()
            .find(|entry| entry.key() == key)
            .cloned();
        let entry = entry?.as_any().downcast::<Entry<E>>().ok()?;
        entry.state.with_untracked(|state| {
            let fresh = state.data.as_ref().filter(|_| !state.superseded);
            fresh.cloned()
        })
    }

    /// Returns the answer of the call in flight, or else of a new one. Every subscriber sees it too.
    pub(super) async fn fetch<E: ReadEndpoint>(&self, endpoint: E) -> FetchResult<E::Payload> {
        let (tell, told) = oneshot::channel();
        let entry = self.entry(endpoint);
        entry.waiting.borrow_mut().push(tell);
        AnyEntry::fetch(entry);
        told.await.unwrap_or(Err(ApiError::Cancelled))
    }

    /// Removes a subscriber. When the last one leaves, the call in flight is aborted; the answer stays cached.
    pub(super) fn unsubscribe(&self, key: &StaleRead) {
        if let Some(entry) = self
            .entries
            .borrow()
            .iter()
            .find(|entry| entry.key() == *key)
        {
            entry.unwatch();
        }
    }

    /// Invalidates reads: fetches those with subscribers now, and the others at their next subscription.
    pub(super) fn refresh(&self, stale: StaleRead) {
        let covered: Vec<_> = self
            .entries
            .borrow()
            .iter()
            .filter(|entry| stale.covers(&entry.key()))
            .cloned()
            .collect();
        for entry in covered {
            entry.supersede();
        }
    }

    /// Fetches again the reads with subscribers that the API refused for the token.
    pub(super) fn renewed(&self) {
        // A copy, because starting a call may access the entries.
        let entries = self.entries.borrow().clone();
        for entry in entries {
            entry.renewed();
        }
    }

    /// Fetches again the reads with subscribers that failed or are old, because the network has returned.
    pub(super) fn network_returned(&self) {
        // A copy, because starting a call may access the entries.
        let entries = self.entries.borrow().clone();
        for entry in entries {
            entry.network_returned();
        }
    }

    /// Fetches what is in view again: every read that `is_meant`, or those that are at least `age` milliseconds old.
    pub(super) fn refresh_view(&self, age: u64, is_meant: impl Fn(&StaleRead) -> bool) {
        let now = clock::now();
        let entries = self.entries.borrow().clone().into_iter();
        // A failed call counts, or every focus would call an API that is down. An answer that came another way has no
        // call.
        let tried = entries.filter_map(|entry| {
            let answered = entry.answered_at()?;
            let asked = Some(entry.asked_at()).filter(|at| *at > 0);
            Some((asked.unwrap_or(answered), entry))
        });
        let mut old: Vec<_> = tried
            .filter(|(at, entry)| is_old(*at, now, age) && is_meant(&entry.key()))
            .collect();
        old.sort_by_key(|(at, _)| *at);
        if age > 0 {
            old.truncate(REFRESHED_AT_ONCE);
        }
        for (_, entry) in old {
            entry.fetch();
        }
    }

    /// Returns whether a read with subscribers is being fetched, tracked.
    pub(super) fn is_busy(&self) -> bool {
        self.changed.track();
        let entries = self.entries.borrow();
        entries.iter().any(|entry| entry.is_busy())
    }

    /// Returns when the oldest answer with subscribers came, in milliseconds since 1970-01-01 UTC; `None` while there
    /// is none. Tracked.
    pub(super) fn oldest_in_view(&self) -> Option<u64> {
        self.changed.track();
        let entries = self.entries.borrow();
        entries.iter().filter_map(|entry| entry.answered_at()).min()
    }

    /// Returns when the oldest of the page's answers came, in milliseconds since 1970-01-01 UTC; `None` until all
    /// have come. Tracked.
    pub(super) fn loaded_at(&self) -> Option<u64> {
        self.changed.track();
        let entries = self.entries.borrow();
        let mut of_page = Vec::new();
        let mut of_organisation = None;
        for entry in entries.iter().filter(|entry| entry.is_watched()) {
            // Every page shows the organisation's name, so its age matters only if nothing else is shown.
            if entry.key() == StaleRead::Organisation {
                of_organisation = entry.answered_at();
            } else {
                of_page.push(entry.answered_at()?);
            }
        }
        of_page.into_iter().min().or(of_organisation)
    }

    fn entry<E: ReadEndpoint>(&self, endpoint: E) -> Rc<Entry<E>> {
        let key = endpoint.stale_read();
        let found = self
            .entries
            .borrow()
            .iter()
            .find(|entry| entry.key() == key)
            .cloned();
        if let Some(entry) = found.and_then(|entry| entry.as_any().downcast::<Entry<E>>().ok()) {
            return entry;
        }
        let entry = Rc::new(Entry::new(endpoint, self.auth, self.changed.clone()));
        self.entries
            .borrow_mut()
            .push(Rc::clone(&entry) as Rc<dyn AnyEntry>);
        entry
    }
}

impl Known for Cache {
    fn assignment(&self, domain: &DomainName, email: &Email) -> Option<Assignment> {
        let domain = domain.clone();
        let there = self.fresh(&ListAssignments { domain })?;
        there.iter().find(|one| one.email == *email).cloned()
    }

    fn domain(&self, name: &DomainName) -> Option<Domain> {
        let domain = name.clone();
        self.fresh(&GetDomain { domain })
            .map(|domain| (*domain).clone())
    }

    fn live_chat(&self, email: &Email) -> Option<LiveChatStatus> {
        let one = self.fresh(&GetOperator {
            email: email.clone(),
        });
        if let Some(operator) = one {
            return operator.live_chat.clone();
        }
        let all = self.fresh(&ListOperators)?;
        let operator = all.iter().find(|operator| operator.email == *email)?;
        operator.live_chat.clone()
    }
}

/// Returns whether a time `at` is at least `age` before `now`, in milliseconds. A time in the future counts as old,
/// because the clock was set back.
fn is_old(at: u64, now: u64, age: u64) -> bool {
    at > now || now - at >= age
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_that_was_set_back_makes_everything_old() {
        assert!(!is_old(70_000, 90_000, 30_000));
        assert!(is_old(60_000, 90_000, 30_000));
        assert!(is_old(90_000, 60_000, 30_000));
        assert!(is_old(90_000, 90_000, 0));
    }
}
