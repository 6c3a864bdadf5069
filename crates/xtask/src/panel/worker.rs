//! The service worker: which files it keeps, and of which version it is.

use anyhow::{Context, Result, ensure};

use crate::panel::page::Hash;

/// What it is called: not by its content, since browsers ask for it by name to learn of a new version.
pub const NAME: &str = "sw.js";

const WORKER: &str = include_str!("worker.js");
const VERSION: &str = "const VERSION = \"VERSION\";";
const FILES: &str = "const FILES = [];";

/// The worker that keeps `page` and its `files`, the script first.
pub fn keeping(page: &str, files: &[(String, Hash)]) -> Result<String> {
    let list: Vec<[String; 2]> = files
        .iter()
        .map(|(name, hash)| [format!("/{name}"), hash.integrity()])
        .collect();
    let [script, _] = list.first().context("The panel has no files.")?;
    ensure!(
        script.ends_with(".js") && page.contains(script.as_str()),
        "The page does not name {script}, by which the service worker would know its version."
    );
    ensure!(
        WORKER.matches(VERSION).count() == 1 && WORKER.matches(FILES).count() == 1,
        "worker.js has no place for its version and its files."
    );
    let list = serde_json::to_string(&list)?;
    let version = version(WORKER, page, &list);
    Ok(WORKER
        .replace(VERSION, &format!("const VERSION = \"{version}\";"))
        .replace(FILES, &format!("const FILES = {list};")))
}

/// The worker's own text is a part of it: what another worker keeps is not this one's to change.
fn version(worker: &str, page: &str, list: &str) -> String {
    Hash::of(format!("{worker}{page}{list}").as_bytes()).short()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Vec<(String, Hash)> {
        [("switchboard-1.js", "a"), ("main-2.css", "b")]
            .map(|(name, text)| (name.to_owned(), Hash::of(text.as_bytes())))
            .into()
    }

    #[test]
    fn every_file_is_kept_with_its_integrity_and_the_script_stands_first() {
        let worker = keeping("<script src=\"/switchboard-1.js\">", &files()).unwrap();
        let (_, list) = worker.split_once("const FILES = ").unwrap();
        let (list, _) = list.split_once(";\n").unwrap();
        let list: Vec<[String; 2]> = serde_json::from_str(list).unwrap();
        let of = |text: &str| Hash::of(text.as_bytes()).integrity();
        assert_eq!(
            list,
            [
                ["/switchboard-1.js".to_owned(), of("a")],
                ["/main-2.css".to_owned(), of("b")]
            ]
        );
    }

    #[test]
    fn another_page_is_another_version_even_with_the_same_files() {
        let page = "<script src=\"/switchboard-1.js\">";
        let of = |page: &str| keeping(page, &files()).unwrap();
        assert_eq!(of(page), of(page));
        assert_ne!(of(page), of(&format!("{page} ")));
    }

    #[test]
    fn another_worker_is_another_version_even_with_the_same_page_and_files() {
        assert_ne!(version("one", "page", "[]"), version("two", "page", "[]"));
    }

    #[test]
    fn a_page_that_does_not_name_the_script_is_refused() {
        assert!(keeping("<script src=\"/other.js\">", &files()).is_err());
        assert!(keeping("", &[]).is_err());
    }
}
