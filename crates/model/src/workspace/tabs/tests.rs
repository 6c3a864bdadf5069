//! Tabs share one storage, with their calls interleaved in any order, crashes, full storage, and kills of the browser
//! at any point. No embed code that was reported as saved is lost or replaced by an older one, no rename stays half
//! done, and unreadable records are kept. After "Forget everything", no tab restores what it remembers. After a kill,
//! the same holds for what the copy on disk had taken over.
//!
//! Operations that the API serializes are not interleaved: it returns the code of a name once at a time, and adds no
//! domain while it renames it.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use proptest::prelude::*;
use switchboard_api::EmbedCode;

use super::super::DiskChange;
use super::super::file::WorkspaceFile;
use super::super::import::{Choices, import};
use super::super::store::{KeyValue, StoreError};
use super::super::test_support::{domain, known, organisation, with_code};
use super::super::{
    CodeOrigin, Epoch, Guarded, HeldCode, ImportUndo, KnownDomain, OrganisationKey, PendingRename,
    Replicated, Watcher, Workspace, begin_forgetting, forget_everything, undo_import,
};
use super::{Shared, TabStorage, Turn};

const NAMES: [&str; 3] = ["a.example", "b.example", "c.example"];

#[derive(Clone, Debug)]
enum Op {
    LookUp(usize),
    Copied(usize),
    /// With the time on the clock.
    Add(usize, u64),
    /// With the time when the code in the file was received, and whether the user chooses it over the stored one.
    Import(usize, u64, bool),
    /// Undoes this tab's last import.
    Undo,
    Rename(usize),
    Forget(usize),
    ForgetEverything,
    Restore,
    List,
}

/// A code that a user was told is saved.
#[derive(Clone, Debug)]
struct Kept {
    /// The domain's names: all but the last are former ones.
    names: Vec<String>,
    held: HeldCode,
    began: u64,
    told: u64,
    /// The tab that reported it.
    tab: usize,
    /// Whether the copy on disk had it.
    is_on_disk: bool,
    /// Whether it came from elsewhere than the API, and so may belong to a domain that has another name by now.
    is_from_elsewhere: bool,
}

/// What happens outside of the storage.
#[derive(Default)]
struct World {
    renamed: BTreeMap<String, String>,
    /// Renames that were noted and never sent.
    unsent: BTreeMap<String, String>,
    kept: Vec<Kept>,
    /// Names that were forgotten, and until when.
    forgotten: Vec<(String, u64)>,
    /// When "Forget everything" began and ended; `None` if it was interrupted.
    everything_forgotten: Vec<(u64, Option<u64>)>,
    /// The operations that only one tab does at a time, by name and kind.
    held_up: BTreeSet<(String, &'static str)>,
    codes: u32,
}

struct Tab {
    storage: TabStorage,
    shared: Shared,
    world: Arc<Mutex<World>>,
    acme: OrganisationKey,
    /// Keys that are not yet written to the copy on disk.
    changed: RefCell<Vec<String>>,
    /// Whether the copy could be restored. If not, the copy must not change.
    follows: Cell<bool>,
    /// What undoes the tab's last import.
    undo: RefCell<ImportUndo>,
    /// The epoch in which the page was opened.
    epoch: RefCell<Epoch>,
    /// After how many calls "Forget everything" counts as interrupted.
    patience: u64,
}

impl Watcher for &Tab {
    fn changed(&self, key: &str) {
        self.changed.borrow_mut().push(key.to_owned());
    }
    fn now(&self) -> u64 {
        self.shared.now()
    }
}

/// More calls than "Forget everything" can take, whatever happens in between.
const PATIENCE: u64 = 1_000;

const ADDING: &str = "adding";
const IMPORTING: &str = "importing";

impl Tab {
    fn workspace(&self) -> Workspace<Replicated<Guarded<TabStorage>, &Self>> {
        Workspace::new(Replicated::new(self.guarded(self.storage.clone()), self))
    }

    fn guarded<S: KeyValue>(&self, storage: S) -> Guarded<S> {
        Guarded::new(storage, self.epoch.borrow().clone())
    }

    /// Restores what is on disk but missing here.
    fn bring_back(&self) {
        let changes = self.storage.transact(|memory, copy, now| {
            let memory = self.guarded(memory.clone());
            memory.check()?;
            Workspace::new(memory).bring_back(copy, now)
        });
        self.follows.set(changes.is_ok());
        self.settle(changes);
    }

    /// Writes the changes to the copy. Returns whether that worked.
    fn follow(&self) -> bool {
        let changed = self.changed.take();
        if !self.follows.get() {
            return false;
        }
        let changes = self.storage.transact(|memory, _, now| {
            let memory = self.guarded(memory.clone());
            memory.check()?;
            Workspace::new(memory).changes_for_disk(&changed, now)
        });
        self.settle(changes)
    }

    fn settle(&self, changes: Result<Vec<DiskChange>, StoreError>) -> bool {
        let Ok(changes) = changes else { return false };
        let storage = self.guarded(self.storage.clone());
        drop(Workspace::new(storage).taken_over(&changes));
        true
    }

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
                told: self.shared.now(),
                tab: self.storage.tab(),
                is_on_disk: false,
            });
        }
    }

    /// Does something, and waits until the copy has followed: only then is it reported.
    fn do_it(&self, op: &Op) {
        let began = self.shared.now();
        self.act(op, began);
        if self.follow() {
            let mut world = self.world();
            let mine = |kept: &&mut Kept| kept.began == began && kept.tab == self.storage.tab();
            world
                .kept
                .iter_mut()
                .filter(mine)
                .for_each(|kept| kept.is_on_disk = true);
        }
    }

    fn act(&self, op: &Op, began: u64) {
        match op {
            Op::List => drop(self.workspace().list(&self.acme)),
            Op::LookUp(name) => drop(self.workspace().remember(&self.acme, known(NAMES[*name]))),
            Op::Copied(name) => {
                let found = self.workspace().find(&self.acme, &domain(NAMES[*name]));
                if let Ok(Some(record)) = found {
                    let copied = KnownDomain {
                        code_copied: true,
                        // As the page does it: only the tab that receives the code writes it.
                        held: None,
                        ..record
                    };
                    drop(self.workspace().remember(&self.acme, copied));
                }
            }
            Op::Add(name, clock) => self.alone(NAMES[*name], &[ADDING], || {
                let held = self.code(*clock, CodeOrigin::Added);
                let record = KnownDomain {
                    held: Some(held.clone()),
                    ..known(NAMES[*name])
                };
                if let Ok(kept) = self.workspace().receive(&self.acme, record) {
                    let is_it = kept.held.as_ref().map(|kept| &kept.code) == Some(&held.code);
                    assert!(is_it, "said to be kept: {held:?}, and it is {kept:?}");
                    self.told_as_kept(NAMES[*name], kept.held, began, false);
                }
            }),
            Op::Import(name, received_at, chosen) => self.alone(NAMES[*name], &[IMPORTING], || {
                self.import(NAMES[*name], *received_at, *chosen, began);
            }),
            Op::Undo => {
                let undo = self.undo.take();
                for name in NAMES {
                    self.alone(name, &[IMPORTING], || self.undo(name, &undo));
                }
            }
            Op::Rename(name) => self.alone(NAMES[*name], &[ADDING, IMPORTING], || {
                self.rename(NAMES[*name]);
            }),
            Op::Forget(name) => {
                drop(self.workspace().forget(&self.acme, &domain(NAMES[*name])));
                let until = self.shared.now();
                self.world()
                    .forgotten
                    .push((NAMES[*name].to_owned(), until));
            }
            Op::ForgetEverything => {
                let ended = self.forget_everything();
                let until = self.shared.now();
                let ended = ended.is_ok().then_some(until);
                self.world().everything_forgotten.push((began, ended));
            }
            Op::Restore => self.restore(began),
        }
    }

    fn forget_everything(&self) -> Result<(), StoreError> {
        begin_forgetting(&self.storage, self.shared.now())?;
        self.storage.delete_copy()?;
        forget_everything(&self.storage, self.shared.now())
    }

    fn import(&self, name: &str, received_at: u64, chosen: bool, began: u64) {
        let held = self.code(received_at, CodeOrigin::Imported);
        let file = WorkspaceFile {
            organisation: self.acme.clone(),
            exported_at: 99,
            domains: vec![KnownDomain {
                held: Some(held.clone()),
                ..known(name)
            }],
        };
        let shown = self.workspace().find(&self.acme, &domain(name));
        let shown = shown.ok().flatten().and_then(|known| known.held);
        let choices: Choices = shown
            .filter(|_| chosen)
            .map(|held| (domain(name), held.code))
            .into_iter()
            .collect();
        let imported = import(&self.workspace(), &self.acme, &file, &choices, 99);
        let came = imported.done.counts().codes > 0 && imported.stopped.is_none();
        let after = imported
            .undo
            .steps
            .iter()
            .find_map(|it| it.after.held.clone());
        self.told_as_kept(name, after.filter(|_| came), began, false);
        self.undo.replace(imported.undo);
    }

    fn undo(&self, name: &str, undo: &ImportUndo) {
        let mut undo = undo.clone();
        undo.steps.retain(|step| step.after.name.as_str() == name);
        for step in &undo.steps {
            // From now on it may be gone.
            let mut world = self.world();
            world
                .kept
                .retain(|kept| Some(&kept.held) != step.after.held.as_ref());
        }
        drop(undo_import(&self.workspace(), &self.acme, &undo));
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
        if self.workspace().begin_rename(&self.acme, &rename).is_err() {
            return;
        }
        // The call is sent once the note is on disk, or if that is not possible.
        let is_noted = self.follow();
        if self.storage.died() {
            // Adding a domain of the same name before the note is resolved finishes the rename first.
            self.world().unsent.insert(from.to_owned(), to);
            return;
        }
        {
            // The API has renamed the domain.
            let mut world = self.world();
            world.renamed.insert(from.to_owned(), to.clone());
            for kept in &mut world.kept {
                if kept.names.last().is_some_and(|name| name == from) {
                    kept.names.push(to.clone());
                    kept.is_on_disk &= is_noted;
                }
            }
        }
        drop(self.workspace().finish_rename(&self.acme, &rename));
    }

    fn restore(&self, began: u64) {
        let Ok(listing) = self.workspace().list(&self.acme) else {
            return;
        };
        for record in listing.quarantined {
            let Ok(inside) = KnownDomain::from_text(&record.text) else {
                drop(self.workspace().restore_quarantined(&record));
                continue;
            };
            let name = inside.name.to_string();
            self.alone(&name, &[ADDING], || {
                if let Ok(Ok(back)) = self.workspace().restore_quarantined(&record) {
                    self.told_as_kept(&name, back.known.held, began, true);
                }
            });
        }
    }

    /// Does what a page does when it is opened.
    fn open(&self) {
        self.undo.take();
        let Ok(epoch) = Epoch::open(&self.storage, self.shared.now(), self.patience) else {
            return;
        };
        self.epoch.replace(epoch);
        self.bring_back();
        let Ok(listing) = self.workspace().list(&self.acme) else {
            return;
        };
        for rename in listing.renames {
            self.alone(rename.from.as_str(), &[ADDING, IMPORTING], || {
                let is_done = self.world().renamed.contains_key(rename.from.as_str());
                drop(
                    self.workspace()
                        .resolve_rename(&self.acme, &rename, is_done),
                );
            });
        }
        self.follow();
    }

    fn live(self, ops: &[Op]) {
        self.open();
        for op in ops {
            self.do_it(op);
            let died = self.storage.died();
            if died {
                self.changed.take();
                self.storage.reopen();
            }
            // A tab that learns of "Forget everything" starts over.
            if died || self.guarded(self.storage.clone()).check().is_err() {
                self.open();
            }
        }
        // The tab may have died in its last operation.
        self.storage.reopen();
    }
}

fn op() -> impl Strategy<Value = Op> {
    let name = || 0..NAMES.len();
    prop_oneof![
        3 => name().prop_map(Op::LookUp),
        1 => name().prop_map(Op::Copied),
        4 => (name(), 0..6_u64).prop_map(|(name, clock)| Op::Add(name, clock)),
        3 => (name(), 0..9_u64, any::<bool>()).prop_map(|(name, when, chosen)| Op::Import(name, when, chosen)),
        1 => Just(Op::Undo),
        3 => name().prop_map(Op::Rename),
        1 => name().prop_map(Op::Forget),
        1 => Just(Op::ForgetEverything),
        1 => Just(Op::Restore),
        1 => Just(Op::List),
    ]
}

/// Generates what a tab does with domains that it knows already: it writes again what it has read.
fn op_on_what_is_there() -> impl Strategy<Value = Op> {
    let name = || 0..NAMES.len();
    prop_oneof![
        3 => name().prop_map(Op::Copied),
        2 => name().prop_map(Op::LookUp),
        1 => name().prop_map(Op::Rename),
        1 => Just(Op::Undo),
        1 => Just(Op::Restore),
        1 => Just(Op::List),
    ]
}

fn turn() -> impl Strategy<Value = (usize, Turn)> {
    let turn = prop_oneof![
        36 => Just(Turn::Goes),
        2 => Just(Turn::Full),
        2 => Just(Turn::Dies),
        2 => Just(Turn::Written),
        1 => Just(Turn::Killed),
    ];
    (0..3_usize, turn)
}

/// Fills the storage with records of older and newer releases, a truncated one, and one that was in quarantine.
fn before(shared: &Shared, acme: &OrganisationKey, what: &[u8]) -> Vec<String> {
    let mut unreadable = Vec::new();
    for (name, what) in NAMES.iter().zip(what) {
        let record_key = acme.record_key(&domain(name));
        let bad = format!("{{\"version\":99,\"name\":{name:?}");
        match what {
            1 => shared.put(
                &record_key.domain_key(),
                &with_code(name, "old", 3).to_text(),
            ),
            2 | 3 => {
                let key = if *what == 2 {
                    record_key.domain_key()
                } else {
                    record_key.code_key(CodeOrigin::Added)
                };
                shared.put(&key, &bad);
                unreadable.push(bad);
            }
            4 => {
                let key = record_key.domain_key().replace("/1/", "/1/aside/");
                shared.put(&key, &with_code(name, "aside", 4).to_text());
            }
            _ => {}
        }
    }
    unreadable
}

/// Returns whether two codes of the same millisecond have different origins, so that neither is older. The origin of
/// a code from quarantine is not the one it states.
fn ways_differ(one: &HeldCode, other: &HeldCode) -> bool {
    let was_quarantined = |held: &HeldCode| held.code.link == "aside";
    one.origin != other.origin || was_quarantined(one) != was_quarantined(other)
}

/// Returns the rank of a code: the higher one stays. One that only filled a gap is below all others, however late it
/// came.
fn rank(held: &HeldCode) -> (bool, u64) {
    (held.origin != CodeOrigin::Imported, held.received_at)
}

/// Checks that what was stored before "Forget everything" is gone everywhere.
fn check_forgotten(tab: &Tab, world: &World, texts: &[String]) -> Result<(), TestCaseError> {
    let ended = world.everything_forgotten.iter();
    let last = ended
        .filter_map(|(began, ended)| ended.map(|_| *began))
        .max();
    let Some(began) = last else { return Ok(()) };
    if tab.shared.was_killed_since(began) {
        return Ok(());
    }
    let copy = tab.shared.copy();
    for kept in world.kept.iter().filter(|kept| kept.told < began) {
        let link = format!("\"{}\"", kept.held.code.link);
        let mut everywhere = texts.iter().chain(&copy);
        let back = everywhere.find(|text| text.contains(&link));
        prop_assert!(back.is_none(), "forgotten, and back: {back:?}");
    }
    Ok(())
}

fn check(tab: &Tab, unreadable: &[String]) -> Result<(), TestCaseError> {
    let listing = tab.workspace().list(&tab.acme).expect("a storage");
    prop_assert_eq!(&listing.renames, &[]);
    let texts = tab.storage.keys().expect("a storage");
    let texts: Vec<_> = texts
        .iter()
        .filter_map(|key| tab.storage.get(key).expect("a storage"))
        .collect();
    let world = tab.world();
    for text in unreadable {
        let is_forgotten = !world.everything_forgotten.is_empty();
        prop_assert!(is_forgotten || texts.contains(text), "gone: {text}");
    }
    check_forgotten(tab, &world, &texts)?;
    for kept in &world.kept {
        let forgotten = world
            .forgotten
            .iter()
            .any(|(name, until)| kept.names.contains(name) && *until >= kept.began)
            || world
                .everything_forgotten
                .iter()
                .any(|(_, ended)| ended.is_none_or(|ended| ended >= kept.began));
        let is_lost = !kept.is_on_disk && tab.shared.was_killed_since(kept.began);
        if forgotten || is_lost {
            continue;
        }
        let name = kept.names.last().expect("a name");
        let later = world.renamed.get(name).filter(|_| kept.is_from_elsewhere);
        let later = later.or(world.unsent.get(name));
        let held: Vec<_> = listing
            .domains
            .iter()
            .filter(|known| known.name.as_str() == name || Some(&known.name.to_string()) == later)
            .filter_map(|known| known.held.as_ref())
            .collect();
        let is_safe = held.iter().any(|held| {
            rank(held) > rank(&kept.held)
                || (rank(held) == rank(&kept.held)
                    && (held.code == kept.held.code || ways_differ(held, &kept.held)))
        });
        prop_assert!(is_safe, "{kept:?} is not there, but {held:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn concurrent_tabs_lose_no_saved_code(
        work in prop::collection::vec(prop::collection::vec(op(), 1..6), 1..4),
        schedule in prop::collection::vec(turn(), 0..200),
        what in prop::collection::vec(0..6_u8, NAMES.len()),
    ) {
        run(&work, &schedule, &what)?;
    }

    #[test]
    fn once_everything_is_forgotten_no_tab_brings_it_back(
        before in prop::collection::vec((0..NAMES.len(), 0..6_u64), 1..3),
        others in prop::collection::vec(prop::collection::vec(op_on_what_is_there(), 1..6), 1..3),
        schedule in prop::collection::vec((0..3_usize, prop_oneof![60 => Just(Turn::Goes), 1 => Just(Turn::Dies)]), 0..200),
    ) {
        let mut forgetting: Vec<Op> = before.into_iter().map(|(name, clock)| Op::Add(name, clock)).collect();
        forgetting.push(Op::ForgetEverything);
        let work: Vec<_> = others.into_iter().chain([forgetting]).collect();
        run(&work, &schedule, &[0; NAMES.len()])?;
    }
}

type Work<'a> = Box<dyn FnOnce(TabStorage) + Send + 'a>;

#[test]
fn copy_is_deleted_after_a_write_in_progress() {
    let order = Mutex::new(Vec::new());
    let writes: Work = Box::new(|storage| {
        storage.set("switchboard/1/late", "text").expect("room");
        order.lock().expect("no panic").push("write");
    });
    let deletes: Work = Box::new(|storage| {
        storage.delete_copy().expect("a copy");
        order.lock().expect("no panic").push("deletion");
    });
    Shared::default().run(vec![writes, deletes], &[(1, Turn::Goes)]);
    let order = order.into_inner().expect("no panic");
    assert_eq!(order, ["write", "deletion"]);
}

/// Where the browser refuses databases, there is no copy whose deletion waits for the write.
#[test]
fn write_after_forgetting_without_a_copy_is_taken_back() {
    let shared = Shared::default();
    let writes: Work = Box::new(|storage| {
        let _ = Guarded::new(storage, Epoch::default()).set("switchboard/1/late", "text");
    });
    let forgets: Work = Box::new(|storage| {
        begin_forgetting(&storage, 1).expect("a storage");
        forget_everything(&storage, 1).expect("a storage");
    });
    // The page checks the epoch. Then the other one forgets everything, before the page writes.
    let schedule = [0, 1, 1, 1, 1, 1, 1].map(|tab| (tab, Turn::Goes));
    shared.run(vec![writes, forgets], &schedule);
    let left = Mutex::new(Ok(Vec::new()));
    let reads: Work = Box::new(|storage| *left.lock().expect("no panic") = storage.keys());
    shared.run(vec![reads], &[]);
    let left = left.into_inner().expect("no panic");
    assert_eq!(left, Ok(vec!["switchboard/1/forgotten".to_owned()]));
}

/// Runs tabs according to the schedule, then opens the page undisturbed and checks every promise.
fn run(work: &[Vec<Op>], schedule: &[(usize, Turn)], what: &[u8]) -> Result<(), TestCaseError> {
    let (shared, acme) = (Shared::default(), organisation("https://acme.example/"));
    let world = Arc::new(Mutex::new(World::default()));
    let unreadable = before(&shared, &acme, what);
    let tab = |storage: TabStorage, patience| Tab {
        patience,
        storage,
        shared: shared.clone(),
        world: Arc::clone(&world),
        acme: acme.clone(),
        changed: RefCell::default(),
        follows: Cell::new(false),
        undo: RefCell::default(),
        epoch: RefCell::default(),
    };
    let tabs = work
        .iter()
        .map(|ops| Box::new(move |storage| tab(storage, PATIENCE).live(ops)) as Work);
    shared.run(tabs.collect(), schedule);
    let outcome = Mutex::new(Ok(()));
    let later: Work = Box::new(|storage| {
        let tab = tab(storage, 0);
        tab.open();
        *outcome.lock().unwrap_or_else(PoisonError::into_inner) = check(&tab, &unreadable);
    });
    shared.run(vec![later], &[]);
    outcome.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the number of cases. More on demand: `SWITCHBOARD_INTERLEAVINGS=100000 cargo test --release -p
/// switchboard-model tabs`.
fn cases() -> u32 {
    let asked = std::env::var("SWITCHBOARD_INTERLEAVINGS").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(1_000)
}
