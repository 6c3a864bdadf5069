//! Takes a file from the user, chosen or dropped.

use leptos::html::Input;
use leptos::prelude::*;
use web_sys::{DragEvent, File};

use super::icon::{Icon, IconName};

/// A drop zone with a button that opens the browser's file chooser.
#[component]
pub fn FilePicker(
    /// The chooser's id: unique on the page.
    id: &'static str,
    /// The text and name of the button.
    #[prop(into)]
    label: String,
    /// What can be dropped here.
    #[prop(into)]
    hint: String,
    /// The file types in the browser's chooser, as in the `accept` attribute. The user may choose another type
    /// nevertheless.
    accept: &'static str,
    /// Called with the file.
    #[prop(into)]
    on_file: Callback<File>,
    /// A control inside the drop zone, above the button.
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
        // Allows the same file to be chosen again after it was corrected.
        input.set_value("");
    };
    // Without this the browser would open the file in place of the page. Text can still be dropped into a control.
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

/// Returns whether the user is dragging files rather than text or a link.
fn brings_files(event: &DragEvent) -> bool {
    event
        .data_transfer()
        .is_some_and(|data| data.types().includes(&"Files".into(), 0))
}
