//! Generates the service worker, with its list of files and its version.

use anyhow::{Result, ensure};

use crate::panel::page::Hash;

/// Its name. It contains no hash, because browsers request it by name to find a new version.
pub const NAME: &str = "sw.js";

const WORKER: &str = include_str!("worker.js");
const VERSION: &str = "const VERSION = \"VERSION\";";
const PAGE_INTEGRITY: &str = "const PAGE_INTEGRITY = \"PAGE_INTEGRITY\";";
const FILES: &str = "const FILES = [];";

/// Returns the worker that caches `page` and its `files`, in this order. It identifies the page by its SHA-384,
/// because a release may change only the style sheet.
///
/// # Errors
/// When `worker.js` lacks one of the placeholders.
pub fn keeping(page: &str, files: &[(String, Hash)]) -> Result<String> {
    let list: Vec<[String; 2]> = files
        .iter()
        .map(|(name, hash)| [format!("/{name}"), hash.integrity()])
        .collect();
    ensure!(
        [VERSION, PAGE_INTEGRITY, FILES]
            .iter()
            .all(|place| WORKER.matches(place).count() == 1),
        "worker.js has no place for its version, its page or its files."
    );
    let list = serde_json::to_string(&list)?;
    let version = version(WORKER, page, &list);
    let integrity = Hash::of(page.as_bytes()).integrity();
    Ok(WORKER
        .replace(VERSION, &format!("const VERSION = \"{version}\";"))
        .replace(
            PAGE_INTEGRITY,
            &format!("const PAGE_INTEGRITY = \"{integrity}\";"),
        )
        .replace(FILES, &format!("const FILES = {list};")))
}

/// Returns the version, which includes the worker's own text: a worker must not change the cache of another.
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
    fn worker_lists_every_file_with_its_integrity_in_order() {
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
    fn another_page_is_another_version() {
        let page = "<script src=\"/switchboard-1.js\">";
        let of = |page: &str| keeping(page, &files()).unwrap();
        assert_eq!(of(page), of(page));
        assert_ne!(of(page), of(&format!("{page} ")));
    }

    #[test]
    fn another_worker_is_another_version() {
        assert_ne!(version("one", "page", "[]"), version("two", "page", "[]"));
    }

    #[test]
    fn worker_identifies_its_page_by_hash() {
        let page =
            "<link rel=\"stylesheet\" href=\"/main-2.css\"><script src=\"/switchboard-1.js\">";
        let restyled = page.replace("main-2", "main-3");
        let integrity = |page: &str| Hash::of(page.as_bytes()).integrity();
        let worker = keeping(page, &files()).unwrap();
        assert!(worker.contains(&integrity(page)), "{worker}");
        assert!(!worker.contains(&integrity(&restyled)), "{worker}");
    }
}
