//! The tests that need a browser: the panel's functions, components and screens, and the journeys.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow};
use serde_json::json;

use super::host::linting_tests;
use super::run::{Runner, Tests};
use crate::panel::{self, Mode, sizes::Sizes};
use crate::process::Child;
use crate::project::Project;
use crate::tools::browsers::{Browser, Driven};
use crate::tools::rust::WASM_TARGET;
use crate::{console, serve, tools};

/// The builds that the journeys need.
pub struct Built {
    sandbox: PathBuf,
    dist: PathBuf,
    axe: PathBuf,
}

/// The packages that only a browser runs.
const IN_BROWSER: [&str; 4] = ["--package", "switchboard", "--package", "switchboard-floor"];

/// The cargo arguments for the journeys.
const JOURNEYS: [&str; 2] = ["--package", "switchboard-e2e"];

/// The journeys J1 to J4 of the design, which a build by plain Trunk must pass.
const TRUNK_JOURNEYS: [&str; 4] = [
    "newcomer::",
    "connect::",
    "endpoint_06_a_domain",
    "embed_code::",
];

/// Lints and runs the tests of the panel in the browsers: its functions, its components, and every screen with every
/// answer.
///
/// # Errors
/// When a tool or browser is unavailable, or the tests do not compile.
pub fn components(runner: &Runner, browsers: &[Browser]) -> Result<()> {
    let project = runner.project;
    tools::rust_parts(project)?;
    let tests = |packages: &[&str]| {
        let mut tests = linting_tests(project);
        tests.args(["--target", WASM_TARGET]).args(packages);
        tests
    };
    let name = "Component tests: compile and lint";
    runner.stages.measure(name, || {
        runner.logged(name, tests(&IN_BROWSER).arg("--no-run"))
    })?;
    let test_runner = tools::for_components(project)?;
    let mut all = Vec::new();
    let mut displays = Vec::new();
    for browser in browsers {
        let name = format!("Component tests in {}", browser.title());
        let prepared = tools::for_browser_tests(project, *browser).and_then(|driven| {
            let mut command = tests(&IN_BROWSER[..2]);
            command.args(["--lib", "--test", "*"]);
            if *browser == Browser::WebKit {
                let display = Display::start()?;
                command.env("DISPLAY", &display.name);
                displays.push(display);
            }
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &test_runner);
            run_in(&mut command, project, *browser, &driven)?;
            Ok(command)
        });
        match prepared {
            Ok(command) => all.push(Tests { name, command }),
            Err(error) => runner.fail(&name, &error),
        }
    }
    runner.tests(all);
    Ok(())
}

/// Makes wasm-bindgen's runner use this browser and no other.
fn run_in(
    command: &mut Command,
    project: &Project,
    browser: Browser,
    driven: &Driven,
) -> Result<()> {
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "900");
    // The runner uses the first driver that it finds here.
    for driver in [
        "GECKODRIVER",
        "SAFARIDRIVER",
        "CHROMEDRIVER",
        "MSEDGEDRIVER",
    ] {
        command.env_remove(driver);
        command.env_remove(format!("{driver}_REMOTE"));
        command.env_remove(format!("{driver}_ARGS"));
    }
    let Driven {
        browser: program,
        driver: driver_program,
    } = driven;
    let (driver, options) = match browser {
        Browser::Chromium => (
            "CHROMEDRIVER",
            json!({ "goog:chromeOptions": { "binary": program } }),
        ),
        Browser::Firefox => (
            "GECKODRIVER",
            json!({ "moz:firefoxOptions": { "binary": program, "args": ["-headless"] } }),
        ),
        // The runner knows WebKit as Safari, and sends its driver no capabilities.
        Browser::WebKit => ("SAFARIDRIVER", json!({})),
    };
    let capabilities = project
        .target
        .join(format!("webdriver-{}.json", browser.name()));
    std::fs::write(&capabilities, options.to_string())
        .with_context(|| format!("{} cannot be written.", capabilities.display()))?;
    command
        .env(driver, driver_program)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities);
    Ok(())
}

/// Builds the panel, the sandbox and the journeys.
///
/// # Errors
/// When a tool is unavailable or something does not compile.
pub fn build(runner: &Runner, mode: Mode) -> Result<Built> {
    let project = runner.project;
    let (dist, rest) = std::thread::scope(|scope| {
        let rest = scope.spawn(|| -> Result<_> {
            let name = "Journeys and sandbox: compile";
            runner.stages.measure(name, || {
                let sandbox = serve::build_sandbox(project, Mode::Development)?;
                runner.logged(name, journeys_of(project).arg("--no-run"))?;
                Ok((sandbox, tools::for_accessibility_checks(project)?))
            })
        });
        let dist = runner
            .stages
            .measure("Panel", || panel::build(project, mode));
        (dist, rest.join())
    });
    let (sandbox, axe) = rest.map_err(|_| anyhow!("The build ended unexpectedly."))??;
    let dist = dist?;
    if mode == Mode::Release && !runner.is_filtered() {
        let sizes = Sizes::of(&dist).context("The built panel cannot be weighed.")?;
        console::result(&sizes);
        runner.holds("Sizes of the built panel", sizes.check_budget());
    }
    Ok(Built { sandbox, dist, axe })
}

/// Runs the journeys and the fault matrix in each of these browsers: engine-dependent ones in each, and everything in
/// Chromium or with `full`.
///
/// # Errors
/// None at present: an unavailable browser counts as a failure.
pub fn journeys(runner: &Runner, built: &Built, browsers: &[Browser], full: bool) -> Result<()> {
    let mut all = Vec::new();
    for browser in browsers {
        let name = format!("Journeys in {}", browser.title());
        match journeys_in(runner.project, built, *browser) {
            Ok(mut command) => {
                if full {
                    command.env("SWITCHBOARD_FULL", "1");
                } else if *browser == Browser::WebKit {
                    command.args(["--test", "journeys"]);
                }
                all.push(Tests { name, command });
            }
            Err(error) => runner.fail(&name, &error),
        }
    }
    runner.tests(all);
    Ok(())
}

/// Runs the journeys J1 to J4 on the panel as `trunk build --release` builds it.
///
/// # Errors
/// When Trunk is unavailable or its build fails.
pub fn trunk(runner: &Runner) -> Result<()> {
    let project = runner.project;
    let dist = project.target.join("trunk-dist");
    let name = "Panel by Trunk";
    runner.stages.measure(name, || {
        runner.logged(name, &mut tools::trunk_build(project, &dist)?)
    })?;
    let mut built = build(runner, Mode::Release)?;
    built.dist = dist;
    let mut command = journeys_in(project, &built, Browser::Chromium)?;
    command
        .args(["--test", "journeys", "--"])
        .args(TRUNK_JOURNEYS);
    runner.tests(vec![Tests {
        name: "Journeys on the panel by Trunk".to_owned(),
        command,
    }]);
    Ok(())
}

fn journeys_of(project: &Project) -> Command {
    let mut tests = project.cargo();
    tests
        .args(["test", "--locked", "--no-fail-fast"])
        .args(JOURNEYS);
    tests
}

fn journeys_in(project: &Project, built: &Built, browser: Browser) -> Result<Command> {
    let driven = tools::for_browser_tests(project, browser)?;
    let (program, driver) = browser.variables();
    let mut tests = journeys_of(project);
    tests
        .env("SWITCHBOARD_SANDBOX", &built.sandbox)
        .env("SWITCHBOARD_DIST", &built.dist)
        .env("SWITCHBOARD_BROWSER", browser.name())
        .env("SWITCHBOARD_AXE", &built.axe)
        .env("SWITCHBOARD_ARTIFACTS", artifacts(project, browser))
        // A failure reports its steps; a backtrace of the harness would add nothing.
        .env("RUST_BACKTRACE", "0")
        .env(program, driven.browser)
        .env(driver, driven.driver);
    if std::env::var_os("SWITCHBOARD_SHUFFLE").is_some() {
        // Each test waits in its own thread for its turn.
        tests.env("RUST_TEST_THREADS", "1000");
    }
    Ok(tests)
}

/// Returns the folder for screenshots and other artifacts of failures.
fn artifacts(project: &Project, browser: Browser) -> PathBuf {
    project.target.join("e2e").join(browser.name())
}

/// A virtual display. It ends when this is dropped.
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
