//! Tests the browser's address parser as the panel uses it.

use leptos::prelude::*;
use switchboard::browser::idna::{ascii_detail, readable, to_ascii};
use switchboard::widgets::domain_label::DomainLabel;
use switchboard_api::DomainName;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;

#[wasm_bindgen_test]
fn international_names_become_ascii() {
    assert_eq!(
        to_ascii("bücher.example").as_deref(),
        Some("xn--bcher-kva.example")
    );
    assert_eq!(
        to_ascii("小林.example").as_deref(),
        Some("xn--yet41y.example")
    );
    assert_eq!(to_ascii("SHOP.example").as_deref(), Some("shop.example"));
}

#[wasm_bindgen_test]
fn invalid_host_is_refused() {
    for text in ["", "a b", "a/b", "a@b", "a:80", "a?b", "a#b", "a\\b", "<>"] {
        assert_eq!(to_ascii(text), None, "{text}");
    }
}

fn domain(name: &str) -> DomainName {
    name.parse().expect("a domain of the test")
}

#[wasm_bindgen_test]
fn international_names_are_readable_and_doubtful_ones_stay_in_ascii() {
    for (name, shown) in [
        ("xn--bcher-kva.example", "bücher.example"),
        ("xn--mgbh0fb.xn--kgbechtv", "مثال.إختبار"),
        ("xn--80ak6aa92e.example", "xn--80ak6aa92e.example"),
        ("xn--a.example", "xn--a.example"),
        ("acme.example", "acme.example"),
    ] {
        let name = domain(name);
        assert_eq!(readable(&name), shown);
        let detail = (name.as_str() != shown).then(|| name.to_string());
        assert_eq!(ascii_detail(&name), detail, "{name}");
    }
}

#[wasm_bindgen_test]
async fn domain_name_is_isolated_with_its_ascii_form_beside_the_link() {
    let page = Page::show(|| {
        let [international, plain] = ["xn--bcher-kva.example", "acme.example"].map(domain);
        view! {
            <p id="international" dir="rtl"><DomainLabel name=international href="/here" id="link" /></p>
            <p id="plain"><DomainLabel name=plain /></p>
        }
    })
    .await;
    assert_eq!(page.text("#link"), "bücher.example");
    assert_eq!(
        page.text("#international .ascii-name"),
        "xn--bcher-kva.example"
    );
    assert_eq!(page.text("#plain"), "acme.example");
    for shown in page.all("bdi") {
        assert_eq!(shown.get_attribute("dir").as_deref(), Some("ltr"));
    }
}
