//! The journal keeps what several tabs write, within its limits.

use super::*;
use crate::journal::{LocalChange, LocalEntry};
use crate::workspace::Workspace;
use crate::workspace::test_support::{Memory, domain, known, organisation};

fn entry(at: u64, salt: u32) -> Entry {
    Entry {
        at,
        salt,
        change: Change::AddDomain {
            domain: domain("a.example"),
        },
        seen: Seen::Worked,
        inverse: Vec::new(),
        undone: false,
        before: None,
    }
}

#[test]
fn two_tabs_that_write_at_once_lose_nothing() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let tabs = [Journal::new(memory.clone()), Journal::new(memory)];
    tabs[0].keep(&acme, &entry(5, 1)).expect("room");
    tabs[1].keep(&acme, &entry(5, 2)).expect("room");
    tabs[0]
        .keep(&acme, &entry(999_999_999_999, 3))
        .expect("room");
    tabs[1]
        .keep(&acme, &entry(1_700_000_000_000, 4))
        .expect("room");
    let salts: Vec<u32> = tabs[0]
        .list(&acme)
        .expect("storage")
        .iter()
        .map(|entry| entry.salt)
        .collect();
    assert_eq!(salts, [4, 3, 2, 1], "newest first");
}

#[test]
fn the_oldest_go_when_there_are_too_many() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let journal = Journal::new(memory);
    for at in 0..=ENTRIES as u64 {
        journal.keep(&acme, &entry(at, 0)).expect("room");
    }
    let kept = journal.list(&acme).expect("storage");
    assert_eq!(kept.len(), ENTRIES);
    assert_eq!(kept.last().map(|entry| entry.at), Some(1));
}

#[test]
fn journal_tells_since_when_nothing_is_missing() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let journal = Journal::new(memory.clone());
    let since = || journal.read(&acme).expect("storage").since;
    assert_eq!(since(), None);
    // Entries of a release that noted no beginning.
    journal.keep(&acme, &entry(7, 0)).expect("room");
    assert_eq!(since(), Some(7));
    journal.begin(&acme, 20).expect("room");
    journal.begin(&acme, 30).expect("room");
    assert_eq!(since(), Some(7));
    for at in 100..100 + ENTRIES as u64 {
        journal.keep(&acme, &entry(at, 0)).expect("room");
    }
    assert_eq!(since(), Some(8), "the entry of 7 was removed");
    let other = organisation("https://other.example/");
    journal.begin(&other, 20).expect("room");
    let since = journal.read(&other).expect("storage").since;
    assert_eq!(since, Some(20));
    let kept = memory.keys().expect("storage");
    let of_journal = |key: &&String| acme.is_of_journal(key);
    assert_eq!(kept.iter().filter(of_journal).count(), ENTRIES);
}

#[test]
fn local_entries_lie_among_the_changes_and_share_their_room() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let journal = Journal::new(memory);
    let forgotten = |at| {
        let domain = domain("a.example");
        LocalEntry::new(at, 0, LocalChange::ForgetDomain { domain, code: None })
    };
    journal
        .keep_local(&acme, &forgotten(1), &mut None)
        .expect("room");
    journal.keep(&acme, &entry(2, 0)).expect("room");
    journal
        .keep_local(&acme, &forgotten(3), &mut None)
        .expect("room");
    let recorded = journal.read(&acme).expect("storage");
    assert_eq!(recorded.changes, [entry(2, 0)]);
    assert_eq!(recorded.local, [forgotten(3), forgotten(1)]);
    for at in 4..=ENTRIES as u64 + 1 {
        journal.keep(&acme, &entry(at, 0)).expect("room");
    }
    let recorded = journal.read(&acme).expect("storage");
    assert_eq!(recorded.local, [forgotten(3)]);
}

#[test]
fn whoever_knows_the_keys_keeps_as_many_and_finds_out_what_another_tab_wrote() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let journal = Journal::new(memory);
    let mut known = None;
    let keep = |at, known: &mut _| {
        journal
            .keep_among(&acme, &entry(at, 0), known)
            .expect("room")
    };
    for at in 10..=ENTRIES as u64 + 10 {
        keep(at, &mut known);
    }
    let ends = || {
        let kept = journal.list(&acme).expect("storage");
        (kept.len(), kept.last().map(|entry| entry.at))
    };
    assert_eq!(ends(), (ENTRIES, Some(11)));
    // Storing an entry again replaces it.
    keep(ENTRIES as u64 + 10, &mut known);
    assert_eq!(ends(), (ENTRIES, Some(11)));
    // Another tab wrote, and this one was notified.
    journal.keep(&acme, &entry(2_000, 0)).expect("room");
    known = None;
    keep(2_001, &mut known);
    assert_eq!(ends(), (ENTRIES, Some(13)));
}

#[test]
fn storing_an_entry_again_replaces_it() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let journal = Journal::new(memory);
    journal.keep(&acme, &entry(1, 1)).expect("room");
    let undone = Entry {
        undone: true,
        ..entry(1, 1)
    };
    journal.keep(&acme, &undone).expect("room");
    assert_eq!(journal.list(&acme), Ok(vec![undone]));
}

#[test]
fn organisations_and_domains_are_kept_apart() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let below = organisation("https://acme.example/chat/");
    let (journal, workspace) = (Journal::new(memory.clone()), Workspace::new(memory));
    journal.keep(&acme, &entry(1, 1)).expect("room");
    workspace.remember(&acme, known("a.example")).expect("room");
    assert_eq!(journal.list(&below), Ok(Vec::new()));
    assert_eq!(journal.list(&acme), Ok(vec![entry(1, 1)]));
    let listing = workspace.list(&acme).expect("storage");
    assert_eq!((listing.domains.len(), listing.quarantined.len()), (1, 0));
}

#[test]
fn unreadable_entry_is_skipped_and_kept() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let journal = Journal::new(memory.clone());
    journal.keep(&acme, &entry(2, 0)).expect("room");
    let newer = entry(3, 0)
        .to_text()
        .replace("\"version\":1", "\"version\":2");
    for (name, text) in [("1", "{"), ("2", newer.as_str())] {
        let key = format!("{}{name}", acme.journal_prefix());
        memory.set(&key, text).expect("room");
    }
    assert_eq!(journal.list(&acme), Ok(vec![entry(2, 0)]));
    assert_eq!(memory.keys().expect("storage").len(), 3);
}

#[test]
fn full_or_blocked_storage_is_an_error() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let journal = Journal::new(memory.clone());
    memory.full.set(true);
    assert_eq!(journal.keep(&acme, &entry(1, 0)), Err(StoreError::Full));
    memory.blocked.set(true);
    assert_eq!(journal.list(&acme), Err(StoreError::Blocked));
}

#[test]
fn looked_up_change_is_confirmed_or_removed() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let journal = Journal::new(memory);
    let unsure = |at| Entry {
        seen: Seen::Unknown,
        ..entry(at, 0)
    };
    let other = Entry {
        change: Change::DeleteDomain {
            domain: domain("a.example"),
        },
        ..unsure(9)
    };
    for entry in [unsure(1), unsure(2), other.clone()] {
        journal.keep(&acme, &entry).expect("room");
    }
    let change = unsure(1).change;
    journal.looked_up(&acme, &change, true).expect("room");
    let kept = vec![other.clone(), entry(2, 0), unsure(1)];
    assert_eq!(journal.list(&acme), Ok(kept), "the newest is meant");
    journal.looked_up(&acme, &change, false).expect("storage");
    journal.looked_up(&acme, &change, false).expect("storage");
    assert_eq!(journal.list(&acme), Ok(vec![other, entry(2, 0)]));
}

#[test]
fn oversized_entry_is_not_stored() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let long = Entry {
        change: Change::AddOperator {
            email: "ada@acme.example".parse().expect("an e-mail of the test"),
            name: "a".repeat(LONGEST),
        },
        ..entry(1, 0)
    };
    let journal = Journal::new(memory);
    journal.begin(&acme, 0).expect("room");
    assert_eq!(journal.keep(&acme, &long), Err(StoreError::NotKept));
    let recorded = journal.read(&acme).expect("storage");
    assert_eq!((recorded.changes, recorded.since), (Vec::new(), Some(2)));
}

/// A storage whose room is used up: it takes only texts that are no longer than those that they replace.
struct UsedUp(Memory);

impl KeyValue for UsedUp {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.0.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let room = self.get(key)?.map_or(0, |text| text.len());
        if value.len() > room {
            return Err(StoreError::Full);
        }
        self.0.set(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.0.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.0.keys()
    }
}

#[test]
fn entry_without_room_moves_the_beginning() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let journal = Journal::new(memory.clone());
    journal.begin(&acme, 1_000).expect("room");
    let full = Journal::new(UsedUp(memory));
    assert_eq!(full.keep(&acme, &entry(2_000, 0)), Err(StoreError::Full));
    journal.keep(&acme, &entry(3_000, 0)).expect("room");
    assert_eq!(journal.read(&acme).expect("storage").since, Some(2_001));
}
