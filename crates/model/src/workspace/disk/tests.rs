//! The copy on disk with one page at a time: what it restores, what it does not, and what it never contains.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::super::store::{KeyValue, StoreError, Workspace};
use super::super::test_support::{Memory, domain, known, organisation, with_code};
use super::super::{KnownDomain, OrganisationKey, PendingAddition, PendingRename};
use super::{DiskChange, Replicated, Watcher};

const NAME: &str = "shop.acme.example";

/// A browser: its storage, and the copy on disk.
#[derive(Default)]
struct Browser {
    memory: Memory,
    copy: RefCell<BTreeMap<String, String>>,
    changed: RefCell<Vec<String>>,
    now: Cell<u64>,
}

impl Watcher for &Browser {
    fn changed(&self, key: &str) {
        self.changed.borrow_mut().push(key.to_owned());
    }
    fn now(&self) -> u64 {
        self.now.get()
    }
}

impl Browser {
    fn workspace(&self) -> Workspace<Replicated<Memory, &Self>> {
        self.now.set(self.now.get() + 1);
        Workspace::new(Replicated::new(self.memory.clone(), self))
    }

    fn raw(&self) -> Workspace<Memory> {
        Workspace::new(self.memory.clone())
    }

    /// Opens the page.
    fn open(&self) -> Result<(), StoreError> {
        self.changed.take();
        let copy: Vec<_> = self.copy.borrow().clone().into_iter().collect();
        let changes = self.raw().bring_back(&copy, self.now.get())?;
        self.take_over(&changes);
        Ok(())
    }

    /// Replicates the page's changes to disk.
    fn follow(&self) {
        let changed = self.changed.take();
        let changes = self.raw().changes_for_disk(&changed, self.now.get());
        self.take_over(&changes.expect("a storage"));
    }

    fn take_over(&self, changes: &[DiskChange]) {
        let mut copy = self.copy.borrow_mut();
        for change in changes.iter().cloned() {
            match change {
                DiskChange::Put { key, text } => drop(copy.insert(key, text)),
                DiskChange::Remove { key, .. } => drop(copy.remove(&key)),
            }
        }
        self.raw().taken_over(changes).expect("a storage");
    }

    /// Returns what the browser has written to disk of its storage.
    fn written(&self) -> BTreeMap<String, String> {
        self.memory.texts.borrow().clone()
    }

    /// Kills the browser, which had written only this.
    fn kill(&self, written: BTreeMap<String, String>) {
        self.memory.texts.replace(written);
    }

    fn find(&self, acme: &OrganisationKey) -> Option<KnownDomain> {
        self.raw().find(acme, &domain(NAME)).expect("a storage")
    }

    fn is_settled(&self) {
        let texts = self.memory.texts.borrow();
        let left: Vec<_> = texts.keys().filter(|key| key.contains("/gone/")).collect();
        assert!(left.is_empty(), "{left:?}");
        let copied: BTreeMap<_, _> = self
            .copy
            .borrow()
            .iter()
            .map(|(key, held)| {
                (
                    key.clone(),
                    held.split_once(' ').expect("a time").1.to_owned(),
                )
            })
            .collect();
        assert_eq!(copied, *texts);
    }
}

fn acme() -> OrganisationKey {
    organisation("https://acme.example/")
}

#[test]
fn data_lost_by_a_kill_is_restored_from_disk() {
    let (browser, acme) = (Browser::default(), acme());
    browser.open().expect("room");
    let before = browser.written();
    let addition = PendingAddition {
        name: domain("other.acme.example"),
        email: None,
    };
    let rename = PendingRename {
        from: domain("old.acme.example"),
        to: domain("new.acme.example"),
    };
    let workspace = browser.workspace();
    let kept = workspace
        .receive(&acme, with_code(NAME, "x", 5))
        .expect("room");
    workspace.begin_addition(&acme, &addition).expect("room");
    workspace.begin_rename(&acme, &rename).expect("room");
    browser.follow();
    browser.kill(before);
    assert_eq!(browser.find(&acme), None);
    browser.open().expect("room");
    assert_eq!(browser.find(&acme), Some(kept));
    let listing = browser.raw().list(&acme).expect("a storage");
    assert_eq!(
        (listing.additions, listing.renames),
        (vec![addition], vec![rename])
    );
    browser.is_settled();
}

#[test]
fn newer_of_stored_and_disk_code_stays() {
    for (there, here, left) in [(5, 3, "disk"), (3, 5, "storage")] {
        let (browser, acme) = (Browser::default(), acme());
        browser
            .workspace()
            .remember(&acme, with_code(NAME, "disk", there))
            .expect("room");
        browser.follow();
        browser.kill(BTreeMap::new());
        browser
            .raw()
            .remember(&acme, with_code(NAME, "storage", here))
            .expect("room");
        browser.open().expect("room");
        let held = browser
            .find(&acme)
            .and_then(|known| known.held)
            .expect("a code");
        assert_eq!(held.code.link, left);
        browser.open().expect("room");
        browser.is_settled();
    }
}

#[test]
fn forgotten_record_stays_forgotten_after_any_interruption() {
    for writes in 0.. {
        let (browser, acme) = (Browser::default(), acme());
        browser
            .workspace()
            .remember(&acme, with_code(NAME, "x", 5))
            .expect("room");
        browser.follow();
        browser.memory.stop_after(writes);
        let forgotten = browser.workspace().forget(&acme, &domain(NAME));
        browser.memory.go_on();
        // The page closes before the copy follows.
        browser.open().expect("room");
        browser.is_settled();
        if forgotten.is_ok() {
            assert_eq!(browser.find(&acme), None);
            break;
        }
        // An interrupted "Forget" forgets nothing, and loses nothing.
        assert!(
            browser
                .find(&acme)
                .is_some_and(|known| known.held.is_some()),
            "{writes}"
        );
    }
}

#[test]
fn record_added_after_forgetting_stays() {
    let (browser, acme) = (Browser::default(), acme());
    let record = with_code(NAME, "x", 5);
    browser
        .workspace()
        .remember(&acme, record.clone())
        .expect("room");
    browser.follow();
    browser
        .workspace()
        .forget(&acme, &domain(NAME))
        .expect("room");
    // The browser writes the removal to disk just now, and is killed after the record was restored.
    let written = browser.written();
    browser.follow();
    browser.workspace().remember(&acme, record).expect("room");
    browser.follow();
    browser.kill(written);
    browser.open().expect("room");
    assert!(
        browser
            .find(&acme)
            .is_some_and(|known| known.held.is_some())
    );
    browser.is_settled();
}

#[test]
fn full_storage_leaves_disk_copy_for_later() {
    let (browser, acme) = (Browser::default(), acme());
    browser
        .workspace()
        .remember(&acme, with_code(NAME, "new", 5))
        .expect("room");
    browser.follow();
    let copy = browser.copy.borrow().clone();
    browser.kill(BTreeMap::new());
    browser
        .raw()
        .remember(&acme, with_code(NAME, "old", 3))
        .expect("room");
    browser.memory.full.set(true);
    assert_eq!(browser.open(), Err(StoreError::Full));
    assert_eq!(*browser.copy.borrow(), copy);
    browser.memory.full.set(false);
    browser.open().expect("room");
    let held = browser
        .find(&acme)
        .and_then(|known| known.held)
        .expect("a code");
    assert_eq!(held.code.link, "new");
}

#[test]
fn unreadable_side_is_quarantined_and_the_other_counts() {
    let (bad, acme) = ("{\"version\":99}", acme());
    let key = acme.domain_key(&domain(NAME));
    for is_on_disk in [true, false] {
        let browser = Browser::default();
        let good = known(NAME).to_text();
        let (here, there) = if is_on_disk {
            (good.as_str(), bad)
        } else {
            (bad, good.as_str())
        };
        browser.memory.set(&key, here).expect("room");
        browser
            .copy
            .borrow_mut()
            .insert(key.clone(), format!("1 {there}"));
        browser.open().expect("room");
        assert_eq!(browser.find(&acme), Some(known(NAME)));
        let quarantined = browser.raw().list(&acme).expect("a storage").quarantined;
        assert_eq!(quarantined.len(), 1);
        assert_eq!(quarantined[0].text, bad);
        browser.open().expect("room");
        browser.is_settled();
    }
}

#[test]
fn rename_restored_by_a_kill_moves_no_other_domain() {
    let (browser, acme) = (Browser::default(), acme());
    let rename = PendingRename {
        from: domain(NAME),
        to: domain("new.acme.example"),
    };
    browser
        .workspace()
        .remember(&acme, with_code(NAME, "first", 5))
        .expect("room");
    browser
        .workspace()
        .begin_rename(&acme, &rename)
        .expect("room");
    browser.follow();
    let written = browser.written();
    browser
        .workspace()
        .finish_rename(&acme, &rename)
        .expect("room");
    browser
        .workspace()
        .receive(&acme, with_code(NAME, "second", 9))
        .expect("room");
    browser.follow();
    browser.kill(written);
    browser.open().expect("room");
    browser
        .workspace()
        .resolve_rename(&acme, &rename, true)
        .expect("room");
    let link = |name: &str| {
        let found = browser.raw().find(&acme, &domain(name)).expect("a storage");
        Some(found?.held?.code.link)
    };
    assert_eq!(link(NAME).as_deref(), Some("second"));
    assert_eq!(link("new.acme.example").as_deref(), Some("first"));
}

#[test]
fn nothing_but_the_workspace_goes_to_disk() {
    let browser = Browser::default();
    browser
        .memory
        .set("switchboard/1/connections", "token")
        .expect("room");
    let replicated = Replicated::new(browser.memory.clone(), &browser);
    for key in [
        "switchboard/1/connections",
        "switchboard/1/journal/x",
        "theirs",
    ] {
        replicated.set(key, "token").expect("room");
        replicated.remove(key).expect("room");
        replicated.set(key, "token").expect("room");
    }
    browser.follow();
    browser.open().expect("room");
    assert_eq!(*browser.copy.borrow(), BTreeMap::new());
    assert_eq!(browser.written().len(), 3);
}
