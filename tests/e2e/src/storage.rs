//! Reads the browser's storages.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::page::Page;

impl Page {
    /// Returns everything in `localStorage`, which stays on this device.
    ///
    /// # Errors
    /// When the browser does not say.
    pub async fn local_storage(&self) -> Result<BTreeMap<String, String>> {
        self.storage("localStorage").await
    }

    /// Returns everything in `sessionStorage`, which ends with the tab.
    ///
    /// # Errors
    /// When the browser does not say.
    pub async fn session_storage(&self) -> Result<BTreeMap<String, String>> {
        self.storage("sessionStorage").await
    }

    /// Returns everything in the page's databases: the copy of the workspace on disk.
    ///
    /// # Errors
    /// When the browser does not say.
    pub async fn databases(&self) -> Result<BTreeMap<String, String>> {
        let entries = self.script(include_str!("databases.js"), &[]).await?;
        serde_json::from_value(entries).context("The databases cannot be read")
    }

    async fn storage(&self, area: &str) -> Result<BTreeMap<String, String>> {
        let script = format!("return Object.fromEntries(Object.entries({area}))");
        let entries = self.script(&script, &[]).await?;
        serde_json::from_value(entries).with_context(|| format!("{area} cannot be read"))
    }
}
