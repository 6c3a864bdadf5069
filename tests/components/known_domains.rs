//! Tests what the lists of known domains say of a domain that the API does not know, and while domains are added.

use leptos::prelude::*;
use switchboard::browser::storage::Area;
use switchboard_matrix::Step;
use switchboard_model::workspace::{KnownDomain, OrganisationKey, Workspace};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::matrix::stage::{InPage, go_to, take};
use crate::page::{next_turn, text_of, until};

/// A domain of the in-page API, and one that it does not know.
const DOMAINS: [&str; 2] = ["shop.acme.example", "gone.acme.example"];

/// Opens a page of the application in a browser that knows these domains, runs a test, and restores the address.
async fn knowing(domains: &[&str], path: &'static str, test: impl AsyncFn(&InPage)) {
    let address = location().pathname().expect("an address");
    let stage = InPage::set();
    let base_url = "https://api.acme.example/".parse().expect("a base URL");
    let workspace = Workspace::new(Area::Local.open().expect("a storage"));
    for name in domains {
        let name = name.parse().expect("a domain name of the test");
        let known = KnownDomain::new(name, None, 1);
        let kept = workspace.remember(&OrganisationKey::of(&base_url), known);
        kept.expect("stored");
    }
    take(&stage, Step::Open(path)).await;
    test(&stage).await;
    drop(stage);
    go_to(&address);
}

#[wasm_bindgen_test]
async fn operator_page_names_a_domain_that_the_api_does_not_know() {
    knowing(&DOMAINS, "/operators/ada@acme.example", async |_| {
        let line = "On 1 of 2 known domains, 1 unknown to the API";
        until("the line", || text_of("#operator-domains-line") == line).await;
        let rows = text_of("#operator-domain-rows");
        assert!(rows.contains("Unknown to the API"), "{rows}");
        assert!(!text_of("main").contains("Try again"));
    })
    .await;
}

#[wasm_bindgen_test]
async fn all_domains_are_selected_except_those_that_the_api_does_not_know() {
    let others = ["a", "b", "c", "d", "e", "f"].map(|one| format!("{one}.acme.example"));
    let others = others.iter().map(String::as_str);
    let all: Vec<&str> = ["shop.acme.example", "wholesale.acme.example"]
        .into_iter()
        .chain(others)
        .collect();
    knowing(&all, "/operators/ada@acme.example", async |stage| {
        let denied = || {
            text_of("#operator-domain-rows")
                .matches("Unknown to the API")
                .count()
        };
        until("the answers", || denied() == 6).await;
        take(stage, Step::Travel("/operators")).await;
        until("the operators", || !text_of("#operator-rows").is_empty()).await;
        take(stage, Step::Press("Add operator", None)).await;
        take(stage, Step::Press("Select all 2", Some("Add operator"))).await;
        assert!(text_of("dialog[open]").contains("2 selected"));
        take(stage, Step::Press("Deselect all 2", Some("Add operator"))).await;
        assert!(text_of("dialog[open]").contains("0 selected"));
        // One can be selected nevertheless.
        let one = InPage::wait_for("checkbox", "a.acme.example", Some("Add operator"));
        one.await.expect("a checkbox").click();
        next_turn().await;
        assert!(text_of("dialog[open]").contains("1 selected"));
    })
    .await;
}

#[wasm_bindgen_test]
async fn search_does_not_shrink_the_choice_of_domains() {
    let all: Vec<String> = (0..9).map(|one| format!("site-{one}.example")).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    knowing(&all, "/operators", async |stage| {
        until("the operators", || !text_of("#operator-rows").is_empty()).await;
        take(stage, Step::Press("Add operator", None)).await;
        let field = InPage::wait_for("field", "Search known domains", Some("Add operator"));
        let field = field.await.expect("a field");
        let group: HtmlElement = field
            .closest("fieldset")
            .expect("a selector")
            .expect("a group")
            .unchecked_into();
        let before = group.offset_height();
        // As the browser reports it before the value changes.
        let event = web_sys::EventInit::new();
        event.set_bubbles(true);
        let event = web_sys::Event::new_with_event_init_dict("beforeinput", &event);
        field
            .dispatch_event(&event.expect("an event"))
            .expect("dispatched");
        take(
            stage,
            Step::Type("Search known domains", "site-3".to_owned()),
        )
        .await;
        assert_eq!(text_of("#operator-domains-search-list"), "site-3.example");
        // Without the style sheet, its padding comes on top.
        assert!(group.offset_height() >= before);
    })
    .await;
}

#[wasm_bindgen_test]
async fn added_domain_is_not_announced_as_known_before() {
    knowing(&[], "/domains/new", async |stage| {
        take(stage, Step::Type("Domain", "news.acme.example".to_owned())).await;
        take(
            stage,
            Step::Type("Contact email", "web@acme.example".to_owned()),
        )
        .await;
        let watch = "window.said = '';
            window.observer = new MutationObserver((changes) => changes.forEach((it) =>
                it.addedNodes.forEach((node) => said += node.textContent)));
            observer.observe(document.body, { subtree: true, childList: true })";
        js_sys::eval(watch).expect("watched");
        take(stage, Step::Press("Add domain", None)).await;
        until("the embed code", || {
            text_of("main h1").contains("Embed code")
        })
        .await;
        let said = js_sys::eval("observer.disconnect(); said").expect("a text");
        let said = said.as_string().expect("a text");
        assert!(!said.contains("already in your list"), "{said}");
    })
    .await;
}

#[wasm_bindgen_test]
async fn gone_domain_has_an_age() {
    knowing(&DOMAINS, "/domains/gone.acme.example", async |_| {
        let age = || text_of(".freshness").contains("Updated just now");
        until("the age", age).await;
        assert!(text_of("main").contains("This domain does not exist"));
    })
    .await;
}
