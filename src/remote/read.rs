//! A read as a page sees it.

use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::ApiError;

use super::invalidation::StaleRead;
use crate::readers;

/// A read as it stands.
#[derive(Debug)]
pub struct Fetched<T> {
    /// The last answer.
    pub data: Option<Arc<T>>,
    /// Why the last attempt failed, if it did. The data is then the last that was good.
    pub error: Option<Arc<ApiError>>,
    /// The API's own warning with the last answer.
    pub warning: Option<String>,
    /// Whether a call is on its way.
    pub busy: bool,
    /// How many answers there were. Grows with each, also when it says the same as the one before.
    pub answers: u32,
    /// Whether a write may have made the last answer untrue, and no answer came since.
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

/// Is an entry of the cache, whatever its payload.
pub(super) trait AnyEntry {
    fn key(&self) -> StaleRead;
    /// Starts a call, unless one is in flight.
    fn fetch(self: Rc<Self>);
    /// Marks the answer as no longer true, and fetches again if anybody subscribes.
    fn supersede(self: Rc<Self>);
    /// Fetches again if the last call was refused for its token and anybody subscribes.
    fn renewed(self: Rc<Self>);
    /// Fetches again if the last call failed, or its answer is old, and anybody subscribes.
    fn network_returned(self: Rc<Self>);
    /// Returns when the answer came, if there is one and anybody subscribes.
    fn answered_at(&self) -> Option<u64>;
    /// Returns when the last call began, in milliseconds since 1970-01-01 UTC.
    fn asked_at(&self) -> u64;
    /// Returns whether anybody subscribes.
    fn is_watched(&self) -> bool;
    /// Returns whether a call is in flight and anybody subscribes.
    fn is_busy(&self) -> bool;
    /// Removes a subscriber.
    fn unwatch(&self);
    fn as_any(self: Rc<Self>) -> Rc<dyn Any>;
}

/// Subscribes a component to a read.
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

    /// The read as it stands, tracked.
    #[must_use]
    pub fn get(&self) -> Fetched<T> {
        readers::unsubscribe_on_cleanup();
        self.state.get()
    }

    /// The read as it stands, untracked.
    #[must_use]
    pub fn get_untracked(&self) -> Fetched<T> {
        self.state.get_untracked()
    }

    /// The answer, tracked.
    #[must_use]
    pub fn data(&self) -> Option<Arc<T>> {
        readers::unsubscribe_on_cleanup();
        self.state.with(|fetched| fetched.data.clone())
    }

    /// Whether a call is on its way, tracked.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        readers::unsubscribe_on_cleanup();
        self.state.with(|fetched| fetched.busy)
    }

    /// How many answers there were, tracked.
    #[must_use]
    pub fn answers(&self) -> u32 {
        readers::unsubscribe_on_cleanup();
        self.state.with(|fetched| fetched.answers)
    }

    /// Asks again, unless a call is on its way already.
    pub fn retry(&self) {
        self.entry.get_value().fetch();
    }

    pub(super) fn key(&self) -> StaleRead {
        self.entry.with_value(|entry| entry.key())
    }
}
