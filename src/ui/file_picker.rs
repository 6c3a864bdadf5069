//! Taking a file from the user: chosen, or dropped.

use leptos::html::Input;
use leptos::prelude::*;
use web_sys::{DragEvent, File};

use super::icon::{Icon, IconName};

/// A place to drop a file on, with a button that opens the browser's own chooser.
#[component]
pub fn FilePicker(
    /// The chooser's id: unique on the page.
    id: &'static str,
    /// What the button says: also its name.
    #[prop(into)]
    label: String,
    /// What can be dropped here.
    #[prop(into)]
    hint: String,
    /// What the browser's chooser offers, as in the `accept` attribute. Anything else may come all the same.
    accept: &'static str,
    /// What happens with the file.
    #[prop(into)]
    on_file: Callback<File>,
    /// A control that stands inside of the place, above the button: a file can be dropped on it too.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let over = RwSignal::new(false);
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            on_file.run(file);
        }
        // The same file can be chosen again after it was mended.
        input.set_value("");
    };
    // Without this the browser would open the file in place of the page. Text may be dropped into a control as ever.
    let over_us = move |event: DragEvent| {
        if brings_files(&event) {
            event.prevent_default();
            over.set(true);
        }
    };
    let dropped = move |event: DragEvent| {
        over.set(false);
        if !brings_files(&event) {
            return;
        }
        event.prevent_default();
        let file = event
            .data_transfer()
            .and_then(|data| data.files())
            .and_then(|files| files.get(0));
        if let Some(file) = file {
            on_file.run(file);
        }
    };
    let hint_id = format!("{id}-hint");
    view! {
        <div
            class="file-picker"
            data-over=move || over.get().then_some("true")
            on:dragover=over_us
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            {children.map(|children| children())}
            <label class="button">
                <Icon name=IconName::Upload />
                <span>{label}</span>
                <input id=id type="file" accept=accept node_ref=input on:change=chosen aria-describedby=hint_id.clone() />
            </label>
            <p class="hint" id=hint_id>{hint}</p>
        </div>
    }
}

/// Whether files are dragged, rather than text or a link.
fn brings_files(event: &DragEvent) -> bool {
    event
        .data_transfer()
        .is_some_and(|data| data.types().includes(&"Files".into(), 0))
}
