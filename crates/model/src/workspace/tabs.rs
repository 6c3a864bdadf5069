//! Several tabs over one storage, for tests: each tab is a thread that stops before every call of the storage, and a schedule says which one
//! goes on, and whether its call meets a full storage or is the last before the tab dies.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::store::{KeyValue, StoreError};

/// What happens at one call of the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is carried out.
    Goes,
    /// It is carried out, unless it writes: there is no room.
    Full,
    /// The tab dies before it.
    Dies,
}

#[derive(Default)]
struct State {
    texts: BTreeMap<String, String>,
    /// The tabs that wait for their turn.
    waiting: Vec<usize>,
    /// The tab that goes on now, and how.
    turn: Option<(usize, Turn)>,
    /// The tabs that are still at work.
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
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes past every tab, as another release of the panel would.
    pub fn put(&self, key: &str, text: &str) {
        self.lock().texts.insert(key.to_owned(), text.to_owned());
    }

    /// How many calls there were: the clock of the test.
    pub fn now(&self) -> u64 {
        self.lock().steps
    }

    /// Runs tabs, and gives each call its turn as the schedule says; when that is over, the first tab in the line goes on.
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
                // Only once everybody stands still is the choice the schedule's alone.
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
                let at = choice % state.waiting.len();
                let tab = state.waiting.remove(at);
                state.turn = Some((tab, turn));
                state.steps += 1;
                drop(state);
                self.0.1.notify_all();
            }
        });
    }
}

impl TabStorage {
    /// Whether the tab has died.
    pub fn died(&self) -> bool {
        *self.died.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The tab is opened again.
    pub fn reopen(&self) {
        *self.died.lock().unwrap_or_else(PoisonError::into_inner) = false;
    }

    fn call<T>(
        &self,
        writes: bool,
        act: impl FnOnce(&mut BTreeMap<String, String>) -> T,
    ) -> Result<T, StoreError> {
        if self.died() {
            return Err(StoreError::Blocked);
        }
        let mut state = self.shared.lock();
        state.waiting.push(self.tab);
        self.shared.0.1.notify_all();
        let not_yet = |state: &mut State| !matches!(state.turn, Some((tab, _)) if tab == self.tab);
        let mut state = self
            .shared
            .0
            .1
            .wait_while(state, not_yet)
            .unwrap_or_else(PoisonError::into_inner);
        let turn = state.turn.take().map_or(Turn::Goes, |(_, turn)| turn);
        let result = match turn {
            Turn::Dies => {
                *self.died.lock().unwrap_or_else(PoisonError::into_inner) = true;
                Err(StoreError::Blocked)
            }
            Turn::Full if writes => Err(StoreError::Full),
            Turn::Goes | Turn::Full => Ok(act(&mut state.texts)),
        };
        drop(state);
        self.shared.0.1.notify_all();
        result
    }
}

impl KeyValue for TabStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.call(false, |texts| texts.get(key).cloned())
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.call(true, |texts| {
            texts.insert(key.to_owned(), value.to_owned());
        })
    }
    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.call(false, |texts| {
            texts.remove(key);
        })
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.call(false, |texts| texts.keys().cloned().collect())
    }
}
