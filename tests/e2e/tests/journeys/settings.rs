//! The page "Settings": appearance, saved connections, and "Forget everything".

use anyhow::{Result, ensure};
use serde_json::json;
use switchboard_e2e::{Journey, Scheme, button, dialog, eventually, field, journey, region, title};

use crate::steps::{ORGANISATION, add_domain, connect_to_stay, dialog_is_described, enter};

/// Waits until the page is light or dark, according to its background.
async fn is_dark(it: &Journey, dark: bool) -> Result<()> {
    eventually(async || {
        let script = "const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
            return red + green + blue";
        let sum = it.page.script(script, &[]).await?.as_f64().unwrap_or_default();
        ensure!((sum < 200.0) == dark, "The background's colours add up to {sum}");
        Ok(())
    })
    .await
}

/// Returns the height of a button of the page.
async fn height(it: &Journey) -> Result<f64> {
    let script = "return document.querySelector('main .button')?.getBoundingClientRect().height";
    Ok(it
        .page
        .script_says(script)
        .await?
        .as_f64()
        .unwrap_or_default())
}

#[test]
fn theme_and_density_count_at_once_in_every_tab_and_after_a_reload() -> Result<()> {
    journey(async |it| {
        enter(it, "/settings").await?;
        it.page.prefer(Scheme::Light).await?;
        is_dark(it, false).await?;
        let comfortable = height(it).await?;
        it.page.open_in_new_tab("/connect").await?;
        it.page.see(title("Connect")).await?;
        it.page.switch_to_tab(0).await?;
        it.page.click(field("Dark")).await?;
        is_dark(it, true).await?;
        it.page.click(field("Compact")).await?;
        // The last one of the three: whether presence refreshes automatically.
        it.page.click(field("Off")).await?;
        let compact = height(it).await?;
        assert!(
            compact < comfortable,
            "{compact} is not less than {comfortable}"
        );
        it.page.switch_to_tab(1).await?;
        is_dark(it, true).await?;
        it.page.switch_to_tab(0).await?;
        it.page.reload().await?;
        it.page.see(title("Settings")).await?;
        is_dark(it, true).await?;
        assert!((height(it).await? - compact).abs() < 0.1);
        let chosen = "return [...document.querySelectorAll('main input[type=radio]:checked')].map((radio) => radio.labels[0].innerText.trim())";
        assert_eq!(
            it.page.script(chosen, &[]).await?,
            json!(["Dark", "Compact", "Off"])
        );
        // Regardless of the system; then as the system prefers again.
        it.page.click(field("Light")).await?;
        is_dark(it, false).await?;
        it.page.click(field("System")).await?;
        is_dark(it, false).await
    })
}

#[test]
fn saved_connections_are_listed_and_forgotten_one_by_one() -> Result<()> {
    journey(async |it| {
        connect_to_stay(it, &it.sandbox.url(), it.sandbox.token()).await?;
        // Another one, of an organisation that was connected before.
        let add = "const key = 'switchboard/1/connections';
            const all = JSON.parse(localStorage.getItem(key));
            all.push({ organisation: 'Other Ltd', current: false, connection: { ...all[0].connection, baseUrl: 'https://other.example/' } });
            localStorage.setItem(key, JSON.stringify(all))";
        it.page.script(add, &[]).await?;
        it.page.open("/settings").await?;
        let connections = || region("Connections");
        it.page
            .see_text_in(connections(), "Saved on this device until you forget it")
            .await?;
        it.page
            .see_text_in(connections(), "Other Ltd https://other.example/")
            .await?;
        it.page.click(button("Forget Other Ltd")).await?;
        it.page.see_no_text("Other Ltd").await?;
        it.page
            .click(button(format!("Forget {ORGANISATION}")))
            .await?;
        it.page
            .see_text_in(connections(), "Kept in this tab until you close it")
            .await?;
        let local = it.page.local_storage().await?;
        assert!(
            !local
                .values()
                .any(|value| value.contains(it.sandbox.token())),
            "{local:#?}"
        );
        // This tab stays connected while it is open.
        it.page.reload().await?;
        it.page.see(title("Settings")).await?;
        it.page
            .click(button("Disconnect").within(connections()))
            .await?;
        it.page.see(title("Connect")).await
    })
}

#[test]
fn unreadable_saved_connection_is_told_and_never_written_over() -> Result<()> {
    journey(async |it| {
        connect_to_stay(it, &it.sandbox.url(), it.sandbox.token()).await?;
        let damage = "const key = 'switchboard/1/connections';
            const all = JSON.parse(localStorage.getItem(key));
            all.push({ organisation: 'Later Ltd', connection: { ...all[0].connection, baseUrl: 'https://later.example/', tokenHeader: 'no header' } });
            localStorage.setItem(key, JSON.stringify(all))";
        it.page.script(damage, &[]).await?;
        it.page.open("/settings").await?;
        let connections = || region("Connections");
        for told in [
            ORGANISATION,
            "1 saved connection cannot be read",
            "Later Ltd https://later.example/",
        ] {
            it.page.see_text_in(connections(), told).await?;
        }
        it.page.click(button("Restore: Later Ltd")).await?;
        it.page
            .see_text_in(
                connections(),
                "This release still cannot read the connection",
            )
            .await?;
        // The next write replaces the list, but not the unreadable text.
        it.page
            .click(button(format!("Forget {ORGANISATION}")))
            .await?;
        let holds = async || {
            let local = it.page.local_storage().await?;
            anyhow::Ok(local.values().any(|value| value.contains("Later Ltd")))
        };
        assert!(holds().await?);
        it.page.click(button("Delete: Later Ltd")).await?;
        it.page.see_no_text("Later Ltd").await?;
        assert!(!holds().await?);
        Ok(())
    })
}

#[test]
fn forgetting_everything_leaves_nothing_of_ours_and_disconnects_the_other_tab() -> Result<()> {
    journey(async |it| {
        connect_to_stay(it, &it.sandbox.url(), it.sandbox.token()).await?;
        it.page.open("/domains/new").await?;
        add_domain(it, "kept.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.open_in_new_tab("/operators").await?;
        it.page.see_text("12 operators").await?;
        it.page.switch_to_tab(0).await?;
        it.page.open("/settings").await?;
        it.page.click(field("Dark")).await?;
        // Data of other pages at this origin does not belong to the panel.
        it.page
            .script("localStorage.setItem('theirs', 'stays')", &[])
            .await?;

        it.page.click(button("Forget everything")).await?;
        let asked = dialog("Forget everything");
        for lost in [
            "1 known domain",
            "1 embed code",
            "1 saved connection with its token",
        ] {
            it.page.see_text_in(asked.clone(), lost).await?;
        }
        dialog_is_described(it, "1 embed code").await?;
        let typed = field(format!("Type {} to confirm", it.sandbox.address()));
        it.page.focus_is_on(typed.clone()).await?;
        let forget = button("Forget everything").within(asked);
        it.page.fill(typed.clone(), "127.0.0.2").await?;
        it.page.click(forget.clone()).await?;
        it.page
            .see_error_at(typed.clone(), "The name does not match.")
            .await?;
        assert!(it.page.local_storage().await?.len() > 1);
        // The copy on disk follows.
        eventually(async || {
            ensure!(!it.page.databases().await?.is_empty(), "nothing on disk");
            Ok(())
        })
        .await?;
        it.page.fill(typed, "127.0.0.1").await?;
        it.page.click(forget).await?;

        // As on the first visit.
        it.page.see(title("Connect")).await?;
        it.page.see(button("Open the sandbox")).await?;
        let local = it.page.local_storage().await?;
        // Of the panel's data, only the epoch is left: it keeps other tabs from restoring what they remember.
        let left: Vec<_> = local.keys().map(String::as_str).collect();
        assert_eq!(left, ["switchboard/1/forgotten", "theirs"]);
        assert!(local["switchboard/1/forgotten"].parse::<u64>().is_ok());
        assert_eq!(it.page.session_storage().await?, [].into());
        let databases = "return indexedDB.databases().then((all) => all.length)";
        assert_eq!(it.page.script(databases, &[]).await?, json!(0));
        let theme = "return document.documentElement.dataset.theme ?? null";
        assert_eq!(it.page.script(theme, &[]).await?, json!(null));
        it.page.switch_to_tab(1).await?;
        it.page.see(title("Connect")).await?;
        assert_eq!(it.page.session_storage().await?, [].into());
        it.page.reload().await?;
        it.page.see(button("Open the sandbox")).await
    })
}
