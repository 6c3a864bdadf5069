//! Importing a workspace: a file is taken and read, what it would change is shown, then it is done and told.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::workspace::StoreError;
use switchboard_model::workspace::file::{MAX_BYTES, WorkspaceFile, parse};
use switchboard_model::workspace::import::Imported;
use web_sys::File;

use super::super::embed::store_error;
use super::import_preview::{OtherCodes, Preview};
use super::import_words::{Refusal, counted, refusal};
use crate::browser::files;
use crate::i18n::{Text, number, t, tf};
use crate::ui::{Dialog, FilePicker, Notice, Tone};
use crate::workspace::KnownDomains;

/// Where an import is.
#[derive(Clone, Debug, PartialEq)]
enum Import {
    Idle,
    Refused(Refusal),
    Shown(WorkspaceFile),
    Done { imported: Imported, of: usize },
    Failed(StoreError),
}

/// A file is chosen or dropped, previewed in a dialog, and imported.
#[component]
pub(super) fn ImportWorkspace() -> impl IntoView {
    let known = KnownDomains::get();
    let import = RwSignal::new(Import::Idle);
    let (name, open) = (RwSignal::new(String::new()), RwSignal::new(false));
    let take = Callback::new(move |file: File| {
        spawn_local(async move {
            name.set(file.name());
            let read = read(&file).await;
            open.set(read.is_ok());
            import.set(read.map_or_else(Import::Refused, Import::Shown));
        });
    });
    let go = Callback::new(move |()| {
        let Import::Shown(file) = import.get_untracked() else {
            return;
        };
        let of = file.domains.len();
        import.set(match known.import(&file) {
            Ok(imported) => Import::Done { imported, of },
            Err(error) => Import::Failed(error),
        });
        open.set(false);
    });
    let cancel = Callback::new(move |()| open.set(false));
    view! {
        <FilePicker id="import-file" label=t(Text::ImportWorkspace) hint=t(Text::ImportHint) accept=".json,application/json" on_file=take />
        {move || told(import.get(), &name.get())}
        <Dialog open title=t(Text::ImportWorkspace) id="import-title" close=t(Text::Close)>
            {move || match import.get() {
                Import::Shown(file) => view! { <Preview file on_import=go on_cancel=cancel /> }.into_any(),
                _ => ().into_any(),
            }}
        </Dialog>
    }
}

async fn read(file: &File) -> Result<WorkspaceFile, Refusal> {
    let text = files::read_text(file, MAX_BYTES).await?;
    Ok(parse(&text)?)
}

/// What is said below the place for the file.
fn told(import: Import, file: &str) -> AnyView {
    match import {
        Import::Idle | Import::Shown(_) => ().into_any(),
        Import::Refused(why) => view! {
            <Notice tone=Tone::Bad title=tf(Text::ImportRefused, &[("file", file)])><p>{refusal(&why)}" "{t(Text::ImportNothingChanged)}</p></Notice>
        }
        .into_any(),
        Import::Failed(error) => view! {
            <Notice tone=Tone::Bad title=store_error(error)><p>{t(Text::ImportNothingChanged)}</p></Notice>
        }
        .into_any(),
        Import::Done { imported, of } => view! { <Outcome imported of file=file.to_owned() /> }.into_any(),
    }
}

/// What an import did.
#[component]
fn Outcome(imported: Imported, of: usize, file: String) -> impl IntoView {
    let Imported { done, stopped } = imported;
    let counts = done.counts();
    let (tone, title, text) = match stopped {
        Some(error) => {
            let values = [
                ("done", number(done.steps.len())),
                ("all", number(of)),
                ("reason", store_error(error)),
            ];
            let values = values.each_ref().map(|(name, text)| (*name, text.as_str()));
            (
                Tone::Bad,
                tf(Text::ImportStopped, &values),
                t(Text::ImportStoppedText).to_owned(),
            )
        }
        None if counts.new + counts.changed == 0 => (
            Tone::Good,
            tf(Text::ImportNothingNew, &[("file", &file)]),
            counted(counts),
        ),
        None => (
            Tone::Good,
            tf(Text::ImportDone, &[("file", &file)]),
            counted(counts),
        ),
    };
    view! {
        <Notice tone title>
            <p>{text}</p>
            <OtherCodes plan=done />
        </Notice>
    }
}
