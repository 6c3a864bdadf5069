//! Stores the runs of an organisation in any key-value storage; in the browser, `localStorage`.
//!
//! Only the tab that holds the organisation's lock writes. It reads everything again whenever it takes the lock,
//! because another tab may have held it in between.

use std::collections::BTreeMap;

use super::kept::KeptRun;
use super::{Head, Run, RunError, Task, legacy};
use crate::journal::removed_up_to;
use crate::sort::sort;
use crate::workspace::{KeyValue, OrganisationKey, StoreError};

/// The number of finished runs kept for the journal: the newest.
const HISTORY: usize = 50;

/// The maximum size of the finished runs in bytes, so that the embed codes keep their room. The newest run is kept
/// whatever its size.
const HISTORY_BYTES: usize = 1_000_000;

/// What the storage contains.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The runs, oldest first.
    pub runs: Vec<Run<Task>>,
    /// The number of unreadable runs. They stay in the storage.
    pub unreadable: usize,
}

/// The store of an organisation's runs.
#[derive(Clone, Debug)]
pub struct RunStore<S> {
    storage: S,
    organisation: OrganisationKey,
    prefix: String,
}

impl<S: KeyValue> RunStore<S> {
    /// Creates the store of an organisation's runs in a storage.
    pub fn new(storage: S, organisation: &OrganisationKey) -> Self {
        Self {
            storage,
            organisation: organisation.clone(),
            prefix: organisation.run_prefix(),
        }
    }

    /// Loads the runs that are not dismissed. Writes nothing.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn load(&self) -> Result<Loaded, StoreError> {
        let mut loaded = Loaded::default();
        for head in self.heads_or_errors()? {
            match head {
                Ok(head) if head.dismissed => {}
                Ok(head) => match self.run(head.id)? {
                    Some(Ok(run)) => loaded.runs.push(run),
                    Some(Err(_)) => loaded.unreadable += 1,
                    None => {}
                },
                Err(_) => loaded.unreadable += 1,
            }
        }
        match self.legacy()? {
            Some(Ok(run)) if loaded.runs.iter().all(|one| one.id() != run.id()) => {
                loaded.runs.insert(0, run);
            }
            Some(Err(_)) => loaded.unreadable += 1,
            _ => {}
        }
        Ok(loaded)
    }

    /// As [`Self::load`], for the tab that has just taken the lock: no run is executing any more. A run in the format
    /// of an earlier release is rewritten in the present one.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn take_up(&self) -> Result<Loaded, StoreError> {
        let loaded = self.load()?;
        if let Some(Ok(mut run)) = self.legacy()? {
            // Written before the old one is removed, so that an interruption loses nothing.
            let is_kept = self.key(run.id(), "head");
            if self.storage.get(&is_kept)?.is_some() || self.begin(&mut run).is_ok() {
                self.storage.remove(&self.legacy_key("plan"))?;
                self.storage.remove(&self.legacy_key("standing"))?;
            }
        }
        let runs = loaded.runs.into_iter().map(Run::taken_up).collect();
        Ok(Loaded { runs, ..loaded })
    }

    /// Returns the heads of all runs, oldest first, including dismissed ones. Skips unreadable ones.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn heads(&self) -> Result<Vec<Head>, StoreError> {
        Ok(self
            .heads_or_errors()?
            .into_iter()
            .filter_map(Result::ok)
            .collect())
    }

    /// Returns one run as stored; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached; inside, [`RunError`] when the run cannot be read.
    pub fn run(&self, id: u64) -> Result<Option<Result<Run<Task>, RunError>>, StoreError> {
        let (Some(head), Some(plan)) = (
            self.storage.get(&self.key(id, "head"))?,
            self.storage.get(&self.key(id, "plan"))?,
        ) else {
            return Ok(None);
        };
        let mut kept = KeptRun {
            plan,
            head,
            blocks: BTreeMap::new(),
        };
        let prefix = self.key(id, "");
        for key in self.storage.keys()? {
            let block = key
                .strip_prefix(&prefix)
                .and_then(|block| block.parse().ok());
            if let (Some(block), Some(text)) = (block, self.storage.get(&key)?) {
                kept.blocks.insert(block, text);
            }
        }
        Ok(Some(Run::from_kept(&kept)))
    }

    /// Stores a new run.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be stored; nothing of it is left then.
    pub fn begin(&self, run: &mut Run<Task>) -> Result<(), StoreError> {
        self.prune(None)?;
        let kept = self.write_all(run);
        if kept == Err(StoreError::Full) {
            // Deletes old results to make room for the new run.
            self.prune(Some(0))?;
            return self
                .write_all(run)
                .inspect_err(|_| drop(self.forget(run.id())));
        }
        kept.inspect_err(|_| drop(self.forget(run.id())))
    }

    fn write_all(&self, run: &mut Run<Task>) -> Result<(), StoreError> {
        let plan = run.plan_text().map_err(|_| StoreError::NotKept)?;
        self.storage.set(&self.key(run.id(), "plan"), &plan)?;
        // The head comes last: without one, the run does not exist.
        run.head_changed = true;
        self.keep(run).map(drop)
    }

    /// Stores what changed of a run since it was last stored: before a row is sent, and after it ended. Returns
    /// whether that includes what the journal shows of it.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be stored. The former state is still stored, and the next call tries again.
    pub fn keep(&self, run: &mut Run<Task>) -> Result<bool, StoreError> {
        while let Some(block) = run.changed.first().copied() {
            let key = self.key(run.id(), &block.to_string());
            self.storage.set(&key, &run.block_text(block))?;
            run.changed.remove(&block);
        }
        if run.head_changed {
            run.head.can_undo = run.undo().is_some();
            let left = run.not_restored().count();
            run.head.not_restored = if run.head.can_undo { left } else { 0 };
            self.storage
                .set(&self.key(run.id(), "head"), &run.head.to_text())?;
            run.head_changed = false;
            return Ok(true);
        }
        Ok(false)
    }

    /// Changes the stored head of a run. Does nothing if there is no such run.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn change_head(&self, id: u64, change: impl FnOnce(&mut Head)) -> Result<(), StoreError> {
        let key = self.key(id, "head");
        let Some(Ok(mut head)) = self.storage.get(&key)?.map(|text| Head::from_text(&text)) else {
            return Ok(());
        };
        change(&mut head);
        self.storage.set(&key, &head.to_text())
    }

    /// Deletes a run and its results.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn forget(&self, id: u64) -> Result<(), StoreError> {
        // The head goes first: without it the rest is not a run.
        self.storage.remove(&self.key(id, "head"))?;
        let prefix = self.key(id, "");
        for key in self.storage.keys()? {
            if key.starts_with(&prefix) {
                self.storage.remove(&key)?;
            }
        }
        Ok(())
    }

    /// Makes room: keeps only the newest dismissed runs within the limits of the history.
    fn prune(&self, limit: Option<usize>) -> Result<(), StoreError> {
        let heads = self.heads()?;
        let mut sizes = BTreeMap::<u64, usize>::new();
        for key in self.storage.keys()? {
            if let Some(id) = self.id_of(&key) {
                let size = self.storage.get(&key)?.map_or(0, |text| text.len());
                *sizes.entry(id).or_default() += size;
            }
        }
        let (mut count, mut bytes) = (0, 0);
        for head in heads.iter().rev().filter(|head| head.dismissed) {
            count += 1;
            bytes += sizes.get(&head.id).copied().unwrap_or_default();
            let is_over = count > HISTORY || (count > 1 && bytes > HISTORY_BYTES);
            if limit.map_or(is_over, |limit| count > limit) {
                self.forget(head.id)?;
                // Room for the note is not what a run must fail for.
                let _ = removed_up_to(&self.storage, &self.organisation, head.id);
            }
        }
        // The remains of runs whose storing or deleting was interrupted.
        for id in sizes.keys() {
            if self.storage.get(&self.key(*id, "head"))?.is_none() {
                self.forget(*id)?;
            }
        }
        Ok(())
    }

    fn heads_or_errors(&self) -> Result<Vec<Result<Head, RunError>>, StoreError> {
        let mut keys = self.storage.keys()?;
        keys.retain(|key| self.id_of(key).is_some() && key.ends_with(" head"));
        sort(&mut keys);
        let mut heads = Vec::new();
        for key in keys {
            if let Some(text) = self.storage.get(&key)? {
                let id = self.id_of(&key);
                let is_its_own = |head: &Head| Some(head.id) == id;
                let head = Head::from_text(&text);
                heads.push(head.and_then(|head| {
                    let own = is_its_own(&head).then_some(head);
                    own.ok_or_else(|| {
                        RunError::Damaged("it lies where another run does".to_owned())
                    })
                }));
            }
        }
        Ok(heads)
    }

    /// Returns the run that an earlier release stored, if there is one.
    fn legacy(&self) -> Result<Option<Result<Run<Task>, RunError>>, StoreError> {
        let Some(plan) = self.storage.get(&self.legacy_key("plan"))? else {
            return Ok(None);
        };
        let standing = self.storage.get(&self.legacy_key("standing"))?;
        Ok(Some(legacy::read(&plan, standing.as_deref())))
    }

    fn legacy_key(&self, part: &str) -> String {
        format!("{}{part}", self.prefix)
    }

    fn key(&self, id: u64, part: &str) -> String {
        format!("{}{id:015} {part}", self.prefix)
    }

    fn id_of(&self, key: &str) -> Option<u64> {
        let (id, _) = key.strip_prefix(&self.prefix)?.split_once(' ')?;
        (id.len() >= 15).then(|| id.parse().ok()).flatten()
    }
}

#[cfg(test)]
mod tests;
