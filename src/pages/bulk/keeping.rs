//! Keeping the run in this browser, and which tab it is that goes on with it.

use leptos::prelude::*;
use switchboard_model::bulk::{KeptRun, Run, Task};
use switchboard_model::workspace::StoreError;

use super::super::embed::store_error;
use super::Runs;
use crate::browser::lock::try_lock;
use crate::browser::storage::{Area, BrowserStorage};
use crate::i18n::{Text, t, tf};

impl Runs {
    /// Takes up what was kept. A run that was not over is this tab's only when no other tab has it.
    pub(super) async fn take_up(self) {
        let kept = match self.kept().and_then(|kept| kept.load::<Task>()) {
            Ok(None) | Err(_) => return,
            Ok(Some(Err(_))) => return self.toasts.warn(t(Text::RunNotReadable)),
            Ok(Some(Ok(run))) => run,
        };
        let progress = kept.progress();
        if progress.waiting + progress.unknown > 0 && !self.lock_it().await {
            return;
        }
        if self.run.try_set(Some(kept)).is_none() {
            self.tell_of_keeping(self.keep(KeptRun::keep_standing));
            if progress.unknown > 0 {
                self.look();
            }
        }
    }

    /// Whether this tab may start calls: it is told when another one has a run.
    pub(super) async fn may_go_on(self) -> bool {
        let may = self.lock_it().await;
        if !may {
            self.toasts.bad(t(Text::RunElsewhere));
        }
        may
    }

    async fn lock_it(self) -> bool {
        if self
            .lock
            .try_with_value(Option::is_some)
            .unwrap_or_default()
        {
            return true;
        }
        let organisation = self.known.organisation();
        let lock = try_lock(&format!("switchboard run {organisation}")).await;
        let got = lock.is_some();
        self.lock.try_set_value(lock);
        got
    }

    pub(super) fn tell_of_keeping(self, kept: Result<(), StoreError>) {
        match kept {
            Ok(()) => {}
            Err(error) => {
                let reason = store_error(error);
                let told = tf(Text::RunNotKept, &[("reason", &reason)]);
                if self
                    .trouble
                    .with_untracked(|trouble| trouble.as_ref() != Some(&told))
                {
                    self.trouble.set(Some(told));
                }
            }
        }
    }

    pub(super) fn keep(
        self,
        how: impl FnOnce(&KeptRun<BrowserStorage>, &Run<Task>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let kept = self.kept()?;
        self.run
            .with_untracked(|run| run.as_ref().map_or(Ok(()), |run| how(&kept, run)))
    }

    fn kept(self) -> Result<KeptRun<BrowserStorage>, StoreError> {
        Ok(KeptRun::new(Area::Local.open()?, self.known.organisation()))
    }
}
