//! The stage of a component test: the application on the test's page.

use std::cell::RefCell;
use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use js_sys::{Array, Function, JSON, Reflect};
use leptos::prelude::{document, location, window};
use serde_json::Value;
use switchboard::app::App;
use switchboard_matrix::{Call, Fault, PageSnapshot, Stage, Step, snapshot};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, PopStateEvent};

use super::fetch::{BASE, Fetch};
use crate::page::{Page, next_turn, replace, type_into};

/// The timeout for anything on the page, in milliseconds.
const PATIENCE: f64 = 10_000.0;

/// How long a button that has just appeared is unavailable at most, in milliseconds.
const SETTLES: f64 = 1_000.0;

/// The connection as a tab stores it (`src/session/kept.rs`).
const CONNECTION: (&str, &str) = (
    "switchboard/1/connection",
    r#"{"baseUrl":"BASE","token":"t0ken"}"#,
);

/// The segment of an address that names the organisation, so that the application need not change the address itself.
const ORGANISATION: &str = "/api.acme.example";

/// How many changes of the address the strictest engine allows in [`INTERVAL`], minus those of one cell: WebKit
/// allows 100, the others 200.
const CHANGES: f64 = 90.0;

/// The interval of [`CHANGES`], in milliseconds.
const INTERVAL: f64 = 10_500.0;

/// The application with answers made in the page. Dropping it restores the page and the storage.
pub struct InPage {
    application: RefCell<Option<Page>>,
    fetch: Fetch,
    console: Console,
}

impl InPage {
    /// Prepares a page without an application, with a connected tab and empty storage.
    pub fn set() -> Self {
        let stage = Self {
            application: RefCell::new(None),
            fetch: Fetch::install(),
            console: Console::install(),
        };
        empty_the_storages();
        let (key, connection) = CONNECTION;
        let storage = window()
            .session_storage()
            .ok()
            .flatten()
            .expect("a storage");
        let connection = connection.replace("BASE", BASE);
        storage.set_item(key, &connection).expect("kept");
        stage
    }

    /// Finds the only reachable element of a role and name, with the script of the journeys; inside the given dialog
    /// if there is one.
    pub fn find(role: &str, name: &str, within: Option<&JsValue>) -> Result<HtmlElement> {
        thread_local! {
            static FIND: Function = Function::new_no_args(include_str!("../../e2e/src/target.js"));
        }
        let arguments = Array::of3(
            &role.into(),
            &name.into(),
            within.unwrap_or(&JsValue::UNDEFINED),
        );
        let seen = FIND
            .with(|find| find.apply(&JsValue::UNDEFINED, &arguments))
            .map_err(told)?;
        let found = Array::from(&Reflect::get(&seen, &"found".into()).map_err(told)?);
        ensure!(found.length() == 1, "{} of {role} {name:?}", found.length());
        Ok(found.get(0).unchecked_into())
    }

    /// Does the same as [`Self::find`] once the element is there.
    pub async fn wait_for(role: &str, name: &str, dialog: Option<&str>) -> Result<HtmlElement> {
        wait(async || {
            let within = dialog.map(|title| Self::find("dialog", title, None));
            let within = within.transpose()?.map(JsValue::from);
            Self::find(role, name, within.as_ref())
        })
        .await
    }
}

impl Stage for InPage {
    async fn look(&self) -> Result<PageSnapshot> {
        thread_local! {
            static LOOK: Function = Function::new_with_args("document", snapshot::SCRIPT);
        }
        let seen = LOOK
            .with(|look| look.call1(&JsValue::UNDEFINED, &page()))
            .map_err(told)?;
        let text = JSON::stringify(&seen).map_err(told)?;
        let seen: Value = serde_json::from_str(&String::from(text))?;
        PageSnapshot::read(&seen).context("The script that looks is wrong")
    }

    async fn until<T>(&self, judge: impl Fn(&PageSnapshot) -> Result<T>) -> Result<T> {
        wait(async || judge(&self.look().await?)).await
    }

    async fn take(&self, step: &Step) -> Result<()> {
        match step {
            Step::Open(path) => {
                // A page load would remove all of the application, too.
                self.application.take();
                until_changes_are_allowed().await;
                go_to(&format!("{ORGANISATION}{path}"));
                let page = Page::show(|| leptos::view! { <App /> }).await;
                self.application.replace(Some(page));
            }
            Step::Travel(path) => {
                go_to(&format!("{ORGANISATION}{path}"));
                let event = PopStateEvent::new("popstate").map_err(told)?;
                window().dispatch_event(&event).map_err(told)?;
            }
            Step::Press(name, dialog) => {
                let button = Self::wait_for("button", name, *dialog).await?;
                until_settled(&button).await;
                button.click();
            }
            Step::SwitchOff(name) => {
                Self::wait_for("switch that is on", name, None)
                    .await?
                    .click();
            }
            Step::Type(label, text) => {
                let field = Self::wait_for("field", label, None).await?;
                type_into(field.unchecked_ref(), text);
            }
            Step::Wait(fits) => {
                let judge = |now: &PageSnapshot| {
                    ensure!(fits(now), "The page is not ready: {now:?}");
                    Ok(())
                };
                self.until(judge).await?;
            }
        }
        // The user's next action is another browser task, so the effects of this step come first.
        next_turn().await;
        Ok(())
    }

    async fn count_sends(&self) -> Result<()> {
        self.fetch.forget_sent();
        Ok(())
    }

    async fn sends(&self, call: Call) -> Result<usize> {
        Ok(self.fetch.sent(call))
    }

    async fn inject_fault(&self, fault: &Fault, call: Call) -> Result<()> {
        self.fetch.inject_fault(Some((call, fault.effect.clone())));
        Ok(())
    }

    async fn clear_rules(&self) -> Result<()> {
        self.fetch.inject_fault(None);
        Ok(())
    }

    fn ask(&self, target: &str) -> Result<Value> {
        self.fetch.ask(target)
    }

    async fn console_errors(&self) -> Result<Vec<String>> {
        Ok(self.console.errors.take())
    }
}

/// Mounts the application, runs a test in it, and restores the address.
pub async fn in_application(path: &'static str, test: impl AsyncFn(&InPage)) {
    let address = location().pathname().expect("an address");
    let stage = InPage::set();
    take(&stage, Step::Open(path)).await;
    test(&stage).await;
    drop(stage);
    go_to(&address);
}

/// Takes a step, which must succeed.
pub async fn take(stage: &InPage, step: Step) {
    stage.take(&step).await.expect("taken");
}

impl Drop for InPage {
    fn drop(&mut self) {
        self.application.take();
        empty_the_storages();
        // Restores what a dialog contained when its page was removed.
        if let Ok(Some(toasts)) = document().query_selector("body > .toasts") {
            toasts.remove();
        }
    }
}

/// Returns the element that the finding script uses as the document: the page without the test runner's own output.
fn page() -> JsValue {
    thread_local! {
        static PAGE: JsValue = Function::new_no_args(
            "const get = (name) => document[name].bind(document);
             const own = '[data-page], body > .toasts';
             return {
               querySelector: get('querySelector'), querySelectorAll: get('querySelectorAll'), getElementById: get('getElementById'),
               body: { get innerText() { return [...document.querySelectorAll(own)].map((one) => one.innerText).join(' ') } },
             }",
        )
        .call0(&JsValue::UNDEFINED)
        .expect("a page");
    }
    PAGE.with(JsValue::clone)
}

/// Waits until the address may be changed again, because engines limit the rate of changes.
async fn until_changes_are_allowed() {
    thread_local! {
        static COUNT: Function = Function::new_no_args(
            "const times = [];
             for (const name of ['pushState', 'replaceState']) {
               const change = history[name];
               history[name] = function (...values) {
                 times.push(Date.now());
                 return change.apply(history, values);
               };
             }
             return (interval) => {
               while (times[0] < Date.now() - interval) times.shift();
               return times.length;
             };",
        )
        .call0(&JsValue::UNDEFINED)
        .expect("a counter")
        .unchecked_into();
    }
    let changes = || COUNT.with(|count| count.call1(&JsValue::UNDEFINED, &INTERVAL.into()));
    while changes().ok().and_then(|count| count.as_f64()) > Some(CHANGES) {
        next_turn().await;
    }
}

/// Changes the address.
pub fn go_to(path: &str) {
    let is_there = window().location().pathname().is_ok_and(|now| now == path);
    if !is_there {
        let history = window().history().expect("a history");
        history
            .replace_state_with_url(&JsValue::NULL, "", Some(path))
            .expect("an address");
    }
}

fn empty_the_storages() {
    for storage in [window().local_storage(), window().session_storage()] {
        storage
            .ok()
            .flatten()
            .expect("a storage")
            .clear()
            .expect("emptied");
    }
}

/// Waits while a button is unavailable, for as long as one that has just appeared is.
pub async fn until_settled(button: &HtmlElement) {
    let deadline = js_sys::Date::now() + SETTLES;
    while button.has_attribute("aria-disabled") && js_sys::Date::now() < deadline {
        next_turn().await;
    }
}

/// Retries until it succeeds; returns the last error at the timeout.
pub async fn wait<T>(attempt: impl AsyncFn() -> Result<T>) -> Result<T> {
    let deadline = js_sys::Date::now() + PATIENCE;
    loop {
        match attempt().await {
            Err(_) if js_sys::Date::now() < deadline => next_turn().await,
            ended => return ended.context("not in time"),
        }
    }
}

fn told(error: JsValue) -> anyhow::Error {
    anyhow::anyhow!("{error:?}")
}

/// Captures the errors in the console. Dropping it restores the browser's own.
struct Console {
    errors: Rc<RefCell<Vec<String>>>,
    original: JsValue,
    _hear: Closure<dyn Fn(JsValue)>,
}

impl Console {
    fn install() -> Self {
        let errors = Rc::new(RefCell::new(Vec::new()));
        let heard = Rc::clone(&errors);
        let hear = Closure::<dyn Fn(JsValue)>::new(move |error: JsValue| {
            let text = error.as_string().unwrap_or_else(|| format!("{error:?}"));
            heard.borrow_mut().push(text);
        });
        let console = console();
        let original = Reflect::get(&console, &"error".into()).expect("console.error");
        replace(&console, "error", hear.as_ref());
        Self {
            errors,
            original,
            _hear: hear,
        }
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        replace(&console(), "error", &self.original);
    }
}

fn console() -> JsValue {
    Reflect::get(&window(), &"console".into()).expect("a console")
}
