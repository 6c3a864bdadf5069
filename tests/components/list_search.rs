//! The names that a list offers when its search finds nothing, and its filters.

use leptos::prelude::*;
use switchboard::i18n::Text;
use switchboard::widgets::list_filter::ListFilter;
use switchboard::widgets::list_search::{ListSearch, SearchSuggestions};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;

#[wasm_bindgen_test]
async fn suggestion_is_searched_for_and_the_field_gets_the_focus() {
    let search = RwSignal::new("shpo".to_owned());
    let page = Page::show(move || {
        let names = Memo::new(move |_| {
            let is_found = search.with(|search| search == "shop.example");
            if is_found {
                Vec::new()
            } else {
                vec!["shop.example".to_owned(), "ship.example".to_owned()]
            }
        });
        let choose = Callback::new(move |name| search.set(name));
        let nothing = Callback::new(|()| ());
        view! {
            <ListSearch label="Search" value=search on_type=choose on_leave=nothing />
            <SearchSuggestions names choose />
        }
    })
    .await;
    assert_eq!(page.text("p"), "Did you mean:");
    assert_eq!(page.text("li:first-child"), "shop.example");
    let button = page.one("li:first-child button");
    assert_eq!(
        button.get_attribute("aria-label").as_deref(),
        Some("Search for shop.example")
    );
    page.click("li:first-child button").await;
    assert_eq!(search.get_untracked(), "shop.example");
    assert!(page.all("button").is_empty());
    let focused = document().active_element().map(|one| one.tag_name());
    assert_eq!(focused.as_deref(), Some("INPUT"));
}

#[wasm_bindgen_test]
async fn filter_shows_what_the_address_says_and_tells_what_is_chosen() {
    let value = RwSignal::new("inactive".to_owned());
    let page = Page::show(move || {
        view! {
            <ListFilter
                label="Status" any=Text::FilterAnyStatus
                options=&[("active", Text::DomainIsActive), ("inactive", Text::DomainIsInactive)]
                value=Memo::new(move |_| value.get())
                choose=Callback::new(move |chosen| value.set(chosen))
            />
        }
    })
    .await;
    let shown =
        || js_sys::eval("document.querySelector('[data-page] select').selectedOptions[0].text");
    assert_eq!(shown().expect("a script"), "Inactive");
    let choose = "(() => { const select = document.querySelector('[data-page] select');
        select.value = ''; select.dispatchEvent(new Event('change', { bubbles: true })); })()";
    js_sys::eval(choose).expect("a script");
    assert_eq!(value.get_untracked(), "");
    value.set("active".to_owned());
    crate::page::next_turn().await;
    assert_eq!(shown().expect("a script"), "Active");
    drop(page);
}
