//! What a user does with a page, and sees on it. Every verb waits until it can be done, or fails at its timeout.

mod press;
mod text;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use thirtyfour::WindowHandle;

use crate::browser::Browser;
use crate::console_log::ConsoleLog;
use crate::driver::Driver;
use crate::eventually::eventually;
use crate::target::{Target, behind_organisation};
use crate::wait;

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
}

#[cfg(test)]
mod tests;
