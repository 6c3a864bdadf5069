//! Exports and imports the workspace as a file.

use leptos::prelude::*;
use switchboard_model::workspace::file::{export, file_name};
use switchboard_model::workspace::{Listing, StoreError};

use super::import_workspace::ImportWorkspace;
use crate::browser::{clock, files};
use crate::i18n::{Text, list, sentences, t, tc, tf, tn};
use crate::remote::Remote;
use crate::ui::{Button, IconName, Notice, Panel, Toasts, Tone};
use crate::wording::store::store_error;
use crate::workspace::KnownDomains;

/// The region "Workspace".
#[component]
pub(super) fn WorkspacePanel() -> impl IntoView {
    let known = KnownDomains::get();
    let error = Memo::new(move |_| known.listing().err());
    view! {
        <Panel title=t(Text::Workspace) id="workspace">
            {move || match error.get() {
                Some(error) => view! { <Notice tone=Tone::Bad title=store_error(error)><p>{t(Text::StoreBlockedText)}</p></Notice> }.into_any(),
                None => view! { <InAndOut /> }.into_any(),
            }}
        </Panel>
    }
}

#[component]
fn InAndOut() -> impl IntoView {
    let known = KnownDomains::get();
    let counted = Memo::new(move |_| {
        let listing = known.listing().unwrap_or_default();
        (listing.domains.len(), codes(&listing))
    });
    let holds = move || {
        let (domains, codes) = counted.get();
        tc(
            Text::WorkspaceHolds,
            &[("domains", domains), ("codes", codes)],
            &[],
        )
    };
    let left_out = Memo::new(move |_| known.with(|listing| listing.ok().and_then(left_out)));
    view! {
        <div class="stack">
            <div class="switch-line">
                <div>
                    <p>{holds}</p>
                    <p class="hint">{t(Text::ExportHint)}</p>
                    {move || left_out.get().map(|text| view! { <p class="hint">{text}</p> })}
                </div>
                <ExportWorkspaceButton />
            </div>
            <ImportWorkspace />
        </div>
    }
}

/// The button "Export workspace".
#[component]
pub(super) fn ExportWorkspaceButton() -> impl IntoView {
    let (known, toasts) = (KnownDomains::get(), Toasts::get());
    let base_url = Remote::get().connection().base_url;
    let press = Callback::new(move |()| {
        let now = clock::now();
        let name = file_name(&base_url, now);
        match export_now(known, &name, now) {
            Ok(Some(listing)) => {
                let exported = tf(Text::Exported, &[("file", &name)]);
                toasts.good(match left_out(&listing) {
                    Some(left_out) => sentences(&exported, &left_out),
                    None => exported,
                });
            }
            Ok(None) => toasts.bad(t(Text::DownloadFailed)),
            Err(error) => toasts.bad(store_error(error)),
        }
    });
    view! { <Button icon=IconName::Download label=t(Text::ExportWorkspace).to_owned() on_press=press /> }
}

/// Saves the workspace as a file. Returns what is stored, or `None` if the browser cannot save files.
fn export_now(known: KnownDomains, name: &str, now: u64) -> Result<Option<Listing>, StoreError> {
    let listing = known.listing_now()?;
    let text = export(known.organisation(), &listing.domains, now);
    Ok(files::download(name, "application/json", &text).then_some(listing))
}

/// Says what is stored here and not in the file; `None` if that is nothing.
fn left_out(listing: &Listing) -> Option<String> {
    let parts = [
        (Text::LostReplaced, listing.replaced),
        (Text::LostSetAside, listing.quarantined.len()),
    ];
    let parts = parts.into_iter().filter(|(_, count)| *count > 0);
    let parts: Vec<String> = parts.map(|(text, count)| tn(text, count)).collect();
    (!parts.is_empty()).then(|| tf(Text::ExportLeavesOut, &[("parts", &list(&parts))]))
}

fn codes(listing: &Listing) -> usize {
    listing
        .domains
        .iter()
        .filter(|known| known.held.is_some())
        .count()
}

#[cfg(test)]
mod tests {
    use switchboard_model::workspace::Quarantined;

    use super::*;

    #[test]
    fn export_names_what_the_file_lacks() {
        assert_eq!(left_out(&Listing::default()), None);
        let aside = Quarantined {
            key: String::new(),
            text: String::new(),
        };
        let listing = Listing {
            replaced: 1,
            quarantined: vec![aside.clone(), aside],
            ..Listing::default()
        };
        assert_eq!(
            left_out(&listing).as_deref(),
            Some(
                "Not in the file: 1 code of the API that another one has replaced and 2 records that were set aside."
            )
        );
    }
}
