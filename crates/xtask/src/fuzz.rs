//! `cargo xtask fuzz`: runs libFuzzer with the stable compiler. Searches for inputs that break the properties of
//! `crates/properties`.

use std::collections::VecDeque;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};

use crate::console;
use crate::process::{self, Child};
use crate::project::Project;
use crate::tools::cargo_tool::remove_folder;
use crate::tools::{self, rust};

/// The flags of `cargo fuzz build --sanitizer none`: coverage, and tracing of comparisons. In Rust without `unsafe`,
/// a sanitizer would find nothing beyond what debug checks find.
const FLAGS: [&str; 7] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
];

/// The number of inputs for each target in the tests.
const SHORT_RUN: u64 = 25_000;

/// The target of which one input is as much work as a thousand of another.
const LONG_INPUTS: &str = "growth";

/// The maximum length of inputs, in bytes: longer ones repeat what shorter ones do.
const LONGEST: u64 = 2048;

/// The timeout for one input, in seconds.
const PATIENCE: u32 = 60;

/// The built targets, and the folders of their inputs.
struct Fuzzer {
    programs: PathBuf,
    seeds: PathBuf,
    work: PathBuf,
}

/// The options of running a target.
#[derive(Clone, Copy)]
struct Run {
    runs: u64,
    /// Whether to use the same inputs each time, and store none.
    is_repeatable: bool,
}

/// The outcome of a target.
struct Outcome {
    target: String,
    /// The figures as one line.
    figures: String,
    held: bool,
}

/// Runs every target, or one, with this number of inputs, and stores those that reached new code for the next time.
pub fn fuzz(project: &Project, target: Option<&str>, runs: u64) -> Result<ExitCode> {
    let targets = targets(project)?;
    let chosen: Vec<String> = match target {
        Some(name) if targets.iter().any(|there| there == name) => vec![name.to_owned()],
        Some(name) => bail!(
            "There is no target {name}; there are {}.",
            targets.join(", ")
        ),
        None => targets,
    };
    let run = Run {
        runs,
        is_repeatable: false,
    };
    let outcomes = Fuzzer::build(project)?.run_all(&chosen, run)?;
    let broken = outcomes.iter().filter(|outcome| !outcome.held).count();
    for outcome in &outcomes {
        console::result(format_args!("{:<10} {}", outcome.target, outcome.figures));
    }
    Ok(if broken == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Runs every target for a short time, with the same inputs each time. Returns the targets with their outcomes.
pub fn short_run(project: &Project) -> Result<Vec<(String, Result<()>)>> {
    let targets = targets(project)?;
    let run = Run {
        runs: SHORT_RUN,
        is_repeatable: true,
    };
    let outcomes = Fuzzer::build(project)?.run_all(&targets, run)?;
    let named = |outcome: Outcome| {
        let Outcome {
            target,
            figures,
            held,
        } = outcome;
        let held = if held {
            Ok(())
        } else {
            Err(anyhow!("An input was found that breaks it; see above."))
        };
        (format!("Fuzzing {target} ({figures})"), held)
    };
    Ok(outcomes.into_iter().map(named).collect())
}

/// Returns the targets, by the folders of their seeds.
fn targets(project: &Project) -> Result<Vec<String>> {
    let seeds = project.root.join("fuzz").join("seeds");
    let folders =
        std::fs::read_dir(&seeds).with_context(|| format!("{} is missing.", seeds.display()))?;
    let mut names: Vec<String> = folders
        .flatten()
        .map(|folder| folder.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

impl Fuzzer {
    /// Builds all targets, in their own target directory, because other flags share nothing.
    fn build(project: &Project) -> Result<Self> {
        tools::for_fuzzing(project)?;
        let work = project.target.join("fuzz");
        let host = rust::host(project)?;
        console::step("Building the fuzzer");
        let mut build = project.cargo();
        build
            .args([
                "build",
                "--locked",
                "--release",
                "--manifest-path",
                "fuzz/Cargo.toml",
            ])
            // Named explicitly, so that build scripts and macros are not instrumented.
            .args(["--target", &host])
            .env("CARGO_TARGET_DIR", &work)
            .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"));
        process::run_ok(&mut build, "The fuzzer could not be built.")?;
        Ok(Self {
            programs: work.join(host).join("release"),
            seeds: project.root.join("fuzz").join("seeds"),
            work,
        })
    }

    /// Runs the targets, as many in parallel as there are processors.
    fn run_all(&self, targets: &[String], run: Run) -> Result<Vec<Outcome>> {
        console::step(&format!("Fuzzing {}", targets.join(", ")));
        let waiting = Mutex::new(targets.iter().collect::<VecDeque<_>>());
        let next = || waiting.lock().ok()?.pop_front();
        let at_once = std::thread::available_parallelism().map_or(1, usize::from);
        let outcomes: Result<Vec<Vec<Outcome>>> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..at_once)
                .map(|_| {
                    scope.spawn(|| {
                        std::iter::from_fn(next)
                            .map(|target| self.run(target, run))
                            .collect::<Result<Vec<_>>>()
                    })
                })
                .collect();
            let join = |worker: std::thread::ScopedJoinHandle<'_, _>| {
                worker
                    .join()
                    .unwrap_or_else(|_| bail!("The fuzzer ended unexpectedly."))
            };
            workers.into_iter().map(join).collect()
        });
        let mut outcomes: Vec<Outcome> = outcomes?.into_iter().flatten().collect();
        outcomes.sort_by(|one, other| one.target.cmp(&other.target));
        Ok(outcomes)
    }

    fn run(&self, target: &str, run: Run) -> Result<Outcome> {
        let found = self.work.join("found");
        let corpus = self.work.join("corpus").join(target);
        let fresh = self.work.join("short").join(target);
        if run.is_repeatable {
            remove_folder(&fresh)?;
        }
        let folder = if run.is_repeatable { &fresh } else { &corpus };
        for folder in [&found, folder] {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("{} cannot be created.", folder.display()))?;
        }
        let seeds = self.seeds.join(target);
        let mut runs = run.runs;
        if target == LONG_INPUTS {
            runs = (runs / 1_000).max(files(&seeds) + 25);
        }
        let log = self.work.join(format!("{target}.log"));
        let output =
            File::create(&log).with_context(|| format!("{} cannot be written.", log.display()))?;
        let mut command = Command::new(self.programs.join(target));
        command
            .arg(format!("-runs={runs}"))
            .arg(format!("-max_len={LONGEST}"))
            .arg(format!("-timeout={PATIENCE}"))
            .arg("-print_final_stats=1")
            .arg(format!("-artifact_prefix={}/{target}-", found.display()));
        if run.is_repeatable {
            command.arg("-seed=1");
        }
        command
            .arg(folder)
            .arg(&seeds)
            .stdout(output.try_clone()?)
            .stderr(output);
        let start = Instant::now();
        let status = Child::spawn(&mut command)?.wait()?;
        let seconds = start.elapsed().as_secs();
        let text = String::from_utf8_lossy(&std::fs::read(&log)?).into_owned();
        if status.success() {
            return Ok(Outcome {
                target: target.to_owned(),
                figures: figures(&text, seconds),
                held: true,
            });
        }
        tell(target, &text, &log);
        Ok(Outcome {
            target: target.to_owned(),
            figures: format!("broken, see {}", log.display()),
            held: false,
        })
    }
}

/// Counts the files in a folder.
fn files(folder: &Path) -> u64 {
    std::fs::read_dir(folder).map_or(0, |files| files.count() as u64)
}

/// Returns the figures of a run that found nothing.
fn figures(log: &str, seconds: u64) -> String {
    let last = |name: &str| {
        let mut words = log.split_whitespace().skip_while(|word| *word != name);
        words.nth(1).unwrap_or("?").to_owned()
    };
    let coverage = log.lines().rfind(|line| line.contains(" cov: "));
    let coverage = coverage.and_then(|line| line.split(" cov: ").nth(1)?.split(' ').next());
    format!(
        "{} inputs in {seconds} s, {} branches reached",
        last("stat::number_of_executed_units:"),
        coverage.unwrap_or("?")
    )
}

/// Prints what broke, and how to reproduce it.
fn tell(target: &str, log: &str, whole: &Path) {
    console::note(&format!("{target}: a promise does not hold"));
    let from = log.lines().skip_while(|line| !line.contains("panicked at"));
    for line in from.take(4).filter(|line| !line.trim().is_empty()) {
        console::note(line);
    }
    let written = log
        .lines()
        .find_map(|line| line.split("written to ").nth(1));
    match written {
        Some(path) => console::note(&format!(
            "The input is {path}. Mend the code, and keep the input in fuzz/seeds/{target}."
        )),
        None => console::note(&format!("All that was said is in {}.", whole.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_the_last_ones_printed() {
        let log = "#54\tINITED cov: 2340 ft: 4000 corp: 46/8833b exec/s: 0 rss: 30Mb\n\
                   #99\tDONE   cov: 2400 ft: 4100 corp: 47/9Kb lim: 2028 exec/s: 0 rss: 30Mb\n\
                   Done 99 runs in 1 second(s)\nstat::number_of_executed_units: 99\n";
        assert_eq!(figures(log, 1), "99 inputs in 1 s, 2400 branches reached");
        assert_eq!(figures("", 0), "? inputs in 0 s, ? branches reached");
    }
}
