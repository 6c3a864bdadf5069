//! Tests copying, and that its success is reported truthfully. The clipboard is replaced here; the journeys, which
//! have a user's click and permission, prove that the real one contains the text.

use leptos::prelude::*;
use switchboard::ui::{CodeBox, CopyButton, CopyTexts};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, replace, until};

fn texts() -> CopyTexts {
    CopyTexts {
        copied: "Copied".to_owned(),
        failed: "Not copied".to_owned(),
        by_hand: "Copy manually".to_owned(),
        close: "Close".to_owned(),
    }
}

/// Makes the clipboard accept or refuse everything from now on.
fn clipboard(takes: bool) {
    let answer = Closure::<dyn Fn(JsValue) -> js_sys::Promise>::new(move |text: JsValue| {
        js_sys::Reflect::set(&window(), &"lastCopied".into(), &text).expect("set");
        if takes {
            js_sys::Promise::resolve(&JsValue::UNDEFINED)
        } else {
            js_sys::Promise::reject(&"NotAllowedError".into())
        }
    });
    let object = js_sys::Object::new();
    replace(&object, "writeText", &answer.into_js_value());
    replace(&window().navigator(), "clipboard", &object);
}

fn last_copied() -> Option<String> {
    js_sys::Reflect::get(&window(), &"lastCopied".into())
        .expect("get")
        .as_string()
}

#[wasm_bindgen_test]
async fn copy_button_copies_exactly_and_reports_it() {
    clipboard(true);
    let told = RwSignal::new(0);
    let page = Page::show(move || {
        let on_copied = Callback::new(move |()| told.update(|n| *n += 1));
        view! { <CopyButton label="Copy link" text=Signal::stored(" <script>\n</script> ".to_owned()) texts=texts() on_copied /> }
    })
    .await;
    page.click("button").await;
    until("Copied", || page.text(".copy-outcome") == "Copied").await;
    assert_eq!(last_copied().as_deref(), Some(" <script>\n</script> "));
    assert_eq!(told.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn refused_copy_is_reported() {
    clipboard(false);
    let told = RwSignal::new(0);
    let page = Page::show(move || {
        let on_copied = Callback::new(move |()| told.update(|n| *n += 1));
        view! { <CopyButton label="Copy link" text=Signal::stored("x".to_owned()) texts=texts() on_copied /> }
    })
    .await;
    page.click("button").await;
    until("the dialog", || {
        page.all("dialog[open] textarea").len() == 1
    })
    .await;
    assert_eq!(told.get_untracked(), 0);
    assert_eq!(page.text(".copy-outcome"), "");
}

#[wasm_bindgen_test]
async fn refused_copy_shows_the_text_selected_wherever_it_is() {
    clipboard(false);
    let code = " <script>\n</script> ";
    let page = Page::show(move || {
        view! { <CopyButton label="Copy both" text=Signal::stored(code.to_owned()) texts=texts() /> }
    })
    .await;
    for _ in 0..2 {
        page.click("button").await;
        let area = || {
            let area = document().active_element()?;
            area.dyn_into::<web_sys::HtmlTextAreaElement>().ok()
        };
        let is_selected = || {
            area().is_some_and(|area| {
                let end = u32::try_from(code.len()).ok();
                area.value() == code
                    && area.selection_start() == Ok(Some(0))
                    && area.selection_end() == Ok(end)
            })
        };
        until("the text selected", is_selected).await;
        page.click("dialog[open] [aria-label=Close]").await;
        until("the dialog gone", || page.all("dialog").is_empty()).await;
    }
}

#[wasm_bindgen_test]
async fn code_is_selected_without_a_clipboard() {
    replace(&window().navigator(), "clipboard", &JsValue::UNDEFINED);
    let page = Page::show(|| {
        view! { <CodeBox title="link" id="link" note="Loads the chat." code="<script>".to_owned() copy="Copy link" texts=texts() /> }
    })
    .await;
    page.click("button").await;
    until("Not copied", || page.text(".copy-outcome") == "Not copied").await;
    let selected = window()
        .get_selection()
        .expect("a selection")
        .expect("a selection");
    assert_eq!(String::from(selected.to_string()), "<script>");
}

#[wasm_bindgen_test]
async fn only_the_selected_code_is_said_to_be_selected() {
    clipboard(false);
    let page = Page::show(|| {
        let code = |id: &'static str| {
            view! { <CodeBox title=id id note="" code=id.to_owned() copy="Copy" texts=texts() /> }
        };
        view! { <div class="one">{code("link")}</div><div class="two">{code("socketLink")}</div> }
    })
    .await;
    page.click(".one button").await;
    let said = |place: &str| page.text(&format!("{place} .copy-outcome"));
    until("Not copied", || said(".one") == "Not copied").await;
    page.click(".two button").await;
    until("Not copied", || said(".two") == "Not copied").await;
    assert_eq!(said(".one"), "");
}

#[wasm_bindgen_test]
async fn a_code_is_text_and_never_runs() {
    let code = "<script>window.ran = true</script><img src=x onerror='window.ran = true'>";
    let page = Page::show(move || {
        view! { <CodeBox title="link" id="link" note="" code=code.to_owned() copy="Copy link" texts=texts() /> }
    })
    .await;
    assert_eq!(page.text("pre"), code);
    assert_eq!(page.all("pre script, pre img").len(), 0);
    assert!(
        js_sys::Reflect::get(&window(), &"ran".into())
            .expect("get")
            .is_undefined()
    );
}
