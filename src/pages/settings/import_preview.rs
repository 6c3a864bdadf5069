//! What an import would change, to be looked at before it is done.

use leptos::prelude::*;
use switchboard_model::workspace::file::{WorkspaceFile, day};
use switchboard_model::workspace::import::{ImportChange, ImportPlan, ImportStep, plan};

use super::super::embed::{both, copy_texts};
use super::super::pager::Pager;
use super::import_words::{change, counted};
use crate::i18n::{Text, t, tf};
use crate::ui::{Button, ButtonKind, CopyButton, Facts, Notice, Tone};
use crate::workspace::KnownDomains;

/// How many domains are shown at a time.
const ROWS: usize = 50;

/// The content of the dialog: where the file comes from, what changes domain by domain, and the button that does it.
#[component]
pub(super) fn Preview(
    /// The file.
    file: WorkspaceFile,
    /// What importing does.
    on_import: Callback<()>,
    /// What closes the dialog.
    on_cancel: Callback<()>,
) -> impl IntoView {
    let known = KnownDomains::get();
    let here = known.organisation();
    let foreign = file.organisation != *here;
    let there = file.organisation.to_string();
    let facts = vec![
        (
            t(Text::ImportFrom).to_owned(),
            view! { <bdi>{there.clone()}</bdi> }.into_any(),
        ),
        (
            t(Text::ImportExported).to_owned(),
            view! { <span>{day(file.exported_at)}</span> }.into_any(),
        ),
    ];
    // Follows what other tabs do to the workspace while the dialog is open.
    let plan = Memo::new(move |_| plan(&file, &known.listing().unwrap_or_default()));
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
            <p><strong>{move || counted(plan.with(ImportPlan::counts))}</strong></p>
            <Changes plan />
            <div class="actions end">
                <Button label=t(Text::Cancel).to_owned() on_press=on_cancel />
                <Button kind=ButtonKind::Primary label=action.to_owned() on_press=on_import />
            </div>
        </div>
    }
}

/// The domains that change. A code that does not stay is offered.
#[component]
fn Changes(plan: Memo<ImportPlan>) -> impl IntoView {
    let changes = Memo::new(move |_| {
        let is_change = |step: &&ImportStep| step.change != ImportChange::Unchanged;
        plan.with(|plan| plan.steps.iter().filter(is_change).cloned().collect())
    });
    view! { <Rows steps=changes label=Text::ImportChanges /> }
}

/// Steps of an import, one a row, a page of them at a time: a file may hold tens of thousands.
#[component]
fn Rows(steps: Memo<Vec<ImportStep>>, label: Text) -> impl IntoView {
    let page = RwSignal::new(0);
    let count = Memo::new(move |_| steps.with(Vec::len));
    let rows = move || {
        steps.with(|steps| {
            let on_page = steps.iter().skip(page.get() * ROWS).take(ROWS);
            on_page
                .map(|step| view! { <ChangeRow step=step.clone() /> })
                .collect_view()
        })
    };
    let is_any = Memo::new(move |_| count.get() > 0);
    move || {
        is_any.get().then(|| {
            // Focusable, so that a long list can be scrolled with the keyboard.
            view! {
                <ul class="entries import-changes" tabindex="0" aria-label=t(label)>{rows}</ul>
                <Pager label=Text::PagesOfRows page on_turn=move |to| page.set(to) count rows=ROWS />
            }
        })
    }
}

#[component]
fn ChangeRow(step: ImportStep) -> impl IntoView {
    let words = change(&step.change);
    let name = step.name.to_string();
    view! {
        <li class="row">
            <div><p class="row-title"><bdi>{name}</bdi></p><p class="hint">{words}</p></div>
            <OtherCode step />
        </li>
    }
}

/// The codes that did not stay, to be copied while they can be.
#[component]
pub(super) fn OtherCodes(
    /// What was done.
    plan: ImportPlan,
) -> impl IntoView {
    let mut steps = plan.steps;
    steps.retain(|step| matches!(step.change, ImportChange::OtherCode { .. }));
    (!steps.is_empty()).then(|| {
        let steps = Memo::new(move |_| steps.clone());
        view! { <p>{t(Text::ImportOtherCodes)}</p><Rows steps label=Text::ImportChanges /> }
    })
}

#[component]
fn OtherCode(step: ImportStep) -> impl IntoView {
    let ImportStep { name, change } = step;
    let ImportChange::OtherCode { other, .. } = change else {
        return ().into_any();
    };
    let label = tf(Text::CopyOtherCodeOf, &[("domain", name.as_str())]);
    view! { <CopyButton label=t(Text::CopyOtherCode) name=label text=Signal::stored(both(&other.code)) texts=copy_texts() /> }.into_any()
}
