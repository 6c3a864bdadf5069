//! The catalogue of pages: visits every page in each relevant state (filled, empty, loading, failed), and every
//! dialog. The caller decides what to do at each stop.

mod activity;
mod operators;
mod runs;
mod settings;
mod token;
mod unsure;
mod waiting;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use switchboard_e2e::{
    Answer, Hold, Interception, Journey, Key, Proxy, Response, alert, button, dialog, field, link,
    tab, table, title,
};

use crate::steps::{ORGANISATION, add_domain, connect_to};

const ORGANISATION_CALL: &str = "auth/organisation";
const LIST: &str = "auth/addon/live_chat/operator/list";
const GET_DOMAIN: &str = "auth/addon/live_chat/domain/get";
const ADD_DOMAIN: &str = "auth/addon/live_chat/domain/add";

/// Opens every page of the catalogue and calls `visit` with the name of each stop.
pub async fn visit_all(it: &Journey, mut visit: impl AsyncFnMut(&str) -> Result<()>) -> Result<()> {
    // Failed requests are part of the catalogue, and the browser logs them.
    it.page.expect_in_console("Failed to load resource");
    let proxy = Proxy::start(&it.sandbox)?;
    connecting(it, &proxy, &mut visit)
        .await
        .context("connecting")?;
    organisation(it, &proxy, &mut visit)
        .await
        .context("the organisation")?;
    activity::activity(it, &proxy, &mut visit)
        .await
        .context("the activity")?;
    operators(it, &proxy, &mut visit)
        .await
        .context("the operators")?;
    operators::with_no_domain(it, &mut visit)
        .await
        .context("the operators and what is done with many")?;
    domains(it, &proxy, &mut visit)
        .await
        .context("the domains")?;
    operators::with_domains(it, &mut visit)
        .await
        .context("the operators and the known domains")?;
    one_of_each(it, &proxy, &mut visit)
        .await
        .context("one domain, one operator")?;
    waiting::waiting(it, &proxy, &mut visit)
        .await
        .context("waiting")?;
    runs::runs(it, &proxy, &mut visit).await.context("runs")?;
    unsure::unsure(it, &proxy, &mut visit)
        .await
        .context("what is not sure")?;
    token::token(it, &proxy, &mut visit)
        .await
        .context("a refused token")?;
    settings::settings(it, &proxy, &mut visit)
        .await
        .context("the settings")?;
    it.page.open("/no/such/page").await?;
    it.page.see(title("Page not found")).await?;
    visit("not-found").await?;
    settings::organisations(it, &proxy, &mut visit)
        .await
        .context("another organisation, and a connection that ended")
}

async fn connecting(
    it: &Journey,
    proxy: &Proxy,
    visit: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    it.page.open("/connect").await?;
    it.page.see(button("Open the sandbox")).await?;
    visit("connect").await?;
    it.page.click(button("Connect")).await?;
    it.page
        .see_error_at(field("API token"), "Enter the API token.")
        .await?;
    it.page
        .script_says("document.querySelector('details').open = true; return true")
        .await?;
    it.page.see(field("Token header")).await?;
    visit("connect-fields").await?;
    connect_to(it, &proxy.url(), "wrong-token").await?;
    it.page.see(alert("The API refused this token.")).await?;
    visit("connect-failed").await?;
    connect_to(it, &proxy.url(), it.sandbox.token()).await?;
    it.page.see(title(ORGANISATION)).await
}

async fn organisation(
    it: &Journey,
    proxy: &Proxy,
    visit: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    it.page.open("/organisation").await?;
    it.page.see(title(ORGANISATION)).await?;
    visit("organisation").await?;
    proxy.intercept("GET", ORGANISATION_CALL, success(&json!({
        "status": 0, "dummyDomain": true, "name": "A new shop", "email": "owner@new.example", "access": [], "plan": [], "addon": [],
    })));
    it.page.open("/organisation").await?;
    it.page.see(alert("This organisation is blocked")).await?;
    visit("organisation-empty").await?;
    proxy.intercept("GET", ORGANISATION_CALL, busy());
    it.page.open("/organisation").await?;
    it.page
        .see(alert("The organisation could not be loaded"))
        .await?;
    visit("organisation-failed").await?;
    proxy.clear_rules();
    Ok(())
}

async fn operators(
    it: &Journey,
    proxy: &Proxy,
    visit: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    it.page.open("/operators").await?;
    it.page.see(table("Operators")).await?;
    visit("operators").await?;
    it.page.click(button("Add operator")).await?;
    it.page.see(dialog("Add operator")).await?;
    visit("add-operator").await?;
    it.page.fill(field("Name"), "Grace").await?;
    it.page.fill(field("Email"), "grace@acme.example").await?;
    it.page.click(button("Add operator")).await?;
    it.page.see(alert("Operator already exists")).await?;
    it.page.fill(field("Email"), "grace").await?;
    it.page.press(Key::Enter).await?;
    it.page
        .see_error_at(field("Email"), "An email address needs an @.")
        .await?;
    visit("add-operator-failed").await?;
    it.page.open("/operators?q=nobody").await?;
    it.page.see_text("No operators match").await?;
    visit("operators-no-match").await?;
    proxy.intercept("GET", LIST, success(&json!([])));
    it.page.open("/operators").await?;
    it.page.see_text("No operators yet").await?;
    visit("operators-empty").await?;
    proxy.intercept("GET", LIST, busy());
    it.page.open("/operators").await?;
    it.page
        .see(alert("The operators could not be loaded"))
        .await?;
    visit("operators-failed").await?;
    proxy.clear_rules();
    it.sandbox.seed(60, 0)?;
    it.page.open("/operators").await?;
    it.page.see(button("Next")).await?;
    visit("operators-many").await
}

async fn domains(
    it: &Journey,
    proxy: &Proxy,
    visit: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    it.page.open("/domains").await?;
    it.page.see_text("No known domains yet").await?;
    visit("domains-empty").await?;
    it.page.click(link("Add domain")).await?;
    it.page
        .fill(field("Domain"), "https://www.News.Acme.example/blog")
        .await?;
    it.page
        .see_text("Will be added as news.acme.example")
        .await?;
    it.page.click(button("Add domain")).await?;
    it.page
        .see_error_at(field("Contact email"), "Enter an email address.")
        .await?;
    visit("add-domain").await?;
    it.page
        .fill(field("Contact email"), "news@acme.example")
        .await?;
    it.page.click(button("Add domain")).await?;
    it.page.see(title("Embed code")).await?;
    visit("embed-code").await?;
    embed_code(it, visit).await.context("the embed code")?;
    proxy.intercept("POST", ADD_DOMAIN, Interception::LoseTheAnswer);
    it.page.open("/domains/new").await?;
    add_domain(it, "lost.acme.example", "web@acme.example").await?;
    it.page
        .see_text("lost.acme.example was added, but its embed code did not arrive")
        .await?;
    visit("add-domain-code-lost").await?;
    proxy.clear_rules();
    it.page.open("/domains").await?;
    for (typed, found) in [
        ("shop.acme.example", "shop.acme.example is active"),
        ("bücher.example", "bücher.example is active"),
    ] {
        it.page.fill(field("Domain name"), typed).await?;
        it.page.click(button("Look up")).await?;
        it.page.see_text(found).await?;
    }
    it.page.see_text("None").await?;
    visit("domains").await?;
    it.page.open("/domains?q=shpo.acme.example").await?;
    it.page.see_text("Did you mean:").await?;
    visit("domains-no-match").await?;
    let hold = Hold::default();
    proxy.intercept("GET", GET_DOMAIN, Interception::Hold(hold.clone()));
    it.page.open("/domains?status=inactive").await?;
    it.page
        .see_text("No match among the checked domains")
        .await?;
    visit("domains-filter-reading").await?;
    proxy.clear_rules();
    hold.let_go();
    proxy.intercept("GET", GET_DOMAIN, busy());
    it.page.open("/domains?status=inactive").await?;
    it.page
        .see_text("The list leaves out what was not checked.")
        .await?;
    visit("domains-filter-unread").await?;
    proxy.clear_rules();
    it.page.open("/domains").await?;
    it.page.click(button("Forget: news.acme.example")).await?;
    it.page.see(dialog("Forget domain")).await?;
    visit("domains-forget").await?;
    it.page.click(button("Close")).await?;
    it.page.click(button("Forget: bücher.example")).await?;
    it.page.see(button("Undo")).await?;
    visit("domains-forgotten").await?;
    it.page.click(button("Undo")).await?;
    it.page
        .fill(field("Domain name"), "nowhere.example")
        .await?;
    it.page.click(button("Look up")).await?;
    it.page
        .see(alert("nowhere.example could not be looked up"))
        .await?;
    visit("domains-not-found").await?;
    it.page.click(button("Import list")).await?;
    it.page
        .fill(
            field("Domains"),
            "new.example, wrong one, shop.acme.example",
        )
        .await?;
    it.page.see_text("Only the first column is read").await?;
    it.page
        .paste(
            field("Domains"),
            "new.example\ntwo words\nshop.acme.example\nNEW.example",
        )
        .await?;
    it.page
        .see_text("1 new · 1 already known · 1 duplicate · 1 invalid")
        .await?;
    visit("domains-import-list").await?;
    it.page.click(button("Cancel")).await?;
    it.page.open("/domains/new").await?;
    it.page.fill(field("Domain"), "sh0p.acme.example").await?;
    it.page
        .see_text("They differ only in characters that look alike.")
        .await?;
    visit("add-domain-alike").await?;
    it.page.open("/domains/shop.acme.example/embed").await?;
    it.page
        .see_text("The embed code of shop.acme.example is not saved in this browser")
        .await?;
    visit("embed-code-elsewhere").await?;
    it.page.fill(field("link"), "hello").await?;
    it.page
        .see_text("Is this the embed code of shop.acme.example?")
        .await?;
    visit("embed-code-doubted").await?;
    it.page.open("/domains/nowhere.example/embed").await?;
    it.page
        .see_text("The API does not know nowhere.example")
        .await?;
    visit("embed-code-no-domain").await?;
    proxy.intercept("POST", ADD_DOMAIN, success(&json!({
        "name": "odd.acme.example", "email": "web@acme.example",
        "link": "<script>chat({ id: 7 });</script>", "socketLink": "https://cdn.elsewhere.example/a-long-path-without-any-space/socket.js",
    })));
    it.page.open("/domains/new").await?;
    add_domain(it, "odd.acme.example", "web@acme.example").await?;
    it.page
        .see_text("This code does not load from this connection's host")
        .await?;
    visit("embed-code-odd").await?;
    proxy.clear_rules();
    Ok(())
}

/// Visits the page "Embed code" with each of its parts in use.
async fn embed_code(it: &Journey, visit: &mut impl AsyncFnMut(&str) -> Result<()>) -> Result<()> {
    it.page.click(tab("React/Next.js")).await?;
    it.page.see(button("Copy for Next.js")).await?;
    it.page.click(button("Check")).await?;
    it.page
        .see_error_at(field("Page HTML"), "Paste the HTML of a page")
        .await?;
    visit("embed-code-nothing-to-check").await?;
    // A problem, a warning, a note, and a good finding.
    let html = "const script = (name) => [...document.querySelectorAll('.code-box code')].map((code) => code.innerText).find((text) => text.includes(name));
        const area = document.getElementById('page-html');
        area.value = `<html><head>${script('socket.js')}</head><body><!-- ${script('widget.js')} --></body></html>`;
        area.dispatchEvent(new Event('input', { bubbles: true }))";
    it.page.script(html, &[]).await?;
    it.page.click(button("Check")).await?;
    for told in [
        "link is missing",
        "has no effect",
        "is in the head",
        "is complete",
    ] {
        it.page.see_text(told).await?;
    }
    visit("embed-code-checked").await
}

async fn one_of_each(
    it: &Journey,
    proxy: &Proxy,
    visit: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    it.page.open("/domains/shop.acme.example").await?;
    it.page
        .see_text_in(table("Operators on this domain"), "Live chat is off")
        .await?;
    visit("domain").await?;
    it.page.click(button("Add operator")).await?;
    it.page.see(button("Add Sam Lee")).await?;
    visit("domain-add-operator").await?;
    it.page.click(button("Close")).await?;
    it.page
        .fill(field("New domain name"), "store.acme.example")
        .await?;
    it.page.click(button("Rename")).await?;
    it.page.see(dialog("Rename domain")).await?;
    visit("domain-rename").await?;
    it.page.click(button("Cancel")).await?;
    it.page.click(button("Delete domain")).await?;
    it.page
        .see_text_in(dialog("Delete domain"), "Grace Hopper")
        .await?;
    visit("domain-delete").await?;
    it.page.open("/operators/grace%40acme.example").await?;
    it.page.see(title("Grace Hopper")).await?;
    it.page.see(button("Remove shop.acme.example")).await?;
    visit("operator").await?;
    it.page.click(button("Delete user")).await?;
    it.page
        .see_text_in(dialog("Delete user"), "Deleted or renamed")
        .await?;
    visit("operator-delete").await?;
    it.page.open("/operators/nobody%40acme.example").await?;
    it.page.see_text("This operator does not exist").await?;
    visit("operator-failed").await?;
    proxy.intercept("GET", "auth/addon/live_chat/domain/operator/list", busy());
    it.page.open("/domains/shop.acme.example").await?;
    it.page
        .see(alert("The operators on this domain could not be loaded"))
        .await?;
    visit("domain-operators-failed").await?;
    it.page.open("/operators/grace%40acme.example").await?;
    // Each row that fails is higher, and moves the button below: one for each domain, and one for all.
    let failed = "return [...document.querySelectorAll('button')].filter((it) => it.textContent === 'Try again').length === 6";
    it.page.script_says(failed).await?;
    it.page.click(button("Delete user")).await?;
    it.page
        .see_text_in(dialog("Delete user"), "known domains were not checked")
        .await?;
    visit("operator-delete-unchecked").await?;
    proxy.clear_rules();
    it.page.open("/domains/nowhere.example").await?;
    it.page.see_text("This domain does not exist").await?;
    visit("domain-failed").await
}

fn success(message: &Value) -> Interception {
    let envelope = json!({ "status": 1, "type": "Success", "message": message });
    Interception::Answer(Answer::Say(Response::json(&envelope)))
}

fn busy() -> Interception {
    Interception::Answer(Answer::Say(Response::new(
        503,
        "text/plain",
        "Service Unavailable",
    )))
}
