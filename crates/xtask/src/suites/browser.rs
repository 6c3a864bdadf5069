//! The tests that need a browser: the panel's components, and the journeys.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::json;

use super::run::Runner;
use crate::panel::{self, sizes::Sizes};
use crate::process::Child;
use crate::project::Project;
use crate::tools::browsers::Browser;
use crate::tools::rust::WASM_TARGET;
use crate::{say, serve, tools};

/// The component tests in one browser.
pub fn components(project: &Project, runner: &mut Runner, browser: Browser) -> Result<()> {
    let tools = tools::for_browser_tests(project, browser)?;
    let driven = tools.driven;
    let mut tests = project.cargo();
    tests
        .args([
            "test",
            "--locked",
            "--no-fail-fast",
            "--package",
            "switchboard",
        ])
        .args(["--target", WASM_TARGET, "--test", "*"])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            tools.wasm_bindgen_test_runner,
        )
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    // The runner takes the first driver that it hears of.
    for driver in [
        "GECKODRIVER",
        "SAFARIDRIVER",
        "CHROMEDRIVER",
        "MSEDGEDRIVER",
    ] {
        tests.env_remove(driver);
        tests.env_remove(format!("{driver}_REMOTE"));
        tests.env_remove(format!("{driver}_ARGS"));
    }
    // It looks for a browser of its own accord, too; this names the one that was found to fit the driver.
    let (driver, options) = match browser {
        Browser::Chromium => (
            "CHROMEDRIVER",
            json!({ "goog:chromeOptions": { "binary": driven.browser } }),
        ),
        Browser::Firefox => (
            "GECKODRIVER",
            json!({ "moz:firefoxOptions": { "binary": driven.browser, "args": ["-headless"] } }),
        ),
        // It knows WebKit by the name of Safari, and asks its driver for nothing in particular.
        Browser::WebKit => ("SAFARIDRIVER", json!({})),
    };
    let capabilities = project
        .target
        .join(format!("webdriver-{}.json", browser.name()));
    std::fs::write(&capabilities, options.to_string())
        .with_context(|| format!("{} cannot be written.", capabilities.display()))?;
    tests
        .env(driver, driven.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities);
    let display = match browser {
        Browser::WebKit => Some(Display::start()?),
        Browser::Chromium | Browser::Firefox => None,
    };
    if let Some(display) = &display {
        tests.env("DISPLAY", &display.name);
    }
    runner.tests(
        &format!("Component tests in {}", browser.title()),
        &mut tests,
    )
}

/// The journeys in each of these browsers, one after the other: each of them has as many at once as the machine carries.
pub fn journeys(project: &Project, runner: &mut Runner, browsers: &[Browser]) -> Result<()> {
    let axe = tools::for_accessibility_checks(project)?;
    let panel_tools = tools::for_panel(project)?;
    let dist = panel::build(project, &panel_tools)?;
    let sizes = Sizes::of(&dist).context("The built panel cannot be weighed.")?;
    say::result(&sizes);
    runner.holds("Sizes of the built panel", sizes.check_budget());
    let sandbox = serve::build_sandbox(project)?;
    for browser in browsers {
        let name = format!("Journeys in {}", browser.title());
        super::count(runner, &name, |runner| {
            let driven = tools::for_browser_tests(project, *browser)?.driven;
            let (program, driver) = browser.variables();
            let mut tests = project.cargo();
            tests
                .args(["test", "--locked", "--no-fail-fast"])
                .args(["--package", "switchboard-e2e"])
                .env("SWITCHBOARD_SANDBOX", &sandbox)
                .env("SWITCHBOARD_DIST", &dist)
                .env("SWITCHBOARD_BROWSER", browser.name())
                .env("SWITCHBOARD_AXE", &axe)
                .env("SWITCHBOARD_ARTIFACTS", artifacts(project, *browser))
                .env(program, driven.browser)
                .env(driver, driven.driver);
            runner.tests(&name, &mut tests)
        });
    }
    Ok(())
}

/// Where pictures and what is left of failures go.
fn artifacts(project: &Project, browser: Browser) -> PathBuf {
    project.target.join("e2e").join(browser.name())
}

/// A display that nobody sees. Dropping it ends it.
struct Display {
    _program: Child,
    name: String,
}

impl Display {
    fn start() -> Result<Self> {
        let mut command = Command::new("Xvfb");
        command
            .args(["-displayfd", "1", "-screen", "0", "1440x1000x24"])
            .args(["-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut program = Child::spawn(&mut command)?;
        let said = program.inner.stdout.take();
        let mut number = String::new();
        std::io::BufRead::read_line(
            &mut std::io::BufReader::new(said.context("Xvfb has no output.")?),
            &mut number,
        )?;
        Ok(Self {
            _program: program,
            name: format!(":{}", number.trim()),
        })
    }
}
