//! Measures the panel in a real browser, compared with the floor (`benches/floor`) and the hand-written page
//! (`benches/vanilla`). Prints every figure with its target, and writes all samples to a file. `cargo xtask bench`
//! builds everything and calls this; docs/performance explains each figure.

mod bulk;
mod console;
mod domains;
mod figure;
mod heap;
mod known;
mod lists;
mod load;
mod machine;
mod part;
mod report;
mod size;
mod stage;
mod traffic;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use figure::Figure;
use part::Part;
use stage::Stage;

/// Measures; `cargo xtask bench` builds what is measured and calls this.
#[derive(Parser)]
struct Options {
    /// The parts to measure
    #[arg(required = true)]
    parts: Vec<Part>,
    /// How often what is repeated is
    #[arg(long, default_value_t = 7)]
    repeats: usize,
    /// The sandbox's program
    #[arg(long)]
    sandbox: PathBuf,
    /// The folder of the built panel
    #[arg(long)]
    panel: PathBuf,
    /// The folder of the built floor, for `size` and `load`
    #[arg(long)]
    floor: Option<PathBuf>,
    /// The folder of the hand-written page
    #[arg(long)]
    vanilla: PathBuf,
    /// What the files weigh, as `cargo xtask bench` writes it down, for `size`
    #[arg(long)]
    sizes: Option<PathBuf>,
    /// Chromium
    #[arg(long)]
    chromium: PathBuf,
    /// Its driver
    #[arg(long)]
    chromedriver: PathBuf,
    /// Where the samples go
    #[arg(long)]
    out: PathBuf,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            console::line(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let stage = Stage::new(options);
        let machine = machine::describe(&stage).await?;
        let mut figures = Vec::new();
        for part in &options.parts {
            figures.extend(measure(*part, &stage, options).await?);
        }
        let report = report::to_json(&machine, options.repeats, &figures);
        let text = serde_json::to_string_pretty(&report)?;
        std::fs::write(&options.out, text)
            .with_context(|| format!("{} cannot be written.", options.out.display()))?;
        report::print(&machine, &figures);
        Ok(())
    })
}

async fn measure(part: Part, stage: &Stage, options: &Options) -> Result<Vec<Figure>> {
    match part {
        Part::Size => size::measure(options.sizes.as_deref().context("--sizes is missing.")?),
        Part::Load => load::measure(stage).await,
        Part::Lists => {
            let mut figures = lists::measure(stage).await?;
            figures.extend(domains::measure(stage).await?);
            Ok(figures)
        }
        Part::Bulk => bulk::measure(stage).await,
        Part::Heap => heap::measure(stage).await,
        Part::Traffic => traffic::measure(stage).await,
    }
}
