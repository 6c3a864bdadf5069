//! What a user does with a page, and sees on it. Every verb waits until it can be done, or fails at its timeout.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::{WebElement, WindowHandle};

use crate::browser::Browser;
use crate::console_log::ConsoleLog;
use crate::driver::Driver;
use crate::eventually::eventually;
use crate::target::{Target, behind_organisation};
use crate::wait;

/// How long a button that has just appeared is unavailable at most.
const SETTLES: Duration = Duration::from_secs(1);

/// The polling interval for [`SETTLES`].
const PAUSE: Duration = Duration::from_millis(50);

/// The page in the browser.
#[derive(Debug)]
pub struct Page {
    pub(crate) driver: Driver,
    /// The base of paths, without a trailing slash.
    pub(crate) origin: String,
    pub(crate) told: RefCell<Vec<String>>,
    pub(crate) tabs: RefCell<Vec<WindowHandle>>,
    pub(crate) console: Rc<RefCell<ConsoleLog>>,
    pub(crate) pressed: Cell<Option<(Instant, Place)>>,
}

/// Where something was pressed, in pixels from the corner of the window; `None` by the keyboard.
pub(crate) type Place = Option<(f64, f64)>;

/// How long the second press of a double click takes at most.
const DOUBLE_PRESS: Duration = Duration::from_millis(520);

/// Returns the centre of an element, at the edge of the window where it will be scrolled to.
const CENTRE: &str = "const box = arguments[0].getBoundingClientRect();
    const within = (at, end) => Math.min(Math.max(at, 0), end);
    return [within(box.x + box.width / 2, innerWidth), within(box.y + box.height / 2, innerHeight)]";

impl Page {
    pub(crate) fn new(driver: Driver, base_url: &str) -> Self {
        Self {
            driver,
            origin: base_url.trim_end_matches('/').to_owned(),
            told: RefCell::default(),
            tabs: RefCell::default(),
            console: Rc::default(),
            pressed: Cell::new(None),
        }
    }

    /// Creates a page in another browser for the same journey.
    pub(crate) fn elsewhere(driver: Driver, here: &Self) -> Self {
        Self {
            console: Rc::clone(&here.console),
            ..Self::new(driver, &here.origin)
        }
    }

    /// Returns the browser when the journey is over.
    pub(crate) fn into_driver(self) -> Driver {
        self.driver
    }

    /// Returns whether the browser or its driver has ended.
    #[must_use]
    pub fn browser_has_ended(&self) -> bool {
        self.driver.has_ended()
    }

    /// Navigates to an address: a path of the panel, or a whole URL.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn open(&self, address: &str) -> Result<()> {
        self.tell(format!("open {address}"));
        let url = if address.starts_with('/') {
            format!("{}{address}", self.origin)
        } else {
            address.to_owned()
        };
        self.driver.session.goto(url).await?;
        Ok(())
    }

    /// Reloads the page.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn reload(&self) -> Result<()> {
        self.tell("reload");
        match self.driver.browser() {
            Browser::Firefox => {
                let reload = include_str!("reload_firefox.js");
                self.driver.in_firefox(reload, &[]).map(drop)
            }
            Browser::Chromium | Browser::WebKit => Ok(self.driver.session.refresh().await?),
        }
    }

    /// Goes back in the history.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn back(&self) -> Result<()> {
        self.tell("go back");
        Ok(self.driver.session.back().await?)
    }

    /// Clicks an element.
    ///
    /// # Errors
    /// When there is no such element, or more than one, or another one covers it.
    pub async fn click(&self, target: Target) -> Result<()> {
        self.tell(format!("click {target}"));
        eventually(async || {
            let element = target.find(&self.driver).await?;
            let place = self
                .driver
                .session
                .execute(CENTRE, vec![element.to_json()?])
                .await?;
            let place: Place = place.convert()?;
            self.not_twice(place).await;
            self.until_settled(&element).await?;
            let clicked = element.click().await;
            self.note_press(place);
            if clicked.is_err() {
                // WebKitGTK's driver does not always scroll up to an element above the screen.
                element.scroll_into_view().await?;
            }
            Ok(clicked?)
        })
        .await
        .with_context(|| format!("{target} cannot be clicked"))
    }

    /// Lets a double click end before the next press at the same place, as a person does who means another thing. The
    /// panel drops the second press of a double click.
    pub(crate) async fn not_twice(&self, place: Place) {
        if let Some((at, last)) = self.pressed.get() {
            let is_same = match (place, last) {
                (Some((x, y)), Some((was_x, was_y))) => {
                    (x - was_x).abs() < 16.0 && (y - was_y).abs() < 48.0
                }
                (one, other) => one.is_none() == other.is_none(),
            };
            if is_same && let Some(left) = DOUBLE_PRESS.checked_sub(at.elapsed()) {
                tokio::time::sleep(left).await;
            }
        }
    }

    /// Notes a press. The driver's call has returned: the press came at some time during it.
    pub(crate) fn note_press(&self, place: Place) {
        self.pressed.set(Some((Instant::now(), place)));
    }

    /// Clicks an element twice, as people do who take it for a file.
    ///
    /// # Errors
    /// When there is no such element.
    pub async fn double_click(&self, target: Target) -> Result<()> {
        self.tell(format!("double click {target}"));
        let element = eventually(async || target.find(&self.driver).await).await?;
        let mouse = self.driver.session.action_chain();
        Ok(mouse.double_click_element(&element).perform().await?)
    }

    /// Waits while an element is unavailable, for as long as a button that has just appeared is.
    pub(crate) async fn until_settled(&self, element: &WebElement) -> Result<()> {
        let mut waited = Duration::ZERO;
        while waited < SETTLES && element.attr("aria-disabled").await?.is_some() {
            tokio::time::sleep(PAUSE).await;
            waited += PAUSE;
        }
        Ok(())
    }

    /// Presses the mouse button over an element, and holds it.
    ///
    /// # Errors
    /// When there is no such element.
    pub async fn hold_down(&self, target: Target) -> Result<()> {
        self.tell(format!("hold {target} down"));
        let element = eventually(async || target.find(&self.driver).await).await?;
        let mouse = self.driver.session.action_chain();
        Ok(mouse.click_and_hold_element(&element).perform().await?)
    }

    /// Releases the mouse button.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn let_go(&self) -> Result<()> {
        self.tell("let go");
        let mouse = self.driver.session.action_chain();
        Ok(mouse.release().perform().await?)
    }

    /// Waits until exactly one such element is visible.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub async fn see(&self, target: Target) -> Result<()> {
        self.tell(format!("see {target}"));
        eventually(async || target.find(&self.driver).await.map(drop))
            .await
            .with_context(|| format!("{target} is not there"))
    }

    /// Waits until no such element is there (any more).
    ///
    /// # Errors
    /// When it stays.
    pub async fn see_no(&self, target: Target) -> Result<()> {
        self.tell(format!("see no {target}"));
        eventually(async || {
            let count = target.count_left(&self.driver).await?;
            ensure!(count == 0, "{target} is there");
            Ok(())
        })
        .await
    }

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

    /// Waits for an address: path and query after the segment that names the organisation.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn arrive_at(&self, address: &str) -> Result<()> {
        self.tell(format!("arrive at {address}"));
        eventually(async || {
            let now = self.address().await?;
            ensure!(now == address, "The page is at {now}, not at {address}");
            Ok(())
        })
        .await
    }

    /// Waits for an address: path and query from the first segment.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn arrive_at_whole(&self, address: &str) -> Result<()> {
        self.tell(format!("arrive at {address}"));
        eventually(async || {
            let now = self.whole_address().await?;
            ensure!(now == address, "The page is at {now}, not at {address}");
            Ok(())
        })
        .await
    }

    /// Returns the page's path and query after the segment that names the organisation.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn address(&self) -> Result<String> {
        Ok(behind_organisation(&self.whole_address().await?).to_owned())
    }

    /// Returns the page's path and query.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn whole_address(&self) -> Result<String> {
        let url = self.driver.session.current_url().await?;
        let query = url.query().map(|query| format!("?{query}"));
        Ok(format!("{}{}", url.path(), query.unwrap_or_default()))
    }

    /// Returns the tab's title.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn tab(&self) -> Result<String> {
        Ok(self.driver.session.title().await?)
    }

    /// Runs a script in the page: the body of a function.
    ///
    /// # Errors
    /// When it throws.
    pub async fn script(&self, body: &str, arguments: &[Value]) -> Result<Value> {
        let answer = self
            .driver
            .session
            .execute(body, arguments.to_vec())
            .await?;
        Ok(answer.json().clone())
    }

    /// Waits until a script returns something other than null or false.
    ///
    /// # Errors
    /// When it never does.
    pub async fn script_says(&self, body: &str) -> Result<Value> {
        eventually(async || {
            let fits = "(seen) => seen !== null && seen !== undefined && seen !== false";
            let answer = wait::look(&self.driver, body, fits, Vec::new()).await?;
            let is_something = !matches!(answer, Value::Null | Value::Bool(false));
            ensure!(is_something, "{body} says {answer}");
            Ok(answer)
        })
        .await
    }

    /// Records a step, to explain a failure later.
    pub(crate) fn tell(&self, what: impl Into<String>) {
        self.told.borrow_mut().push(what.into());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_excludes_the_organisation() {
        for (address, behind) in [
            ("/127.0.0.1:80/operators?q=a", "/operators?q=a"),
            ("/acme.example/", "/"),
            ("/domains/shop.acme.example", "/domains/shop.acme.example"),
            ("/connect?next=%2F", "/connect?next=%2F"),
            ("/operators?q=a/b.c", "/operators?q=a/b.c"),
            ("/", "/"),
        ] {
            assert_eq!(behind_organisation(address), behind);
        }
    }
}
