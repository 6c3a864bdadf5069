//! The names that a list offers when its search finds nothing, its filters and its orders.

use leptos::prelude::*;
use switchboard::i18n::Text;
use switchboard::widgets::filter_count::FilterCount;
use switchboard::widgets::list_filter::ListFilter;
use switchboard::widgets::list_search::{ListSearch, SearchSuggestions};
use switchboard::widgets::sort_head::SortFilter;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, until};

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
    let announced = "Did you mean: shop.example, ship.example";
    until("the announcement", || {
        page.text("[role=status]") == announced
    })
    .await;
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

#[wasm_bindgen_test]
async fn select_sorts_rows_both_ways() {
    let order = RwSignal::new("-name".to_owned());
    let page = Page::show(move || {
        view! {
            <SortFilter
                columns=vec![("name", Text::Name), ("status", Text::Status)]
                value=Memo::new(move |_| order.get())
                choose=Callback::new(move |chosen| order.set(chosen))
            />
        }
    })
    .await;
    let options: Vec<_> = page
        .all("option")
        .into_iter()
        .filter_map(|one| one.text_content())
        .collect();
    assert_eq!(
        options,
        [
            "Sort: Name",
            "Sort: Name, reversed",
            "Sort: Status",
            "Sort: Status, reversed"
        ]
    );
    let shown =
        || js_sys::eval("document.querySelector('[data-page] select').selectedOptions[0].value");
    assert_eq!(shown().expect("a script"), "-name");
    let choose = "(() => { const select = document.querySelector('[data-page] select');
        select.value = 'status'; select.dispatchEvent(new Event('change', { bubbles: true })); })()";
    js_sys::eval(choose).expect("a script");
    assert_eq!(order.get_untracked(), "status");
}

#[wasm_bindgen_test]
async fn count_of_rows_is_announced_with_the_filter_only() {
    let (count, filter) = (RwSignal::new(2), RwSignal::new(0));
    let page = Page::show(move || {
        let count = Memo::new(move |_| count.get());
        view! { <FilterCount text=Text::CallsCount count filter /> }
    })
    .await;
    count.set(3);
    crate::page::next_turn().await;
    assert_eq!(page.text("span:first-child"), "3 calls");
    assert_eq!(page.text("[role=status]"), "");
    filter.set(1);
    count.set(1);
    crate::page::next_turn().await;
    assert_eq!(page.text("[role=status]"), "1 call");
}
