//! Closing tabs.

use anyhow::{Context, Result};

use crate::page::Page;

impl Page {
    /// Closes a tab, the first is 0, and goes on in the one that is first then.
    ///
    /// # Errors
    /// When there is no such tab, or no other.
    pub async fn close_tab(&self, tab: usize) -> Result<()> {
        self.tell(format!("close tab {tab}"));
        let session = &self.driver.session;
        let tabs = session.windows().await?;
        let closing = tabs.get(tab).context("There is no such tab")?;
        session.switch_to_window(closing.clone()).await?;
        session.close_window().await?;
        let left = session.windows().await?;
        let first = left.first().context("There is no other tab")?;
        Ok(session.switch_to_window(first.clone()).await?)
    }
}
