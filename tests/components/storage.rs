//! The workspace over the browser's real storage.

use leptos::prelude::*;
use switchboard::browser::storage::Area;
use switchboard::workspace::KnownDomains;
use switchboard_api::{BaseUrl, DomainName, EmbedCode};
use switchboard_model::workspace::{CodeOrigin, HeldCode, KeyValue, KnownDomain, StoreError};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, next_turn, until};

fn base_url() -> BaseUrl {
    "https://acme.example/"
        .parse()
        .expect("a base URL of the test")
}

fn name() -> DomainName {
    "shop.acme.example"
        .parse()
        .expect("a domain name of the test")
}

fn with_code(link: &str) -> KnownDomain {
    let code = EmbedCode {
        link: link.to_owned(),
        socket_link: "two".to_owned(),
    };
    let held = HeldCode {
        code,
        origin: CodeOrigin::Added,
        received_at: 1,
    };
    KnownDomain {
        held: Some(held),
        ..KnownDomain::new(name(), None, 1)
    }
}

#[component]
fn Scene(known: StoredValue<Option<KnownDomains>>) -> impl IntoView {
    let domains = KnownDomains::provide(&base_url());
    known.set_value(Some(domains));
    move || {
        domains
            .listing()
            .map(|listing| listing.domains.len().to_string())
            .unwrap_or_else(|error| error.to_string())
    }
}

async fn scene() -> (Page, KnownDomains) {
    let known = StoredValue::new(None);
    let page = Page::show(move || view! { <p><Scene known /></p> }).await;
    (page, known.get_value().expect("provided"))
}

fn empty_the_storage() {
    window()
        .local_storage()
        .expect("allowed")
        .expect("there")
        .clear()
        .expect("cleared");
}

#[wasm_bindgen_test]
async fn a_code_is_in_local_storage_and_comes_back_to_the_letter() {
    empty_the_storage();
    let (page, known) = scene().await;
    let kept = known
        .remember(with_code(" <script>\u{2028}\n</script>"))
        .expect("kept");
    next_turn().await;
    assert_eq!(page.text("p"), "1");
    drop(page);
    let (_page, after_reload) = scene().await;
    assert_eq!(after_reload.find_now(&name()), Some(kept));
}

#[wasm_bindgen_test]
async fn what_another_tab_adds_shows_in_this_one() {
    empty_the_storage();
    let (page, _known) = scene().await;
    assert_eq!(page.text("p"), "0");
    // Another tab's write: this one hears of it by the event that the browser sends.
    let other_tab =
        switchboard_model::workspace::Workspace::new(Area::Local.open().expect("storage"));
    let organisation = switchboard_model::workspace::OrganisationKey::of(&base_url());
    other_tab
        .remember(&organisation, with_code("x"))
        .expect("kept");
    window()
        .dispatch_event(&web_sys::Event::new("storage").expect("an event"))
        .expect("dispatched");
    until("the other tab's domain", || page.text("p") == "1").await;
}

#[wasm_bindgen_test]
async fn a_full_storage_is_told_and_loses_nothing() {
    empty_the_storage();
    let (_page, known) = scene().await;
    known.remember(with_code("first")).expect("kept");
    let storage = window().local_storage().expect("allowed").expect("there");
    let prototype = js_sys::Object::get_prototype_of(&storage);
    let real = js_sys::Reflect::get(&prototype, &"setItem".into()).expect("setItem");
    let full = Closure::<dyn Fn()>::new(|| wasm_bindgen::throw_str("QuotaExceededError"));
    js_sys::Reflect::set(&prototype, &"setItem".into(), full.as_ref().unchecked_ref())
        .expect("set");
    let refused = known.remember(KnownDomain {
        known_since: 2,
        ..with_code("second")
    });
    js_sys::Reflect::set(&prototype, &"setItem".into(), &real).expect("set back");
    assert_eq!(refused, Err(StoreError::Full));
    assert_eq!(
        known
            .find_now(&name())
            .and_then(|known| known.held)
            .map(|held| held.code.link),
        Some("first".to_owned())
    );
}

#[wasm_bindgen_test]
fn the_two_storages_are_two() {
    let (local, session) = (
        Area::Local.open().expect("storage"),
        Area::Session.open().expect("storage"),
    );
    session.set("only-here", "x").expect("room");
    assert_eq!(local.get("only-here"), Ok(None));
    assert_eq!(session.get("only-here"), Ok(Some("x".to_owned())));
    session.remove("only-here").expect("removed");
}
