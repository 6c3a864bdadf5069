//! Copying to the clipboard, honest about whether it worked.

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

/// For how long a button says that it copied.
const SAYS_SO: Duration = Duration::from_secs(3);

/// What a copy button says afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyTexts {
    /// When the clipboard took it.
    pub copied: String,
    /// When it did not, and the text is selected: what to do instead.
    pub failed: String,
    /// The heading of the dialog that shows a text that is nowhere else on the page.
    pub by_hand: String,
    /// The name of the button that closes it.
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

/// Puts a text on the clipboard. False when the browser did not let it.
pub async fn clipboard_write(text: &str) -> bool {
    // Outside a secure context there is no clipboard object at all, and `navigator.clipboard` is undefined.
    let clipboard = window().navigator().clipboard();
    if AsRef::<wasm_bindgen::JsValue>::as_ref(&clipboard).is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// A button that copies a text and then says whether that worked. Where the browser refuses, the text is shown and selected, so that it can be
/// copied by hand.
#[component]
pub fn CopyButton(
    /// What it says: also its name.
    #[prop(into)]
    label: String,
    /// Its name where what it says is too short alone, e.g. in a row of a table. Begins with `label`.
    #[prop(optional, into)]
    name: Option<String>,
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// What it says afterwards.
    texts: CopyTexts,
    /// How it looks.
    #[prop(optional)]
    kind: ButtonKind,
    /// What else happens when it was copied.
    #[prop(optional_no_strip, into)]
    on_copied: Option<Callback<()>>,
    /// Selects the text where it is shown already. Without this a dialog shows it when the browser refuses.
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
            } else if let Some(on_failure) = on_failure {
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
                    // The dialog says it in its place.
                    CopyOutcome::Failed if !is_selected => String::new(),
                    CopyOutcome::Failed => texts.with_value(|texts| texts.failed.clone()),
                }}
            </span>
            {move || by_hand.get().map(|text| view! { <CopyByHand text texts=texts.get_value() shown=by_hand /> })}
        </span>
    }
}

/// A dialog with a text, selected, for the keys that copy.
#[component]
fn CopyByHand(
    /// The text.
    text: String,
    /// What is said.
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
    // Once the dialog is open: it puts the focus on its first control.
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

/// A code in a box with its copy button: shown as text, exactly as it is, never run.
#[component]
pub fn CodeBox(
    /// The heading and the region's name.
    #[prop(into)]
    title: String,
    /// What the heading is called inside the page's markup: unique on the page.
    #[prop(into)]
    id: String,
    /// A line below the heading: where the code belongs.
    #[prop(into)]
    note: String,
    /// The code.
    code: String,
    /// What the copy button says.
    #[prop(into)]
    copy: String,
    /// What it says afterwards.
    texts: CopyTexts,
    /// What else happens when it was copied.
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
