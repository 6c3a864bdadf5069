//! `cargo xtask bench`: builds the panel, the floor that it is compared with, and the benchmark program;
//! docs/performance has the results.

#[path = "../../../benches/runner/src/part.rs"]
mod part;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use serde_json::json;

use crate::panel::{self, sizes::Sizes};
use crate::project::Project;
use crate::tools::browsers::Browser;
use crate::{console, process, serve, tools};

pub use part::Part;

/// The number of repeats: a median deserves seven.
const REPEATS: usize = 7;

/// The number of repeats for a quick trial.
const FEW: usize = 3;

/// Returns whether this part compares the panel with the floor.
fn needs_floor(part: Part) -> bool {
    matches!(part, Part::Size | Part::Load)
}

/// Measures `part`, or everything.
pub fn bench(project: &Project, part: Option<Part>, quick: bool) -> Result<ExitCode> {
    let parts = part.map_or_else(|| Part::value_variants().to_vec(), |part| vec![part]);
    let npm = tools::for_smaller_panel(project);
    if npm.wasm_opt.is_none() || npm.esbuild.is_none() {
        bail!("Without npm the panel is larger than what is deployed: install npm, then measure.");
    }
    let panel = panel::build(project, panel::Mode::Release)?;
    let mut floor = None;
    if parts.iter().any(|part| needs_floor(*part)) {
        floor = Some(panel::floor::build(project)?);
    }
    let sandbox = serve::build_sandbox(project, panel::Mode::Release)?;
    let driven = tools::for_browser_tests(project, Browser::Chromium)?;
    let mut runner = Command::new(build_runner(project)?);
    let out = project.target.join("bench.json");
    let names = parts.iter().filter_map(ValueEnum::to_possible_value);
    runner
        .args(names.map(|name| name.get_name().to_owned()))
        .args(["--repeats", &if quick { FEW } else { REPEATS }.to_string()])
        .arg("--sandbox")
        .arg(sandbox)
        .arg("--panel")
        .arg(&panel)
        .arg("--vanilla")
        .arg(project.root.join("benches/vanilla"))
        .arg("--chromium")
        .arg(driven.browser)
        .arg("--chromedriver")
        .arg(driven.driver)
        .arg("--out")
        .arg(&out);
    if let Some(floor) = floor {
        let sizes = project.target.join("bench-sizes.json");
        let weighed = json!({
            "panel": Sizes::of(&panel)?.to_json(), "floor": Sizes::of(&floor)?.to_json(),
        });
        std::fs::write(&sizes, weighed.to_string())
            .with_context(|| format!("{} cannot be written.", sizes.display()))?;
        runner.arg("--floor").arg(floor).arg("--sizes").arg(sizes);
    }
    process::run_ok(&mut runner, "It could not be measured.")?;
    console::note(&format!("Every sample is in {}.", project.display(&out)));
    Ok(ExitCode::SUCCESS)
}

/// Builds the benchmark program, with the one that supervises its browsers. Returns its path.
fn build_runner(project: &Project) -> Result<PathBuf> {
    console::step("Building the program that measures");
    let packages = [
        "--package",
        "switchboard-bench",
        "--package",
        "switchboard-e2e",
    ];
    process::run_ok(
        project
            .cargo()
            .args(["build", "--locked", "--bins"])
            .args(packages),
        "The program that measures could not be built.",
    )?;
    let name = format!("switchboard-bench{}", std::env::consts::EXE_SUFFIX);
    Ok(project.target.join("debug").join(name))
}
