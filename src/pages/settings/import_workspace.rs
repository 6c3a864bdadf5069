//! Imports a workspace: reads a file, previews its changes, applies them, and offers an undo.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::workspace::file::{MAX_BYTES, WorkspaceFile, parse};
use switchboard_model::workspace::import::Choices;
use web_sys::File;

use super::import_outcome::{ImportOutcome, UndoLine, WorkspaceImport};
use super::import_preview::WorkspaceImportPreview;
use super::import_words::{WorkspaceFileRefusal, refusal};
use crate::browser::files;
use crate::i18n::{Text, t, tf};
use crate::ui::{Dialog, FilePicker, Notice, Tone};
use crate::wording::store::store_error;
use crate::workspace::KnownDomains;

/// The form that takes a file, previews it in a dialog, and imports it.
#[component]
pub(super) fn ImportWorkspace() -> impl IntoView {
    let known = KnownDomains::get();
    let import = RwSignal::new(WorkspaceImport::Idle);
    let choices = RwSignal::new(Choices::new());
    let (name, open) = (RwSignal::new(String::new()), RwSignal::new(false));
    let take = Callback::new(move |file: File| {
        spawn_local(async move {
            name.set(file.name());
            let read = read(&file).await;
            choices.set(Choices::new());
            open.set(read.is_ok());
            import.set(read.map_or_else(WorkspaceImport::Refused, WorkspaceImport::Shown));
        });
    });
    let go = Callback::new(move |()| {
        let WorkspaceImport::Shown(file) = import.get_untracked() else {
            return;
        };
        let of = file.domains.len();
        let imported =
            name.with_untracked(|name| choices.with_untracked(|it| known.import(name, &file, it)));
        import.set(match imported {
            Ok(imported) => WorkspaceImport::Done { imported, of },
            Err(error) => WorkspaceImport::Failed(error),
        });
        open.set(false);
    });
    let cancel = Callback::new(move |()| open.set(false));
    view! {
        <FilePicker id="import-file" label=t(Text::ImportWorkspace) hint=t(Text::ImportHint) accept=".json,application/json" on_file=take />
        {move || told(import.get(), &name.get())}
        <UndoLine import />
        <Dialog open wide=true title=t(Text::ImportWorkspace) id="import-title" close=t(Text::Close)>
            {move || match import.get() {
                WorkspaceImport::Shown(file) => view! { <WorkspaceImportPreview file choices on_import=go on_cancel=cancel /> }.into_any(),
                _ => ().into_any(),
            }}
        </Dialog>
    }
}

async fn read(file: &File) -> Result<WorkspaceFile, WorkspaceFileRefusal> {
    let text = files::read_text(file, MAX_BYTES).await?;
    Ok(parse(&text)?)
}

/// Returns the message below the file picker.
fn told(import: WorkspaceImport, file: &str) -> AnyView {
    match import {
        WorkspaceImport::Idle | WorkspaceImport::Shown(_) => ().into_any(),
        WorkspaceImport::Refused(why) => view! {
            <Notice tone=Tone::Bad title=tf(Text::ImportRefused, &[("file", file)])><p>{refusal(&why)}" "{t(Text::ImportNothingChanged)}</p></Notice>
        }
        .into_any(),
        WorkspaceImport::Failed(error) => view! {
            <Notice tone=Tone::Bad title=store_error(error)><p>{t(Text::ImportNothingChanged)}</p></Notice>
        }
        .into_any(),
        WorkspaceImport::Done { imported, of } => view! { <ImportOutcome imported of file=file.to_owned() /> }.into_any(),
        WorkspaceImport::Undone(undone) => undone.notice(),
    }
}
