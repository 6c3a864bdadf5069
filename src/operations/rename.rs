//! Renaming a domain (endpoint 8), finished although the page is closed in its middle.

use switchboard_model::journal::{Change, DomainSettings};
use switchboard_model::workspace::PendingRename;

use crate::browser::idna::readable;
use crate::browser::lock::try_lock;
use crate::i18n::{Text, tf};
use crate::operations::change::domain_is_there;
use crate::operations::submit::{WriteOutcome, submit};
use crate::remote::Remote;
use crate::wording::store::store_error;
use crate::workspace::KnownDomains;

/// Renames at the API, and carries over what is kept here: with a note of the intent, so that a reload in the middle is mended
/// (`resolve_renames`). The error is what to tell when this browser could not do its part.
pub async fn carry_out(
    remote: Remote,
    known: KnownDomains,
    rename: &PendingRename,
) -> Result<WriteOutcome, String> {
    // Held to the end, so that no tab that is opened meanwhile takes the note for one that was broken off.
    let _lock = try_lock(&lock_of(known, rename)).await;
    known.begin_rename(rename).map_err(store_error)?;
    known.is_on_disk().await;
    let change = Change::ChangeDomain {
        domain: rename.from.clone(),
        to: DomainSettings {
            name: Some(rename.to.clone()),
            ..DomainSettings::default()
        },
    };
    let outcome = submit(remote, change).await;
    match &outcome {
        WriteOutcome::Done(_) => known.finish_rename(rename).map_err(|error| {
            tf(
                Text::RenamedNotMoved,
                &[
                    ("to", &readable(&rename.to)),
                    ("reason", &store_error(error)),
                ],
            )
        })?,
        // A note that cannot be taken away is looked into when the page is next opened.
        WriteOutcome::NotDone(_) => drop(known.cancel_rename(rename)),
        WriteOutcome::Unknown(_) => {}
    }
    Ok(outcome)
}

/// Looks into the renames in whose middle the page was closed: whichever name exists is the one that holds.
pub async fn resolve_renames(remote: Remote, known: KnownDomains) {
    for rename in known.pending_renames() {
        let Some(_lock) = try_lock(&lock_of(known, &rename)).await else {
            continue;
        };
        if let Ok(is_renamed) = domain_is_there(remote, &rename.to).await {
            // What could not be kept under the new name is still there under the old one, and so is the note.
            let _ = known.resolve_rename(&rename, is_renamed);
        }
    }
}

fn lock_of(known: KnownDomains, rename: &PendingRename) -> String {
    format!(
        "switchboard rename {} {}",
        known.organisation(),
        rename.from
    )
}
