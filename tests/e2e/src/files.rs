//! Files that the browser saves, and files that the user gives to the page.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;

use crate::browser::Browser;
use crate::eventually::eventually;
use crate::page::Page;
use crate::target::Target;

/// A file that the browser saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Its name.
    pub name: String,
    /// Its content.
    pub text: String,
}

impl Page {
    /// Clicks a control that saves a file, and waits until the file is complete.
    ///
    /// # Errors
    /// When it cannot be clicked, or nothing is saved.
    pub async fn download(&self, target: Target) -> Result<Download> {
        let own = tempfile::TempDir::new()?;
        let mut folder = own.path().to_owned();
        match self.driver.browser() {
            Browser::Chromium => {
                let here = json!({ "behavior": "allow", "downloadPath": folder });
                let cdp = self.driver.session.cdp();
                cdp.send_raw("Browser.setDownloadBehavior", here).await?;
            }
            Browser::Firefox => {
                let folder = folder.to_string_lossy().into_owned();
                self.set_in_firefox("browser.download.dir", folder)?;
            }
            Browser::WebKit => {
                // Its download folder is fixed at the start.
                folder = self.driver.scratch().join("downloads");
                std::fs::remove_dir_all(&folder)?;
                std::fs::create_dir(&folder)?;
            }
        }
        self.click(target).await?;
        let file = eventually(async || saved_in(&folder)).await?;
        let name = file.file_name().context("a file without a name")?;
        Ok(Download {
            name: name.to_string_lossy().into_owned(),
            text: std::fs::read_to_string(&file)?,
        })
    }

    /// Chooses a file in the browser's chooser.
    ///
    /// # Errors
    /// When there is no such file input, or the file cannot be written.
    pub async fn choose_file(&self, target: Target, name: &str, content: &[u8]) -> Result<()> {
        self.tell(format!("choose the file {name} at {target}"));
        let path = self.driver.scratch().join(name);
        std::fs::write(&path, content)?;
        let path = path.to_str().context("a path that is no text")?;
        let element = eventually(async || target.find(&self.driver).await).await?;
        Ok(element.send_keys(path).await?)
    }
}

/// Returns the saved file once it is complete: until then it is empty, or a temporary file exists.
fn saved_in(folder: &Path) -> Result<PathBuf> {
    let files: std::io::Result<Vec<_>> = std::fs::read_dir(folder)?.collect();
    let files = files?;
    let [file] = files.as_slice() else {
        bail!("There are {} files.", files.len());
    };
    ensure!(file.metadata()?.len() > 0, "It is empty.");
    let path = file.path();
    let is_partial = path.extension().is_some_and(|end| {
        ["crdownload", "part", "wkdownload"]
            .iter()
            .any(|one| end == *one)
    });
    ensure!(!is_partial, "It is not whole.");
    Ok(path)
}
