//! The program that drives the browser, and one session of it: a browser with a fresh profile.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver, WebElement};

use crate::browser::Browser;
use crate::http::Request;
use crate::process::Process;
use crate::settings::Settings;

/// How long the driver may take to close its browser.
const FAREWELL: Duration = Duration::from_secs(5);

/// A driver with its browser. Dropping it closes both, also when the journey panicked.
#[derive(Debug)]
pub(crate) struct Driver {
    process: Process,
    /// Where driver and browser put their profile and whatever else they leave behind. After `process`: dropped once that has ended.
    scratch: TempDir,
    address: String,
    browser: Browser,
    /// The session.
    pub(crate) session: WebDriver,
}

impl Driver {
    /// Starts the driver, and a browser.
    pub(crate) async fn start(settings: &Settings) -> Result<Self> {
        let browser = settings.browser;
        let scratch = TempDir::new()?;
        let mut command = browser.driver_command(&settings.driver);
        command.env("TMPDIR", scratch.path());
        let (process, port) = Process::start(&mut command, |line| browser.driver_port(line))?;
        let address = format!("127.0.0.1:{port}");
        let capabilities = Capabilities::from(browser.capabilities(&settings.program));
        let session = WebDriver::new(format!("http://{address}"), capabilities)
            .await
            .with_context(|| format!("No browser. The driver said:\n{}", process.said()))?;
        Ok(Self {
            process,
            scratch,
            address,
            browser,
            session,
        })
    }

    /// A folder that goes away with the browser.
    pub(crate) fn scratch(&self) -> &Path {
        self.scratch.path()
    }

    /// What is driven.
    pub(crate) fn browser(&self) -> Browser {
        self.browser
    }

    /// The role of an element, as the browser tells it to assistive technology.
    pub(crate) fn role_of(&self, element: &WebElement) -> Result<String> {
        self.computed(element, "computedrole")
    }

    /// The name of an element, as the browser tells it to assistive technology.
    pub(crate) fn name_of(&self, element: &WebElement) -> Result<String> {
        self.computed(element, "computedlabel")
    }

    /// The two commands of WebDriver that the client has no function for.
    fn computed(&self, element: &WebElement, what: &str) -> Result<String> {
        let (session, element) = (self.session.session_id(), element.element_id());
        let target = format!("/session/{session}/element/{element}/{what}");
        let answer = Request::new("GET", &target).send(&self.address)?;
        let body = answer.body_json()?;
        let text = body["value"]
            .as_str()
            .with_context(|| format!("No {what}: {body}"))?;
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The client's own farewell needs the runtime; the driver's takes every browser along that it started.
        let _ = self.session.clone().leak();
        let asked = match self.browser {
            Browser::Chromium => Request::new("GET", "/shutdown").send(&self.address),
        };
        if asked.is_ok() {
            self.process.wait_a_while(FAREWELL);
        }
    }
}
