//! J2: connecting to an organisation, and a distinct message for each way in which that fails.

use anyhow::Result;
use switchboard_e2e::{
    Answer, FakeApi, Journey, Response, alert, button, closed_port, field, journey, title,
};

use crate::steps::{ORGANISATION, connect_to};

/// The message that browsers log for a failed request.
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
            ("not a url", "Remove the space from the address."),
            ("ftp://acme.example", "not with ftp"),
            ("https://", "The address has no host name."),
            (
                "https://acme.example/?a=1",
                "Remove everything from the ? or # onwards",
            ),
            (
                "https://me:secret@acme.example",
                "Remove the user name and password from the address",
            ),
            (
                "https://acme.example:99999",
                "The port must be a number from 1 to 65535",
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
        let space = "The token contains a space or a line break. Paste it again in one piece.";
        for (typed, told) in [
            ("", "Enter the API token."),
            ("   ", "Enter the API token."),
            ("acme live", space),
            ("acme\u{a0}live", space),
            (
                "tökèn",
                "The token contains a character that is not allowed",
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
                "The token contains a space or a line break",
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
        fails(it, &it.sandbox.url(), "The API refused this token.").await?;
        it.page.see_text("The token was not accepted").await?;
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
        let no_response = format!(
            "No response from {}",
            &closed["http://".len()..closed.len() - 1]
        );
        fails(it, &closed, &no_response).await?;
        fails(
            it,
            &silent.url(),
            "responds, but does not let this page read its responses",
        )
        .await?;
        fails(
            it,
            &website.url(),
            "The server at this address is not the ChatWhizz API",
        )
        .await?;
        fails(
            it,
            &elsewhere.url(),
            "The server at this address is not the ChatWhizz API",
        )
        .await?;
        // The probe did not send the token.
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

#[test]
fn a_missing_scheme_is_added_and_a_tokens_prefix_removed_in_sight() -> Result<()> {
    journey(async |it| {
        it.page.expect_in_console(COMPLAINT);
        it.page.open("/connect").await?;
        let (address, token) = (|| field("API base URL"), || field("API token"));
        it.page.fill(address(), "acme.example/chat").await?;
        it.page
            .paste(token(), &format!("Bearer {}", it.sandbox.token()))
            .await?;
        it.page.see_text("https:// was added.").await?;
        assert_eq!(
            it.page.value_of(address()).await?,
            "https://acme.example/chat/"
        );
        it.page.see_text("“Bearer” was removed").await?;
        assert_eq!(it.page.value_of(token()).await?, it.sandbox.token());

        // The press on the button takes the focus from the field, and must not be lost.
        let closed = closed_port()?;
        it.page.fill(address(), &closed).await?;
        it.page.click(button("Connect")).await?;
        it.page
            .see(alert(format!("No response from {closed}")))
            .await?;
        let url = it.sandbox.url();
        it.page.fill(address(), &url["http://".len()..]).await?;
        it.page
            .paste(token(), &format!("api_token: {}", it.sandbox.token()))
            .await?;
        it.page.see_text("http:// was added.").await?;
        it.page.see_text("“api_token:” was removed").await?;
        assert_eq!(it.page.value_of(address()).await?, url);
        it.page.click(button("Connect")).await?;
        it.page.see(title(ORGANISATION)).await
    })
}

/// Tries to connect with a wrong token; sees the reason, and that the input is still there.
async fn fails(it: &Journey, base_url: &str, told: &str) -> Result<()> {
    connect_to(it, base_url, "wrong-token").await?;
    it.page.see(alert(told)).await?;
    it.page.see(title("Connect")).await?;
    assert_eq!(it.page.value_of(field("API base URL")).await?, base_url);
    assert_eq!(it.page.value_of(field("API token")).await?, "wrong-token");
    Ok(())
}
