//! An exported journal says what was changed from what to what, and a spreadsheet runs none of it.

use serde_json::{Value, json};
use switchboard_api::Email;

use super::*;
use crate::bulk::{Inverse, Outcome, Planned};
use crate::journal::{CodeFacts, DomainSettings, Switches};
use crate::workspace::CodeOrigin;
use crate::workspace::test_support::{domain, organisation};

fn ada() -> Email {
    "ada@x.example".parse().expect("an e-mail of the test")
}

fn iso(at: u64) -> String {
    format!("T{at}")
}

fn entry(at: u64, change: Change, before: Option<Present>) -> Entry {
    Entry {
        at,
        salt: 0,
        change,
        seen: Seen::Worked,
        inverse: Vec::new(),
        undone: false,
        before,
    }
}

fn contact(address: &str) -> DomainSettings {
    DomainSettings {
        email: address.parse().ok(),
        ..DomainSettings::default()
    }
}

fn csv_of(changes: &[ExportedChange]) -> Vec<Vec<String>> {
    let acme = organisation("https://acme.example/");
    let table = csv::parse(&to_csv(&acme, changes, &iso)).expect("CSV");
    let rows = table.records.into_iter();
    rows.map(|record| record.cells).collect()
}

/// The operator, the domain, the old and the new values of a change.
fn told(change: Change, before: Option<Present>) -> [String; 5] {
    let exported = ExportedChange::of_entry(&entry(1, change, before));
    let row = csv_of(&[exported]).remove(1);
    [2, 3, 4, 5, 6].map(|cell| row[cell].clone())
}

#[test]
fn every_change_is_exported_with_old_and_new_value() {
    let a = || domain("a.example");
    let switches = |on| Switches {
        admin: Some(on),
        shown_online: None,
        gets_messages: Some(true),
    };
    let to = |on| Change::SwitchOperator {
        email: ada(),
        on,
        domains: vec![a(), domain("b.example")],
    };
    let (email, name) = (ada(), "Ada".to_owned());
    let on = Some(Present::Assignment(Some(switches(false))));
    for (change, before, expected) in [
        (
            Change::AddOperator { email, name },
            None,
            [
                "addOperator",
                "ada@x.example",
                "",
                "exists=no",
                "exists=yes; name=Ada",
            ],
        ),
        (
            to(true),
            Some(Present::LiveChat(None)),
            [
                "switchOperator",
                "ada@x.example",
                "",
                "liveChat=none",
                "liveChat=on; domains=a.example b.example",
            ],
        ),
        (
            Change::ChangeDomain {
                domain: a(),
                to: contact("new@a.example"),
            },
            Some(Present::Domain(contact("old@a.example"))),
            [
                "changeDomain",
                "",
                "a.example",
                "contactEmail=old@a.example",
                "contactEmail=new@a.example",
            ],
        ),
        (
            Change::DeleteDomain { domain: a() },
            Some(Present::Domain(contact("old@a.example"))),
            [
                "deleteDomain",
                "",
                "a.example",
                "exists=yes; contactEmail=old@a.example",
                "exists=no",
            ],
        ),
        (
            Change::AddAssignment {
                domain: a(),
                email: ada(),
            },
            None,
            [
                "addAssignment",
                "ada@x.example",
                "a.example",
                "assigned=no",
                "assigned=yes",
            ],
        ),
        (
            Change::ChangeAssignment {
                domain: a(),
                email: ada(),
                to: switches(true),
            },
            on.clone(),
            [
                "changeAssignment",
                "ada@x.example",
                "a.example",
                "admin=off; getsMessages=on",
                "admin=on; getsMessages=on",
            ],
        ),
        (
            Change::RemoveAssignment {
                domain: a(),
                email: ada(),
            },
            on,
            [
                "removeAssignment",
                "ada@x.example",
                "a.example",
                "assigned=yes; admin=off; getsMessages=on",
                "assigned=no",
            ],
        ),
        (
            Change::DeleteUser { email: ada() },
            None,
            ["deleteUser", "ada@x.example", "", "", "exists=no"],
        ),
    ] {
        assert_eq!(told(change, before), expected);
    }
}

#[test]
fn csv_names_connection_time_outcome_and_run() {
    let undone = Entry {
        undone: true,
        seen: Seen::Unknown,
        ..entry(5, Change::DeleteUser { email: ada() }, None)
    };
    let put_on = Change::AddAssignment {
        domain: domain("a.example"),
        email: ada(),
    };
    let mut run = Run::of_tasks(
        7,
        [put_on.clone(), put_on]
            .map(Task::Change)
            .map(Planned::from)
            .into(),
    );
    let _ = run.next(1);
    run.settle(0, Outcome::Done);
    let mut exported = vec![ExportedChange::of_entry(&undone)];
    exported.extend(ExportedChange::of_run(&run));
    let rows = csv_of(&exported);
    assert_eq!(rows[0], HEADER);
    let cells = |row: &[String]| [0, 1, 7, 8, 9].map(|cell| row[cell].clone());
    assert_eq!(
        cells(&rows[1]),
        ["T5", "https://acme.example/", "unknown", "yes", ""]
    );
    assert_eq!(
        cells(&rows[2]),
        ["T7", "https://acme.example/", "worked", "no", "T7"]
    );
    assert_eq!(rows.len(), 3, "the second row of the run changed nothing");
}

#[test]
fn run_exports_the_old_values_that_it_recorded() {
    let off = Change::SwitchOperator {
        email: ada(),
        on: false,
        domains: Vec::new(),
    };
    let mut run = Run::of_tasks(7, vec![Planned::from(Task::Change(off))]);
    let _ = run.next(1);
    run.note_inverse(0, Inverse::Derived);
    run.settle(0, Outcome::Done);
    let exported: Vec<_> = ExportedChange::of_run(&run).collect();
    let row = csv_of(&exported).remove(1);
    assert_eq!(
        [row[5].as_str(), row[6].as_str()],
        ["liveChat=on", "liveChat=off"]
    );
}

#[test]
fn cell_that_a_spreadsheet_would_run_is_guarded() {
    let email = "+cmd@x.example".parse().expect("an e-mail of the test");
    let exported = ExportedChange::of_entry(&entry(1, Change::DeleteUser { email }, None));
    let acme = organisation("https://acme.example/");
    let text = to_csv(&acme, &[exported], &iso);
    assert!(text.contains(",'+cmd@x.example,"), "{text}");
}

#[test]
fn json_has_the_values_as_objects() {
    let code = |origin, received_at| CodeFacts {
        origin,
        received_at,
    };
    let local = LocalEntry::new(
        9,
        0,
        LocalChange::ReplaceCode {
            domain: domain("a.example"),
            old: code(CodeOrigin::Added, 3),
            new: code(CodeOrigin::Pasted, 0),
        },
    );
    let deleted = entry(5, Change::DeleteUser { email: ada() }, None);
    let exported = [
        ExportedChange::of_local(&local, &iso),
        ExportedChange::of_entry(&deleted),
    ];
    let acme = organisation("https://acme.example/");
    let text = to_json(&acme, &exported, Some(2), 11, &iso);
    let written: Value = serde_json::from_str(&text).expect("JSON");
    let expected = json!({
        "format": "switchboard-activity",
        "version": 1,
        "connection": "https://acme.example/",
        "exportedAt": "T11",
        "completeSince": "T2",
        "entries": [
            {"time": "T9", "change": "replaceCode", "domain": "a.example",
             "old": {"codeOrigin": "added", "codeReceived": "T3"}, "new": {"codeOrigin": "pasted"},
             "outcome": "worked", "undone": false},
            {"time": "T5", "change": "deleteUser", "operator": "ada@x.example",
             "old": null, "new": {"exists": "no"}, "outcome": "worked", "undone": false},
        ],
    });
    assert_eq!(written, expected);
}

#[test]
fn local_changes_are_exported_with_what_they_did() {
    let code = CodeFacts {
        origin: CodeOrigin::Chosen,
        received_at: 3,
    };
    let a = || domain("a.example");
    for (local, expected) in [
        (
            LocalChange::ImportWorkspace {
                file: "w.json".to_owned(),
                new: 1,
                changed: 2,
                codes: 2,
                replaced: 1,
                domains: vec![a()],
            },
            [
                "importWorkspace",
                "",
                "",
                "file=w.json; new=1; changed=2; codes=2; replaced=1; domains=a.example",
            ],
        ),
        (
            LocalChange::of_undone_import("w.json", 3),
            ["undoImport", "", "", "file=w.json; restored=3"],
        ),
        (
            LocalChange::ForgetDomain {
                domain: a(),
                code: Some(code),
            },
            [
                "forgetDomain",
                "a.example",
                "known=yes; codeOrigin=imported; codeReceived=T3",
                "known=no",
            ],
        ),
        (
            LocalChange::RestoreDomain {
                domain: a(),
                code: None,
            },
            ["restoreDomain", "a.example", "known=no", "known=yes"],
        ),
        (
            LocalChange::DeleteRecord {
                record: "a.example".to_owned(),
            },
            ["deleteRecord", "", "record=a.example", "known=no"],
        ),
    ] {
        let exported = ExportedChange::of_local(&LocalEntry::new(1, 0, local), &iso);
        let row = csv_of(&[exported]).remove(1);
        assert_eq!([2, 4, 5, 6].map(|cell| row[cell].as_str()), expected);
    }
}
