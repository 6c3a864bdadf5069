//! The preview of what an import would change.

use leptos::prelude::*;
use switchboard_api::EmbedCode;
use switchboard_model::workspace::file::{WorkspaceFile, day};
use switchboard_model::workspace::import::{Choices, ImportChange, ImportPlan, ImportStep, plan};

use super::import_conflicts::Conflicts;
use super::import_words::{change, counted};
use crate::browser::clock;
use crate::i18n::{Text, t, tf};
use crate::ui::{Badge, Button, ButtonKind, Facts, Notice, Tone};
use crate::widgets::domain_label::DomainLabel;
use crate::widgets::embed_codes::names_another;
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
    let file = StoredValue::new(file);
    // Follows other tabs' changes to the workspace while the dialog is open.
    let plan = Memo::new(move |_| {
        let listing = known.listing().unwrap_or_default();
        file.with_value(|file| choices.with(|choices| plan(file, &listing, choices, now)))
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
            <ImportChanges plan file />
            <div class="actions end">
                <Button label=t(Text::Cancel).to_owned() on_press=on_cancel />
                <Button kind=ButtonKind::Primary label=action.to_owned() on_press=on_import />
            </div>
        </div>
    }
}

/// The domains that change, one a row, in pages: a file may contain tens of thousands.
#[component]
fn ImportChanges(plan: Memo<ImportPlan>, file: StoredValue<WorkspaceFile>) -> impl IntoView {
    // Each with its place in the file.
    let steps = Memo::new(move |_| {
        let is_change = |(_, step): &(usize, &ImportStep)| {
            !matches!(
                step.change,
                ImportChange::Unchanged | ImportChange::OtherCode { .. }
            )
        };
        plan.with(|plan| {
            let steps = plan.steps.iter().enumerate().filter(is_change);
            steps
                .map(|(at, step)| (at, step.clone()))
                .collect::<Vec<_>>()
        })
    });
    let page = RwSignal::new(0);
    let count = Memo::new(move |_| steps.with(Vec::len));
    let code = move |at: usize| {
        file.with_value(|file| Some(file.domains.get(at)?.held.as_ref()?.code.clone()))
    };
    let rows = move || {
        steps.with(|steps| {
            let on_page = steps.iter().skip(page.get() * ROWS).take(ROWS);
            on_page
                .map(|(at, step)| view! { <ImportChangeRow step=step.clone() code=code(*at) /> })
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
fn ImportChangeRow(step: ImportStep, code: Option<EmbedCode>) -> impl IntoView {
    let words = change(&step.change);
    let code = code.filter(|_| step.change.brings_a_code());
    let mark = code.and_then(|code| names_another(&step.name, &code));
    let mark = mark.map(|text| view! { <Badge tone=Tone::Warn text /> });
    view! {
        <li class="row">
            <div><p class="row-title"><DomainLabel name=step.name /></p><p class="hint">{words}</p></div>
            {mark}
        </li>
    }
}
