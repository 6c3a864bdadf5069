//! Whether something is being pressed. A click belongs to what lies under the pointer when the button goes down and when it comes up: a list
//! that changes in between gives it to something else, or to nothing.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

/// A press that takes longer is no click.
const LONGEST: Duration = Duration::from_secs(1);

/// What the page's pointers do: one for the whole page, in context.
#[derive(Clone, Copy)]
pub struct Pointer {
    is_down: RwSignal<bool>,
}

impl Pointer {
    /// Follows the pointers, and puts itself into context.
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
            // Some presses end without an event: a system menu may swallow it.
            end(press, LONGEST);
        });
        // The click comes after the pointer is up.
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

/// A value that does not change while something is being pressed.
pub fn at_rest<T: Clone + PartialEq + Send + Sync + 'static>(
    value: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    // Without one, as in a test of a component, nothing is held back.
    let pointer = use_context::<Pointer>();
    Memo::new(move |last: Option<&T>| {
        let is_down = pointer.is_some_and(|pointer| pointer.is_down.get());
        match last {
            Some(last) if is_down => last.clone(),
            _ => value(),
        }
    })
}
