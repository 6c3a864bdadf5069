//! Takes snapshots of the page, and counts its calls.

use anyhow::{Context, Result};
use serde_json::json;
use switchboard_matrix::{PageSnapshot, snapshot};

use crate::page::Page;
use crate::wait;

impl Page {
    /// Takes a snapshot of the page without waiting.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn snapshot(&self) -> Result<PageSnapshot> {
        let seen = self.script(snapshot::SCRIPT, &[]).await?;
        PageSnapshot::read(&seen).with_context(|| format!("The script that looks is wrong: {seen}"))
    }

    /// Takes a snapshot once the page differs from the last one, or after a timeout.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn next_snapshot(&self, last: &mut String) -> Result<PageSnapshot> {
        let look = format!(
            "const [last] = arguments;
            const seen = (() => {{ {} }})();
            const text = JSON.stringify(seen);
            return {{ seen, text, is_new: text !== last }};",
            snapshot::SCRIPT
        );
        let arguments = vec![json!(last.as_str())];
        let answer = wait::look(&self.driver, &look, "(it) => it.is_new", arguments).await?;
        *last = answer["text"].as_str().unwrap_or_default().to_owned();
        PageSnapshot::read(&answer["seen"]).context("The script that looks is wrong.")
    }

    /// Navigates to another path of the panel without reloading the page, as the forward button does.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn travel(&self, path: &str) -> Result<()> {
        self.tell(format!("travel to {path}"));
        let script = "history.pushState(null, '', arguments[0]);
            dispatchEvent(new PopStateEvent('popstate', { state: null }))";
        self.script(script, &[json!(path)]).await?;
        Ok(())
    }

    /// Counts the calls that the page sends from now on, until it is reloaded.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn count_sends(&self) -> Result<()> {
        let script = "if (window.sent) return;
            const send = window.fetch;
            window.sent = [];
            window.fetch = function (request, options) {
                window.sent.push(`${request.method ?? options?.method ?? 'GET'} ${new URL(request.url ?? request).pathname}`);
                return send.call(window, request, options);
            }";
        self.script(script, &[]).await?;
        Ok(())
    }

    /// Returns how often the page sent a call with this method and path (without the leading slash) since counting
    /// began.
    ///
    /// # Errors
    /// When nothing is counted.
    pub async fn sends(&self, method: &str, path: &str) -> Result<usize> {
        let script = "return window.sent?.filter((one) => one === arguments[0]).length";
        let arguments = [json!(format!("{method} /{path}"))];
        let count = self.script(script, &arguments).await?.as_u64();
        Ok(count.context("Nothing is counted")?.try_into()?)
    }
}
