use super::super::{Outcome, RowState};
use super::*;
use crate::workspace::test_support::Memory;

type Texts = Run<String>;

fn organisation() -> OrganisationKey {
    OrganisationKey::of(
        &"https://acme.example/"
            .parse()
            .expect("a base URL of the test"),
    )
}

fn kept(memory: &Memory) -> KeptRun<Memory> {
    KeptRun::new(memory.clone(), &organisation())
}

fn load(memory: &Memory) -> Option<Texts> {
    let loaded = kept(memory).load().expect("an open storage");
    loaded.map(|run| run.expect("a run"))
}

fn run(id: u64, items: &[&str]) -> Texts {
    Run::new(id, items.iter().map(|item| (*item).to_owned().into()))
}

#[test]
fn a_run_is_there_again_with_what_came_of_it_until_it_is_forgotten() {
    let memory = Memory::default();
    assert_eq!(load(&memory), None);
    let mut run = run(1, &["a", "b", "c"]);
    kept(&memory).begin(&run).expect("room");
    let _ = run.next(2);
    run.settle(0, Outcome::Failed("no".to_owned()));
    kept(&memory).keep_standing(&run).expect("room");
    let back = load(&memory).expect("a kept run");
    let failed = RowState::Failed("no".to_owned());
    assert_eq!(
        back.states(),
        [failed, RowState::Unknown, RowState::Waiting]
    );
    assert_eq!(back.items().cloned().collect::<Vec<_>>(), ["a", "b", "c"]);
    kept(&memory).forget(&run).expect("an open storage");
    assert!(memory.texts.borrow().is_empty());
}

#[test]
fn whoever_still_shows_an_older_run_does_not_forget_the_one_that_took_its_place() {
    let memory = Memory::default();
    let (older, newer) = (run(1, &["old"]), run(2, &["a", "b"]));
    kept(&memory).begin(&older).expect("room");
    kept(&memory).begin(&newer).expect("room");
    kept(&memory).forget(&older).expect("an open storage");
    assert_eq!(load(&memory), Some(paused(newer)));
}

fn paused(mut run: Texts) -> Texts {
    run.pause();
    run
}

#[test]
fn wherever_the_page_is_closed_no_row_that_was_started_is_there_as_if_it_was_not() {
    for writes in 0..12 {
        let memory = Memory::default();
        let mut first = run(1, &["old"]);
        kept(&memory).begin(&first).expect("room");
        let _ = first.next(1);
        first.settle(0, Outcome::Done);
        kept(&memory).keep_standing(&first).expect("room");

        memory.stop_after(writes);
        let (mut second, mut started) = (run(2, &["a", "b"]), 0);
        let mut alive = kept(&memory).begin(&second).is_ok();
        for more in 0..2 {
            // A row is sent only when that it starts was kept.
            let next = second.next(1);
            alive = alive && kept(&memory).keep_standing(&second).is_ok();
            started += usize::from(alive) * next.len();
            for row in next {
                second.settle(row, Outcome::Done);
            }
            second.append([format!("more {more}").into()]);
            alive = alive && kept(&memory).extend(&second).is_ok();
        }
        memory.go_on();
        let Some(back) = load(&memory) else {
            assert_eq!(started, 0, "after {writes} writes a started row is lost");
            continue;
        };
        if back.id() == 1 {
            assert_eq!((back.states(), started), (&[RowState::Done][..], 0));
        } else {
            let touched = back
                .states()
                .iter()
                .filter(|state| **state != RowState::Waiting);
            assert!(touched.count() >= started, "after {writes} writes");
        }
    }
}

#[test]
fn a_full_storage_keeps_nothing_of_a_new_run() {
    let memory = Memory::default();
    memory.full.set(true);
    assert_eq!(kept(&memory).begin(&run(1, &["a"])), Err(StoreError::Full));
    assert!(memory.texts.borrow().is_empty());
}

#[test]
fn what_cannot_be_read_is_told_and_left_where_it_is() {
    let memory = Memory::default();
    let key = organisation().run_key("plan");
    memory.set(&key, "{").expect("room");
    let loaded = kept(&memory).load::<String>().expect("an open storage");
    assert!(matches!(loaded, Some(Err(RunError::Damaged(_)))));
    assert_eq!(memory.get(&key), Ok(Some("{".to_owned())));
}
