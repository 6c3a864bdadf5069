//! Checks the layers of the panel's code: which module of `src` may use which (docs/architecture.md, "Layers").

mod circles;
mod names;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of `src` from the top layer to the bottom. A module may use its own layer and those below.
const LAYERS: &[&[&str]] = &[
    &["main"],
    &["app"],
    &["pages"],
    &["widgets"],
    &["operations"],
    &["journal", "preferences", "remote", "session", "workspace"],
    &["wording"],
    &["browser", "i18n", "panic_screen", "readers", "route", "ui"],
];

/// A file and the modules that it uses, as paths from the crate's root.
struct Source {
    /// The module, e.g. `["pages", "domain", "settings"]`.
    module: Vec<String>,
    /// The paths in its code.
    uses: BTreeSet<Vec<String>>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src")
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of src") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("a file of src");
                let module = module_of(&path);
                let uses = uses(&text, &module);
                found.push(Source { module, uses });
            }
        }
    }
    found
}

fn module_of(file: &Path) -> Vec<String> {
    let inner = file.strip_prefix(root()).expect("below src");
    inner
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect()
}

/// Returns the paths after `crate::` and `super::` in a file's code, each with its first two names.
fn uses(text: &str, module: &[String]) -> BTreeSet<Vec<String>> {
    let mut uses = BTreeSet::new();
    let mut module = module.to_vec();
    for line in text.lines() {
        let code = line.split("//").next().unwrap_or_default();
        if code.starts_with("mod tests {") {
            module.push("tests".to_owned());
        }
        for (start, _) in code.match_indices("crate::") {
            uses.extend(each(&code[start + "crate::".len()..], &[]));
        }
        let mut rest = code;
        while let Some(start) = rest.find("super::") {
            let mut base = module.clone();
            rest = &rest[start..];
            while let Some(after) = rest.strip_prefix("super::") {
                base.pop();
                rest = after;
            }
            uses.extend(each(rest, &base));
        }
    }
    uses
}

/// Returns the paths of a group in braces, as far as it is on one line; else the single path.
fn each(path: &str, base: &[String]) -> Vec<Vec<String>> {
    match path.strip_prefix('{') {
        Some(group) => group
            .split('}')
            .next()
            .unwrap_or_default()
            .split(',')
            .map(|one| names(one.trim(), base))
            .collect(),
        None => vec![names(path, base)],
    }
}

fn names(path: &str, base: &[String]) -> Vec<String> {
    let named = path.split("::").map_while(|name| {
        let end = name.find(|c: char| !c.is_alphanumeric() && c != '_');
        let name = &name[..end.unwrap_or(name.len())];
        (!name.is_empty()).then(|| name.to_owned())
    });
    base.iter().cloned().chain(named).take(2).collect()
}

fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

#[test]
fn no_module_uses_a_layer_above_its_own() {
    let mut wrong = Vec::new();
    for Source { module, uses } in sources() {
        if module[0] == "lib" {
            continue;
        }
        let own = layer_of(&module[0]);
        assert!(own.is_some(), "src/{} is in no layer", module[0]);
        for used in uses {
            let Some(name) = used.first() else { continue };
            if layer_of(name).is_some_and(|layer| Some(layer) < own) {
                wrong.push(format!("{} uses {}", module.join("::"), used.join("::")));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_page_uses_another_page() {
    let mut wrong = Vec::new();
    for Source { module, uses } in sources() {
        let [layer, page, ..] = module.as_slice() else {
            continue;
        };
        let others = uses.iter().filter(|used| {
            used.len() == 2
                && used[0] == "pages"
                && used[1] != *page
                && used[1].starts_with(char::is_lowercase)
        });
        if layer == "pages" {
            wrong.extend(
                others.map(|used| format!("{} uses {}", module.join("::"), used.join("::"))),
            );
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn paths_are_read_as_rust_reads_them() {
    let module = ["pages", "domain", "settings"].map(str::to_owned);
    let text = "use super::super::{operators::List};\nuse crate::{ui, remote};\nlet a = crate::ui::focus;\n// crate::app\nmod tests {\nuse super::x;";
    let found = uses(text, &module);
    let path = |path: &str| {
        path.split("::")
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    for expected in [
        "pages::operators",
        "ui",
        "remote",
        "ui::focus",
        "pages::domain",
    ] {
        assert!(found.contains(&path(expected)), "{expected}: {found:?}");
    }
    assert_eq!(found.len(), 5, "{found:?}");
}
