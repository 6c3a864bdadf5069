//! Without a network: the panel says so, known data stays, and everything recovers automatically when the network
//! returns.

use anyhow::Result;
use switchboard_e2e::{Interception, Journey, Proxy, journey, link, switch_on, table, title};

use crate::steps::{look_up, through_a_relay};

const READS: [&str; 5] = [
    "auth/organisation",
    "auth/addon/live_chat/operator/get",
    "auth/addon/live_chat/operator/list",
    "auth/addon/live_chat/domain/get",
    "auth/addon/live_chat/domain/operator/list",
];

/// Makes the browser report that it has no network, and all calls fail.
async fn lose_the_network(it: &Journey, proxy: &Proxy) -> Result<()> {
    for path in READS {
        proxy.intercept("GET", path, Interception::LoseTheRequest);
    }
    browser_says(it, false).await
}

/// Makes the browser report that the network is back, and calls arrive.
async fn network_returns(it: &Journey, proxy: &Proxy) -> Result<()> {
    proxy.clear_rules();
    browser_says(it, true).await
}

/// Makes the browser report that it is online or offline.
pub async fn browser_says(it: &Journey, online: bool) -> Result<()> {
    let script = "const [online] = arguments;
        Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => online });
        dispatchEvent(new Event(online ? 'online' : 'offline'))";
    it.page.script(script, &[online.into()]).await.map(drop)
}

#[test]
fn offline_is_named_with_the_age_of_what_is_shown_and_everything_recovers() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.click(link("Operators")).await?;
        it.page.see(link("Grace Hopper")).await?;
        let place = "return document.querySelector('h1').getBoundingClientRect().top";
        let before = it.page.script(place, &[]).await?;
        lose_the_network(it, &proxy).await?;
        it.page.see_text("You are offline. Loaded at ").await?;
        // Nothing moves under the pointer.
        assert_eq!(it.page.script(place, &[]).await?, before);
        it.page.see(link("Grace Hopper")).await?;
        // Data that was never loaded cannot be shown now.
        it.page.click(link("Grace Hopper")).await?;
        it.page.see_text("The operator could not be loaded").await?;
        it.page.see_text("You are offline.").await?;
        network_returns(it, &proxy).await?;
        it.page.see_no_text("You are offline.").await?;
        it.page.see(title("Grace Hopper")).await?;
        it.page.see(switch_on("Live chat addon")).await?;
        it.page.see_no_text("could not be loaded").await
    })
}

#[test]
fn a_row_that_could_not_be_asked_is_asked_again_when_the_network_returns() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.click(link("Domains")).await?;
        look_up(it, "shop.acme.example").await?;
        proxy.intercept(
            "GET",
            "auth/addon/live_chat/domain/get",
            Interception::LoseTheRequest,
        );
        it.page.reload().await?;
        it.page
            .see_text_in(table("Domains"), "Not loaded The API could not be reached.")
            .await?;
        network_returns(it, &proxy).await?;
        it.page.see_text_in(table("Domains"), "Active").await
    })
}
