//! `cargo xtask bench`: builds the panel, what it is measured beside, and the program that measures; docs/performance.md says what comes out.

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde_json::json;

use crate::panel::{self, sizes::Sizes};
use crate::project::Project;
use crate::tools::browsers::Browser;
use crate::{process, say, serve, tools};

/// How often what is repeated is: a median deserves seven.
const REPEATS: usize = 7;

/// For whoever is trying something out.
const FEW: usize = 3;

/// A part of the benchmark that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Every file of the first load, beside the floor
    Size,
    /// Cold loads, unthrottled and throttled, beside the floor
    Load,
    /// Lists of thousands of operators, beside the hand-written page
    Lists,
    /// A thousand switches at once, beside the ideal
    Bulk,
    /// Memory after many navigations
    Heap,
    /// Calls of each page, and what is kept in the browser
    Traffic,
}

/// Measures `part`, or everything.
pub fn bench(project: &Project, part: Option<Part>, quick: bool) -> Result<ExitCode> {
    let panel_tools = tools::for_panel(project)?;
    let panel = panel::build(project, &panel_tools)?;
    let floor = panel::floor::build(project, &panel_tools)?;
    let sandbox = serve::build_sandbox(project)?;
    let driven = tools::for_browser_tests(project, Browser::Chromium)?.driven;
    say::step("Building the program that measures");
    process::run_ok(
        project.cargo().args([
            "build",
            "--locked",
            "--package",
            "switchboard-bench",
            "--package",
            "switchboard-e2e",
            "--bins",
        ]),
        "The program that measures could not be built.",
    )?;
    let sizes = project.target.join("bench-sizes.json");
    let weighed =
        json!({ "panel": Sizes::of(&panel)?.to_json(), "floor": Sizes::of(&floor)?.to_json() });
    std::fs::write(&sizes, weighed.to_string())
        .with_context(|| format!("{} cannot be written.", sizes.display()))?;

    let parts = part.map_or_else(|| Part::value_variants().to_vec(), |part| vec![part]);
    let names = parts.iter().filter_map(ValueEnum::to_possible_value);
    let out = project.target.join("bench.json");
    let mut runner = std::process::Command::new(
        project
            .target
            .join("debug")
            .join(format!("switchboard-bench{}", std::env::consts::EXE_SUFFIX)),
    );
    runner
        .args(names.map(|name| name.get_name().to_owned()))
        .args(["--repeats", &if quick { FEW } else { REPEATS }.to_string()])
        .arg("--sandbox")
        .arg(sandbox)
        .arg("--panel")
        .arg(panel)
        .arg("--floor")
        .arg(floor)
        .arg("--vanilla")
        .arg(project.root.join("benches/vanilla"))
        .arg("--sizes")
        .arg(sizes)
        .arg("--chromium")
        .arg(driven.browser)
        .arg("--chromedriver")
        .arg(driven.driver)
        .arg("--out")
        .arg(&out);
    process::run_ok(&mut runner, "It could not be measured.")?;
    say::note(&format!("Every sample is in {}.", project.display(&out)));
    Ok(ExitCode::SUCCESS)
}
