//! The page "Settings": plain, with everything that it can show, and its dialogs.

use anyhow::Result;
use serde_json::json;
use switchboard_e2e::{Journey, Key, Proxy, alert, button, dialog, field, region, title};

/// Visits all of it.
pub(super) async fn settings(
    it: &Journey,
    proxy: &Proxy,
    visit: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    it.page.open("/settings").await?;
    it.page.see(title("Settings")).await?;
    visit("settings").await?;
    it.page.click(button("Forget everything")).await?;
    it.page.see(dialog("Forget everything")).await?;
    visit("settings-forget").await?;

    let more = "localStorage.setItem(`switchboard/1/domain/${arguments[0]} damaged.acme.example`, '{\"version\":1,\"embed\":{\"link\":\"<script');
        const connection = JSON.parse(sessionStorage.getItem('switchboard/1/connection'));
        localStorage.setItem('switchboard/1/connections', JSON.stringify([
            { organisation: 'Acme Outfitters', current: true, connection },
            { organisation: 'Unreadable Ltd', connection: { ...connection, tokenHeader: 'no header' } },
            { organisation: 'A rather long name of an organisation that does not end soon', current: false, connection: { ...connection, baseUrl: 'https://chat.organisation-with-a-long-name.example/a/path/' } }]))";
    it.page.script(more, &[json!(proxy.url())]).await?;
    it.page.open("/settings").await?;
    it.page.see(region("Records set aside")).await?;
    it.page
        .choose_file(field("Import workspace"), "prose.json", b"Dear reader")
        .await?;
    it.page.see(alert("prose.json cannot be imported")).await?;
    visit("settings-everything").await?;
    it.page
        .click(button(format!(
            "Delete: {} damaged.acme.example",
            proxy.url()
        )))
        .await?;
    it.page.see(dialog("Delete record")).await?;
    visit("settings-delete-record").await?;
    it.page.click(button("Cancel")).await?;

    let embed = json!({ "link": "<script src=\"https://elsewhere.example/old.js\"></script>", "socketLink": "", "origin": "added", "receivedAt": 1 });
    let file = json!({
        "format": "switchboard-workspace", "version": 1, "organisation": "https://elsewhere.example/", "exportedAt": 1_795_478_400_000_u64,
        "domains": [
            { "name": "news.acme.example", "knownSince": 1, "codeCopied": false, "embed": embed },
            { "name": "fresh.acme.example", "knownSince": 1, "codeCopied": false, "embed": embed },
            { "name": "a-rather-long-name.of-a-domain.that-does-not-end-soon.acme.example", "knownSince": 1, "codeCopied": false },
        ],
    });
    it.page
        .choose_file(
            field("Import workspace"),
            "elsewhere.json",
            file.to_string().as_bytes(),
        )
        .await?;
    it.page.see(dialog("Import workspace")).await?;
    it.page
        .see(button("Copy the file's code: news.acme.example"))
        .await?;
    visit("settings-import").await?;
    it.page.press(Key::Escape).await?;
    it.page
        .click(button("Disconnect").within(region("Connections")))
        .await?;
    it.page.see(button("Disconnect and forget")).await?;
    visit("settings-disconnect").await
}

/// Visits the address of another organisation, and a connection that another tab has ended.
pub(super) async fn organisations(
    it: &Journey,
    proxy: &Proxy,
    visit: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    it.page.open("/other.example/operators").await?;
    it.page.see(title("Another organisation")).await?;
    visit("another-organisation").await?;
    it.page.open("/domains/new").await?;
    it.page.see(title("Add domain")).await?;
    let ended =
        "const event = { key: 'switchboard/1/session/' + arguments[0], storageArea: localStorage };
        localStorage.removeItem(event.key);
        dispatchEvent(new StorageEvent('storage', event))";
    it.page.script(ended, &[json!(proxy.url())]).await?;
    it.page.see(dialog("Disconnected in another tab")).await?;
    visit("disconnected-elsewhere").await
}
