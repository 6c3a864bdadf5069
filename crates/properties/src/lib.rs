//! Properties that hold for every input of the code that reads text from outside. Each function here takes any bytes,
//! makes them the input of one part of the panel, and panics if a promise does not hold.
//!
//! The fuzzer (`fuzz/`, `cargo xtask fuzz`) searches for bytes that break one; `tests/seeds.rs` checks every file in
//! `fuzz/seeds`. An input that broke a promise becomes a seed, and gets a test beside the code that it broke.

mod answers;
mod csv;
mod domains;
mod embed;
mod growth;
mod input;
mod kept;
mod memory;
mod workspace;

/// A property that must hold for all bytes.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name, on the command line and as the folder of its seeds.
    pub name: &'static str,
    /// Panics if a promise does not hold for these bytes.
    pub check: fn(&[u8]),
}

/// The list of all properties.
pub const TARGETS: [Target; 7] = [
    Target {
        name: "answers",
        check: answers::check,
    },
    Target {
        name: "domains",
        check: domains::check,
    },
    Target {
        name: "embed",
        check: embed::check,
    },
    Target {
        name: "csv",
        check: csv::check,
    },
    Target {
        name: "workspace",
        check: workspace::check,
    },
    Target {
        name: "kept",
        check: kept::check,
    },
    Target {
        name: "growth",
        check: growth::check,
    },
];

/// Returns the property with this name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    TARGETS.into_iter().find(|target| target.name == name)
}
