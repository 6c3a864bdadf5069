//! A browser that stores nothing, or lies about it: the user gets the code that comes only once.

use anyhow::Result;
use serde_json::json;
use switchboard_e2e::{Journey, alert, button, checkbox, journey, link, navigation, region, title};

use crate::steps::{add_domain, code_of, connect_to, enter};

const DOMAIN: &str = "full.acme.example";

#[test]
fn with_a_full_storage_the_code_is_shown_to_be_copied_now() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        break_storage(it, "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }").await?;
        the_code_is_in_the_users_hands(it, "The browser's storage for this page is full.").await
    })
}

#[test]
fn with_a_forbidden_storage_the_code_is_shown_to_be_copied_now() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        break_storage(it, "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })").await?;
        the_code_is_in_the_users_hands(it, "This browser does not let the page save anything.")
            .await
    })
}

#[test]
fn settings_do_not_say_that_a_forbidden_storage_keeps_anything() -> Result<()> {
    journey(async |it| {
        it.page.open("/connect").await?;
        break_storage(it, "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })").await?;
        it.page
            .click(checkbox("Keep me connected on this device"))
            .await?;
        connect_to(it, &it.sandbox.url(), it.sandbox.token()).await?;
        it.page
            .click(link("Settings").within(navigation("Main")))
            .await?;
        it.page
            .see_text("This browser does not let the page save anything.")
            .await?;
        it.page
            .see_text_in(region("Connections"), "Kept in this tab until you close it")
            .await?;
        it.page
            .see_no_text("Saved in this browser, on this device.")
            .await
    })
}

#[test]
fn a_storage_that_takes_the_code_and_does_not_keep_it_is_found_out() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        break_storage(it, "Storage.prototype.setItem = () => {}").await?;
        the_code_is_in_the_users_hands(it, "The browser did not save the data.").await
    })
}

#[test]
fn a_damaged_record_is_set_aside_and_told_and_takes_no_other_along() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, DOMAIN, "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        let damage = "const key = Object.keys(localStorage).find((key) => key.endsWith(arguments[0]));
            localStorage.setItem(key.replace(arguments[0], 'damaged.acme.example'), '{\"version\":1,');
            return key";
        it.page.script(damage, &[json!(DOMAIN)]).await?;
        it.page.open("/domains").await?;
        it.page.see_text("1 record was set aside").await?;
        it.page.see(button(format!("Copy code: {DOMAIN}"))).await?;
        let storage = it.page.local_storage().await?;
        assert!(
            storage.values().any(|value| value == "{\"version\":1,"),
            "{storage:#?}"
        );
        Ok(())
    })
}

async fn break_storage(it: &Journey, how: &str) -> Result<()> {
    it.page.script(how, &[]).await.map(drop)
}

async fn the_code_is_in_the_users_hands(it: &Journey, why: &str) -> Result<()> {
    add_domain(it, DOMAIN, "web@acme.example").await?;
    it.page
        .see(alert(format!(
            "Copy the embed code of {DOMAIN} now: it could not be saved"
        )))
        .await?;
    it.page.see_text(why).await?;
    let both = code_of(&it.sandbox.url(), DOMAIN);
    for (part, code) in ["link", "socketLink"].into_iter().zip(both.lines()) {
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
}
