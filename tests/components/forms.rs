//! Tests forms: what is typed while something else happens, questions before input is lost, and messages at their
//! fields.

use anyhow::{Context, Result, ensure};
use leptos::prelude::*;
use leptos_router::components::Router;
use switchboard::i18n::Text;
use switchboard::journal::ChangeJournal;
use switchboard::operations::try_connect::ConnectAttempt;
use switchboard::ui::{Button, TextArea, UnsavedDialog, UnsavedInput};
use switchboard::widgets::connect_failure::ConnectFailure;
use switchboard::widgets::domain_choice::DomainChoice;
use switchboard::widgets::token_field::TokenField;
use switchboard::workspace::KnownDomains;
use switchboard_api::{ApiError, BaseUrl, DomainName};
use switchboard_matrix::{Screen, Stage, Step, plan};
use switchboard_model::workspace::{KnownDomain, OrganisationKey};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::matrix::stage::{InPage, go_to, wait};
use crate::page::{Page, next_turn, type_into};

#[wasm_bindgen_test]
async fn error_of_a_text_area_goes_once_the_value_changes() {
    let (value, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let page = Page::show(move || view! { <TextArea id="f" label="Code" value error /> }).await;
    error.set(Some("Paste it here.".to_owned()));
    next_turn().await;
    assert_eq!(page.text("#f-error"), "Paste it here.");
    page.fill("textarea", "<script>").await;
    assert_eq!(page.text("#f-error"), "");
    assert_eq!(page.one("textarea").get_attribute("aria-invalid"), None);
}

#[wasm_bindgen_test]
async fn action_that_ends_the_page_asks_about_unsaved_input() {
    let done = RwSignal::new(0);
    let page = Page::show(move || {
        UnsavedInput::provide();
        let unsaved = UnsavedInput::get();
        unsaved.watch(|| true);
        let action = Callback::new(move |()| done.update(|done| *done += 1));
        let press = Callback::new(move |()| unsaved.leave_by(action));
        view! {
            <Router>
                <div class="page"><Button label="Disconnect".to_owned() on_press=press /></div>
                <UnsavedDialog title="Leave?" text="It is lost." stay="Stay" leave="Leave" close="Close" />
            </Router>
        }
    })
    .await;
    page.click(".page button").await;
    assert_eq!(done.get_untracked(), 0);
    page.click("#unsaved-stay").await;
    assert_eq!(
        (done.get_untracked(), page.all("dialog[open]").len()),
        (0, 0)
    );
    page.click(".page button").await;
    page.click("dialog[open] .danger").await;
    assert_eq!(
        (done.get_untracked(), page.all("dialog[open]").len()),
        (1, 0)
    );
    // Its input is gone now.
    page.click(".page button").await;
    assert_eq!(done.get_untracked(), 2);
}

#[wasm_bindgen_test]
async fn refused_token_is_announced_once_at_its_field() {
    let attempt = RwSignal::new(ConnectAttempt::Idle);
    let page = Page::show(move || {
        let (value, error) = (RwSignal::new("t0ken".to_owned()), RwSignal::new(None));
        view! {
            <ConnectFailure attempt token_error=error />
            <TokenField id="token" label=Text::Token value error hint=Text::TokenHint header=Signal::stored("api_token".to_owned()) />
        }
    })
    .await;
    attempt.set(ConnectAttempt::Failed(ApiError::NotAuthorised {
        http_status: 401,
        field_errors: Vec::new(),
        raw: String::new(),
    }));
    next_turn().await;
    let told = |selector: &str| -> Vec<String> {
        let all = page.all(selector).into_iter();
        let texts = all.filter_map(|one| one.text_content());
        texts.filter(|text| !text.is_empty()).collect()
    };
    assert_eq!(told("[role=alert]"), ["The API refused this token."]);
    assert_eq!(told("[role=status]"), [""; 0]);
    assert_eq!(told(".notice-title"), ["The token was not accepted"]);
}

#[wasm_bindgen_test]
async fn note_about_a_removed_prefix_goes_with_its_token() {
    let value = RwSignal::new(String::new());
    let page = Page::show(move || {
        let error = Signal::stored(None::<String>);
        let header = Signal::stored("api_token".to_owned());
        view! { <TokenField id="token" label=Text::Token value error hint=Text::TokenHint header /> }
    })
    .await;
    page.fill("#token", "Bearer abc123").await;
    assert_eq!(value.get_untracked(), "abc123");
    assert!(page.text(".field-note").contains("Bearer"));
    page.fill("#token", "def456").await;
    assert_eq!(page.text(".field-note"), "");
}

#[wasm_bindgen_test]
async fn group_says_that_a_domain_is_missing_until_one_is_chosen() {
    let (chosen, wrong) = (RwSignal::new(Vec::new()), RwSignal::new(false));
    let page = choice(1, chosen, wrong).await;
    let described = page.one("fieldset").get_attribute("aria-describedby");
    let error = format!("#{}", described.expect("described"));
    assert_eq!(page.text(&error), "");
    wrong.set(true);
    next_turn().await;
    assert_eq!(page.text(&error), "Select at least one domain.");
    page.click("input[type=checkbox]").await;
    assert_eq!(page.text(&error), "");
    drop(page);
    forget_known();
}

#[wasm_bindgen_test]
async fn all_domains_that_a_search_finds_are_selected_at_once() {
    let chosen = RwSignal::new(Vec::new());
    let page = choice(12, chosen, RwSignal::new(false)).await;
    let count = || chosen.with_untracked(Vec::len);
    page.fill("#search", "site-1").await;
    assert_eq!(page.text("fieldset button"), "Select all 4");
    page.click("fieldset button").await;
    assert_eq!(
        (count(), page.text("fieldset button").as_str()),
        (4, "Deselect all 4")
    );
    page.fill("#search", "").await;
    page.click("fieldset button").await;
    assert_eq!(count(), 12);
    page.click("fieldset button").await;
    assert_eq!(count(), 0);
    drop(page);
    forget_known();
}

/// Shows the choice among `count` known domains: `site-1.example` and so on.
async fn choice(count: usize, chosen: RwSignal<Vec<DomainName>>, wrong: RwSignal<bool>) -> Page {
    Page::show(move || {
        let base_url: BaseUrl = "https://forms.example/".parse().expect("a base URL");
        let organisation: &'static _ = Box::leak(Box::new(OrganisationKey::of(&base_url)));
        UnsavedInput::provide();
        let known = KnownDomains::provide(organisation, ChangeJournal::provide(organisation));
        for number in 1..=count {
            let name = format!("site-{number}.example")
                .parse()
                .expect("a domain name");
            let _ = known.remember(KnownDomain::new(name, None, 1));
        }
        view! { <DomainChoice id="search" chosen wrong hint="Choose." /> }
    })
    .await
}

fn forget_known() {
    let storage = window().local_storage().ok().flatten();
    storage.expect("a storage").clear().expect("emptied");
}

/// Runs a test of the application on a page, with the demo organisation.
async fn on_page(path: &'static str, test: impl AsyncFn(&InPage) -> Result<()>) {
    let address = location().pathname().expect("an address");
    let stage = InPage::set();
    let ended = async {
        stage.take(&Step::Open(path)).await?;
        test(&stage).await
    };
    let ended = ended.await;
    drop(stage);
    go_to(&address);
    ended.expect("passed");
}

async fn field(label: &str) -> Result<HtmlInputElement> {
    let field = InPage::wait_for("field", label, None).await?;
    Ok(field.unchecked_into())
}

async fn press(button: &str) -> Result<()> {
    InPage::wait_for("button", button, None).await?.click();
    Ok(())
}

/// Waits until the page contains a text, and for the effects that come with it.
async fn see(text: &str) -> Result<()> {
    let body: HtmlElement = document().body().context("a body")?;
    wait(async || {
        ensure!(body.inner_text().contains(text), "not on the page: {text}");
        Ok(())
    })
    .await?;
    next_turn().await;
    Ok(())
}

/// Returns the error below a control.
fn error_of(control: &HtmlInputElement) -> String {
    let error = document().get_element_by_id(&format!("{}-error", control.id()));
    error
        .and_then(|error| error.text_content())
        .unwrap_or_default()
}

#[wasm_bindgen_test]
async fn look_up_keeps_what_was_typed_meanwhile() {
    on_page("/domains", async |_| {
        let name = field("Domain name").await?;
        type_into(&name, "shop.acme.example");
        press("Look up").await?;
        type_into(&name, "next.example");
        see("shop.acme.example is active").await?;
        ensure!(name.value() == "next.example", "{}", name.value());
        type_into(&name, "wholesale.acme.example");
        press("Look up").await?;
        see("wholesale.acme.example is active").await?;
        ensure!(name.value().is_empty(), "{}", name.value());
        Ok(())
    })
    .await;
}

#[wasm_bindgen_test]
async fn next_domain_typed_meanwhile_stays() {
    on_page("/domains/new", async |_| {
        let domain = field("Domain").await?;
        type_into(&domain, "first.example");
        type_into(&field("Contact email").await?, "web@first.example");
        press("Add domain").await?;
        type_into(&domain, "next.example");
        see("first.example was added").await?;
        ensure!(domain.is_connected(), "the page was left");
        ensure!(domain.value() == "next.example", "{}", domain.value());
        // What the API refuses is not about the next domain either.
        type_into(&domain, "shop.acme.example");
        press("Add domain").await?;
        type_into(&domain, "next.example");
        see("shop.acme.example already exists").await?;
        ensure!(error_of(&domain).is_empty(), "{}", error_of(&domain));
        Ok(())
    })
    .await;
}

#[wasm_bindgen_test]
async fn changed_domain_is_announced_when_its_field_is_left() {
    on_page("/domains/new", async |_| {
        let domain = field("Domain").await?;
        let announced = || {
            let region = document().query_selector("form > .visually-hidden[role=status]");
            let region = region.ok().flatten().and_then(|it| it.text_content());
            region.unwrap_or_default()
        };
        let expected = "Will be added as blog.example. Changes: lower case.";
        for (typed, expected) in [("Blog.example", expected), ("blog.example", "")] {
            domain.focus().ok().context("focused")?;
            type_into(&domain, typed);
            domain.blur().ok().context("left")?;
            next_turn().await;
            ensure!(announced() == expected, "{}", announced());
        }
        Ok(())
    })
    .await;
}

#[wasm_bindgen_test]
async fn existing_domain_is_told_at_its_field() {
    on_page("/domains/new", async |_| {
        let domain = field("Domain").await?;
        type_into(&domain, "shop.acme.example");
        type_into(&field("Contact email").await?, "web@acme.example");
        press("Add domain").await?;
        see("shop.acme.example already exists").await?;
        ensure!(
            error_of(&domain) == "Domain already exists",
            "not at its field"
        );
        ensure!(domain.has_attribute("aria-invalid"), "not invalid");
        Ok(())
    })
    .await;
}

#[wasm_bindgen_test]
async fn looked_up_domain_has_a_link_to_its_page() {
    on_page("/domains", async |_| {
        type_into(&field("Domain name").await?, "shop.acme.example");
        press("Look up").await?;
        InPage::wait_for("link", "Open shop.acme.example", None).await?;
        Ok(())
    })
    .await;
}

#[wasm_bindgen_test]
async fn paste_fields_stay_mounted_when_the_domain_becomes_known() {
    on_page("/organisation", async |stage| {
        let fault = plan::answers().find(|fault| fault.name == "500");
        let call = Screen::LookUp.call();
        stage.inject_fault(&fault.context("a fault")?, call).await?;
        let path = "/domains/shop.acme.example/embed";
        stage.take(&Step::Open(path)).await?;
        let link = field("link").await?;
        type_into(&link, "<script>");
        stage.clear_rules().await?;
        press("Try again").await?;
        wait(async || {
            let again = InPage::find("button", "Try again", None);
            ensure!(again.is_err(), "still a failure");
            Ok(())
        })
        .await?;
        ensure!(link.is_connected(), "the field was replaced");
        ensure!(link.value() == "<script>", "{}", link.value());
        Ok(())
    })
    .await;
}

#[wasm_bindgen_test]
async fn both_codes_pasted_into_one_field_are_split() {
    on_page("/domains/shop.acme.example/embed", async |_| {
        let code =
            |file: &str| format!("<script src=\"https://api.acme.example/{file}\"></script>");
        let both = format!("{}\n{}", code("w.js"), code("s.js"));
        let (link, socket_link) = (field("link").await?, field("socketLink").await?);
        type_into(&socket_link, &both);
        see("You pasted both codes into one field.").await?;
        let values = || [link.value(), socket_link.value()];
        ensure!(values() == ["w.js", "s.js"].map(code), "{:?}", values());
        press("Undo").await?;
        next_turn().await;
        ensure!(values() == [String::new(), both], "{:?}", values());
        Ok(())
    })
    .await;
}

fn focused_id() -> String {
    let focused = document().active_element();
    focused.map(|focused| focused.id()).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn error_does_not_return_with_a_reopened_dialog() {
    on_page("/operators", async |_| {
        press("Add operator").await?;
        let submit = InPage::wait_for("button", "Add operator", Some("Add operator"));
        submit.await?.click();
        see("Enter a name.").await?;
        type_into(&field("Name").await?, "Ada");
        press("Close").await?;
        next_turn().await;
        press("Add operator").await?;
        let name = field("Name").await?;
        next_turn().await;
        ensure!(name.value() == "Ada", "{}", name.value());
        ensure!(error_of(&name).is_empty(), "{}", error_of(&name));
        Ok(())
    })
    .await;
}

#[wasm_bindgen_test]
async fn steps_that_confirm_start_before_their_button() {
    on_page("/operators", async |_| {
        press("Import CSV").await?;
        type_into(
            &field("Or paste rows").await?,
            "Eve,eve@x.example,new.example",
        );
        press("Show preview").await?;
        see("will be added").await?;
        ensure!(focused_id() == "import-csv-summary", "{}", focused_id());
        press("Look up these domains first").await?;
        see("Unknown to the API: new.example.").await?;
        ensure!(focused_id() == "import-csv-summary", "{}", focused_id());
        Ok(())
    })
    .await;
    on_page("/domains/shop.acme.example", async |_| {
        type_into(&field("New domain name").await?, "new.example");
        press("Rename").await?;
        InPage::wait_for("button", "Cancel", Some("Rename domain")).await?;
        next_turn().await;
        ensure!(focused_id() == "rename-cancel", "{}", focused_id());
        Ok(())
    })
    .await;
}
