//! `cargo xtask test`: every check there is, each told as it runs, and one line at the end that counts them.

mod run;
mod tally;

use std::io::IsTerminal;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::panel::sizes::Sizes;
use crate::project::Project;
use crate::tools::rust::WASM_TARGET;
use crate::{panel, say, serve, tools};
use run::Runner;

/// A part of the tests that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Suite {
    /// Formatting, lints, and every test that needs no browser
    Native,
    /// The panel's components and storage, in a headless browser
    Components,
    /// The journeys through the built panel, in a browser against the sandbox
    Journeys,
}

impl Suite {
    fn name(self) -> &'static str {
        match self {
            Self::Native => "native tests",
            Self::Components => "component tests",
            Self::Journeys => "journeys",
        }
    }
}

/// A browser that the tests can drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Browser {
    /// Chromium
    Chromium,
}

/// Runs `suite`, or all of them, and counts. `filter` goes to the test programs; with one, only tests run.
pub fn test(
    project: &Project,
    suite: Option<Suite>,
    browser: Browser,
    filter: &[String],
) -> Result<ExitCode> {
    let Browser::Chromium = browser;
    let mut runner = Runner::new(project, filter);
    let suites = suite.map_or_else(|| Suite::value_variants().to_vec(), |suite| vec![suite]);
    for suite in suites {
        let outcome = match suite {
            Suite::Native => native(project, &mut runner),
            Suite::Components => components(project, &mut runner),
            Suite::Journeys => journeys(project, &mut runner),
        };
        // What keeps one part from running at all must not keep the others from telling what they know.
        if let Err(error) = outcome {
            crate::process::wait_if_stopping();
            say::line(&format!("{error:#}"));
            runner.tally.fail(&format!("set-up for {}", suite.name()));
        }
    }
    Ok(runner.tally.conclude())
}

fn native(project: &Project, runner: &mut Runner) -> Result<()> {
    tools::for_native_tests(project)?;
    let mut formatting = project.cargo();
    formatting.args(["fmt", "--all", "--check"]);
    if !std::io::stdout().is_terminal() {
        formatting.args(["--", "--color", "never"]);
    }
    runner.check("Formatting", &mut formatting)?;
    let deny = ["--", "-D", "warnings"];
    let clippy = ["clippy", "--locked", "--all-targets"];
    runner.check(
        "Lints",
        project.cargo().args(clippy).arg("--workspace").args(deny),
    )?;
    let panel = ["--package", "switchboard", "--target", WASM_TARGET];
    runner.check(
        "Lints of the panel as the browser runs it",
        project.cargo().args(clippy).args(panel).args(deny),
    )?;
    let tests = [
        "test",
        "--locked",
        "--no-fail-fast",
        "--workspace",
        "--exclude",
        "switchboard-e2e",
    ];
    runner.tests("Native tests", project.cargo().args(tests))?;
    if runner.is_filtered() {
        return Ok(());
    }
    for (name, held) in crate::fuzz::short_run(project)? {
        if held {
            runner.pass(&name);
        } else {
            runner.tally.fail(&name);
        }
    }
    Ok(())
}

fn components(project: &Project, runner: &mut Runner) -> Result<()> {
    let browser = tools::for_browser_tests(project)?;
    // The runner looks for a browser of its own accord; this names the one that was found to fit the driver.
    let capabilities = project.target.join("webdriver.json");
    let options =
        serde_json::json!({ "goog:chromeOptions": { "binary": browser.chromium.browser } });
    std::fs::write(&capabilities, options.to_string())
        .with_context(|| format!("{} cannot be written.", capabilities.display()))?;
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
            browser.wasm_bindgen_test_runner,
        )
        .env("CHROMEDRIVER", browser.chromium.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    // The runner would prefer these.
    for variable in [
        "GECKODRIVER",
        "GECKODRIVER_REMOTE",
        "SAFARIDRIVER",
        "SAFARIDRIVER_REMOTE",
        "CHROMEDRIVER_REMOTE",
    ] {
        tests.env_remove(variable);
    }
    runner.tests("Component tests in Chromium", &mut tests)
}

fn journeys(project: &Project, runner: &mut Runner) -> Result<()> {
    let browser = tools::for_browser_tests(project)?;
    let axe = tools::for_accessibility_checks(project)?;
    let panel_tools = tools::for_panel(project)?;
    let dist = panel::build(project, &panel_tools)?;
    let sizes = Sizes::of(&dist).context("The built panel cannot be weighed.")?;
    say::result(&sizes);
    runner.holds("Sizes of the built panel", sizes.check_budget());
    let sandbox = serve::build_sandbox(project)?;
    let mut tests = project.cargo();
    tests
        .args([
            "test",
            "--locked",
            "--no-fail-fast",
            "--package",
            "switchboard-e2e",
        ])
        .env("SWITCHBOARD_SANDBOX", sandbox)
        .env("SWITCHBOARD_DIST", dist)
        .env("SWITCHBOARD_BROWSER", "chromium")
        .env("SWITCHBOARD_AXE", axe)
        .env("SWITCHBOARD_ARTIFACTS", project.target.join("e2e"))
        .env("CHROMIUM", browser.chromium.browser)
        .env("CHROMEDRIVER", browser.chromium.driver);
    runner.tests("Journeys in Chromium", &mut tests)
}
