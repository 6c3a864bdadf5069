//! One read in the cache: its state, its subscribers, and its call in flight.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use futures_channel::oneshot;
use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::{Absence, ApiError, Email, Sought};
use web_sys::AbortController;

use super::super::auth::{Auth, Renewed};
use super::super::invalidation::{ReadEndpoint, ReadKey};
use super::super::read::{AnyEntry, Fetched};
use super::page_age::is_old;
use crate::browser::clock;

/// How long an answer counts as fresh, in milliseconds. A page that opens within that time does not fetch it again.
const FRESH_FOR: u64 = 4_000;

/// The age, in milliseconds, at which an answer is old: it is fetched again when the network returns.
const OLD_AFTER: u64 = 30_000;

/// How a call ended, for its waiting callers.
pub(super) type FetchResult<T> = Result<Arc<T>, ApiError>;

/// The state of one read, and its subscribers.
pub(super) struct Entry<E: ReadEndpoint> {
    pub(super) endpoint: E,
    auth: Auth,
    pub(super) state: ArcRwSignal<Fetched<E::Payload>>,
    pub(super) watchers: Cell<usize>,
    /// The number of components that show the answer without a subscription.
    viewers: Cell<usize>,
    fresh_until: Cell<u64>,
    /// When the last answer came.
    answered_at: Cell<u64>,
    asked_at: Cell<u64>,
    /// When the API said that the object does not exist.
    denied_at: Cell<u64>,
    on_its_way: RefCell<Option<AbortController>>,
    /// Notified whenever a call begins or ends.
    changed: ArcTrigger,
    /// The callers that wait for the outcome itself.
    pub(super) waiting: RefCell<Vec<oneshot::Sender<FetchResult<E::Payload>>>>,
}

impl<E: ReadEndpoint> AnyEntry for Entry<E> {
    fn key(&self) -> ReadKey<'_> {
        self.endpoint.key()
    }

    fn lists(&self, operator: &Email) -> bool {
        // The answer to a call in flight may list them, and be from before the write.
        self.on_its_way.borrow().is_some()
            || self.state.with_untracked(|state| {
                let answer = state.data.as_ref();
                answer.is_none_or(|answer| E::lists(answer, operator))
            })
    }

    fn fetch(self: Rc<Self>) {
        if self.on_its_way.borrow().is_none() {
            self.start();
        }
    }

    fn supersede(self: Rc<Self>, may_exist_now: bool) {
        self.fresh_until.set(0);
        if may_exist_now {
            self.denied_at.set(0);
        }
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

    fn network_returned(self: Rc<Self>) {
        let is_old = is_old(self.answered_at.get(), clock::now(), OLD_AFTER);
        let failed = self
            .state
            .with_untracked(|state| match state.error.as_deref() {
                // The API answered, so the network was not the cause.
                None | Some(ApiError::NotAuthorised { .. } | ApiError::Refused { .. }) => false,
                Some(_) => true,
            });
        if (failed || is_old) && self.watchers.get() > 0 {
            self.fetch();
        }
    }

    fn is_failing(&self) -> bool {
        // That the object is gone is an answer.
        let failed = self.state.with_untracked(|state| {
            let error = state.error.as_deref();
            error.is_some_and(|error| !self.is_denied_by(error))
        });
        failed && self.answered_at().is_some()
    }

    fn denied_and_answered_at(&self) -> [u64; 2] {
        [self.denied_at.get(), self.answered_at.get()]
    }

    fn answered_at(&self) -> Option<u64> {
        let at = self.known_at();
        (at > 0 && self.watchers.get() > 0).then_some(at)
    }

    fn viewed_at(&self) -> Option<u64> {
        let at = self.known_at();
        (at > 0 && self.viewers.get() > 0).then_some(at)
    }

    fn asked_at(&self) -> u64 {
        self.asked_at.get()
    }

    fn is_watched(&self) -> bool {
        self.watchers.get() > 0
    }

    fn is_busy(&self) -> bool {
        self.watchers.get() > 0 && self.on_its_way.borrow().is_some()
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
    /// Returns an entry without an answer.
    pub(super) fn new(endpoint: E, auth: Auth, changed: ArcTrigger) -> Self {
        Self {
            endpoint,
            auth,
            state: ArcRwSignal::new(Fetched::default()),
            watchers: Cell::new(0),
            viewers: Cell::new(0),
            fresh_until: Cell::new(0),
            answered_at: Cell::new(0),
            asked_at: Cell::new(0),
            denied_at: Cell::new(0),
            on_its_way: RefCell::new(None),
            changed,
            waiting: RefCell::default(),
        }
    }

    /// Returns when the API last said something about the object, if only that it does not exist; 0 for never.
    fn known_at(&self) -> u64 {
        self.answered_at.get().max(self.denied_at.get())
    }

    /// Returns whether an error says that the object does not exist.
    fn is_denied_by(&self, error: &ApiError) -> bool {
        let sought = match self.endpoint.key() {
            ReadKey::Operator(email) => Sought::Operator(email),
            ReadKey::Domain(name) | ReadKey::Assignments(name) => Sought::Domain(name),
            ReadKey::Organisation | ReadKey::Operators => return false,
        };
        error.absence(sought) == Absence::Certain
    }

    pub(super) fn is_stale(&self) -> bool {
        self.on_its_way.borrow().is_none() && clock::now() >= self.fresh_until.get()
    }

    /// Returns the answer if it is not old, no write has invalidated it, and no later call failed.
    pub(super) fn recent(&self) -> Option<Arc<E::Payload>> {
        if is_old(self.answered_at.get(), clock::now(), OLD_AFTER) {
            return None;
        }
        self.state.with_untracked(|state| {
            let is_true = !state.superseded && state.error.is_none();
            state.data.clone().filter(|_| is_true)
        })
    }

    /// Counts the answer as shown, or no longer.
    pub(super) fn view(&self, is_shown: bool) {
        let viewers = self.viewers.get();
        self.viewers.set(if is_shown {
            viewers + 1
        } else {
            viewers.saturating_sub(1)
        });
    }

    fn abandon(&self) {
        if let Some(controller) = self.on_its_way.borrow_mut().take() {
            controller.abort();
            self.state.update(|state| state.busy = false);
            self.changed.notify();
        }
    }

    pub(super) fn start(self: Rc<Self>) {
        let Ok(controller) = AbortController::new() else {
            return;
        };
        *self.on_its_way.borrow_mut() = Some(controller.clone());
        self.asked_at.set(clock::now());
        self.state.update(|state| state.busy = true);
        self.changed.notify();
        spawn_local(async move {
            let abandon = Some(controller.clone());
            let result = self
                .auth
                .call(&self.endpoint, abandon, Renewed::SendAgain)
                .await;
            // Superseded or aborted since: the newer call decides.
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
                    if self.is_denied_by(&error) {
                        self.denied_at.set(clock::now());
                    }
                    self.state.update(|state| {
                        state.busy = false;
                        state.error = Some(Arc::new(error.clone()));
                    });
                    Err(error)
                }
            };
            self.changed.notify();
            for tell in self.waiting.take() {
                // The receiver may be gone.
                let _ = tell.send(outcome.clone());
            }
        });
    }

    pub(super) fn take_in(&self, data: Arc<E::Payload>, warning: Option<String>) {
        let now = clock::now();
        self.fresh_until.set(now + FRESH_FOR);
        self.answered_at.set(now);
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
