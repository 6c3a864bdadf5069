//! The browser's driver, with one session: a browser with a fresh profile.

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

/// A driver with its browser. Both are closed when this is dropped, even after a panic.
#[derive(Debug)]
pub(crate) struct Driver {
    /// The driver's supervisor, which ends when its standard input closes.
    process: Process,
    /// The folder for the profile and all other files of driver and browser. The supervisor deletes it.
    scratch: PathBuf,
    address: String,
    browser: Browser,
    dirty: Cell<bool>,
    has_odd_tab: Cell<bool>,
    /// The session.
    pub(crate) session: WebDriver,
}

impl Driver {
    /// Starts the driver and a browser.
    pub(crate) async fn start(settings: &Settings) -> Result<Self> {
        let capabilities = settings.browser.capabilities(&settings.program);
        Self::start_as(settings, capabilities).await
    }

    /// Starts the driver and a browser with these capabilities.
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
            // Hides the browser's toolbars, so that Tab goes from the page's last stop to its first. The driver's
            // keys reach only the page, and once the toolbars have the focus the page counts as unfocused.
            let still = "document.getElementById('navigator-toolbox').style.display = 'none'";
            driver.in_firefox(still, &[])?;
        }
        Ok(driver)
    }

    /// Returns a folder that is deleted with the browser.
    pub(crate) fn scratch(&self) -> &Path {
        &self.scratch
    }

    /// Returns the browser's engine.
    pub(crate) fn browser(&self) -> Browser {
        self.browser
    }

    /// Excludes this browser from further journeys.
    pub(crate) fn mark_dirty(&self) {
        self.dirty.set(true);
    }

    /// Returns whether no other journey may use it.
    pub(crate) fn is_dirty(&self) -> bool {
        self.dirty.get()
    }

    /// Records a change that only a new tab undoes.
    pub(crate) fn note_odd_tab(&self) {
        self.has_odd_tab.set(true);
    }

    /// Returns whether the tab has such a change, once: the caller then opens a new tab.
    pub(crate) fn has_odd_tab(&self) -> bool {
        self.has_odd_tab.take()
    }

    /// Returns whether the browser or the driver has ended, so that no command reaches a page.
    pub(crate) fn has_ended(&self) -> bool {
        let target = format!("/session/{}/window/handles", self.session.session_id());
        let Ok(answer) = Request::new("GET", &target).send(&self.address) else {
            // A driver that is only slow still accepts connections.
            return TcpStream::connect(&self.address).is_err();
        };
        let error = answer.body_json().unwrap_or_default()["value"]["error"].clone();
        // Chromium's driver reports the lost connection to the browser.
        error == "invalid session id" || error == "disconnected"
    }

    /// Sends a line to the driver's supervisor.
    pub(crate) fn tell_keeper(&self, line: &str) -> Result<()> {
        self.process.tell(line)
    }

    /// Returns the computed role of an element, as assistive technology gets it.
    pub(crate) fn role_of(&self, element: &WebElement) -> Result<String> {
        self.computed(element, "computedrole")
    }

    /// Returns the computed name of an element, as assistive technology gets it.
    pub(crate) fn name_of(&self, element: &WebElement) -> Result<String> {
        self.computed(element, "computedlabel")
    }

    /// Runs a script (the body of a function) in Firefox's own window, with the user's rights.
    pub(crate) fn in_firefox(&self, body: &str, arguments: &[Value]) -> Result<Value> {
        ensure!(self.browser == Browser::Firefox, "This is not Firefox.");
        self.command("POST", "moz/context", &json!({ "context": "chrome" }))?;
        let script = json!({ "script": body, "args": arguments });
        let answer = self.command("POST", "execute/sync", &script);
        self.command("POST", "moz/context", &json!({ "context": "content" }))?;
        answer
    }

    /// Sends one of the two WebDriver commands that the client lacks.
    fn computed(&self, element: &WebElement, what: &str) -> Result<String> {
        let path = format!("element/{}/{what}", element.element_id());
        let answer = self.command("GET", &path, &Value::Null)?;
        let text = answer
            .as_str()
            .with_context(|| format!("No {what}: {answer}"))?;
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Sends a WebDriver command without the client. `body` is null for reads.
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
        // Closing the session through the client needs the runtime; the supervisor closes it instead.
        let _ = self.session.clone().leak();
    }
}
