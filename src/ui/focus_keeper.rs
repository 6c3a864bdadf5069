//! Keeps the focus on the page when the focused element is removed, for example when a button removes its own row.
//! Otherwise the keyboard would start at the top of the page again. The focus moves to a nearby element where a
//! repeated press does no harm: a link in the same or the next row. Without one it moves to the field or heading of
//! the section, or else to the title of the page.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, FocusEvent, HtmlElement, MutationObserver, MutationObserverInit};

/// The focused element, and the candidates for the focus if it is removed.
struct KeptFocus {
    it: Element,
    rows: Vec<Element>,
    around: Option<Element>,
}

/// Watches the whole page while the application is mounted.
pub fn keep_focus() {
    let place = Rc::new(RefCell::new(None::<KeptFocus>));
    let (came, went, lost) = (Rc::clone(&place), Rc::clone(&place), place);
    let of = |event: FocusEvent| event.target()?.dyn_into::<Element>().ok();
    let came = window_event_listener(ev::focusin, move |event| {
        *came.borrow_mut() = of(event).map(KeptFocus::of);
    });
    // The focus left the element, or the element is being removed: a moment later shows which.
    let went = window_event_listener(ev::focusout, move |_| {
        let went = Rc::clone(&went);
        spawn_local(async move {
            let is_there = |place: &KeptFocus| place.it.is_connected();
            let left = document().active_element() == document().body().map(Element::from);
            if left && went.borrow().as_ref().is_some_and(is_there) {
                went.take();
            }
        });
    });
    on_cleanup(move || {
        came.remove();
        went.remove();
    });
    let look = Closure::<dyn Fn()>::new(move || {
        let is_lost = matches!(&*lost.borrow(), Some(place) if !place.it.is_connected());
        if is_lost && let Some(place) = lost.take() {
            place.hand_on();
        }
    });
    let Ok(observer) = MutationObserver::new(look.as_ref().unchecked_ref()) else {
        return;
    };
    let options = MutationObserverInit::new();
    options.set_child_list(true);
    options.set_subtree(true);
    if observer
        .observe_with_options(&document(), &options)
        .is_err()
    {
        return;
    }
    let watching = StoredValue::new_local(Some((observer, look)));
    on_cleanup(move || {
        if let Some(Some((observer, _))) = watching.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
}

impl KeptFocus {
    fn of(it: Element) -> Self {
        let near = |selector| it.closest(selector).ok().flatten();
        let row = near("tr, li");
        let next = row.as_ref().and_then(Element::next_element_sibling);
        let previous = row.as_ref().and_then(Element::previous_element_sibling);
        Self {
            rows: [row, next, previous].into_iter().flatten().collect(),
            around: near("dialog, section"),
            it,
        }
    }

    fn hand_on(self) {
        // The page has moved the focus itself, or another page is shown.
        let body = document().body().map(Element::from);
        if document().active_element() != body {
            return;
        }
        let find = |within: &Element, selector| within.query_selector(selector).ok().flatten();
        let there = |one: &&Element| one.is_connected();
        let links = self.rows.iter().filter(there);
        let links = links.filter_map(|row| find(row, "a[href]"));
        let around = self.around.iter().filter(there);
        let around = around.flat_map(|around| [find(around, "input"), find(around, "h2")]);
        // The last resort is there on every page.
        let title = document().query_selector("main h1").ok().flatten();
        for heir in links.chain(around.flatten()).chain(title) {
            if heir.tag_name().starts_with('H') {
                let _ = heir.set_attribute("tabindex", "-1");
            }
            if let Some(heir) = heir.dyn_ref::<HtmlElement>() {
                let _ = heir.focus();
            }
            // What is not shown, as in a dialog that was closed, does not take it.
            if document().active_element() != body {
                return;
            }
        }
    }
}
