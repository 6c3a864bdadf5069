//! Renames a domain (endpoint 8), and finishes the rename even if the page is closed in the middle.

use switchboard_model::journal::{Change, DomainSettings};
use switchboard_model::workspace::PendingRename;

use crate::browser::idna::readable;
use crate::browser::lock::try_lock;
use crate::i18n::{Text, tf};
use crate::operations::change::happened;
use crate::operations::submit::{WriteOutcome, submit};
use crate::remote::Remote;
use crate::wording::store::store_error;
use crate::workspace::KnownDomains;

/// Renames the domain at the API, then moves its stored data to the new name. Notes the intent first, so that
/// `resolve_renames` can finish after a reload. The error says what this browser could not do.
pub async fn carry_out(
    remote: Remote,
    known: KnownDomains,
    rename: &PendingRename,
) -> Result<WriteOutcome, String> {
    // Held until the rename ends, so that another tab does not take the note for one that was interrupted.
    let _lock = try_lock(&lock_of(known, rename)).await;
    known.begin_rename(rename).map_err(store_error)?;
    known.is_on_disk().await;
    let outcome = submit(remote, change_of(rename)).await;
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
        // If the note cannot be deleted, the next page load resolves it.
        WriteOutcome::NotDone(_) => drop(known.cancel_rename(rename)),
        WriteOutcome::Unknown(..) => {}
    }
    Ok(outcome)
}

fn change_of(rename: &PendingRename) -> Change {
    Change::ChangeDomain {
        domain: rename.from.clone(),
        to: DomainSettings {
            name: Some(rename.to.clone()),
            ..DomainSettings::default()
        },
    }
}

/// Resolves the renames that a closed page or a lost network interrupted, by asking the API which names exist.
pub async fn resolve_renames(remote: Remote, known: KnownDomains) {
    for rename in known.pending_renames() {
        let Some(_lock) = try_lock(&lock_of(known, &rename)).await else {
            continue;
        };
        let change = change_of(&rename);
        if let Ok(is_renamed) = happened(remote, &change).await {
            remote.looked_up(&change, is_renamed);
            // What could not be stored under the new name stays under the old one, and so does the note.
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
