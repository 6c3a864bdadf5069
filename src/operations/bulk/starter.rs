//! Starts a run from a form. The form keeps its input until the run is accepted.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::bulk::{Planned, Task};

use super::Runs;

/// Starts the run of one form, and is busy meanwhile. Create it where it outlives the content of the form's dialog.
#[derive(Clone, Copy)]
pub struct RunStarter {
    runs: Runs,
    busy: RwSignal<bool>,
}

impl RunStarter {
    /// Creates a starter, which belongs to the calling component.
    #[must_use]
    pub fn new(runs: Runs) -> Self {
        Self {
            runs,
            busy: RwSignal::new(false),
        }
    }

    /// Returns whether the run is being started, for the button.
    #[must_use]
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// Starts a run over these rows, and calls `accepted` only if this tab may execute it. Does nothing while the
    /// previous run is being started. `accepted` may be called after the form is disposed.
    pub fn start(self, rows: Vec<Planned<Task>>, accepted: impl FnOnce() + 'static) {
        if let Some(starting) = start_once(self.busy, self.runs.start(rows), accepted) {
            spawn_local(starting);
        }
    }
}

/// Returns the future that starts and then calls `accepted` if that succeeded; `None` while `busy`.
fn start_once(
    busy: RwSignal<bool>,
    start: impl Future<Output = bool>,
    accepted: impl FnOnce(),
) -> Option<impl Future<Output = ()>> {
    let was_busy = busy.try_update(|busy| std::mem::replace(busy, true));
    (was_busy == Some(false)).then_some(async move {
        let is_accepted = start.await;
        busy.try_set(false);
        if is_accepted {
            accepted();
        }
    })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use futures_channel::oneshot;
    use leptos::reactive::owner::Owner;

    use super::*;

    #[test]
    fn form_is_busy_until_its_run_is_accepted_or_refused() {
        Owner::new().with(|| {
            for is_free in [true, false] {
                let (busy, accepted) = (RwSignal::new(false), Cell::new(0));
                let is_busy = || busy.get_untracked();
                let accept = || accepted.set(accepted.get() + 1);
                let (answer, lock) = oneshot::channel();
                let start = async { lock.await == Ok(true) };
                let first = start_once(busy, start, accept).expect("the first press starts");
                let mut first = pin!(first);
                let mut context = Context::from_waker(Waker::noop());
                assert_eq!(first.as_mut().poll(&mut context), Poll::Pending);
                assert!(is_busy() && accepted.get() == 0);
                let second = start_once(busy, async { true }, accept);
                assert!(second.is_none(), "a second press does nothing");
                answer.send(is_free).expect("the start waits");
                assert_eq!(first.as_mut().poll(&mut context), Poll::Ready(()));
                assert_eq!((is_busy(), accepted.get()), (false, usize::from(is_free)));
            }
        });
    }

    #[test]
    fn run_is_accepted_after_its_form_is_disposed() {
        let owner = Owner::new();
        let busy = owner.with(|| RwSignal::new(false));
        let accepted = Cell::new(false);
        let start = start_once(busy, async { true }, || accepted.set(true));
        let mut start = pin!(start.expect("the press starts"));
        owner.cleanup();
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(start.as_mut().poll(&mut context), Poll::Ready(()));
        assert!(accepted.get());
    }
}
