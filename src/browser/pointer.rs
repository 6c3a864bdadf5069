//! Detects that the user is pressing something, or aims at a list. A click goes to the element that is under the pointer
//! both at press and at release. If a list changes in between, another element gets the click, or none does. If it
//! changes just before, the user presses the wrong row.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlElement, Node};

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

/// Returns the rows of a list, with the query that they answer. While the list `is_held`, rows keep their places as long
/// as they exist; new ones follow while there are fewer than `room`, and wait otherwise. Another query replaces all rows.
pub fn rows_in_place<Q, K>(
    is_held: Memo<bool>,
    room: usize,
    exists: impl Fn(&K) -> bool + Send + Sync + 'static,
    wanted: impl Fn() -> (Q, Vec<K>) + Send + Sync + 'static,
) -> Memo<(Q, Vec<K>)>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    K: Clone + PartialEq + Send + Sync + 'static,
{
    let placed = Memo::new(move |before: Option<&(Q, Vec<K>)>| {
        let (query, wanted) = wanted();
        let rows = match before {
            Some((same, rows)) if is_held.get() && *same == query => {
                in_place(rows, wanted, &exists, room)
            }
            _ => wanted,
        };
        (query, rows)
    });
    at_rest(move || placed.get())
}

fn in_place<K: Clone + PartialEq>(
    rows: &[K],
    wanted: Vec<K>,
    exists: &dyn Fn(&K) -> bool,
    room: usize,
) -> Vec<K> {
    let mut kept: Vec<K> = rows.iter().filter(|row| exists(row)).cloned().collect();
    if kept.is_empty() {
        return wanted;
    }
    for row in wanted {
        if kept.len() < room && !kept.contains(&row) {
            kept.push(row);
        }
    }
    kept
}

/// As [`while_in_use`], and from the moment on that the user has pressed or scrolled anything: a finger aims at a row
/// without touching it.
pub fn once_used(list: &str) -> Memo<bool> {
    let (is_in_use, is_used) = (while_in_use(list), is_used());
    Memo::new(move |_| is_in_use.get() | is_used.get())
}

/// Returns whether the user has pressed a key, a button or the screen, or turned the wheel, from now on.
fn is_used() -> RwSignal<bool> {
    let is_used = RwSignal::new(false);
    let down = window_event_listener(ev::pointerdown, move |_| is_used.set(true));
    let key = window_event_listener(ev::keydown, move |_| is_used.set(true));
    let wheel = window_event_listener(ev::wheel, move |_| is_used.set(true));
    on_cleanup(move || {
        for listener in [down, key, wheel] {
            listener.remove();
        }
    });
    is_used
}

/// Returns whether the pointer or the focus is in the element with this id. A text that has the focus does not count: with
/// it, the user aims at nothing.
pub fn while_in_use(list: &str) -> Memo<bool> {
    let list = list.to_owned();
    let (hovered, focused) = (RwSignal::new(false), RwSignal::new(false));
    let is_text = |at: &EventTarget| {
        let at = at.dyn_ref::<HtmlElement>();
        at.is_some_and(|at| at.tab_index() < 0)
    };
    let follow = move |is_in: RwSignal<bool>, at: Option<EventTarget>| {
        let at = at.and_then(|at| at.dyn_into::<Node>().ok());
        let list = document().get_element_by_id(&list);
        is_in.set(list.is_some_and(|list| list.contains(at.as_ref())));
    };
    // Events of the whole page: an element that is removed may not report that the pointer or the focus leaves it.
    let of = || (follow.clone(), follow.clone());
    let ((over, out), (came, went)) = (of(), of());
    let over = window_event_listener(ev::pointerover, move |it| over(hovered, it.target()));
    let out = window_event_listener(ev::pointerout, move |it| out(hovered, it.related_target()));
    let came = window_event_listener(ev::focusin, move |it| {
        came(focused, it.target().filter(|at| !is_text(at)))
    });
    let went = window_event_listener(ev::focusout, move |it| went(focused, it.related_target()));
    on_cleanup(move || {
        for listener in [over, out, came, went] {
            listener.remove();
        }
    });
    Memo::new(move |_| hovered.get() | focused.get())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_in_use_stay_in_place_and_new_ones_follow_or_wait() {
        let stay = |wanted: &[&'static str], room| {
            in_place(
                &["a", "gone", "b"],
                wanted.to_vec(),
                &|row| *row != "gone",
                room,
            )
        };
        assert_eq!(stay(&["new", "b", "a", "more"], 3), ["a", "b", "new"]);
        assert_eq!(stay(&["new", "a", "b"], 0), ["a", "b"]);
        assert_eq!(in_place(&["gone"], vec!["new"], &|_| false, 0), ["new"]);
    }
}
