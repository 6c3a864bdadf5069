use switchboard_api::{Login, PersonName, Presence};

use super::super::{Outcome, Planned, RowState};
use super::*;
use crate::workspace::test_support::domain;

fn email(text: &str) -> Email {
    text.parse().expect("an e-mail of the test")
}

fn operator(who: &str, live_chat: Option<LiveChatStatus>) -> Operator {
    Operator {
        name: PersonName {
            first: who.to_owned(),
            last: String::new(),
        },
        email: email(who),
        presence: Presence::Online,
        login: Login::Able,
        is_operator: Tristate::On,
        live_chat,
    }
}

fn on(who: &str, admin: bool) -> Assignment {
    Assignment {
        name: PersonName {
            first: who.to_owned(),
            last: String::new(),
        },
        is_admin: if admin { Tristate::On } else { Tristate::Off },
        shown_online: Tristate::On,
        gets_messages: Tristate::Off,
        user_id: String::new(),
        email: email(who),
    }
}

fn switch(who: &str, on: bool) -> Task {
    Task::Change(Change::SwitchOperator {
        email: email(who),
        on,
        domains: Vec::new(),
    })
}

fn put_on(who: &str, name: &str) -> Task {
    Task::Change(Change::AddAssignment {
        domain: domain(name),
        email: email(who),
    })
}

fn run(tasks: Vec<Task>) -> Run<Task> {
    Run::of_tasks(1, tasks.into_iter().map(Planned::from).collect())
}

fn carried_out(mut run: Run<Task>) -> Run<Task> {
    while let [row, ..] = run.next(1)[..] {
        run.settle(row, Outcome::Done);
    }
    run
}

#[test]
fn undo_of_a_run_restores_each_former_state() {
    let mut answers = Answers::default();
    answers.operators(&[
        operator("on@x.example", Some(LiveChatStatus::Active)),
        operator("off@x.example", Some(LiveChatStatus::Inactive)),
        operator("never@x.example", None),
    ]);
    let everybody = ["ON@x.example", "off@x.example", "never@x.example"];
    let mut run = run(everybody.map(|who| switch(who, false)).to_vec());
    run.take_answers(&answers);
    let run = carried_out(run);
    let states = [RowState::Done, RowState::AlreadySo, RowState::AlreadySo];
    assert_eq!(
        run.states(),
        states,
        "nobody becomes inactive for whom it was never set up"
    );
    assert_eq!(run.undo(), Some(vec![switch("ON@x.example", true).into()]));
}

#[test]
fn first_activation_cannot_be_undone() {
    let mut answers = Answers::default();
    answers.operators(&[operator("never@x.example", None)]);
    let mut run = run(vec![switch("never@x.example", true)]);
    run.take_answers(&answers);
    assert_eq!(carried_out(run).undo(), None);
}

#[test]
fn undo_of_an_activation_leaves_out_a_first_one() {
    let mut answers = Answers::default();
    answers.operators(&[
        operator("off@x.example", Some(LiveChatStatus::Inactive)),
        operator("never@x.example", None),
    ]);
    let everybody = ["off@x.example", "never@x.example"];
    let mut run = run(everybody.map(|who| switch(who, true)).to_vec());
    run.take_answers(&answers);
    let run = carried_out(run);
    let undo = vec![switch("off@x.example", false).into()];
    assert_eq!(run.undo(), Some(undo));
    let left: Vec<Task> = run.not_restored().cloned().map(Task::Change).collect();
    assert_eq!(left, [switch("never@x.example", true)]);
    let mut undone = run;
    undone.mark_undone();
    assert_eq!([0, 1].map(|row| undone.is_undone(row)), [true, false]);
}

#[test]
fn run_with_unknown_or_irreversible_row_is_not_undone() {
    let mut unknown = run(vec![
        put_on("a@x.example", "a.example"),
        put_on("b@x.example", "a.example"),
    ]);
    unknown.take_answers(&Answers::default());
    let _ = unknown.next(2);
    unknown.settle(0, Outcome::Done);
    unknown.settle(1, Outcome::Unknown);
    assert_eq!(unknown.undo(), None);
    unknown.settle(1, Outcome::Failed("no".into()));
    assert_eq!(unknown.undo().map(|rows| rows.len()), Some(1));
    let mut mixed = run(vec![
        put_on("a@x.example", "a.example"),
        Task::Change(Change::DeleteUser {
            email: email("a@x.example"),
        }),
    ]);
    mixed.take_answers(&Answers::default());
    assert_eq!(carried_out(mixed).undo(), None);
}

#[test]
fn fresh_reads_decide_which_assignments_are_sent() {
    let mut answers = Answers::default();
    answers.assignments(domain("a.example"), &[on("ada@x.example", false)]);
    answers.assignments(domain("b.example"), &[]);
    let mut run = run(vec![
        put_on("Ada@x.example", "a.example"),
        put_on("ada@x.example", "b.example"),
        put_on("ada@x.example", "unread.example"),
    ]);
    let names = ["a.example", "b.example", "unread.example"];
    assert_eq!(
        run.looks(),
        names.map(|name| Look::Assignments(domain(name)))
    );
    run.take_answers(&answers);
    assert_eq!(
        run.states(),
        [RowState::AlreadySo, RowState::Waiting, RowState::Waiting]
    );
}

#[test]
fn operator_added_by_the_run_needs_no_read() {
    let add = Task::Change(Change::AddOperator {
        email: email("new@x.example"),
        name: "New".to_owned(),
    });
    let rows = vec![
        add.into(),
        Planned::from(put_on("new@x.example", "a.example")).after([0]),
    ];
    let mut run = Run::of_tasks(1, rows);
    assert_eq!(run.looks(), []);
    run.take_answers(&Answers::default());
    assert_eq!(run.inverse(1), &Inverse::Derived);
}

#[test]
fn undo_restores_assignment_and_switches() {
    let mut answers = Answers::default();
    answers.assignments(domain("a.example"), &[on("ada@x.example", true)]);
    let to = Switches {
        admin: Some(false),
        shown_online: Some(true),
        gets_messages: None,
    };
    let (name, ada) = (domain("a.example"), email("ada@x.example"));
    let change = |to| {
        Task::Change(Change::ChangeAssignment {
            domain: name.clone(),
            email: ada.clone(),
            to,
        })
    };
    let remove = Task::Change(Change::RemoveAssignment {
        domain: name.clone(),
        email: ada.clone(),
    });
    let mut run = run(vec![change(to), remove]);
    run.take_answers(&answers);
    let all = Switches {
        admin: Some(true),
        shown_online: Some(true),
        gets_messages: Some(false),
    };
    let was = Switches {
        admin: Some(true),
        ..to
    };
    let undo = vec![
        Planned::from(put_on("ada@x.example", "a.example")),
        Planned::from(change(all)).after([0]),
        Planned::from(change(was)),
    ];
    assert_eq!(carried_out(run).undo(), Some(undo));
}

/// Returns the run that undoes taking Ada off the domain, where she was an admin, after a fresh read found `there`.
fn undo_of_take_off(there: &[Assignment]) -> Run<Task> {
    let mut answers = Answers::default();
    answers.assignments(domain("a.example"), &[on("ada@x.example", true)]);
    let mut taken_off = run(vec![Task::Change(Change::RemoveAssignment {
        domain: domain("a.example"),
        email: email("ada@x.example"),
    })]);
    taken_off.take_answers(&answers);
    let taken_off = carried_out(taken_off);
    let rows = taken_off.undo().expect("a run that can be undone");
    let mut undo = Run::undoing(2, &taken_off, rows);
    answers.assignments(domain("a.example"), there);
    undo.take_answers(&answers);
    undo
}

#[test]
fn undo_does_not_overwrite_switches_changed_since() {
    let undo = undo_of_take_off(&[on("ada@x.example", false)]);
    let changed = RowState::Failed(Reason::ChangedSince);
    assert_eq!(undo.states(), [RowState::AlreadySo, changed]);
    let same = undo_of_take_off(&[on("ada@x.example", true)]);
    assert_eq!(same.states(), [RowState::AlreadySo, RowState::AlreadySo]);
}

#[test]
fn undo_sets_the_switches_of_an_assignment_that_it_restored() {
    let mut undo = undo_of_take_off(&[]);
    let row = undo.next(6);
    assert_eq!(row, [0]);
    undo.settle(0, Outcome::Done);
    // A pause after the first row makes the run read again, and find the default switches.
    let mut answers = Answers::default();
    answers.assignments(domain("a.example"), &[on("ada@x.example", false)]);
    undo.take_answers(&answers);
    assert_eq!(undo.next(6), [1]);
}

#[test]
fn undoing_a_restored_assignment_leaves_nothing() {
    let mut undo = carried_out(undo_of_take_off(&[]));
    let taken_off = Task::Change(Change::RemoveAssignment {
        domain: domain("a.example"),
        email: email("ada@x.example"),
    });
    assert_eq!(undo.undo(), Some(vec![taken_off.into()]));
    assert_eq!(undo.not_restored().next(), None);
    undo.mark_undone();
    assert!([0, 1].iter().all(|row| undo.is_undone(*row)));
}

#[test]
fn undo_leaves_an_assignment_whose_operator_was_made_an_admin_since() {
    let put_on = Change::AddAssignment {
        domain: domain("a.example"),
        email: email("ada@x.example"),
    };
    let mut put_on = Run::of_tasks(1, vec![Task::from(put_on).into()]);
    let mut answers = Answers::default();
    answers.assignments(domain("a.example"), &[]);
    put_on.take_answers(&answers);
    let put_on = carried_out(put_on);
    let rows = put_on.undo().expect("a run that can be undone");
    for (is_admin, left) in [(true, 1), (false, 0)] {
        let mut undo = Run::undoing(2, &put_on, rows.clone());
        answers.assignments(domain("a.example"), &[on("ada@x.example", is_admin)]);
        undo.take_answers(&answers);
        assert_eq!(undo.progress().failed, left, "admin: {is_admin}");
    }
}

#[test]
fn settings_of_a_domain_are_compared_and_noted() {
    let mut answers = Answers::default();
    answers.domains.insert(
        domain("a.example"),
        DomainSettings {
            active: Some(true),
            ..DomainSettings::default()
        },
    );
    let set = |active| {
        let to = DomainSettings {
            active: Some(active),
            ..DomainSettings::default()
        };
        Change::ChangeDomain {
            domain: domain("a.example"),
            to,
        }
    };
    assert_eq!(verdict(&set(true).into(), &answers), Verdict::AlreadySo);
    let back = Verdict::Send(Inverse::Recorded(vec![set(true)]));
    assert_eq!(verdict(&set(false).into(), &answers), back);
}
