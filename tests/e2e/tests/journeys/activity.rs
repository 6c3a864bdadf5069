//! The page "Activity": every call of the session as it was sent, without secrets, and as an executable command.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{
    Answer, FakeApi, Interception, Journey, Key, Request, Response, alert, button, dialog,
    eventually, field, journey, link, navigation, region, table, title,
};

use crate::shell::{arguments, request_of, run};
use crate::steps::{connect_to, enter, through_a_relay};

const LIST: &str = "auth/addon/live_chat/operator/list";
const ADD_OPERATOR: &str = "auth/addon/live_chat/operator/add";

/// Opens the page through the navigation, because a page load would clear the log of calls.
pub async fn open_activity(it: &Journey) -> Result<()> {
    it.page
        .click(link("Activity").within(navigation("Main")))
        .await?;
    it.page.see(title("Activity")).await
}

/// Returns the rows of the table "Calls", newest first: the text of each cell.
async fn calls(it: &Journey) -> Result<Vec<Vec<String>>> {
    it.page.see(table("Calls")).await?;
    let script = "return [...document.querySelectorAll('table[aria-labelledby=calls] > tbody > tr:not(.detail)')]
        .map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\\s+/g, ' ').trim()))";
    Ok(serde_json::from_value(it.page.script(script, &[]).await?)?)
}

/// Waits until exactly these calls are shown.
async fn shows(it: &Journey, expected: &[(&str, &str)]) -> Result<()> {
    eventually(async || {
        let rows = calls(it).await?;
        let shown: Vec<(&str, &str)> = rows
            .iter()
            .map(|row| (row[1].as_str(), row[4].as_str()))
            .collect();
        ensure!(shown == expected, "These are shown: {shown:#?}");
        Ok(())
    })
    .await
}

#[test]
fn every_call_shows_with_what_was_asked_how_long_it_took_and_how_it_ended() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/shop.acme.example").await?;
        it.page
            .see_text_in(table("Operators on this domain"), "Grace Hopper")
            .await?;
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page.see_text("12 operators").await?;
        add_operator(it, "Ada", "ada@acme.example").await?;
        it.page.see(alert("Operator already exists")).await?;
        it.page.press(Key::Escape).await?;
        it.page
            .click(link("Activity").within(navigation("Main")))
            .await?;
        // The input in the dialog is unsaved.
        it.page.click(button("Leave")).await?;
        it.page.see(title("Activity")).await?;

        let seen = it.sandbox.calls()?;
        let rows = eventually(async || {
            let rows = calls(it).await?;
            let count = rows.len();
            ensure!(count == seen.len(), "{count} calls are shown");
            Ok(rows)
        })
        .await?;
        // Calls that are made in parallel arrive in any order.
        for call in &seen {
            let mut asked = format!("{} {}", call.method, call.path.trim_start_matches('/'));
            // The client's library ends a query with an ampersand.
            let query = call.query.trim_end_matches('&');
            if !query.is_empty() {
                asked = format!("{asked}?{query}");
            }
            let row = rows.iter().find(|row| row[1] == asked);
            let row = row.with_context(|| format!("{asked} is not shown"))?;
            assert!(
                row[2].strip_suffix(" ms").is_some_and(is_number),
                "{} is no duration",
                row[2]
            );
            assert_eq!(row[3], call.status.to_string());
            let outcome = if call.method == "POST" {
                "Refused Operator already exists"
            } else {
                "Worked"
            };
            assert_eq!(row[4], outcome);
        }

        // The request and the response.
        let call = format!("POST {ADD_OPERATOR}");
        it.page.click(button(&call)).await?;
        let written = "return [...document.querySelectorAll('table[aria-labelledby=calls] tr.detail pre')].map((body) => body.textContent)";
        let bodies = it.page.script_says(written).await?;
        let body = |index: usize| -> Result<Value> {
            Ok(serde_json::from_str(
                bodies[index].as_str().context("a body")?,
            )?)
        };
        assert_eq!(
            body(0)?,
            json!({"email": "ada@acme.example", "name": "Ada"})
        );
        assert_eq!(body(1)?["message"], "Operator already exists");
        it.page.click(button(&call)).await?;
        it.page.see_no_text("Request body").await
    })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|digit| digit.is_ascii_digit())
}

#[test]
fn a_call_that_got_no_answer_is_told_and_the_filters_find_what_failed_and_what_wrote() -> Result<()>
{
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        proxy.intercept("GET", LIST, Interception::LoseTheRequest);
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page
            .see(alert("The operators could not be loaded"))
            .await?;
        proxy.clear_rules();
        it.page.click(button("Try again")).await?;
        it.page.see_text("12 operators").await?;
        add_operator(it, "Ada", "ada@acme.example").await?;
        it.page.see(alert("Operator already exists")).await?;
        it.page.press(Key::Escape).await?;
        add_operator(it, "Katherine", "katherine@acme.example").await?;
        it.page.see_text("Katherine was added.").await?;
        open_activity(it).await?;

        let (list, add) = (format!("GET {LIST}"), format!("POST {ADD_OPERATOR}"));
        let lost = (list.as_str(), "No response The API could not be reached.");
        let refused = (add.as_str(), "Refused Operator already exists");
        let added = (add.as_str(), "Worked");
        it.page.click(field("Failed")).await?;
        shows(it, &[refused, lost]).await?;
        it.page.click(field("Writes")).await?;
        shows(it, &[added, refused]).await?;
        it.page.click(field("All")).await?;
        let listed = (list.as_str(), "Worked");
        let organisation = ("GET auth/organisation", "Worked");
        // Also after the refusal: the list did not show whom the API has.
        let all = [listed, added, listed, refused, listed, lost, organisation];
        shows(it, &all).await
    })
}

#[test]
fn with_no_call_and_no_change_the_page_says_so() -> Result<()> {
    journey(async |it| {
        enter(it, "/organisation").await?;
        open_activity(it).await?;
        it.page.click(field("Writes")).await?;
        it.page.see_text("No matching calls").await?;
        it.page
            .see_text_in(region("Changes"), "No changes yet")
            .await
    })
}

/// A token with every character that URLs, JSON or markup write differently.
const TOKEN: &str = "t0k/en+\"<&>'\\%7E=";

#[test]
fn a_token_that_the_api_echoes_is_nowhere_but_in_its_own_storage() -> Result<()> {
    journey(async |it| {
        it.page.expect_in_console("Failed to load resource");
        let api = FakeApi::start(echo)?;
        it.page.open("/connect").await?;
        connect_to(it, &api.url(), TOKEN).await?;
        it.page.see(title("Echo & Sons")).await?;
        // Refused with the token in the message, unreadable with the token in the raw answer.
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page
            .see(dialog("The token is no longer accepted"))
            .await?;
        is_nowhere(it).await?;
        it.page.click(button("Not now")).await?;
        it.page
            .see(alert("The operators could not be loaded"))
            .await?;
        is_nowhere(it).await?;
        it.page
            .click(link("Domains").within(navigation("Main")))
            .await?;
        it.page
            .fill(field("Domain name"), "shop.acme.example")
            .await?;
        it.page.click(button("Look up")).await?;
        it.page
            .see(alert("shop.acme.example could not be looked up"))
            .await?;
        is_nowhere(it).await?;

        open_activity(it).await?;
        eventually(async || {
            let count = calls(it).await?.len();
            ensure!(count == 3, "{count} calls are shown");
            Ok(())
        })
        .await?;
        it.page
            .script("document.querySelectorAll('table[aria-labelledby=calls] button.disclosure').forEach((button) => button.click())", &[])
            .await?;
        it.page.see_text("[redacted]").await?;
        is_nowhere(it).await?;
        it.page.click(field("Failed")).await?;
        it.page
            .script_says("return document.querySelectorAll('.row-actions button').length === 2")
            .await?;
        for index in 0..2 {
            // Buttons of several rows have the same name.
            let focus = "const all = document.querySelectorAll('.row-actions button'); all[arguments[0]].focus(); return all.length";
            assert_eq!(it.page.script(focus, &[json!(index)]).await?, json!(2));
            it.page.press(Key::Enter).await?;
            it.page
                .script_says(&format!("return document.querySelectorAll('.copy-outcome')[{index}].innerText.includes('Copied')"))
                .await?;
            let copied = it.page.clipboard().await?;
            assert!(copied.starts_with("curl "), "{copied}");
            assert!(copied.contains("$API_TOKEN"), "{copied}");
            assert!(!holds_token(&copied), "{copied}");
        }
        Ok(())
    })
}

/// An API that echoes the request in every way.
fn echo(request: &Request) -> Answer {
    let token = request
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("api_token"))
        .map_or("", |(_, value)| value);
    let percent: String = token.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let debug = json!({ "api_token": token, "url": format!("/x?t={percent}"), "nested": json!({ "t": token }).to_string() });
    let body = match request.path() {
        "/auth/organisation" => {
            json!({ "status": 1, "type": "Success", "debug": debug, "message": {
            "status": 1, "dummyDomain": false, "name": "Echo & Sons", "email": "owner@echo.example",
            "access": [], "plan": [], "addon": [], "debug": debug } })
        }
        "/auth/addon/live_chat/operator/list" => {
            let refusal = json!({ "status": 0, "type": "error", "debug": debug,
                "message": format!("The token {token} may not list operators") });
            return Answer::Say(Response::new(401, "application/json", refusal.to_string()));
        }
        _ => {
            let page = format!("<!doctype html><p>{token} {percent} {debug}");
            return Answer::Say(Response::new(200, "text/html", page));
        }
    };
    Answer::Say(Response::json(&body))
}

fn holds_token(text: &str) -> bool {
    let escaped = serde_json::to_string(TOKEN).unwrap_or_default();
    let percent: String = TOKEN.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let markup = TOKEN
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    [TOKEN, escaped.trim_matches('"'), &percent, &markup]
        .iter()
        .any(|written| text.contains(written))
}

/// Asserts that the token is in no markup, address or title, and in no storage except the tab's own connection.
async fn is_nowhere(it: &Journey) -> Result<()> {
    let page = it
        .page
        .script("return [location.href, document.title, document.documentElement.outerHTML, document.body.innerText]", &[])
        .await?;
    for text in page.as_array().context("texts")? {
        let text = text.as_str().unwrap_or_default();
        ensure!(!holds_token(text), "The page holds the token: {text}");
    }
    for (key, value) in it.page.local_storage().await? {
        ensure!(!holds_token(&format!("{key} {value}")), "{key}: {value}");
    }
    let session = it.page.session_storage().await?;
    let holding: Vec<&String> = session
        .iter()
        .filter(|(_, value)| holds_token(value))
        .map(|(key, _)| key)
        .collect();
    ensure!(holding == ["switchboard/1/connection"], "{holding:?}");
    Ok(())
}

#[test]
fn a_call_copied_as_curl_runs_as_it_is_in_a_shell() -> Result<()> {
    journey(async |it| {
        let name = "Seán O'Brien \"$HOME\" `id` \\";
        enter(it, "/operators").await?;
        add_operator(it, name, "sean@acme.example").await?;
        it.page.see_text(&format!("{name} was added.")).await?;
        open_activity(it).await?;
        it.page.click(field("Writes")).await?;
        shows(it, &[(&format!("POST {ADD_OPERATOR}"), "Worked")]).await?;
        it.page.allow_clipboard().await?;
        it.page.click(button("Copy as cURL")).await?;
        it.page.see_text_in(table("Calls"), "Copied").await?;
        let command = it.page.clipboard().await?;
        assert!(!command.contains(it.sandbox.token()), "{command}");

        // The arguments as a shell parses them, sent from here: the operator no longer exists at first, and exists
        // again later.
        let get = "auth/addon/live_chat/operator/get?email=sean%40acme.example";
        let found = || it.sandbox.ask("GET", get, &Value::Null);
        it.sandbox.reset()?;
        assert_eq!(found()?["status"], 0);
        let request = request_of(&arguments(&command, it.sandbox.token())?)?;
        let answer = request.send(it.sandbox.address())?;
        assert_eq!(answer.status, 200);
        assert_eq!(found()?["message"]["name"], name);

        // And with curl itself, if it is installed.
        if let Some(output) = run(&command, it.sandbox.token())? {
            let answer: Value = serde_json::from_str(&output)?;
            assert_eq!(answer["message"], "Operator already exists");
        }
        Ok(())
    })
}

#[test]
fn the_calls_go_with_the_connection() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.see_text("12 operators").await?;
        it.page.click(button("Disconnect")).await?;
        connect_to(it, &it.sandbox.url(), it.sandbox.token()).await?;
        // The next page after the connection was given up: it reads the list again.
        it.page.see_text("12 operators").await?;
        open_activity(it).await?;
        let organisation = ("GET auth/organisation", "Worked");
        shows(it, &[(&format!("GET {LIST}"), "Worked"), organisation]).await
    })
}

async fn add_operator(it: &Journey, name: &str, email: &str) -> Result<()> {
    it.page.click(button("Add operator")).await?;
    it.page.see(dialog("Add operator")).await?;
    it.page.fill(field("Name"), name).await?;
    it.page.fill(field("Email"), email).await?;
    it.page.click(button("Add operator")).await
}
