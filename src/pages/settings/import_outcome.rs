//! The outcome of an import, and undoing it.

use leptos::prelude::*;
use switchboard_model::workspace::file::WorkspaceFile;
use switchboard_model::workspace::import::{ImportChange, ImportPlan, ImportStep, Imported, Stays};
use switchboard_model::workspace::{ImportUndone, StoreError};

use super::import_words::{WorkspaceFileRefusal, change, counted, undone_words};
use crate::browser::idna::readable;
use crate::i18n::{Text, t, tc, tf};
use crate::ui::{Button, CopyButton, Notice, Tone, focus};
use crate::widgets::domain_label::DomainLabel;
use crate::widgets::embed_codes::{both, copy_texts};
use crate::widgets::pager::Pager;
use crate::wording::store::store_error;
use crate::workspace::{KnownDomains, LastImport};

/// The number of codes on a page.
const ROWS: usize = 20;

/// The state of an import.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum WorkspaceImport {
    Idle,
    Refused(WorkspaceFileRefusal),
    Shown(WorkspaceFile),
    Done { imported: Imported, of: usize },
    Failed(StoreError),
    Undone(UndoneImport),
}

/// Shows what an import did.
#[component]
pub(super) fn ImportOutcome(
    /// The finished import.
    imported: Imported,
    /// The number of domains in the file.
    of: usize,
    /// The name of the file.
    file: String,
) -> impl IntoView {
    let Imported { done, stopped, .. } = imported;
    let counts = done.counts();
    let named = |text| tf(text, &[("file", &file)]);
    let (tone, title, text) = match stopped {
        Some(error) => {
            let title = tc(
                Text::ImportStopped,
                &[("done", done.steps.len()), ("all", of)],
                &[("reason", &store_error(error))],
            );
            (Tone::Bad, title, t(Text::ImportStoppedText).to_owned())
        }
        None if counts.new + counts.changed > 0 => {
            (Tone::Good, named(Text::ImportDone), counted(counts))
        }
        None if counts.not_used > 0 => {
            (Tone::Good, named(Text::ImportNothingUsed), counted(counts))
        }
        None => (Tone::Good, named(Text::ImportNothingNew), counted(counts)),
    };
    view! {
        <Notice tone title>
            <p>{text}</p>
            <OtherCodes plan=done />
        </Notice>
    }
}

/// Offers the codes that are not stored now to be copied: the unused ones of the file, and those that the file
/// replaced.
#[component]
fn OtherCodes(
    /// The finished import.
    plan: ImportPlan,
) -> impl IntoView {
    let mut steps = plan.steps;
    steps.retain(|step| matches!(step.change, ImportChange::OtherCode { .. }));
    (!steps.is_empty()).then(|| {
        let count = steps.len();
        let (steps, page) = (StoredValue::new(steps), RwSignal::new(0));
        let rows = move || {
            steps.with_value(|steps| {
                let on_page = steps.iter().skip(page.get() * ROWS).take(ROWS);
                on_page
                    .map(|step| view! { <OtherCode step=step.clone() /> })
                    .collect_view()
            })
        };
        let count = Memo::new(move |_| count);
        // Focusable, so that a long list can be scrolled with the keyboard.
        view! {
            <ul class="entries import-changes" tabindex="0" aria-label=t(Text::ImportOtherCodes)>{rows}</ul>
            <Pager label=Text::PagesOfRows page on_turn=move |to| page.set(to) count rows=ROWS />
        }
    })
}

#[component]
fn OtherCode(step: ImportStep) -> impl IntoView {
    let ImportStep { name, change: what } = step;
    let words = change(&what);
    let ImportChange::OtherCode { stays, here, file } = what else {
        return ().into_any();
    };
    let (label, named, other) = match stays {
        Stays::Here => (Text::CopyFileCode, Text::CopyFileCodeOf, file),
        Stays::File => (Text::CopyReplacedCode, Text::CopyReplacedCodeOf, here),
    };
    let named = tf(named, &[("domain", &readable(&name))]);
    view! {
        <li class="row">
            <div><p class="row-title"><DomainLabel name /></p><p class="hint">{words}</p></div>
            <CopyButton label=t(label) name=named text=Signal::stored(both(&other.code)) texts=copy_texts() />
        </li>
    }
    .into_any()
}

/// The outcome of undoing an import.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct UndoneImport {
    file: String,
    outcome: Result<ImportUndone, StoreError>,
}

impl UndoneImport {
    /// Returns the outcome as a notice.
    pub fn notice(self) -> AnyView {
        let named = [("file", self.file.as_str())];
        match self.outcome {
            Ok(undone) => {
                let text = undone_words(&undone);
                view! { <Notice tone=Tone::Good title=tf(Text::ImportUndone, &named)><p>{text}</p></Notice> }
                    .into_any()
            }
            Err(error) => {
                let text = store_error(error);
                view! { <Notice tone=Tone::Bad title=tf(Text::ImportNotUndone, &named)><p>{text}</p></Notice> }
                    .into_any()
            }
        }
    }
}

/// The button that undoes the last import. Renders nothing if there was none.
#[component]
pub(super) fn UndoLine(
    /// The state of the import, which then shows the outcome of the undo.
    import: RwSignal<WorkspaceImport>,
) -> impl IntoView {
    let known = KnownDomains::get();
    let undo = move |last: &LastImport| {
        let outcome = known.undo_import(last);
        if outcome.is_ok() {
            // The button disappears.
            focus("import-file");
        }
        let file = last.file.clone();
        import.set(WorkspaceImport::Undone(UndoneImport { file, outcome }));
    };
    move || {
        known.last_import().map(|last| {
            let text = tc(
                Text::ImportLast,
                &[("count", last.undo.len())],
                &[("file", &last.file)],
            );
            let press = Callback::new(move |()| undo(&last));
            view! {
                <div class="switch-line">
                    <p class="hint">{text}</p>
                    <Button label=t(Text::ImportUndo).to_owned() on_press=press />
                </div>
            }
        })
    }
}
