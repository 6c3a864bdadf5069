//! Checks that the test commands in docs/reliability.md select at least one test. A filter that matches nothing passes.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// Returns the names of all functions below `folder` with the path of their file, e.g. `bulk::store::tests::name`.
fn functions(folder: &Path, module: &str, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        // Files that are no module of their own.
        let inner = match &*stem {
            "src" | "tests" | "main" | "lib" if module.is_empty() => String::new(),
            _ => format!("{module}{stem}::"),
        };
        if path.is_dir() {
            functions(&path, &inner, names);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).expect("a source file");

            let words = source.split(|c: char| !(c.is_alphanumeric() || c == '_'));
            let mut is_function = false;
            for word in words {
                if is_function && !word.is_empty() {
                    names.push(format!("{inner}{word}"));
                    names.push(format!("{inner}tests::{word}"));
                }
                is_function = word == "fn";
            }
        }
    }
}

/// Returns the folder whose tests a command selects from, and the filter; none if it selects everything.
fn target(command: &str) -> Option<(String, String)> {
    let words: Vec<&str> = command.split(' ').collect();
    let after = |flag: &str| {
        let at = words.iter().position(|word| *word == flag)?;
        words.get(at + 1).copied()
    };
    if command.starts_with("cargo xtask test") {
        let folder = match words.get(3) {
            Some(&"journeys") => "tests/e2e/tests",
            _ => "",
        };
        return Some((folder.to_owned(), after("--")?.to_owned()));
    }
    let package = after("-p")?;
    let folder = match package.strip_prefix("switchboard-") {
        _ if package == "switchboard" => "src".to_owned(),
        Some("e2e") => "tests/e2e".to_owned(),
        Some(name) => format!("crates/{name}"),
        None => format!("crates/{package}"),
    };
    let own = words.iter().skip(4).take_while(|word| **word != "--");
    let filter = own
        .filter(|word| !word.starts_with("--") && Some(**word) != after("--test"))
        .last();
    Some((folder, (*filter?).to_owned()))
}

#[test]
fn every_command_in_reliability_md_selects_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = fs::read_to_string(root.join("docs/reliability.md")).expect("the document");
    let mut nothing = Vec::new();
    let mut count = 0;
    let mut folder = String::new();
    let mut known: HashMap<String, Vec<String>> = HashMap::new();
    for code in text.split('`').skip(1).step_by(2) {
        // "`cargo … -- a`, `-- b`": the second filter belongs to the command before it.
        let filter = if let Some(further) = code.strip_prefix("-- ") {
            further.to_owned()
        } else if let Some((of, filter)) =
            code.starts_with("cargo ").then(|| target(code)).flatten()
        {
            folder = of;
            filter
        } else {
            continue;
        };
        count += 1;
        let names = known.entry(folder.clone()).or_insert_with(|| {
            let mut names = Vec::new();
            let folders = match folder.as_str() {
                "" => ["tests/components", "src"].as_slice(),
                of => &[of],
            };
            for folder in folders {
                functions(&root.join(folder), "", &mut names);
            }
            names
        });
        let filter = filter.trim_end_matches("::");
        if !names.iter().any(|name| name.contains(filter)) {
            nothing.push(format!("{folder}: {code}"));
        }
    }
    assert!(count > 50, "{count} commands were found");
    assert!(nothing.is_empty(), "{nothing:#?}");
}
