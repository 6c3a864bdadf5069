//! The browser's console: no journey may leave an error in it that it did not announce.

use anyhow::{Result, ensure};

use crate::browser::Browser;
use crate::page::Page;
use crate::watch;

impl Page {
    /// Announces that the console will hold an error with these words: the browser itself complains of failed requests there.
    pub fn expect_in_console(&self, words: &str) {
        self.console.borrow_mut().announced.push(words.to_owned());
    }

    /// Fails when the console holds an error that was not announced.
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

    /// The errors in the console that were not announced, each told once: for whoever goes on after them.
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

    /// Everything that the console said, a line each.
    pub async fn console_text(&self) -> String {
        // What was read before is worth having, too.
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
                // A page that is being left tells what it has to tell all the same.
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
