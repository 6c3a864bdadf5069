//! Describes a bulk run in words: its purpose, its progress, and why it is paused.

use switchboard_model::bulk::{Head, Pause, Progress, Purpose, Run, RunState, Task};
use switchboard_model::journal::Change;

use super::change_text;
use crate::browser::idna::readable;
use crate::i18n::{Text, side_by_side, t, tc, tf, tn};

/// The progress of the look-ups that a run makes before its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreparationStep {
    /// The id of the run.
    pub run: u64,
    /// What is looked up.
    pub what: Looking,
    /// The number of look-ups that have ended.
    pub done: usize,
    /// The number of all look-ups.
    pub all: usize,
}

/// What a run looks up before its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looking {
    /// The outcomes of calls whose answers were lost.
    Unknown,
    /// The operators on the domains.
    Assignments,
    /// The operators, with the state of their addons.
    Operators,
    /// Values of several kinds, or settings.
    Present,
}

/// Returns the title of a run, e.g. "Import 12 operators".
#[must_use]
pub fn title(purpose: &Purpose) -> String {
    match purpose {
        Purpose::Import { operators } => tn(Text::RunImport, *operators),
        Purpose::Activate { operators } => tn(Text::RunActivate, *operators),
        Purpose::Deactivate { operators } => tn(Text::RunDeactivate, *operators),
        Purpose::PutOn { operators, domains } => both(Text::RunPutOn, *operators, *domains),
        Purpose::TakeOff { operators, domains } => both(Text::RunTakeOff, *operators, *domains),
        Purpose::DeleteUsers { users } => tn(Text::RunDeleteUsers, *users),
        Purpose::DeleteDomains { domains } => tn(Text::RunDeleteDomains, *domains),
        Purpose::LookUp { domains } => tn(Text::RunLookUp, *domains),
        Purpose::Changes { rows } => tn(Text::RunChanges, *rows),
        Purpose::Undo { of } => match &**of {
            // The undo of an undo.
            Purpose::Undo { of } => match &**of {
                undone @ Purpose::Undo { .. } => title(undone),
                done => tf(Text::RunRedo, &[("run", &title(done))]),
            },
            done => tf(Text::RunUndo, &[("run", &title(done))]),
        },
    }
}

fn both(text: Text, operators: usize, domains: usize) -> String {
    tc(text, &[("operators", operators), ("domains", domains)], &[])
}

/// Returns the label of the button that resumes a run. For a destructive run, it names what is left to do.
pub(crate) fn resume(run: &Run<Task>) -> String {
    if !run.is_destructive() {
        return t(Text::Resume).to_owned();
    }
    let left = || run.rows_left().map(|(_, task)| task);
    let all = |is: fn(&Change) -> bool| {
        left().all(|task| matches!(task, Task::Change(change) if is(change)))
    };
    let text = if all(|change| matches!(change, Change::DeleteUser { .. })) {
        Text::ResumeDeleteUsers
    } else if all(|change| matches!(change, Change::DeleteDomain { .. })) {
        Text::ResumeDeleteDomains
    } else if all(|change| matches!(change, Change::RemoveAssignment { .. })) {
        Text::ResumeTakeOff
    } else {
        Text::ResumeChanges
    };
    tn(text, left().count())
}

/// Returns the label of the button that retries the failed rows of a run, and whether it deletes something. For a
/// destructive run, it names what it will do, as [`resume`] does.
pub(crate) fn retry(run: &Run<Task>) -> (String, bool) {
    let mut retried = run.clone();
    retried.retry_failed();
    match retried.is_destructive() {
        true => (resume(&retried), true),
        false => (t(Text::RetryFailed).to_owned(), false),
    }
}

/// Describes the progress and the state of a run.
pub(crate) fn status(progress: Progress, state: RunState, step: Option<PreparationStep>) -> String {
    // What was skipped was not done.
    let settled = progress.settled() - progress.skipped;
    let counts = [("settled", settled), ("all", progress.total())];
    let mut said = vec![tc(Text::RunProgress, &counts, &[])];
    let step = step.filter(|step| step.all > 0);
    match state {
        RunState::Paused(_) => said.push(t(Text::RunPaused).to_owned()),
        RunState::Queued if step.is_none() => said.push(t(Text::RunQueued).to_owned()),
        _ => {}
    }
    said.extend(step.map(looking));
    said.extend(troubles(progress));
    side_by_side(&said)
}

fn looking(step: PreparationStep) -> String {
    let text = match step.what {
        Looking::Unknown => Text::StepUnknown,
        Looking::Assignments => Text::StepAssignments,
        Looking::Operators => Text::StepOperators,
        Looking::Present => Text::StepPresent,
    };
    tc(text, &[("done", step.done), ("all", step.all)], &[])
}

fn troubles(progress: Progress) -> impl Iterator<Item = String> {
    let counts = [
        (progress.failed, Text::RunFailedCount),
        (progress.unknown, Text::RunUnknownCount),
        (progress.skipped, Text::RunSkippedCount),
        (progress.already, Text::RunAlreadyCount),
    ];
    let some = counts.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, text)| tn(text, count))
}

/// Explains why a run is paused; `None` if the user paused it.
pub(crate) fn why(pause: Pause) -> Option<&'static str> {
    let text = match pause {
        Pause::User => return None,
        Pause::Interrupted | Pause::Other => Text::PausedInterrupted,
        Pause::Offline => Text::PausedOffline,
        Pause::Unreachable => Text::PausedUnreachable,
        Pause::Disconnected => Text::PausedDisconnected,
        Pause::Token => Text::PausedToken,
        Pause::Forbidden => Text::PausedForbidden,
        Pause::RateLimited => Text::PausedRateLimited,
        Pause::Unknown => Text::PausedUnknown,
    };
    Some(t(text))
}

/// Returns the announcement for a run that has changed its state. `before` is its state before, if it had one.
pub(crate) fn announced(run: &Run<Task>, before: Option<RunState>, state: RunState) -> String {
    let title = title(&run.head().purpose);
    let progress = status(run.progress(), state, None);
    let why = match state {
        RunState::Paused(pause) => why(pause),
        _ => None,
    };
    let text = match state {
        RunState::Queued => Text::RunAnnouncedQueued,
        RunState::Running if matches!(before, Some(RunState::Paused(_))) => {
            Text::RunAnnouncedResumed
        }
        RunState::Running => Text::RunAnnouncedStarted,
        RunState::Paused(_) if why.is_some() => Text::RunAnnouncedPausedWhy,
        RunState::Paused(_) => Text::RunAnnouncedPaused,
        RunState::Finished => Text::RunAnnouncedFinished,
    };
    let why = why.unwrap_or_default();
    tf(
        text,
        &[("run", &title), ("progress", &progress), ("why", why)],
    )
}

/// Says that another tab is executing a run, and which one, if that is known.
pub(crate) fn elsewhere(run: Option<&Run<Task>>) -> String {
    let Some(run) = run else {
        return t(Text::RunElsewhere).to_owned();
    };
    let progress = run.progress();
    // A row in flight counts as unknown.
    let settled = progress.done + progress.already + progress.failed;
    let counts = [("settled", settled), ("all", progress.total())];
    let run = title(&run.head().purpose);
    tc(Text::RunElsewhereNamed, &counts, &[("run", &run)])
}

/// Summarises the outcome of a run in the journal, on one line.
#[must_use]
pub fn what_became(head: &Head) -> String {
    status(head.progress, RunState::Finished, None)
}

/// Returns what a row does, in words that fit before, while and after it is done.
#[must_use]
pub fn what(task: &Task) -> String {
    match task {
        Task::Change(Change::AddOperator { .. }) => t(Text::RowAddOperator).to_owned(),
        Task::Change(Change::RemoveAssignment { .. }) => t(Text::TakeOffDomain).to_owned(),
        Task::Change(Change::DeleteUser { .. }) => t(Text::RowDeleteUser).to_owned(),
        Task::Change(change) => change_text::what(change),
        Task::LookUp { .. } => t(Text::RowLookUp).to_owned(),
    }
}

/// Returns the names and addresses that a row is about, one entry each.
#[must_use]
pub fn about(task: &Task) -> Vec<String> {
    match task {
        Task::Change(change) => change_text::about(change),
        Task::LookUp { domain } => vec![readable(domain)],
    }
}
#[cfg(test)]
mod tests;
