//! Writes to the console while the benchmark runs, in the format of `cargo xtask`: progress on stderr, results on
//! stdout.

use std::io::Write;

/// Prints one line.
pub fn line(text: &str) {
    // A closed stderr is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Announces a step.
pub fn step(text: &str) {
    line(&format!("==> {text}"));
}

/// Prints a note during a step.
pub fn note(text: &str) {
    line(&format!("    {text}"));
}

/// Prints a result.
pub fn result(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
