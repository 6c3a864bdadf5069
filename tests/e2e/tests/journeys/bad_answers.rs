//! Answers that no API should give: each is a sentence beside its cause with a way to try again, never a blank page.

use anyhow::Result;
use serde_json::json;
use switchboard_e2e::{
    Answer, Browser, Meddling, Response, alert, button, field, journey, table, title,
};

use crate::steps::{ORGANISATION, through_a_relay};

const ORGANISATION_CALL: &str = "auth/organisation";
const LIST: &str = "auth/addon/live_chat/operator/list";
const ADD: &str = "auth/addon/live_chat/operator/add";

/// Answers, each with the sentence that tells of it in this browser.
fn bad_answers(browser: Browser) -> Vec<(Answer, &'static str)> {
    let say = |status, kind: &str, body: &str| Answer::Say(Response::new(status, kind, body));
    let text = |body: &str| say(200, "application/json", body);
    let envelope = r#"{"status":1,"type":"Success","message":[{"name":{"firstName":"Ada"#;
    let broken_off = match browser {
        Browser::Chromium | Browser::Firefox => "The API could not be reached.",
        // It hands on what came as if it were all of it.
        Browser::WebKit => "The API's answer broke off in the middle.",
    };
    vec![
        (
            say(
                200,
                "text/html",
                "<!doctype html><title>Welcome</title><p>Hello",
            ),
            "A web page came in place of the API's answer.",
        ),
        (text(""), "The API's answer was empty."),
        (text(envelope), "The API's answer broke off in the middle."),
        (text("oops"), "The API's answer could not be read."),
        (
            text("[1, 2, 3]"),
            "The API's answer is not what its reference promises.",
        ),
        (
            text(r#"{"status":1,"type":"Success","message":"Done"}"#),
            "The API's answer is not what its reference promises.",
        ),
        (
            say(503, "text/plain", "busy"),
            "The API answered with HTTP status 503.",
        ),
        (say(429, "text/plain", ""), "The API asks us to slow down."),
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
        let relay = through_a_relay(it).await?;
        for (answer, told) in bad_answers(it.settings.browser) {
            relay.meddle("GET", ORGANISATION_CALL, Meddling::Answer(answer));
            it.page.open("/organisation").await?;
            it.page
                .see(alert("The organisation could not be loaded"))
                .await?;
            it.page.see(alert(told)).await?;
            it.page.see(title("Organisation")).await?;
            relay.behave();
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
        let relay = through_a_relay(it).await?;
        for (answer, told) in bad_answers(it.settings.browser) {
            relay.meddle("GET", LIST, Meddling::Answer(answer));
            it.page.open("/operators").await?;
            it.page
                .see(alert("The operators could not be loaded"))
                .await?;
            it.page.see(alert(told)).await?;
            it.page.see(title("Operators")).await?;
            relay.behave();
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
        let relay = through_a_relay(it).await?;
        let html = "<!doctype html><h1 id=\"theirs\">It works!</h1>";
        relay.meddle(
            "GET",
            LIST,
            Meddling::Answer(Answer::Say(Response::new(200, "text/html", html))),
        );
        it.page.open("/operators").await?;
        it.page
            .see(alert("A web page came in place of the API's answer."))
            .await?;
        it.page.see_no_text("It works!").await?;
        it.page
            .script_says(
                "return document.querySelector('details.technical summary')?.click() ?? true",
            )
            .await?;
        it.page.see_text(html).await?;
        // Shown as text: nothing of it became part of the page.
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
        let relay = through_a_relay(it).await?;
        it.page.open("/operators").await?;
        it.page
            .see_text_in(table("Operators"), "Grace Hopper")
            .await?;
        relay.meddle(
            "GET",
            LIST,
            Meddling::Answer(Answer::Say(Response::new(500, "text/plain", ""))),
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
        relay.behave();
        it.page.click(button("Try again")).await?;
        it.page
            .see_text_in(table("Operators"), "Katherine Johnson")
            .await?;
        assert_eq!(relay.count("POST", ADD), 1);
        Ok(())
    })
}
