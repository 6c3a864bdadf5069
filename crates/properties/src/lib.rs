//! What holds for every input of what reads text from outside. Each function here takes any bytes, makes them the input of one part of the
//! panel, and panics when a promise does not hold.
//!
//! The fuzzer (`fuzz/`, `cargo xtask fuzz`) looks for bytes that break one; `tests/seeds.rs` asks them of every file in `fuzz/seeds`. An
//! input that broke one becomes a seed, and a test beside the code that it broke.

mod answers;
mod csv;
mod domains;
mod embed;
mod growth;
mod input;
mod kept;
mod memory;
mod workspace;

/// Something that is asked of bytes.
#[derive(Clone, Copy)]
pub struct Target {
    /// What it is called, on the command line and as the folder of its seeds.
    pub name: &'static str,
    /// Panics when a promise does not hold for these bytes.
    pub ask: fn(&[u8]),
}

/// Everything that is asked.
pub const TARGETS: [Target; 7] = [
    Target {
        name: "answers",
        ask: answers::ask,
    },
    Target {
        name: "domains",
        ask: domains::ask,
    },
    Target {
        name: "embed",
        ask: embed::ask,
    },
    Target {
        name: "csv",
        ask: csv::ask,
    },
    Target {
        name: "workspace",
        ask: workspace::ask,
    },
    Target {
        name: "kept",
        ask: kept::ask,
    },
    Target {
        name: "growth",
        ask: growth::ask,
    },
];

/// What is asked under a name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    TARGETS.into_iter().find(|target| target.name == name)
}
