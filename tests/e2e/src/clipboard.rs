//! The clipboard.

use anyhow::{Context, Result};
use serde_json::json;
use thirtyfour::{By, Key, WebElement};

use crate::browser::Browser;
use crate::eventually::eventually;
use crate::page::Page;

impl Page {
    /// Returns the content of the clipboard, as a page gets it when the user pastes.
    ///
    /// # Errors
    /// When the browser does not say.
    pub async fn clipboard(&self) -> Result<String> {
        match self.driver.browser() {
            Browser::Chromium => {
                self.allow_clipboard().await?;
                let read = "return navigator.clipboard.readText()";
                let text = self.script(read, &[]).await?;
                let text = text.as_str().context("The clipboard holds no text")?;
                Ok(text.to_owned())
            }
            Browser::Firefox => {
                let text = self
                    .driver
                    .in_firefox(include_str!("clipboard_firefox.js"), &[])?;
                let text = text.as_str().context("The clipboard holds no text")?;
                Ok(text.to_owned())
            }
            Browser::WebKit => {
                self.aside(async |area| {
                    area.send_keys(Key::Control + "v").await?;
                    Ok(area.prop("value").await?.unwrap_or_default())
                })
                .await
            }
        }
    }

    /// Writes a text to the clipboard, as if it had been copied elsewhere.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn put_on_clipboard(&self, text: &str) -> Result<()> {
        match self.driver.browser() {
            Browser::Chromium => {
                self.allow_clipboard().await?;
                let write = "return navigator.clipboard.writeText(arguments[0])";
                // A new document gets the focus a little later.
                eventually(async || self.script(write, &[json!(text)]).await.map(drop)).await
            }
            Browser::Firefox => {
                let copy = "Cc['@mozilla.org/widget/clipboardhelper;1'].getService(Ci.nsIClipboardHelper).copyString(arguments[0])";
                self.driver.in_firefox(copy, &[json!(text)]).map(drop)
            }
            Browser::WebKit => {
                self.aside(async |area| {
                    let fill = "arguments[0].value = arguments[1]";
                    self.script(fill, &[area.to_json()?, json!(text)]).await?;
                    area.send_keys(Key::Control + "a").await?;
                    Ok(area.send_keys(Key::Control + "c").await?)
                })
                .await
            }
        }
    }

    /// Allows pages to write the clipboard without a click or a key.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn allow_clipboard(&self) -> Result<()> {
        match self.driver.browser() {
            Browser::Chromium => self.permit_clipboard("granted").await,
            Browser::Firefox => self.set_in_firefox("dom.events.testing.asyncClipboard", true),
            // It has no permission for this: a click or a key is always needed, and suffices.
            Browser::WebKit => Ok(()),
        }
    }

    /// Forbids pages to write the clipboard.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn forbid_clipboard(&self) -> Result<()> {
        self.tell("forbid the clipboard");
        match self.driver.browser() {
            Browser::Chromium => self.permit_clipboard("denied").await,
            // It has no permission for this, but a page may be refused for other reasons: without a click, in a
            // frame, by a policy.
            Browser::Firefox | Browser::WebKit => {
                let refuse = "navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))";
                self.script(refuse, &[]).await.map(drop)
            }
        }
    }

    async fn permit_clipboard(&self, setting: &str) -> Result<()> {
        let cdp = self.driver.session.cdp();
        for permission in [
            json!({ "name": "clipboard-read" }),
            json!({ "name": "clipboard-write", "allowWithoutSanitization": false }),
        ] {
            let parameters = json!({ "permission": permission, "setting": setting });
            cdp.send_raw("Browser.setPermission", parameters).await?;
        }
        Ok(())
    }

    /// Does something in a text area of another tab, and comes back.
    async fn aside<T>(&self, act: impl AsyncFnOnce(WebElement) -> Result<T>) -> Result<T> {
        let session = &self.driver.session;
        let here = session.window().await?;
        let tab = session.new_tab().await?;
        session.switch_to_window(tab).await?;
        self.script(
            "document.body.append(document.createElement('textarea'))",
            &[],
        )
        .await?;
        let area = session.find(By::Css("textarea")).await?;
        let done = act(area).await;
        session.close_window().await?;
        session.switch_to_window(here).await?;
        done
    }
}
