//! Tabs, numbered from 0.

use anyhow::{Context, Result};
use thirtyfour::WindowHandle;

use crate::browser::Browser;
use crate::page::Page;
use crate::screen::Size;

impl Page {
    /// Opens an address in a new tab, and continues there.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn open_in_new_tab(&self, address: &str) -> Result<()> {
        self.tell("open a new tab");
        self.tabs_in_order().await?;
        let tab = self.driver.session.new_tab().await?;
        self.driver.session.switch_to_window(tab).await?;
        if self.driver.browser() == Browser::Chromium {
            // There a new tab is a window of its own, of 780 × 437.
            self.resize(Size::DESK).await?;
        }
        self.open(address).await
    }

    /// Continues in another tab.
    ///
    /// # Errors
    /// When there is no such tab.
    pub async fn switch_to_tab(&self, tab: usize) -> Result<()> {
        self.tell(format!("switch to tab {tab}"));
        let tabs = self.tabs_in_order().await?;
        let tab = tabs.get(tab).context("There is no such tab")?;
        Ok(self.driver.session.switch_to_window(tab.clone()).await?)
    }

    /// Closes a tab, and continues in the first of the others.
    ///
    /// # Errors
    /// When there is no such tab, or no other.
    pub async fn close_tab(&self, tab: usize) -> Result<()> {
        self.tell(format!("close tab {tab}"));
        let session = &self.driver.session;
        let tabs = self.tabs_in_order().await?;
        let closing = tabs.get(tab).context("There is no such tab")?;
        session.switch_to_window(closing.clone()).await?;
        session.close_window().await?;
        let left = self.tabs_in_order().await?;
        let first = left.first().context("There is no other tab")?;
        Ok(session.switch_to_window(first.clone()).await?)
    }

    /// Returns the tabs in the order in which they were opened; not every driver lists them so.
    pub(crate) async fn tabs_in_order(&self) -> Result<Vec<WindowHandle>> {
        let mut there = self.driver.session.windows().await?;
        let mut tabs = self.tabs.borrow_mut();
        tabs.retain(|tab| there.contains(tab));
        there.retain(|tab| !tabs.contains(tab));
        tabs.append(&mut there);
        Ok(tabs.clone())
    }
}
