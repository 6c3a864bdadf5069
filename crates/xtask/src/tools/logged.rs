//! Runs commands whose output matters only if they fail: it goes to a log, and the console shows progress.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::console::Activity;
use crate::process::Child;

/// The number of last lines shown of a failed command.
const LAST_WORDS: usize = 30;

/// Runs `command` with its output in `log`.
///
/// # Errors
/// When it fails, with its last lines.
pub fn run(command: &mut Command, log: &Path, name: &str) -> Result<()> {
    let activity = Activity::start(name, "crates");
    if let Some(folder) = log.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut log_file =
        File::create(log).with_context(|| format!("{} cannot be written.", log.display()))?;
    // One pipe for both outputs, so that their lines stay in order.
    let (reader, writer) = std::io::pipe()?;
    command
        .env("CARGO_TERM_COLOR", "never")
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "100")
        .stdout(writer.try_clone()?)
        .stderr(Stdio::from(writer));
    let mut child = Child::spawn(command)?;
    // The command holds its own writing ends; the pipe ends only when those are closed too.
    command.stdout(Stdio::null()).stderr(Stdio::null());

    let mut last_words = VecDeque::new();
    for_each_line(reader, |line| {
        if let Some((done, total)) = crates_built(line) {
            activity.count(done, total);
        } else if !line.trim().is_empty() {
            writeln!(log_file, "{line}")?;
            last_words.push_back(line.to_owned());
            if last_words.len() > LAST_WORDS {
                last_words.pop_front();
            }
        }
        Ok(())
    })?;
    let status = child.wait()?;
    if status.success() {
        activity.succeed();
        return Ok(());
    }
    drop(activity);
    let last_words: Vec<String> = last_words.into();
    bail!(
        "{name} failed ({status}). Its last lines, all of them in {}:\n{}",
        log.display(),
        last_words.join("\n")
    );
}

/// Calls `each` with every line; a carriage return, which redraws a progress bar, ends a line too.
pub fn for_each_line(reader: impl Read, mut each: impl FnMut(&str) -> Result<()>) -> Result<()> {
    let mut line = Vec::new();
    for byte in BufReader::new(reader).bytes() {
        match byte? {
            b'\r' | b'\n' => {
                each(&String::from_utf8_lossy(&line))?;
                line.clear();
            }
            byte => line.push(byte),
        }
    }
    each(&String::from_utf8_lossy(&line))
}

/// Parses the counts in cargo's progress line, e.g. `Building [=====>     ] 102/345: serde`.
fn crates_built(line: &str) -> Option<(u64, u64)> {
    let (before, after) = line.split_once("] ")?;
    if !before.trim_start().starts_with("Building [") {
        return None;
    }
    let (done, rest) = after.split_once('/')?;
    let total = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    Some((done.parse().ok()?, total.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_progress_line_is_parsed() {
        assert_eq!(
            crates_built("    Building [=====>     ] 102/345: serde, syn"),
            Some((102, 345))
        );
        assert_eq!(crates_built("    Building [=>         ] 7/9"), Some((7, 9)));
        assert_eq!(crates_built("   Compiling serde v1.0.229"), None);
        assert_eq!(crates_built("    Updating [=>   ] 3/9"), None);
    }

    #[test]
    fn carriage_return_ends_a_line() {
        let mut lines = Vec::new();
        for_each_line(&b"one\rtwo\nthree"[..], |line| {
            lines.push(line.to_owned());
            Ok(())
        })
        .unwrap();
        assert_eq!(lines, ["one", "two", "three"]);
    }
}
