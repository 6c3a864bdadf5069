//! Tests segmented controls, the file picker, and the preferences that use them.

use leptos::prelude::*;
use switchboard::preferences::DevicePreferences;
use switchboard::ui::{FilePicker, Segments};
use switchboard_model::preferences::{Density, Theme};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::page::{Page, until};

fn checked(page: &Page) -> Vec<bool> {
    page.all("input[type=radio]")
        .into_iter()
        .map(|input| input.unchecked_into::<HtmlInputElement>().checked())
        .collect()
}

#[wasm_bindgen_test]
async fn segments_show_the_value_and_report_changes() {
    let value = RwSignal::new(2_u8);
    let page = Page::show(move || {
        let options = vec![(1, "One".to_owned()), (2, "Two".to_owned())];
        view! { <Segments id="count" label="Count" value options on_choose=move |chosen| value.set(chosen) /> }
    })
    .await;
    assert_eq!(page.text("#count"), "Count");
    assert_eq!(checked(&page), [false, true]);
    page.click("label:first-child input").await;
    assert_eq!(value.get_untracked(), 1);
    assert_eq!(checked(&page), [true, false]);
}

/// Gives a file to the file picker, as the browser does: by a drop, or through its chooser.
fn give(how: &str) -> bool {
    let script = format!(
        "(() => {{ const data = new DataTransfer(); data.items.add(new File(['x'], 'a.json'));
            const place = document.querySelector('.file-picker'), input = place.querySelector('input'); {how} }})()"
    );
    js_sys::eval(&script).expect("a script").is_truthy()
}

#[wasm_bindgen_test]
async fn a_file_is_taken_however_it_comes() {
    let names = RwSignal::new(Vec::new());
    let _page = Page::show(move || {
        view! {
            <FilePicker id="file" label="Open" hint="Or drop it" accept=".json" on_file=move |file: web_sys::File| names.update(|names| names.push(file.name())) />
        }
    })
    .await;
    let opened_by_the_browser = give(
        "return place.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))",
    );
    assert!(!opened_by_the_browser, "the page would be gone");
    let chosen = "input.files = data.files; input.dispatchEvent(new Event('change', { bubbles: true })); return input.value === ''";
    assert!(give(chosen), "the same file can be chosen again");
    assert!(give(chosen));
    assert_eq!(names.get_untracked(), ["a.json", "a.json", "a.json"]);
}

#[component]
fn Scene(found: StoredValue<Option<DevicePreferences>>) -> impl IntoView {
    found.set_value(Some(DevicePreferences::provide()));
}

fn root(name: &str) -> Option<String> {
    document()
        .document_element()
        .and_then(|root| root.get_attribute(name))
}

#[wasm_bindgen_test]
async fn preference_applies_at_once_in_every_tab() {
    let storage = window().local_storage().expect("allowed").expect("there");
    storage.clear().expect("cleared");
    let found = StoredValue::new(None);
    let page = Page::show(move || view! { <Scene found /> }).await;
    let preferences = found.get_value().expect("provided");
    assert_eq!((root("data-theme"), root("data-density")), (None, None));
    preferences.choose_theme(Theme::Dark).expect("kept");
    preferences.choose_density(Density::Compact).expect("kept");
    assert_eq!(root("data-theme").as_deref(), Some("dark"));
    assert_eq!(root("data-density").as_deref(), Some("compact"));
    drop(page);
    let _after_reload = Page::show(move || view! { <Scene found /> }).await;
    assert_eq!(
        found.get_value().map(|one| untrack(|| one.theme())),
        Some(Theme::Dark)
    );
    // Another tab clears the storage, and the browser notifies this one.
    storage.clear().expect("cleared");
    js_sys::eval("dispatchEvent(new StorageEvent('storage', { key: null }))").expect("a script");
    until("the defaults", || {
        root("data-theme").is_none() && root("data-density").is_none()
    })
    .await;
}
