//! Tests buttons, fields and secrets.

use leptos::prelude::*;
use switchboard::browser::key_repeat::ignore_held_enter;
use switchboard::ui::{
    Button, Checkbox, MaskedSecret, Person, SecretField, TextArea, TextField, focus_once_rendered,
    keep_focus,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::page::{Page, next_turn, press_enter, until};

#[wasm_bindgen_test]
async fn a_busy_button_does_nothing_and_keeps_the_focus() {
    let (busy, pressed) = (RwSignal::new(false), RwSignal::new(0));
    let page = Page::show(move || {
        view! { <Button label="Save".to_owned() busy on_press=Callback::new(move |()| pressed.update(|n| *n += 1)) /> }
    })
    .await;
    page.one("button").focus().expect("focus");
    page.click("button").await;
    busy.set(true);
    next_turn().await;
    page.click("button").await;
    assert_eq!(pressed.get_untracked(), 1);
    assert_eq!(
        page.one("button").get_attribute("aria-busy").as_deref(),
        Some("true")
    );
    assert_eq!(
        document().active_element().map(|e| e.tag_name()).as_deref(),
        Some("BUTTON")
    );
}

#[wasm_bindgen_test]
async fn settling_button_ignores_the_second_press_of_a_double_press() {
    let pressed = RwSignal::new(0);
    let page = Page::show(move || {
        view! { <Button label="Remove".to_owned() settles=true on_press=Callback::new(move |()| pressed.update(|n| *n += 1)) /> }
    })
    .await;
    page.click("button").await;
    assert_eq!(pressed.get_untracked(), 0);
    let button = page.one("button");
    until("it settles", || !button.has_attribute("aria-disabled")).await;
    page.click("button").await;
    assert_eq!(pressed.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn held_enter_presses_once() {
    let page = Page::show(|| {
        ignore_held_enter();
        view! { <button>"Add"</button><textarea></textarea> }
    })
    .await;
    let (button, text) = (page.one("button"), page.one("textarea"));
    assert!(press_enter(&button, false));
    assert!(!press_enter(&button, true));
    assert!(press_enter(&text, true));
}

#[wasm_bindgen_test]
async fn focus_goes_to_the_title_when_its_control_is_removed() {
    let there = RwSignal::new(true);
    let page = Page::show(move || {
        keep_focus();
        view! {
            <main>
                <h1>"Operators"</h1>
                {move || there.get().then(|| view! { <button class="alone">"Close"</button> })}
            </main>
        }
    })
    .await;
    page.one(".alone").focus().expect("focus");
    there.set(false);
    next_turn().await;
    next_turn().await;
    let focused = document().active_element().map(|e| e.tag_name());
    assert_eq!(focused.as_deref(), Some("H1"));
}

#[wasm_bindgen_test]
async fn focus_of_a_removed_control_goes_to_the_chosen_radio_button() {
    let there = RwSignal::new(true);
    let page = Page::show(move || {
        keep_focus();
        view! {
            <section>
                {move || there.get().then(|| view! { <button class="retry">"Retry failed"</button> })}
                <input type="radio" name="shown" class="all" />
                <input type="radio" name="shown" class="not-done" prop:checked=true />
            </section>
        }
    })
    .await;
    page.one(".retry").focus().expect("focus");
    there.set(false);
    next_turn().await;
    next_turn().await;
    let focused = document().active_element().map(|e| e.class_name());
    assert_eq!(focused.as_deref(), Some("not-done"));
}

#[wasm_bindgen_test]
async fn a_busy_submit_button_does_not_submit() {
    let (busy, submitted) = (RwSignal::new(true), RwSignal::new(0));
    let page = Page::show(move || {
        view! {
            <form on:submit=move |event| { event.prevent_default(); submitted.update(|n| *n += 1); }>
                <Button label="Send".to_owned() submit=true busy />
            </form>
        }
    })
    .await;
    page.click("button").await;
    assert_eq!(submitted.get_untracked(), 0);
    busy.set(false);
    page.click("button").await;
    assert_eq!(submitted.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn error_describes_its_field_until_the_value_changes() {
    let (value, error) = (RwSignal::new("a".to_owned()), RwSignal::new(None::<String>));
    let page = Page::show(move || {
        view! { <TextField id="f" label="Email" value error hint=Signal::stored("Help".to_owned()) /> }
    })
    .await;
    let input = page.one("input");
    assert_eq!(
        input.get_attribute("aria-describedby").as_deref(),
        Some("f-hint")
    );
    assert_eq!(input.get_attribute("aria-invalid"), None);
    error.set(Some("No @".to_owned()));
    next_turn().await;
    assert_eq!(
        input.get_attribute("aria-describedby").as_deref(),
        Some("f-error f-hint")
    );
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(page.text("#f-error"), "No @");
    page.fill("input", "a@x.example").await;
    assert_eq!(page.text("#f-error"), "");
    assert_eq!(input.get_attribute("aria-invalid"), None);
    error.set(Some("No @".to_owned()));
    next_turn().await;
    assert_eq!(page.text("#f-error"), "No @");
    error.set(None);
    next_turn().await;
    assert_eq!(page.text("#f-error"), "");
    assert_eq!(input.get_attribute("aria-invalid"), None);
}

#[wasm_bindgen_test]
async fn field_and_signal_stay_in_sync() {
    let value = RwSignal::new(String::new());
    let page = Page::show(move || view! { <TextField id="f" label="Name" value /> }).await;
    page.fill("input", "Björk").await;
    assert_eq!(value.get_untracked(), "Björk");
    value.set("優子".to_owned());
    next_turn().await;
    assert_eq!(
        page.one("input")
            .unchecked_into::<HtmlInputElement>()
            .value(),
        "優子"
    );
}

#[wasm_bindgen_test]
async fn secret_field_is_masked_until_revealed() {
    let value = RwSignal::new("t0ken".to_owned());
    let page = Page::show(
        move || view! { <SecretField id="s" label="Token" value reveal="Show" hide="Hide" /> },
    )
    .await;
    let kind = || page.one("input").get_attribute("type").unwrap_or_default();
    assert_eq!(kind(), "password");
    page.click("button[aria-label=Show]").await;
    assert_eq!(kind(), "text");
    page.click("button[aria-label=Hide]").await;
    assert_eq!(kind(), "password");
}

#[wasm_bindgen_test]
async fn masked_secret_is_not_in_the_dom() {
    let page = Page::show(
        || view! { <MaskedSecret value="s3cret".to_owned() reveal="Show" hide="Hide" /> },
    )
    .await;
    // The name of its button changes, so it is no toggle.
    assert_eq!(page.one("button").get_attribute("aria-pressed"), None);
    let html = || page.one(".masked").outer_html();
    assert!(!html().contains("s3cret"));
    page.click("button").await;
    assert!(html().contains("s3cret"));
    page.click("button").await;
    assert!(!html().contains("s3cret"));
}

#[wasm_bindgen_test]
async fn a_checkbox_is_ticked_by_its_label() {
    let checked = RwSignal::new(false);
    let page =
        Page::show(move || view! { <Checkbox id="c" label="Keep" checked hint="Help" /> }).await;
    page.click("label").await;
    assert!(checked.get_untracked());
}

#[wasm_bindgen_test]
async fn addresses_and_code_are_typed_left_to_right_in_every_language() {
    let value = RwSignal::new(String::new());
    let page = Page::show(move || {
        view! {
            <div dir="rtl">
                <TextField id="email" label="Email" value keyboard="email" />
                <TextField id="url" label="URL" value keyboard="url" />
                <TextArea id="code" label="HTML" value />
                <SecretField id="token" label="Token" value reveal="Show" hide="Hide" />
                <TextField id="name" label="Name" value />
            </div>
        }
    })
    .await;
    let direction = |id: &str| {
        let around = page.one(id).closest("[dir]").expect("a selector");
        around.and_then(|around| around.get_attribute("dir"))
    };
    for id in ["#email", "#url", "#code", "#token"] {
        assert_eq!(direction(id).as_deref(), Some("ltr"), "{id}");
    }
    assert_eq!(direction("#name").as_deref(), Some("rtl"));
}

#[wasm_bindgen_test]
async fn person_isolates_the_address_from_left_to_right() {
    let page = Page::show(|| view! { <div dir="rtl"><Person initials="ل" name="ليلى" email="1.layla@acme.example" /></div> }).await;
    let email = page.one(".person-email bdi");
    assert_eq!(
        email.text_content().as_deref(),
        Some("1.layla@acme.example")
    );
    assert_eq!(email.get_attribute("dir").as_deref(), Some("ltr"));
}

#[wasm_bindgen_test]
async fn focus_reaches_a_new_row_although_its_button_disappears() {
    let more = RwSignal::new(false);
    let page = Page::show(move || {
        keep_focus();
        let show = Callback::new(move |()| {
            focus_once_rendered("#rows > :nth-child(2) a".to_owned());
            more.set(true);
        });
        view! {
            <section>
                <input />
                <ul id="rows"><li><a href="#a">"a"</a></li>{move || more.get().then(|| view! { <li><a id="new" href="#b">"b"</a></li> })}</ul>
                {move || (!more.get()).then(|| view! { <Button label="More".to_owned() on_press=show /> })}
            </section>
        }
    })
    .await;
    let visited = RwSignal::new(Vec::new());
    let note = window_event_listener(leptos::ev::focusin, move |_| {
        let now = document().active_element().map(|it| it.tag_name());
        visited.update(|visited| visited.extend(now));
    });
    page.one("button").focus().expect("focused");
    page.click("button").await;
    until("the new row", || {
        document()
            .active_element()
            .is_some_and(|it| it.id() == "new")
    })
    .await;
    assert_eq!(visited.get_untracked(), ["BUTTON", "A"]);
    note.remove();
}
