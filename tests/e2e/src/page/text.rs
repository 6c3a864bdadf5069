//! What the page says.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::Page;
use crate::browser::Browser;
use crate::eventually::eventually;
use crate::target::Target;
use crate::wait;

impl Page {
    /// Waits until these words are anywhere on the page.
    ///
    /// # Errors
    /// When they do not appear.
    pub async fn see_text(&self, words: &str) -> Result<()> {
        self.tell(format!("see {words:?}"));
        eventually(async || holds(&self.text_with(words, None, true).await?, words)).await
    }

    /// Waits until these words are in an element.
    ///
    /// # Errors
    /// When they do not appear, or there is no such element.
    pub async fn see_text_in(&self, target: Target, words: &str) -> Result<()> {
        self.tell(format!("see {words:?} in {target}"));
        eventually(async || {
            let place = target.find(&self.driver).await?.to_json()?;
            holds(&self.text_with(words, Some(place), true).await?, words)
        })
        .await
        .with_context(|| format!("in {target}"))
    }

    /// Waits until a field is marked as invalid, with an accessible error message that contains these words.
    ///
    /// # Errors
    /// When it is not.
    pub async fn see_error_at(&self, target: Target, words: &str) -> Result<()> {
        self.tell(format!("see that {target} is wrong: {words:?}"));
        eventually(async || {
            let element = target.find(&self.driver).await?.to_json()?;
            let script = "const ids = arguments[0].getAttribute('aria-describedby') ?? '';
                return arguments[0].ariaInvalid === 'true' && ids.split(' ').map((id) => document.getElementById(id)?.innerText).join(' ')";
            let said = self.script(script, &[element]).await?;
            holds(said.as_str().unwrap_or_default(), words)
        })
        .await
        .with_context(|| format!("at {target}"))
    }

    /// Waits until these words are nowhere on the page (any more).
    ///
    /// # Errors
    /// When they stay.
    pub async fn see_no_text(&self, words: &str) -> Result<()> {
        self.tell(format!("see {words:?} nowhere"));
        eventually(async || {
            let text = self.text_with(words, None, false).await?;
            ensure!(!text.contains(&plain(words)), "{words:?} is there: {text}");
            Ok(())
        })
        .await
    }

    /// Returns the text of an element, with white space normalised.
    ///
    /// # Errors
    /// When there is no such element.
    pub async fn text_of(&self, target: Target) -> Result<String> {
        eventually(async || self.text_now(&target).await).await
    }

    /// Returns all visible text, with white space normalised.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn text(&self) -> Result<String> {
        let text = self.script("return document.body.innerText", &[]).await?;
        Ok(plain(text.as_str().unwrap_or_default()))
    }

    /// Waits until the text of an element, or of the page, contains these words, or no longer does. Returns the text.
    async fn text_with(&self, words: &str, place: Option<Value>, has: bool) -> Result<String> {
        let look = "const [words, place] = arguments;
            const text = (place ?? document.body).innerText.replace(/\\s+/g, ' ');
            return { text, has: text.includes(words) };";
        let fits = if has {
            "(seen) => seen.has"
        } else {
            "(seen) => !seen.has"
        };
        let arguments = vec![json!(plain(words)), place.unwrap_or_default()];
        let seen = wait::look(&self.driver, look, fits, arguments).await?;
        Ok(plain(seen["text"].as_str().unwrap_or_default()))
    }

    async fn text_now(&self, target: &Target) -> Result<String> {
        let element = target.find(&self.driver).await?;
        let text = match self.driver.browser() {
            Browser::Chromium | Browser::Firefox => element.text().await?,
            // Its driver joins the end of a line with the start of the next one.
            Browser::WebKit => element.prop("innerText").await?.unwrap_or_default(),
        };
        Ok(plain(&text))
    }
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn holds(text: &str, words: &str) -> Result<()> {
    ensure!(text.contains(&plain(words)), "{words:?} is not in: {text}");
    Ok(())
}
