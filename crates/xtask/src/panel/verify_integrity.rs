//! Verifies a finished page: it loads only its own files, each with the correct integrity.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::panel::page::Hash;

/// The kinds of links whose integrity browsers check.
const CHECKED: [&str; 3] = ["stylesheet", "preload", "modulepreload"];

/// Rejects a page that loads a file from elsewhere, or one without the integrity that browsers would check.
pub fn verify_integrity(html: &str, dist: &Path) -> Result<()> {
    for tag in tags(html) {
        let Some(address) = attribute(tag, "src").or_else(|| attribute(tag, "href")) else {
            continue;
        };
        let is_script = tag.starts_with("<script");
        let rel = attribute(tag, "rel").unwrap_or_default();
        if !is_script && rel != "icon" && !CHECKED.contains(&rel) {
            bail!("The page loads something in a way that the build does not know: {tag}>");
        }
        let Some(name) = address
            .strip_prefix('/')
            .filter(|name| !name.starts_with(['/', '\\']))
        else {
            bail!("The page loads something that is not its own: {tag}>");
        };
        let file = std::fs::read(dist.join(name))
            .with_context(|| format!("The page loads {address}, which is not there."))?;
        let integrity = attribute(tag, "integrity");
        // Browsers do not check the integrity of an icon.
        if rel != "icon" && integrity != Some(&Hash::of(&file).integrity()) {
            bail!("The page loads {address} without the integrity of the file that is there.");
        }
    }
    Ok(())
}

/// Returns every tag that may load something, from `<` to before `>`.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.match_indices('<').filter_map(|(at, _)| {
        let tag = html[at..].split('>').next()?;
        let is_text = tag.starts_with("<a ") || tag.starts_with("<!");
        (!is_text).then_some(tag)
    })
}

/// Returns the value of an attribute in quotation marks.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(html: &str) -> Result<()> {
        let dist = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("a.js", "a"),
            ("b.css", "b"),
            ("c.wasm", "c"),
            ("d.svg", "d"),
        ] {
            std::fs::write(dist.path().join(name), text).unwrap();
        }
        verify_integrity(html, dist.path())
    }

    #[test]
    fn page_with_integrity_for_its_own_files_is_accepted() {
        let of = |text: &str| Hash::of(text.as_bytes()).integrity();
        let html = format!(
            "<!doctype html><meta charset=\"utf-8\"><link rel=\"icon\" href=\"/d.svg\"/>\
             <script type=\"module\" src=\"/a.js\" integrity=\"{}\"></script>\
             <link rel=\"stylesheet\" href=\"/b.css\" integrity=\"{}\">\
             <link rel=\"preload\" href=\"/c.wasm\" integrity=\"{}\" as=\"fetch\">",
            of("a"),
            of("b"),
            of("c")
        );
        verdict(&html).unwrap();
    }

    #[test]
    fn file_without_integrity_or_from_elsewhere_is_refused() {
        let other = Hash::of(b"other").integrity();
        for html in [
            "<script src=\"/a.js\"></script>".to_owned(),
            format!("<script src=\"/a.js\" integrity=\"{other}\"></script>"),
            "<link rel=\"stylesheet\" href=\"/b.css\">".to_owned(),
            "<link rel=\"preload\" href=\"/c.wasm\" as=\"fetch\">".to_owned(),
            "<link rel=\"modulepreload\" href=\"/a.js\">".to_owned(),
            format!("<script src=\"https://cdn.example/a.js\" integrity=\"{other}\"></script>"),
            "<link rel=\"icon\" href=\"//cdn.example/d.svg\">".to_owned(),
            "<link rel=\"icon\" href=\"/missing.svg\">".to_owned(),
            "<img src=\"/d.svg\">".to_owned(),
            "<iframe src=\"/index.html\">".to_owned(),
            "<link rel=\"prefetch\" href=\"/a.js\">".to_owned(),
        ] {
            assert!(verdict(&html).is_err(), "{html}");
        }
    }
}
