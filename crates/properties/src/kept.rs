//! The content of the browser's storage, whichever program wrote it: records of domains, entries of the journal, preferences,
//! runs.
//!
//! The parts of an input: the text of a record, an entry or the preferences; and the texts of a run, of this release
//! or an earlier one.

use switchboard_model::bulk::{KeptRun, Run, RunStore, Task};
use switchboard_model::journal::{Entry, Journal, LocalEntry, undoable};
use switchboard_model::preferences::Preferences;
use switchboard_model::workspace::{
    Everything, KnownDomain, OrganisationKey, RestoredRecord, Workspace,
};

use crate::input::{parts, text};
use crate::memory::Memory;

/// Checks the property for these bytes.
pub fn check(data: &[u8]) {
    let text = text(data);
    let [kept, plan, standing] = parts(&text);
    ask_of_record(kept);
    ask_of_entry(kept);
    let preferences = Preferences::from_text(kept);
    assert_eq!(Preferences::from_text(&preferences.to_text()), preferences);
    ask_of_run(plan, standing);
    ask_of_storage(kept, plan);
}

fn ask_of_record(kept: &str) {
    if let Ok(known) = KnownDomain::from_text(kept) {
        let again = KnownDomain::from_text(&known.to_text());
        assert_eq!(again.as_ref(), Ok(&known));
        let merged = known.clone().merged_with(known.clone());
        assert_eq!(merged, known, "with itself");
    }
}

fn ask_of_entry(kept: &str) {
    if let Some(entry) = Entry::from_text(kept) {
        let again = Entry::from_text(&entry.to_text());
        assert_eq!(again.as_ref(), Some(&entry));
        let both = [entry.clone(), entry];
        assert!(undoable(&both).len() == 2);
    }
    if let Some(entry) = LocalEntry::from_text(kept) {
        assert_eq!(LocalEntry::from_text(&entry.to_text()), Some(entry));
    }
}

fn ask_of_run(plan: &str, standing: &str) {
    ask_of_older_run(plan, standing);
    let head = r#"{"version":2,"id":5,"purpose":{"changes":{"rows":1}}}"#.to_owned();
    let blocks = [(0, standing.to_owned())].into();
    let plan = plan.to_owned();
    let Ok(run) = Run::<Task>::from_kept(&KeptRun { plan, head, blocks }) else {
        return;
    };
    let kept = run.to_kept().expect("a run that was read");
    let again = Run::<Task>::from_kept(&kept);
    assert_eq!(again.as_ref(), Ok(&run), "kept and read");
    assert_eq!(run.progress().running, 0, "nothing runs after a reload");
    let mut run = run.taken_up();
    assert!(run.next(6).is_empty(), "nothing starts by itself");
    let _ = run.undo();
}

/// Checks two texts in the format of an earlier release: whatever can be read is the same after it is stored in the
/// present format, and nothing else changes.
fn ask_of_older_run(plan: &str, standing: &str) {
    let memory = Memory::default();
    let organisation = "https://acme.example/".parse().expect("a base URL");
    let store = RunStore::new(&memory, &OrganisationKey::of(&organisation));
    let place = |part: &str| format!("switchboard/1/run/https://acme.example/ {part}");
    memory
        .texts
        .borrow_mut()
        .insert(place("plan"), plan.to_owned());
    if !standing.is_empty() {
        let standing = standing.to_owned();
        memory
            .texts
            .borrow_mut()
            .insert(place("standing"), standing);
    }
    let before = store.load().expect("an open storage");
    let taken = store.take_up().expect("an open storage");
    assert_eq!(taken.unreadable, before.unreadable);
    let after = store.load().expect("an open storage");
    assert_eq!(after.runs, before.runs, "kept anew");
    if before.unreadable > 0 {
        assert_eq!(
            memory.copy().get(&place("plan")).map(String::as_str),
            Some(plan)
        );
    }
}

/// Checks that reading the panel's keys, whatever their texts, loses nothing.
fn ask_of_storage(one: &str, other: &str) {
    let memory = Memory::default();
    let organisation = "https://acme.example/".parse().expect("a base URL");
    let organisation = OrganisationKey::of(&organisation);
    let place =
        |kind: &str, name: &str| format!("switchboard/1/{kind}/https://acme.example/ {name}");
    memory.texts.borrow_mut().extend([
        (place("domain", "a.example"), one.to_owned()),
        (place("domain", other), one.to_owned()),
        (place("aside/domain", "a.example"), other.to_owned()),
        (place("rename", "a.example"), other.to_owned()),
        (place("journal", "000000000000001-00000001"), one.to_owned()),
    ]);
    let before: Vec<String> = memory.copy().into_values().collect();
    let workspace = Workspace::new(&memory);
    let listing = workspace.list(&organisation).expect("an open storage");
    Everything::count(&&memory).expect("an open storage");
    let _ = Journal::new(&memory).list(&organisation);
    let after = memory.copy();
    for text in before {
        assert!(
            after.values().any(|there| *there == text),
            "{text:?} is gone"
        );
    }
    assert_eq!(
        workspace.list(&organisation).as_ref(),
        Ok(&listing),
        "a second look sees the same"
    );
    for record in &listing.quarantined {
        if let Ok(Ok(RestoredRecord { known, .. })) = workspace.restore_quarantined(record) {
            let again = workspace.list(&organisation).expect("an open storage");
            assert!(again.domains.contains(&known));
        } else {
            assert!(memory.copy().values().any(|there| *there == record.text));
        }
    }
}
