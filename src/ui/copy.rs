//! Copies to the clipboard, and reports whether that worked.

use std::cell::Cell;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;

use super::button::ButtonKind;
use super::dialog::Dialog;
use super::icon::{Icon, IconName};

/// How long a button shows that it has copied.
const SAYS_SO: Duration = Duration::from_secs(3);

/// The texts of a copy button after a press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyTexts {
    /// For success.
    pub copied: String,
    /// For failure, when the text is selected: what to do instead.
    pub failed: String,
    /// The heading of the dialog that shows a text to copy by hand.
    pub by_hand: String,
    /// The name of the button that closes the dialog.
    pub close: String,
}

/// The id of the text in that dialog. One is open at a time.
const BY_HAND: &str = "copy-by-hand";

#[derive(Clone, Copy, PartialEq, Eq)]
enum CopyOutcome {
    Idle,
    Copied,
    Failed,
}

thread_local! {
    /// The outcome of the button whose text is selected: the page has one selection.
    static SELECTED: Cell<Option<RwSignal<CopyOutcome>>> = const { Cell::new(None) };
}

/// Writes a text to the clipboard. Returns false if the browser did not allow it.
pub async fn clipboard_write(text: &str) -> bool {
    // Outside a secure context there is no clipboard object at all, and `navigator.clipboard` is undefined.
    let clipboard = window().navigator().clipboard();
    if AsRef::<wasm_bindgen::JsValue>::as_ref(&clipboard).is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// A button that copies a text and says whether that worked. If the browser refuses, the text is shown and selected,
/// so that the user can copy it.
#[component]
pub fn CopyButton(
    /// The text, which is also the accessible name.
    #[prop(into)]
    label: String,
    /// The accessible name, if the text alone is too short, e.g. in a row of a table. Begins with `label`.
    #[prop(optional, into)]
    name: Option<String>,
    /// The text to copy.
    #[prop(into)]
    text: Signal<String>,
    /// The texts after a press.
    texts: CopyTexts,
    /// The button's look.
    #[prop(optional)]
    kind: ButtonKind,
    /// Called after copying.
    #[prop(optional_no_strip, into)]
    on_copied: Option<Callback<()>>,
    /// Selects the text if the page shows it already. Without this, a dialog shows the text when the browser refuses.
    #[prop(optional, into)]
    on_failure: Option<Callback<()>>,
) -> impl IntoView {
    let outcome = RwSignal::new(CopyOutcome::Idle);
    let by_hand = RwSignal::new(None::<String>);
    let (label, texts) = (StoredValue::new(label), StoredValue::new(texts));
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let copied = clipboard_write(&text).await;
            outcome.set(if copied {
                CopyOutcome::Copied
            } else {
                CopyOutcome::Failed
            });
            if copied {
                if let Some(on_copied) = on_copied {
                    on_copied.run(());
                }
                set_timeout(move || outcome.set(CopyOutcome::Idle), SAYS_SO);
                return;
            }
            let before = SELECTED.replace(on_failure.map(|_| outcome));
            if let Some(before) = before.filter(|before| *before != outcome) {
                before.try_set(CopyOutcome::Idle);
            }
            if let Some(on_failure) = on_failure {
                on_failure.run(());
            } else {
                by_hand.try_set(Some(text));
            }
        });
    };
    let is_selected = on_failure.is_some();
    let class = match kind {
        ButtonKind::Primary => "button primary copy",
        ButtonKind::Secondary | ButtonKind::Danger => "button copy",
        ButtonKind::Quiet => "button quiet copy",
    };
    view! {
        <span class="copy-wrap">
            <button type="button" class=class aria-label=name on:click=copy data-outcome=move || match outcome.get() {
                CopyOutcome::Idle => None,
                CopyOutcome::Copied => Some("copied"),
                CopyOutcome::Failed => Some("failed"),
            }>
                {move || view! { <Icon name=if outcome.get() == CopyOutcome::Copied { IconName::Check } else { IconName::Copy } /> }}
                <span>{label.get_value()}</span>
            </button>
            <span class="copy-outcome" role="status">
                {move || match outcome.get() {
                    CopyOutcome::Idle => String::new(),
                    CopyOutcome::Copied => texts.with_value(|texts| texts.copied.clone()),
                    // The dialog says it instead.
                    CopyOutcome::Failed if !is_selected => String::new(),
                    CopyOutcome::Failed => texts.with_value(|texts| texts.failed.clone()),
                }}
            </span>
            {move || by_hand.get().map(|text| view! { <CopyByHand text texts=texts.get_value() shown=by_hand /> })}
        </span>
    }
}

/// A dialog with the selected text, to be copied with the keyboard.
#[component]
fn CopyByHand(
    /// The text.
    text: String,
    /// The texts of the dialog.
    texts: CopyTexts,
    /// Empty once the dialog is closed.
    shown: RwSignal<Option<String>>,
) -> impl IntoView {
    let open = RwSignal::new(true);
    Effect::new(move || {
        if !open.get() {
            shown.set(None);
        }
    });
    // After the dialog has opened, because it focuses its first control.
    request_animation_frame(select_text);
    let CopyTexts {
        failed,
        by_hand,
        close,
        ..
    } = texts;
    let lines = text.lines().count().clamp(2, 12).to_string();
    view! {
        <Dialog open title=by_hand id="copy-by-hand-title" close=close>
            <div class="form">
                <p id="copy-by-hand-text">{failed.clone()}</p>
                <textarea
                    id=BY_HAND
                    class="text-area"
                    dir="ltr"
                    rows=lines.clone()
                    readonly
                    wrap="off"
                    spellcheck="false"
                    aria-labelledby="copy-by-hand-title"
                    aria-describedby="copy-by-hand-text"
                    prop:value=text.clone()
                    on:focus=move |_| select_text()
                ></textarea>
            </div>
        </Dialog>
    }
}

fn select_text() {
    let area = document().get_element_by_id(BY_HAND);
    if let Some(area) = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok()) {
        let _ = area.focus();
        area.select();
    }
}

/// A code in a box with its copy button. Shown as text, exactly as it is, and never executed.
#[component]
pub fn CodeBox(
    /// The heading and the region's name.
    #[prop(into)]
    title: String,
    /// The id of the heading, unique on the page.
    #[prop(into)]
    id: String,
    /// A line below the heading that says where the code belongs.
    #[prop(into)]
    note: String,
    /// The code.
    code: String,
    /// The text of the copy button.
    #[prop(into)]
    copy: String,
    /// The texts of the copy button after a press.
    texts: CopyTexts,
    /// Called after copying.
    #[prop(optional_no_strip, into)]
    on_copied: Option<Callback<()>>,
) -> impl IntoView {
    let block = NodeRef::<html::Pre>::new();
    let select = Callback::new(move |()| {
        if let (Some(block), Ok(Some(selection))) =
            (block.get_untracked(), window().get_selection())
        {
            let _ = selection.select_all_children(&block);
        }
    });
    let shown = code.clone();
    let (section, heading) = (id.clone(), id.clone());
    view! {
        <section class="panel code-box" aria-labelledby=section>
            <header class="panel-head">
                <div><h2 id=heading>{title}</h2><p class="hint">{note}</p></div>
                <CopyButton label=copy text=Signal::stored(code) texts on_copied on_failure=select />
            </header>
            // Focusable, so that a long line can be scrolled with the keyboard.
            <pre class="code" dir="ltr" tabindex="0" role="group" aria-labelledby=id node_ref=block><code>{shown}</code></pre>
        </section>
    }
}
