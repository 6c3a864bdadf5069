//! What passed already with exactly the same files. Run again it would say the same: so it is told, and left out, as `go test` does.
//!
//! Only the browser's suites are recorded, each for each browser: they take most of the time. A failure takes the record away.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::project::Project;

/// How the variables begin that tell the tests how to run.
const TOLD: &str = "SWITCHBOARD_";

/// Everything that a suite's outcome depends on, added up.
#[derive(Default)]
pub struct Inputs(Sha256);

impl Inputs {
    /// Begins with what the environment tells the tests.
    pub fn of_environment() -> Self {
        let mut inputs = Self::default();
        let mut told: Vec<(String, String)> = std::env::vars()
            .filter(|(name, _)| name.starts_with(TOLD))
            .collect();
        told.sort();
        for (name, value) in told {
            inputs.text(&name);
            inputs.text(&value);
        }
        inputs
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) {
        self.0.update(text.len().to_le_bytes());
        self.0.update(text);
    }

    /// Adds what a file holds.
    pub fn file(&mut self, path: &Path) -> Result<()> {
        let mut file =
            std::fs::File::open(path).with_context(|| format!("{} is gone.", path.display()))?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hash.update(buffer.get(..read).unwrap_or_default());
        }
        self.0.update(hash.finalize());
        Ok(())
    }

    /// Adds every file below a folder, and where it lies.
    pub fn folder(&mut self, folder: &Path) -> Result<()> {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
            .with_context(|| format!("{} is gone.", folder.display()))?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        entries.sort();
        for entry in entries {
            self.text(&entry.to_string_lossy());
            if entry.is_dir() {
                self.folder(&entry)?;
            } else {
                self.file(&entry)?;
            }
        }
        Ok(())
    }

    /// Adds a program by what it says of itself: its files are many.
    pub fn program(&mut self, path: &Path, version: &str) -> Result<()> {
        let path = path.canonicalize()?;
        let about = path.metadata()?;
        let changed = about.modified()?.duration_since(UNIX_EPOCH)?.as_nanos();
        let said = format!("{} {version} {} {changed}", path.display(), about.len());
        self.text(&said);
        Ok(())
    }

    fn sum(self) -> String {
        let bytes = self.0.finalize();
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A suite with what it is about to be run with.
pub struct Record {
    file: PathBuf,
    inputs: String,
}

/// The last time that all of a suite passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    inputs: String,
    /// How many tests.
    pub tests: u64,
    /// When, in seconds since 1970-01-01 UTC.
    at: u64,
}

impl Record {
    /// The record of a suite.
    pub fn new(project: &Project, suite: &str, inputs: Inputs) -> Self {
        Self {
            file: project.target.join("passed").join(format!("{suite}.json")),
            inputs: inputs.sum(),
        }
    }

    /// When it passed with the same inputs, if it did.
    pub fn passed(&self) -> Option<Passed> {
        let text = std::fs::read_to_string(&self.file).ok()?;
        let passed: Passed = serde_json::from_str(&text).ok()?;
        (passed.inputs == self.inputs).then_some(passed)
    }

    /// Notes how it ended: with so many tests that passed, or otherwise.
    pub fn note(&self, all_passed: Option<u64>) -> Result<()> {
        let Some(tests) = all_passed else {
            // One that is not there is what was wanted.
            let _ = std::fs::remove_file(&self.file);
            return Ok(());
        };
        let passed = Passed {
            inputs: self.inputs.clone(),
            tests,
            at: now(),
        };
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&self.file, serde_json::to_string(&passed)?)
            .with_context(|| format!("{} cannot be written.", self.file.display()))
    }
}

impl Passed {
    /// How long ago, in words.
    pub fn ago(&self) -> String {
        match now().saturating_sub(self.at) / 60 {
            0 => "just now".to_owned(),
            minutes @ 1..=119 => format!("{minutes} min ago"),
            minutes @ 120..=2879 => format!("{} hours ago", minutes / 60),
            minutes => format!("{} days ago", minutes / 1440),
        }
    }
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(of: impl FnOnce(&mut Inputs) -> Result<()>) -> String {
        let mut inputs = Inputs::default();
        of(&mut inputs).expect("files that are there");
        inputs.sum()
    }

    #[test]
    fn only_the_same_files_have_passed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        std::fs::write(&one, "1").expect("room");
        let of_one = sum(|inputs| inputs.file(&one));
        let of_all = sum(|inputs| inputs.folder(folder.path()));
        assert_eq!(of_one, sum(|inputs| inputs.file(&one)));
        std::fs::write(&two, "1").expect("room");
        assert_ne!(of_all, sum(|inputs| inputs.folder(folder.path())));
        std::fs::write(&one, "2").expect("room");
        assert_ne!(of_one, sum(|inputs| inputs.file(&one)));
    }

    #[test]
    fn what_passed_is_known_until_it_fails_or_something_else_is_to_be_run() {
        let folder = tempfile::tempdir().expect("a folder");
        let record = |inputs: &str| Record {
            file: folder.path().join("passed").join("suite.json"),
            inputs: inputs.to_owned(),
        };
        assert_eq!(record("a").passed(), None);
        record("a").note(Some(3)).expect("room");
        assert_eq!(record("a").passed().map(|passed| passed.tests), Some(3));
        assert_eq!(record("b").passed(), None);
        record("a").note(None).expect("room");
        assert_eq!(record("a").passed(), None);
    }
}
