//! The browser's console: an error that a journey did not announce fails it.

use anyhow::{Result, ensure};

use crate::browser::Browser;
use crate::page::Page;
use crate::watch;

impl Page {
    /// Announces that the console will contain an error with these words. Browsers log failed requests there.
    pub fn expect_in_console(&self, words: &str) {
        self.console.borrow_mut().announced.push(words.to_owned());
    }

    /// Asserts that the console contains no unannounced error.
    ///
    /// # Errors
    /// With the errors.
    pub async fn check_console(&self) -> Result<()> {
        self.read_console().await?;
        let console = self.console.borrow();
        let unexpected: Vec<&String> = console
            .errors
            .iter()
            .filter(|error| console.is_unexpected(error))
            .collect();
        ensure!(
            unexpected.is_empty(),
            "The console holds errors: {unexpected:#?}"
        );
        Ok(())
    }

    /// Returns the unannounced errors in the console, each once, so that the caller can continue after them.
    ///
    /// # Errors
    /// When the browser does not say.
    pub async fn take_console_errors(&self) -> Result<Vec<String>> {
        self.read_console().await?;
        let mut console = self.console.borrow_mut();
        let mut errors = std::mem::take(&mut console.errors);
        errors.retain(|error| console.is_unexpected(error));
        Ok(errors)
    }

    /// Returns everything in the console, one line each.
    pub async fn console_text(&self) -> String {
        // What was read before is useful even if this fails.
        let _ = self.read_console().await;
        self.console.borrow().lines.join("\n")
    }

    async fn read_console(&self) -> Result<()> {
        match self.driver.browser() {
            Browser::Chromium => {
                let entries = self.driver.session.browser_log().await?;
                let mut console = self.console.borrow_mut();
                for entry in entries {
                    let line = format!("{} {}", entry.level, entry.message);
                    if entry.level == "SEVERE" {
                        console.errors.push(line.clone());
                    }
                    console.lines.push(line);
                }
            }
            Browser::Firefox | Browser::WebKit => {
                let everything = "const all = window[Symbol.for('everything was told')]; return all ? all() : true";
                // Fails while the page is being unloaded; the messages so far are kept.
                let _ = self.script(everything, &[]).await;
                let mut console = self.console.borrow_mut();
                for entry in watch::lines(&self.origin) {
                    let line = format!("{} {}", entry.level, entry.text);
                    if entry.level == "error" {
                        console.errors.push(line.clone());
                    }
                    console.lines.push(line);
                }
            }
        }
        Ok(())
    }
}
