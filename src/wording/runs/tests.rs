use switchboard_model::bulk::{Outcome, Planned, Reason};

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
fn destructive_run_names_what_a_retry_deletes() {
    let mut run = deletion(3);
    for row in run.next(3) {
        let gone = Reason::Http(503);
        run.settle(row, Outcome::Failed(gone));
    }
    assert_eq!(
        retry(&run),
        ("Delete the remaining 3 users".to_owned(), true)
    );
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
