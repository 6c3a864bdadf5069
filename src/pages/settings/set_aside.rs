//! Records that could not be read: shown as they are, to be put back, saved or deleted.

use leptos::prelude::*;
use switchboard_model::workspace::{RecordError, SetAside};

use super::super::embed::store_error;
use crate::browser::files;
use crate::i18n::{Text, t, tf, tn};
use crate::ui::{Button, ButtonKind, Dialog, IconName, Panel, Toasts};
use crate::workspace::KnownDomains;

/// What a saved record is called.
const FILE_NAME: &str = "switchboard-record.txt";

/// The region "Records set aside". Not there when there are none.
#[component]
pub(super) fn SetAsideRecords() -> impl IntoView {
    let known = KnownDomains::get();
    let records = Memo::new(move |_| {
        known
            .listing()
            .map(|listing| listing.set_aside)
            .unwrap_or_default()
    });
    let any = Memo::new(move |_| records.with(|records| !records.is_empty()));
    let asked = RwSignal::new(None::<SetAside>);
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
        <Dialog open title=t(Text::DeleteRecord) id="delete-record-title" close=t(Text::Close)>
            {move || asked.get().map(|record| view! { <Confirm record open /> })}
        </Dialog>
    }
}

#[component]
fn Record(record: SetAside, ask: Callback<SetAside>) -> impl IntoView {
    let (known, toasts) = (KnownDomains::get(), Toasts::get());
    let about = record.about().to_owned();
    let (text, shown) = (record.text.clone(), record.text.clone());
    let download = Callback::new(move |()| {
        if !files::download(FILE_NAME, "text/plain", &text) {
            toasts.bad(t(Text::DownloadFailed));
        }
    });
    let restored = record.clone();
    let restore = Callback::new(move |()| match known.restore_set_aside(&restored) {
        Ok(Ok(known)) => toasts.good(tf(Text::RecordRestored, &[("domain", known.name.as_str())])),
        Ok(Err(RecordError::Newer(_))) => toasts.bad(t(Text::RecordStillNewer)),
        Ok(Err(_)) => toasts.bad(t(Text::RecordStillDamaged)),
        Err(error) => toasts.bad(store_error(error)),
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
            <details class="technical">
                <summary>{t(Text::RecordText)}</summary>
                <pre class="code" dir="ltr" tabindex="0" role="group" aria-label=t(Text::RecordText)>{shown}</pre>
            </details>
        </li>
    }
}

#[component]
fn Confirm(record: SetAside, open: RwSignal<bool>) -> impl IntoView {
    let (known, toasts) = (KnownDomains::get(), Toasts::get());
    let about = record.about().to_owned();
    let delete = Callback::new(move |()| {
        match known.delete_set_aside(&record) {
            Ok(()) => toasts.good(t(Text::RecordDeleted)),
            Err(error) => toasts.bad(store_error(error)),
        }
        open.set(false);
    });
    view! {
        <div class="form">
            <p class="row-title"><bdi>{about}</bdi></p>
            <p>{t(Text::DeleteRecordText)}</p>
            <div class="actions end">
                <Button label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                <Button kind=ButtonKind::Danger label=t(Text::DeleteRecord).to_owned() on_press=delete />
            </div>
        </div>
    }
}
