//! Tests which tabs have a session. The tabs are on one page here, and share its storages.

use leptos::prelude::*;
use switchboard::session::{Session, Wanted};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Storage;

use crate::page::{Page, next_turn, until};

const BASE: &str = "https://api.acme.example/";

/// The key of a tab's connection (`src/session/kept.rs`).
const KEPT: &str = "switchboard/1/connection";

/// The key of the open session's name.
const OPEN: &str = "switchboard/1/session/https://api.acme.example/";

/// The storages, emptied at the beginning and at the end.
struct Storages {
    tab: Storage,
    all_tabs: Storage,
}

impl Storages {
    fn empty() -> Self {
        let there = "a storage";
        let storages = Self {
            tab: window().session_storage().expect(there).expect(there),
            all_tabs: window().local_storage().expect(there).expect(there),
        };
        storages.clear();
        storages
    }

    fn clear(&self) {
        self.tab.clear().expect("cleared");
        self.all_tabs.clear().expect("cleared");
    }

    /// Stores the connection of a tab that belongs to the session of this name.
    fn keep(&self, name: &str) {
        let kept = format!(r#"{{"baseUrl":"{BASE}","token":"t0ken","name":"{name}"}}"#);
        self.tab.set_item(KEPT, &kept).expect("kept");
    }

    fn open(&self, name: &str) {
        self.all_tabs.set_item(OPEN, name).expect("open");
    }

    fn kept(&self) -> Option<String> {
        self.tab.get_item(KEPT).expect("read")
    }
}

impl Drop for Storages {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Opens a tab, and returns its session.
async fn tab(wanted: Wanted) -> (Page, Session) {
    let session = StoredValue::new(None);
    let page = Page::show(move || {
        session.set_value(Some(Session::provide(&wanted)));
    })
    .await;
    let session = session.get_value().expect("provided");
    (page, session)
}

#[wasm_bindgen_test]
async fn restored_tab_is_connected_only_to_its_own_open_session() {
    let storages = Storages::empty();
    for (name, is_connected) in [(Some("one"), true), (None, false), (Some("two"), false)] {
        storages.clear();
        storages.keep("one");
        if let Some(name) = name {
            storages.open(name);
        }
        let (_page, session) = tab(Wanted::Saved).await;
        assert_eq!(session.connection_now().is_some(), is_connected, "{name:?}");
        assert_eq!(storages.kept().is_some(), is_connected, "{name:?}");
    }
}

#[wasm_bindgen_test]
async fn forgotten_connection_can_be_saved_again() {
    let storages = Storages::empty();
    let key = "switchboard/1/connections";
    let saved = format!(
        r#"[{{"organisation":"Acme","current":true,"open":true,"connection":{{"baseUrl":"{BASE}","token":"t0ken"}}}}]"#
    );
    storages.all_tabs.set_item(key, &saved).expect("kept");
    let (_page, session) = tab(Wanted::Saved).await;
    let before = untrack(|| session.saved());
    let forgotten = session.forget(BASE).expect("a connection");
    assert_eq!(session.forget(BASE), None);
    assert_eq!(storages.all_tabs.get_item(key), Ok(None));
    assert!(session.save_again(forgotten));
    assert_eq!(untrack(|| session.saved()), before);
}

#[wasm_bindgen_test]
async fn disconnect_reaches_live_cached_and_closed_tabs() {
    let storages = Storages::empty();
    storages.keep("one");
    storages.open("one");
    let (page, session) = tab(Wanted::Saved).await;
    let (_other_page, other) = tab(Wanted::Saved).await;
    session.disconnect();
    assert_eq!(storages.all_tabs.get_item(OPEN), Ok(None));
    until("the live tab", || untrack(|| other.has_ended())).await;
    drop(page);
    // A page that the browser had cached.
    storages.keep("one");
    storages.open("one");
    let (_page, cached) = tab(Wanted::Saved).await;
    storages.all_tabs.remove_item(OPEN).expect("removed");
    js_sys::eval("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        .expect("dispatched");
    next_turn().await;
    assert!(untrack(|| cached.has_ended()));
    assert_eq!(storages.kept(), None);
}

#[wasm_bindgen_test]
async fn address_without_organisation_joins_the_only_open_session() {
    let storages = Storages::empty();
    storages.keep("one");
    storages.open("one");
    let (_page, first) = tab(Wanted::Saved).await;
    assert!(first.connection_now().is_some());
    let base_url = || BASE.parse().expect("a base URL of the test");
    for (wanted, joins) in [
        (Wanted::Any, true),
        (Wanted::Open(base_url()), true),
        (Wanted::Saved, false),
    ] {
        storages.tab.clear().expect("cleared");
        let (_page, session) = tab(wanted.clone()).await;
        until("an answer", || !untrack(|| session.is_joining())).await;
        assert_eq!(session.connection_now().is_some(), joins, "{wanted:?}");
        assert_eq!(storages.kept().is_some(), joins, "{wanted:?}");
    }
    // With two open sessions the user chooses.
    storages.tab.clear().expect("cleared");
    storages
        .all_tabs
        .set_item("switchboard/1/session/https://other.example/", "two")
        .expect("open");
    let (_page, session) = tab(Wanted::Any).await;
    assert!(!untrack(|| session.is_joining()));
}

/// Holds back the answers of tabs until `letGo()`. `heard` is how many answers have arrived then.
const HOLD_ANSWERS: &str = r#"{
    const send = BroadcastChannel.prototype.postMessage, held = [];
    BroadcastChannel.prototype.postMessage = function (message) {
        if (message.includes('"answer"')) held.push(() => send.call(this, message));
        else send.call(this, message);
    };
    globalThis.letGo = () => {
        BroadcastChannel.prototype.postMessage = send;
        globalThis.heard = 0;
        new BroadcastChannel('switchboard/1/session').onmessage = () => heard++;
        held.forEach(answer => answer());
    };
}"#;

#[wasm_bindgen_test]
async fn late_answer_connects_a_tab_unless_the_user_has_begun_to_connect() {
    let storages = Storages::empty();
    storages.keep("one");
    storages.open("one");
    let (_page, _first) = tab(Wanted::Saved).await;
    for has_begun in [false, true] {
        storages.tab.clear().expect("cleared");
        js_sys::eval(HOLD_ANSWERS).expect("replaced");
        let (_page, late) = tab(Wanted::Any).await;
        until("the end of the time", || !untrack(|| late.is_joining())).await;
        assert_eq!(late.connection_now(), None);
        if has_begun {
            late.stop_asking();
        }
        js_sys::eval("letGo()").expect("let go");
        let heard = || js_sys::eval("heard").is_ok_and(|heard| heard.is_truthy());
        until("the answer", heard).await;
        next_turn().await;
        assert_eq!(late.connection_now().is_some(), !has_begun, "{has_begun}");
    }
}

#[wasm_bindgen_test]
async fn changed_name_of_the_organisation_is_saved() {
    let storages = Storages::empty();
    storages.keep("one");
    storages.open("one");
    let saved = format!(
        r#"[{{"organisation":"Acme","connection":{{"baseUrl":"{BASE}","token":"t0ken"}}}}]"#
    );
    let set = storages
        .all_tabs
        .set_item("switchboard/1/connections", &saved);
    set.expect("saved");
    let (_page, session) = tab(Wanted::Any).await;
    for (answered, known) in [("Acme Ltd", "Acme Ltd"), (" ", "Acme Ltd")] {
        session.note_name(answered);
        assert_eq!(session.organisation(), known);
        let base_url = BASE.parse().expect("a base URL");
        assert_eq!(session.saved_name(&base_url), known);
        assert!(storages.kept().expect("kept").contains(known));
    }
}
