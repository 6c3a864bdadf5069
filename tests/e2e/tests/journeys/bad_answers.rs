//! Answers that no API should give: each results in a message beside its cause with a way to retry, never in a blank
//! page.

use std::time::Duration;

use anyhow::Result;
use serde_json::{Value, json};
use switchboard_e2e::{
    Answer, Browser, Interception, Response, alert, button, field, journey, link, table, title,
};

use crate::steps::{ORGANISATION, through_a_relay};

const ORGANISATION_CALL: &str = "auth/organisation";
const LIST: &str = "auth/addon/live_chat/operator/list";
const ADD: &str = "auth/addon/live_chat/operator/add";

/// Returns the answers, each with its message in this browser.
fn bad_answers(browser: Browser) -> Vec<(Answer, &'static str)> {
    let say = |status, kind: &str, body: &str| Answer::Say(Response::new(status, kind, body));
    let text = |body: &str| say(200, "application/json", body);
    let envelope = r#"{"status":1,"type":"Success","message":[{"name":{"firstName":"Ada"#;
    let broken_off = match browser {
        Browser::Chromium | Browser::Firefox => "The API could not be reached.",
        // It passes on the truncated answer as if it were complete.
        Browser::WebKit => "The API's response was cut off.",
    };
    vec![
        (
            say(
                200,
                "text/html",
                "<!doctype html><title>Welcome</title><p>Hello",
            ),
            "A web page arrived instead of the API's response.",
        ),
        (text(""), "The API's response was empty."),
        (text(envelope), "The API's response was cut off."),
        (text("oops"), "The API's response could not be read."),
        (
            text("[1, 2, 3]"),
            "The API's response is not in the expected format.",
        ),
        (
            text(r#"{"status":1,"type":"Success","message":"Done"}"#),
            "The API's response is not in the expected format.",
        ),
        (
            say(503, "text/plain", "busy"),
            "The API responded with HTTP status 503.",
        ),
        (
            say(429, "text/plain", ""),
            "You have reached the API's rate limit.",
        ),
        (
            text(r#"{"status":0,"type":"error","message":"Ask again on Monday"}"#),
            "Ask again on Monday",
        ),
        (
            Answer::BreakOff(Response::json(
                &json!({ "status": 1, "type": "Success", "message": [] }),
            )),
            broken_off,
        ),
        (Answer::HangUp, "The API could not be reached."),
    ]
}

#[test]
fn an_organisation_that_cannot_be_read_is_a_sentence_and_trying_again_shows_it() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        for (answer, told) in bad_answers(it.settings.browser) {
            proxy.intercept("GET", ORGANISATION_CALL, Interception::Answer(answer));
            it.page.open("/organisation").await?;
            it.page
                .see(alert("The organisation could not be loaded"))
                .await?;
            it.page.see(alert(told)).await?;
            it.page.see(title("Organisation")).await?;
            proxy.clear_rules();
            it.page.click(button("Try again")).await?;
            it.page.see(title(ORGANISATION)).await?;
            it.page
                .see_no(alert("The organisation could not be loaded"))
                .await?;
        }
        Ok(())
    })
}

#[test]
fn operators_that_cannot_be_read_are_a_sentence_and_trying_again_shows_them() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        for (answer, told) in bad_answers(it.settings.browser) {
            proxy.intercept("GET", LIST, Interception::Answer(answer));
            it.page.open("/operators").await?;
            it.page
                .see(alert("The operators could not be loaded"))
                .await?;
            it.page.see(alert(told)).await?;
            it.page.see(title("Operators")).await?;
            proxy.clear_rules();
            it.page.click(button("Try again")).await?;
            it.page
                .see_text_in(table("Operators"), "Grace Hopper")
                .await?;
        }
        Ok(())
    })
}

#[test]
fn the_raw_answer_is_there_for_whoever_has_to_mend_it() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        let html = "<!doctype html><h1 id=\"theirs\">It works!</h1>";
        proxy.intercept(
            "GET",
            LIST,
            Interception::Answer(Answer::Say(Response::new(200, "text/html", html))),
        );
        it.page.open("/operators").await?;
        it.page
            .see(alert("A web page arrived instead of the API's response."))
            .await?;
        it.page.see_no_text("It works!").await?;
        it.page
            .script_says(
                "return document.querySelector('details.technical summary')?.click() ?? true",
            )
            .await?;
        it.page.see_text(html).await?;
        // Shown as text: none of it became markup.
        assert_eq!(
            it.page
                .script("return document.getElementById('theirs')", &[])
                .await?,
            json!(null)
        );
        Ok(())
    })
}

#[test]
fn a_list_that_fails_to_refresh_keeps_showing_what_is_known() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.open("/operators").await?;
        it.page
            .see_text_in(table("Operators"), "Grace Hopper")
            .await?;
        proxy.intercept(
            "GET",
            LIST,
            Interception::Answer(Answer::Say(Response::new(500, "text/plain", ""))),
        );
        it.page.click(button("Add operator")).await?;
        it.page.fill(field("Name"), "Katherine Johnson").await?;
        it.page
            .fill(field("Email"), "katherine@acme.example")
            .await?;
        it.page.click(button("Add operator")).await?;
        it.page.see_text("Katherine Johnson was added.").await?;
        it.page
            .see(alert("The operators could not be loaded"))
            .await?;
        it.page
            .see_text_in(table("Operators"), "Grace Hopper")
            .await?;
        proxy.clear_rules();
        it.page.click(button("Try again")).await?;
        it.page
            .see_text_in(table("Operators"), "Katherine Johnson")
            .await?;
        assert_eq!(proxy.count("POST", ADD), 1);
        Ok(())
    })
}

#[test]
fn an_answer_on_a_slow_link_is_waited_for_while_it_goes_on() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        let answer = it.sandbox.ask("GET", LIST, &Value::Null)?.to_string();
        // The timeout of half a minute becomes one and a half seconds; the answer takes three.
        let hurry = "const real = setTimeout;
            window.setTimeout = (run, after, ...rest) => real(run, after === 30000 ? 1500 : after, ...rest)";
        it.page.script(hurry, &[]).await?;
        let slow = Answer::Drip(
            Response::new(200, "application/json", answer),
            12,
            Duration::from_millis(250),
        );
        proxy.intercept("GET", LIST, Interception::Answer(slow));
        it.page.click(link("Operators")).await?;
        it.page.see(link("Grace Hopper")).await?;
        it.page.see_no_text("did not respond within").await
    })
}
