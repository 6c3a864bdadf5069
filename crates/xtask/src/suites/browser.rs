//! The tests that need a browser: the panel's components, and the journeys.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::{Value, json};

use super::record::{Inputs, Record};
use super::run::{Runner, Tests};
use crate::panel::{self, sizes::Sizes};
use crate::process::Child;
use crate::project::Project;
use crate::tools::browsers::{Browser, Driven};
use crate::tools::rust::WASM_TARGET;
use crate::{say, serve, tools};

/// The component tests in one browser.
pub fn components(project: &Project, runner: &mut Runner, browser: Browser) -> Result<()> {
    let tools = tools::for_browser_tests(project, browser)?;
    let driven = tools.driven;
    let mut inputs = inputs(browser, &driven)?;
    inputs.file(&tools.wasm_bindgen_test_runner)?;
    let components = || {
        let mut tests = tests_of(project, ["--package", "switchboard"]);
        tests.args(["--target", WASM_TARGET, "--test", "*"]);
        tests
    };
    for program in test_programs(&mut components())? {
        inputs.file(&program)?;
    }
    let mut tests = components();
    tests
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
    runner.side_by_side(vec![Tests {
        name: format!("Component tests in {}", browser.title()),
        mark: None,
        command: tests,
        record: Some(Record::new(
            project,
            &format!("components-{}", browser.name()),
            inputs,
        )),
    }])
}

/// The journeys in each of these browsers, and the fault matrix; that in WebKitGTK only `in_full` (docs/testing.md, "Engines").
pub fn journeys(
    project: &Project,
    runner: &mut Runner,
    browsers: &[Browser],
    in_full: bool,
) -> Result<()> {
    let axe = tools::for_accessibility_checks(project)?;
    let panel_tools = tools::for_panel(project)?;
    // The end of the panel's build keeps one core busy, for a minute.
    let (dist, built) = std::thread::scope(|scope| {
        let rest = scope.spawn(|| -> Result<_> {
            let sandbox = serve::build_sandbox(project)?;
            Ok((sandbox, test_programs(&mut tests_of(project, JOURNEYS))?))
        });
        (panel::build(project, &panel_tools), rest.join())
    });
    let (sandbox, programs) = built.map_err(|_| anyhow!("The build ended unexpectedly."))??;
    let dist = dist?;
    let sizes = Sizes::of(&dist).context("The built panel cannot be weighed.")?;
    say::result(&sizes);
    runner.holds("Sizes of the built panel", sizes.check_budget());
    let mut all = Vec::new();
    for browser in browsers {
        let name = format!("Journeys in {}", browser.title());
        super::count(runner, &name, |_| {
            let driven = tools::for_browser_tests(project, *browser)?.driven;
            let mut inputs = inputs(*browser, &driven)?;
            inputs.folder(&dist)?;
            for file in programs.iter().chain([&sandbox, &axe]) {
                inputs.file(file)?;
            }
            let (program, driver) = browser.variables();
            let mut tests = tests_of(project, JOURNEYS);
            if !in_full && *browser == Browser::WebKit {
                tests.args(WITHOUT_MATRIX);
                inputs.text("without the matrix");
            }
            tests
                .env("SWITCHBOARD_SANDBOX", &sandbox)
                .env("SWITCHBOARD_DIST", &dist)
                .env("SWITCHBOARD_BROWSER", browser.name())
                .env("SWITCHBOARD_AXE", &axe)
                .env("SWITCHBOARD_ARTIFACTS", artifacts(project, *browser))
                // A failure tells its story: where in the harness it was noticed says nothing more.
                .env("RUST_BACKTRACE", "0")
                .env(program, driven.browser)
                .env(driver, driven.driver);
            let suite = format!("journeys-{}", browser.name());
            all.push(Tests {
                name: name.clone(),
                mark: Some(browser.name()),
                command: tests,
                record: Some(Record::new(project, &suite, inputs)),
            });
            Ok(())
        });
    }
    runner.side_by_side(all)
}

/// What the journeys are for cargo.
const JOURNEYS: [&str; 2] = ["--package", "switchboard-e2e"];

/// All of them but the fault matrix.
const WITHOUT_MATRIX: [&str; 3] = ["--lib", "--test", "journeys"];

fn tests_of(project: &Project, which: [&str; 2]) -> Command {
    let mut tests = project.cargo();
    tests
        .args(["test", "--locked", "--no-fail-fast"])
        .args(which);
    tests
}

/// What every suite in a browser depends on, whatever it tests.
fn inputs(browser: Browser, driven: &Driven) -> Result<Inputs> {
    let mut inputs = Inputs::of_environment();
    let version = browser.find().map(|found| found.version);
    inputs.program(&driven.browser, &version.unwrap_or_default())?;
    inputs.program(&driven.driver, "")?;
    Ok(inputs)
}

/// Builds what `tests` would run: the programs.
fn test_programs(tests: &mut Command) -> Result<Vec<PathBuf>> {
    tests
        .args(["--no-run", "--message-format=json-render-diagnostics"])
        .stdout(Stdio::piped());
    let mut child = Child::spawn(tests)?;
    let said = child.inner.stdout.take().context("cargo has no output.")?;
    let mut programs = Vec::new();
    for line in BufReader::new(said).lines() {
        let message: Value = serde_json::from_str(&line?).unwrap_or_default();
        programs.extend(message["executable"].as_str().map(PathBuf::from));
    }
    ensure!(
        child.wait()?.success(),
        "The tests could not be built; cargo's own words are above."
    );
    programs.sort();
    Ok(programs)
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
        BufReader::new(said.context("Xvfb has no output.")?).read_line(&mut number)?;
        Ok(Self {
            _program: program,
            name: format!(":{}", number.trim()),
        })
    }
}
