//! The parts of the benchmark. `cargo xtask bench` compiles this file too, so that it knows their names without
//! building the benchmark program.

use clap::ValueEnum;

/// A part of the benchmark that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Every file of the first load, beside the floor
    Size,
    /// Cold loads, unthrottled and throttled, beside the floor
    Load,
    /// Lists of thousands of operators, beside the hand-written page
    Lists,
    /// A thousand switches at once, beside the ideal
    Bulk,
    /// Memory after many navigations
    Heap,
    /// Calls of each page, and what is kept in the browser
    Traffic,
}
