//! Reads and writes the journal of changes made in this browser: the model's journal over `localStorage`. A change in another tab shows in
//! this one.

use leptos::ev;
use leptos::prelude::*;
use switchboard_model::bulk::{Head, Purpose, Run, RunStore, Task};
use switchboard_model::journal::{
    Change, Entry, Journal, LocalChange, LocalEntry, Present, Recorded, Seen, is_superseded,
};
use switchboard_model::workspace::{OrganisationKey, StoreError};

use crate::browser::clock;
use crate::browser::storage::{Area, BrowserStorage};
use crate::readers;

/// The journal of the connected organisation, in context below the guard.
#[derive(Clone, Copy)]
pub struct ChangeJournal {
    organisation: &'static OrganisationKey,
    /// Fires whenever the storage may contain something else. Only views of the journal read it.
    written: Trigger,
    not_kept: RwSignal<Option<StoreError>>,
    /// The keys of the stored entries; `None` if they have to be searched for.
    keys: StoredValue<Option<Vec<String>>>,
}

impl ChangeJournal {
    /// Follows the organisation's journal, and provides it as context. `organisation` outlives it: a write that was
    /// in flight when the user disconnected is still recorded.
    pub fn provide(organisation: &'static OrganisationKey) -> Self {
        let journal = Self {
            organisation,
            written: Trigger::new(),
            not_kept: RwSignal::new(None),
            keys: StoredValue::new(None),
        };
        let from_other_tabs = window_event_listener(ev::storage, move |event| {
            // No key: the whole storage was cleared.
            let key = event.key();
            if key.is_some_and(|key| !organisation.is_of_journal(&key)) {
                return;
            }
            journal.keys.set_value(None);
            journal.written.notify();
        });
        on_cleanup(move || from_other_tabs.remove());
        // Where it cannot be noted, no change can be recorded either: the page says so then.
        let _ = open().and_then(|it| it.begin(organisation, clock::now()));
        provide_context(journal);
        journal
    }

    /// Returns the journal of this page.
    ///
    /// # Panics
    /// When called outside the guard, which is a programming error.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// What is recorded, newest first, and since when; tracked.
    ///
    /// # Errors
    /// [`StoreError`] when the browser does not let the page keep anything.
    pub fn recorded(&self) -> Result<Recorded, StoreError> {
        readers::unsubscribe_on_cleanup();
        self.written.track();
        open().and_then(|it| it.read(self.organisation))
    }

    /// The organisation that the journal is of: the connection that every change went through.
    #[must_use]
    pub fn organisation(&self) -> &'static OrganisationKey {
        self.organisation
    }

    /// Returns the runs that changed something, may have, or still may, newest first, tracked. Each is one entry of the
    /// journal.
    ///
    /// # Errors
    /// [`StoreError`] when the browser blocks the storage.
    pub fn runs(&self) -> Result<Vec<Head>, StoreError> {
        readers::unsubscribe_on_cleanup();
        self.written.track();
        let mut heads = self.run_store()?.heads()?;
        heads.retain(|head| {
            let progress = head.progress;
            !matches!(head.purpose, Purpose::LookUp { .. })
                && (progress.done + progress.unknown > 0 || !progress.is_over())
        });
        heads.reverse();
        Ok(heads)
    }

    /// Returns one run with its rows, untracked; `None` if it cannot be read.
    #[must_use]
    pub fn run(&self, id: u64) -> Option<Run<Task>> {
        let run = self.run_store().and_then(|store| store.run(id));
        run.ok().flatten().and_then(Result::ok)
    }

    /// Returns when this browser made a deletion, tracked; `None` if it did not, or if something newer happened to
    /// the object. The time is that of the start for a deletion in a run.
    #[must_use]
    pub fn deleted_at(&self, deletion: &Change) -> Option<u64> {
        let entries = self.recorded().ok()?.changes;
        let runs = self.runs().unwrap_or_default();
        let newest = entries
            .iter()
            .find(|entry| entry.change.supersedes(deletion));
        let alone = newest.filter(|entry| entry.change == *deletion && entry.seen == Seen::Worked);
        let since = newest.map(|entry| entry.at);
        let newer = runs.iter().map(|head| head.id);
        let mut newer = newer.filter(|id| Some(*id) > since);
        let in_run = newer.find_map(|id| {
            let run = self.run(id)?;
            let last = run.changes_made().filter(|one| one.supersedes(deletion));
            Some((id, last.last()? == deletion))
        });
        match in_run {
            Some((id, is_deletion)) => is_deletion.then_some(id),
            None => alone.map(|entry| entry.at),
        }
    }

    fn run_store(&self) -> Result<RunStore<BrowserStorage>, StoreError> {
        Ok(RunStore::new(Area::Local.open()?, self.organisation))
    }

    /// Announces that a stored run has changed.
    pub fn tell(&self) {
        if !self.written.is_disposed() {
            self.written.notify();
        }
    }

    /// Returns why the last change could not be stored, if it could not; tracked.
    #[must_use]
    pub fn not_kept(&self) -> Option<StoreError> {
        self.not_kept.get()
    }

    /// Records a change that is about to be sent, and the values before it. Until [`Self::end`], its outcome is unknown: the page may be
    /// closed before the answer arrives.
    #[must_use]
    pub fn begin(&self, change: Change, inverse: Vec<Change>, before: Option<Present>) -> Entry {
        let entry = Entry {
            at: clock::now(),
            salt: salt(),
            change,
            seen: Seen::Unknown,
            inverse,
            undone: false,
            before,
        };
        // An added domain has its own note, and its code needs the room first.
        if !matches!(entry.change, Change::AddDomain { .. }) {
            // Not announced, and errors are left to `end`: a busy "Undo" on this page stays until the answer arrives.
            let mut keys = self.keys.try_update_value(Option::take).flatten();
            let _ = open().and_then(|it| it.keep_among(self.organisation, &entry, &mut keys));
            self.keys.try_set_value(keys);
        }
        entry
    }

    /// Records what was seen of a change. Removes its entry if it certainly changed nothing. If it cannot be stored, the journal's page says
    /// so; the change itself was made.
    pub fn end(&self, entry: Entry, seen: Option<Seen>) {
        match seen {
            Some(seen) => self.keep(&Entry { seen, ..entry }),
            None => {
                self.keys.try_set_value(None);
                self.write(|journal, organisation| journal.remove(organisation, &entry));
            }
        }
    }

    /// Returns whether a newer change conflicts with the last one that equals `change`, untracked.
    #[must_use]
    pub fn is_superseded(&self, change: &Change) -> bool {
        let entries = open().and_then(|it| it.list(self.organisation));
        entries.is_ok_and(|entries| is_superseded(&entries, change))
    }

    /// Records what happened to the workspace of this browser just now.
    pub fn note_local(&self, local: LocalChange) {
        let entry = LocalEntry::new(clock::now(), salt(), local);
        self.keep_with(|journal, organisation, keys| {
            journal.keep_local(organisation, &entry, keys)
        });
    }

    /// Records what a look-up found out about a change whose answer was lost.
    pub fn looked_up(&self, change: &Change, happened: bool) {
        self.keys.try_set_value(None);
        self.write(|journal, organisation| journal.looked_up(organisation, change, happened));
    }

    /// Records that an entry was undone.
    pub fn mark_undone(&self, entry: Entry) {
        self.keep(&Entry {
            undone: true,
            ..entry
        });
    }

    fn keep(&self, entry: &Entry) {
        self.keep_with(|journal, organisation, keys| journal.keep_among(organisation, entry, keys));
    }

    fn keep_with(
        &self,
        how: impl FnOnce(
            &Journal<BrowserStorage>,
            &OrganisationKey,
            &mut Option<Vec<String>>,
        ) -> Result<(), StoreError>,
    ) {
        let mut keys = self.keys.try_update_value(Option::take).flatten();
        self.write(|journal, organisation| how(journal, organisation, &mut keys));
        self.keys.try_set_value(keys);
    }

    fn write(
        &self,
        how: impl FnOnce(&Journal<BrowserStorage>, &OrganisationKey) -> Result<(), StoreError>,
    ) {
        let written = open().and_then(|it| how(&it, self.organisation));
        // The write may have outlived its connection.
        if !self.not_kept.is_disposed() {
            self.not_kept.set(written.err());
            self.written.notify();
        }
    }
}

fn open() -> Result<Journal<BrowserStorage>, StoreError> {
    Area::Local.open().map(Journal::new)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number from 0 up to, and without, 2^32"
)]
fn salt() -> u32 {
    (js_sys::Math::random() * 4_294_967_296.0) as u32
}
