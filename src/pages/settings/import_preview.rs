//! What an import would change, to be looked at before it is done.

use leptos::prelude::*;
use switchboard_model::workspace::file::{WorkspaceFile, day};
use switchboard_model::workspace::import::{ImportChange, ImportPlan, ImportStep, plan};

use super::super::embed::{both, copy_texts};
use super::import_words::{change, counted};
use crate::i18n::{Text, t, tf};
use crate::ui::{Button, ButtonKind, CopyButton, Facts, Notice, Tone};
use crate::workspace::KnownDomains;

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
    let foreign = file.organisation != here;
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
            <p><strong>{move || counted(plan.get().counts())}</strong></p>
            <Changes plan />
            <div class="actions end">
                <Button label=t(Text::Cancel).to_owned() on_press=on_cancel />
                <Button kind=ButtonKind::Primary label=action.to_owned() on_press=on_import />
            </div>
        </div>
    }
}

/// The domains that change, one a row. A code that does not stay is offered.
#[component]
fn Changes(plan: Memo<ImportPlan>) -> impl IntoView {
    move || {
        let rows = plan
            .get()
            .steps
            .into_iter()
            .filter(|step| step.change != ImportChange::Unchanged)
            .map(|step| view! { <ChangeRow step /> })
            .collect::<Vec<_>>();
        // Focusable, so that a long list can be scrolled with the keyboard.
        (!rows.is_empty()).then(|| view! {
            <ul class="entries import-changes" tabindex="0" aria-label=t(Text::ImportChanges)>{rows}</ul>
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
    let steps: Vec<ImportStep> = plan
        .steps
        .into_iter()
        .filter(|step| matches!(step.change, ImportChange::OtherCode { .. }))
        .collect();
    (!steps.is_empty()).then(|| {
        let rows = steps
            .into_iter()
            .map(|step| view! { <ChangeRow step /> })
            .collect_view();
        view! { <p>{t(Text::ImportOtherCodes)}</p><ul class="entries">{rows}</ul> }
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
