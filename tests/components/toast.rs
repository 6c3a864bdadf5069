//! Tests toasts.

use leptos::prelude::*;
use switchboard::ui::{Dialog, KeptMessages, PageHeading, Toaster, Toasts, keep_focus};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, next_turn, until};

#[component]
fn Scene(toasts: StoredValue<Option<Toasts>>) -> impl IntoView {
    toasts.set_value(Some(Toasts::provide()));
    view! { <Toaster dismiss="Dismiss" /> }
}

#[wasm_bindgen_test]
async fn toast_role_follows_its_severity() {
    let toasts = StoredValue::new(None);
    let page = Page::show(move || view! { <Scene toasts /> }).await;
    let toasts = toasts.get_value().expect("provided");
    assert_eq!(
        page.all("[role=status]").len(),
        1,
        "the live region is there before its first message"
    );
    toasts.good("Saved");
    toasts.bad("Lost");
    next_turn().await;
    assert_eq!(page.text("[role=status]"), "Saved");
    assert_eq!(page.text("[role=alert]"), "Lost");
    page.click("[role=alert] button").await;
    assert_eq!(page.text("[role=alert]"), "");
    assert_eq!(page.text("[role=status]"), "Saved");
}

/// Returns the texts of the toasts in the open dialog, and on the page.
fn messages() -> (Vec<String>, Vec<String>) {
    let texts = |selector: &str| {
        let found = document().query_selector_all(selector).expect("a selector");
        let text = |at| found.item(at)?.text_content();
        (0..found.length()).filter_map(text).collect::<Vec<_>>()
    };
    let all = texts(".toast > span");
    let inside = texts("dialog[open] .toast > span");
    let outside = all.into_iter().filter(|text| !inside.contains(text));
    let outside = outside.collect();
    (inside, outside)
}

#[wasm_bindgen_test]
async fn toast_stays_in_its_place_unless_its_dialog_closes() {
    let clock = HeldClock::start();
    let toasts = StoredValue::new(None);
    let (open, there) = (RwSignal::new(false), RwSignal::new(true));
    let page = Page::show(move || {
        let dialog = move || view! { <Dialog open title="Title" id="title" close="Close">"Content"</Dialog> };
        view! { <Scene toasts />{move || there.get().then(dialog)} }
    })
    .await;
    let say = |text: &str| toasts.get_value().expect("provided").good(text);
    let are = |inside: &[&str], outside: &[&str]| {
        let (there_inside, there_outside) = messages();
        there_inside == inside && there_outside == outside
    };
    say("Before");
    open.set(true);
    until("the dialog", || page.all("dialog[open] .toasts").len() == 1).await;
    say("In the dialog");
    until("each in its place", || are(&["In the dialog"], &["Before"])).await;
    page.click("dialog [aria-label=Close]").await;
    until("what was said at the end on the page", || {
        are(&[], &["Before", "In the dialog"])
    })
    .await;
    // An old toast is removed with the dialog, and is not announced a second time.
    open.set(true);
    until("the dialog", || page.all("dialog[open] .toasts").len() == 1).await;
    say("Long before");
    clock.pass(2).await;
    say("At the end");
    there.set(false);
    until("the page", || {
        are(&[], &["Before", "In the dialog", "At the end"])
    })
    .await;
}

#[wasm_bindgen_test]
async fn failure_toast_leaves_with_its_page() {
    let clock = HeldClock::start();
    let toasts = StoredValue::new(None);
    let heading = RwSignal::new(0);
    let page = Page::show(move || {
        view! {
            <Scene toasts />
            <KeptMessages />
            {move || { heading.track(); view! { <PageHeading title="Page".to_owned() /> } }}
        }
    })
    .await;
    let toasts = toasts.get_value().expect("provided");
    toasts.bad("Not saved");
    toasts.keep("Lost");
    toasts.keep("Lost");
    toasts.offer("Forgotten", "Undo", || {});
    let said = StoredValue::new(None);
    toasts.insist(said, "Unknown");
    clock.pass(13).await;
    toasts.bad("Not saved");
    clock.pass(2).await;
    // The same page again, then another one.
    heading.set(1);
    next_turn().await;
    assert_eq!(page.text("[role=alert]:has(.toast)"), "UnknownNot saved");
    let before = window().location().pathname().expect("a path");
    let history = window().history().expect("a history");
    let go =
        |path: &str| history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(path));
    go("/another").expect("another path");
    heading.set(2);
    next_turn().await;
    assert_eq!(page.all(".toast.bad").len(), 0);
    assert_eq!(page.all(".toast.good").len(), 1);
    assert_eq!(page.all(".kept-message").len(), 2);
    // The other one was announced as a toast.
    assert_eq!(page.text(".kept-message [role=alert] p"), "Lost");
    page.all(".kept-message button")[0]
        .unchecked_ref::<web_sys::HtmlElement>()
        .click();
    next_turn().await;
    assert_eq!(page.all(".kept-message").len(), 1);
    // It is being tried again.
    toasts.take_back(said);
    next_turn().await;
    assert_eq!(page.all(".kept-message").len(), 0);
    go(&before).expect("the path before");
}

#[wasm_bindgen_test]
async fn toast_under_the_pointer_stays() {
    let clock = HeldClock::start();
    let toasts = StoredValue::new(None);
    let page = Page::show(move || view! { <Scene toasts /> }).await;
    let toasts = toasts.get_value().expect("provided");
    toasts.good("Saved");
    next_turn().await;
    let pointer = |name: &str| {
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        let event = web_sys::Event::new_with_event_init_dict(name, &init).expect("an event");
        page.one(".toasts")
            .dispatch_event(&event)
            .expect("dispatched");
    };
    pointer("pointerenter");
    clock.pass(9).await;
    assert_eq!(page.all(".toast").len(), 1, "held");
    pointer("focusin");
    pointer("pointerleave");
    clock.pass(4).await;
    assert_eq!(page.all(".toast").len(), 1, "still has the focus");
    pointer("focusout");
    clock.pass(4).await;
    assert_eq!(page.all(".toast").len(), 0, "let go");
    toasts.bad("Lost");
    clock.pass(7).await;
    assert_eq!(page.all(".toast").len(), 1, "longer than good news");
    clock.pass(6).await;
    assert_eq!(page.all(".toast").len(), 0);
}

/// While this exists, the page's clock and its longer timers advance only when the test says so.
struct HeldClock;

impl HeldClock {
    fn start() -> Self {
        let hold = "const timer = window.setTimeout;
            let [now, timers] = [performance.now(), []];
            performance.now = () => now;
            window.setTimeout = (act, time = 0) =>
                time < 1000 ? timer.call(window, act, time) : timers.push({ at: now + time, act });
            window.passTime = (time) => {
                now += time;
                const due = timers.filter(({ at }) => at <= now);
                timers = timers.filter(({ at }) => at > now);
                due.forEach(({ act }) => act());
            };
            window.letTimePass = () => { window.setTimeout = timer; delete performance.now; };";
        js_sys::eval(hold).expect("a clock");
        Self
    }

    async fn pass(&self, seconds: u32) {
        js_sys::eval(&format!("passTime({seconds} * 1000)")).expect("time passes");
        next_turn().await;
    }
}

impl Drop for HeldClock {
    fn drop(&mut self) {
        js_sys::eval("letTimePass()").expect("the clock as it was");
    }
}

#[wasm_bindgen_test]
async fn offered_action_runs_once() {
    let toasts = StoredValue::new(None);
    let taken = RwSignal::new(0);
    let page = Page::show(move || view! { <Scene toasts /> }).await;
    let take = move || taken.update(|taken| *taken += 1);
    toasts
        .get_value()
        .expect("provided")
        .offer("Forgotten", "Undo", take);
    next_turn().await;
    assert_eq!(page.text("[role=status]"), "ForgottenUndo");
    page.click("[role=status] .button").await;
    assert_eq!(taken.get_untracked(), 1);
    assert_eq!(page.text("[role=status]"), "");
}

#[wasm_bindgen_test]
async fn focus_goes_from_a_closed_toast_to_the_next_then_back() {
    let toasts = StoredValue::new(None);
    let page = Page::show(move || {
        keep_focus();
        view! { <main><h1 tabindex="-1">"Page"</h1><button id="before"></button></main><Scene toasts /> }
    })
    .await;
    let toasts = toasts.get_value().expect("provided");
    toasts.offer("Forgotten", "Undo", || {});
    toasts.good("Saved");
    next_turn().await;
    page.one("#before").focus().expect("focused");
    page.one(".toast .button").focus().expect("focused");
    page.click(".toast .button").await;
    let focused = || document().active_element().expect("an element");
    assert!(focused() == *page.one(".toast .icon-button"));
    page.click(".toast .icon-button").await;
    assert_eq!(focused().id(), "before");
}

#[wasm_bindgen_test]
async fn toast_moves_away_from_controls_that_appear_under_it() {
    let toasts = StoredValue::new(None);
    let bar = RwSignal::new(false);
    let style = "position: fixed; inset-block-end: 16px; inset-inline-end: 16px; inline-size: 200px; block-size: 300px";
    let page = Page::show(move || {
        view! {
            // The panel's style is not on this page.
            <style>".toasts { inline-size: 100px; block-size: 40px; overflow: hidden; }"</style>
            <Scene toasts />
            {move || bar.get().then(|| view! { <div class="bulk-bar"><button style=style>"Delete"</button></div> })}
        }
    })
    .await;
    toasts.get_value().expect("provided").good("Saved");
    let corner = || page.one(".toasts").get_attribute("data-corner");
    until("a place", || corner().as_deref() == Some("bottom-end")).await;
    bar.set(true);
    until("another place", || {
        corner().is_some_and(|corner| corner != "bottom-end")
    })
    .await;
}
