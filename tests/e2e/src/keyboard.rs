//! The keyboard and the focus.

use anyhow::{Context, Result, ensure};
use serde_json::json;
pub use thirtyfour::Key;
use thirtyfour::TypingData;

use crate::browser::Browser;
use crate::eventually::eventually;
use crate::page::Page;
use crate::target::Target;

/// So many stops has no page.
const STEPS: usize = 80;

impl Page {
    /// Types into a field in place of what is in it.
    ///
    /// # Errors
    /// When there is no such field, or it does not hold afterwards what was typed.
    pub async fn fill(&self, target: Target, text: &str) -> Result<()> {
        self.tell(format!("fill {target} with {text:?}"));
        eventually(async || {
            let element = target.find(&self.driver).await?;
            // Two calls: the end of the first lets go of Control in every engine.
            element.send_keys(Key::Control + "a").await?;
            element.send_keys(Key::Backspace + text).await?;
            let value = element.prop("value").await?.unwrap_or_default();
            ensure!(value == text, "it holds {value:?}");
            Ok(())
        })
        .await
        .with_context(|| format!("{target} does not take {text:?}"))
    }

    /// Pastes into a field in place of what is in it.
    ///
    /// # Errors
    /// When there is no such field, or the browser has no clipboard.
    pub async fn paste(&self, target: Target, text: &str) -> Result<()> {
        self.tell(format!("paste {text:?} into {target}"));
        self.put_on_clipboard(text).await?;
        let element = eventually(async || target.find(&self.driver).await).await?;
        element.send_keys(Key::Control + "a").await?;
        element.send_keys(Key::Control + "v").await?;
        Ok(())
    }

    /// What is in a field.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn value_of(&self, target: Target) -> Result<String> {
        eventually(async || {
            let value = target.find(&self.driver).await?.prop("value").await?;
            Ok(value.unwrap_or_default())
        })
        .await
    }

    /// Presses a key, wherever the focus is.
    ///
    /// # Errors
    /// When the browser does not take it.
    pub async fn press(&self, key: Key) -> Result<()> {
        self.tell(format!("press {key:?}"));
        let keys = self.driver.session.action_chain().send_keys(key);
        Ok(keys.perform().await?)
    }

    /// Presses a key while Shift is held down, wherever the focus is.
    ///
    /// # Errors
    /// When the browser does not take it.
    pub async fn press_with_shift(&self, key: char) -> Result<()> {
        self.tell(format!("press Shift and {key:?}"));
        let keys = self.driver.session.action_chain();
        let keys = keys.key_down(Key::Shift).key_down(key).key_up(key);
        Ok(keys.key_up(Key::Shift).perform().await?)
    }

    /// Types, wherever the focus is.
    ///
    /// # Errors
    /// When the browser does not take it.
    pub async fn type_keys(&self, text: &str) -> Result<()> {
        self.tell(format!("type {text:?}"));
        let text = match self.driver.browser() {
            Browser::Chromium | Browser::Firefox => text.to_owned(),
            // Its driver knows no key that types the end of a line.
            Browser::WebKit => text.replace('\n', &Key::Enter.value().to_string()),
        };
        let keys = self.driver.session.action_chain().send_keys(text);
        Ok(keys.perform().await?)
    }

    /// The next stop of the Tab key is this, and it can be seen that it is.
    ///
    /// # Errors
    /// When it is not, or cannot be seen.
    pub async fn tab_to(&self, stop: Target) -> Result<()> {
        self.press(Key::Tab).await?;
        self.focus_is_on(stop).await?;
        self.focus_can_be_seen().await
    }

    /// Presses Tab until the focus is there, and it can be seen.
    ///
    /// # Errors
    /// When it never is.
    pub async fn walk_to(&self, stop: Target) -> Result<()> {
        self.walk(stop, || Key::Tab.into()).await
    }

    /// Presses Shift and Tab until the focus is there, and it can be seen.
    ///
    /// # Errors
    /// When it never is.
    pub async fn walk_back_to(&self, stop: Target) -> Result<()> {
        self.walk(stop, || Key::Shift + Key::Tab).await
    }

    async fn walk(&self, stop: Target, step: impl Fn() -> TypingData) -> Result<()> {
        self.see(stop.clone()).await?;
        for _ in 0..STEPS {
            if self.has_focus(&stop).await? {
                return self.focus_can_be_seen().await;
            }
            let keys = self.driver.session.action_chain().send_keys(step());
            keys.perform().await?;
        }
        self.focus_is_on(stop).await
    }

    /// Fails when it cannot be seen where the focus is. A heading that takes it after navigation is seen by what it says.
    ///
    /// # Errors
    /// With what has it.
    pub async fn focus_can_be_seen(&self) -> Result<()> {
        // What is drawn around it may come with the next picture.
        eventually(async || {
            let seen = self.script(include_str!("focus.js"), &[]).await?;
            ensure!(seen == json!(true), "The focus cannot be seen on {seen}");
            Ok(())
        })
        .await
    }

    /// Whether the focus is on this now.
    ///
    /// # Errors
    /// When there is no such thing.
    pub async fn has_focus(&self, target: &Target) -> Result<bool> {
        let element = target.find(&self.driver).await?.to_json()?;
        let script = "return arguments[0] === document.activeElement";
        Ok(self.script(script, &[element]).await? == json!(true))
    }

    /// The focus is on this.
    ///
    /// # Errors
    /// When it is not.
    pub async fn focus_is_on(&self, target: Target) -> Result<()> {
        self.tell(format!("have the focus on {target}"));
        eventually(async || {
            let element = target.find(&self.driver).await?.to_json()?;
            let script = "return arguments[0] === document.activeElement || document.activeElement.outerHTML.slice(0, 200)";
            let answer = self.script(script, &[element]).await?;
            ensure!(answer == json!(true), "It is on {answer}");
            Ok(())
        })
        .await
        .with_context(|| format!("The focus is not on {target}"))
    }

    /// The focus is inside of this.
    ///
    /// # Errors
    /// When it is not.
    pub async fn focus_is_in(&self, target: Target) -> Result<()> {
        self.tell(format!("have the focus in {target}"));
        eventually(async || {
            let element = target.find(&self.driver).await?.to_json()?;
            let script = "return arguments[0].contains(document.activeElement) || document.activeElement.outerHTML.slice(0, 200)";
            let answer = self.script(script, &[element]).await?;
            ensure!(answer == json!(true), "It is on {answer}");
            Ok(())
        })
        .await
        .with_context(|| format!("The focus is not in {target}"))
    }
}
