//! The one bulk run of an organisation over any key-value storage; in the browser, `localStorage`.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Run, RunError};
use crate::workspace::{KeyValue, OrganisationKey, StoreError};

/// Where the run of an organisation is kept.
#[derive(Clone, Debug)]
pub struct KeptRun<S> {
    storage: S,
    plan: String,
    standing: String,
}

impl<S: KeyValue> KeptRun<S> {
    /// The run of this organisation in this storage.
    pub fn new(storage: S, organisation: &OrganisationKey) -> Self {
        Self {
            storage,
            plan: organisation.run_key("plan"),
            standing: organisation.run_key("standing"),
        }
    }

    /// The kept run, if there is one.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached; inside, [`RunError`] when what is there cannot be read.
    pub fn load<T: DeserializeOwned>(
        &self,
    ) -> Result<Option<Result<Run<T>, RunError>>, StoreError> {
        let Some(plan) = self.storage.get(&self.plan)? else {
            return Ok(None);
        };
        let standing = self.storage.get(&self.standing)?;
        Ok(Some(Run::from_texts(&plan, standing.as_deref())))
    }

    /// Keeps a new run, in place of whatever was kept before.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept: then nothing of it is.
    pub fn begin<T: Serialize>(&self, run: &Run<T>) -> Result<(), StoreError> {
        let plan = run.plan_text().map_err(|_| StoreError::NotKept)?;
        self.clear()?;
        // Results before the rows that they belong to: without rows, results are never read.
        let kept = self
            .keep_standing(run)
            .and_then(|()| self.storage.set(&self.plan, &plan));
        kept.inspect_err(|_| drop(self.clear()))
    }

    /// Keeps the kept run with the rows that were added to it.
    ///
    /// # Errors
    /// [`StoreError`] when they could not be kept: the rows before them still are.
    pub fn extend<T: Serialize>(&self, run: &Run<T>) -> Result<(), StoreError> {
        let plan = run.plan_text().map_err(|_| StoreError::NotKept)?;
        // Rows before their results: a row without one was never started.
        self.storage.set(&self.plan, &plan)?;
        self.keep_standing(run)
    }

    /// Keeps where the rows of the kept run stand.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept: what was kept before is still there.
    pub fn keep_standing<T>(&self, run: &Run<T>) -> Result<(), StoreError> {
        self.storage.set(&self.standing, &run.standing_text())
    }

    /// Forgets a run, unless another one was kept in its place meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn forget<T>(&self, run: &Run<T>) -> Result<(), StoreError> {
        let standing = self.storage.get(&self.standing)?;
        if standing.is_none_or(|standing| run.stands_as(&standing)) {
            self.clear()?;
        }
        Ok(())
    }

    fn clear(&self) -> Result<(), StoreError> {
        self.storage.remove(&self.plan)?;
        self.storage.remove(&self.standing)
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
