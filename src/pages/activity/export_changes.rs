//! Exports the list of changes as a file: single changes, rows of runs, and changes to the workspace, newest first.

use leptos::prelude::*;
use switchboard_model::journal::export::{ExportedChange, to_csv, to_json};
use switchboard_model::sort::sort_by_key;
use switchboard_model::workspace::StoreError;
use switchboard_model::workspace::file::dated_name;

use crate::browser::{clock, files};
use crate::i18n::{Text, t, tf};
use crate::journal::ChangeJournal;
use crate::remote::Remote;
use crate::ui::{Button, IconName, Toasts};
use crate::wording::store::store_error;

/// A file format.
#[derive(Clone, Copy)]
enum FileKind {
    Csv,
    Json,
}

impl FileKind {
    /// Returns the file extension and the media type.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("csv", "text/csv;charset=utf-8"),
            Self::Json => ("json", "application/json"),
        }
    }
}

/// Shows the buttons "Export CSV" and "Export JSON".
#[component]
pub(super) fn ExportChangesButtons(
    /// Whether there is nothing to export.
    none: Signal<bool>,
) -> impl IntoView {
    let (journal, toasts) = (ChangeJournal::get(), Toasts::get());
    let base_url = StoredValue::new(Remote::get().connection().base_url);
    let save = move |kind: FileKind| {
        let ((extension, media_type), now) = (kind.names(), clock::now());
        let name = base_url.with_value(|url| dated_name("activity", url, now, extension));
        match untrack(|| text(journal, kind, now)) {
            Ok(text) if files::download(&name, media_type, &text) => {
                toasts.good(tf(Text::Exported, &[("file", &name)]));
            }
            Ok(_) => toasts.bad(t(Text::DownloadFailed)),
            Err(error) => toasts.bad(store_error(error)),
        }
    };
    let button = move |kind, label| {
        let press = Callback::new(move |()| save(kind));
        view! { <Button icon=IconName::Download label=t(label).to_owned() unavailable=none on_press=press /> }
    };
    view! {
        <div class="actions">
            {button(FileKind::Csv, Text::ExportCsv)}
            {button(FileKind::Json, Text::ExportJson)}
        </div>
    }
}

fn text(journal: ChangeJournal, kind: FileKind, now: u64) -> Result<String, StoreError> {
    let recorded = journal.recorded()?;
    let changes = recorded.changes.iter().map(ExportedChange::of_entry);
    let mut all: Vec<ExportedChange> = changes.collect();
    let local = recorded.local.iter();
    all.extend(local.map(|entry| ExportedChange::of_local(entry, &clock::iso)));
    for head in journal.runs()? {
        if let Some(run) = journal.run(head.id) {
            all.extend(ExportedChange::of_run(&run));
        }
    }
    sort_by_key(&mut all, |change| std::cmp::Reverse(change.at));
    let organisation = journal.organisation();
    Ok(match kind {
        FileKind::Csv => to_csv(organisation, &all, &clock::iso),
        FileKind::Json => to_json(organisation, &all, recorded.since, now, &clock::iso),
    })
}
