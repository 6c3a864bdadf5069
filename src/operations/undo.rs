//! Taking a change back: what is there now is compared with what the change left, then the changes that undo it are made one after the other.

use switchboard_api::ApiError;
use switchboard_model::journal::{Change, DomainSettings, Entry, Present, Verdict, compare};
use switchboard_model::workspace::PendingRename;

use crate::browser::clock;
use crate::i18n::{Text, t};
use crate::operations::present::read_present;
use crate::operations::rename;
use crate::operations::submit::{WriteOutcome, submit};
use crate::remote::Remote;
use crate::wording::explain::{explain_briefly, explain_unknown};
use crate::workspace::KnownDomains;

/// Why the user is asked before a change is undone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum UndoConflict {
    /// This is there now, and is neither what the change left nor what was there before.
    Conflict(Present),
    /// What is there now could not be read: why, where a call failed.
    NotRead(Option<ApiError>),
}

/// What becomes of a press on "Undo".
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Checked {
    /// Undoing overwrites nothing.
    Safe,
    /// There is nothing to undo any more.
    AlreadySo,
    /// The user is asked.
    Ask(UndoConflict),
}

/// Reads what is there now, and compares.
pub(crate) async fn check(remote: Remote, entry: &Entry) -> Checked {
    judge(entry, read_present(remote, &entry.change).await)
}

fn judge(entry: &Entry, present: Result<Option<Present>, ApiError>) -> Checked {
    let (present, error) = match present {
        Ok(present) => (present, None),
        Err(error) => (None, Some(error)),
    };
    match compare(&entry.change, &entry.inverse, present) {
        Verdict::Safe => Checked::Safe,
        Verdict::AlreadySo => Checked::AlreadySo,
        Verdict::Conflict { present } => Checked::Ask(UndoConflict::Conflict(present)),
        Verdict::Unknown => Checked::Ask(UndoConflict::NotRead(error)),
    }
}

/// How an undoing ended.
pub(crate) enum UndoOutcome {
    /// As it was before; perhaps with the API's warning.
    Wholly(Option<String>),
    /// The first steps worked and then one did not: why.
    Partly(String),
    /// Nothing was changed: why.
    Not(String),
}

/// Carries out the steps that undo a change, until one does not work.
pub(crate) async fn undo(remote: Remote, known: KnownDomains, steps: Vec<Change>) -> UndoOutcome {
    let mut warned = None;
    for (index, step) in steps.into_iter().enumerate() {
        let reason = match carry_out(remote, known, step).await {
            Ok(WriteOutcome::Done(warning)) => {
                warned = warning.or(warned);
                continue;
            }
            Ok(WriteOutcome::NotDone(error)) => explain_briefly(&error, clock::now()),
            Ok(WriteOutcome::Unknown(look)) => explain_unknown(&look),
            Err(reason) => reason,
        };
        return if index == 0 {
            UndoOutcome::Not(reason)
        } else {
            UndoOutcome::Partly(reason)
        };
    }
    UndoOutcome::Wholly(warned)
}

/// Makes one change; the error says what kept this browser from it. A new name takes along what is kept here under the old one.
async fn carry_out(
    remote: Remote,
    known: KnownDomains,
    step: Change,
) -> Result<WriteOutcome, String> {
    match renaming(&step) {
        Some(renaming) => rename::carry_out(remote, known, &renaming).await,
        None => Ok(submit(remote, step).await),
    }
}

/// Somebody else has undone a change already: what this browser keeps under the new name goes back to the old one.
pub(crate) fn follow(known: KnownDomains, steps: &[Change]) {
    for renaming in steps.iter().filter_map(renaming) {
        // What cannot be moved stays under the name that it has here.
        if known.begin_rename(&renaming).is_ok() {
            let _ = known.finish_rename(&renaming);
        }
    }
}

fn renaming(step: &Change) -> Option<PendingRename> {
    match step {
        Change::ChangeDomain {
            domain: from,
            to: DomainSettings { name: Some(to), .. },
        } => Some(PendingRename {
            from: from.clone(),
            to: to.clone(),
        }),
        _ => None,
    }
}

/// Why what is there now could not be read, as a sentence.
pub(crate) fn reason(error: Option<&ApiError>) -> String {
    match error {
        Some(error) => explain_briefly(error, clock::now()),
        None => t(Text::UndoUnreadReason).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use switchboard_model::journal::Seen;

    use super::*;

    #[test]
    fn what_cannot_be_read_is_asked_about_and_never_overwritten_unasked() {
        let switch = |on| Change::SwitchOperator {
            email: "ada@acme.example".parse().expect("an e-mail of the test"),
            on,
            domains: Vec::new(),
        };
        let entry = Entry {
            at: 1,
            salt: 2,
            change: switch(false),
            seen: Seen::Worked,
            inverse: vec![switch(true)],
            undone: false,
            before: None,
        };
        let now = |on| Ok(Some(Present::LiveChat(on)));
        assert_eq!(judge(&entry, now(Some(false))), Checked::Safe);
        assert_eq!(judge(&entry, now(Some(true))), Checked::AlreadySo);
        let gone = Checked::Ask(UndoConflict::Conflict(Present::Gone));
        assert_eq!(judge(&entry, Ok(Some(Present::Gone))), gone);
        let lost = ApiError::Cancelled;
        let not_read = Checked::Ask(UndoConflict::NotRead(Some(lost.clone())));
        assert_eq!(judge(&entry, Err(lost)), not_read);
        assert_eq!(
            judge(&entry, Ok(None)),
            Checked::Ask(UndoConflict::NotRead(None))
        );
    }
}
