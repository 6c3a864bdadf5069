//! An unreadable saved connection does not lose the others, and is never overwritten.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::super::saved::quarantine;
use super::*;

#[derive(Default)]
struct Memory {
    texts: RefCell<BTreeMap<String, String>>,
    is_full: Cell<bool>,
}

impl KeyValue for Memory {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.texts.borrow().get(key).cloned())
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        if self.is_full.get() {
            return Err(StoreError::Full);
        }
        let mut texts = self.texts.borrow_mut();
        texts.insert(key.to_owned(), value.to_owned());
        Ok(())
    }
    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.texts.borrow_mut().remove(key);
        Ok(())
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.texts.borrow().keys().cloned().collect())
    }
}

fn entry(name: &str) -> String {
    format!(
        r#"{{"organisation":"{name}","current":true,"connection":{{"baseUrl":"https://{name}.example/","token":"secret-{name}"}}}}"#
    )
}

/// Returns an entry with a header that no release writes, so that this one cannot read it.
fn later(name: &str) -> String {
    entry(name).replace(r#""token""#, r#""tokenHeader":"not a header","token""#)
}

fn holding(text: &str) -> Memory {
    let memory = Memory::default();
    memory.set(saved::KEY, text).expect("room");
    memory
}

fn names(memory: &Memory) -> Vec<String> {
    let saved = saved::load_from(memory).expect("a storage");
    saved.into_iter().map(|one| one.organisation).collect()
}

#[test]
fn unreadable_entry_loses_no_other_entry() {
    for odd in [&later("odd"), "7", "null", r#"{"organisation":"odd"}"#] {
        let memory = holding(&format!("[{},{odd},{}]", entry("a"), entry("b")));
        assert_eq!(names(&memory), ["a", "b"], "{odd}");
        let unreadable = list(&memory).expect("a storage");
        assert_eq!(unreadable.len(), 1, "{odd}");
        let kept: Value = serde_json::from_str(&unreadable[0].text).expect("JSON");
        let odd: Value = serde_json::from_str(odd).expect("JSON");
        assert_eq!(kept, odd);
    }
}

#[test]
fn unreadable_connections_are_never_written_over() {
    let damaged =
        "[{\"organisation\":\"a\",\"connection\":{\"baseUrl\":\"https://a.example/\",\"tok";
    for text in [damaged, "null", "{}", &format!("[{}]", later("odd"))] {
        let memory = holding(text);
        let saved = StoredList::read(&format!("[{}]", entry("new"))).readable;
        saved::store_in(&memory, &saved).expect("room");
        assert_eq!(names(&memory), ["new"], "{text}");
        let texts = memory.texts.borrow();
        let inside = text.trim_start_matches('[').trim_end_matches(']');
        let is_kept = |kept: &String| {
            kept == text
                || serde_json::from_str::<Value>(kept).ok()
                    == serde_json::from_str::<Value>(inside).ok()
        };
        assert!(texts.values().any(is_kept), "{text} is gone");
    }
}

#[test]
fn without_room_for_quarantine_nothing_is_written_over() {
    let text = format!("[{},{}]", entry("a"), later("odd"));
    let memory = holding(&text);
    memory.is_full.set(true);
    assert_eq!(names(&memory), ["a"]);
    assert_eq!(saved::store_in(&memory, &[]), Err(StoreError::Full));
    assert_eq!(memory.get(saved::KEY), Ok(Some(text)));
    assert_eq!(list(&memory).expect("a storage").len(), 1, "told anyway");
}

#[test]
fn restored_connection_does_not_connect_unasked() {
    let memory = Memory::default();
    let whole = format!("[{},{}]", entry("b"), entry("c"));
    quarantine(&memory, &[entry("a"), whole, later("odd")]).expect("room");
    let results: Vec<_> = list(&memory)
        .expect("a storage")
        .iter()
        .map(|one| put_back(&memory, one).expect("room"))
        .collect();
    let done = results.iter().filter(|back| **back == PutBack::Done);
    assert_eq!(done.count(), 2);
    assert!(results.contains(&PutBack::StillUnreadable));
    let saved = saved::load_from(&memory).expect("a storage");
    assert_eq!(saved.len(), 3);
    assert!(saved.iter().all(|one| !one.current && !one.open));
    assert_eq!(list(&memory).expect("a storage").len(), 1);
}

#[test]
fn newer_saved_connection_is_not_replaced() {
    let memory = holding(&format!("[{}]", entry("a")));
    let older = entry("a").replace("secret-a", "older-token");
    quarantine(&memory, std::slice::from_ref(&older)).expect("room");
    let unreadable = list(&memory).expect("a storage").remove(0);
    assert_eq!(put_back(&memory, &unreadable), Ok(PutBack::SavedSince));
    let saved = saved::load_from(&memory).expect("a storage");
    assert_eq!(saved[0].connection.token.reveal(), "secret-a");
    assert_eq!(list(&memory), Ok(vec![unreadable.clone()]));
    delete(&memory, &unreadable).expect("a storage");
    assert_eq!(list(&memory), Ok(Vec::new()));
}

#[test]
fn token_of_an_unreadable_connection_is_not_shown() {
    let misplaced = r#"{"organisation":"odd","connection":{"baseUrl":"secret-odd","token":1}}"#;
    for (text, base_url) in [
        (later("odd").as_str(), Some("https://odd.example/")),
        (misplaced, None),
        ("secret-odd", None),
    ] {
        let memory = Memory::default();
        quarantine(&memory, &[text.to_owned()]).expect("room");
        let unreadable = list(&memory).expect("a storage").remove(0);
        let url = unreadable.base_url();
        assert_eq!(url.as_ref().map(BaseUrl::as_str), base_url);
        let shown = format!("{unreadable:?} {url:?} {:?}", unreadable.organisation());
        assert!(!shown.contains("secret"), "{shown}");
    }
}
