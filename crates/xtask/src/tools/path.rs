//! Finds programs on PATH, and their versions.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process;
use crate::tools::Found;

/// Returns the first program called `name` on PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    all(name).next()
}

/// Returns every program called `name` on PATH, in order.
pub fn all(name: &str) -> impl Iterator<Item = PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&folders).collect();
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    folders
        .into_iter()
        .map(move |folder| folder.join(&file))
        .filter(|path| path.is_file())
}

/// Returns the program at `path` with the version that it reports, if it runs.
pub fn probe(path: &Path) -> Option<Found> {
    let text = process::capture(Command::new(path).arg("--version")).ok()?;
    Some(Found {
        version: version_in(&text)?.to_owned(),
        path: path.to_owned(),
    })
}

/// Returns the first version number in the output of `--version`.
fn version_in(text: &str) -> Option<&str> {
    text.split_whitespace()
        .map(|word| word.trim_start_matches('v').trim_end_matches(','))
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

/// Returns the first number of a version, which a browser and its driver must share.
pub fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_the_words_around_it() {
        assert_eq!(version_in("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(
            version_in("wasm-opt version 132 (version_132)"),
            Some("132")
        );
        assert_eq!(
            version_in("Chromium 156.0.7000.1 built on Debian GNU/Linux 12 (bookworm)"),
            Some("156.0.7000.1")
        );
        assert_eq!(version_in("v20.20.2"), Some("20.20.2"));
        assert_eq!(version_in("no number here"), None);
    }

    #[test]
    fn major_version_ends_at_the_first_dot() {
        assert_eq!(major("156.0.7000.1"), "156");
        assert_eq!(major("132"), "132");
    }
}
