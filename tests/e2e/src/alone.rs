//! A page outside of any journey, and commands that only Chromium has: for the benchmark, which measures instead of
//! judging.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::driver::Driver;
use crate::page::Page;
use crate::settings::Settings;

impl Page {
    /// Opens a page in a new browser with a fresh profile. Paths begin at `base_url`.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn in_a_new_browser(settings: &Settings, base_url: &str) -> Result<Self> {
        Ok(Self::new(Driver::start(settings).await?, base_url))
    }

    /// Sends a command of the Chrome DevTools Protocol. It may change the tab permanently, so no other journey gets
    /// that tab.
    ///
    /// # Errors
    /// When Chromium does not know the method, or refuses.
    pub async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        self.driver.note_odd_tab();
        let cdp = self.driver.session.cdp();
        let answer = cdp.send_raw(method, parameters).await;
        answer.with_context(|| format!("Chromium does not: {method}"))
    }

    /// Evaluates an expression in the page, and awaits a promise. Unlike [`script`](Self::script), this does no work
    /// in the page while it waits.
    ///
    /// # Errors
    /// When it throws.
    pub async fn evaluate(&self, expression: &str) -> Result<Value> {
        let parameters =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.cdp("Runtime.evaluate", parameters).await?;
        if let Some(thrown) = answer.get("exceptionDetails") {
            anyhow::bail!("{expression} throws {thrown}");
        }
        Ok(answer["result"]["value"].clone())
    }
}
