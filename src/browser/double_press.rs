//! Drops the second press of a double click, a double tap or a held key if something else is under it by then. People
//! double-click where one click is enough, and the next row, or "Delete the rest", may have taken the place of what
//! they pressed first.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, KeyboardEvent, MouseEvent};

/// The longest time between the presses of a double click, in milliseconds.
const SPAN: f64 = 500.0;

/// How far apart the presses of a double tap are at most, in CSS pixels.
const NEAR: i32 = 12;

/// What can be pressed.
const CONTROLS: &str = "a, button, input, select, textarea, summary, [role]";

/// A press of a control, or of a place without one.
#[derive(Clone, Debug)]
struct Press<C> {
    /// In milliseconds, on any clock.
    at: f64,
    /// Where the pointer was; `None` for a press by the keyboard.
    place: Option<(i32, i32)>,
    control: C,
    /// What the control says.
    name: String,
}

impl<C: PartialEq> Press<C> {
    /// Returns whether this press was meant for what the last one pressed, which is gone or says something else.
    fn is_blind(&self, last: &Self) -> bool {
        let is_again = match (self.place, last.place) {
            (Some((x, y)), Some((was_x, was_y))) => {
                x.abs_diff(was_x).max(y.abs_diff(was_y)) <= NEAR.unsigned_abs()
            }
            (None, None) => true,
            _ => false,
        };
        let is_same = self.control == last.control && self.name == last.name;
        is_again && !is_same && self.at - last.at < SPAN
    }
}

/// Watches every press of the page, for its whole life.
pub fn watch() {
    let last = Rc::new(RefCell::new(None::<Press<Option<Element>>>));
    let forget = Rc::clone(&last);
    capture("click", move |event: MouseEvent| {
        // Scripts press on purpose.
        if !event.is_trusted() {
            return;
        }
        let press = press(&event);
        if last
            .borrow()
            .as_ref()
            .is_some_and(|last| press.is_blind(last))
        {
            event.prevent_default();
            event.stop_immediate_propagation();
        } else {
            last.replace(Some(press));
        }
    });
    capture("keydown", move |event: KeyboardEvent| {
        let key = event.key();
        if key != "Enter" && key != " " {
            // The focus was moved on purpose.
            forget.take();
        }
    });
}

fn press(event: &MouseEvent) -> Press<Option<Element>> {
    let control = element_of(event).and_then(control_of);
    let name = control.as_ref().map(|control| {
        let label = control.get_attribute("aria-label").unwrap_or_default();
        label + &control.text_content().unwrap_or_default()
    });
    Press {
        at: event.time_stamp(),
        place: (event.detail() != 0).then(|| (event.client_x(), event.client_y())),
        control,
        name: name.unwrap_or_default(),
    }
}

/// Returns the control at an element. A label and its field are one: a press of the label presses the field, too.
fn control_of(at: Element) -> Option<Element> {
    if let Some(label) = at.closest("label").ok()? {
        let field = label.get_attribute("for");
        return field
            .and_then(|id| document().get_element_by_id(&id))
            .or(Some(label));
    }
    at.closest(CONTROLS).ok()?
}

fn element_of(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn capture<E: wasm_bindgen::convert::FromWasmAbi + 'static>(
    name: &str,
    hear: impl Fn(E) + 'static,
) {
    let hear = Closure::<dyn Fn(E)>::new(hear);
    let hears = hear.as_ref().unchecked_ref();
    let _ = window().add_event_listener_with_callback_and_bool(name, hears, true);
    // Must live as long as the page.
    hear.forget();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(at: f64, place: Option<(i32, i32)>, control: u8, name: &str) -> Press<u8> {
        Press {
            at,
            place,
            control,
            name: name.to_owned(),
        }
    }

    #[test]
    fn second_press_is_dropped_if_something_else_is_there() {
        let pause = press(1000.0, Some((300, 200)), 1, "Pause");
        let next = |at, place, control, name| press(at, place, control, name).is_blind(&pause);
        let here = Some((304, 196));
        assert!(next(1200.0, here, 2, "Delete the rest"));
        // A framework may reuse the element.
        assert!(next(1200.0, here, 1, "Resume"));
        assert!(!next(1200.0, here, 1, "Pause"));
        assert!(!next(1500.0, here, 2, "Delete the rest"));
        assert!(!next(1200.0, Some((340, 200)), 2, "Delete the rest"));
        assert!(!next(1200.0, None, 2, "Delete the rest"));
    }

    #[test]
    fn second_enter_is_dropped_wherever_the_focus_is() {
        let rename = press(0.0, None, 1, "Rename");
        assert!(press(200.0, None, 2, "Rename").is_blind(&rename));
        assert!(!press(200.0, None, 1, "Rename").is_blind(&rename));
    }
}
