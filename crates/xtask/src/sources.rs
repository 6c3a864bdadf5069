//! Checks on the text of the panel's sources.

use std::collections::HashSet;
use std::path::Path;

/// Returns all Rust sources below `folder` as one text.
fn sources(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.push_str(&sources(&path));
        } else {
            all.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
    all
}

#[test]
fn every_text_of_the_catalogue_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src");
    let all = sources(&root);
    let word = |rest: &str| {
        rest.split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let used: HashSet<String> = all.split("Text::").skip(1).map(word).collect();
    let catalogue = std::fs::read_to_string(root.join("i18n/english.rs")).unwrap();
    let texts: Vec<String> = catalogue
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with(char::is_uppercase) && line.contains(" ="))
        .map(word)
        .collect();
    assert!(texts.len() > 500, "{} texts were found", texts.len());
    let unused: Vec<_> = texts.iter().filter(|text| !used.contains(*text)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}
