//! Measures the stages of a run, and reports them as a table and as `target/test-times.json`.

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use anyhow::{Context, Result};
use serde::Serialize;

/// The stages of one run. Stages may overlap: their sum is more than the total.
pub struct Stages {
    start: Instant,
    rows: Mutex<Vec<Stage>>,
}

/// One stage, in seconds of wall time.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Stage {
    name: String,
    /// From the start of the run.
    start: f64,
    seconds: f64,
}

impl Stages {
    /// Starts the clock.
    pub fn start() -> Self {
        Self {
            start: Instant::now(),
            rows: Mutex::default(),
        }
    }

    /// Runs `work` as the stage `name`.
    pub fn measure<T>(&self, name: &str, work: impl FnOnce() -> T) -> T {
        let start = self.start.elapsed().as_secs_f64();
        let value = work();
        self.rows().push(Stage {
            name: name.to_owned(),
            start,
            seconds: self.start.elapsed().as_secs_f64() - start,
        });
        value
    }

    /// Writes the stages, the total and the outcome to `file`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, file: &Path, passed: u64, failed: u64) -> Result<()> {
        let times = serde_json::json!({
            "total_seconds": self.start.elapsed().as_secs_f64(),
            "passed": passed,
            "failed": failed,
            "stages": *self.rows(),
        });
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, format!("{times:#}\n"))
            .with_context(|| format!("{} cannot be written.", file.display()))
    }

    fn rows(&self) -> MutexGuard<'_, Vec<Stage>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Stages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = self.rows().clone();
        rows.sort_by(|one, other| one.start.total_cmp(&other.start));
        let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
        writeln!(f, "{:width$}  {:>7}  {:>7}", "stage", "from s", "took s")?;
        for row in &rows {
            writeln!(
                f,
                "{:width$}  {:>7.0}  {:>7.1}",
                row.name, row.start, row.seconds
            )?;
        }
        let total = self.start.elapsed().as_secs_f64();
        write!(f, "{:width$}  {:>7}  {total:>7.1}", "total", "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_sorted_by_start_and_saved_as_json() {
        let stages = Stages::start();
        stages.measure("outer", || stages.measure("inner", || ()));
        let table = stages.to_string();
        let names: Vec<&str> = table
            .lines()
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        assert_eq!(names, ["stage", "outer", "inner", "total"]);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/times.json");
        stages.save(&file, 3, 1).unwrap();
        let times: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        assert_eq!(times["failed"], 1);
        assert_eq!(times["stages"].as_array().map(Vec::len), Some(2));
        assert!(times["total_seconds"].is_number());
    }
}
