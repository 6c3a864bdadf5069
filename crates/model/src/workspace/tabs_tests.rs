//! Tabs that work on one storage at once, their calls in any order, dying and out of room anywhere: no embed code that was said to be kept is
//! lost or replaced by an older one, no rename stays half done, and what cannot be read is still there.
//!
//! What the API does one after the other is not mixed: it gives the code of a name once at a time, and adds no domain while it renames it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use proptest::prelude::*;
use switchboard_api::EmbedCode;

use super::file::WorkspaceFile;
use super::import::import;
use super::store::KeyValue;
use super::tabs::{Shared, TabStorage, Turn};
use super::test_support::{domain, known, organisation, with_code};
use super::{CodeOrigin, HeldCode, KnownDomain, OrganisationKey, PendingRename, Workspace};

const NAMES: [&str; 3] = ["a.example", "b.example", "c.example"];

#[derive(Clone, Debug)]
enum Op {
    LookUp(usize),
    Copied(usize),
    /// With what the clock says.
    Add(usize, u64),
    /// With when the code in the file was received.
    Import(usize, u64),
    Rename(usize),
    Forget(usize),
    Restore,
    List,
}

/// A code that somebody was told is kept.
#[derive(Clone, Debug)]
struct Kept {
    /// The domain's names: each but the last is a former one.
    names: Vec<String>,
    held: HeldCode,
    began: u64,
    /// Whether it came from elsewhere than the API, and so may be the code of a domain that has another name by now.
    is_from_elsewhere: bool,
}

/// What happens outside of the storage.
#[derive(Default)]
struct World {
    renamed: BTreeMap<String, String>,
    kept: Vec<Kept>,
    /// Names that were forgotten, and until when.
    forgotten: Vec<(String, u64)>,
    /// What is done by one tab at a time, by its name and kind.
    held_up: BTreeSet<(String, &'static str)>,
    codes: u32,
}

#[derive(Clone)]
struct Tab {
    storage: TabStorage,
    workspace: Workspace<TabStorage>,
    shared: Shared,
    world: Arc<Mutex<World>>,
    acme: OrganisationKey,
}

const ADDING: &str = "adding";
const IMPORTING: &str = "importing";

impl Tab {
    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something that only one tab does at a time.
    fn alone(&self, name: &str, kinds: &[&'static str], act: impl FnOnce()) {
        let keys: Vec<_> = kinds.iter().map(|kind| (name.to_owned(), *kind)).collect();
        {
            let held_up = &mut self.world().held_up;
            if keys.iter().any(|key| held_up.contains(key)) {
                return;
            }
            held_up.extend(keys.iter().cloned());
        }
        act();
        self.world().held_up.retain(|key| !keys.contains(key));
    }

    fn code(&self, received_at: u64, origin: CodeOrigin) -> HeldCode {
        let mut world = self.world();
        world.codes += 1;
        HeldCode {
            code: EmbedCode {
                link: format!("code {}", world.codes),
                socket_link: String::new(),
            },
            origin,
            received_at,
        }
    }

    fn told_as_kept(&self, name: &str, held: Option<HeldCode>, began: u64, restored: bool) {
        if let (Some(held), false) = (held, self.storage.died()) {
            self.world().kept.push(Kept {
                names: vec![name.to_owned()],
                is_from_elsewhere: held.origin != CodeOrigin::Added || restored,
                held,
                began,
            });
        }
    }

    fn act(&self, op: &Op) {
        let began = self.shared.now();
        match op {
            Op::List => drop(self.workspace.list(&self.acme)),
            Op::LookUp(name) => drop(self.workspace.remember(&self.acme, known(NAMES[*name]))),
            Op::Copied(name) => {
                let found = self.workspace.find(&self.acme, &domain(NAMES[*name]));
                if let Ok(Some(record)) = found {
                    let copied = KnownDomain {
                        code_copied: true,
                        // As the page does it: the code is only who received it to write.
                        held: None,
                        ..record
                    };
                    drop(self.workspace.remember(&self.acme, copied));
                }
            }
            Op::Add(name, clock) => self.alone(NAMES[*name], &[ADDING], || {
                let held = self.code(*clock, CodeOrigin::Added);
                let record = KnownDomain {
                    held: Some(held.clone()),
                    ..known(NAMES[*name])
                };
                if let Ok(kept) = self.workspace.receive(&self.acme, record) {
                    let is_it = kept.held.as_ref().map(|kept| &kept.code) == Some(&held.code);
                    assert!(is_it, "said to be kept: {held:?}, and it is {kept:?}");
                    self.told_as_kept(NAMES[*name], kept.held, began, false);
                }
            }),
            Op::Import(name, received_at) => self.alone(NAMES[*name], &[IMPORTING], || {
                let held = self.code(*received_at, CodeOrigin::Imported);
                let file = WorkspaceFile {
                    organisation: self.acme.clone(),
                    exported_at: 0,
                    domains: vec![KnownDomain {
                        held: Some(held.clone()),
                        ..known(NAMES[*name])
                    }],
                };
                let imported = import(&self.workspace, &self.acme, &file);
                let came = imported.done.counts().codes > 0 && imported.stopped.is_none();
                self.told_as_kept(NAMES[*name], came.then_some(held), began, false);
            }),
            Op::Rename(name) => self.alone(NAMES[*name], &[ADDING, IMPORTING], || {
                self.rename(NAMES[*name]);
            }),
            Op::Forget(name) => {
                drop(self.workspace.forget(&self.acme, &domain(NAMES[*name])));
                let until = self.shared.now();
                self.world()
                    .forgotten
                    .push((NAMES[*name].to_owned(), until));
            }
            Op::Restore => self.restore(began),
        }
    }

    fn rename(&self, from: &str) {
        let to = format!("renamed-{from}");
        if self.world().renamed.contains_key(from) {
            return;
        }
        let rename = PendingRename {
            from: domain(from),
            to: domain(&to),
        };
        if self.workspace.begin_rename(&self.acme, &rename).is_err() {
            return;
        }
        {
            // The API has done it.
            let mut world = self.world();
            world.renamed.insert(from.to_owned(), to.clone());
            for kept in &mut world.kept {
                if kept.names.last().is_some_and(|name| name == from) {
                    kept.names.push(to.clone());
                }
            }
        }
        drop(self.workspace.finish_rename(&self.acme, &rename));
    }

    fn restore(&self, began: u64) {
        let Ok(listing) = self.workspace.list(&self.acme) else {
            return;
        };
        for record in listing.set_aside {
            let Ok(inside) = KnownDomain::from_text(&record.text) else {
                drop(self.workspace.restore_set_aside(&record));
                continue;
            };
            let name = inside.name.to_string();
            self.alone(&name, &[ADDING], || {
                if let Ok(Ok(back)) = self.workspace.restore_set_aside(&record) {
                    self.told_as_kept(&name, back.held, began, true);
                }
            });
        }
    }

    /// What a page does when it is opened.
    fn open(&self) {
        let Ok(listing) = self.workspace.list(&self.acme) else {
            return;
        };
        for rename in listing.renames {
            self.alone(rename.from.as_str(), &[ADDING, IMPORTING], || {
                let is_done = self.world().renamed.contains_key(rename.from.as_str());
                drop(self.workspace.settle_rename(&self.acme, &rename, is_done));
            });
        }
    }

    fn live(self, ops: &[Op]) {
        self.open();
        for op in ops {
            self.act(op);
            if self.storage.died() {
                self.storage.reopen();
                self.open();
            }
        }
        // The last thing may have been its death.
        self.storage.reopen();
    }
}

fn op() -> impl Strategy<Value = Op> {
    let name = || 0..NAMES.len();
    prop_oneof![
        3 => name().prop_map(Op::LookUp),
        1 => name().prop_map(Op::Copied),
        4 => (name(), 0..6_u64).prop_map(|(name, clock)| Op::Add(name, clock)),
        3 => (name(), 0..9_u64).prop_map(|(name, when)| Op::Import(name, when)),
        3 => name().prop_map(Op::Rename),
        1 => name().prop_map(Op::Forget),
        1 => Just(Op::Restore),
        1 => Just(Op::List),
    ]
}

fn turn() -> impl Strategy<Value = (usize, Turn)> {
    let turn = prop_oneof![
        18 => Just(Turn::Goes),
        1 => Just(Turn::Full),
        1 => Just(Turn::Dies),
    ];
    (0..3_usize, turn)
}

/// What lies in the storage before: records of an older release, records of a newer one, half of one, one that was set aside.
fn before(shared: &Shared, acme: &OrganisationKey, what: &[u8]) -> Vec<String> {
    let mut unreadable = Vec::new();
    for (name, what) in NAMES.iter().zip(what) {
        let place = acme.place(&domain(name));
        let bad = format!("{{\"version\":99,\"name\":{name:?}");
        match what {
            1 => shared.put(&place.domain_key(), &with_code(name, "old", 3).to_text()),
            2 | 3 => {
                let key = if *what == 2 {
                    place.domain_key()
                } else {
                    place.code_key(CodeOrigin::Added)
                };
                shared.put(&key, &bad);
                unreadable.push(bad);
            }
            4 => {
                let key = place.domain_key().replace("/1/", "/1/aside/");
                shared.put(&key, &with_code(name, "aside", 4).to_text());
            }
            _ => {}
        }
    }
    unreadable
}

/// Two codes of the same millisecond that came in different ways: neither is the older one. What was set aside came in another way than its
/// origin says.
fn ways_differ(one: &HeldCode, other: &HeldCode) -> bool {
    let was_set_aside = |held: &HeldCode| held.code.link == "aside";
    one.origin != other.origin || was_set_aside(one) != was_set_aside(other)
}

fn check(tab: &Tab, unreadable: &[String]) -> Result<(), TestCaseError> {
    let listing = tab.workspace.list(&tab.acme).expect("a storage");
    prop_assert_eq!(&listing.renames, &[]);
    let texts = tab.storage.keys().expect("a storage");
    let texts: Vec<_> = texts
        .iter()
        .filter_map(|key| tab.storage.get(key).expect("a storage"))
        .collect();
    for text in unreadable {
        prop_assert!(texts.contains(text), "gone: {text}");
    }
    let world = tab.world();
    for kept in &world.kept {
        let forgotten = world
            .forgotten
            .iter()
            .any(|(name, until)| kept.names.contains(name) && *until >= kept.began);
        if forgotten {
            continue;
        }
        let name = kept.names.last().expect("a name");
        let later = world.renamed.get(name).filter(|_| kept.is_from_elsewhere);
        let held: Vec<_> = listing
            .domains
            .iter()
            .filter(|known| known.name.as_str() == name || Some(&known.name.to_string()) == later)
            .filter_map(|known| known.held.as_ref())
            .collect();
        let is_safe = held.iter().any(|held| {
            held.received_at > kept.held.received_at
                || (held.received_at == kept.held.received_at
                    && (held.code == kept.held.code || ways_differ(held, &kept.held)))
        });
        prop_assert!(is_safe, "{kept:?} is not there, but {held:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_tabs_do_at_once_no_code_that_is_said_to_be_kept_is_lost(
        work in prop::collection::vec(prop::collection::vec(op(), 1..6), 1..4),
        schedule in prop::collection::vec(turn(), 0..200),
        what in prop::collection::vec(0..6_u8, NAMES.len()),
    ) {
        let (shared, acme) = (Shared::default(), organisation("https://acme.example/"));
        let world = Arc::new(Mutex::new(World::default()));
        let unreadable = before(&shared, &acme, &what);
        let tab = |storage: TabStorage| Tab {
            workspace: Workspace::new(storage.clone()),
            storage,
            shared: shared.clone(),
            world: Arc::clone(&world),
            acme: acme.clone(),
        };
        let tabs = work.iter().map(|ops| {
            Box::new(move |storage| tab(storage).live(ops)) as Box<dyn FnOnce(TabStorage) + Send + '_>
        });
        shared.run(tabs.collect(), &schedule);
        // Somebody opens the page later, in peace.
        let outcome = Mutex::new(Ok(()));
        let later: Box<dyn FnOnce(TabStorage) + Send + '_> = Box::new(|storage| {
            let tab = tab(storage);
            tab.open();
            *outcome.lock().unwrap_or_else(PoisonError::into_inner) = check(&tab, &unreadable);
        });
        shared.run(vec![later], &[]);
        outcome.into_inner().unwrap_or_else(PoisonError::into_inner)?;
    }
}

/// More on demand: `SWITCHBOARD_INTERLEAVINGS=100000 cargo test --release -p switchboard-model tabs_tests`.
fn cases() -> u32 {
    let asked = std::env::var("SWITCHBOARD_INTERLEAVINGS").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(1_000)
}
