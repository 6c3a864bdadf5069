//! Invariants of a bulk run, whatever happens to it.

use proptest::prelude::*;
use switchboard_model::bulk::{
    Head, KeptRun, Outcome, Pause, Planned, Progress, Purpose, Reason, RowState, Run, RunError,
};
use switchboard_model::workspace::StoreError;

fn states(run: &Run<usize>) -> Vec<RowState> {
    run.states().to_vec()
}

fn head() -> Head {
    Head::new(1, Purpose::Changes { rows: 0 })
}

fn run(items: std::ops::Range<usize>) -> Run<usize> {
    Run::new(head(), items.map(Planned::from))
}

fn reloaded(run: &Run<usize>) -> Result<Run<usize>, RunError> {
    Ok(Run::from_kept(&run.to_kept()?)?.taken_up())
}

#[test]
fn run_keeps_the_limit_of_rows_in_flight() {
    let mut run = run(0..4);
    assert_eq!(run.next(2), [0, 1]);
    assert_eq!(run.next(2), [0; 0]);
    assert!(run.settle(1, Outcome::Done));
    assert_eq!(run.next(2), [2]);
    assert_eq!(
        run.progress(),
        Progress {
            waiting: 1,
            running: 2,
            done: 1,
            ..Progress::default()
        }
    );
    assert_eq!(
        (
            run.progress().total(),
            run.progress().settled(),
            run.progress().is_over()
        ),
        (4, 1, false)
    );
}

#[test]
fn a_pause_starts_nothing_and_loses_nothing() {
    let mut run = run(0..3);
    assert_eq!(run.next(1), [0]);
    run.pause(Pause::User);
    assert!(run.settle(0, Outcome::Done));
    assert_eq!(run.next(1), [0; 0]);
    run.resume();
    assert_eq!(run.next(5), [1, 2]);
}

#[test]
fn cancel_skips_only_rows_not_started() {
    let mut run = run(0..3);
    assert_eq!(run.next(1), [0]);
    assert_eq!(run.cancel(), 2);
    assert_eq!(
        states(&run),
        [
            RowState::Running,
            RowState::Skipped(None),
            RowState::Skipped(None)
        ]
    );
    assert!(run.settle(0, Outcome::Done));
    assert!(run.progress().is_over());
}

#[test]
fn only_failed_rows_are_retried() {
    let mut run = run(0..3);
    assert_eq!(run.next(3), [0, 1, 2]);
    run.settle(0, Outcome::Done);
    run.settle(1, Outcome::Failed("no".into()));
    run.settle(2, Outcome::Unknown);
    assert_eq!(run.retry_failed(), 1);
    assert_eq!(run.next(3), [1]);
    assert!(
        run.settle(2, Outcome::Done),
        "an unknown outcome can be looked up"
    );
    assert!(
        !run.settle(0, Outcome::Failed("".into())),
        "what is done stays done"
    );
    assert!(!run.settle(9, Outcome::Done));
}

#[test]
fn rows_that_cannot_succeed_are_not_retried() {
    let rows = [
        Planned::from(0),
        planned(1, 0),
        Planned::from(2),
        Planned::from(3).after([0, 2]),
    ];
    let mut run = Run::new(head(), rows);
    assert_eq!(run.next(6), [0, 2]);
    run.settle(0, Outcome::Failed(Reason::ChangedSince));
    run.settle(2, Outcome::Failed(Reason::Unreachable));
    let retried = run.retry_failed();
    assert_eq!((retried, run.next(6)), (1, vec![2]));
    run.settle(2, Outcome::Done);
    let because = RowState::Skipped(Some(0));
    assert_eq!(
        run.states()[1..],
        [because.clone(), RowState::Done, because]
    );
    assert!(run.progress().is_over(), "no row waits for one that failed");
}

#[test]
fn undone_run_is_not_retried() {
    let mut run = run(0..2);
    let rows = run.next(2);
    run.settle(rows[0], Outcome::Done);
    run.settle(rows[1], Outcome::Failed("no".into()));
    run.mark_undone();
    assert_eq!(run.retry_failed(), 0);
    assert_eq!((run.next(2), run.progress().failed), (vec![], 1));
}

#[test]
fn reload_makes_running_rows_unknown_and_pauses() {
    let mut run = run(0..4);
    assert_eq!(run.next(3), [0, 1, 2]);
    run.settle(0, Outcome::Done);
    run.settle(1, Outcome::Failed("no".into()));
    let back = reloaded(&run);
    let Ok(mut back) = back else {
        panic!("{back:?}")
    };
    assert_eq!(
        states(&back),
        [
            RowState::Done,
            RowState::Failed("no".into()),
            RowState::Unknown,
            RowState::Waiting
        ]
    );
    assert_eq!(back.pause_reason(), Some(Pause::Interrupted));
    assert_eq!(back.next(6), [0; 0]);
    back.resume();
    assert_eq!(back.next(6), [3]);
}

#[test]
fn unreadable_texts_are_refused() {
    let kept = run(0..100).to_kept().unwrap_or_default();
    let with = |change: fn(&mut KeptRun)| {
        let mut kept = kept.clone();
        change(&mut kept);
        Run::<usize>::from_kept(&kept)
    };
    for told in [
        with(|kept| kept.plan = "{".to_owned()),
        with(|kept| kept.head = "{".to_owned()),
        with(|kept| drop(kept.blocks.insert(0, "{".to_owned()))),
        with(|kept| drop(kept.blocks.insert(2, kept.blocks[&0].clone()))),
        with(|kept| drop(kept.blocks.insert(usize::MAX, kept.blocks[&0].clone()))),
        with(|kept| drop(kept.blocks.insert(0, kept.blocks[&0].replacen('w', "x", 1)))),
    ] {
        assert!(matches!(told, Err(RunError::Damaged(_))), "{told:?}");
    }
    for newer in [
        with(|kept| kept.plan = r#"{"version":3}"#.to_owned()),
        with(|kept| kept.head = r#"{"version":3}"#.to_owned()),
    ] {
        assert_eq!(newer, Err(RunError::Newer(3)));
    }
    let without = with(|kept| kept.blocks.clear());
    assert_eq!(without.map(|run| run.progress().waiting), Ok(100));
}

fn planned(item: usize, after: usize) -> Planned<usize> {
    Planned::from(item).after([after])
}

#[test]
fn row_is_skipped_and_retried_with_its_dependency() {
    let mut run = Run::new(
        head(),
        [
            Planned::from(0),
            planned(1, 0),
            planned(2, 0),
            Planned::from(3),
        ],
    );
    assert_eq!(run.next(6), [0, 3]);
    run.settle(0, Outcome::Unknown);
    assert_eq!(run.next(6), [0; 0], "nobody knows yet whether it may start");
    run.settle(0, Outcome::Failed("no".into()));
    assert_eq!(
        run.states()[1..3],
        [RowState::Skipped(Some(0)), RowState::Skipped(Some(0))]
    );
    run.settle(3, Outcome::Done);
    assert!(run.progress().is_over());
    assert_eq!(run.retry_failed(), 3);
    assert_eq!(run.next(6), [0]);
    run.settle(0, Outcome::Done);
    assert_eq!(run.next(6), [1, 2]);
    run.settle(1, Outcome::Failed("no".into()));
    run.settle(2, Outcome::Done);
    assert_eq!(run.retry_failed(), 1, "only the one that failed");
}

#[test]
fn cancelled_rows_are_not_retried() {
    let mut run = Run::new(head(), [Planned::from(0), planned(1, 0)]);
    let _ = run.next(1);
    run.cancel();
    run.settle(0, Outcome::Done);
    assert_eq!(run.retry_failed(), 0);
}

#[test]
fn row_starts_only_after_all_its_predecessors() {
    let rows = [
        Planned::from(0),
        Planned::from(1),
        Planned::from(2).after([0, 1]),
    ];
    let mut run = Run::new(head(), rows);
    assert_eq!(run.next(6), [0, 1]);
    run.settle(1, Outcome::Done);
    assert_eq!(run.next(6), [0; 0], "one of two is not enough");
    run.settle(0, Outcome::Done);
    assert_eq!(run.next(6), [2]);
}

#[test]
fn failed_row_skips_all_its_dependants_and_names_itself() {
    let rows = [
        Planned::from(0),
        Planned::from(1),
        Planned::from(2).after([0, 1]),
        Planned::from(3).after([2]),
        Planned::from(4),
    ];
    let mut run = Run::new(head(), rows);
    assert_eq!(run.next(2), [0, 1]);
    run.settle(0, Outcome::Done);
    run.settle(1, Outcome::Failed("no".into()));
    let because = RowState::Skipped(Some(1));
    assert_eq!(
        run.states()[2..],
        [because.clone(), because, RowState::Waiting]
    );
    let mut back = reloaded(&run).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(back.states(), run.states(), "the reason is kept");
    assert_eq!(back.retry_failed(), 3, "what waited for it waits again");
    assert_eq!(back.next(6), [1, 4]);
    back.settle(1, Outcome::Done);
    assert_eq!(back.next(6), [2]);
}

#[test]
fn retried_row_does_not_wait_for_a_cancelled_one() {
    let rows = [
        Planned::from(0),
        Planned::from(1),
        Planned::from(2).after([0, 1]),
    ];
    let mut run = Run::new(head(), rows);
    assert_eq!(run.next(1), [0]);
    run.settle(0, Outcome::Failed("no".into()));
    run.cancel();
    assert_eq!(run.retry_failed(), 1);
    assert_eq!(run.next(6), [0]);
    run.settle(0, Outcome::Done);
    assert!(run.progress().is_over(), "{:?}", run.states());
}

#[test]
fn already_done_row_satisfies_its_dependants() {
    let mut run = Run::new(head(), [Planned::from(0), planned(1, 0)]);
    run.already_so(0);
    assert_eq!(run.next(6), [1]);
    run.settle(1, Outcome::Done);
    assert!(run.progress().is_clean());
}

#[test]
fn row_that_was_not_taken_waits_again() {
    let mut run = run(0..2);
    assert_eq!(run.next(1), [0]);
    run.pause(Pause::Token);
    assert!(run.settle(0, Outcome::NotTaken));
    assert_eq!(run.progress().waiting, 2);
    run.resume();
    assert_eq!(run.next(1), [0]);
}

#[test]
fn single_predecessor_of_an_older_release_is_read() {
    let plan: Result<Vec<Planned<usize>>, _> =
        serde_json::from_str(r#"[{"item":7},{"item":8,"after":0},{"item":9,"after":[0,1]}]"#);
    let after = plan.map(|rows| rows.into_iter().map(|row| row.after).collect::<Vec<_>>());
    assert_eq!(after.unwrap_or_default(), [vec![], vec![0], vec![0, 1]]);
}

#[test]
fn long_reason_is_cut() {
    let mut run = run(0..1);
    let _ = run.next(1);
    run.settle(0, Outcome::Failed("ü".repeat(1_000).as_str().into()));
    let is_short = |state: &RowState| matches!(state, RowState::Failed(Reason::Words(why)) if why.len() <= 400);
    assert!(run.states().iter().all(is_short));
}

#[derive(Clone, Debug)]
enum Event {
    Next(usize),
    Settle(usize, Outcome),
    Pause,
    Resume,
    Cancel,
    Retry,
    Reload,
}

fn event() -> impl Strategy<Value = Event> {
    let outcome = prop_oneof![
        Just(Outcome::Done),
        Just(Outcome::Failed("no".into())),
        Just(Outcome::Unknown)
    ];
    prop_oneof![
        6 => (0_usize..7).prop_map(Event::Next),
        8 => (0_usize..25, outcome).prop_map(|(row, outcome)| Event::Settle(row, outcome)),
        1 => Just(Event::Pause),
        2 => Just(Event::Resume),
        1 => Just(Event::Cancel),
        1 => Just(Event::Retry),
        1 => Just(Event::Reload),
    ]
}

proptest! {
    #[test]
    fn no_row_is_lost_or_run_twice(
        count in 0_usize..25,
        events in proptest::collection::vec(event(), 0..120),
    ) {
        let mut run = run(0..count);
        // The number of allowed starts of each row: one, and one more each time that a failed row is retried.
        let mut allowed = vec![1_usize; count];
        let mut started = vec![0_usize; count];
        for event in events {
            match event {
                Event::Next(limit) => {
                    let before = run.progress().running;
                    for row in run.next(limit) {
                        started[row] += 1;
                        prop_assert!(started[row] <= allowed[row], "row {} was run twice", row);
                    }
                    prop_assert!(run.progress().running <= limit.max(before));
                }
                Event::Settle(row, outcome) => { run.settle(row, outcome); }
                Event::Pause => run.pause(Pause::User),
                Event::Resume => run.resume(),
                Event::Cancel => { run.cancel(); prop_assert_eq!(run.progress().waiting, 0); }
                Event::Retry => {
                    for (row, state) in states(&run).iter().enumerate() {
                        allowed[row] += usize::from(matches!(state, RowState::Failed(_)));
                    }
                    run.retry_failed();
                }
                Event::Reload => {
                    run = reloaded(&run).map_err(|error| TestCaseError::fail(error.to_string()))?;
                    prop_assert_eq!(run.progress().running, 0);
                }
            }
            let items: Vec<usize> = run.items().copied().collect();
            prop_assert_eq!(items, (0..count).collect::<Vec<_>>());
            prop_assert_eq!(run.progress().total(), count);
        }
    }

    #[test]
    fn a_run_whose_rows_all_end_is_over(count in 0_usize..40, limit in 1_usize..8) {
        let mut run = run(0..count);
        let mut started = Vec::new();
        loop {
            let next = run.next(limit);
            if next.is_empty() {
                break;
            }
            for row in next {
                started.push(row);
                run.settle(row, Outcome::Done);
            }
        }
        prop_assert_eq!(started, (0..count).collect::<Vec<_>>());
        prop_assert!(run.progress().is_over());
    }
}

#[test]
fn reason_is_stored_as_a_code() {
    let reasons = [
        Reason::Http(503),
        Reason::NotStored(StoreError::Full),
        Reason::from("Operator does not exist"),
    ];
    let mut before = run(0..reasons.len());
    for (row, reason) in reasons.iter().enumerate() {
        let _ = before.next(1);
        before.settle(row, Outcome::Failed(reason.clone()));
    }
    let mut kept = before.to_kept().expect("texts");
    let block = &kept.blocks[&0];
    assert!(block.contains("\"http 503\"") && block.contains("\"store-full\""));
    let after: Run<usize> = Run::from_kept(&kept).expect("a run");
    assert_eq!(after.states(), before.states());

    let older = r#"{"states":"fff","inverses":"---","failed":{"0":"The API could not be reached."},"reasons":{"1":"on-the-moon"}}"#;
    kept.blocks.insert(0, older.to_owned());
    let after: Run<usize> = Run::from_kept(&kept).expect("a run");
    let reasons = [
        Reason::from("The API could not be reached."),
        Reason::Other("on-the-moon".to_owned()),
        Reason::from(""),
    ];
    assert_eq!(after.states(), reasons.map(RowState::Failed));
    // A code of a later release is kept.
    let kept = after.to_kept().expect("texts");
    assert!(kept.blocks[&0].contains("on-the-moon"));
}
