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
use crate::ui::{Dialog, FilePicker, Notice, Tone, UnsavedInput};
use crate::wording::store::store_error;
use crate::workspace::{KnownDomains, in_natural_order};

/// The form that takes a file, previews it in a dialog, and imports it.
#[component]
pub(super) fn ImportWorkspace() -> impl IntoView {
    let known = KnownDomains::get();
    let import = RwSignal::new(WorkspaceImport::Idle);
    let choices = RwSignal::new(Choices::new());
    let (name, open) = (RwSignal::new(String::new()), RwSignal::new(false));
    UnsavedInput::get().watch(move || open.get() && choices.with(|it| !it.is_empty()));
    let take = Callback::new(move |file: File| {
        spawn_local(async move {
            let read = read(&file).await;
            let read = read.map_or_else(WorkspaceImport::Refused, WorkspaceImport::Shown);
            // The choices for the same file stay, in case its dialog was closed by mistake.
            if import.try_with_untracked(|import| *import == read) != Some(true) {
                choices.set(Choices::new());
            }
            // Not earlier: the message below is about the former file until this one is read.
            name.set(file.name());
            open.set(matches!(read, WorkspaceImport::Shown(_)));
            import.set(read);
        });
    });
    let go = Callback::new(move |()| {
        let WorkspaceImport::Shown(file) = import.get_untracked() else {
            return;
        };
        // Removes the preview, which would count again what the import has changed.
        import.set(WorkspaceImport::Idle);
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
    Ok(ordered(parse(&text)?))
}

/// Puts the domains of a file into natural order, for the preview and the outcome.
fn ordered(file: WorkspaceFile) -> WorkspaceFile {
    let domains = in_natural_order(&file.domains).into_iter().cloned();
    WorkspaceFile {
        domains: domains.collect(),
        ..file
    }
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

#[cfg(test)]
mod tests {
    use switchboard_model::workspace::file::export;
    use switchboard_model::workspace::{KnownDomain, OrganisationKey};

    use super::*;

    #[test]
    fn domains_of_a_file_are_in_natural_order() {
        let known = |name: &str| {
            let name = name.parse().expect("a domain name of the test");
            KnownDomain::new(name, None, 1)
        };
        let names = ["site-1.example", "site-2.example", "site-10.example"];
        let base_url = "https://acme.example/".parse().expect("a base URL");
        let text = export(&OrganisationKey::of(&base_url), &names.map(known), 1);
        let file = ordered(parse(&text).expect("a workspace file"));
        let read: Vec<&str> = file.domains.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(read, names);
    }
}
