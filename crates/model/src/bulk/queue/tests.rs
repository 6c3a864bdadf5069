use super::super::Planned;
use super::*;
use crate::journal::Change;

fn email(row: usize) -> switchboard_api::Email {
    format!("{row}@x.example")
        .parse()
        .expect("an e-mail of the test")
}

fn deletion(id: u64, rows: usize) -> Run<Task> {
    let rows = (0..rows).map(|row| Task::Change(Change::DeleteUser { email: email(row) }).into());
    Run::of_tasks(id, rows.collect())
}

fn import(id: u64, rows: usize) -> Run<Task> {
    let add = |row| Change::AddOperator {
        email: email(row),
        name: "New".to_owned(),
    };
    Run::of_tasks(
        id,
        (0..rows)
            .map(|row| Planned::from(Task::Change(add(row))))
            .collect(),
    )
}

fn done(queue: &mut Queue, id: u64, rows: &[usize]) {
    for row in rows {
        queue.settle(id, *row, Outcome::Done, Reached::Yes);
    }
}

#[test]
fn paused_run_is_not_resumed_by_a_new_one() {
    let mut queue = Queue::default();
    queue.add(deletion(1, 60));
    let rows = queue.next(6);
    queue.pause(1, Pause::User);
    queue.add(import(2, 1));
    assert_eq!(queue.next(6), [0; 0], "its rows in flight end first");
    done(&mut queue, 1, &rows);
    assert_eq!((queue.current(), queue.next(6)), (Some(2), vec![0]));
    done(&mut queue, 2, &[0]);
    assert_eq!((queue.current(), queue.next(6)), (None, vec![]));
    assert_eq!(queue.state(1), Some(RunState::Paused(Pause::User)));
    assert_eq!(queue.run(1).map(|run| run.progress().waiting), Some(54));
    queue.resume(1);
    assert_eq!(queue.next(6).len(), 6, "its own Resume continues it");
}

#[test]
fn run_that_ends_while_paused_is_finished() {
    let mut queue = Queue::default();
    queue.add(import(1, 2));
    let rows = queue.next(6);
    queue.pause_all(Pause::Offline);
    assert_eq!(queue.state(1), Some(RunState::Paused(Pause::Offline)));
    done(&mut queue, 1, &rows);
    assert_eq!(queue.state(1), Some(RunState::Finished));
    let stored = queue.run(1).map(|run| run.head().pause);
    assert_eq!(stored, Some(None));
}

#[test]
fn runs_take_turns_in_order_of_start_or_resume() {
    let mut queue = Queue::default();
    for id in 1..=3 {
        queue.add(import(id, 1));
    }
    assert_eq!(queue.current(), Some(1));
    let states = [2, 3].map(|id| queue.state(id));
    assert_eq!(states, [Some(RunState::Queued); 2]);
    queue.pause(1, Pause::User);
    assert_eq!(queue.current(), Some(2));
    queue.resume(1);
    for id in [2, 3, 1] {
        assert_eq!((queue.current(), queue.next(6)), (Some(id), vec![0]));
        done(&mut queue, id, &[0]);
        assert_eq!(queue.state(id), Some(RunState::Finished));
    }
}

#[test]
fn lost_network_affects_only_rows_in_flight_and_two_more() {
    let mut queue = Queue::default();
    queue.add(import(1, 195));
    queue.add(deletion(2, 10));
    let mut started = queue.next(6);
    let mut at = 0;
    while at < started.len() {
        queue.settle(1, started[at], Outcome::Unknown, Reached::No);
        started.extend(queue.next(6));
        at += 1;
    }
    let progress = queue.run(1).map(Run::progress).unwrap_or_default();
    assert_eq!((progress.unknown, progress.waiting), (8, 187));
    assert_eq!(queue.state(1), Some(RunState::Paused(Pause::Unreachable)));
    // The run behind it would lose its calls too.
    assert_eq!(queue.state(2), Some(RunState::Paused(Pause::Unreachable)));
    queue.resume(1);
    assert!(
        queue.looks(1),
        "what is unknown is looked up before anything continues"
    );
}

#[test]
fn answers_in_between_keep_the_breaker_closed() {
    let mut queue = Queue::default();
    queue.add(import(1, 12));
    for row in 0..12 {
        let _ = queue.next(1);
        let lost = row % 3 != 0;
        let (outcome, reached) = if lost {
            (Outcome::Unknown, Reached::No)
        } else {
            (Outcome::Done, Reached::Yes)
        };
        queue.settle(1, row, outcome, reached);
    }
    assert_eq!(queue.run(1).map(|run| run.progress().unknown), Some(8));
}

#[test]
fn kept_runs_start_nothing_and_are_only_looked_up() {
    let mut run = deletion(1, 3);
    let _ = run.next(1);
    let kept = run.to_kept().expect("a run");
    let run = Run::from_kept(&kept).expect("a run").taken_up();
    let mut queue = Queue::of(vec![run], true);
    assert_eq!((queue.current(), queue.looks(1)), (Some(1), true));
    assert_eq!(queue.next(6), [0; 0]);
    queue.looked(1);
    assert_eq!((queue.current(), queue.next(6)), (None, vec![]));
}

#[test]
fn looking_up_a_paused_run_does_not_resume_it() {
    let mut queue = Queue::default();
    queue.add(deletion(1, 3));
    let rows = queue.next(1);
    queue.pause(1, Pause::User);
    queue.settle(1, rows[0], Outcome::Unknown, Reached::No);
    queue.look(1);
    assert_eq!((queue.current(), queue.unknown(1)), (Some(1), vec![0]));
    queue.settle(1, 0, Outcome::Done, Reached::Yes);
    queue.looked(1);
    assert_eq!(queue.next(6), [0; 0]);
    assert_eq!(queue.state(1), Some(RunState::Paused(Pause::User)));
}

#[test]
fn rows_waiting_for_an_unknown_one_are_detected() {
    let add = Task::Change(Change::AddOperator {
        email: email(0),
        name: "New".to_owned(),
    });
    let rows = vec![Planned::from(add.clone()), Planned::from(add).after([0])];
    let mut queue = Queue::default();
    queue.add(Run::of_tasks(1, rows));
    let _ = queue.next(6);
    assert!(!queue.is_stuck(1));
    queue.settle(1, 0, Outcome::Unknown, Reached::No);
    assert!(queue.is_stuck(1) && queue.next(6).is_empty());
}

#[test]
fn ids_are_never_given_twice() {
    let mut queue = Queue::default();
    queue.add(import(7, 1));
    assert_eq!(
        (queue.free_id(7), queue.free_id(3), queue.free_id(9)),
        (8, 8, 9)
    );
}

#[test]
fn run_paused_while_being_prepared_is_prepared_again() {
    type Interrupt = fn(&mut Queue);
    let interrupts: [Interrupt; 5] = [
        |queue| queue.pause(1, Pause::User),
        |queue| queue.pause_all(Pause::Token),
        |queue| queue.resume(1),
        |queue| queue.retry_failed(1),
        |queue| queue.look(1),
    ];
    for (at, interrupt) in interrupts.into_iter().enumerate() {
        let mut queue = Queue::default();
        queue.add(import(1, 3));
        let begun = queue.generation(1).expect("a run");
        interrupt(&mut queue);
        queue.resume(1);
        queue.prepared(1, begun);
        assert!(!queue.is_prepared(1), "interrupt {at}");
        let again = queue.generation(1).expect("a run");
        queue.prepared(1, again);
        assert!(queue.is_prepared(1));
        interrupt(&mut queue);
        assert!(!queue.is_prepared(1), "interrupt {at}");
    }
}

#[test]
fn run_with_requested_look_ups_is_not_prepared() {
    let mut queue = Queue::default();
    queue.add(import(1, 3));
    let rows = queue.next(1);
    queue.settle(1, rows[0], Outcome::Unknown, Reached::No);
    queue.look(1);
    let generation = queue.generation(1).expect("a run");
    queue.prepared(1, generation);
    assert!(!queue.is_prepared(1));
    queue.looked(1);
    assert!(queue.is_prepared(1));
}
