//! Keeps the focus on the page when the focused element is removed, for example when a button removes its own row.
//! Otherwise the keyboard would start at the top of the page again. The focus moves to a nearby element where a
//! repeated press does no harm: a link in the same or the next row, or a text there that is meant for it. From a toast it
//! moves to another toast, or back to where it came from. Otherwise it moves to the field or heading of the section, or
//! else to the title of the page.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, EventTarget, FocusEvent, HtmlElement, MutationObserver, MutationObserverInit,
};

/// The focused element, and the candidates for the focus if it is removed.
struct KeptFocus {
    it: Element,
    rows: Vec<Element>,
    /// If it is in a toast, the element that had the focus before the toasts got it.
    before: Option<Element>,
    around: Option<Element>,
}

/// A field that takes the focus. Of radio buttons, only the chosen one: another would be chosen by an arrow key.
const FIELD: &str = "input:not([type=radio]), input[type=radio]:checked";

/// What takes the focus in a row. A text takes it only if it is marked.
const IN_ROW: &str = "a[href], .toast > .icon-button, [data-focus-fallback]";

/// What takes the focus in a section, the best first. The results of a run have a field, which is no title.
const IN_SECTION: [&str; 3] = [".run-card h2", FIELD, "h2"];

thread_local! {
    /// The URL that the user has gone back or forward to, until a page opens there.
    static RETURNED_TO: RefCell<Option<String>> = const { RefCell::new(None) };
}

fn url() -> Option<String> {
    window().location().href().ok()
}

/// Gives the focus to the link in a row that leads to the page `left`, if the user has gone back to a list with it.
/// Returns whether the user has gone back or forward.
pub(super) fn return_focus(left: Option<&str>, title: &HtmlElement) -> bool {
    let is_return = RETURNED_TO.take().is_some_and(|to| Some(to) == url());
    if is_return {
        let row = left.map(|left| format!("main tr a[href=\"{left}\"]"));
        let title = title.clone();
        // After the rows are there.
        request_animation_frame(move || {
            let link = row.and_then(|row| document().query_selector(&row).ok().flatten());
            let link = link.and_then(|link| link.dyn_into::<HtmlElement>().ok());
            match link {
                Some(link) => drop(link.focus()),
                None => {
                    // The browser has restored where the page was scrolled to.
                    let top = window().scroll_y().unwrap_or_default();
                    let _ = title.focus();
                    window().scroll_to_with_x_and_y(0.0, top);
                }
            }
        });
    }
    is_return
}

/// Watches the whole page while the application is mounted. Call it before the router starts, which renders the page
/// that the user goes back to.
pub fn keep_focus() {
    let returned = window_event_listener(ev::popstate, |_| RETURNED_TO.set(url()));
    let place = Rc::new(RefCell::new(None::<KeptFocus>));
    let (came, went, lost) = (Rc::clone(&place), Rc::clone(&place), place);
    let element = |target: Option<EventTarget>| target?.dyn_into::<Element>().ok();
    let before_toasts = RefCell::new(None::<Element>);
    let came = window_event_listener(ev::focusin, move |event: FocusEvent| {
        let Some(it) = element(event.target()) else {
            return;
        };
        let is_in_toast = |it: &Element| it.matches(".toasts *").unwrap_or(false);
        let from = element(event.related_target()).filter(|from| !is_in_toast(from));
        let mut place = KeptFocus::of(it);
        if is_in_toast(&place.it) {
            if from.is_some() {
                before_toasts.replace(from);
            }
            place.before.clone_from(&before_toasts.borrow());
        }
        *came.borrow_mut() = Some(place);
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
        returned.remove();
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
        let row = near("tr, li, .toast, .run-card");
        let next = row.as_ref().and_then(Element::next_element_sibling);
        let previous = row.as_ref().and_then(Element::previous_element_sibling);
        Self {
            rows: [row, next, previous, near(".toasts")]
                .into_iter()
                .flatten()
                .collect(),
            before: None,
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
        let links = links.filter_map(|row| find(row, IN_ROW));
        let before = self.before.iter().filter(there).cloned();
        let around = self.around.iter().filter(there);
        let around = around.flat_map(|around| IN_SECTION.map(|it| find(around, it)));
        // The last resort is there on every page.
        let title = document().query_selector("main h1").ok().flatten();
        for heir in links.chain(before).chain(around.flatten()).chain(title) {
            if let Some(heir) = heir.dyn_ref::<HtmlElement>() {
                if heir.tab_index() < 0 {
                    heir.set_tab_index(-1);
                }
                let _ = heir.focus();
            }
            // What is not shown, as in a dialog that was closed, does not take it.
            if document().active_element() != body {
                return;
            }
        }
    }
}
