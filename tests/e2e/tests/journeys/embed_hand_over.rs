//! J10: handing the embed code to a web developer with the necessary instructions, and never with the token.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use switchboard_e2e::{
    Answer, Interception, Journey, Key, Response, button, field, journey, link, region, tab, title,
};

use crate::steps::{add_domain, code_of, enter, through_a_relay};

const DOMAIN: &str = "news.acme.example";

/// Connects and adds the domain, so that its embed code is on the screen.
async fn with_a_code(it: &Journey) -> Result<()> {
    enter(it, "/domains/new").await?;
    add_domain(it, DOMAIN, "web@acme.example").await?;
    it.page.see(title("Embed code")).await
}

/// Returns subject and body of the draft that the link opens.
async fn draft(it: &Journey) -> Result<(String, String)> {
    it.page.see(link("E-mail to a developer")).await?;
    let script = "const { href } = document.querySelector('a[href^=\"mailto:\"]'), { pathname, searchParams } = new URL(href);
        return [pathname, searchParams.get('subject'), searchParams.get('body'), href]";
    let parts: [String; 4] = serde_json::from_value(it.page.script(script, &[]).await?)?;
    let [to, subject, body, href] = parts;
    assert_eq!(to, "", "the developer's address is not known");
    assert!(href.len() < 2_000, "{}: {href}", href.len());
    Ok((subject, body))
}

#[test]
fn a_developer_gets_the_code_by_copy_by_file_or_by_mail_and_never_the_token() -> Result<()> {
    journey(async |it| {
        with_a_code(it).await?;
        let code = code_of(&it.sandbox.url(), DOMAIN);
        let (link_code, socket_code) = code.split_once('\n').context("two lines")?;

        it.page.click(button("Copy both")).await?;
        it.page.see_text("Copied").await?;
        let copied = it.page.clipboard().await?;
        assert_eq!(copied, code);

        let note_files = "window.saved = [];
            const blobs = new Map(), make = URL.createObjectURL;
            URL.createObjectURL = (blob) => { const url = make.call(URL, blob); blobs.set(url, blob); return url; };
            addEventListener('click', ({ target }) => { if (target.download) window.saved.push([target.download, blobs.get(target.href)]); }, true);";
        it.page.script(note_files, &[]).await?;
        it.page.click(button("Download")).await?;
        it.page
            .see_text("Saved as news.acme.example-embed-code.txt.")
            .await?;
        let read = "return Promise.all(window.saved.map(async ([name, blob]) => [name, await blob.text()]))";
        let saved: Vec<(String, String)> =
            serde_json::from_value(it.page.script(read, &[]).await?)?;
        let [(name, file)] = &saved[..] else {
            anyhow::bail!("not one file: {saved:?}");
        };
        assert_eq!(name, "news.acme.example-embed-code.txt");
        let expected =
            format!("<!-- link -->\n{link_code}\n\n<!-- socketLink -->\n{socket_code}\n");
        assert!(
            file.starts_with("<!-- Live chat of news.acme.example") && file.ends_with(&expected),
            "{file}"
        );

        let (subject, body) = draft(it).await?;
        assert_eq!(subject, "Live chat code for news.acme.example");
        let expected = format!("link:\r\n{link_code}\r\n\r\nsocketLink:\r\n{socket_code}\r\n\r\n");
        assert!(body.contains(&expected), "{body}");
        assert!(body.contains("(Plain HTML):\r\n1. Open"), "{body}");

        let everything = it
            .page
            .script("return document.documentElement.outerHTML", &[])
            .await?;
        let everything = everything.as_str().unwrap_or_default();
        for place in [&copied, file, &subject, &body, everything] {
            assert!(!place.contains(it.sandbox.token()), "{place}");
        }
        Ok(())
    })
}

#[test]
fn the_draft_tells_the_steps_of_the_platform_that_is_chosen() -> Result<()> {
    journey(async |it| {
        with_a_code(it).await?;
        for (platform, words) in [
            ("WordPress", "WPCode"),
            ("Shopify", "layout/theme.liquid"),
            ("Google Tag Manager", "All Pages"),
            ("React/Next.js", "<Script src="),
            ("Plain HTML", "footer template"),
        ] {
            it.page.click(tab(platform)).await?;
            it.page
                .see_text_in(region("Put it on the website"), words)
                .await?;
            let (_, body) = draft(it).await?;
            assert!(body.contains(words), "{platform}: {body}");
        }
        Ok(())
    })
}

#[test]
fn a_code_too_long_for_a_draft_is_to_be_attached() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        let long = format!("<script>{}</script>", "x".repeat(4_000));
        proxy.intercept(
            "POST",
            "auth/addon/live_chat/domain/add",
            answer(&long, "<b>"),
        );
        it.page.open("/domains/new").await?;
        add_domain(it, DOMAIN, "web@acme.example").await?;
        let (_, body) = draft(it).await?;
        assert!(
            body.contains("as the file news.acme.example-embed-code.txt"),
            "{body}"
        );
        assert!(body.contains("1. Open") && !body.contains("xxx"), "{body}");
        Ok(())
    })
}

#[test]
fn the_platforms_are_tabs_of_which_the_keyboard_chooses_one() -> Result<()> {
    journey(async |it| {
        with_a_code(it).await?;
        it.page.click(tab("Plain HTML")).await?;
        for (key, platform, words) in [
            (Key::Right, "WordPress", "WPCode"),
            (Key::End, "React/Next.js", "next/script"),
            (Key::Right, "Plain HTML", "footer template"),
            (Key::Left, "React/Next.js", "next/script"),
            (Key::Left, "Google Tag Manager", "Custom HTML"),
            (Key::Home, "Plain HTML", "footer template"),
        ] {
            it.page.press(key).await?;
            it.page.focus_is_on(tab(platform)).await?;
            it.page
                .see_text_in(region("Put it on the website"), words)
                .await?;
            let chosen = "return [...document.querySelectorAll('[role=tab]')].filter((tab) => tab.tabIndex === 0 && tab.ariaSelected === 'true').map((tab) => tab.innerText)";
            assert_eq!(it.page.script(chosen, &[]).await?, json!([platform]));
        }
        it.page.press(Key::Tab).await?;
        let on = it
            .page
            .script("return document.activeElement.role", &[])
            .await?;
        assert_eq!(on, json!("tabpanel"), "one stop for all the tabs");
        Ok(())
    })
}

#[test]
fn the_sources_for_the_policy_of_a_website_are_derived_from_the_code_and_copied() -> Result<()> {
    journey(async |it| {
        with_a_code(it).await?;
        it.page
            .see_no_text("does not load from this connection's host")
            .await?;
        let host = it.sandbox.address();
        let policy = format!("script-src http://{host}; connect-src http://{host} ws://{host}");
        it.page
            .see_text_in(region("Content-Security-Policy"), &policy)
            .await?;
        it.page.click(button("Copy sources")).await?;
        it.page
            .see_text_in(region("Content-Security-Policy"), "Copied")
            .await?;
        assert_eq!(it.page.clipboard().await?, policy);
        Ok(())
    })
}

#[test]
fn a_code_from_another_host_and_one_that_is_no_html_are_warned_of() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        let strange = "<script src=\"https://cdn.elsewhere.example/w.js\"></script>";
        proxy.intercept(
            "POST",
            "auth/addon/live_chat/domain/add",
            answer(strange, "https://cdn.elsewhere.example/s.js"),
        );
        it.page.open("/domains/new").await?;
        add_domain(it, DOMAIN, "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page
            .see_text("It loads from cdn.elsewhere.example, but this connection is to 127.0.0.1:")
            .await?;
        it.page.see_text("socketLink is not HTML").await?;
        it.page.see_no_text("link is not HTML It").await?;
        it.page.see(field("Page HTML")).await
    })
}

/// Returns the answer of endpoint 6 with these codes.
fn answer(link: &str, socket_link: &str) -> Interception {
    let message: Value = json!({ "name": DOMAIN, "email": "web@acme.example", "link": link, "socketLink": socket_link });
    let envelope = json!({ "status": 1, "type": "Success", "message": message });
    Interception::Answer(Answer::Say(Response::json(&envelope)))
}
