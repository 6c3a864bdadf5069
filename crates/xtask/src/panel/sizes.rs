//! Measures the transfer sizes of the panel's files.

use std::fmt;
use std::path::Path;

use anyhow::{Result, ensure};
use serde::Serialize;
use serde_json::{Value, json};

use crate::panel::fingerprint::files_below;
use crate::panel::worker;

/// The maximum size of the first load, in bytes of brotli. `cargo xtask bench size` measures it beside the floor
/// (`benches/floor`).
const FIRST_LOAD: u64 = 238_500;

/// The maximum size of the whole panel, in bytes of brotli (docs/performance/budgets.md has the reasons).
const EVERYTHING: u64 = 940_000;

/// One file with its sizes in bytes.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Row {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Every file of a build with its size raw, as gzip and as brotli.
#[derive(Debug, PartialEq, Eq)]
pub struct Sizes(Vec<Row>);

impl Sizes {
    /// Measures the files in `dist`; one without a compressed variant is transferred uncompressed.
    pub fn of(dist: &Path) -> Result<Self> {
        let mut rows = Vec::new();
        for file in files_below(dist)? {
            let name = file.display().to_string();
            if name.ends_with(".br") || name.ends_with(".gz") {
                continue;
            }
            let size = |suffix: &str| {
                std::fs::metadata(dist.join(format!("{name}{suffix}"))).map(|file| file.len())
            };
            let raw = size("")?;
            rows.push(Row {
                gzip: size(".gz").unwrap_or(raw),
                brotli: size(".br").unwrap_or(raw),
                raw,
                name,
            });
        }
        Ok(Self(rows))
    }

    /// Returns the size of what is transferred before the form to connect appears, in brotli.
    fn first_load(&self) -> Row {
        self.sum_of("first-load", is_first)
    }

    /// Returns every file of the first load with its sizes, and their sum, for the benchmark.
    pub fn to_json(&self) -> Value {
        let files: Vec<&Row> = self.0.iter().filter(|row| is_first(&row.name)).collect();
        json!({ "files": files, "sum": self.first_load() })
    }

    /// Checks the sizes against the budgets.
    ///
    /// # Errors
    /// When the panel exceeds a budget, with what to do.
    pub fn check_budget(&self) -> Result<()> {
        for (row, budget) in [(self.first_load(), FIRST_LOAD), (self.sum(), EVERYTHING)] {
            ensure!(
                row.brotli <= budget,
                "{} is {} bytes of brotli, above its budget of {}: see docs/performance/last-run.md for what weighs how much.",
                row.name,
                grouped(row.brotli),
                grouped(budget)
            );
        }
        Ok(())
    }

    fn sum(&self) -> Row {
        self.sum_of("sum", |_| true)
    }

    fn sum_of(&self, name: &str, belongs: fn(&str) -> bool) -> Row {
        let sum = |size: fn(&Row) -> u64| {
            let rows = self.0.iter().filter(|row| belongs(&row.name));
            rows.map(size).sum()
        };
        Row {
            name: name.into(),
            raw: sum(|row| row.raw),
            gzip: sum(|row| row.gzip),
            brotli: sum(|row| row.brotli),
        }
    }
}

/// Returns whether a file is transferred before the form to connect appears. wasm-split names the later parts.
fn is_first(name: &str) -> bool {
    !name.starts_with("split_") && !name.starts_with("chunk_") && name != worker::NAME
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sums = [self.first_load(), self.sum()];
        let rows = || self.0.iter().chain(&sums);
        let width = rows().map(|row| row.name.len()).max().unwrap_or_default();
        write!(
            f,
            "{:width$}  {:>11}  {:>11}  {:>11}",
            "bytes", "raw", "gzip", "brotli"
        )?;
        for row in rows() {
            let [raw, gzip, brotli] = [row.raw, row.gzip, row.brotli].map(grouped);
            write!(
                f,
                "\n{:width$}  {raw:>11}  {gzip:>11}  {brotli:>11}",
                row.name
            )?;
        }
        Ok(())
    }
}

/// Formats 1234567 as "1,234,567".
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_every_file_once_and_sums_up() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, size: usize| {
            std::fs::write(folder.path().join(name), vec![0; size]).unwrap()
        };
        write("a.wasm", 1_234_567);
        write("a.wasm.gz", 500);
        write("a.wasm.br", 400);
        write("icon.png", 100);
        let table = Sizes::of(folder.path()).unwrap().to_string();
        let words: Vec<Vec<&str>> = table
            .lines()
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert_eq!(
            words,
            [
                ["bytes", "raw", "gzip", "brotli"],
                ["a.wasm", "1,234,567", "500", "400"],
                ["icon.png", "100", "100", "100"],
                ["first-load", "1,234,667", "600", "500"],
                ["sum", "1,234,667", "600", "500"],
            ]
        );
    }

    #[test]
    fn lazy_chunks_are_not_in_the_first_load() {
        let row = |name: &str, brotli: u64| Row {
            name: name.into(),
            raw: brotli,
            gzip: brotli,
            brotli,
        };
        let first = row("switchboard-1.wasm", FIRST_LOAD);
        let later = [
            row("split_tools-1.wasm", 1_000),
            row("chunk_3-1.wasm", 1_000),
        ];
        assert!(
            Sizes([first].into_iter().chain(later).collect())
                .check_budget()
                .is_ok()
        );
        let told = Sizes(vec![row("switchboard-1.wasm", FIRST_LOAD + 1)]).check_budget();
        let told = told.unwrap_err().to_string();
        let over = format!("first-load is {} bytes", grouped(FIRST_LOAD + 1));
        assert!(told.starts_with(&over), "{told}");
        let told = Sizes(vec![row("split_tools-1.wasm", EVERYTHING + 1)]).check_budget();
        assert!(told.unwrap_err().to_string().starts_with("sum is"));
    }

    #[test]
    fn digits_are_grouped_by_three() {
        assert_eq!(
            [0, 999, 1000, 123456, 1234567].map(grouped),
            ["0", "999", "1,000", "123,456", "1,234,567"]
        );
    }
}
