//! What the panel weighs on its way to a browser.

use std::fmt;
use std::path::Path;

use anyhow::Result;

use crate::panel::stamp::files_below;

/// One file, its sizes in bytes.
#[derive(Debug, PartialEq, Eq)]
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
    /// Weighs the files in `dist`; one without a compressed form travels as it is.
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

    fn sum(&self) -> Row {
        let sum = |size: fn(&Row) -> u64| self.0.iter().map(size).sum();
        Row {
            name: "sum".into(),
            raw: sum(|row| row.raw),
            gzip: sum(|row| row.gzip),
            brotli: sum(|row| row.brotli),
        }
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum = self.sum();
        let rows = || self.0.iter().chain([&sum]);
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

/// 1234567 as "1,234,567".
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
                ["sum", "1,234,667", "600", "500"],
            ]
        );
    }

    #[test]
    fn digits_are_grouped_by_three() {
        assert_eq!(
            [0, 999, 1000, 123456, 1234567].map(grouped),
            ["0", "999", "1,000", "123,456", "1,234,567"]
        );
    }
}
