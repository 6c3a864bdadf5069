//! A modal dialog: the browser's own, which traps the focus, closes on Escape and returns the focus to its opener.

use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::icon::{Icon, IconName};
use super::toast::{ToastPlace, Toasts};

/// A modal dialog with a heading and a close button. Its content is rebuilt each time it opens.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The heading: also the dialog's name.
    #[prop(into)]
    title: String,
    /// The id of the heading, unique on the page.
    id: &'static str,
    /// The close button's name. Without one, neither a button nor Escape closes the dialog: its content has to.
    #[prop(optional, into)]
    close: Option<String>,
    /// The id of the element in its content that describes it.
    #[prop(optional)]
    described_by: Option<&'static str>,
    /// Whether its content is wide, such as a table.
    #[prop(optional)]
    wide: bool,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let toasts = use_context::<Toasts>();
    let place = RwSignal::new(None::<u32>);
    let leave = move || {
        let left = place.try_update(Option::take).flatten();
        if let (Some(place), Some(toasts)) = (left, toasts) {
            toasts.leave_dialog(place);
        }
    };
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
                place.set(toasts.map(|toasts| toasts.enter_dialog()));
            }
            (false, true) => {
                dialog.close();
                leave();
            }
            _ => {}
        }
    });
    let has_close = close.is_some();
    let close = close.map(|close| {
        view! { <button type="button" class="icon-button" aria-label=close on:click=move |_| open.set(false)><Icon name=IconName::Close /></button> }
    });
    let keep_open = move |event: leptos::ev::Event| {
        if !has_close {
            event.prevent_default();
        }
    };
    let closed = move |_| match dialog.get_untracked() {
        // The browser's close event is delayed: the dialog may have been opened again.
        Some(dialog) if dialog.open() => {}
        // Chromium closes a dialog at a second Escape even if the first was cancelled.
        Some(dialog) if !has_close && open.get_untracked() => {
            let _ = dialog.show_modal();
        }
        _ => {
            leave();
            open.set(false);
        }
    };
    // The page may be disposed while the dialog is open.
    on_cleanup(leave);
    view! {
        <dialog
            class=if wide { "dialog wide" } else { "dialog" } node_ref=dialog aria-labelledby=id
            aria-describedby=move || described_by.filter(|_| open.get()) on:cancel=keep_open on:close=closed
        >
            <div class="dialog-head">
                <h2 id=id>{title}</h2>
                {close}
            </div>
            <Show when=move || open.get() fallback=|| ()>{children()}</Show>
            {move || place.get().map(|place| view! { <ToastPlace place /> })}
        </dialog>
    }
}

/// Keeps a part of a dialog at least as high as it is now. Otherwise the results of a search, which become fewer, would
/// shrink the dialog and move the search field while the user types.
pub fn keep_height(part: &HtmlElement) {
    let height = format!("{}px", part.offset_height());
    let _ = part.style().set_property("min-block-size", &height);
}
