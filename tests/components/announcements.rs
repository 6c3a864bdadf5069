//! Tests live regions, required fields and the keyboard of the action bar.

use leptos::prelude::*;
use switchboard::i18n::Text;
use switchboard::ui::{ActionBar, Button, IconName, Menu, PageHeading, TextField};
use switchboard::widgets::pager::Pager;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{KeyboardEvent, KeyboardEventInit};

use crate::page::{Page, next_turn, until};

#[wasm_bindgen_test]
async fn pager_announces_turns_but_not_new_counts() {
    let (page_number, count) = (RwSignal::new(0), RwSignal::new(60));
    let page = Page::show(move || {
        let count = Memo::new(move |_| count.get());
        view! {
            <div id="rows"><table aria-label="Operators"></table></div>
            <Pager label=Text::Pages page=page_number on_turn=Callback::new(move |to| page_number.set(to)) count rows=25 />
        }
    })
    .await;
    assert_eq!(page.text("[role=status]"), "");
    count.set(70);
    next_turn().await;
    assert_eq!(page.text("[role=status]"), "");
    page.click("button:last-of-type").await;
    assert_eq!(page.text("[role=status]"), "26–50 of 70");
    // The next Tab leads to the first of the new rows.
    let focused = document().active_element().expect("an element");
    assert_eq!(focused.id(), "rows");
    let names = ["role", "aria-label"].map(|name| focused.get_attribute(name));
    assert_eq!(names, ["group", "Operators"].map(|it| Some(it.to_owned())));
}

#[wasm_bindgen_test]
async fn rising_count_is_announced_once_at_its_end() {
    let (found, is_counting) = (RwSignal::new(0), RwSignal::new(true));
    let page = Page::show(move || {
        let subtitle = Signal::derive(move || format!("{} domains", found.get()));
        view! { <PageHeading title="Domains".to_owned() subtitle counts=true is_counting /> }
    })
    .await;
    let begun = js_sys::Date::now();
    while js_sys::Date::now() - begun < 700.0 {
        found.set(5);
        next_turn().await;
        assert_eq!(page.text("[role=status]"), "");
    }
    assert_eq!(page.text(".subtitle"), "5 domains");
    found.set(10);
    is_counting.set(false);
    until("the last count", || {
        page.text("[role=status]") == "10 domains"
    })
    .await;
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
        let regions = page.all("[role=status]");
        assert_eq!(regions.len(), usize::from(counts));
        found.update(|found| *found += 1);
        next_turn().await;
        let now = || format!("{} operators", found.get_untracked());
        assert_eq!(page.text(".subtitle"), now());
        // While it keeps changing, nothing is announced.
        for region in regions {
            assert_eq!(region.text_content().as_deref(), Some(""));
            found.update(|found| *found += 1);
            until("the last count", || region.text_content() == Some(now())).await;
        }
    }
}

#[wasm_bindgen_test]
async fn menu_stays_until_the_focus_has_arrived_elsewhere() {
    let page = Page::show(|| {
        view! {
            <Menu label="Columns" icon=IconName::Sliders id="columns"><button id="inside"></button></Menu>
            <button id="outside"></button>
        }
    })
    .await;
    page.click(".menu > button").await;
    let init = web_sys::FocusEventInit::new();
    init.set_bubbles(true);
    init.set_related_target(Some(&page.one("#outside")));
    let event = web_sys::FocusEvent::new_with_focus_event_init_dict("focusout", &init);
    page.one("#inside")
        .dispatch_event(&event.expect("an event"))
        .expect("sent");
    leptos::task::tick().await;
    assert_eq!(page.all("#inside").len(), 1);
    until("the closed menu", || page.all("#inside").is_empty()).await;
}

#[wasm_bindgen_test]
async fn action_of_the_opened_bar_runs_with_the_focus_on_its_toggle() {
    let focused = RwSignal::new(String::new());
    let page = Page::show(move || {
        let note = move |()| {
            focused.set(
                document()
                    .active_element()
                    .map(|it| it.id())
                    .unwrap_or_default(),
            )
        };
        view! {
            <ActionBar id="bar" label="Bulk actions" toggle="Actions">
                <Button label="Delete".to_owned() on_press=Callback::new(note) />
            </ActionBar>
        }
    })
    .await;
    page.click("#bar-toggle").await;
    page.one("[role=toolbar] button").focus().expect("focus");
    // A dialog that the action opens returns the focus there.
    page.click("[role=toolbar] button").await;
    assert_eq!(focused.get_untracked(), "bar-toggle");
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
