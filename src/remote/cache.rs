//! The cache of reads, shared by all subscribers.
//!
//! A cached answer is shown while it is refreshed in the background. One call serves all subscribers; when the last one leaves, the call is
//! aborted.

mod entries;
mod entry;
mod page_age;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use futures_channel::oneshot;
use leptos::prelude::*;
use switchboard_api::endpoints::{GetDomain, GetOperator, ListAssignments, ListOperators};
use switchboard_api::{ApiError, Assignment, Domain, DomainName, Email, LiveChatStatus};

use super::auth::Auth;
use super::invalidation::{ReadEndpoint, ReadKey, StaleRead};
use super::inverse::Known;
use super::read::{AnyEntry, Read};
use entries::Entries;
use entry::{Entry, FetchResult};

/// The writes and refreshes so far: for what shows answers without a subscription.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outdated {
    /// The number of times that a write made answers untrue.
    pub writes: u32,
    /// The number of refreshes of what is shown.
    pub refreshes: u32,
    /// Whether the last refresh was for answers of any age: the user asked for it.
    pub is_forced: bool,
}

pub(super) struct Cache {
    entries: RefCell<Entries<Rc<dyn AnyEntry>>>,
    auth: Auth,
    /// Notified whenever a call begins or ends.
    changed: ArcTrigger,
    outdated: ArcRwSignal<Outdated>,
}

impl Cache {
    /// Returns an empty cache whose calls go through a connection.
    pub(super) fn new(auth: Auth) -> Self {
        Self {
            entries: RefCell::default(),
            auth,
            changed: ArcTrigger::new(),
            outdated: ArcRwSignal::new(Outdated::default()),
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
    pub(super) fn cached<E: ReadEndpoint>(&self, endpoint: &E) -> Option<Arc<E::Payload>> {
        let entry = self.find(endpoint)?;
        entry.state.with_untracked(|state| state.data.clone())
    }

    /// Counts an answer as shown, or no longer, although it has no subscriber.
    pub(super) fn view<E: ReadEndpoint>(&self, endpoint: &E, is_shown: bool) {
        if let Some(entry) = self.find(endpoint) {
            entry.view(is_shown);
            self.changed.notify();
        }
    }

    /// Stores an answer that came another way.
    pub(super) fn put<E: ReadEndpoint>(&self, endpoint: E, answer: Arc<E::Payload>) {
        self.entry(endpoint).take_in(answer, None);
    }

    /// Returns the last answer, unless it is old, a write has invalidated it, or the last call failed. Sends nothing.
    pub(super) fn recent<E: ReadEndpoint>(&self, endpoint: &E) -> Option<Arc<E::Payload>> {
        self.find(endpoint)?.recent()
    }

    /// Returns the last answer of any age, unless a write has invalidated it since. Sends nothing.
    pub(super) fn fresh<E: ReadEndpoint>(&self, endpoint: &E) -> Option<Arc<E::Payload>> {
        let entry = self.find(endpoint)?;
        entry.state.with_untracked(|state| {
            let fresh = state.data.as_ref().filter(|_| !state.superseded);
            fresh.cloned()
        })
    }

    /// Returns whether the API said, at its last answer about a domain, that it does not exist. Untracked.
    pub(super) fn is_missing(&self, domain: &DomainName) -> bool {
        let entries = self.entries.borrow();
        let keys = [ReadKey::Domain(domain), ReadKey::Assignments(domain)];
        let times = keys.into_iter().filter_map(|key| entries.get(key));
        let [denied, answered] = times.fold([0; 2], |[denied, answered], entry| {
            let [one, other] = entry.denied_and_answered_at();
            [denied.max(one), answered.max(other)]
        });
        denied > answered
    }

    /// Returns the answer of the call in flight, or else of a new one. Every subscriber sees it too.
    pub(super) async fn fetch<E: ReadEndpoint>(&self, endpoint: E) -> FetchResult<E::Payload> {
        outcome(self.entry(endpoint)).await
    }

    /// As [`Self::fetch`], unless the last answer is recent.
    pub(super) async fn fetch_if_old<E: ReadEndpoint>(
        &self,
        endpoint: E,
    ) -> FetchResult<E::Payload> {
        let entry = self.entry(endpoint);
        match entry.recent() {
            Some(answer) => Ok(answer),
            None => outcome(entry).await,
        }
    }

    /// Removes a subscriber. When the last one leaves, the call in flight is aborted; the answer stays cached.
    pub(super) fn unsubscribe(&self, key: ReadKey<'_>) {
        if let Some(entry) = self.entries.borrow().get(key) {
            entry.unwatch();
        }
    }

    /// Invalidates reads: fetches those with subscribers now, and the others at their next subscription.
    pub(super) fn refresh(&self, stale: &StaleRead) {
        let lists = |entry: &Rc<dyn AnyEntry>, email: &Email| entry.lists(email);
        let covered = self.entries.borrow().covered(stale, lists);
        // A write about operators creates no domain.
        let may_exist_now = !matches!(stale, StaleRead::DomainsOf(_) | StaleRead::EveryDomain);
        for entry in covered {
            entry.supersede(may_exist_now);
        }
        self.outdated.update(|outdated| {
            outdated.writes = outdated.writes.wrapping_add(1);
        });
    }

    /// Returns the writes and refreshes so far, tracked.
    pub(super) fn outdated(&self) -> Outdated {
        self.outdated.get()
    }

    /// Notes that what is shown is being refreshed.
    pub(super) fn note_refresh(&self, is_forced: bool) {
        self.outdated.update(|outdated| {
            outdated.refreshes = outdated.refreshes.wrapping_add(1);
            outdated.is_forced = is_forced;
        });
    }

    /// Fetches again the reads with subscribers that the API refused for the token.
    pub(super) fn renewed(&self) {
        // A copy, because starting a call may access the entries.
        for entry in self.all() {
            entry.renewed();
        }
    }

    /// Fetches again the reads with subscribers that failed or are old, because the network has returned.
    pub(super) fn network_returned(&self) {
        // A copy, because starting a call may access the entries.
        for entry in self.all() {
            entry.network_returned();
        }
    }

    /// Returns all entries: a copy, because starting a call may access them.
    fn all(&self) -> Vec<Rc<dyn AnyEntry>> {
        self.entries.borrow().iter().cloned().collect()
    }

    fn find<E: ReadEndpoint>(&self, endpoint: &E) -> Option<Rc<Entry<E>>> {
        let entry = self.entries.borrow().get(endpoint.key()).cloned()?;
        entry.as_any().downcast().ok()
    }

    fn entry<E: ReadEndpoint>(&self, endpoint: E) -> Rc<Entry<E>> {
        self.find(&endpoint).unwrap_or_else(|| {
            let entry = Rc::new(Entry::new(endpoint, self.auth, self.changed.clone()));
            let any = Rc::clone(&entry) as Rc<dyn AnyEntry>;
            self.entries.borrow_mut().insert(entry.endpoint.key(), any);
            entry
        })
    }
}

async fn outcome<E: ReadEndpoint>(entry: Rc<Entry<E>>) -> FetchResult<E::Payload> {
    let (tell, told) = oneshot::channel();
    entry.waiting.borrow_mut().push(tell);
    AnyEntry::fetch(entry);
    told.await.unwrap_or(Err(ApiError::Cancelled))
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
