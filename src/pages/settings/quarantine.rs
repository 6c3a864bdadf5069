//! Records that were set aside because they could not be read or another code replaced theirs: shown unchanged, to be restored, saved or deleted.

use leptos::prelude::*;
use switchboard_model::workspace::{Quarantined, RecordError};

use crate::browser::files;
use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf, tn};
use crate::ui::{Button, ButtonKind, Dialog, IconName, Notice, Panel, Toasts, Tone, focus};
use crate::wording::store::store_error;
use crate::workspace::KnownDomains;

/// The name of the file for a saved record.
const FILE_NAME: &str = "switchboard-record.txt";

/// The id of the text in the dialog that describes it.
const TEXT: &str = "delete-record-text";

/// The id of the button that closes the dialog.
const CANCEL: &str = "delete-record-cancel";

/// The region "Records set aside". Renders nothing if there are none.
#[component]
pub(super) fn QuarantinedRecords() -> impl IntoView {
    let known = KnownDomains::get();
    let records = Memo::new(move |_| {
        known
            .listing()
            .map(|listing| listing.quarantined)
            .unwrap_or_default()
    });
    let any = Memo::new(move |_| records.with(|records| !records.is_empty()));
    let asked = RwSignal::new(None::<Quarantined>);
    let open = RwSignal::new(false);
    let ask = Callback::new(move |record| {
        asked.set(Some(record));
        open.set(true);
    });
    let subtitle = move || records.with(|records| tn(Text::SetAside, records.len()));
    view! {
        {move || any.get().then(|| view! {
            <Panel title=t(Text::SetAsideTitle) id="set-aside">
                <div class="stack">
                    <div><p>{subtitle}</p><p class="hint">{t(Text::SetAsideText)}</p></div>
                    <ul class="entries">
                        <For each=move || records.get() key=|record| (record.key.clone(), record.text.clone()) let:record>
                            <Record record ask />
                        </For>
                    </ul>
                </div>
            </Panel>
        })}
        <Dialog open title=t(Text::DeleteRecord) id="delete-record-title" described_by=TEXT close=t(Text::Close)>
            {move || asked.get().map(|record| view! { <ConfirmDeleteQuarantined record open /> })}
        </Dialog>
    }
}

#[component]
fn Record(record: Quarantined, ask: Callback<Quarantined>) -> impl IntoView {
    let (known, toasts) = (KnownDomains::get(), Toasts::get());
    let about = record.about().to_owned();
    let (text, shown) = (record.text.clone(), record.text.clone());
    let download = Callback::new(move |()| {
        if !files::download(FILE_NAME, "text/plain", &text) {
            toasts.bad(t(Text::DownloadFailed));
        }
    });
    let restored = record.clone();
    // Why restoring failed. Not a toast: the advice must not disappear.
    let failed = RwSignal::new(None::<String>);
    let restore = Callback::new(move |()| match known.restore_quarantined(&restored) {
        Ok(Ok(restored)) => {
            let text = if restored.has_replaced {
                Text::RecordSwapped
            } else {
                Text::RecordRestored
            };
            toasts.good(tf(text, &[("domain", &readable(&restored.known.name))]));
        }
        Ok(Err(RecordError::Newer(_))) => failed.set(Some(t(Text::RecordStillNewer).to_owned())),
        Ok(Err(_)) => failed.set(Some(t(Text::RecordStillDamaged).to_owned())),
        Err(error) => failed.set(Some(store_error(error))),
    });
    let named = |text: Text| tf(text, &[("record", &about)]);
    let (download_name, delete_name) = (named(Text::DownloadRecordOf), named(Text::DeleteRecordOf));
    let restore_name = named(Text::RestoreRecordOf);
    view! {
        <li class="entry">
            <div class="row">
                <p class="row-title"><bdi>{about}</bdi></p>
                <div class="actions">
                    <Button label=t(Text::RestoreRecord).to_owned() name=restore_name on_press=restore />
                    <Button icon=IconName::Download label=t(Text::Download).to_owned() name=download_name on_press=download />
                    <Button label=t(Text::Delete).to_owned() name=delete_name on_press=Callback::new(move |()| ask.run(record.clone())) />
                </div>
            </div>
            {move || failed.get().map(|title| view! { <Notice tone=Tone::Bad title /> })}
            <details class="technical">
                <summary>{t(Text::RecordText)}</summary>
                <pre class="code" dir="ltr" tabindex="0" role="group" aria-label=t(Text::RecordText)>{shown}</pre>
            </details>
        </li>
    }
}

#[component]
fn ConfirmDeleteQuarantined(record: Quarantined, open: RwSignal<bool>) -> impl IntoView {
    let (known, toasts) = (KnownDomains::get(), Toasts::get());
    let about = record.about().to_owned();
    let delete = Callback::new(move |()| {
        match known.delete_quarantined(&record) {
            Ok(()) => toasts.good(t(Text::RecordDeleted)),
            Err(error) => toasts.bad(store_error(error)),
        }
        open.set(false);
    });
    // The browser would focus the button that closes the dialog.
    Effect::new(move || focus(CANCEL));
    view! {
        <div class="form">
            <div class="stack" id=TEXT>
                <p class="row-title"><bdi>{about}</bdi></p>
                <p>{t(Text::DeleteRecordText)}</p>
            </div>
            <div class="actions end">
                <Button id=CANCEL label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                <Button kind=ButtonKind::Danger label=t(Text::DeleteRecord).to_owned() on_press=delete />
            </div>
        </div>
    }
}
