//! Undoes a change: compares the present state with the one that the change left, then makes the inverse changes one
//! after the other.

use leptos::prelude::*;
use switchboard_api::ApiError;
use switchboard_model::journal::{Change, DomainSettings, Entry, Present, Verdict, compare};
use switchboard_model::workspace::PendingRename;

use crate::browser::clock;
use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::journal::ChangeJournal;
use crate::operations::present::read_present;
use crate::operations::rename;
use crate::operations::submit::{LateOutcome, WriteOutcome, submit};
use crate::remote::Remote;
use crate::ui::Toasts;
use crate::wording::change_text;
use crate::wording::explain::{explain_briefly, explain_unknown};
use crate::workspace::KnownDomains;

/// Why the panel asks before it undoes a change.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum UndoConflict {
    /// The present state is neither the one that the change left nor the one before it.
    Conflict(Present),
    /// The present state could not be read; the error, if a call failed.
    NotRead(Option<ApiError>),
}

/// What to do after a press on "Undo".
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Checked {
    /// Undoing overwrites nothing.
    Safe,
    /// There is nothing left to undo.
    AlreadySo,
    /// Ask the user first.
    Ask(UndoConflict),
}

/// Reads the present state and compares it.
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

/// The outcome of an undo.
pub(crate) enum UndoOutcome {
    /// Everything was undone; with the API's warning, if it gave one.
    Wholly(Option<String>),
    /// The first steps worked and then one failed, for this reason.
    Partly(String),
    /// Nothing was changed, for this reason.
    Not(String),
    /// The answer to the first step was lost, and the look-up did not tell either; in the words of the look-up, and
    /// with the outcome of the step once that is known.
    Unknown(String, LateOutcome),
}

/// Executes the steps that undo a change, until one fails.
pub(crate) async fn undo(remote: Remote, known: KnownDomains, steps: Vec<Change>) -> UndoOutcome {
    let mut warned = None;
    for (index, step) in steps.into_iter().enumerate() {
        let outcome = carry_out(remote, known, step).await;
        match ended(outcome, index == 0) {
            Ok(warning) => warned = warning.or(warned),
            Err(outcome) => return outcome,
        }
    }
    UndoOutcome::Wholly(warned)
}

/// Undoes a change, and reports the outcome as a toast. `said` is the last message about the change, which is replaced.
pub(crate) async fn undo_and_report(
    remote: Remote,
    known: KnownDomains,
    journal: ChangeJournal,
    toasts: Toasts,
    entry: Entry,
    said: StoredValue<Option<u32>>,
) {
    toasts.take_back(said);
    let change = change_text::what(&entry.change);
    let renamed = entry.inverse.iter().find_map(renaming);
    let ended = undo(remote, known, entry.inverse.clone()).await;
    let insist = |text: Text, reason: &str| {
        let values = [("change", change.as_str()), ("reason", reason)];
        toasts.insist(said, tf(text, &values))
    };
    match ended {
        UndoOutcome::Wholly(warning) => {
            journal.mark_undone(entry);
            match (warning, renamed) {
                (Some(warning), _) => toasts.warn(warning),
                (None, Some(PendingRename { from, to })) => toasts.good(tf(
                    Text::Renamed,
                    &[("from", &readable(&from)), ("to", &readable(&to))],
                )),
                (None, None) => toasts.good(tf(Text::UndoDone, &[("change", &change)])),
            }
        }
        UndoOutcome::Partly(reason) => drop(insist(Text::UndoPartly, &reason)),
        UndoOutcome::Unknown(reason, late) => {
            let id = insist(Text::UndoUnknown, &reason);
            late.then(move |outcome| {
                toasts.dismiss(id);
                if matches!(outcome, WriteOutcome::Done(_)) && entry.inverse.len() == 1 {
                    journal.mark_undone(entry);
                }
            });
        }
        UndoOutcome::Not(reason) => drop(insist(Text::UndoNotDone, &reason)),
    }
}

/// Undoes the last change of this kind that the journal contains, unless that would overwrite a newer value. Reports the outcome as
/// a toast.
pub(crate) async fn undo_last(
    remote: Remote,
    known: KnownDomains,
    journal: ChangeJournal,
    toasts: Toasts,
    change: Change,
) {
    let what = change_text::what(&change);
    // The toast that offers it outlives the connection.
    let is_gone = known.is_gone();
    let recorded = (!is_gone).then(|| untrack(|| journal.recorded()));
    let recorded = recorded.and_then(Result::ok);
    let changes = recorded.map(|recorded| recorded.changes);
    let is_it = |entry: &Entry| entry.change == change && !entry.inverse.is_empty();
    let why_not = match changes.into_iter().flatten().find(is_it) {
        None => reason(is_gone.then_some(&ApiError::Cancelled)),
        Some(entry) => match check(remote, &entry).await {
            Checked::Safe => {
                let said = StoredValue::new(None);
                return undo_and_report(remote, known, journal, toasts, entry, said).await;
            }
            Checked::AlreadySo => {
                journal.mark_undone(entry);
                return toasts.good(tf(Text::UndoAlready, &[("change", &what)]));
            }
            Checked::Ask(UndoConflict::NotRead(error)) => reason(error.as_ref()),
            Checked::Ask(UndoConflict::Conflict(_)) => t(Text::UndoConflict).to_owned(),
        },
    };
    let values = [("change", what.as_str()), ("reason", &why_not)];
    toasts.bad(tf(Text::UndoNotDone, &values));
}

/// Returns the API's warning if a step worked, else how the undo ended.
fn ended(
    step: Result<WriteOutcome, String>,
    is_first: bool,
) -> Result<Option<String>, UndoOutcome> {
    let (reason, late) = match step {
        Ok(WriteOutcome::Done(warning)) => return Ok(warning),
        Ok(WriteOutcome::NotDone(error)) => (explain_briefly(&error, clock::now()), None),
        Ok(WriteOutcome::Unknown(look, late)) => (explain_unknown(&look), Some(late)),
        Err(reason) => (reason, None),
    };
    Err(match (is_first, late) {
        (true, Some(late)) => UndoOutcome::Unknown(reason, late),
        (true, None) => UndoOutcome::Not(reason),
        (false, _) => UndoOutcome::Partly(reason),
    })
}

/// Makes one change. A rename also moves the data stored under the old name. The error says what this browser could
/// not do.
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

/// Moves the stored data back to the old name, after the rename was undone elsewhere.
pub(crate) fn follow(known: KnownDomains, steps: &[Change]) {
    for renaming in steps.iter().filter_map(renaming) {
        // What cannot be moved stays under its present name.
        if known.begin_rename(&renaming).is_ok() {
            let _ = known.finish_rename(&renaming);
        }
    }
}

/// Returns the rename that a step is.
pub(crate) fn renaming(step: &Change) -> Option<PendingRename> {
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

/// Returns why the present state could not be read, as a sentence.
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
    fn unreadable_state_is_never_overwritten_unasked() {
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

    #[test]
    fn lost_answer_is_not_told_as_nothing_changed() {
        let lost = || {
            Ok(WriteOutcome::Unknown(
                ApiError::Cancelled,
                LateOutcome::default(),
            ))
        };
        let denied = || Ok(WriteOutcome::NotDone(ApiError::Cancelled));
        assert!(matches!(ended(lost(), true), Err(UndoOutcome::Unknown(..))));
        assert!(matches!(ended(denied(), true), Err(UndoOutcome::Not(_))));
        assert!(matches!(ended(lost(), false), Err(UndoOutcome::Partly(_))));
        let done = Ok(WriteOutcome::Done(Some("Careful".to_owned())));
        assert!(matches!(ended(done, true), Ok(Some(_))));
    }
}
