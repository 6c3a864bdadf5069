//! Workspace files, and the effect of importing them.
//!
//! The parts of an input: a file that is imported first, a file that is imported next, a text in place of a record,
//! and a digit. The digit is the number of writes after which the storage stops (none: never). A letter after the
//! digit, or in its place, makes the second file's codes replace the stored ones. If the first part is no file, it
//! describes both files: a letter for each domain, with the second file's letters after a `/`.

use std::collections::BTreeMap;

use switchboard_api::EmbedCode;
use switchboard_model::workspace::file::{FileError, WorkspaceFile, export, parse};
use switchboard_model::workspace::import::{Choices, ImportChange, Imported, Stays, import, plan};
use switchboard_model::workspace::{
    CodeOrigin, HeldCode, KnownDomain, Listing, OrganisationKey, Workspace, undo_import,
};

use crate::input::{parts, text};
use crate::memory::Memory;

/// The number of domains in the files of a description: domains do not affect each other, except through their order
/// and the point where the storage stops.
const NAMES: u8 = 3;
/// The prefix of the keys of the organisation's records.
const PREFIX: &str = "switchboard/1/domain/https://acme.example/ ";
/// The prefix of the keys of embed codes, which are stored separately, too.
const CODES: &str = "switchboard/1/code/";
/// The time of the imports.
const NOW: u64 = 1_795_478_400_000;

/// Checks the property for these bytes.
pub fn check(data: &[u8]) {
    let text = text(data);
    let [first, second, record, stop] = parts(&text);
    let (first, second) = match ask_of_file(first) {
        Some(file) => (file, ask_of_file(second)),
        None => planned(first),
    };
    let Some(second) = second else {
        return;
    };
    let memory = Memory::default();
    let storage = Workspace::new(&memory);
    let organisation = organisation();
    memory.texts.borrow_mut().extend([
        ("another page's".to_owned(), "own".to_owned()),
        (format!("{PREFIX}damaged.example"), record.to_owned()),
    ]);
    import(&storage, &organisation, &first, &Choices::new(), NOW);
    let has_choices = stop.bytes().any(|letter| letter.is_ascii_alphabetic());
    let mut stop = stop.bytes();
    if let Some(writes @ b'0'..=b'9') = stop.next() {
        memory.writes_left.set(Some(usize::from(writes - b'0')));
        memory.is_full.set(stop.next().is_some());
    }
    ask_of_import(&memory, &organisation, &second, has_choices);
    assert!(
        memory.copy().values().any(|text| text == record) || KnownDomain::from_text(record).is_ok(),
        "a record that could not be read is gone"
    );
}

fn organisation() -> OrganisationKey {
    let url = "https://acme.example/".parse().expect("a base URL");
    OrganisationKey::of(&url)
}

/// Checks that an accepted file survives a round trip, and is not accepted in part.
fn ask_of_file(text: &str) -> Option<WorkspaceFile> {
    let file = match parse(text) {
        Ok(file) => file,
        Err(error) => {
            let last = 1 + text.matches('\n').count();
            if let FileError::Damaged { line } = error {
                assert!((1..=last).contains(&line), "{line} of {last} lines");
            }
            assert!(!error.to_string().is_empty());
            return None;
        }
    };
    let written = export(&file.organisation, &file.domains, file.exported_at);
    assert_eq!(parse(&written).as_ref(), Ok(&file), "written and read");
    // A single position, because each costs a complete parse.
    let cut = text.len() % (written.len() - 2);
    if let Some(start) = written.get(..cut) {
        let told = parse(start);
        let is_cut = matches!(told, Err(FileError::CutOff | FileError::NotJson));
        assert!(is_cut, "cut at {cut}: {told:?}");
    }
    Some(file)
}

/// Creates two files from a few letters, so that the ways in which records meet are tried one by one.
fn planned(letters: &str) -> (WorkspaceFile, Option<WorkspaceFile>) {
    let (first, second) = letters.split_once('/').unwrap_or((letters, letters));
    let file = |letters: &str, start: u8| {
        let mut domains = BTreeMap::new();
        for (at, pair) in letters.as_bytes().chunks(2).take(8).enumerate() {
            let known = domain(pair[0], pair.last().copied().unwrap_or(start), at);
            domains.insert(known.name.clone(), known);
        }
        WorkspaceFile {
            organisation: organisation(),
            exported_at: 0,
            domains: domains.into_values().rev().collect(),
        }
    };
    (file(first, 0), Some(file(second, 1)))
}

/// Creates a domain from two bytes: its name, and what is known of it.
fn domain(which: u8, what: u8, at: usize) -> KnownDomain {
    let name = format!("{}.example", char::from(b'a' + which % NAMES));
    let codes = ["", "<script src=\"//x/a.js\"></script>", "b", "\u{1f600}\n"];
    let code = EmbedCode {
        link: codes[usize::from(which / 8 % 4)].to_owned(),
        socket_link: codes[usize::from(what % 3)].to_owned(),
    };
    let held = HeldCode {
        code,
        origin: CodeOrigin::Pasted,
        received_at: u64::from(what / 8 % 4),
    };
    KnownDomain {
        name: name.parse().expect("a domain name"),
        email: (what.is_multiple_of(2)).then(|| format!("{at}@x").parse().expect("an address")),
        held: (what % 4 != 3).then_some(held),
        code_copied: which >= 128,
        operator_seen: false,
        known_since: u64::from(what / 64),
    }
}

/// Returns the choice of every code of a file over the stored one.
fn all(listing: &Listing) -> Choices {
    let held = listing.domains.iter();
    held.filter_map(|known| Some((known.name.clone(), known.held.clone()?.code)))
        .collect()
}

fn ask_of_import(
    memory: &Memory,
    organisation: &OrganisationKey,
    file: &WorkspaceFile,
    has_choices: bool,
) {
    let storage = Workspace::new(memory);
    let before = storage.list(organisation).expect("reading never stops");
    let texts = memory.copy();
    let choices = if has_choices {
        all(&before)
    } else {
        Choices::new()
    };
    let plan = plan(file, &before, &choices, NOW);
    assert_eq!(memory.copy(), texts, "a plan touches nothing");
    let counts = plan.counts();
    assert_eq!(
        counts.new + counts.changed + counts.unchanged,
        file.domains.len()
    );

    let imported = import(&storage, organisation, file, &choices, NOW);
    if !has_choices {
        let stays = |change: &ImportChange| {
            !matches!(
                change,
                ImportChange::OtherCode {
                    stays: Stays::File,
                    ..
                }
            )
        };
        assert!(
            imported.done.steps.iter().all(|step| stays(&step.change)),
            "replaced unasked"
        );
    }
    let done = &imported.done.steps;
    assert_eq!(done[..], plan.steps[..done.len()], "as it was shown");
    let is_whole = imported.stopped.is_none();
    assert_eq!(is_whole, done.len() == file.domains.len());
    let after = storage.list(organisation).expect("reading never stops");
    assert_nothing_lost(&before, &after, &imported);
    assert_all_there(file, &after, &imported);
    let reached: Vec<&str> = file.domains[..done.len()]
        .iter()
        .map(|known| known.name.as_str())
        .collect();
    for (key, text) in &texts {
        let record = key.strip_prefix(PREFIX);
        let code = key.strip_prefix(CODES).and_then(|key| key.split_once(' '));
        // A record that did not fit into quarantine before may fit by now.
        let own = |known: KnownDomain| record == Some(known.name.as_str());
        let is_whole = record.is_none() || KnownDomain::from_text(text).is_ok_and(own);
        let name = record.or(code.map(|(_organisation, name)| name));
        if is_whole && !name.is_some_and(|name| reached.contains(&name)) {
            let same = memory.texts.borrow().get(key) == Some(text);
            assert!(same, "{key} was changed, and is none of the file's");
        }
    }
    if is_whole {
        memory.writes_left.set(None);
        let texts = memory.copy();
        let again = import(&storage, organisation, file, &choices, NOW);
        assert_eq!(again.done.counts().codes, 0, "a code came twice");
        assert_eq!(memory.copy(), texts, "importing again changes nothing");
    }
    memory.writes_left.set(None);
    let undone = undo_import(&storage, organisation, &imported.undo);
    let is_undone = (undone.restored, undone.stopped) == (imported.undo.len(), None);
    assert!(is_undone, "{:?} is left", undone.changed_since);
    let now = storage.list(organisation).expect("reading never stops");
    assert_eq!(now.domains, before.domains, "taken back");
}

/// Asserts that known domains stay known, and that a stored code is still stored, or was returned to be shown.
fn assert_nothing_lost(before: &Listing, after: &Listing, imported: &Imported) {
    for known in &before.domains {
        let now = after.domains.iter().find(|now| now.name == known.name);
        let now = now.expect("a domain that was known");
        assert!(now.code_copied >= known.code_copied && now.operator_seen == known.operator_seen);
        assert!(known.email.is_none() || now.email == known.email);
        assert!(known.known_since == 0 || (1..=known.known_since).contains(&now.known_since));
        let Some(held) = &known.held else {
            continue;
        };
        let stays = now.held.as_ref().is_some_and(|now| now.code == held.code);
        let was_told = imported.done.steps.iter().any(|step| {
            step.name == known.name
                && matches!(&step.change, ImportChange::OtherCode { stays: Stays::File, here, .. } if here == held)
        });
        let is_empty = held.code == EmbedCode::default();
        assert!(stays || was_told || is_empty, "the code of {}", known.name);
    }
    for aside in &before.quarantined {
        let is_there = after.quarantined.iter().any(|now| now.text == aside.text);
        assert!(is_there, "{} was set aside", aside.key);
    }
}

/// Asserts that everything reported as imported is there.
fn assert_all_there(file: &WorkspaceFile, after: &Listing, imported: &Imported) {
    for (entry, step) in file.domains.iter().zip(&imported.done.steps) {
        let now = after.domains.iter().find(|now| now.name == entry.name);
        let now = now.expect("a domain of the file");
        let Some(held) = &entry.held else {
            continue;
        };
        let came = now.held.as_ref().is_some_and(|now| now.code == held.code);
        let was_told = matches!(&step.change, ImportChange::OtherCode { stays: Stays::Here, file, .. }
            if file.code == held.code);
        let is_empty = held.code == EmbedCode::default();
        assert!(came || was_told || is_empty, "the code of {}", entry.name);
        assert!(!(came && was_told), "{} came and did not", entry.name);
    }
}
