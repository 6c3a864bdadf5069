//! A menu of a few controls behind a button, over the page.

use std::time::Duration;

use leptos::ev::{self, FocusEvent, KeyboardEvent, PointerEvent};
use leptos::html::{Button, Div};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, Node};

use super::icon::{Icon, IconName};

/// Closes what `around` contains when the pointer goes down outside of it. Returns the handler that closes it when the focus moves outside.
pub(super) fn close_outside(open: RwSignal<bool>, around: NodeRef<Div>) -> impl Fn(FocusEvent) {
    let is_inside = move |target: Option<EventTarget>| {
        let target = target.and_then(|target| target.dyn_into::<Node>().ok());
        around
            .get_untracked()
            .is_some_and(|around| around.contains(target.as_ref()))
    };
    let elsewhere = window_event_listener(ev::pointerdown, move |event: PointerEvent| {
        if open.get_untracked() && !is_inside(event.target()) {
            open.set(false);
        }
    });
    on_cleanup(move || elsewhere.remove());
    move |event: FocusEvent| {
        let to = event.related_target();
        if to.is_some() && !is_inside(to) {
            // Once the focus has arrived: until then, removing the content would count as losing the focus.
            let close = move || {
                open.try_set(false);
            };
            set_timeout(close, Duration::ZERO);
        }
    }
}

/// A button that shows its content below itself. Escape, a click elsewhere and moving the focus out hide it again.
#[component]
pub fn Menu(
    /// The text of the button.
    #[prop(into)]
    label: String,
    /// An icon before the text.
    icon: IconName,
    /// The id of the content, unique on the page.
    id: &'static str,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let (around, button) = (NodeRef::<Div>::new(), NodeRef::<Button>::new());
    let left = close_outside(open, around);
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            open.set(false);
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
        }
    };
    view! {
        <div class="menu" node_ref=around on:focusout=left on:keydown=key>
            <button
                type="button"
                class="button"
                node_ref=button
                aria-expanded=move || open.get().to_string()
                aria-controls=move || open.get().then_some(id)
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name=icon />
                <span>{label}</span>
            </button>
            <Show when=move || open.get() fallback=|| ()>
                <div class="menu-list" id=id>{children()}</div>
            </Show>
        </div>
    }
}
