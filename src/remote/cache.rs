//! The answers to reads, shared by everybody who asks for the same.
//!
//! An answer is shown for as long as it is known and refreshed behind what is shown; one call serves all who wait for it; the last one
//! to leave aborts it.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use futures_channel::oneshot;
use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::ApiError;
use web_sys::AbortController;

use super::access::Access;
use super::read::{Fetched, Read};
use super::staleness::{ReadEndpoint, StaleRead};
use crate::browser::clock;

/// For how long an answer counts as just read, in milliseconds: a page that is opened within that time does not ask again.
const FRESH_FOR: u64 = 4_000;

/// How a call ended, for those who wait for it.
type Outcome<T> = Result<Arc<T>, ApiError>;

pub(super) struct Cache {
    entries: RefCell<Vec<Rc<dyn AnyEntry>>>,
    access: Access,
}

impl Cache {
    /// A cache with nothing in it, whose calls go through a connection.
    pub(super) fn new(access: Access) -> Self {
        Self {
            entries: RefCell::default(),
            access,
        }
    }

    /// The entry for a call, made if need be, with one more who looks at it.
    pub(super) fn subscribe<E: ReadEndpoint>(&self, endpoint: E) -> Read<E::Payload> {
        let entry = self.entry(endpoint);
        entry.watchers.set(entry.watchers.get() + 1);
        if entry.is_stale() {
            Rc::clone(&entry).start();
        }
        Read::new(entry.state.clone(), entry)
    }

    /// What is known of a call, and what becomes known of it. Nobody counts as looking at it, and nothing is asked for.
    pub(super) fn glance<E: ReadEndpoint>(&self, endpoint: E) -> Read<E::Payload> {
        let entry = self.entry(endpoint);
        Read::new(entry.state.clone(), entry)
    }

    /// The last answer, untracked.
    pub(super) fn known<E: ReadEndpoint>(&self, endpoint: E) -> Option<Arc<E::Payload>> {
        self.entry(endpoint)
            .state
            .with_untracked(|state| state.data.clone())
    }

    /// Takes in an answer that came by another way.
    pub(super) fn put<E: ReadEndpoint>(&self, endpoint: E, answer: Arc<E::Payload>) {
        self.entry(endpoint).take_in(answer, None);
    }

    /// The last answer, unless a write has made it untrue since. Nothing is asked for.
    pub(super) fn certain<E: ReadEndpoint>(&self, endpoint: &E) -> Option<Arc<E::Payload>> {
        let key = endpoint.stale_read();
        let entry = self
            .entries
            .borrow()
            .iter()
            .find(|entry| entry.key() == key)
            .cloned();
        let entry = entry?.as_any().downcast::<Entry<E>>().ok()?;
        entry.state.with_untracked(|state| {
            let certain = state.data.as_ref().filter(|_| !state.superseded);
            certain.cloned()
        })
    }

    /// The answer to a call that is on its way already, or else to a new one. Whoever looks at it sees it too.
    pub(super) async fn ask<E: ReadEndpoint>(&self, endpoint: E) -> Outcome<E::Payload> {
        let (tell, told) = oneshot::channel();
        let entry = self.entry(endpoint);
        entry.waiting.borrow_mut().push(tell);
        AnyEntry::fetch(entry);
        told.await.unwrap_or(Err(ApiError::Cancelled))
    }

    /// One fewer who looks at it. With the last one the call on its way is abandoned; the answer stays known.
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

    /// Asks again for what is being looked at, and has the rest asked again when somebody next does.
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

    /// Asks again for what was refused for its token and is being looked at.
    pub(super) fn renewed(&self) {
        // A copy: what starts may look into the entries.
        let entries = self.entries.borrow().clone();
        for entry in entries {
            entry.renewed();
        }
    }

    fn entry<E: ReadEndpoint>(&self, endpoint: E) -> Rc<Entry<E>> {
        let key = endpoint.stale_read();
        let known = self
            .entries
            .borrow()
            .iter()
            .find(|entry| entry.key() == key)
            .cloned();
        if let Some(entry) = known.and_then(|entry| entry.as_any().downcast::<Entry<E>>().ok()) {
            return entry;
        }
        let entry = Rc::new(Entry {
            endpoint,
            access: self.access,
            state: ArcRwSignal::new(Fetched::default()),
            watchers: Cell::new(0),
            fresh_until: Cell::new(0),
            on_its_way: RefCell::new(None),
            waiting: RefCell::default(),
        });
        self.entries
            .borrow_mut()
            .push(Rc::clone(&entry) as Rc<dyn AnyEntry>);
        entry
    }
}

struct Entry<E: ReadEndpoint> {
    endpoint: E,
    access: Access,
    state: ArcRwSignal<Fetched<E::Payload>>,
    watchers: Cell<usize>,
    fresh_until: Cell<u64>,
    on_its_way: RefCell<Option<AbortController>>,
    /// Those who wait for the outcome itself.
    waiting: RefCell<Vec<oneshot::Sender<Outcome<E::Payload>>>>,
}

/// What can be done with an entry without knowing what it holds.
pub(super) trait AnyEntry {
    fn key(&self) -> StaleRead;
    fn fetch(self: Rc<Self>);
    fn supersede(self: Rc<Self>);
    fn renewed(self: Rc<Self>);
    fn unwatch(&self);
    fn as_any(self: Rc<Self>) -> Rc<dyn Any>;
}

impl<E: ReadEndpoint> AnyEntry for Entry<E> {
    fn key(&self) -> StaleRead {
        self.endpoint.stale_read()
    }

    fn fetch(self: Rc<Self>) {
        if self.on_its_way.borrow().is_none() {
            self.start();
        }
    }

    fn supersede(self: Rc<Self>) {
        self.fresh_until.set(0);
        self.state.update(|state| state.superseded = true);
        self.abandon();
        if self.watchers.get() > 0 || !self.waiting.borrow().is_empty() {
            self.start();
        }
    }

    fn renewed(self: Rc<Self>) {
        let was_refused = self.state.with_untracked(|state| {
            let error = state.error.as_deref();
            matches!(error, Some(ApiError::NotAuthorised { .. }))
        });
        if was_refused && self.watchers.get() > 0 {
            self.fetch();
        }
    }

    fn unwatch(&self) {
        let left = self.watchers.get().saturating_sub(1);
        self.watchers.set(left);
        if left == 0 && self.waiting.borrow().is_empty() {
            self.abandon();
        }
    }

    fn as_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}

impl<E: ReadEndpoint> Entry<E> {
    fn is_stale(&self) -> bool {
        self.on_its_way.borrow().is_none() && clock::now() >= self.fresh_until.get()
    }

    fn abandon(&self) {
        if let Some(controller) = self.on_its_way.borrow_mut().take() {
            controller.abort();
            self.state.update(|state| state.busy = false);
        }
    }

    fn start(self: Rc<Self>) {
        let Ok(controller) = AbortController::new() else {
            return;
        };
        *self.on_its_way.borrow_mut() = Some(controller.clone());
        self.state.update(|state| state.busy = true);
        spawn_local(async move {
            let abandon = Some(controller.clone());
            let result = self.access.call(&self.endpoint, abandon).await;
            // Superseded or abandoned meanwhile: whoever did that has the say now.
            if self.on_its_way.borrow().as_ref() != Some(&controller) {
                return;
            }
            *self.on_its_way.borrow_mut() = None;
            let outcome = match result {
                Ok(answer) => {
                    let data = Arc::new(answer.payload);
                    self.take_in(Arc::clone(&data), answer.warning);
                    Ok(data)
                }
                Err(error) => {
                    self.state.update(|state| {
                        state.busy = false;
                        state.error = Some(Arc::new(error.clone()));
                    });
                    Err(error)
                }
            };
            for tell in self.waiting.take() {
                // Who waited may be gone.
                let _ = tell.send(outcome.clone());
            }
        });
    }

    fn take_in(&self, data: Arc<E::Payload>, warning: Option<String>) {
        self.fresh_until.set(clock::now() + FRESH_FOR);
        self.state.update(|state| {
            let answers = state.answers + 1;
            *state = Fetched {
                data: Some(data),
                error: None,
                warning,
                busy: false,
                answers,
                superseded: false,
            };
        });
    }
}
