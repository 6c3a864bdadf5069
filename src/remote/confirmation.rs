//! Deletions and removals that were refused for their token. With a new token, each still waits for confirmation in
//! its own tab. A user who enters a token in another tab does not see what it would delete here.

use futures_channel::oneshot;
use leptos::prelude::*;
use switchboard_model::journal::Change;

/// A change that waits for confirmation.
#[derive(Debug)]
struct PendingConfirmation {
    id: u64,
    change: Change,
    tell: oneshot::Sender<bool>,
}

/// The changes of this tab that wait for confirmation.
#[derive(Clone, Copy)]
pub struct Confirmations {
    waiting: RwSignal<Vec<PendingConfirmation>>,
    asked: StoredValue<u64>,
    /// The changes that the user dropped, until their calls end.
    dropped: StoredValue<Vec<Change>>,
}

impl Confirmations {
    pub(super) fn new() -> Self {
        Self {
            waiting: RwSignal::default(),
            asked: StoredValue::new(0),
            dropped: StoredValue::default(),
        }
    }

    /// Returns the waiting changes in order, each with its number, tracked.
    #[must_use]
    pub fn waiting(&self) -> Vec<(u64, Change)> {
        self.waiting.with(|all| {
            let all = all.iter();
            all.map(|one| (one.id, one.change.clone())).collect()
        })
    }

    /// Confirms a change, or drops it.
    pub fn answer(&self, id: u64, go: bool) {
        let answered = self.waiting.try_update(|all| {
            let at = all.iter().position(|one| one.id == id)?;
            Some(all.remove(at))
        });
        if let Some(Some(one)) = answered {
            if !go {
                self.note_dropped([one.change.clone()]);
            }
            // The receiver may be gone.
            let _ = one.tell.send(go);
        }
    }

    /// Returns whether the user dropped a change whose call has ended; once.
    pub fn take_dropped(&self, change: &Change) -> bool {
        let taken = self.dropped.try_update_value(|all| {
            let at = all.iter().position(|one| one == change)?;
            Some(all.swap_remove(at))
        });
        taken.flatten().is_some()
    }

    /// Drops all waiting changes.
    pub fn drop_all(&self) {
        // Dropping the senders ends the waiting calls.
        if let Some(all) = self.waiting.try_update(std::mem::take) {
            self.note_dropped(all.into_iter().map(|one| one.change));
        }
    }

    fn note_dropped(&self, changes: impl IntoIterator<Item = Change>) {
        let _ = self.dropped.try_update_value(|all| all.extend(changes));
    }

    /// Adds a change that waits for confirmation. The receiver is cancelled if the change is dropped.
    pub(super) fn ask(&self, change: Change) -> oneshot::Receiver<bool> {
        let (tell, told) = oneshot::channel();
        let id = self
            .asked
            .try_update_value(|asked| {
                *asked += 1;
                *asked
            })
            .unwrap_or_default();
        let one = PendingConfirmation { id, change, tell };
        let _ = self.waiting.try_update(|all| all.push(one));
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deletion(domain: &str) -> Change {
        Change::DeleteDomain {
            domain: domain.parse().expect("a domain name of the test"),
        }
    }

    #[test]
    fn each_change_waits_for_its_own_press() {
        Owner::new().with(|| {
            let confirmations = Confirmations::new();
            let [mut one, mut two, mut three] = ["a.example", "b.example", "c.example"]
                .map(|domain| confirmations.ask(deletion(domain)));
            let waiting = confirmations.waiting();
            assert_eq!(waiting.len(), 3);
            assert_eq!(waiting[0].1, deletion("a.example"));
            confirmations.answer(waiting[1].0, true);
            assert_eq!(one.try_recv(), Ok(None));
            assert_eq!(two.try_recv(), Ok(Some(true)));
            confirmations.answer(waiting[0].0, false);
            assert!(confirmations.take_dropped(&waiting[0].1));
            assert!(!confirmations.take_dropped(&waiting[0].1));
            assert!(!confirmations.take_dropped(&waiting[1].1));
            assert_eq!(one.try_recv(), Ok(Some(false)));
            confirmations.drop_all();
            assert!(three.try_recv().is_err());
            assert!(confirmations.take_dropped(&waiting[2].1));
            assert!(confirmations.waiting().is_empty());
        });
    }
}
