//! J3 and J4: a domain is added, its code is stored before it is shown, copied, and works on a website.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use switchboard_e2e::{
    Journey, button, dialog, eventually, field, heading, journey, link, navigation, region, title,
};

use crate::steps::{add_domain, code_of, enter, record_of};

const DOMAIN: &str = "news.acme.example";

#[test]
fn endpoint_06_a_new_domains_code_is_copied_in_two_clicks_and_works_on_a_website() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains").await?;
        it.page.click(link("Add domain")).await?;
        add_domain(it, DOMAIN, "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.click(button("Copy both")).await?;
        it.page.see_text("Copied").await?;

        let there = it.sandbox.domain(DOMAIN)?.context("it is not there")?;
        assert_eq!(there["email"], "web@acme.example");
        let copied = it.page.clipboard().await?;
        assert_eq!(copied, code_of(&it.sandbox.url(), DOMAIN));
        let record = record_of(it, DOMAIN).await?.context("nothing is kept")?;
        let kept = [&record["embed"]["link"], &record["embed"]["socketLink"]];
        assert_eq!(
            kept.map(|code| code.as_str().unwrap_or_default())
                .join("\n"),
            copied
        );
        assert_eq!(
            it.sandbox
                .count("POST", "auth/addon/live_chat/domain/add")?,
            1
        );
        see_the_bubble_on_a_website(it, &copied).await
    })
}

#[test]
fn the_code_is_in_storage_before_it_is_on_the_screen() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        // Records at each write of the code whether it was visible by then, and when it first becomes visible whether
        // it was written by then.
        it.page.script(
            r#"
            const code = arguments[0];
            const seen = (window.order = []);
            const visible = () => document.body.textContent.includes(code);
            const keep = Storage.prototype.setItem;
            Storage.prototype.setItem = function (key, value) {
              if (String(value).includes(code)) seen.push(visible() ? "written after it was shown" : "written");
              return keep.call(this, key, value);
            };
            new MutationObserver((_, observer) => {
              if (!visible()) return;
              observer.disconnect();
              const kept = Object.values(localStorage).some((value) => value.includes(code));
              seen.push(kept ? "shown" : "shown before it was written");
            }).observe(document.body, { childList: true, subtree: true, characterData: true });
            "#,
            &[json!(format!("widget.js?domain={DOMAIN}"))],
        ).await?;
        add_domain(it, DOMAIN, "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page
            .see_text_in(region("link"), &format!("widget.js?domain={DOMAIN}"))
            .await?;
        it.page
            .script_says("return window.order.includes('shown')")
            .await?;
        // Once in the domain's record, once under its own key.
        let before = "return window.order.slice(0, window.order.indexOf('shown') + 1)";
        assert_eq!(
            it.page.script(before, &[]).await?,
            json!(["written", "written", "shown"])
        );
        Ok(())
    })
}

#[test]
fn the_code_is_still_there_after_a_reload_each_part_with_its_own_button() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, DOMAIN, "web@acme.example").await?;
        it.page
            .arrive_at("/domains/news.acme.example/embed")
            .await?;
        it.page.reload().await?;
        it.page.see(title("Embed code")).await?;
        let both = code_of(&it.sandbox.url(), DOMAIN);
        let (link_code, socket_code) = both.split_once('\n').context("two lines")?;
        for (part, code) in [("link", link_code), ("socketLink", socket_code)] {
            it.page.see(heading(part)).await?;
            it.page.see_text_in(region(part), code).await?;
            it.page.click(button(format!("Copy {part}"))).await?;
            it.page.see_text_in(region(part), "Copied").await?;
            assert_eq!(it.page.clipboard().await?, code);
        }
        assert_eq!(
            it.sandbox
                .count("POST", "auth/addon/live_chat/domain/add")?,
            1
        );
        Ok(())
    })
}

#[test]
fn later_a_known_domains_code_is_two_clicks_from_any_page() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, DOMAIN, "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        let code = code_of(&it.sandbox.url(), DOMAIN);
        for path in [
            "/organisation",
            "/operators",
            "/domains/new",
            "/domains/news.acme.example/embed",
        ] {
            it.page.open(path).await?;
            it.page.put_on_clipboard("something else").await?;
            it.page
                .click(link("Domains").within(navigation("Main")))
                .await?;
            it.page
                .click(button(format!("Copy code: {DOMAIN}")))
                .await?;
            it.page.see_text("Copied").await?;
            assert_eq!(it.page.clipboard().await?, code, "from {path}");
        }
        Ok(())
    })
}

#[test]
fn a_copy_that_the_browser_refuses_is_admitted_and_the_code_is_selected() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, DOMAIN, "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.forbid_clipboard().await?;
        it.page.click(button("Copy link")).await?;
        it.page
            .see_text_in(region("link"), "The browser did not allow copying.")
            .await?;
        it.page.see_no_text("Copied").await?;
        let selected = it
            .page
            .script("return getSelection().toString()", &[])
            .await?;
        let code = code_of(&it.sandbox.url(), DOMAIN);
        assert_eq!(selected.as_str(), code.lines().next());

        // If the page shows the text nowhere, a dialog shows it, selected.
        let selected = "const area = document.activeElement;
            return area.value.slice(area.selectionStart, area.selectionEnd)";
        let shown = dialog("Copy manually");
        let is_shown = async || {
            it.page
                .see_text_in(shown.clone(), "The text is selected: press Ctrl+C")
                .await?;
            eventually(async || {
                let selected = it.page.script(selected, &[]).await?;
                ensure!(selected == *code, "selected: {selected}");
                Ok(())
            })
            .await?;
            it.page.click(button("Close").within(shown.clone())).await?;
            it.page.see_no(shown.clone()).await
        };
        it.page.click(button("Copy both")).await?;
        is_shown().await?;
        it.page.open("/domains").await?;
        it.page.forbid_clipboard().await?;
        it.page
            .click(button(format!("Copy code: {DOMAIN}")))
            .await?;
        is_shown().await
    })
}

#[test]
fn a_code_that_this_browser_does_not_hold_is_said_to_be_elsewhere() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/shop.acme.example/embed").await?;
        it.page.see(title("Embed code")).await?;
        it.page
            .see_text("The embed code of shop.acme.example is not saved in this browser")
            .await?;
        it.page.see_no(button("Copy both")).await?;
        it.page.open("/domains").await?;
        it.page
            .fill(field("Domain name"), "shop.acme.example")
            .await?;
        it.page.click(button("Look up")).await?;
        it.page.see_text("Not saved here").await?;
        it.page.see_no(button("Copy code: shop.acme.example")).await
    })
}

/// Pastes the code into a fresh page of another origin, and sees the chat there; also after a reload.
async fn see_the_bubble_on_a_website(it: &Journey, code: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("index.html");
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<title>A website</title>\n<body>\n<h1>News</h1>\n{code}\n</body>\n</html>\n"
    );
    std::fs::write(&file, html)?;
    it.page.open(&format!("file://{}", file.display())).await?;
    let says = "return document.querySelector('#chatwhizz-widget button[data-domain]')?.innerText";
    for _ in 0..2 {
        it.page.see(button(format!("Chat with {DOMAIN}"))).await?;
        assert_eq!(
            it.page.script(says, &[]).await?,
            format!("Chat with {DOMAIN}")
        );
        it.page.reload().await?;
    }
    Ok(())
}
