//! The preview of what an import would change.

use leptos::prelude::*;
use switchboard_model::workspace::file::{WorkspaceFile, day};
use switchboard_model::workspace::import::{Choices, ImportChange, ImportPlan, ImportStep, plan};

use super::import_conflicts::Conflicts;
use super::import_words::{change, counted};
use crate::browser::clock;
use crate::i18n::{Text, t, tf};
use crate::ui::{Button, ButtonKind, Facts, Notice, Tone};
use crate::widgets::domain_label::DomainLabel;
use crate::widgets::pager::Pager;
use crate::workspace::KnownDomains;

/// The number of domains on a page.
const ROWS: usize = 50;

/// The content of the dialog: the file's origin, the changes domain by domain, and the button that imports.
#[component]
pub(super) fn WorkspaceImportPreview(
    /// The file.
    file: WorkspaceFile,
    /// The domains whose code comes from the file.
    choices: RwSignal<Choices>,
    /// Imports the file.
    on_import: Callback<()>,
    /// Closes the dialog.
    on_cancel: Callback<()>,
) -> impl IntoView {
    let known = KnownDomains::get();
    let here = known.organisation();
    let foreign = file.organisation != *here;
    let there = file.organisation.to_string();
    let now = clock::now();
    let facts = vec![
        (
            t(Text::ImportFrom).to_owned(),
            view! { <bdi>{there.clone()}</bdi> }.into_any(),
        ),
        (
            t(Text::ImportExported).to_owned(),
            view! { <span>{day(file.exported_at.min(now))}</span> }.into_any(),
        ),
    ];
    // Follows other tabs' changes to the workspace while the dialog is open.
    let plan = Memo::new(move |_| {
        let listing = known.listing().unwrap_or_default();
        choices.with(|choices| plan(&file, &listing, choices, now))
    });
    let warning = foreign.then(|| {
        let text = tf(Text::ImportForeignText, &[("here", here.as_str())]);
        view! { <Notice tone=Tone::Warn title=tf(Text::ImportForeign, &[("there", &there)])><p>{text}</p></Notice> }
    });
    let action = t(if foreign {
        Text::ImportForeignAction
    } else {
        Text::Import
    });
    view! {
        <div class="form">
            <Facts facts />
            {warning}
            <p role="status"><strong>{move || counted(plan.with(ImportPlan::counts))}</strong></p>
            <Conflicts plan choices />
            <ImportChanges plan />
            <div class="actions end">
                <Button label=t(Text::Cancel).to_owned() on_press=on_cancel />
                <Button kind=ButtonKind::Primary label=action.to_owned() on_press=on_import />
            </div>
        </div>
    }
}

/// The domains that change, one a row, in pages: a file may contain tens of thousands.
#[component]
fn ImportChanges(plan: Memo<ImportPlan>) -> impl IntoView {
    let steps = Memo::new(move |_| {
        let is_change = |step: &&ImportStep| {
            !matches!(
                step.change,
                ImportChange::Unchanged | ImportChange::OtherCode { .. }
            )
        };
        plan.with(|plan| {
            let steps = plan.steps.iter().filter(is_change);
            steps.cloned().collect::<Vec<_>>()
        })
    });
    let page = RwSignal::new(0);
    let count = Memo::new(move |_| steps.with(Vec::len));
    let rows = move || {
        steps.with(|steps| {
            let on_page = steps.iter().skip(page.get() * ROWS).take(ROWS);
            on_page
                .map(|step| view! { <ImportChangeRow step=step.clone() /> })
                .collect_view()
        })
    };
    let is_any = Memo::new(move |_| count.get() > 0);
    move || {
        is_any.get().then(|| {
            // Focusable, so that a long list can be scrolled with the keyboard.
            view! {
                <ul class="entries import-changes" tabindex="0" aria-label=t(Text::ImportChanges)>{rows}</ul>
                <Pager label=Text::PagesOfRows page on_turn=move |to| page.set(to) count rows=ROWS />
            }
        })
    }
}

#[component]
fn ImportChangeRow(step: ImportStep) -> impl IntoView {
    let words = change(&step.change);
    view! {
        <li class="row">
            <div><p class="row-title"><DomainLabel name=step.name /></p><p class="hint">{words}</p></div>
        </li>
    }
}
