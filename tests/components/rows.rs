//! Tests that the rows of the application's lists stay while their data changes, and that lists say what they lack.

use leptos::prelude::*;
use switchboard::journal::ChangeJournal;
use switchboard::ui::UnsavedInput;
use switchboard::widgets::domain_choice::{DomainChoice, focus_choice};
use switchboard::workspace::{KnownDomains, natural_order};
use switchboard_api::DomainName;
use switchboard_matrix::{Call, Screen, Stage, Step, plan};
use switchboard_model::workspace::{KnownDomain, OrganisationKey};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::matrix::stage::{InPage, go_to, in_application, take};
use crate::page::{Page, next_turn, press_enter, text_of, until};

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).expect("a selector")
}

/// Refuses a call from now on.
async fn refuse(stage: &InPage, call: Call) {
    let fault = plan::answers().find(|fault| fault.name == "500");
    let fault = fault.expect("a fault");
    stage.inject_fault(&fault, call).await.expect("injected");
}

#[wasm_bindgen_test]
async fn candidates_keep_their_buttons_while_one_is_added() {
    in_application("/domains/shop.acme.example", async |stage| {
        take(stage, Step::Press("Add operator", None)).await;
        let other = "dialog [aria-label=\"Add Mai Nguyễn Thị\"]";
        until("the candidates", || find(other).is_some()).await;
        let button = find(other).expect("a button");
        let sam = find("dialog [aria-label=\"Add Sam Lee\"]").expect("a button");
        take(stage, Step::Press("Add Sam Lee", Some("Add operator"))).await;
        let added = "dialog [aria-label=\"On this domain: Sam Lee\"]";
        until("Sam is added", || find(added).is_some()).await;
        assert!(button.is_connected(), "the row was rebuilt");
        assert!(sam.is_connected(), "another row took its place");
        until("the message", || {
            text_of("dialog[open]").contains("Sam Lee is now on shop.acme.example.")
        })
        .await;
        assert!(find(".toast").is_none(), "a toast covers the dialog");
    })
    .await;
}

#[wasm_bindgen_test]
async fn removal_replaces_its_button_and_can_be_undone() {
    in_application("/domains/shop.acme.example", async |stage| {
        until("the domain", || find("#domain-operator-rows tr").is_some()).await;
        take(stage, Step::Open("/operators/grace@acme.example")).await;
        let remove = "[aria-label=\"Remove shop.acme.example\"]";
        until("the row", || find(remove).is_some()).await;
        let removing = find(remove).expect("a button");
        take(stage, Step::Press("Remove shop.acme.example", None)).await;
        let add = "[aria-label=\"Add shop.acme.example\"]";
        until("the removal", || find(add).is_some()).await;
        assert!(!removing.is_connected(), "the button became its opposite");
        let adding = find(add).expect("a button");
        assert!(adding.has_attribute("aria-disabled"), "it can be pressed");
        take(stage, Step::Press("Undo", None)).await;
        until("the undo", || find(remove).is_some()).await;
    })
    .await;
}

#[wasm_bindgen_test]
async fn failed_refresh_is_reported_beside_the_age_and_moves_nothing() {
    in_application("/operators", async |stage| {
        until("the operators", || find("#operator-rows a").is_some()).await;
        refuse(stage, Screen::Operators.call()).await;
        take(stage, Step::Press("Refresh", None)).await;
        until("the report", || {
            text_of(".freshness").contains("Refresh failed")
        })
        .await;
        assert!(find("main .notice").is_none());
        stage.clear_rules().await.expect("cleared");
        take(stage, Step::Press("Refresh", None)).await;
        until("the age", || {
            text_of(".freshness").contains("Updated just now")
        })
        .await;
    })
    .await;
}

#[wasm_bindgen_test]
async fn text_of_the_addon_follows_its_switch() {
    in_application("/operators", async |stage| {
        let switch = "[aria-label=\"Live chat addon: Ada Okafor\"]";
        until("the switch", || find(switch).is_some()).await;
        let text = || {
            let cell = find(switch).and_then(|it| it.closest("td").expect("a selector"));
            cell.and_then(|it| it.text_content()).unwrap_or_default()
        };
        assert_eq!(text(), "Active");
        // The list keeps its former answer.
        refuse(stage, Screen::Operators.call()).await;
        take(stage, Step::SwitchOff("Live chat addon: Ada Okafor")).await;
        until("the text", || text() == "Inactive").await;
        let checked = find(switch).and_then(|it| it.get_attribute("aria-checked"));
        assert_eq!(checked.as_deref(), Some("false"));
    })
    .await;
}

#[wasm_bindgen_test]
async fn panel_says_of_whom_it_is_unknown_whether_they_can_answer() {
    let address = location().pathname().expect("an address");
    let stage = InPage::set();
    refuse(&stage, Screen::Operators.call()).await;
    take(&stage, Step::Open("/domains/shop.acme.example")).await;
    until("the line", || {
        text_of(".table-foot")
            == "It is unknown whether these operators can answer chats: Ada Okafor and Grace Hopper."
    })
    .await;
    drop(stage);
    go_to(&address);
}

#[wasm_bindgen_test]
fn international_domains_are_sorted_by_their_plain_letters() {
    let names = [
        "zoo.example",
        "xn--ber-goa.example",
        "site-10.example",
        "site-2.example",
    ];
    let names =
        names.map(|name| -> DomainName { name.parse().expect("a domain name of the test") });
    assert_eq!(natural_order(&names), [3, 2, 1, 0]);
}

#[wasm_bindgen_test]
async fn selected_domains_come_first_and_do_not_move_under_the_pointer() {
    let domain = |name: &str| -> DomainName { name.parse().expect("a domain name of the test") };
    let chosen = RwSignal::new(vec![domain("site-60.example")]);
    let known = StoredValue::new(None::<KnownDomains>);
    let page = Page::show(move || {
        let base = "https://choice.example/".parse().expect("a base URL");
        let organisation: &'static OrganisationKey =
            Box::leak(Box::new(OrganisationKey::of(&base)));
        UnsavedInput::provide();
        let domains = KnownDomains::provide(organisation, ChangeJournal::provide(organisation));
        for number in 1..=60 {
            let name = domain(&format!("site-{number}.example"));
            domains
                .remember(KnownDomain::new(name, None, 1))
                .expect("stored");
        }
        known.set_value(Some(domains));
        view! { <DomainChoice id="choice" chosen hint="" /> }
    })
    .await;
    let row = |at: usize| text_of(&format!("#choice-list > :nth-child({at})"));
    assert_eq!(
        (row(1), row(2)),
        ("site-60.example".to_owned(), "site-1.example".to_owned())
    );
    let status = "p.spread";
    assert_eq!(
        page.text(status),
        "10 more. Search to narrow the list.1 selected"
    );
    // A domain that other code selects moves no other.
    chosen.update(|chosen| chosen.push(domain("site-59.example")));
    next_turn().await;
    assert_eq!(
        [row(1), row(2), row(51)],
        ["site-60.example", "site-1.example", "site-59.example"]
    );
    assert_eq!(
        page.text(status),
        "9 more. Search to narrow the list.2 selected"
    );
    chosen.update(|chosen| drop(chosen.pop()));
    // Selecting a domain does not move it, and a new one does not move those under the focus.
    page.click("#choice-list > :nth-child(5) input").await;
    page.one("#choice-list > :nth-child(5) input")
        .focus()
        .expect("focused");
    let new = KnownDomain::new(domain("site-0.example"), None, 1);
    known
        .get_value()
        .expect("provided")
        .remember(new)
        .expect("stored");
    next_turn().await;
    assert_eq!(
        (row(2), row(5)),
        ("site-1.example".to_owned(), "site-4.example".to_owned())
    );
    page.fill("#choice", "site-5").await;
    assert_eq!(page.text(status), "11 of 61 known domains2 selected");
    // Enter selects the only match and never submits the form.
    focus_choice("choice");
    let search = document().active_element().expect("an element");
    assert_eq!(search.id(), "choice");
    assert!(!press_enter(&search, false));
    assert_eq!(chosen.with_untracked(Vec::len), 2);
    page.fill("#choice", "site-58").await;
    assert!(!press_enter(&search, false));
    let last = chosen.with_untracked(|chosen| chosen.last().cloned());
    assert_eq!(last, Some(domain("site-58.example")));
    page.fill("#choice", "stie-59").await;
    assert_eq!(page.text(".suggestions li:first-child"), "site-59.example");
    page.click(".suggestions li:first-child button").await;
    assert_eq!(row(1), "site-59.example");
    window()
        .local_storage()
        .ok()
        .flatten()
        .expect("a storage")
        .clear()
        .expect("cleared");
}

#[wasm_bindgen_test]
async fn failed_retry_changes_the_text_of_the_notice_that_stays() {
    let address = location().pathname().expect("an address");
    let stage = InPage::set();
    refuse(&stage, Screen::Operators.call()).await;
    take(&stage, Step::Open("/operators")).await;
    until("the notice", || find("main .notice button").is_some()).await;
    let button = find("main .notice button").expect("a button");
    let title = || text_of("main .notice-title");
    let before = title();
    take(&stage, Step::Press("Try again", None)).await;
    until("another text", || title() != before).await;
    assert_eq!(title().trim_end(), before);
    stage.clear_rules().await.expect("cleared");
    assert!(button.is_connected(), "the notice was rebuilt");
    take(&stage, Step::Press("Try again", None)).await;
    until("the operators", || find("#operator-rows a").is_some()).await;
    assert!(find("main .notice").is_none());
    drop(stage);
    go_to(&address);
}

/// Makes the browser report that it is online or offline.
fn browser_says(is_online: bool) {
    let event = if is_online { "online" } else { "offline" };
    let script = format!(
        "Object.defineProperty(navigator, 'onLine', {{ configurable: true, get: () => {is_online} }});
         dispatchEvent(new Event('{event}'))"
    );
    js_sys::eval(&script).expect("told");
}

#[wasm_bindgen_test]
async fn offline_banner_never_says_the_time_of_something_else() {
    let address = location().pathname().expect("an address");
    let stage = InPage::set();
    refuse(&stage, Screen::Operators.call()).await;
    take(&stage, Step::Open("/operators")).await;
    until("the notice", || find("main .notice").is_some()).await;
    let banner = || text_of(".offline");
    browser_says(false);
    until("the banner", || !banner().is_empty()).await;
    assert!(!banner().contains("Loaded at"), "{}", banner());
    stage.clear_rules().await.expect("cleared");
    browser_says(true);
    until("the operators", || find("#operator-rows a").is_some()).await;
    browser_says(false);
    until("the age", || banner().contains("Loaded at")).await;
    browser_says(true);
    until("no banner", || banner().is_empty()).await;
    browser_says(false);
    leptos::task::tick().await;
    assert_eq!(banner(), "", "the time of the last outage");
    until("the age", || banner().contains("Loaded at")).await;
    browser_says(true);
    js_sys::eval("delete navigator.onLine").expect("the browser's own");
    drop(stage);
    go_to(&address);
}

#[wasm_bindgen_test]
async fn flipped_switch_does_not_repeat_the_number_of_domains() {
    in_application("/domains/shop.acme.example", async |stage| {
        until("the operators", || find("#domain-operator-rows a").is_some()).await;
        take(stage, Step::Open("/operators/grace@acme.example")).await;
        let region = "#operator-domains-line + [role=status]";
        until("the number", || !text_of(region).is_empty()).await;
        // From now on, what a write made untrue is read again at once.
        find(".table-note input").expect("a box").unchecked_into::<web_sys::HtmlElement>().click();
        next_turn().await;
        let watch = "window.changes = 0;
            new MutationObserver(() => window.changes += 1)
                .observe(document.querySelector('#operator-domains-line + [role=status]'), { childList: true, characterData: true, subtree: true })";
        js_sys::eval(watch).expect("watched");
        let switch = "#operator-domain-rows [role=switch]";
        find(switch).expect("a switch").unchecked_into::<web_sys::HtmlElement>().click();
        for _ in 0..40 {
            next_turn().await;
        }
        assert_eq!(js_sys::eval("window.changes").expect("counted"), 0);
    })
    .await;
}

#[wasm_bindgen_test]
async fn refusal_of_a_switch_reads_the_operators_again() {
    in_application("/domains/shop.acme.example", async |stage| {
        let switch = "#domain-operator-rows [role=switch]";
        until("the operators", || find(switch).is_some()).await;
        let refusal = plan::answers().find(|fault| fault.name == "status 0 with a text");
        let (refusal, call) = (refusal.expect("a fault"), Screen::SwitchAssignment.call());
        stage.inject_fault(&refusal, call).await.expect("injected");
        let count = "window.realFetch = window.fetch;
            window.reads = 0;
            Object.defineProperty(window, 'fetch', { configurable: true, value: (request) => {
                window.reads += request.url.includes('domain/operator/list') ? 1 : 0;
                return realFetch(request);
            } })";
        js_sys::eval(count).expect("counted");
        let switch = find(switch).expect("a switch");
        switch.unchecked_into::<web_sys::HtmlElement>().click();
        let reads = || js_sys::eval("window.reads").expect("a count");
        until("a read", || reads() == 1).await;
        js_sys::eval("window.fetch = realFetch").expect("restored");
    })
    .await;
}
