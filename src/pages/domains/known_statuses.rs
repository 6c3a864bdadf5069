//! Collects the API's answers about the known domains, for the filters and orders that depend on them. The rows on the
//! screen report what they read. While the list depends on all domains, the others are read too, a few at a time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::endpoints::{GetDomain, ListAssignments};
use switchboard_api::{ApiError, DomainName};
use switchboard_model::sweep::{Phase, Sweep};

use super::domain_status::{DomainStatus, OperatorCount, status};
use crate::browser::clock;
use crate::browser::network::Network;
use crate::browser::throttle::throttle;
use crate::remote::{Fetched, Remote};

/// The number of domains that are read at once, besides the rows on the screen.
const AT_ONCE: usize = 3;

/// The minimum time between two updates of the list after new answers.
const FOLLOWED_EVERY: Duration = Duration::from_millis(300);

/// The statuses of the known domains that were read so far.
#[derive(Clone, Copy)]
pub(super) struct KnownStatuses {
    seen: StoredValue<BTreeMap<DomainName, DomainStatus>>,
    /// The number of changes to `seen`.
    changes: RwSignal<u32>,
    /// The throttled value of `changes`.
    followed: ReadSignal<u32>,
    sweep: RwSignal<Sweep<DomainName, ()>>,
    remote: Remote,
}

impl KnownStatuses {
    /// Creates an empty collection. Reads all of `names` while `wanted`.
    pub(super) fn new(wanted: Memo<bool>, names: Memo<Vec<DomainName>>) -> Self {
        let changes = RwSignal::new(0);
        let statuses = Self {
            seen: StoredValue::default(),
            changes,
            followed: throttle(Memo::new(move |_| changes.get()), FOLLOWED_EVERY),
            sweep: RwSignal::new(Sweep::default()),
            remote: Remote::get(),
        };
        Effect::new(move |was_wanted: Option<bool>| {
            let is_wanted = wanted.get();
            match (was_wanted.unwrap_or_default(), is_wanted) {
                (false, true) => statuses.sweep.set(Sweep::new(names.get())),
                (true, true) => statuses.sweep.update(|sweep| {
                    let names = names.get();
                    sweep.add(names.iter().cloned());
                    // The user has forgotten some domains.
                    if sweep.total() > names.len() {
                        *sweep = Sweep::new(names);
                    }
                }),
                (true, false) => statuses.stop(),
                (false, false) => {}
            }
            if is_wanted {
                statuses.go_on();
            }
            is_wanted
        });
        Network::get().on_return(move || {
            statuses.sweep.update(|sweep| {
                sweep.retry();
            });
            statuses.go_on();
        });
        let remote = statuses.remote;
        Effect::new(move |before: Option<u32>| {
            let refreshes = remote.outdated().refreshes;
            let is_new = before.is_some_and(|before| before != refreshes);
            if is_new && wanted.get_untracked() {
                statuses.sweep.set(Sweep::new(names.get_untracked()));
                statuses.go_on();
            }
            refreshes
        });
        statuses
    }

    /// Passes the statuses to `look`, tracked and throttled.
    pub(super) fn with_followed<T>(
        self,
        look: impl FnOnce(&BTreeMap<DomainName, DomainStatus>) -> T,
    ) -> T {
        self.followed.track();
        self.seen.with_value(look)
    }

    /// Records what a row read. A failure does not replace an earlier status.
    pub(super) fn note(self, name: &DomainName, status: DomainStatus) {
        let is_failure = matches!(status, DomainStatus::Failed(_));
        let is_news = self.seen.try_update_value(|seen| match seen.get(name) {
            Some(before) if is_failure || *before == status => false,
            _ => {
                seen.insert(name.clone(), status);
                true
            }
        });
        if is_news == Some(true) {
            self.changes
                .try_update(|changes| *changes = changes.wrapping_add(1));
        }
    }

    /// Passes the sweep over all domains to `look`, tracked.
    pub(super) fn with_sweep<T>(self, look: impl FnOnce(&Sweep<DomainName, ()>) -> T) -> T {
        self.sweep.with(look)
    }

    /// Returns whether every domain was read, tracked.
    pub(super) fn is_complete(self) -> bool {
        self.with_sweep(|sweep| sweep.phase() == Phase::Complete)
    }

    /// Stops the sweep.
    pub(super) fn stop(self) {
        self.sweep.update(Sweep::stop);
    }

    /// Resumes the sweep with the domains that were not read.
    pub(super) fn resume(self) {
        self.sweep.update(Sweep::resume);
        self.go_on();
    }

    /// Reads the next domains of the sweep. Does nothing once the page is gone.
    fn go_on(self) {
        let next = self.sweep.try_update(|sweep| sweep.start(AT_ONCE));
        for name in next.unwrap_or_default() {
            spawn_local(async move {
                let ended = self.read(&name).await;
                self.sweep.try_update(|sweep| sweep.settle(&name, ended));
                self.go_on();
            });
        }
    }

    async fn read(self, name: &DomainName) -> Result<(), ()> {
        let call = GetDomain {
            domain: name.clone(),
        };
        let is_seen = self
            .seen
            .try_with_value(|seen| seen.get(name).is_some_and(is_whole));
        if is_seen == Some(true) && self.remote.recent(&call).is_some() {
            return Ok(());
        }
        let domain = fetched(self.remote.fetch(call).await);
        let is_silent = |data: &Arc<switchboard_api::Domain>| data.operator_count.is_none();
        let listed = if domain.data.as_ref().is_some_and(is_silent) {
            let call = ListAssignments {
                domain: name.clone(),
            };
            fetched(self.remote.fetch(call).await)
        } else {
            Fetched::default()
        };
        let status = status(name, &domain, &listed, clock::now());
        let ended = if is_whole(&status) { Ok(()) } else { Err(()) };
        self.note(name, status);
        ended
    }
}

/// Returns whether everything that filters and orders need was read.
fn is_whole(status: &DomainStatus) -> bool {
    match status {
        DomainStatus::There { operators, .. } => matches!(operators, OperatorCount::Is(_)),
        DomainStatus::Unknown(_) => true,
        DomainStatus::Failed(_) | DomainStatus::Asked => false,
    }
}

/// Returns the outcome of a call as a row sees it.
fn fetched<T>(outcome: Result<Arc<T>, ApiError>) -> Fetched<T> {
    let (data, error) = match outcome {
        Ok(data) => (Some(data), None),
        Err(error) => (None, Some(Arc::new(error))),
    };
    Fetched {
        data,
        error,
        ..Fetched::default()
    }
}

#[cfg(test)]
mod tests {
    use switchboard_api::Tristate;

    use super::*;

    #[test]
    fn domain_without_its_count_is_read_again() {
        let there = |operators| DomainStatus::There {
            status: Tristate::On,
            operators,
        };
        assert!(is_whole(&there(OperatorCount::Is(0))));
        assert!(is_whole(&DomainStatus::Unknown(
            "No such domain".to_owned()
        )));
        assert!(!is_whole(&there(OperatorCount::NotKnown)));
        assert!(!is_whole(&there(OperatorCount::Asked)));
        assert!(!is_whole(&DomainStatus::Failed("No answer".to_owned())));
    }
}
