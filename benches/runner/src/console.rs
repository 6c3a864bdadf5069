//! Writes to the console while the benchmark runs, in the form that `cargo xtask` gives it: on stderr, results on stdout.

use std::io::Write;

/// One line.
pub fn line(text: &str) {
    // Nobody listening is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Announces a step.
pub fn step(text: &str) {
    line(&format!("==> {text}"));
}

/// Something worth knowing while a step is under way.
pub fn note(text: &str) {
    line(&format!("    {text}"));
}

/// What was asked for.
pub fn result(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
