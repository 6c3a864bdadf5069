//! Mounts a component on the test's page, and provides access to it.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// A mounted component. Dropping it removes it from the page.
pub struct Page {
    root: HtmlElement,
    mounted: Option<Box<dyn std::any::Any>>,
}

impl Page {
    /// Mounts the result of `view`.
    pub async fn show<N: IntoView + 'static>(view: impl FnOnce() -> N + 'static) -> Self {
        let root: HtmlElement = document()
            .create_element("div")
            .expect("an element")
            .unchecked_into();
        // Distinguishes it from the test runner's output on the page.
        root.set_attribute("data-page", "").expect("set");
        document()
            .body()
            .expect("a body")
            .append_child(&root)
            .expect("appended");
        let mounted: UnmountHandle<_> = mount_to(root.clone(), view);
        let page = Self {
            root,
            mounted: Some(Box::new(mounted)),
        };
        next_turn().await;
        page
    }

    /// Returns the only element that matches.
    pub fn one(&self, selector: &str) -> HtmlElement {
        let all = self.all(selector);
        assert_eq!(all.len(), 1, "{selector} in {}", self.root.inner_html());
        all.into_iter().next().expect("one").unchecked_into()
    }

    /// Returns every element that matches.
    pub fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).expect("a selector");
        (0..found.length())
            .filter_map(|index| found.item(index))
            .map(JsCast::unchecked_into)
            .collect()
    }

    /// Returns the text of the only element that matches.
    pub fn text(&self, selector: &str) -> String {
        self.one(selector).text_content().unwrap_or_default()
    }

    /// Types into a control, as a user would.
    pub async fn fill(&self, selector: &str, text: &str) {
        type_into(self.one(selector).unchecked_ref(), text);
        next_turn().await;
    }

    /// Clicks the only element that matches.
    pub async fn click(&self, selector: &str) {
        self.one(selector).click();
        next_turn().await;
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.mounted.take();
        self.root.remove();
    }
}

/// Types into a control, as a user would.
pub fn type_into(control: &HtmlInputElement, text: &str) {
    control.set_value(text);
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    let event = web_sys::Event::new_with_event_init_dict("input", &init).expect("an event");
    control.dispatch_event(&event).expect("dispatched");
}

/// Sends the event of a pressed or held Enter key to an element. Returns whether the browser would act on it.
pub fn press_enter(at: &Element, is_held: bool) -> bool {
    let script = "return at.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', repeat, bubbles: true, cancelable: true }))";
    let press = js_sys::Function::new_with_args("at, repeat", script);
    let acts = press.call2(&JsValue::UNDEFINED, at, &is_held.into());
    acts.expect("dispatched").is_truthy()
}

/// Lets all pending tasks run: effects, then the tasks that they started.
pub async fn next_turn() {
    let turn = js_sys::Promise::new(&mut |resolve, _| {
        window()
            .set_timeout_with_callback(&resolve)
            .expect("a timer");
    });
    JsFuture::from(turn).await.expect("a turn");
}

/// Waits until a condition holds; fails the test after two seconds.
pub async fn until(what: &str, condition: impl Fn() -> bool) {
    let deadline = js_sys::Date::now() + 10_000.0;
    while !condition() {
        assert!(js_sys::Date::now() < deadline, "waited in vain: {what}");
        next_turn().await;
    }
}

/// Returns the text of the first element of the document that matches; empty if there is none.
pub fn text_of(selector: &str) -> String {
    let it = document().query_selector(selector).expect("a selector");
    it.and_then(|it| it.text_content()).unwrap_or_default()
}

/// Replaces a function of the browser for the test, because its real behaviour cannot be triggered on demand.
pub fn replace(object: &JsValue, name: &str, with: &JsValue) {
    let descriptor = js_sys::Object::new();
    js_sys::Reflect::set(&descriptor, &"value".into(), with).expect("set");
    js_sys::Reflect::set(&descriptor, &"configurable".into(), &true.into()).expect("set");
    js_sys::Reflect::define_property::<js_sys::Object>(
        object.unchecked_ref(),
        &name.into(),
        &descriptor,
    )
    .expect("defined");
}
