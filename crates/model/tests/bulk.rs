//! What holds for a bulk run, whatever happens to it.

use proptest::prelude::*;
use switchboard_model::bulk::{Outcome, Planned, Progress, RowState, Run, RunError};

fn states(run: &Run<usize>) -> Vec<RowState> {
    run.states().to_vec()
}

fn run(id: u64, items: std::ops::Range<usize>) -> Run<usize> {
    Run::new(id, items.map(Planned::from))
}

fn reloaded(run: &Run<usize>) -> Result<Run<usize>, RunError> {
    Run::from_texts(&run.plan_text()?, Some(&run.standing_text()))
}

#[test]
fn a_run_starts_as_many_as_it_may_and_goes_on_as_they_end() {
    let mut run = run(1, 0..4);
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
    let mut run = run(1, 0..3);
    assert_eq!(run.next(1), [0]);
    run.pause();
    assert!(run.settle(0, Outcome::Done));
    assert_eq!(run.next(1), [0; 0]);
    run.resume();
    assert_eq!(run.next(5), [1, 2]);
}

#[test]
fn cancelling_skips_only_what_has_not_started() {
    let mut run = run(1, 0..3);
    assert_eq!(run.next(1), [0]);
    assert_eq!(run.cancel(), 2);
    assert_eq!(
        states(&run),
        [RowState::Running, RowState::Skipped, RowState::Skipped]
    );
    assert!(run.settle(0, Outcome::Done));
    assert!(run.progress().is_over());
}

#[test]
fn only_what_failed_is_retried() {
    let mut run = run(1, 0..3);
    assert_eq!(run.next(3), [0, 1, 2]);
    run.settle(0, Outcome::Done);
    run.settle(1, Outcome::Failed("no".to_owned()));
    run.settle(2, Outcome::Unknown);
    assert_eq!(run.retry_failed(), 1);
    assert_eq!(run.next(3), [1]);
    assert!(
        run.settle(2, Outcome::Done),
        "an unknown outcome can be looked up"
    );
    assert!(
        !run.settle(0, Outcome::Failed(String::new())),
        "what is done stays done"
    );
    assert!(!run.settle(9, Outcome::Done));
}

#[test]
fn after_a_reload_what_ran_is_unknown_and_the_rest_waits_for_a_person() {
    let mut run = run(1, 0..4);
    assert_eq!(run.next(3), [0, 1, 2]);
    run.settle(0, Outcome::Done);
    run.settle(1, Outcome::Failed("no".to_owned()));
    let back = reloaded(&run);
    let Ok(mut back) = back else {
        panic!("{back:?}")
    };
    assert_eq!(
        states(&back),
        [
            RowState::Done,
            RowState::Failed("no".to_owned()),
            RowState::Unknown,
            RowState::Waiting
        ]
    );
    assert!(back.is_paused());
    assert_eq!(back.next(6), [0; 0]);
    back.resume();
    assert_eq!(back.next(6), [3]);
}

#[test]
fn texts_that_are_no_run_are_told() {
    let plan = run(1, 0..2).plan_text().unwrap_or_default();
    let other = run(2, 0..2).standing_text();
    let longer = run(1, 0..3).standing_text();
    let strange = run(1, 0..2).standing_text().replace("ww", "wx");
    for (plan, standing) in [
        ("{", None),
        (plan.as_str(), Some("{")),
        (&plan, Some(&other)),
        (&plan, Some(&longer)),
        (&plan, Some(&strange)),
    ] {
        let told = Run::<usize>::from_texts(plan, standing);
        assert!(matches!(told, Err(RunError::Damaged(_))), "{told:?}");
    }
    assert_eq!(
        Run::<usize>::from_texts(r#"{"version":2}"#, None),
        Err(RunError::Newer(2))
    );
    assert_eq!(
        Run::<usize>::from_texts(&plan, None).map(|run| run.progress().waiting),
        Ok(2)
    );
}

fn planned(item: usize, after: usize) -> Planned<usize> {
    Planned {
        item,
        after: Some(after),
    }
}

#[test]
fn a_row_waits_for_the_row_before_it_and_is_skipped_and_retried_with_it() {
    let mut run = Run::new(
        1,
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
    run.settle(0, Outcome::Failed("no".to_owned()));
    assert_eq!(run.states()[1..3], [RowState::Skipped, RowState::Skipped]);
    run.settle(3, Outcome::Done);
    assert!(run.progress().is_over());
    assert_eq!(run.retry_failed(), 3);
    assert_eq!(run.next(6), [0]);
    run.settle(0, Outcome::Done);
    assert_eq!(run.next(6), [1, 2]);
    run.settle(1, Outcome::Failed("no".to_owned()));
    run.settle(2, Outcome::Done);
    assert_eq!(run.retry_failed(), 1, "only the one that failed");
}

#[test]
fn what_a_cancel_skipped_is_not_retried() {
    let mut run = Run::new(1, [Planned::from(0), planned(1, 0)]);
    let _ = run.next(1);
    run.cancel();
    run.settle(0, Outcome::Done);
    assert_eq!(run.retry_failed(), 0);
}

#[test]
fn rows_that_are_added_come_after_their_own() {
    let mut run = run(1, 0..2);
    run.append([Planned::from(7), planned(8, 0)]);
    assert_eq!(run.next(6), [0, 1, 2]);
    run.settle(2, Outcome::Done);
    assert_eq!(run.next(6), [3]);
    assert_eq!(run.item(3), Some(&8));
    let back = reloaded(&run).map(|run| run.items().copied().collect::<Vec<_>>());
    assert_eq!(back, Ok(vec![0, 1, 7, 8]));
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
        Just(Outcome::Failed("no".to_owned())),
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
    fn no_row_is_lost_or_run_twice_unless_retried_and_never_too_many_run(
        count in 0_usize..25,
        events in proptest::collection::vec(event(), 0..120),
    ) {
        let mut run = run(1, 0..count);
        // How often each row may be started: once, and once more each time that it was put back as failed.
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
                Event::Pause => run.pause(),
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
        let mut run = run(1, 0..count);
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
