//! A page that is in no journey, and what Chromium alone can be asked: for the benchmark, which measures instead of judging.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::driver::Driver;
use crate::page::Page;
use crate::settings::Settings;

impl Page {
    /// A page in a browser of its own, with a profile that nobody has used. Paths begin at `base_url`.
    ///
    /// # Errors
    /// When there is no browser.
    pub async fn in_a_new_browser(settings: &Settings, base_url: &str) -> Result<Self> {
        Ok(Self::new(Driver::start(settings).await?, base_url))
    }

    /// Asks Chromium by its own protocol. What is asked of it may change the tab for good: no other journey gets that.
    ///
    /// # Errors
    /// When it does not know the method, or refuses.
    pub async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        self.driver.note_odd_tab();
        let cdp = self.driver.session.cdp();
        let answer = cdp.send_raw(method, parameters).await;
        answer.with_context(|| format!("Chromium does not: {method}"))
    }

    /// The value of an expression in the page, once it is there if it is a promise. Unlike with [`script`](Self::script) nothing is
    /// done in the page while it waits.
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
