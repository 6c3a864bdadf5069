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
mod tests {
    use switchboard_model::bulk::{Outcome, Planned};

    use super::*;

    fn deletion(users: usize) -> Run<Task> {
        let delete = |user: usize| {
            Planned::from(Task::Change(Change::DeleteUser {
                email: format!("{user}@x.example")
                    .parse()
                    .expect("an e-mail of the test"),
            }))
        };
        Run::of_tasks(1, (0..users).map(delete).collect())
    }

    #[test]
    fn run_title_names_its_purpose() {
        for (purpose, said) in [
            (Purpose::Import { operators: 12 }, "Import 12 operators"),
            (Purpose::Activate { operators: 1 }, "Activate 1 operator"),
            (
                Purpose::Deactivate { operators: 11 },
                "Deactivate 11 operators",
            ),
            (
                Purpose::PutOn {
                    operators: 12,
                    domains: 3,
                },
                "Put 12 operators on 3 domains",
            ),
            (
                Purpose::TakeOff {
                    operators: 1,
                    domains: 1,
                },
                "Take 1 operator off 1 domain",
            ),
            (Purpose::DeleteUsers { users: 60 }, "Delete 60 users"),
            (Purpose::DeleteDomains { domains: 1 }, "Delete 1 domain"),
            (Purpose::LookUp { domains: 2 }, "Look up 2 domains"),
            (Purpose::Changes { rows: 30 }, "Make 30 changes"),
            (
                Purpose::Undo {
                    of: Box::new(Purpose::Deactivate { operators: 11 }),
                },
                "Undo “Deactivate 11 operators”",
            ),
            (
                Purpose::Undo {
                    of: Box::new(Purpose::Undo {
                        of: Box::new(Purpose::Deactivate { operators: 11 }),
                    }),
                },
                "Redo “Deactivate 11 operators”",
            ),
        ] {
            assert_eq!(title(&purpose), said);
        }
    }

    #[test]
    fn destructive_run_names_the_rest_before_it_resumes() {
        let mut run = deletion(213);
        let _ = run.next(1);
        assert_eq!(resume(&run), "Delete the remaining 212 users");
        let look = Task::LookUp {
            domain: "a.example".parse().expect("a domain name of the test"),
        };
        let harmless = Run::of_tasks(1, vec![look.into()]);
        assert_eq!(resume(&harmless), "Resume");
    }

    #[test]
    fn failures_are_counted_beside_the_progress() {
        let mut progress = Progress {
            waiting: 1_000,
            running: 6,
            done: 5,
            ..Progress::default()
        };
        assert_eq!(status(progress, RunState::Running, None), "5 of 1,011");
        progress.failed = 1;
        progress.unknown = 2;
        let paused = RunState::Paused(Pause::User);
        assert_eq!(
            status(progress, paused, None),
            "8 of 1,014 · paused · 1 failed · 2 unknown"
        );
    }

    #[test]
    fn look_ups_before_a_run_show_their_progress() {
        let step = |what| {
            Some(PreparationStep {
                run: 1,
                what,
                done: 3,
                all: 12,
            })
        };
        let progress = Progress {
            waiting: 36,
            ..Progress::default()
        };
        let said = |what| status(progress, RunState::Running, step(what));
        assert_eq!(
            said(Looking::Assignments),
            "0 of 36 · checking who is already on the domains: 3 of 12"
        );
        assert_eq!(
            said(Looking::Unknown),
            "0 of 36 · checking unknown outcomes: 3 of 12"
        );
    }

    #[test]
    fn run_of_another_tab_is_named_with_its_progress() {
        let mut run = deletion(3);
        let rows = run.next(2);
        run.settle(rows[0], Outcome::Done);
        let said = elsewhere(Some(&run));
        assert!(said.contains("“Delete 3 users” (1 of 3)"), "{said}");
        assert!(!elsewhere(None).is_empty());
    }

    #[test]
    fn disconnected_run_does_not_blame_the_api() {
        let said = why(Pause::Disconnected).unwrap_or_default();
        assert!(!said.is_empty() && !said.contains("API"), "{said}");
    }

    #[test]
    fn resumed_run_is_not_announced_as_started() {
        let run = deletion(2);
        let said = |before| announced(&run, before, RunState::Running);
        assert_eq!(said(None), "Delete 2 users: started");
        assert_eq!(said(Some(RunState::Queued)), "Delete 2 users: started");
        let paused = Some(RunState::Paused(Pause::User));
        assert_eq!(said(paused), "Delete 2 users: resumed");
    }

    #[test]
    fn pending_row_is_not_described_as_done() {
        let email = || "ada@acme.example".parse().expect("an e-mail of the test");
        let domain = || "a.example".parse().expect("a domain name of the test");
        for (task, said) in [
            (
                Task::Change(Change::AddOperator {
                    email: email(),
                    name: "Ada".to_owned(),
                }),
                "Add operator",
            ),
            (
                Task::Change(Change::RemoveAssignment {
                    domain: domain(),
                    email: email(),
                }),
                "Take off the domain",
            ),
            (
                Task::Change(Change::DeleteUser { email: email() }),
                "Delete user",
            ),
            (Task::LookUp { domain: domain() }, "Look up"),
        ] {
            assert_eq!(what(&task), said);
        }
    }
}
