//! The transfer size of the first load, file by file, compared with the floor. `cargo xtask` measures the files, as
//! for its tests.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::figure::{Bar, Figure};

const PART: &str = "size";

/// The target for the first load, in kB of brotli. The tests enforce a higher limit
/// (`crates/xtask/src/panel/sizes.rs`).
const FIRST_LOAD: f64 = 200.0;

#[derive(Deserialize)]
struct Sizes {
    panel: FirstLoad,
    floor: FirstLoad,
}

#[derive(Deserialize)]
struct FirstLoad {
    files: Vec<File>,
    sum: File,
}

#[derive(Deserialize)]
struct File {
    name: String,
    raw: u32,
    gzip: u32,
    brotli: u32,
}

/// A column of the table of sizes.
type Column = (&'static str, fn(&File) -> u32);

const COLUMNS: [Column; 3] = [
    ("brotli", |file| file.brotli),
    ("gzip", |file| file.gzip),
    ("raw", |file| file.raw),
];

/// Reads the measured sizes.
pub fn measure(weighed: &Path) -> Result<Vec<Figure>> {
    let text = std::fs::read_to_string(weighed)
        .with_context(|| format!("{} cannot be read.", weighed.display()))?;
    let Sizes { panel, floor } = serde_json::from_str(&text)?;
    let mut figures = Vec::new();
    for (form, size) in COLUMNS {
        let figure = Figure::new(
            PART,
            format!("first load, {form}"),
            "kB",
            vec![kilo(size(&panel.sum))],
        )
        .beside("floor", vec![kilo(size(&floor.sum))]);
        figures.push(if form == "brotli" {
            figure
                .bar(Bar::TimesBeside(1.8))
                .bar(Bar::AtMost(FIRST_LOAD))
        } else {
            figure
        });
    }
    for (form, size) in COLUMNS {
        for file in &panel.files {
            let kind = kind(&file.name);
            let figure = Figure::new(
                PART,
                format!("{kind}, {form}"),
                "kB",
                vec![kilo(size(file))],
            );
            let beside = floor
                .files
                .iter()
                .find(|other| self::kind(&other.name) == kind);
            figures.push(match beside {
                Some(other) => figure.beside("floor", vec![kilo(size(other))]),
                None => figure,
            });
        }
    }
    Ok(figures)
}

fn kilo(bytes: u32) -> f64 {
    f64::from(bytes) / 1_000.0
}

/// Returns a file's name without its content hash.
fn kind(name: &str) -> String {
    match (name.rsplit_once('-'), name.rsplit_once('.')) {
        (Some((stem, _)), Some((_, extension))) => format!("{stem}.{extension}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_without_its_hash() {
        assert_eq!(
            kind("switchboard-0123456789abcdef.wasm"),
            "switchboard.wasm"
        );
        assert_eq!(kind("index.html"), "index.html");
    }
}
