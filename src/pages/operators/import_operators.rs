//! Imports operators from CSV. The user chooses or drops a file, or pastes rows. A preview shows what would be done;
//! then a bulk run does it.

mod preview;
mod read_csv;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::Operator;
use switchboard_model::csv::PlannedOperator;
use web_sys::File;

use crate::browser::files;
use crate::browser::time_slice::TimeSlice;
use crate::i18n::{Text, t, tf};
use crate::operations::bulk::{RunStarter, Runs};
use crate::operations::plan;
use crate::remote::Read;
use crate::ui::{
    Button, ButtonKind, Dialog, FilePicker, Notice, SkeletonTable, TextArea, Tone, UnsavedInput,
    focus,
};
use preview::OperatorImportPreview;
use read_csv::{CsvRefusal, MAX_BYTES, Sheet, read, refusal};

/// The state of an import.
#[derive(Clone, PartialEq)]
enum OperatorImport {
    Idle,
    Reading,
    Refused(CsvRefusal),
    Shown(Sheet),
}

/// The user's input. It is kept while the dialog is closed, so that nothing pasted is lost.
#[derive(Clone, Copy)]
struct ImportInput {
    import: RwSignal<OperatorImport>,
    /// The name of the file; `None` for the pasted rows.
    file: RwSignal<Option<String>>,
    pasted: RwSignal<String>,
}

/// Shows the dialog "Import CSV".
#[component]
pub(super) fn ImportDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The existing operators.
    operators: Read<Vec<Operator>>,
) -> impl IntoView {
    let starter = RunStarter::new(Runs::get());
    let given = ImportInput {
        import: RwSignal::new(OperatorImport::Idle),
        file: RwSignal::new(None),
        pasted: RwSignal::new(String::new()),
    };
    UnsavedInput::get().watch(move || {
        let is_shown = given
            .import
            .with(|import| matches!(import, OperatorImport::Shown(_)));
        is_shown || given.pasted.with(|pasted| !pasted.trim().is_empty())
    });
    let go = Callback::new(move |new: Vec<PlannedOperator>| {
        starter.start(plan::import(&new), move || {
            open.try_set(false);
            given.import.try_set(OperatorImport::Idle);
            // Rows that were pasted before a file was chosen are not part of the run.
            if given.file.try_with_untracked(Option::is_none) == Some(true) {
                given.pasted.try_set(String::new());
            }
        });
    });
    let busy = starter.busy();
    let back = Callback::new(move |()| {
        // Another list chosen meanwhile would be cleared once the run is accepted.
        if !busy.get_untracked() {
            given.import.set(OperatorImport::Idle);
        }
    });
    view! {
        <Dialog open title=t(Text::ImportCsv) id="import-csv-title" close=t(Text::Close) wide=true>
            {move || match given.import.get() {
                OperatorImport::Shown(sheet) => {
                    let name = name_of(given.file.get_untracked());
                    view! { <OperatorImportPreview sheet name operators busy on_import=go on_back=back /> }.into_any()
                }
                OperatorImport::Reading => view! { <SkeletonTable rows=5 label=t(Text::Loading) /> }.into_any(),
                _ => view! { <Choose given open /> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Choose(given: ImportInput, open: RwSignal<bool>) -> impl IntoView {
    let ImportInput {
        import,
        file,
        pasted,
    } = given;
    Effect::new(move || focus("import-csv-file"));
    let take = Callback::new(move |chosen: File| {
        import.set(OperatorImport::Reading);
        spawn_local(async move {
            let bytes = files::read_bytes(&chosen, MAX_BYTES).await;
            file.set(Some(chosen.name()));
            import.set(match bytes {
                Ok(bytes) => found(&bytes).await,
                Err(error) => OperatorImport::Refused(CsvRefusal::Read(error)),
            });
        });
    });
    let preview = Callback::new(move |()| {
        file.set(None);
        let text = pasted.get_untracked();
        import.set(OperatorImport::Reading);
        spawn_local(async move { import.set(found(text.as_bytes()).await) });
    });
    view! {
        <div class="form">
            <p class="muted">{t(Text::ImportCsvText)}</p>
            {move || match import.get() {
                OperatorImport::Refused(why) => {
                    let title = tf(Text::ImportRefused, &[("file", &name_of(file.get()))]);
                    Some(view! { <Notice tone=Tone::Bad title><p>{refusal(why)}</p></Notice> })
                }
                _ => None,
            }}
            <FilePicker id="import-csv-file" label=t(Text::ChooseFile) hint=t(Text::DropCsv) accept=".csv,.tsv,.txt,text/csv,text/plain" on_file=take />
            <TextArea id="import-csv-text" label=t(Text::PasteRows) value=pasted hint=t(Text::PasteRowsHint) />
            <div class="actions end">
                <Button label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                <Button kind=ButtonKind::Primary label=t(Text::ShowPreview).to_owned() on_press=preview />
            </div>
        </div>
    }
}

/// Returns what the list is called.
fn name_of(file: Option<String>) -> String {
    file.unwrap_or_else(|| t(Text::PastedRows).to_owned())
}

async fn found(file: &[u8]) -> OperatorImport {
    let slice = TimeSlice::begin();
    let sheet = read(file, &async || slice.pause().await).await;
    sheet.map_or_else(OperatorImport::Refused, OperatorImport::Shown)
}
