//! Tests the import of a workspace on the page "Settings".

use switchboard_api::EmbedCode;
use switchboard_matrix::Step;
use switchboard_model::workspace::file::export;
use switchboard_model::workspace::{CodeOrigin, HeldCode, KnownDomain, OrganisationKey};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::matrix::stage::{InPage, in_application, take};
use crate::page::{next_turn, until};

fn run(script: &str) -> wasm_bindgen::JsValue {
    js_sys::eval(script).expect("a script")
}

/// Chooses a file.
fn choose(name: &str, text: &str) {
    let (name, text) = (serde_json::json!(name), serde_json::json!(text));
    run(&format!(
        "(() => {{ const data = new DataTransfer(); data.items.add(new File([{text}], {name}));
            const input = document.querySelector('#import-file');
            input.files = data.files;
            input.dispatchEvent(new Event('change', {{ bubbles: true }})) }})()"
    ));
}

/// Returns a workspace file with one domain, whose code names `named`.
fn file_with_code(named: &str) -> String {
    let base_url = "https://api.acme.example/".parse().expect("a base URL");
    let name = "new.example".parse().expect("a domain name of the test");
    let code = EmbedCode {
        link: format!("<script src=\"https://api.acme.example/w.js?domain={named}\"></script>"),
        socket_link: String::new(),
    };
    let held = HeldCode {
        code,
        origin: CodeOrigin::Added,
        received_at: 1,
    };
    let known = KnownDomain {
        held: Some(held),
        ..KnownDomain::new(name, None, 1)
    };
    export(&OrganisationKey::of(&base_url), &[known], 1)
}

fn shows(text: &str) -> bool {
    let shown =
        run("[...document.querySelectorAll('[data-page]')].map((it) => it.innerText).join()");
    shown.as_string().expect("a text").contains(text)
}

/// Runs a test on the page "Settings".
async fn on_settings(test: impl AsyncFn(&InPage)) {
    in_application("/settings", async |stage| {
        let picker = || run("document.querySelector('#import-file')").is_truthy();
        until("the file picker", picker).await;
        test(stage).await;
    })
    .await;
}

#[wasm_bindgen_test]
async fn file_is_judged_after_it_was_read_and_counted_before_the_import() {
    on_settings(async |stage| {
    choose("bad.json", "oops");
    until("the refusal", || shows("bad.json cannot be imported")).await;
    // A slow disk.
    run("window.textNow = Blob.prototype.text;
        Blob.prototype.text = function () {
            return new Promise((done) => setTimeout(() => done(textNow.call(this)), 200));
        }");
    let base_url = "https://api.acme.example/".parse().expect("a base URL");
    let name = "new.example".parse().expect("a domain name of the test");
    let domains = [KnownDomain::new(name, None, 1)];
    choose(
        "good.json",
        &export(&OrganisationKey::of(&base_url), &domains, 1),
    );
    next_turn().await;
    assert!(shows("bad.json cannot be imported"));
    assert!(!shows("good.json"));
    until("the preview", || shows("1 new domain")).await;
    run("Blob.prototype.text = textNow;
        window.counted = [];
        window.observer = new MutationObserver((changes) => counted.push(...changes.map((it) => it.target.data)));
        observer.observe(document.body, { subtree: true, characterData: true })");
    take(stage, Step::Press("Import", Some("Import workspace"))).await;
    until("the outcome", || shows("good.json")).await;
    let counted = run("observer.disconnect(); counted.join()");
    let counted = counted.as_string().expect("a text");
    assert!(!counted.contains("unchanged"), "{counted}");
    })
    .await;
}

#[wasm_bindgen_test]
async fn code_of_another_domain_is_marked_and_replaced_only_if_asked() {
    on_settings(async |stage| {
        choose("old.json", &file_with_code("old.example"));
        until("the mark", || {
            shows("New, with an embed code") && shows("Names old.example")
        })
        .await;
        take(stage, Step::Press("Import", Some("Import workspace"))).await;
        until("the outcome", || shows("old.json was imported")).await;
        let chosen = "document.querySelector('.code-option:has(:checked)')?.innerText ?? ''";
        let is_chosen = |label: &str| {
            let chosen = run(chosen).as_string().expect("a text");
            chosen.contains(label)
        };
        // Although the file's code names the right domain.
        choose("other.json", &file_with_code("new.example"));
        let label = "Keep the code saved here";
        until(label, || is_chosen(label)).await;
        assert!(shows("Names old.example"));
    })
    .await;
}
