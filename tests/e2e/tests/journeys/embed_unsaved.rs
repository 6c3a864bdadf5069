//! A code that could not be stored, and a page that is left while the code is in transit: it stays visible until it
//! is safe.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use switchboard_e2e::{Journey, alert, button, journey, link, region, title};

use crate::steps::{
    ADD_DOMAIN, ASKS, FILL, add_domain, additions_arrived, code_of, enter, record_of,
    through_a_barrier,
};

const DOMAIN: &str = "held.acme.example";
const OTHER: &str = "other.acme.example";
const EMAIL: &str = "web@acme.example";

fn not_kept(domain: &str) -> String {
    format!("Copy the embed code of {domain} now: it could not be saved")
}

async fn is_in_sight(it: &Journey, domain: &str) -> Result<()> {
    it.page.see(alert(not_kept(domain))).await?;
    let both = code_of(&it.sandbox.url(), domain);
    for (part, code) in ["link", "socketLink"].into_iter().zip(both.lines()) {
        let box_of_it = region(part).within(region(not_kept(domain)));
        it.page.see_text_in(box_of_it, code).await?;
    }
    Ok(())
}

#[test]
fn it_stays_on_every_page_and_when_the_connection_ends_until_it_is_kept_or_copied() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        it.page.script(FILL, &[json!(0)]).await?;
        add_domain(it, DOMAIN, EMAIL).await?;
        is_in_sight(it, DOMAIN).await?;
        it.page.click(button("Copy both")).await?;
        it.page.see_text("Copied").await?;
        let code = code_of(&it.sandbox.url(), DOMAIN);
        assert_eq!(it.page.clipboard().await?, code);
        // The form is ready for another domain, which does not replace the first.
        add_domain(it, OTHER, EMAIL).await?;
        is_in_sight(it, OTHER).await?;
        it.page.click(link("Operators")).await?;
        it.page.see(title("Operators")).await?;
        is_in_sight(it, DOMAIN).await?;
        it.page.script_says(ASKS).await?;

        it.page.click(button("Disconnect")).await?;
        it.page.see(title("Connect")).await?;
        is_in_sight(it, DOMAIN).await?;
        let again = || button("Try to save it again").within(region(not_kept(DOMAIN)));
        it.page.click(again()).await?;
        it.page
            .see(alert(format!(
                "The embed code of {DOMAIN} still could not be saved."
            )))
            .await?;
        it.page
            .script("localStorage.removeItem('filler')", &[])
            .await?;
        it.page.click(again()).await?;
        let kept = format!("The embed code of {DOMAIN} is now saved in this browser.");
        it.page.see_text(&kept).await?;
        it.page.see_no(alert(not_kept(DOMAIN))).await?;
        let record = record_of(it, DOMAIN).await?.context("not kept")?;
        let code = code_of(&it.sandbox.url(), DOMAIN);
        assert_eq!(record["embed"]["link"], json!(code.lines().next()));

        // The user has the other code: the domain is known from then on, without its code.
        is_in_sight(it, OTHER).await?;
        it.page
            .click(button("I have copied it").within(region(not_kept(OTHER))))
            .await?;
        it.page.see_no(alert(not_kept(OTHER))).await?;
        let record = record_of(it, OTHER).await?.context("not known")?;
        assert!(record["embed"].is_null(), "{record}");
        assert_eq!(it.page.script(ASKS, &[]).await?, json!(false));

        // Nothing is left to be resolved.
        enter(it, "/domains").await?;
        it.page.see(link(OTHER)).await?;
        let keys = it.page.local_storage().await?;
        ensure!(!keys.keys().any(|key| key.contains("/adding/")), "{keys:?}");
        Ok(())
    })
}

/// How a page is left while a domain is being added.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    AnotherPage,
    Disconnected,
}

#[test]
fn a_page_that_is_left_while_a_domain_is_added_keeps_the_code_and_tells_what_came_of_it()
-> Result<()> {
    journey(async |it| {
        for (calls, way) in [(1, Way::AnotherPage), (3, Way::Disconnected)] {
            it.page.expect_in_console("Failed to load resource");
            let (server, barrier) = through_a_barrier(it, "POST", ADD_DOMAIN).await?;
            let domain = format!("{way:?}.acme.example").to_lowercase();
            it.page.open("/domains/new").await?;
            add_domain(it, &domain, EMAIL).await?;
            additions_arrived(it, calls).await?;
            let there = leave(it, way).await?;
            barrier.open();
            let kept = format!("{domain} was added, and its embed code is saved in this browser.");
            it.page.see_text(&kept).await?;
            it.page.see(title(there)).await?;
            let record = record_of(it, &domain).await?.context("not kept")?;
            let code = code_of(&server.url(), &domain);
            assert_eq!(
                record["embed"]["link"],
                json!(code.lines().next()),
                "{way:?}"
            );

            // The API has it already: it is not added, and that is reported, too.
            let (_server, barrier) = through_a_barrier(it, "POST", ADD_DOMAIN).await?;
            it.page.open("/domains/new").await?;
            add_domain(it, "shop.acme.example", EMAIL).await?;
            additions_arrived(it, calls + 1).await?;
            let there = leave(it, way).await?;
            barrier.open();
            let told = match way {
                Way::AnotherPage => {
                    "shop.acme.example already exists, and its embed code is not saved here"
                }
                // It cannot be looked up any more.
                Way::Disconnected => "The API says that shop.acme.example exists",
            };
            it.page.see(alert(told)).await?;
            it.page.see(title(there)).await?;
        }
        Ok(())
    })
}

#[test]
fn a_code_that_cannot_be_kept_is_in_sight_also_where_its_page_was_left_meanwhile() -> Result<()> {
    journey(async |it| {
        let (server, barrier) = through_a_barrier(it, "POST", ADD_DOMAIN).await?;
        it.page.open("/domains/new").await?;
        it.page.script(FILL, &[json!(300)]).await?;
        add_domain(it, DOMAIN, EMAIL).await?;
        additions_arrived(it, 1).await?;
        let there = leave(it, Way::Disconnected).await?;
        barrier.open();
        it.page.see(alert(not_kept(DOMAIN))).await?;
        it.page.see(title(there)).await?;
        let code = code_of(&server.url(), DOMAIN);
        let code = code.lines().next().unwrap_or_default().to_owned();
        it.page.see_text_in(region("link"), &code).await
    })
}

async fn leave(it: &Journey, way: Way) -> Result<&'static str> {
    let there = match way {
        Way::AnotherPage => {
            it.page.click(link("Operators")).await?;
            "Operators"
        }
        Way::Disconnected => {
            it.page.click(button("Disconnect")).await?;
            "Connect"
        }
    };
    it.page.see(title(there)).await?;
    Ok(there)
}

/// Delays the call by holding the lock that it needs.
const HOLD: &str = "const real = LockManager.prototype.request;
    LockManager.prototype.request = async function (...all) {
        await new Promise((go) => { window.goOn = go; });
        return real.apply(this, all);
    }";

#[test]
fn whoever_disconnects_before_anything_was_sent_is_told_that_nothing_was_added() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        it.page.script(HOLD, &[]).await?;
        add_domain(it, DOMAIN, EMAIL).await?;
        it.page.script_says("return !!window.goOn").await?;
        leave(it, Way::Disconnected).await?;
        it.page.script("window.goOn()", &[]).await?;
        it.page
            .see(alert(format!("{DOMAIN} was not added. ")))
            .await?;
        assert_eq!(it.sandbox.count("POST", ADD_DOMAIN)?, 0);
        let keys = it.page.local_storage().await?;
        ensure!(!keys.keys().any(|key| key.contains("/adding/")), "{keys:?}");
        Ok(())
    })
}
