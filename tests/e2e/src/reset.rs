//! Makes a browser as if no journey had been in it.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::page::Page;

/// Empties everything that belongs to an origin, and says what is left of it. A port may be another sandbox's later, whose pages a service
/// worker of this one's would then draw.
const FORGET: &str = "return (async () => {
    localStorage.clear();
    sessionStorage.clear();
    for (const worker of await navigator.serviceWorker?.getRegistrations() ?? []) await worker.unregister();
    for (const name of await window.caches?.keys() ?? []) await caches.delete(name);
    return localStorage.length;
})()";

impl Page {
    /// Keeps this browser from being used for another journey: something was done to it that nobody undoes.
    pub fn stain(&self) {
        self.driver.stain();
    }

    /// Takes back everything that a journey does to a browser.
    pub(crate) async fn reset(&self) -> Result<()> {
        let session = &self.driver.session;
        // A page that is no page of the panel's, whose storage is the same and whose objects nobody has changed.
        self.open("/sandbox").await?;
        let left = self.script(FORGET, &[]).await?;
        ensure!(left == json!(0), "The storage is not empty.");
        // The other tabs close it when they hear of this. A page that has just been left may not: that browser is not used again, which is
        // sooner done than to wait for it.
        let forget = "return new Promise((done, failed) => {
            const request = indexedDB.deleteDatabase('switchboard');
            request.onsuccess = () => done(true);
            request.onerror = failed;
            setTimeout(failed, 3_000, 'The database is still in use.');
        })";
        self.script(forget, &[]).await?;
        match self.driver.browser() {
            Browser::Chromium => {
                let cdp = session.cdp();
                cdp.send_raw("Browser.resetPermissions", json!({})).await?;
                // A panel whose files are taken away would find them there, once its port comes round.
                cdp.send_raw("Network.clearBrowserCache", json!({})).await?;
            }
            Browser::Firefox => {
                self.driver
                    .in_firefox(include_str!("reset_firefox.js"), &[])?;
            }
            Browser::WebKit => self.driver.tell_keeper("prefer nothing")?,
        }
        // A new tab has no history, nothing emulated, and no name.
        let old = session.windows().await?;
        let new = session.new_tab().await?;
        for tab in old {
            session.switch_to_window(tab).await?;
            session.close_window().await?;
        }
        session.switch_to_window(new).await?;
        if self.driver.browser() == Browser::Chromium {
            // A tab that was opened beside another has not got the focus, without which no page may write the clipboard.
            let cdp = session.cdp();
            cdp.send_raw("Page.bringToFront", json!({})).await?;
        }
        self.console_text().await;
        Ok(())
    }

    /// Sets a preference of Firefox until the journey ends; null takes it back.
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
