//! Tests live regions, required fields and the keyboard of the action bar.

use leptos::prelude::*;
use switchboard::i18n::Text;
use switchboard::ui::{ActionBar, Button, PageHeading, TextField};
use switchboard::widgets::pager::Pager;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{KeyboardEvent, KeyboardEventInit};

use crate::page::{Page, next_turn};

#[wasm_bindgen_test]
async fn pager_announces_turns_but_not_new_counts() {
    let (page_number, count) = (RwSignal::new(0), RwSignal::new(60));
    let page = Page::show(move || {
        let count = Memo::new(move |_| count.get());
        view! { <Pager label=Text::Pages page=page_number on_turn=Callback::new(move |to| page_number.set(to)) count rows=25 /> }
    })
    .await;
    assert_eq!(page.text("[role=status]"), "");
    count.set(70);
    next_turn().await;
    assert_eq!(page.text("[role=status]"), "");
    page.click("button:last-of-type").await;
    assert_eq!(page.text("[role=status]"), "26–50 of 70");
}

#[wasm_bindgen_test]
async fn only_a_line_that_counts_is_a_live_region() {
    let (found, is_counting) = (RwSignal::new(12), [true, false]);
    for counts in is_counting {
        let page = Page::show(move || {
            let subtitle = Signal::derive(move || format!("{} operators", found.get()));
            view! { <PageHeading title="Operators".to_owned() subtitle counts /> }
        })
        .await;
        assert_eq!(page.all("[role=status]").len(), usize::from(counts));
        let line = page.one(".subtitle");
        found.update(|found| *found += 1);
        next_turn().await;
        // The region itself stays: one that is replaced is not announced, or is announced twice.
        assert!(line.is_connected());
        let now = format!("{} operators", found.get_untracked());
        assert_eq!(line.text_content(), Some(now));
    }
}

#[wasm_bindgen_test]
async fn required_field_says_so() {
    let page = Page::show(|| {
        let value = RwSignal::new(String::new());
        view! {
            <TextField id="name" label="Name" value required=true />
            <TextField id="note" label="Note" value />
        }
    })
    .await;
    let required = |id| page.one(id).get_attribute("aria-required");
    assert_eq!(required("#name").as_deref(), Some("true"));
    assert_eq!(required("#note"), None);
}

#[wasm_bindgen_test]
async fn action_bar_is_one_tab_stop_and_escape_closes_its_menu() {
    let page = Page::show(|| {
        let press = Callback::new(|()| {});
        view! {
            <ActionBar id="bar" label="Bulk actions" toggle="Actions">
                <Button label="Activate".to_owned() on_press=press />
                <Button label="Delete".to_owned() on_press=press />
            </ActionBar>
        }
    })
    .await;
    let stops = || {
        let buttons = page.all("[role=toolbar] button");
        let stop = |button: &web_sys::Element| button.get_attribute("tabindex");
        buttons.iter().filter_map(stop).collect::<Vec<_>>()
    };
    assert_eq!(stops(), ["0", "-1"]);
    let toggle = page.one("#bar-toggle");
    toggle.click();
    next_turn().await;
    assert_eq!(
        toggle.get_attribute("aria-expanded").as_deref(),
        Some("true")
    );
    let first = page.one("[role=toolbar] button:first-of-type");
    first.focus().expect("focus");
    press(&first, "ArrowRight").await;
    let focused = document()
        .active_element()
        .and_then(|one| one.text_content());
    assert_eq!(focused.as_deref(), Some("Delete"));
    assert_eq!(stops(), ["-1", "0"]);
    press(&first, "Escape").await;
    assert_eq!(
        toggle.get_attribute("aria-expanded").as_deref(),
        Some("false")
    );
    assert_eq!(document().active_element(), Some(toggle.unchecked_into()));
}

async fn press(at: &web_sys::HtmlElement, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init);
    at.dispatch_event(&event.expect("an event")).expect("sent");
    next_turn().await;
}
