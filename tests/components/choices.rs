//! A choice among a few, and a button that shows and hides.

use leptos::prelude::*;
use switchboard::ui::{Disclosure, Segments};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::page::{Page, next_turn};

fn checked(page: &Page) -> Vec<bool> {
    let inputs = page.all("input[type=radio]").into_iter();
    inputs
        .map(|input| input.unchecked_into::<HtmlInputElement>().checked())
        .collect()
}

#[wasm_bindgen_test]
async fn one_of_a_few_is_chosen_and_shown_from_either_side() {
    let chosen = RwSignal::new(0_usize);
    let options = vec!["All".to_owned(), "Some".to_owned(), "None".to_owned()];
    let page =
        Page::show(move || view! { <Segments id="test" label="Shown" chosen options /> }).await;
    assert_eq!(page.text("fieldset > legend"), "Shown");
    assert_eq!(checked(&page), [true, false, false]);
    let last: Element = page.all("label").remove(2);
    last.unchecked_into::<HtmlElement>().click();
    next_turn().await;
    assert_eq!(chosen.get_untracked(), 2);
    chosen.set(1);
    next_turn().await;
    assert_eq!(checked(&page), [false, true, false]);
}

#[wasm_bindgen_test]
async fn a_disclosure_says_what_it_shows_and_only_while_it_is_there() {
    let open = RwSignal::new(false);
    let page = Page::show(move || {
        view! {
            <Disclosure open controls="more" on_flip=Callback::new(move |()| open.update(|open| *open = !*open))>"More"</Disclosure>
            {move || open.get().then(|| view! { <p id="more">"Detail"</p> })}
        }
    })
    .await;
    let state = |name: &str| page.one("button").get_attribute(name);
    assert_eq!(state("aria-expanded").as_deref(), Some("false"));
    assert_eq!(state("aria-controls"), None);
    page.click("button").await;
    assert_eq!(state("aria-expanded").as_deref(), Some("true"));
    assert_eq!(state("aria-controls").as_deref(), Some("more"));
    assert_eq!(page.text("#more"), "Detail");
}
