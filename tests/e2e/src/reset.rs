//! Resets a browser so that it has no traces of earlier journeys.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::WindowHandle;

use crate::browser::Browser;
use crate::page::Page;

/// Deletes everything that this origin stores, and returns the names of what is left.
const FORGET: &str = "return (async () => {
    const left = [];
    const gone = (name) => new Promise((done) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = done;
        request.onerror = request.onblocked = () => done(left.push(name));
    });
    localStorage.clear();
    sessionStorage.clear();
    window.name = '';
    for (const worker of await navigator.serviceWorker?.getRegistrations() ?? []) await worker.unregister();
    for (const name of await window.caches?.keys() ?? []) await caches.delete(name);
    for (const { name } of await indexedDB.databases()) await gone(name);
    return [...left, ...Object.keys(localStorage)];
})()";

/// The content of the clipboard when a journey begins.
const NOTHING: &str = "nothing";

impl Page {
    /// Excludes this browser from further journeys, because something was done to it that cannot be undone.
    pub fn mark_dirty(&self) {
        self.driver.mark_dirty();
    }

    /// Undoes everything that a journey does to a browser, except for cached files and the compiled module of the
    /// panel.
    pub(crate) async fn reset(&self) -> Result<()> {
        if self.driver.browser() == Browser::Chromium && !self.driver.has_odd_tab() {
            // It stays, and with it the renderer that has compiled the module.
            let tabs = self.tabs_in_order().await?;
            let first = tabs.first().context("There is no tab.")?;
            self.close_tabs_but(first).await?;
        } else {
            self.renew_tab().await?;
        }
        // A page of the same origin that is not the panel's: it has the same storage, and unmodified JavaScript
        // objects.
        self.open("/sandbox").await?;
        self.driver.session.delete_all_cookies().await?;
        if self.driver.browser() == Browser::Chromium {
            // Includes what another page still has open.
            let all = json!({ "origin": self.origin, "storageTypes": "all" });
            self.send("Storage.clearDataForOrigin", all).await?;
        }
        let left = self.script(FORGET, &[]).await?;
        ensure!(left == json!([]), "This stays in the browser: {left}");
        match self.driver.browser() {
            Browser::Chromium => {
                self.put_on_clipboard(NOTHING).await?;
                self.send("Browser.resetPermissions", json!({})).await?;
                let none = json!({ "features": [] });
                self.send("Emulation.setEmulatedMedia", none).await?;
                self.send("Page.resetNavigationHistory", json!({})).await?;
            }
            Browser::Firefox => {
                let reset = include_str!("reset_firefox.js");
                self.driver.in_firefox(reset, &[])?;
            }
            Browser::WebKit => {
                self.driver.tell_keeper("prefer nothing")?;
                self.put_on_clipboard(NOTHING).await?;
            }
        }
        self.console_text().await;
        Ok(())
    }

    async fn close_tabs_but(&self, kept: &WindowHandle) -> Result<()> {
        let session = &self.driver.session;
        for tab in session
            .windows()
            .await?
            .into_iter()
            .filter(|tab| tab != kept)
        {
            session.switch_to_window(tab).await?;
            session.close_window().await?;
        }
        Ok(session.switch_to_window(kept.clone()).await?)
    }

    /// Continues in a new tab, without history, emulation and name.
    async fn renew_tab(&self) -> Result<()> {
        let session = &self.driver.session;
        let new = session.new_tab().await?;
        self.close_tabs_but(&new).await?;
        if self.driver.browser() == Browser::Chromium {
            // A tab that was opened in the background has no focus, without which no page may write the clipboard.
            self.send("Page.bringToFront", json!({})).await?;
        }
        Ok(())
    }

    async fn send(&self, method: &str, parameters: Value) -> Result<()> {
        let cdp = self.driver.session.cdp();
        Ok(cdp.send_raw(method, parameters).await.map(drop)?)
    }

    /// Sets a preference of Firefox until the journey ends; null resets it.
    pub(crate) fn set_in_firefox(&self, name: &str, value: impl Into<Value>) -> Result<()> {
        let set = "const [name, value] = arguments;
            switch (typeof value) {
                case 'boolean': Services.prefs.setBoolPref(name, value); break;
                case 'number': Services.prefs.setIntPref(name, value); break;
                case 'string': Services.prefs.setStringPref(name, value); break;
                default: Services.prefs.clearUserPref(name);
            }";
        self.driver
            .in_firefox(set, &[json!(name), value.into()])
            .map(drop)
    }
}
