//! Checks that no two types, components or files of the panel share a name.

use std::collections::BTreeMap;
use std::fs;

use super::{root, sources};

/// Returns the entries with more than one place.
fn shared(places: BTreeMap<String, Vec<String>>) -> Vec<(String, Vec<String>)> {
    let shared = places.into_iter().filter(|(_, places)| places.len() > 1);
    shared.collect()
}

/// Returns the name of the type or component that a line defines.
fn defined(line: &str) -> Option<&str> {
    let code = line.trim_start();
    let code = match code.strip_prefix("pub(") {
        Some(visibility) => visibility.split_once(')')?.1,
        None => code.strip_prefix("pub ").unwrap_or(code),
    };
    let mut words = code
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .skip_while(|word| matches!(*word, "async" | "const"));
    // Inside a trait or an `impl`, `type` defines an associated type.
    let is_indented = line.starts_with(' ');
    match words.next()? {
        "struct" | "enum" | "trait" | "union" | "fn" => {}
        "type" if !is_indented => {}
        _ => return None,
    }
    words
        .next()
        .filter(|name| name.starts_with(char::is_uppercase))
}

#[test]
fn no_two_files_share_a_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources() {
        let name = source.module.last().cloned().unwrap_or_default();
        if name != "tests" {
            places
                .entry(name)
                .or_default()
                .push(source.module.join("/"));
        }
    }
    assert_eq!(shared(places), []);
}

#[test]
fn no_two_types_or_components_share_a_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources() {
        let path = source.module.join("/");
        if source.module.last().is_some_and(|name| name == "tests") {
            continue;
        }
        let text = fs::read_to_string(root().join(&path).with_extension("rs"));
        let text = text.expect("a file of src");
        let code = text
            .lines()
            .take_while(|line| !line.starts_with("mod tests {"));
        for name in code.filter_map(defined) {
            places
                .entry(name.to_owned())
                .or_default()
                .push(path.clone());
        }
    }
    assert!(places.contains_key("OperatorsPage"));
    assert_eq!(shared(places), []);
}

#[test]
fn definitions_are_recognised() {
    assert_eq!(
        defined("pub(in crate::ui) fn ToastPlace("),
        Some("ToastPlace")
    );
    assert_eq!(defined("pub struct Remote {"), Some("Remote"));
    assert_eq!(defined("    type Payload = Vec<u8>;"), None);
    assert_eq!(defined("fn root() -> PathBuf {"), None);
    assert_eq!(defined("impl Remote {"), None);
}
