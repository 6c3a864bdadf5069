//! Checks that no two files of a crate use each other, directly or through others. A file and the files in its own
//! folder count as one: a module may use its parts, and they may use it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The path of a module from the crate's root. The root itself is empty.
type Module = Vec<String>;

/// The folders of the crates with more than one file.
const CRATES: &[&str] = &[
    "benches/runner/src",
    "crates/api/src",
    "crates/model/src",
    "crates/properties/src",
    "crates/sandbox/src",
    "crates/xtask/src",
    "src",
    "tests/e2e/src",
    "tests/matrix/src",
];

/// A path that a file names, with its name in the file if a `use` imports it.
struct Named {
    path: Module,
    name: Option<String>,
}

/// The files of a crate, each with the paths that it names. Tests are left out.
struct Crate {
    files: BTreeMap<Module, Vec<Named>>,
}

impl Crate {
    fn read(root: &Path) -> Self {
        let mut texts: BTreeMap<Module, String> = BTreeMap::new();
        for file in rust_files(root) {
            let module = module_of(root, &file);
            let is_test = |name: &String| name.ends_with("tests") || name == "test_support";
            if !module.last().is_some_and(is_test) {
                let text = fs::read_to_string(&file).expect("a source file");
                texts.entry(module).or_default().push_str(&code(&text));
            }
        }
        let modules: BTreeSet<Module> = texts.keys().cloned().collect();
        let files = texts
            .into_iter()
            .map(|(module, text)| {
                let named = named(&text, &module, &modules);
                (module, named)
            })
            .collect();
        Self { files }
    }

    /// Returns the file that defines what a path names. Follows re-exports.
    fn file_of(&self, path: &[String]) -> Option<Module> {
        let mut path = path.to_vec();
        // More steps than a chain of re-exports has.
        for _ in 0..8 {
            let length = (0..=path.len())
                .rev()
                .find(|length| self.files.contains_key(&path[..*length]))?;
            let module = path[..length].to_vec();
            let passed_on = path.get(length).and_then(|name| {
                let named = self.files[&module].iter();
                let mut same = named.filter(|one| one.name.as_ref() == Some(name));
                same.next()
            });
            let Some(passed_on) = passed_on else {
                return Some(module);
            };
            let rest = path.split_off(length + 1);
            path = passed_on.path.clone();
            path.extend(rest);
        }
        None
    }

    /// Returns which file uses which others.
    fn uses(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let of = |module: &Module, named: &[Named]| {
            let used = named.iter().filter_map(|one| self.file_of(&one.path));
            let is_other = |used: &Module| !used.starts_with(module) && !module.starts_with(used);
            used.filter(is_other).collect()
        };
        self.files
            .iter()
            .map(|(module, named)| (module.clone(), of(module, named)))
            .collect()
    }
}

/// Returns the shortest cycle through each file that is in one, as text.
fn circles(uses: &BTreeMap<Module, BTreeSet<Module>>) -> BTreeSet<String> {
    let mut circles = BTreeSet::new();
    for start in uses.keys() {
        let mut before: BTreeMap<&Module, &Module> = BTreeMap::new();
        let mut next = vec![start];
        'search: while !next.is_empty() {
            for file in std::mem::take(&mut next) {
                for used in &uses[file] {
                    if used == start {
                        circles.insert(circle(start, file, &before));
                        break 'search;
                    }
                    if !before.contains_key(used) {
                        before.insert(used, file);
                        next.push(used);
                    }
                }
            }
        }
    }
    circles
}

/// Formats a cycle from its first file in alphabetical order, so that it is the same from whichever file it was
/// found.
fn circle(start: &Module, end: &Module, before: &BTreeMap<&Module, &Module>) -> String {
    let mut names = vec![end.join("::")];
    let mut file = end;
    while file != start {
        file = before[file];
        names.push(file.join("::"));
    }
    names.reverse();
    let least = (0..names.len()).min_by_key(|at| &names[*at]);
    names.rotate_left(least.unwrap_or_default());
    names.join(" -> ")
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        // The binaries beside a library are separate crates.
        if path.is_dir() && !path.ends_with("bin") {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

fn module_of(root: &Path, file: &Path) -> Module {
    let inner = file.strip_prefix(root).expect("a file below its root");
    let inner = inner.with_extension("");
    let names: Module = inner
        .iter()
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    match names.as_slice() {
        [only] if only == "lib" || only == "main" => Module::new(),
        _ => names,
    }
}

/// Returns a file's code without comments and without the tests at its end.
fn code(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let code = line.split("//").next().unwrap_or_default();
        format!("{code}\n")
    });
    lines
        .take_while(|line| !line.starts_with("mod tests {"))
        .collect()
}

/// Returns the paths that a file names: those of its `use` lines, and others that begin with `crate::` or `super::`.
fn named(code: &str, module: &Module, modules: &BTreeSet<Module>) -> Vec<Named> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices("use ") {
        // Inside a string it is no statement.
        let line = code[..start].lines().next_back().unwrap_or_default();
        let is_first = start == 0 || code[..start].ends_with('\n');
        if !is_first && !line.trim().is_empty() && !line.trim_start().starts_with("pub") {
            continue;
        }
        let tree = code[start + "use ".len()..].split(';').next();
        for one in leaves(tree.unwrap_or_default()) {
            let (path, name) = one.split_once(" as ").unwrap_or((&one, ""));
            let path: Module = path
                .split("::")
                .map(|name| name.trim().to_owned())
                .collect();
            let name = match name.trim() {
                "" => path.last().cloned(),
                name => Some(name.to_owned()),
            };
            if let Some(path) = absolute(&path, module, modules) {
                found.push(Named { path, name });
            }
        }
    }
    for root in ["crate::", "super::"] {
        for (start, _) in code.match_indices(root) {
            let end = code[start..].find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
            let path = &code[start..][..end.unwrap_or(code.len() - start)];
            let path: Module = path
                .split("::")
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect();
            // The second of two `super` is part of the path that begins with the first.
            if !code[..start].ends_with("::")
                && let Some(path) = absolute(&path, module, modules)
            {
                found.push(Named { path, name: None });
            }
        }
    }
    found
}

/// Returns the single paths of a `use` tree.
fn leaves(tree: &str) -> Vec<String> {
    let Some((start, inner)) = tree.split_once('{') else {
        return vec![tree.trim().to_owned()];
    };
    let inner = inner.trim_end().strip_suffix('}').unwrap_or(inner);
    let (mut depth, mut from, mut parts) = (0_usize, 0, Vec::new());
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&inner[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[from..]);
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts
        .flat_map(|part| leaves(&format!("{}{}", start.trim(), part.trim())))
        .collect()
}

/// Returns a path from the crate's root; `None` for a path into another crate.
fn absolute(path: &[String], module: &Module, modules: &BTreeSet<Module>) -> Option<Module> {
    let mut base = module.clone();
    let mut path = path.iter().peekable();
    match path.peek()?.as_str() {
        "crate" => {
            base.clear();
            path.next();
        }
        "self" => {
            path.next();
        }
        "super" => {
            while path.peek().is_some_and(|name| *name == "super") {
                base.pop();
                path.next();
            }
        }
        child => {
            base.push(child.to_owned());
            if !modules.contains(&base) {
                return None;
            }
            path.next();
        }
    }
    base.extend(path.filter(|name| *name != "self").cloned());
    Some(base)
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for sources in CRATES {
        let uses = Crate::read(&project.join(sources)).uses();
        assert!(!uses.is_empty(), "no file in {sources}");
        assert_eq!(circles(&uses), BTreeSet::new(), "in {sources}");
    }
}

#[test]
fn cycle_is_found_through_a_re_export() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write(
        "lib.rs",
        "mod one;\nmod two;\npub use two::{\n    inner::Two,\n    Other as Renamed,\n};\n",
    );
    write("one.rs", "use crate::Two;\n// use crate::three;\n");
    write("two.rs", "mod inner;\npub struct Other;\n");
    write("two/inner.rs", "pub struct Two(super::super::one::One);\n");
    let found = circles(&Crate::read(folder.path()).uses());
    assert_eq!(found, BTreeSet::from(["one -> two::inner".to_owned()]));
    write(
        "two/inner.rs",
        "pub struct Two;\nmod tests {\nuse crate::one;\n}\n",
    );
    let found = circles(&Crate::read(folder.path()).uses());
    assert_eq!(found, BTreeSet::new());
}
