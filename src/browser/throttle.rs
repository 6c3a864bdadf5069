//! Throttles a value that changes too often to be rendered each time, and debounces one that changes too often to be
//! announced.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;

/// How long a text has to stay the same before it is announced.
pub const REST: Duration = Duration::from_millis(500);

/// Throttles a memo: emits the first change at once, then at most once per `every`; always emits the last value.
pub fn throttle<T>(value: Memo<T>, every: Duration) -> ReadSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let follower = Follower {
        value,
        calm: RwSignal::new(value.get_untracked()),
        every,
        timer: StoredValue::new(None),
    };
    Effect::new(move || {
        value.track();
        if follower.timer.with_value(Option::is_none) {
            follower.follow();
        }
    });
    on_cleanup(move || {
        let timer = follower.timer.try_update_value(Option::take).flatten();
        if let Some(timer) = timer {
            timer.clear();
        }
    });
    follower.calm.read_only()
}

/// Debounces a text: emits it once it has not changed for `rest`, unless it is `known` at first. Emits an empty text
/// until then.
pub fn debounce(text: Signal<String>, known: String, rest: Duration) -> ReadSignal<String> {
    let rested = RwSignal::new(String::new());
    // A signal may notify without a change, which would clear the timer.
    let text = Memo::new(move |_| text.get());
    Effect::new(move |before: Option<String>| {
        let now = text.get();
        if before.as_ref().unwrap_or(&known) != &now {
            let emitted = now.clone();
            let timer = set_timeout_with_handle(move || drop(rested.try_set(emitted)), rest);
            on_cleanup(move || {
                if let Ok(timer) = timer {
                    timer.clear();
                }
            });
        }
        now
    });
    rested.read_only()
}

struct Follower<T: Send + Sync + 'static> {
    value: Memo<T>,
    calm: RwSignal<T>,
    every: Duration,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl<T: Send + Sync + 'static> Clone for Follower<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Follower<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Follower<T> {
    fn follow(self) {
        let now = self.value.get_untracked();
        if self.calm.with_untracked(|calm| *calm == now) {
            return;
        }
        self.calm.set(now);
        let again = move || {
            self.timer.set_value(None);
            self.follow();
        };
        let timer = set_timeout_with_handle(again, self.every);
        self.timer.set_value(timer.ok());
    }
}
