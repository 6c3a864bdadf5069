//! Tests the disclosure button.

use leptos::prelude::*;
use switchboard::ui::Disclosure;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;

#[wasm_bindgen_test]
async fn disclosure_references_its_content_only_while_shown() {
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
