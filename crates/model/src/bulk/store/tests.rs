use super::super::{Outcome, Pause, Planned, Purpose, RowState};
use super::*;
use crate::journal::{Change, Journal};
use crate::workspace::test_support::{Memory, organisation};

fn acme() -> OrganisationKey {
    organisation("https://acme.example/")
}

fn store(memory: &Memory) -> RunStore<Memory> {
    RunStore::new(memory.clone(), &acme())
}

fn task(name: &str) -> Task {
    Task::LookUp {
        domain: crate::workspace::test_support::domain(name),
    }
}

fn run(id: u64, rows: usize) -> Run<Task> {
    let rows = (0..rows).map(|row| Planned::from(task(&format!("row-{row}.example"))));
    Run::of_tasks(id, rows.collect())
}

fn loaded(memory: &Memory) -> Vec<Run<Task>> {
    store(memory).load().expect("an open storage").runs
}

#[test]
fn stored_run_keeps_its_results_until_forgotten() {
    let memory = Memory::default();
    let (mut one, mut two) = (run(1, 3), run(2, 100));
    store(&memory).begin(&mut one).expect("room");
    store(&memory).begin(&mut two).expect("room");
    let _ = one.next(2);
    one.settle(0, Outcome::Failed("no".into()));
    two.pause(Pause::User);
    store(&memory).keep(&mut one).expect("room");
    store(&memory).keep(&mut two).expect("room");
    let back = loaded(&memory);
    let failed = RowState::Failed("no".into());
    assert_eq!(
        back[0].states(),
        [failed, RowState::Unknown, RowState::Waiting]
    );
    assert_eq!(back[1], two);
    store(&memory).forget(1).expect("an open storage");
    assert_eq!(loaded(&memory), [two]);
    store(&memory).forget(2).expect("an open storage");
    assert!(memory.texts.borrow().is_empty());
}

#[test]
fn run_in_flight_is_not_at_rest_until_taken_up() {
    let memory = Memory::default();
    let mut run = run(1, 1);
    let _ = run.next(1);
    store(&memory).begin(&mut run).expect("room");
    assert!(!loaded(&memory)[0].is_at_rest());
    let taken_up = store(&memory).take_up().expect("an open storage");
    assert!(taken_up.runs[0].is_at_rest());
    assert_eq!(taken_up.runs[0].progress().unknown, 1);
}

#[test]
fn dismissed_run_stays_for_the_journal_only() {
    let memory = Memory::default();
    let mut run = run(1, 1);
    let _ = run.next(1);
    run.settle(0, Outcome::Done);
    run.dismiss();
    store(&memory).begin(&mut run).expect("room");
    assert_eq!(loaded(&memory), []);
    let heads = store(&memory).heads().expect("an open storage");
    assert_eq!((heads.len(), heads[0].progress.done), (1, 1));
    assert!(matches!(store(&memory).run(1), Ok(Some(Ok(_)))));
}

#[test]
fn head_of_a_paused_run_counts_what_was_looked_up() {
    let memory = Memory::default();
    let mut run = run(1, 4);
    store(&memory).begin(&mut run).expect("room");
    let _ = run.next(2);
    run.pause(Pause::Unreachable);
    for row in [0, 1] {
        run.settle(row, Outcome::Unknown);
    }
    store(&memory).keep(&mut run).expect("room");
    let counts = || {
        let heads = store(&memory).heads().expect("an open storage");
        (heads[0].progress.done, heads[0].progress.unknown)
    };
    assert_eq!(counts(), (0, 2));
    run.settle(0, Outcome::Done);
    store(&memory).keep(&mut run).expect("room");
    assert_eq!(counts(), (1, 1));
    // The page ends after the row was stored.
    run.settle(1, Outcome::Done);
    memory.stop_after(1);
    assert!(store(&memory).keep(&mut run).is_err());
    memory.go_on();
    assert_eq!(counts(), (1, 1));
    let mut taken = store(&memory).take_up().expect("an open storage").runs;
    store(&memory).keep(&mut taken[0]).expect("room");
    assert_eq!(counts(), (2, 0));
}

#[test]
fn old_results_give_way_to_newer_ones() {
    let memory = Memory::default();
    for id in 1..=60 {
        let mut run = run(id, 1);
        run.dismiss();
        store(&memory).begin(&mut run).expect("room");
    }
    let mut paused = run(61, 2);
    store(&memory).begin(&mut paused).expect("room");
    let heads = store(&memory).heads().expect("an open storage");
    let ids: Vec<u64> = heads.iter().map(|head| head.id).collect();
    assert_eq!((ids[0], ids.len()), (11, HISTORY + 1));
    let journal = Journal::new(memory).read(&acme()).expect("storage");
    assert_eq!(journal.since, Some(11), "the run 10 was removed");
}

#[test]
fn interrupted_page_never_forgets_a_started_row() {
    for writes in 0..12 {
        let memory = Memory::default();
        let mut first = run(1, 1);
        store(&memory).begin(&mut first).expect("room");
        let _ = first.next(1);
        first.settle(0, Outcome::Done);
        store(&memory).keep(&mut first).expect("room");

        memory.stop_after(writes);
        let (mut second, mut started) = (run(2, 2), 0);
        let mut alive = store(&memory).begin(&mut second).is_ok();
        for _ in 0..2 {
            // A row may be sent only once its start is stored.
            let next = second.next(1);
            alive = alive && store(&memory).keep(&mut second).is_ok();
            started += usize::from(alive) * next.len();
            for row in next {
                second.settle(row, Outcome::Done);
            }
            alive = alive && store(&memory).keep(&mut second).is_ok();
        }
        memory.go_on();
        let back = loaded(&memory);
        assert_eq!(back[0], first, "after {writes} writes");
        let touched = back.get(1).map_or(0, |run| {
            run.rows_where(|state| *state != RowState::Waiting).len()
        });
        assert!(touched >= started, "after {writes} writes");
    }
}

#[test]
fn full_storage_keeps_nothing_of_a_new_run() {
    let memory = Memory::default();
    memory.full.set(true);
    assert_eq!(store(&memory).begin(&mut run(1, 1)), Err(StoreError::Full));
    assert!(memory.texts.borrow().is_empty());
}

#[test]
fn unreadable_run_is_counted_and_kept() {
    let head = "switchboard/1/run/https://acme.example/ 000000000000001 head";
    for text in ["{", r#"{"version":9}"#] {
        let memory = Memory::default();
        store(&memory).begin(&mut run(1, 1)).expect("room");
        memory.set(head, text).expect("room");
        let loaded = store(&memory).take_up().expect("an open storage");
        assert_eq!((loaded.runs.len(), loaded.unreadable), (0, 1));
        store(&memory).begin(&mut run(2, 1)).expect("room");
        assert_eq!(memory.get(head), Ok(Some(text.to_owned())));
        assert!(
            memory
                .texts
                .borrow()
                .keys()
                .any(|key| key.ends_with("001 plan"))
        );
    }
}

const OLD_PLAN: &str = r#"{"version":1,"id":5,"rows":[{"item":{"change":{"addOperator":{"email":"a@x.example","name":"A"}}}},{"item":{"change":{"addAssignment":{"domain":"a.example","email":"a@x.example"}}},"after":0},{"item":{"change":{"addOperator":{"email":"b@x.example","name":"B"}}}}]}"#;
const OLD_STANDING: &str = r#"{"id":5,"paused":false,"states":"fsr","failed":{"0":"no"}}"#;

#[test]
fn run_of_an_older_release_is_migrated() {
    let memory = Memory::default();
    let place = |part: &str| format!("switchboard/1/run/https://acme.example/ {part}");
    memory.set(&place("plan"), OLD_PLAN).expect("room");
    memory.set(&place("standing"), OLD_STANDING).expect("room");
    let seen = loaded(&memory);
    let taken = store(&memory).take_up().expect("an open storage").runs;
    for runs in [seen, taken, loaded(&memory)] {
        assert_eq!(runs.len(), 1);
        let states = [
            RowState::Failed("no".into()),
            RowState::Skipped(Some(0)),
            RowState::Unknown,
        ];
        assert_eq!(runs[0].states(), states);
        assert_eq!(runs[0].head().purpose, Purpose::Import { operators: 2 });
    }
    assert_eq!(memory.get(&place("plan")), Ok(None));
}

#[test]
fn older_run_that_cannot_be_read_is_left() {
    let memory = Memory::default();
    let plan = "switchboard/1/run/https://acme.example/ plan";
    memory.set(plan, "{").expect("room");
    let taken = store(&memory).take_up().expect("an open storage");
    assert_eq!((taken.runs.len(), taken.unreadable), (0, 1));
    store(&memory).begin(&mut run(1, 1)).expect("room");
    assert_eq!(memory.get(plan), Ok(Some("{".to_owned())));
}

/// Two tabs share one storage. A tab writes only while it holds the lock, and reads everything again when it takes
/// it.
#[test]
fn only_the_lock_holder_writes_results() {
    let memory = Memory::default();
    let mut first = run(1, 3);
    store(&memory).begin(&mut first).expect("room");
    let _ = first.next(1);
    store(&memory).keep(&mut first).expect("room");
    first.settle(0, Outcome::Unknown);
    first.pause(Pause::User);
    store(&memory).keep(&mut first).expect("room");
    // The first tab releases the lock but keeps showing its state; the second one takes the lock.
    let mut second = store(&memory)
        .take_up()
        .expect("an open storage")
        .runs
        .remove(0);
    assert_eq!(second.pause_reason(), Some(Pause::User));
    second.settle(0, Outcome::Done);
    second.resume();
    let rows = second.next(6);
    for row in rows {
        second.settle(row, Outcome::Done);
    }
    store(&memory).keep(&mut second).expect("room");
    // The first tab takes the lock again: it reads everything before it writes.
    let third = store(&memory)
        .take_up()
        .expect("an open storage")
        .runs
        .remove(0);
    assert!(third.progress().is_clean() && third != first);
    assert_eq!(loaded(&memory), [third]);
}

/// Counts the bytes written.
#[derive(Clone, Default)]
struct Counting {
    memory: Memory,
    bytes: std::rc::Rc<std::cell::Cell<usize>>,
}

impl KeyValue for Counting {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.memory.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.bytes.set(self.bytes.get() + key.len() + value.len());
        self.memory.set(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.memory.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.memory.keys()
    }
}

#[test]
fn last_thousand_of_ten_thousand_rows_cost_what_the_first_did() {
    let counting = Counting::default();
    let store = RunStore::new(counting.clone(), &acme());
    let delete = |row: usize| Change::DeleteUser {
        email: format!("user-{row}@acme.example")
            .parse()
            .expect("an e-mail of the test"),
    };
    let rows = (0..10_000)
        .map(|row| Planned::from(Task::Change(delete(row))))
        .collect();
    let mut run = Run::of_tasks(1, rows);
    store.begin(&mut run).expect("room");
    // The plan is written once, when the run begins, and does not count for the rows.
    counting.bytes.set(0);
    let mut written = Vec::new();
    let mut in_flight = std::collections::VecDeque::from(run.next(6));
    while let Some(row) = in_flight.pop_front() {
        // Some rows fail, as in any long run.
        let outcome = if row % 50 == 0 {
            Outcome::Failed("Operator does not exist".into())
        } else {
            Outcome::Done
        };
        run.settle(row, outcome);
        in_flight.extend(run.next(6));
        store.keep(&mut run).expect("room");
        written.push(counting.bytes.take());
    }
    let sum = |rows: &[usize]| rows.iter().sum::<usize>();
    let (first, last) = (sum(&written[..1_000]), sum(&written[9_000..]));
    println!("bytes for the first and the last 1,000 rows: {first}, {last}");
    assert!(last * 10 <= first * 12, "{first} {last}");
    assert!(first < 1_000 * 1_000, "{first}");
}
