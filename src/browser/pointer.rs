//! Detects that the user is pressing something. A click goes to the element that is under the pointer both at press
//! and at release. If a list changes in between, another element gets the click, or none does.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

/// A longer press is no click.
const LONGEST: Duration = Duration::from_secs(1);

/// The state of the page's pointers: one for the whole page, in context.
#[derive(Clone, Copy)]
pub struct Pointer {
    is_down: RwSignal<bool>,
}

impl Pointer {
    /// Follows the pointers, and provides itself as context.
    pub fn provide() -> Self {
        let is_down = RwSignal::new(false);
        let presses = StoredValue::new(0_u32);
        let end = move |press: u32, after: Duration| {
            let end = move || {
                if presses.try_get_value() == Some(press) {
                    is_down.set(false);
                }
            };
            set_timeout(end, after);
        };
        let down = window_event_listener(ev::pointerdown, move |_| {
            let press = presses.get_value().wrapping_add(1);
            presses.set_value(press);
            is_down.set(true);
            // Some presses end without an event, for example if a system menu takes it.
            end(press, LONGEST);
        });
        // The click event follows the release.
        let up = window_event_listener(ev::pointerup, move |_| {
            end(presses.get_value(), Duration::ZERO);
        });
        let cancelled = window_event_listener(ev::pointercancel, move |_| {
            end(presses.get_value(), Duration::ZERO);
        });
        on_cleanup(move || {
            for listener in [down, up, cancelled] {
                listener.remove();
            }
        });
        let pointer = Self { is_down };
        provide_context(pointer);
        pointer
    }
}

/// Returns a value that does not change while the user is pressing something.
pub fn at_rest<T: Clone + PartialEq + Send + Sync + 'static>(
    value: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    // Without the context, as in a component test, nothing is delayed.
    let pointer = use_context::<Pointer>();
    Memo::new(move |last: Option<&T>| {
        let is_down = pointer.is_some_and(|pointer| pointer.is_down.get());
        match last {
            Some(last) if is_down => last.clone(),
            _ => value(),
        }
    })
}
