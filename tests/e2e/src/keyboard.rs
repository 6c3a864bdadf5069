//! The keyboard and the focus.

use anyhow::{Context, Result, ensure};
use serde_json::json;
pub use thirtyfour::Key;
use thirtyfour::TypingData;

use crate::browser::Browser;
use crate::eventually::eventually;
use crate::page::Page;
use crate::target::Target;

/// More stops than any page has.
const STEPS: usize = 80;

impl Page {
    /// Replaces the content of a field by typing.
    ///
    /// # Errors
    /// When there is no such field, or its content differs afterwards.
    pub async fn fill(&self, target: Target, text: &str) -> Result<()> {
        self.tell(format!("fill {target} with {text:?}"));
        eventually(async || {
            let element = target.find(&self.driver).await?;
            // Two calls, because the end of the first releases Control in every engine.
            element.send_keys(Key::Control + "a").await?;
            element.send_keys(Key::Backspace + text).await?;
            let value = element.prop("value").await?.unwrap_or_default();
            ensure!(value == text, "it holds {value:?}");
            Ok(())
        })
        .await
        .with_context(|| format!("{target} does not take {text:?}"))
    }

    /// Replaces the content of a field by pasting.
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

    /// Returns the content of a field.
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

    /// Presses a key at the present focus.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn press(&self, key: Key) -> Result<()> {
        self.tell(format!("press {key:?}"));
        let presses = matches!(key, Key::Enter | Key::Space);
        if presses {
            self.not_twice(None).await;
        } else {
            self.pressed.set(None);
        }
        if matches!(key, Key::Enter)
            && let Ok(focused) = self.driver.session.active_element().await
        {
            // An element that is gone has settled.
            let _ = self.until_settled(&focused).await;
        }
        let keys = self.driver.session.action_chain().send_keys(key);
        let pressed = keys.perform().await;
        if presses {
            self.note_press(None);
        }
        Ok(pressed?)
    }

    /// Presses a key with Shift at the present focus.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn press_with_shift(&self, key: char) -> Result<()> {
        self.tell(format!("press Shift and {key:?}"));
        let keys = self.driver.session.action_chain();
        let keys = keys.key_down(Key::Shift).key_down(key).key_up(key);
        Ok(keys.key_up(Key::Shift).perform().await?)
    }

    /// Types at the present focus.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn type_keys(&self, text: &str) -> Result<()> {
        self.tell(format!("type {text:?}"));
        let text = match self.driver.browser() {
            Browser::Chromium | Browser::Firefox => text.to_owned(),
            // Its driver cannot type a line feed.
            Browser::WebKit => text.replace('\n', &Key::Enter.value().to_string()),
        };
        let keys = self.driver.session.action_chain().send_keys(text);
        Ok(keys.perform().await?)
    }

    /// Presses Tab, and asserts that the focus is on this and visible.
    ///
    /// # Errors
    /// When it is not.
    pub async fn tab_to(&self, stop: Target) -> Result<()> {
        self.press(Key::Tab).await?;
        self.focus_is_on(stop).await?;
        self.focus_can_be_seen().await
    }

    /// Presses Tab until the focus is on this, visibly.
    ///
    /// # Errors
    /// When it never is.
    pub async fn walk_to(&self, stop: Target) -> Result<()> {
        self.walk(stop, || Key::Tab.into()).await
    }

    /// Presses Shift+Tab until the focus is on this, visibly.
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

    /// Asserts that the focus is visible. A heading that gets the focus by navigation counts as visible.
    ///
    /// # Errors
    /// With the focused element.
    pub async fn focus_can_be_seen(&self) -> Result<()> {
        // The focus ring may appear with the next frame.
        eventually(async || {
            let seen = self.script(include_str!("focus.js"), &[]).await?;
            ensure!(seen == json!(true), "The focus cannot be seen on {seen}");
            Ok(())
        })
        .await
    }

    /// Returns whether the focus is on this now.
    ///
    /// # Errors
    /// When there is no such element.
    pub async fn has_focus(&self, target: &Target) -> Result<bool> {
        let element = target.find(&self.driver).await?.to_json()?;
        let script = "return arguments[0] === document.activeElement";
        Ok(self.script(script, &[element]).await? == json!(true))
    }

    /// Waits until the focus is on this.
    ///
    /// # Errors
    /// When it is not, in time.
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

    /// Waits until the focus is inside of this.
    ///
    /// # Errors
    /// When it is not, in time.
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
