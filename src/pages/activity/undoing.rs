//! Undoing a change from its row: the question where that would overwrite something, and what came of it.

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

/// The question that is asked, and about which change.
type UndoQuestion = (Entry, UndoConflict);

/// Undoing, one for the page, in context below the journal.
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
    /// Puts it into context.
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

    /// The page's.
    ///
    /// # Panics
    /// When called outside the journal: a mistake of the programmer, not of the world.
    pub(super) fn get() -> Self {
        expect_context()
    }

    /// Undoes a change, or asks first. Ends once there is nothing more to do without the user.
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
            // Nobody is asked on a page that was left: nothing was undone there.
            Checked::Ask(doubt) => {
                self.asked.try_set(Some((entry, doubt)));
                self.open.try_set(true);
            }
        }
    }

    /// Undoes a change, and tells what came of it.
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

/// The dialog that shows what undoing would overwrite.
#[component]
pub(super) fn UndoDialog(
    /// What asks.
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
