//! Simulates several tabs that share one storage. Each tab is a thread that stops before every call of the storage. A
//! schedule says which tab continues, and whether its call meets a full storage or the tab dies before it. The
//! browser itself may be killed too: its storage then reverts to what was written to disk last, while the copy of the
//! workspace on disk stays complete.
//!
//! Calls of other tabs may come between a tab's check of the epoch and its write, except one. The check and the write
//! run in one task of the page, and the browser deletes the copy only once every page has closed it, which a page does
//! between two tasks. So the deletion waits for such a write.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::DiskChange;
use super::store::{KeyValue, StoreError};
use super::test_support::Memory;

/// What happens at one call of the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The call is executed.
    Goes,
    /// The call is executed, unless it writes: there is no room.
    Full,
    /// The tab dies before it.
    Dies,
    /// The browser writes its storage to disk, then the call is executed.
    Written,
    /// The browser and all its tabs are killed before it.
    Killed,
}

/// The call of a waiting tab.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Call {
    /// A write, in the same task as the check before it.
    Write,
    DeleteCopy,
    Other,
}

#[derive(Default)]
struct State {
    texts: BTreeMap<String, String>,
    /// The part of the storage that is on disk.
    written: BTreeMap<String, String>,
    /// The copy of the workspace.
    copy: BTreeMap<String, String>,
    /// When the browser was killed.
    kills: Vec<u64>,
    /// The tabs that wait for their turn.
    waiting: Vec<(usize, Call)>,
    /// The tab that continues now, and how.
    turn: Option<(usize, Turn)>,
    /// The tabs that are still running.
    working: usize,
    steps: u64,
}

/// The storage with its schedule.
#[derive(Clone, Default)]
pub struct Shared(Arc<(Mutex<State>, Condvar)>);

/// The storage as one tab sees it.
#[derive(Clone)]
pub struct TabStorage {
    shared: Shared,
    tab: usize,
    died: Arc<Mutex<bool>>,
    /// How often the browser had been killed when the tab was opened.
    kills: Arc<Mutex<usize>>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes outside of all tabs, as another release of the panel would.
    pub fn put(&self, key: &str, text: &str) {
        let mut state = self.lock();
        state.texts.insert(key.to_owned(), text.to_owned());
        state.written.insert(key.to_owned(), text.to_owned());
    }

    /// Returns whether the browser was killed at this moment or later.
    pub fn was_killed_since(&self, moment: u64) -> bool {
        self.lock().kills.iter().any(|at| *at >= moment)
    }

    /// Returns the texts in the copy.
    pub fn copy(&self) -> Vec<String> {
        self.lock().copy.values().cloned().collect()
    }

    /// Returns the number of calls so far: the clock of the test.
    pub fn now(&self) -> u64 {
        self.lock().steps
    }

    /// Runs tabs, and gives each call its turn according to the schedule; after its end, the first waiting tab
    /// continues.
    pub fn run(
        &self,
        tabs: Vec<Box<dyn FnOnce(TabStorage) + Send + '_>>,
        schedule: &[(usize, Turn)],
    ) {
        self.lock().working = tabs.len();
        std::thread::scope(|scope| {
            for (tab, work) in tabs.into_iter().enumerate() {
                let storage = TabStorage {
                    shared: self.clone(),
                    tab,
                    died: Arc::default(),
                    kills: Arc::new(Mutex::new(self.lock().kills.len())),
                };
                scope.spawn(move || {
                    let shared = storage.shared.clone();
                    work(storage);
                    shared.lock().working -= 1;
                    shared.0.1.notify_all();
                });
            }
            let mut schedule = schedule.iter().copied();
            loop {
                let state = self.lock();
                // The schedule decides only once every tab waits.
                let still =
                    |state: &mut State| state.turn.is_some() || state.waiting.len() < state.working;
                let mut state = self
                    .0
                    .1
                    .wait_while(state, still)
                    .unwrap_or_else(PoisonError::into_inner);
                if state.working == 0 {
                    return;
                }
                state.waiting.sort_unstable();
                let (choice, turn) = schedule.next().unwrap_or((0, Turn::Goes));
                let mut at = choice % state.waiting.len();
                if state.waiting[at].1 == Call::DeleteCopy {
                    let mut waiting = state.waiting.iter();
                    let write = waiting.position(|(_, call)| *call == Call::Write);
                    at = write.unwrap_or(at);
                }
                let (tab, _) = state.waiting.remove(at);
                state.turn = Some((tab, turn));
                state.steps += 1;
                drop(state);
                self.0.1.notify_all();
            }
        });
    }
}

impl TabStorage {
    /// Returns its number.
    pub fn tab(&self) -> usize {
        self.tab
    }

    /// Returns whether the tab has died.
    pub fn died(&self) -> bool {
        let kills = self.shared.lock().kills.len();
        *held(&self.died) || *held(&self.kills) < kills
    }

    /// Opens the tab again.
    pub fn reopen(&self) {
        *held(&self.kills) = self.shared.lock().kills.len();
        *held(&self.died) = false;
    }

    /// Runs one transaction on the copy, with the contents of storage and copy at that moment. Returns whether the
    /// copy has applied it.
    pub fn transact(
        &self,
        changes: impl FnOnce(&Memory, &[(String, String)], u64) -> Result<Vec<DiskChange>, StoreError>,
    ) -> Result<Vec<DiskChange>, StoreError> {
        self.turn(Call::Other, |state, turn| {
            let memory = Memory::default();
            memory.full.set(turn == Turn::Full);
            memory.texts.replace(std::mem::take(&mut state.texts));
            let copy: Vec<_> = state.copy.clone().into_iter().collect();
            let changes = changes(&memory, &copy, state.steps);
            state.texts = memory.texts.take();
            for change in changes.as_deref().unwrap_or_default() {
                match change.clone() {
                    DiskChange::Put { key, text } => drop(state.copy.insert(key, text)),
                    DiskChange::Remove { key, .. } => drop(state.copy.remove(&key)),
                }
            }
            changes
        })
    }

    /// Deletes the copy.
    pub fn delete_copy(&self) -> Result<(), StoreError> {
        self.turn(Call::DeleteCopy, |state, _| {
            state.copy.clear();
            Ok(())
        })
    }

    fn call<T>(
        &self,
        call: Call,
        act: impl FnOnce(&mut BTreeMap<String, String>) -> T,
    ) -> Result<T, StoreError> {
        self.turn(call, |state, turn| match turn {
            Turn::Full if call == Call::Write => Err(StoreError::Full),
            _ => Ok(act(&mut state.texts)),
        })
    }

    fn turn<T>(
        &self,
        call: Call,
        act: impl FnOnce(&mut State, Turn) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.died() {
            return Err(StoreError::Blocked);
        }
        let mut state = self.shared.lock();
        state.waiting.push((self.tab, call));
        self.shared.0.1.notify_all();
        let not_yet = |state: &mut State| !matches!(state.turn, Some((tab, _)) if tab == self.tab);
        let mut state = self
            .shared
            .0
            .1
            .wait_while(state, not_yet)
            .unwrap_or_else(PoisonError::into_inner);
        let turn = state.turn.take().map_or(Turn::Goes, |(_, turn)| turn);
        let is_dead = *held(&self.kills) < state.kills.len();
        let result = match turn {
            _ if is_dead => Err(StoreError::Blocked),
            Turn::Dies => {
                *held(&self.died) = true;
                Err(StoreError::Blocked)
            }
            Turn::Killed => {
                let now = state.steps;
                state.kills.push(now);
                state.texts = state.written.clone();
                Err(StoreError::Blocked)
            }
            Turn::Written => {
                state.written = state.texts.clone();
                act(&mut state, turn)
            }
            Turn::Goes | Turn::Full => act(&mut state, turn),
        };
        drop(state);
        self.shared.0.1.notify_all();
        result
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl KeyValue for TabStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.call(Call::Other, |texts| texts.get(key).cloned())
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.call(Call::Write, |texts| {
            texts.insert(key.to_owned(), value.to_owned());
        })
    }
    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.call(Call::Other, |texts| {
            texts.remove(key);
        })
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.call(Call::Other, |texts| texts.keys().cloned().collect())
    }
}

mod tests;
