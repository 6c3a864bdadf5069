//! How long a connection lasts: for a tab, or on a device, as the user chose.

use anyhow::Result;
use switchboard_e2e::{Journey, button, dialog, field, journey, title};

use crate::steps::{ORGANISATION, connect_to, connect_to_stay, enter};

#[test]
fn unasked_the_token_stays_in_open_tabs_only() -> Result<()> {
    journey(async |it| {
        enter(it, "/").await?;
        it.page.see(title(ORGANISATION)).await?;
        assert!(kept_by(it.page.session_storage().await?, it));
        assert!(!kept_by(it.page.local_storage().await?, it));
        it.page.reload().await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page.open_in_new_tab("/").await?;
        it.page.see(title(ORGANISATION)).await?;
        assert!(!kept_by(it.page.local_storage().await?, it));

        // "Disconnect" also ends a tab that the browser restores with its session storage.
        let tab = "return JSON.stringify(sessionStorage)";
        let tab = it.page.script(tab, &[]).await?;
        it.page.click(button("Disconnect")).await?;
        it.page.see(title("Connect")).await?;
        let restore = "Object.assign(sessionStorage, JSON.parse(arguments[0]))";
        it.page.script(restore, &[tab]).await?;
        it.page.open("/").await?;
        it.page.see(title("Connect")).await?;
        assert!(!kept_by(it.page.session_storage().await?, it));
        Ok(())
    })
}

#[test]
fn asked_to_the_connection_stays_on_this_device_until_it_is_forgotten() -> Result<()> {
    journey(async |it| {
        connect_to_stay(it, &it.sandbox.url(), it.sandbox.token()).await?;
        assert!(kept_by(it.page.local_storage().await?, it));
        it.page.open_in_new_tab("/").await?;
        it.page.see(title(ORGANISATION)).await?;

        // Disconnecting does not forget: one click reconnects.
        disconnect_by(it, "Disconnect").await?;
        assert!(kept_by(it.page.local_storage().await?, it));
        it.page.reload().await?;
        it.page.click(button("Connect to Acme Outfitters")).await?;
        it.page.see(title(ORGANISATION)).await?;
        disconnect_by(it, "Disconnect and forget").await?;
        it.page.see_no(button("Connect to Acme Outfitters")).await?;
        assert!(!kept_by(it.page.local_storage().await?, it));
        assert!(!kept_by(it.page.session_storage().await?, it));

        // A saved connection can be forgotten while disconnected, too.
        connect_to_stay(it, &it.sandbox.url(), it.sandbox.token()).await?;
        disconnect_by(it, "Disconnect").await?;
        it.page.click(button("Forget Acme Outfitters")).await?;
        it.page.see_no(button("Connect to Acme Outfitters")).await?;
        it.page.click(button("Undo")).await?;
        it.page.see(button("Connect to Acme Outfitters")).await?;
        assert!(kept_by(it.page.local_storage().await?, it));
        it.page.click(button("Forget Acme Outfitters")).await?;
        it.page.see_no(button("Connect to Acme Outfitters")).await?;
        assert!(!kept_by(it.page.local_storage().await?, it));
        Ok(())
    })
}

#[test]
fn disconnecting_forgets_the_token() -> Result<()> {
    journey(async |it| {
        enter(it, "/").await?;
        it.page.click(button("Disconnect")).await?;
        it.page.see(title("Connect")).await?;
        assert!(!kept_by(it.page.session_storage().await?, it));
        assert!(!kept_by(it.page.local_storage().await?, it));
        it.page.reload().await?;
        it.page.see(title("Connect")).await?;
        assert_eq!(it.page.value_of(field("API token")).await?, "");
        Ok(())
    })
}

#[test]
fn the_token_is_nowhere_in_the_page_or_its_address() -> Result<()> {
    journey(async |it| {
        it.page.open("/connect").await?;
        connect_to(it, &it.sandbox.url(), it.sandbox.token()).await?;
        it.page.see(title(ORGANISATION)).await?;
        for path in ["/organisation", "/operators", "/domains", "/domains/new"] {
            it.page.open(path).await?;
            it.page.see(button("Disconnect")).await?;
            let source = it
                .page
                .script(
                    "return location.href + document.documentElement.outerHTML",
                    &[],
                )
                .await?;
            assert!(!source.to_string().contains(it.sandbox.token()), "{path}");
        }
        Ok(())
    })
}

/// Disconnects when the token is saved on this device, by one of the two choices.
async fn disconnect_by(it: &Journey, way: &str) -> Result<()> {
    it.page.click(button("Disconnect")).await?;
    let asked = dialog(format!("Disconnect from {}", it.sandbox.address()));
    it.page.click(button(way).within(asked)).await?;
    it.page.see(title("Connect")).await
}

/// Returns whether a storage contains the token.
fn kept_by(storage: impl IntoIterator<Item = (String, String)>, it: &Journey) -> bool {
    storage
        .into_iter()
        .any(|(key, value)| key.contains(it.sandbox.token()) || value.contains(it.sandbox.token()))
}
