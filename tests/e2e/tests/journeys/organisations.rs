//! The address names the organisation: a link leads to the same one in every tab, and no tab changes its own by
//! itself.

use anyhow::{Context, Result};
use switchboard_e2e::{
    Journey, Sandbox, button, dialog, field, journey, link, navigation, table, title,
};

use crate::steps::{ORGANISATION, connect_to, connect_to_stay};

/// Returns the target of a link in the navigation.
async fn target_of(it: &Journey, name: &str) -> Result<String> {
    let script = "return [...document.querySelectorAll('nav a')].find((one) => one.innerText.trim() === arguments[0])?.href";
    let href = it.page.script(script, &[name.into()]).await?;
    Ok(href.as_str().context("a link")?.to_owned())
}

/// Connects to two organisations of the same name, both saved on this device, and returns the second.
async fn two_organisations(it: &Journey) -> Result<Sandbox> {
    connect_to_stay(it, &it.sandbox.url(), it.sandbox.token()).await?;
    let other = Sandbox::start(&it.settings)?;
    it.page.open_in_new_tab("/connect").await?;
    connect_to_stay(it, &other.url(), other.token()).await?;
    Ok(other)
}

#[test]
fn a_link_in_a_new_tab_leads_to_the_organisation_of_its_own_tab() -> Result<()> {
    journey(async |it| {
        let other = two_organisations(it).await?;
        let (first, second) = (it.sandbox.address(), other.address());
        for (tab, here, elsewhere) in [(0, first, &other), (1, second, &it.sandbox)] {
            it.page.switch_to_tab(tab).await?;
            it.page.see(navigation("Main")).await?;
            let operators = target_of(it, "Operators").await?;
            let calls = elsewhere.calls()?.len();
            it.page.open_in_new_tab(&operators).await?;
            it.page.see(table("Operators")).await?;
            it.page
                .arrive_at_whole(&format!("/{here}/operators"))
                .await?;
            let tab = format!("Operators · {ORGANISATION} ({here}) · Switchboard");
            assert_eq!(it.page.tab().await?, tab);
            assert_eq!(elsewhere.calls()?.len(), calls);
        }

        // An address without an organisation leads to the one that was connected last, or to the tab's own.
        it.page.open_in_new_tab("/operators?q=ada").await?;
        it.page
            .arrive_at_whole(&format!("/{second}/operators?q=ada"))
            .await?;
        it.page.switch_to_tab(0).await?;
        it.page.open("/operators?q=ada").await?;
        it.page
            .arrive_at_whole(&format!("/{first}/operators?q=ada"))
            .await?;
        it.page.see(link("Ada Okafor")).await
    })
}

#[test]
fn a_tab_changes_its_organisation_only_when_it_is_told_to() -> Result<()> {
    journey(async |it| {
        let other = two_organisations(it).await?;
        let (first, second) = (it.sandbox.address(), other.address());
        it.page.switch_to_tab(0).await?;
        let calls = other.calls()?.len();
        it.page.open(&format!("/{second}/operators")).await?;
        it.page.see(title("Another organisation")).await?;
        it.page
            .see_text(&format!(
                "This tab is connected to {ORGANISATION} ({first})."
            ))
            .await?;
        it.page
            .see_text(&format!(
                "If you switch, this tab disconnects from {ORGANISATION} ({first})."
            ))
            .await?;
        assert_eq!(other.calls()?.len(), calls);
        it.page
            .click(link(format!("Stay with {ORGANISATION} ({first})")))
            .await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page
            .arrive_at_whole(&format!("/{first}/organisation"))
            .await?;

        it.page.back().await?;
        it.page.see(title("Another organisation")).await?;
        // It does not inherit the age of the page before.
        let ages = "return document.querySelectorAll('.freshness').length";
        assert_eq!(it.page.script(ages, &[]).await?, 0);
        it.page
            .click(button(format!(
                "Switch this tab to {ORGANISATION} ({second})"
            )))
            .await?;
        it.page.see(table("Operators")).await?;
        it.page
            .arrive_at_whole(&format!("/{second}/operators"))
            .await?;

        // For an organisation without a connection the user is asked to connect, and the page opens then.
        let third = Sandbox::start(&it.settings)?;
        let wanted = format!("/{}/operators?q=ada", third.address());
        it.page.open(&wanted).await?;
        it.page
            .click(button(format!("Switch this tab to {}", third.address())))
            .await?;
        it.page.see(title("Connect")).await?;
        assert_eq!(it.page.value_of(field("API base URL")).await?, third.url());
        it.page.fill(field("API token"), third.token()).await?;
        it.page.click(button("Connect")).await?;
        it.page.arrive_at_whole(&wanted).await?;
        it.page.see(link("Ada Okafor")).await
    })
}

#[test]
fn a_new_tab_joins_the_session_of_another_one_until_that_ends() -> Result<()> {
    journey(async |it| {
        it.page.open("/connect").await?;
        connect_to(it, &it.sandbox.url(), it.sandbox.token()).await?;
        it.page.see(title(ORGANISATION)).await?;
        let operators = target_of(it, "Operators").await?;
        it.page
            .open_in_new_tab(&format!("{operators}?q=ada"))
            .await?;
        it.page.see(link("Ada Okafor")).await?;
        it.page.see_no(dialog("")).await?;
        let session = it.page.session_storage().await?;
        assert!(
            session
                .values()
                .any(|kept| kept.contains(it.sandbox.token()))
        );
        let local = it.page.local_storage().await?;
        assert!(!local.values().any(|kept| kept.contains(it.sandbox.token())));

        // "Connect" on the way to a page of an organisation that is open.
        let wanted = format!("/{}/operators?q=ada", it.sandbox.address());
        let next = wanted
            .replace('/', "%2F")
            .replace('?', "%3F")
            .replace('=', "%3D");
        it.page
            .open_in_new_tab(&format!("/connect?next={next}"))
            .await?;
        it.page.arrive_at_whole(&wanted).await?;
        it.page.see(link("Ada Okafor")).await?;

        // No tab has a session of another organisation.
        let other = Sandbox::start(&it.settings)?;
        it.page
            .open_in_new_tab(&format!("/{}/operators", other.address()))
            .await?;
        it.page.see(title("Connect")).await?;
        assert_eq!(it.page.value_of(field("API base URL")).await?, other.url());
        assert_eq!(other.calls()?.len(), 0);

        // After "Disconnect" there is no session to join.
        it.page.switch_to_tab(1).await?;
        it.page.click(button("Disconnect")).await?;
        it.page.see(title("Connect")).await?;
        it.page.open_in_new_tab(&operators).await?;
        it.page.see(title("Connect")).await?;
        assert!(it.page.session_storage().await?.is_empty());
        it.page.fill(field("API token"), it.sandbox.token()).await?;
        it.page.click(button("Connect")).await?;
        it.page.see(table("Operators")).await
    })
}
