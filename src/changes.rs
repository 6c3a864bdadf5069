//! The journal of changes made in this browser, on the page: the model's journal over `localStorage`. A change in another tab shows in
//! this one.

use leptos::ev;
use leptos::prelude::*;
use switchboard_model::journal::{Change, Entry, Journal, Seen};
use switchboard_model::workspace::{OrganisationKey, StoreError};

use crate::browser::clock;
use crate::browser::storage::{Area, BrowserStorage};
use crate::readers;

/// The journal of the connected organisation, in context below the guard.
#[derive(Clone, Copy)]
pub struct Changes {
    organisation: &'static OrganisationKey,
    /// Told whenever the storage may hold something else: only who shows the journal reads it.
    written: Trigger,
    not_kept: RwSignal<Option<StoreError>>,
    /// The keys of the entries in the storage; nothing where they have to be looked for.
    keys: StoredValue<Option<Vec<String>>>,
}

impl Changes {
    /// Follows the organisation's journal, and puts it into context. `organisation` outlives it: what was on its way when somebody disconnected
    /// is noted all the same.
    pub fn provide(organisation: &'static OrganisationKey) -> Self {
        let changes = Self {
            organisation,
            written: Trigger::new(),
            not_kept: RwSignal::new(None),
            keys: StoredValue::new(None),
        };
        let from_other_tabs = window_event_listener(ev::storage, move |_| {
            changes.keys.set_value(None);
            changes.written.notify();
        });
        on_cleanup(move || from_other_tabs.remove());
        provide_context(changes);
        changes
    }

    /// The journal of this page.
    ///
    /// # Panics
    /// When called outside the guard: a mistake of the programmer, not of the world.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// The entries, newest first, tracked.
    ///
    /// # Errors
    /// [`StoreError`] when the browser does not let the page keep anything.
    pub fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        readers::until_gone();
        self.written.track();
        open().and_then(|it| it.list(self.organisation))
    }

    /// Why the last change could not be kept, if it could not; tracked.
    #[must_use]
    pub fn not_kept(&self) -> Option<StoreError> {
        self.not_kept.get()
    }

    /// Notes a change that was made just now. A journal that cannot be kept is told on its own page: the change was made all the same.
    pub fn note(&self, change: Change, seen: Seen, inverse: Vec<Change>) {
        self.keep(&Entry {
            at: clock::now(),
            salt: salt(),
            change,
            seen,
            inverse,
            undone: false,
        });
    }

    /// Notes what was found of a change whose answer was lost.
    pub fn looked_up(&self, change: &Change, happened: bool) {
        self.keys.try_set_value(None);
        self.write(|journal, organisation| journal.looked_up(organisation, change, happened));
    }

    /// Notes that an entry was undone.
    pub fn mark_undone(&self, entry: Entry) {
        self.keep(&Entry {
            undone: true,
            ..entry
        });
    }

    fn keep(&self, entry: &Entry) {
        let mut keys = self.keys.try_update_value(Option::take).flatten();
        self.write(|journal, organisation| journal.keep_among(organisation, entry, &mut keys));
        self.keys.try_set_value(keys);
    }

    fn write(
        &self,
        how: impl FnOnce(&Journal<BrowserStorage>, &OrganisationKey) -> Result<(), StoreError>,
    ) {
        let written = open().and_then(|it| how(&it, self.organisation));
        // Who waited for a write may outlive the connection that it went through.
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
