//! A dialog: the browser's own, which keeps the focus inside, closes on Escape and gives the focus back to its opener.

use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, IconName};
use super::toast::{bring_toasts_into, take_toasts_out_of};

/// A modal dialog with a heading and a close button. Its content is made anew each time it opens.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The heading: also the dialog's name.
    #[prop(into)]
    title: String,
    /// What the heading is called inside the page's markup: unique on the page.
    id: &'static str,
    /// The close button's name.
    #[prop(into)]
    close: String,
    /// Whether its content is wide, as a table is.
    #[prop(optional)]
    wide: bool,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
                bring_toasts_into(&dialog);
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let take_toasts_out = move || {
        if let Some(Some(dialog)) = dialog.try_get_untracked() {
            take_toasts_out_of(&dialog);
        }
    };
    // The page may go while the dialog is open.
    on_cleanup(take_toasts_out);
    view! {
        <dialog class=if wide { "dialog wide" } else { "dialog" } node_ref=dialog aria-labelledby=id on:close=move |_| { take_toasts_out(); open.set(false) }>
            <header class="dialog-head">
                <h2 id=id>{title}</h2>
                <button type="button" class="icon-button" aria-label=close on:click=move |_| open.set(false)><Icon name=IconName::Close /></button>
            </header>
            <Show when=move || open.get() fallback=|| ()>{children()}</Show>
        </dialog>
    }
}
