//! Checks the panel's texts and their uses in its code (src/i18n/english.rs).

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src")
}

/// Returns the code of the panel as one text.
fn sources() -> String {
    let mut sources = String::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of src") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                sources.push_str(&fs::read_to_string(&path).expect("a file of src"));
            }
        }
    }
    sources
}

/// Returns the texts with their names, e.g. `("Close", "Close")`.
fn texts() -> Vec<(String, String)> {
    let table = fs::read_to_string(root().join("i18n/english.rs")).expect("the texts");
    let text = |line: &str| {
        let (name, text) = line.trim().strip_suffix("\";")?.split_once(" = \"")?;
        Some((name.to_owned(), text.to_owned()))
    };
    table.lines().filter_map(text).collect()
}

/// Returns the names of the placeholders of a message, including those inside the forms of a plural or select.
fn placeholders(message: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = message;
    while let Some((inner, tail)) = rest.find('{').map(|at| enclosed(&rest[at..])) {
        let (name, forms) = inner.split_once(',').unwrap_or((inner, ""));
        names.push(name);
        let mut forms = forms;
        while let Some((form, tail)) = forms.find('{').map(|at| enclosed(&forms[at..])) {
            names.extend(placeholders(form));
            forms = tail;
        }
        rest = tail;
    }
    names
}

/// Splits a text that begins with a brace into the part up to the matching brace, and the rest.
fn enclosed(text: &str) -> (&str, &str) {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        depth += match byte {
            b'{' => 1,
            b'}' => -1,
            _ => 0,
        };
        if depth == 0 {
            return (&text[1..at], &text[at + 1..]);
        }
    }
    panic!("a brace without a partner: {text}");
}

/// Returns the placeholders that a call fills in, if the call contains both the text and the values literally.
/// `before` and `after` are the code around the text.
fn filled<'a>(before: &str, after: &'a str) -> Option<Vec<&'a str>> {
    let before = before.trim_end();
    let is_in = |call: &str| {
        let function = before.strip_suffix(call);
        function.is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    if is_in("t(") && after.starts_with(')') {
        return Some(Vec::new());
    }
    if is_in("tn(") {
        return Some(vec!["count"]);
    }
    let values = after.trim_start_matches([',', ' ', '\n']);
    if !(is_in("tf(") || is_in("tc(")) || !values.starts_with("&[(\"") {
        return None;
    }
    let call = &values[..values.find(";\n").unwrap_or(values.len())];
    let names = call.split("(\"").skip(1);
    Some(names.filter_map(|name| name.split('"').next()).collect())
}

#[test]
fn every_text_is_used_and_its_placeholders_are_filled() {
    let (texts, sources) = (texts(), sources());
    assert!(texts.len() > 900, "{} texts", texts.len());
    let mut checked = 0;
    for (name, text) in &texts {
        let placeholders = placeholders(text);
        let mut uses = 0;
        for (at, found) in sources.match_indices(&format!("Text::{name}")) {
            let after = &sources[at + found.len()..];
            if after.starts_with(|c: char| c.is_alphanumeric()) {
                continue;
            }
            uses += 1;
            if let Some(filled) = filled(&sources[..at], after) {
                checked += 1;
                let is_filled = |name: &&str| filled.contains(name);
                assert!(placeholders.iter().all(is_filled), "{name}: {filled:?}");
            }
        }
        assert!(uses > 0, "{name} is not used");
    }
    assert!(checked > 700, "{checked} uses checked");
}

#[test]
fn placeholders_inside_forms_are_found() {
    let message = "{a} {n, plural, one {# of {b}} other {# {c, select, x {y} other {{d}}}}}";
    assert_eq!(placeholders(message), ["a", "n", "b", "c", "d"]);
}
