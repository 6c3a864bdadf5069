//! The program that drives the browser, and one session of it: a browser with a fresh profile.

use std::cell::Cell;
use std::net::TcpStream;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};
use thirtyfour::{Capabilities, WebDriver, WebElement};

use crate::browser::Browser;
use crate::driver_supervisor;
use crate::http::Request;
use crate::process::Process;
use crate::scratch;
use crate::settings::Settings;

/// A driver with its browser. Dropping it closes both, also when the journey panicked.
#[derive(Debug)]
pub(crate) struct Driver {
    /// The driver's supervisor, which ends once it is let go.
    process: Process,
    /// Where driver and browser put their profile and whatever else they leave behind. Its supervisor takes it away.
    scratch: PathBuf,
    address: String,
    browser: Browser,
    dirty: Cell<bool>,
    has_odd_tab: Cell<bool>,
    /// The session.
    pub(crate) session: WebDriver,
}

impl Driver {
    /// Starts the driver, and a browser.
    pub(crate) async fn start(settings: &Settings) -> Result<Self> {
        let capabilities = settings.browser.capabilities(&settings.program);
        Self::start_as(settings, capabilities).await
    }

    /// Starts the driver, and a browser for which this is asked.
    pub(crate) async fn start_as(
        settings: &Settings,
        capabilities: Map<String, Value>,
    ) -> Result<Self> {
        let browser = settings.browser;
        let scratch = tempfile::Builder::new()
            .prefix("switchboard-e2e-")
            .tempdir_in(scratch::folder())?
            .keep();
        let mut command = driver_supervisor::command(browser, &settings.driver, &scratch)?;
        let (process, port) = Process::start_kept(&mut command, |line| browser.driver_port(line))?;
        let address = format!("127.0.0.1:{port}");
        let capabilities = Capabilities::from(capabilities);
        let session = WebDriver::new(format!("http://{address}"), capabilities)
            .await
            .with_context(|| format!("No browser. The driver said:\n{}", process.said()))?;
        process.tell(&format!("session {}", session.session_id()))?;
        let driver = Self {
            process,
            scratch,
            address,
            browser,
            dirty: Cell::new(false),
            has_odd_tab: Cell::new(false),
            session,
        };
        if browser == Browser::Firefox {
            // From the page's last stop the Tab key has to come round to its first: the driver's keys reach the page alone, and
            // once the browser's bars have the focus the page counts as one that nobody is in.
            let still = "document.getElementById('navigator-toolbox').style.display = 'none'";
            driver.in_firefox(still, &[])?;
        }
        Ok(driver)
    }

    /// A folder that goes away with the browser.
    pub(crate) fn scratch(&self) -> &Path {
        &self.scratch
    }

    /// What is driven.
    pub(crate) fn browser(&self) -> Browser {
        self.browser
    }

    /// Keeps this browser from being used for another journey.
    pub(crate) fn mark_dirty(&self) {
        self.dirty.set(true);
    }

    /// Whether another journey must not use it.
    pub(crate) fn is_dirty(&self) -> bool {
        self.dirty.get()
    }

    /// Notes that something was done to the tab that only another tab is free of.
    pub(crate) fn note_odd_tab(&self) {
        self.has_odd_tab.set(true);
    }

    /// Whether something was done to the tab that only another tab is free of. Asked once: the other tab is next.
    pub(crate) fn has_odd_tab(&self) -> bool {
        self.has_odd_tab.take()
    }

    /// Whether the browser, or the driver itself, ended: no command reaches a page any more.
    pub(crate) fn has_ended(&self) -> bool {
        let target = format!("/session/{}/window/handles", self.session.session_id());
        let Ok(answer) = Request::new("GET", &target).send(&self.address) else {
            // One that is only slow still takes connections.
            return TcpStream::connect(&self.address).is_err();
        };
        let error = answer.body_json().unwrap_or_default()["value"]["error"].clone();
        // Chromium's driver names the connection to the browser, not the browser.
        error == "invalid session id" || error == "disconnected"
    }

    /// Tells the driver's supervisor something.
    pub(crate) fn tell_keeper(&self, line: &str) -> Result<()> {
        self.process.tell(line)
    }

    /// The role of an element, as the browser tells it to assistive technology.
    pub(crate) fn role_of(&self, element: &WebElement) -> Result<String> {
        self.computed(element, "computedrole")
    }

    /// The name of an element, as the browser tells it to assistive technology.
    pub(crate) fn name_of(&self, element: &WebElement) -> Result<String> {
        self.computed(element, "computedlabel")
    }

    /// Runs a script (the body of a function) in Firefox's own window, where it may do what the user may.
    pub(crate) fn in_firefox(&self, body: &str, arguments: &[Value]) -> Result<Value> {
        ensure!(self.browser == Browser::Firefox, "This is not Firefox.");
        self.command("POST", "moz/context", &json!({ "context": "chrome" }))?;
        let script = json!({ "script": body, "args": arguments });
        let answer = self.command("POST", "execute/sync", &script);
        self.command("POST", "moz/context", &json!({ "context": "content" }))?;
        answer
    }

    /// The two commands of WebDriver that the client has no function for.
    fn computed(&self, element: &WebElement, what: &str) -> Result<String> {
        let path = format!("element/{}/{what}", element.element_id());
        let answer = self.command("GET", &path, &Value::Null)?;
        let text = answer
            .as_str()
            .with_context(|| format!("No {what}: {answer}"))?;
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// A command of WebDriver past the client. `body` is null for reads.
    fn command(&self, method: &str, path: &str, body: &Value) -> Result<Value> {
        let target = format!("/session/{}/{path}", self.session.session_id());
        let request = Request::new(method, &target);
        let request = if body.is_null() {
            request
        } else {
            request.json(body)
        };
        let answer = request.send(&self.address)?;
        let body = answer.body_json()?;
        ensure!(answer.status == 200, "{path}: {body}");
        Ok(body["value"].clone())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The client's own farewell needs the runtime; the supervisor says it when it is let go.
        let _ = self.session.clone().leak();
    }
}
