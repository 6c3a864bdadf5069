//! Undoes a change from its row: asks first if that would overwrite something, then reports the outcome.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::journal::Entry;

use crate::i18n::{Text, enumeration, t, tf};
use crate::journal::ChangeJournal;
use crate::operations::undo::{Checked, UndoConflict, UndoOutcome, check, follow, reason, undo};
use crate::remote::Remote;
use crate::ui::{Button, ButtonKind, Dialog, Facts, Toasts};
use crate::wording::change_text;
use crate::workspace::KnownDomains;

/// The change that the dialog asks about, and why it asks.
type UndoQuestion = (Entry, UndoConflict);

/// The dialog and what an undo needs, one for the page. The list of changes provides it as context.
#[derive(Clone, Copy)]
pub(super) struct Undoing {
    remote: Remote,
    known: KnownDomains,
    journal: ChangeJournal,
    toasts: Toasts,
    open: RwSignal<bool>,
    asked: RwSignal<Option<UndoQuestion>>,
}

impl Undoing {
    /// Creates the page's [`Undoing`] and provides it as context.
    pub(super) fn provide() -> Self {
        let this = Self {
            remote: Remote::get(),
            known: KnownDomains::get(),
            journal: ChangeJournal::get(),
            toasts: Toasts::get(),
            open: RwSignal::new(false),
            asked: RwSignal::new(None),
        };
        provide_context(this);
        this
    }

    /// Returns the page's [`Undoing`] from the context.
    ///
    /// # Panics
    /// When called outside the list of changes, which is a programming error.
    pub(super) fn get() -> Self {
        expect_context()
    }

    /// Undoes a change, or asks first. Ends when the change is undone, when that has failed, or when the dialog is
    /// open.
    pub(super) async fn begin(self, entry: Entry) {
        match check(self.remote, &entry).await {
            Checked::Safe => self.go(entry).await,
            Checked::AlreadySo => {
                follow(self.known, &entry.inverse);
                let said = change_text::what(&entry.change);
                self.journal.mark_undone(entry);
                let text = tf(Text::UndoAlready, &[("change", &said)]);
                self.toasts.good(text);
            }
            // If the user has left the page, the panel asks nothing and undoes nothing.
            Checked::Ask(doubt) => {
                self.asked.try_set(Some((entry, doubt)));
                self.open.try_set(true);
            }
        }
    }

    /// Undoes a change, and reports the outcome as a toast.
    async fn go(self, entry: Entry) {
        let said = change_text::what(&entry.change);
        let ended = undo(self.remote, self.known, entry.inverse.clone()).await;
        let reasoned =
            |text: Text, reason: &str| tf(text, &[("change", said.as_str()), ("reason", reason)]);
        let toasts = self.toasts;
        match ended {
            UndoOutcome::Wholly(warning) => {
                self.journal.mark_undone(entry);
                match warning {
                    Some(warning) => toasts.warn(warning),
                    None => toasts.good(tf(Text::UndoDone, &[("change", &said)])),
                }
            }
            UndoOutcome::Partly(reason) => toasts.bad(reasoned(Text::UndoPartly, &reason)),
            UndoOutcome::Unknown(reason) => toasts.bad(reasoned(Text::UndoUnknown, &reason)),
            UndoOutcome::Not(reason) => toasts.bad(reasoned(Text::UndoNotDone, &reason)),
        }
    }
}

/// Shows the dialog with what undoing would overwrite.
#[component]
pub(super) fn UndoDialog(
    /// The state of the dialog.
    undoing: Undoing,
) -> impl IntoView {
    let open = undoing.open;
    let content = move || {
        let (entry, doubt) = undoing.asked.get()?;
        let (title, text, now) = match &doubt {
            UndoConflict::Conflict(present) => (
                Text::UndoConflictTitle,
                t(Text::UndoConflict).to_owned(),
                change_text::now(&entry.change, present),
            ),
            UndoConflict::NotRead(error) => (
                Text::UndoUnreadTitle,
                tf(Text::UndoUnread, &[("reason", &reason(error.as_ref()))]),
                t(Text::UndoNowUnknown).to_owned(),
            ),
        };
        let fact = |name: Text, value: String| {
            (t(name).to_owned(), view! { <bdi>{value}</bdi> }.into_any())
        };
        let facts = vec![
            fact(
                Text::UndoAbout,
                enumeration(&change_text::about(&entry.change)),
            ),
            fact(Text::UndoYours, change_text::what(&entry.change)),
            fact(Text::UndoNow, now),
            fact(Text::UndoSets, change_text::steps(&entry.inverse)),
        ];
        let go = Callback::new(move |()| {
            open.set(false);
            spawn_local(undoing.go(entry.clone()));
        });
        Some(view! {
            <div class="form">
                <p class="notice-title">{t(title)}</p>
                <p>{text}</p>
                <Facts facts />
                <div class="actions end">
                    <Button label=t(Text::UndoKeep).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                    <Button kind=ButtonKind::Danger label=t(Text::UndoAnyway).to_owned() on_press=go />
                </div>
            </div>
        })
    };
    view! { <Dialog open title=t(Text::Undo) id="undo-title" close=t(Text::Close)>{content}</Dialog> }
}
