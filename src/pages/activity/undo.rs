//! Taking a change back: the changes that undo it, one after the other.

use switchboard_model::journal::{Change, DomainSettings};
use switchboard_model::workspace::PendingRename;

use super::super::domain::rename;
use super::super::explain::explain_briefly;
use super::super::settle::{Settled, quietly};
use crate::browser::clock;
use crate::i18n::{Text, t};
use crate::remote::Remote;
use crate::workspace::KnownDomains;

/// How an undoing ended.
pub(super) enum Undone {
    /// As it was before; perhaps with the API's warning.
    Wholly(Option<String>),
    /// The first steps worked and then one did not: why.
    Partly(String),
    /// Nothing was changed: why.
    Not(String),
}

/// Carries out the steps that undo a change, until one does not work.
pub(super) async fn undo(remote: Remote, known: KnownDomains, steps: Vec<Change>) -> Undone {
    let mut warned = None;
    for (index, step) in steps.into_iter().enumerate() {
        let reason = match carry_out(remote, known, step).await {
            Ok(Settled::Done(warning)) => {
                warned = warning.or(warned);
                continue;
            }
            Ok(Settled::NotDone(error)) => explain_briefly(&error, clock::now()),
            Ok(Settled::Unknown(_)) => t(Text::OutcomeUnknownChecked).to_owned(),
            Err(reason) => reason,
        };
        return if index == 0 {
            Undone::Not(reason)
        } else {
            Undone::Partly(reason)
        };
    }
    Undone::Wholly(warned)
}

/// Makes one change; the error says what kept this browser from it. A new name takes along what is kept here under the old one.
async fn carry_out(remote: Remote, known: KnownDomains, step: Change) -> Result<Settled, String> {
    match step {
        Change::ChangeDomain {
            domain: from,
            to: DomainSettings { name: Some(to), .. },
        } => rename(remote, known, &PendingRename { from, to }).await,
        step => Ok(quietly(remote, step).await),
    }
}
