//! Undoes a change or a run from its row. Asks first if that would overwrite something, rename a domain, or leave a
//! part of the run as it is. Then reports the outcome.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::bulk::{Head, Progress};
use switchboard_model::journal::{Change, Entry};

use crate::i18n::{Text, enumeration, t, tf, tn};
use crate::journal::ChangeJournal;
use crate::operations::bulk::Runs;
use crate::operations::undo::{
    Checked, UndoConflict, check, follow, reason, renaming, undo_and_report,
};
use crate::remote::Remote;
use crate::ui::{Button, ButtonKind, Dialog, Facts, Toasts, focus};
use crate::widgets::rename_consequences::RenameConsequences;
use crate::wording::change_text;
use crate::wording::values::some_names;
use crate::workspace::KnownDomains;

/// The id of the last message about a change.
type Said = StoredValue<Option<u32>>;

/// The id of the text in the dialog that describes it.
const TEXT: &str = "undo-text";

/// The id of the button that closes the dialog.
const KEEP: &str = "undo-keep";

/// The maximum number of changes that are named.
const NAMED: usize = 10;

/// What the dialog asks about.
#[derive(Clone)]
enum UndoQuestion {
    /// A change that undoing would overwrite, or a rename.
    Change(Entry, Said, Option<UndoConflict>),
    /// A run by its id, and the changes of it that undoing leaves as they are.
    Run(u64, Vec<Change>),
}

/// The dialog and what an undo needs, one for the page. The list of changes provides it as context.
#[derive(Clone, Copy)]
pub(super) struct Undoing {
    remote: Remote,
    known: KnownDomains,
    journal: ChangeJournal,
    runs: Runs,
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
            runs: Runs::get(),
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
    /// open. `said` is the last message about the change, which is replaced.
    pub(super) async fn begin(self, entry: Entry, said: Said) {
        let conflict = match check(self.remote, &entry).await {
            Checked::Safe if entry.inverse.iter().all(|step| renaming(step).is_none()) => {
                return self.go(entry, said).await;
            }
            Checked::Safe => None,
            Checked::AlreadySo => {
                follow(self.known, &entry.inverse);
                let change = change_text::what(&entry.change);
                self.journal.mark_undone(entry);
                self.toasts.take_back(said);
                let text = tf(Text::UndoAlready, &[("change", &change)]);
                return self.toasts.good(text);
            }
            Checked::Ask(conflict) => Some(conflict),
        };
        self.ask(UndoQuestion::Change(entry, said, conflict));
    }

    /// Undoes a run, or asks first if undoing leaves a part of it as it is.
    pub(super) fn begin_run(self, head: &Head) {
        match self.journal.run(head.id) {
            Some(run) if head.not_restored > 0 => {
                let left = run.not_restored().cloned().collect();
                self.ask(UndoQuestion::Run(head.id, left));
            }
            _ => self.runs.undo(head.id),
        }
    }

    /// Returns the progress of a run that this page executes or shows, tracked; `None` for any other.
    pub(super) fn progress(self, id: u64) -> Option<Progress> {
        self.runs
            .queue
            .with(|queue| Some(queue.run(id)?.progress()))
    }

    /// Opens the dialog. If the user has left the page, the panel asks nothing and undoes nothing.
    fn ask(self, question: UndoQuestion) {
        self.asked.try_set(Some(question));
        self.open.try_set(true);
    }

    /// Undoes a change, and reports the outcome as a toast.
    async fn go(self, entry: Entry, said: Said) {
        let (remote, known, journal) = (self.remote, self.known, self.journal);
        undo_and_report(remote, known, journal, self.toasts, entry, said).await;
    }
}

/// Shows the dialog with what undoing would overwrite, or leaves as it is.
#[component]
pub(super) fn UndoDialog(
    /// The state of the dialog.
    undoing: Undoing,
) -> impl IntoView {
    let open = undoing.open;
    let content = move || {
        let question = undoing.asked.get()?;
        let (text, keep, action) = match &question {
            UndoQuestion::Change(entry, _, conflict) => {
                let conflict = conflict.as_ref();
                let rename = entry.inverse.iter().find_map(renaming);
                let text = view! {
                    {conflict.map(|conflict| overwritten(entry, conflict))}
                    {rename.map(|rename| view! { <RenameConsequences rename /> })}
                };
                match conflict {
                    Some(_) => (text.into_any(), Text::UndoKeep, Text::UndoAnyway),
                    None => (text.into_any(), Text::Cancel, Text::Undo),
                }
            }
            UndoQuestion::Run(_, left) => (not_restored(left), Text::Cancel, Text::UndoRest),
        };
        let go = Callback::new(move |()| {
            open.set(false);
            match question.clone() {
                UndoQuestion::Change(entry, said, _) => spawn_local(undoing.go(entry, said)),
                UndoQuestion::Run(id, _) => undoing.runs.undo(id),
            }
        });
        // The browser would focus the button that closes the dialog.
        Effect::new(move || focus(KEEP));
        Some(view! {
            <div class="form">
                <div class="stack" id=TEXT>{text}</div>
                <div class="actions end">
                    <Button id=KEEP label=t(keep).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                    <Button kind=ButtonKind::Danger label=t(action).to_owned() on_press=go />
                </div>
            </div>
        })
    };
    view! { <Dialog open title=t(Text::Undo) id="undo-title" described_by=TEXT close=t(Text::Close)>{content}</Dialog> }
}

/// Shows the value that undoing a change would overwrite.
fn overwritten(entry: &Entry, conflict: &UndoConflict) -> AnyView {
    let (title, text, now) = match conflict {
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
    let fact =
        |name: Text, value: String| (t(name).to_owned(), view! { <bdi>{value}</bdi> }.into_any());
    let facts = vec![
        fact(
            Text::UndoAbout,
            enumeration(&change_text::about(&entry.change)),
        ),
        fact(Text::UndoYours, change_text::what(&entry.change)),
        fact(Text::UndoNow, now),
        fact(Text::UndoSets, change_text::steps(&entry.inverse)),
    ];
    view! {
        <p class="notice-title">{t(title)}</p>
        <p>{text}</p>
        <Facts facts />
    }
    .into_any()
}

/// Names the changes of a run that undoing it leaves as they are.
fn not_restored(left: &[Change]) -> AnyView {
    let names = left
        .iter()
        .map(|change| enumeration(&change_text::about(change)));
    let names = some_names(&names.collect::<Vec<_>>(), NAMED);
    view! {
        <p class="notice-title">{tn(Text::UndoNotRestored, left.len())}</p>
        <p>{tf(Text::UndoNotRestoredText, &[("names", &names)])}</p>
    }
    .into_any()
}
