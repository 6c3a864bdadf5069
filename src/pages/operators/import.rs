//! Importing operators from CSV: a file is chosen or dropped, or rows are pasted; what would be done is shown; then it is a bulk run.

mod preview;
mod read;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::Operator;
use switchboard_model::csv::NewOperator;
use web_sys::File;

use super::super::bulk::Runs;
use super::plan;
use crate::browser::breath::Breath;
use crate::browser::files;
use crate::i18n::{Text, t, tf};
use crate::remote::Read;
use crate::ui::{Button, Dialog, FilePicker, Notice, SkeletonTable, TextArea, Tone, focus};
use preview::Preview;
use read::{MAX_BYTES, Refusal, Sheet, read, refusal};

/// Where an import is.
#[derive(Clone, PartialEq)]
enum Import {
    Idle,
    /// Being read.
    Reading,
    Refused(Refusal),
    Shown(Sheet),
}

/// What was given. Kept while the dialog is closed: nothing pasted is lost.
#[derive(Clone, Copy)]
struct Given {
    import: RwSignal<Import>,
    name: RwSignal<String>,
    pasted: RwSignal<String>,
}

/// The dialog "Import CSV".
#[component]
pub(super) fn ImportDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Who is there already.
    operators: Read<Vec<Operator>>,
) -> impl IntoView {
    let runs = Runs::get();
    let given = Given {
        import: RwSignal::new(Import::Idle),
        name: RwSignal::new(String::new()),
        pasted: RwSignal::new(String::new()),
    };
    let go = Callback::new(move |new: Vec<NewOperator>| {
        runs.start(plan::import(&new));
        open.set(false);
        given.import.set(Import::Idle);
        given.pasted.set(String::new());
    });
    let back = Callback::new(move |()| given.import.set(Import::Idle));
    view! {
        <Dialog open title=t(Text::ImportCsv) id="import-csv-title" close=t(Text::Close) wide=true>
            {move || match given.import.get() {
                Import::Shown(sheet) => {
                    let name = given.name.get_untracked();
                    view! { <Preview sheet name operators on_import=go on_back=back /> }.into_any()
                }
                Import::Reading => view! { <SkeletonTable rows=5 label=t(Text::Loading) /> }.into_any(),
                _ => view! { <Choose given /> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Choose(given: Given) -> impl IntoView {
    let Given {
        import,
        name,
        pasted,
    } = given;
    Effect::new(move || focus("import-csv-file"));
    let take = Callback::new(move |file: File| {
        import.set(Import::Reading);
        spawn_local(async move {
            let bytes = files::read_bytes(&file, MAX_BYTES).await;
            name.set(file.name());
            import.set(match bytes {
                Ok(bytes) => found(&bytes).await,
                Err(error) => Import::Refused(Refusal::Read(error)),
            });
        });
    });
    let preview = Callback::new(move |()| {
        name.set(t(Text::PastedRows).to_owned());
        let text = pasted.get_untracked();
        import.set(Import::Reading);
        spawn_local(async move { import.set(found(text.as_bytes()).await) });
    });
    view! {
        <div class="form">
            <p class="muted">{t(Text::ImportCsvText)}</p>
            {move || match import.get() {
                Import::Refused(why) => {
                    let title = tf(Text::ImportRefused, &[("file", &name.get())]);
                    Some(view! { <Notice tone=Tone::Bad title><p>{refusal(why)}</p></Notice> })
                }
                _ => None,
            }}
            <FilePicker id="import-csv-file" label=t(Text::ChooseFile) hint=t(Text::DropCsv) accept=".csv,.tsv,.txt,text/csv,text/plain" on_file=take />
            <TextArea id="import-csv-text" label=t(Text::PasteRows) value=pasted hint=t(Text::PasteRowsHint) />
            <div class="actions end">
                <Button label=t(Text::ShowPreview).to_owned() on_press=preview />
            </div>
        </div>
    }
}

async fn found(file: &[u8]) -> Import {
    let breath = Breath::begin();
    let sheet = read(file, &async || breath.pause().await).await;
    sheet.map_or_else(Import::Refused, Import::Shown)
}
