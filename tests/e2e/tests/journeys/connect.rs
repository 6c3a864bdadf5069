//! J2: connecting to an organisation, and each way in which that fails, told apart.

use anyhow::Result;
use switchboard_e2e::{
    Answer, FakeApi, Journey, Response, alert, button, closed_port, field, journey, title,
};

use crate::steps::{ORGANISATION, connect_to};

/// What the browser itself writes into its console when a request fails.
const COMPLAINT: &str = "Failed to load resource";

#[test]
fn two_fields_and_one_click_lead_to_the_organisation() -> Result<()> {
    journey(async |it| {
        it.page.open("/connect").await?;
        connect_to(it, &it.sandbox.url(), it.sandbox.token()).await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page.arrive_at("/organisation").await?;
        assert_eq!(it.sandbox.count("GET", "auth/organisation")?, 1);
        Ok(())
    })
}

#[test]
fn an_address_that_is_none_is_explained_at_its_field_and_nothing_is_sent() -> Result<()> {
    journey(async |it| {
        it.page.open("/connect").await?;
        let address = || field("API base URL");
        for (typed, told) in [
            ("", "Enter the base URL of your organisation's API."),
            ("not a url", "There is a space in the address."),
            ("acme.example", "Did you mean https://acme.example/?"),
            ("localhost:8080", "Did you mean http://localhost:8080/?"),
            ("ftp://acme.example", "ftp is not a web address"),
            ("https://", "The address names no host."),
            (
                "https://acme.example/?a=1",
                "Take everything from the ? or # on out",
            ),
            (
                "https://me:secret@acme.example",
                "Take the user name and password out",
            ),
            (
                "https://acme.example:99999",
                "The port in the address is not a number",
            ),
        ] {
            connect_to(it, typed, "a-token").await?;
            it.page.see_error_at(address(), told).await?;
            it.page.focus_is_on(address()).await?;
            assert_eq!(it.page.value_of(address()).await?, typed);
            assert_eq!(it.page.value_of(field("API token")).await?, "a-token");
        }
        assert_eq!(it.sandbox.calls()?, []);
        Ok(())
    })
}

#[test]
fn a_token_that_is_none_is_explained_at_its_field_and_nothing_is_sent() -> Result<()> {
    journey(async |it| {
        it.page.open("/connect").await?;
        let token = || field("API token");
        let space =
            "There is a space or a line break inside the token: paste it again in one piece.";
        for (typed, told) in [
            ("", "Enter the API token."),
            ("   ", "Enter the API token."),
            ("acme live", space),
            ("acme\u{a0}live", space),
            (
                "tökèn",
                "The token holds a character that no token can hold",
            ),
        ] {
            connect_to(it, &it.sandbox.url(), typed).await?;
            it.page.see_error_at(token(), told).await?;
            it.page.focus_is_on(token()).await?;
            assert_eq!(it.page.value_of(token()).await?, typed);
            assert_eq!(
                it.page.value_of(field("API base URL")).await?,
                it.sandbox.url()
            );
        }
        assert_eq!(it.sandbox.calls()?, []);
        Ok(())
    })
}

#[test]
fn a_token_pasted_with_a_line_break_inside_is_told_and_never_sent() -> Result<()> {
    journey(async |it| {
        it.page.open("/connect").await?;
        let (one, other) = it.sandbox.token().split_at(8);
        it.page
            .fill(field("API base URL"), &it.sandbox.url())
            .await?;
        it.page
            .paste(field("API token"), &format!("{one}\n{other}"))
            .await?;
        it.page.click(button("Connect")).await?;
        it.page
            .see_error_at(
                field("API token"),
                "There is a space or a line break inside the token",
            )
            .await?;
        assert_eq!(it.sandbox.calls()?, []);
        Ok(())
    })
}

#[test]
fn a_token_and_an_address_pasted_with_white_space_around_work() -> Result<()> {
    journey(async |it| {
        it.page.open("/connect").await?;
        it.page
            .paste(field("API base URL"), &format!("  {}\n", it.sandbox.url()))
            .await?;
        it.page
            .paste(
                field("API token"),
                &format!("\n \t{} \r\n", it.sandbox.token()),
            )
            .await?;
        it.page.click(button("Connect")).await?;
        it.page.see(title(ORGANISATION)).await
    })
}

#[test]
fn a_wrong_token_is_told_as_one_and_the_right_one_then_leads_on() -> Result<()> {
    journey(async |it| {
        it.page.expect_in_console(COMPLAINT);
        it.page.open("/connect").await?;
        fails(it, &it.sandbox.url(), "The token was not accepted").await?;
        assert_eq!(it.sandbox.calls()?[0].status, 401);
        it.page.fill(field("API token"), it.sandbox.token()).await?;
        it.page.click(button("Connect")).await?;
        it.page.see(title(ORGANISATION)).await
    })
}

#[test]
fn a_dead_host_a_refusal_by_cors_and_another_web_site_are_told_apart() -> Result<()> {
    journey(async |it| {
        it.page.expect_in_console(COMPLAINT);
        it.page.expect_in_console("blocked by CORS policy");
        let closed = format!("http://{}/", closed_port()?);
        let silent =
            FakeApi::without_cors(|_| Answer::Say(Response::new(200, "text/html", "<p>Hello")))?;
        let website = FakeApi::start(|_| {
            Answer::Say(Response::new(200, "text/html", "<!doctype html><p>Welcome"))
        })?;
        let elsewhere =
            FakeApi::start(|_| Answer::Say(Response::new(404, "text/plain", "no such page")))?;
        it.page.open("/connect").await?;
        fails(it, &closed, "Nothing answers at 127.0.0.1").await?;
        fails(
            it,
            &silent.url(),
            "127.0.0.1 is there, but does not let this page read its answers",
        )
        .await?;
        fails(
            it,
            &website.url(),
            "Something answers at this address, but it is not the ChatWhizz API",
        )
        .await?;
        fails(
            it,
            &elsewhere.url(),
            "Something answers at this address, but it is not the ChatWhizz API",
        )
        .await?;
        // Whether anybody is there was asked without the token.
        let seen = silent.seen();
        assert!(
            seen.iter().all(|request| request
                .headers
                .iter()
                .all(|(_, value)| value != "wrong-token")),
            "{seen:#?}"
        );
        Ok(())
    })
}

/// Tries to connect with a wrong token, sees why it failed, and that what was typed is still there.
async fn fails(it: &Journey, base_url: &str, told: &str) -> Result<()> {
    connect_to(it, base_url, "wrong-token").await?;
    it.page.see(alert(told)).await?;
    it.page.see(title("Connect")).await?;
    assert_eq!(it.page.value_of(field("API base URL")).await?, base_url);
    assert_eq!(it.page.value_of(field("API token")).await?, "wrong-token");
    Ok(())
}
