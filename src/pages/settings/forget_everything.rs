//! Forgets everything: lists what will be deleted, then asks for the organisation's host and port.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::workspace::Everything;

use super::workspace_file::ExportWorkspaceButton;
use crate::browser::storage::Area;
use crate::i18n::{Text, t, tn};
use crate::remote::Remote;
use crate::route::Route;
use crate::session::Session;
use crate::ui::{Button, Dialog, Panel};
use crate::widgets::confirm::ConfirmForm;
use crate::wording::store::store_error;
use crate::workspace::forget_copy;

/// The id of the consequences in the dialog.
const CONSEQUENCES: &str = "forget-everything-consequences";

/// The region "Forget everything", with the button that opens its dialog.
#[component]
pub(super) fn ForgetEverything() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Panel title=t(Text::ForgetEverything) id="forget-everything">
            <div class="switch-line">
                <p class="muted">{t(Text::ForgetEverythingText)}</p>
                <Button label=t(Text::ForgetEverything).to_owned() on_press=Callback::new(move |()| open.set(true)) />
            </div>
        </Panel>
        <Dialog open title=t(Text::ForgetEverything) id="forget-everything-title" described_by=CONSEQUENCES close=t(Text::Close)>
            <ConfirmForget open />
        </Dialog>
    }
}

#[component]
fn ConfirmForget(open: RwSignal<bool>) -> impl IntoView {
    let error = RwSignal::new(None::<String>);
    let base_url = Remote::get().connection().base_url;
    let (authority, host) = (base_url.authority().to_owned(), base_url.host().to_owned());
    let busy = RwSignal::new(false);
    let confirmed = Callback::new(move |()| {
        busy.set(true);
        spawn_local(async move {
            if let Err(failed) = Session::begin_forgetting() {
                error.set(Some(store_error(failed)));
                return busy.set(false);
            }
            // The copy first, because its content would be restored from it.
            let is_copy_gone = forget_copy().await;
            match Session::forget_everything() {
                // Reloads, so that nothing stays in the page's memory.
                Ok(()) if is_copy_gone => drop(window().location().replace(&Route::Connect.href())),
                Ok(()) => error.set(Some(t(Text::ForgetCopyLeft).to_owned())),
                Err(failed) => error.set(Some(store_error(failed))),
            }
            busy.set(false);
        });
    });
    let session = Session::get();
    let connections = session.saved().len() + session.unreadable().len();
    let lost = lost(kept(), connections)
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    view! {
        <ConfirmForm
            id="forget-everything-confirm" name=authority also=host action=t(Text::ForgetEverything) busy error consequences=CONSEQUENCES
            on_confirm=confirmed on_cancel=Callback::new(move |()| open.set(false))
        >
            <p>{t(Text::ForgetConsequences)}</p>
            <ul class="consequences">{lost}</ul>
            <div class="switch-line"><p class="hint">{t(Text::ForgetExportHint)}</p><ExportWorkspaceButton /></div>
        </ConfirmForm>
    }
}

/// Returns what this browser stores; nothing if the storage cannot be read.
fn kept() -> Everything {
    let counted = Area::Local.open().and_then(|it| Everything::count(&it));
    counted.unwrap_or_default()
}

/// Lists what will be deleted, one line each, without the empty kinds.
fn lost(kept: Everything, connections: usize) -> Vec<String> {
    let counts = [
        (Text::LostDomains, kept.domains),
        (Text::LostCodes, kept.codes),
        (Text::LostSetAside, kept.quarantined),
        (Text::LostConnections, connections),
    ];
    let mut lines: Vec<String> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(text, count)| tn(text, count))
        .collect();
    if kept.organisations > 1 {
        lines.insert(0, tn(Text::LostOrganisations, kept.organisations));
    }
    lines.push(t(Text::LostSession).to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_items_are_counted() {
        let kept = Everything {
            organisations: 2,
            domains: 1_200,
            codes: 1,
            quarantined: 0,
        };
        let lines = lost(kept, 3);
        assert!(lines[0].contains("2 organisations"), "{lines:?}");
        assert!(lines[1].contains("1,200 known domains"), "{lines:?}");
        assert!(lines[2].contains("1 embed code"), "{lines:?}");
        assert!(lines[3].contains("3 saved connections"), "{lines:?}");
        assert_eq!(lines.len(), 5);
    }

    #[test]
    fn empty_kinds_are_not_listed() {
        assert_eq!(lost(Everything::default(), 0).len(), 1);
    }
}
