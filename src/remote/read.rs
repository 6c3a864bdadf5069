//! A read as a page sees it.

use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::{ApiError, Email};

use super::invalidation::ReadKey;
use crate::browser::network::is_offline;
use crate::readers;

/// The current state of a read.
#[derive(Debug)]
pub struct Fetched<T> {
    /// The last answer.
    pub data: Option<Arc<T>>,
    /// Why the last attempt failed, if it did. `data` is then the last good answer.
    pub error: Option<Arc<ApiError>>,
    /// The API's own warning with the last answer.
    pub warning: Option<String>,
    /// Whether a call is in flight.
    pub busy: bool,
    /// The number of answers so far. Increases with each, even if it equals the one before.
    pub answers: u32,
    /// Whether a write has invalidated the last answer.
    pub superseded: bool,
}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        Self {
            data: self.data.clone(),
            error: self.error.clone(),
            warning: self.warning.clone(),
            busy: self.busy,
            answers: self.answers,
            superseded: self.superseded,
        }
    }
}

impl<T> Default for Fetched<T> {
    fn default() -> Self {
        Self {
            data: None,
            error: None,
            warning: None,
            busy: false,
            answers: 0,
            superseded: false,
        }
    }
}

/// An entry of the cache, whatever its payload.
pub(super) trait AnyEntry {
    fn key(&self) -> ReadKey<'_>;
    /// Returns whether the last answer lists an operator of a domain, or may do so. True without an answer and while a call is in flight.
    fn lists(&self, operator: &Email) -> bool;
    /// Starts a call, unless one is in flight.
    fn fetch(self: Rc<Self>);
    /// Marks the answer as invalid, and fetches again if there are subscribers.
    fn supersede(self: Rc<Self>, may_exist_now: bool);
    /// Fetches again if the last call was refused for its token and there are subscribers.
    fn renewed(self: Rc<Self>);
    /// Fetches again if the last call failed or its answer is old, and there are subscribers.
    fn network_returned(self: Rc<Self>);
    /// Returns whether there is an answer, the last call failed and there are subscribers.
    fn is_failing(&self) -> bool;
    /// Returns when the answer came, if only that the object does not exist. `None` without one or without subscribers.
    fn answered_at(&self) -> Option<u64>;
    /// Returns when the API last said that the object does not exist, unless a write has invalidated that, and when it
    /// last answered otherwise; 0 for never.
    fn denied_and_answered_at(&self) -> [u64; 2];
    /// Returns when the answer came, if there is one and it is shown without a subscription.
    fn viewed_at(&self) -> Option<u64>;
    /// Returns when the last call began, in milliseconds since 1970-01-01 UTC.
    fn asked_at(&self) -> u64;
    /// Returns whether there are subscribers.
    fn is_watched(&self) -> bool;
    /// Returns whether a call is in flight and there are subscribers.
    fn is_busy(&self) -> bool;
    /// Removes a subscriber.
    fn unwatch(&self);
    fn as_any(self: Rc<Self>) -> Rc<dyn Any>;
}

/// A component's subscription to a read.
pub struct Read<T: Send + Sync + 'static> {
    state: RwSignal<Fetched<T>>,
    entry: StoredValue<Rc<dyn AnyEntry>, LocalStorage>,
}

impl<T: Send + Sync + 'static> Clone for Read<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Read<T> {}

impl<T: Send + Sync + 'static> Read<T> {
    pub(super) fn new(state: ArcRwSignal<Fetched<T>>, entry: Rc<dyn AnyEntry>) -> Self {
        Self {
            state: RwSignal::from(state),
            entry: StoredValue::new_local(entry),
        }
    }

    /// Returns the current state, tracked.
    #[must_use]
    pub fn get(&self) -> Fetched<T> {
        readers::unsubscribe_on_cleanup();
        self.state.get()
    }

    /// Returns the current state, untracked.
    #[must_use]
    pub fn get_untracked(&self) -> Fetched<T> {
        self.state.get_untracked()
    }

    /// Returns the answer, tracked.
    #[must_use]
    pub fn data(&self) -> Option<Arc<T>> {
        readers::unsubscribe_on_cleanup();
        self.state.with(|fetched| fetched.data.clone())
    }

    /// Returns whether there is an answer that no write has made untrue, tracked.
    #[must_use]
    pub fn is_true(&self) -> bool {
        readers::unsubscribe_on_cleanup();
        self.state
            .with(|fetched| fetched.data.is_some() && !fetched.superseded)
    }

    /// Returns whether there is an answer to show although a later read failed. It is still true, or the browser is
    /// offline and the page says so. Tracks the answer alone: the read is repeated when the network returns.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.is_true() || self.data().is_some() && is_offline()
    }

    /// Returns whether a call is in flight, tracked.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        readers::unsubscribe_on_cleanup();
        self.state.with(|fetched| fetched.busy)
    }

    /// Returns the number of answers so far, tracked.
    #[must_use]
    pub fn answers(&self) -> u32 {
        readers::unsubscribe_on_cleanup();
        self.state.with(|fetched| fetched.answers)
    }

    /// Fetches again, unless a call is in flight.
    pub fn retry(&self) {
        self.entry.get_value().fetch();
    }
}
