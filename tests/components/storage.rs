//! Tests the workspace with the browser's real storage.

use leptos::prelude::*;
use switchboard::browser::database::{Database, Texts};
use switchboard::browser::storage::Area;
use switchboard::i18n::Text;
use switchboard::journal::ChangeJournal;
use switchboard::ui::{KeptMessages, Toaster, Toasts};
use switchboard::widgets::embed_codes::tell_kept;
use switchboard::workspace::KnownDomains;
use switchboard_api::{BaseUrl, DomainName, Email, EmbedCode};
use switchboard_model::bulk::{Outcome, Planned, Run, RunStore, Task};
use switchboard_model::journal::{Change, LocalChange, Seen};
use switchboard_model::workspace::file::{export, parse};
use switchboard_model::workspace::import::Choices;
use switchboard_model::workspace::{
    CodeOrigin, DiskChange, HeldCode, KeyValue, KnownDomain, OrganisationKey, PendingRename,
    StoreError,
};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, next_turn, until};

fn base_url() -> BaseUrl {
    "https://acme.example/"
        .parse()
        .expect("a base URL of the test")
}

fn name() -> DomainName {
    "shop.acme.example"
        .parse()
        .expect("a domain name of the test")
}

fn with_code(link: &str) -> KnownDomain {
    let code = EmbedCode {
        link: link.to_owned(),
        socket_link: "two".to_owned(),
    };
    let held = HeldCode {
        code,
        origin: CodeOrigin::Added,
        received_at: 1,
    };
    KnownDomain {
        held: Some(held),
        ..KnownDomain::new(name(), None, 1)
    }
}

#[component]
fn Scene(known: StoredValue<Option<(KnownDomains, ChangeJournal)>>) -> impl IntoView {
    let organisation = Box::leak(Box::new(OrganisationKey::of(&base_url())));
    let journal = ChangeJournal::provide(organisation);
    let domains = KnownDomains::provide(organisation, journal);
    known.set_value(Some((domains, journal)));
    move || {
        domains
            .listing()
            .map(|listing| listing.domains.len().to_string())
            .unwrap_or_else(|error| error.to_string())
    }
}

async fn scene() -> (Page, KnownDomains) {
    let (page, known, _journal) = scene_with_journal().await;
    (page, known)
}

async fn scene_with_journal() -> (Page, KnownDomains, ChangeJournal) {
    let known = StoredValue::new(None);
    let page = Page::show(move || view! { <p><Scene known /></p> }).await;
    let (known, journal) = known.get_value().expect("provided");
    known.is_on_disk().await;
    (page, known, journal)
}

fn empty_the_storage() {
    window()
        .local_storage()
        .expect("allowed")
        .expect("there")
        .clear()
        .expect("cleared");
}

#[wasm_bindgen_test]
async fn stored_code_is_read_back_exactly() {
    empty_the_storage();
    let (page, known) = scene().await;
    let kept = known
        .remember(with_code(" <script>\u{2028}\n</script>"))
        .expect("kept");
    next_turn().await;
    assert_eq!(page.text("p"), "1");
    drop(page);
    let (_page, after_reload) = scene().await;
    assert_eq!(after_reload.find_now(&name()), Some(kept));
}

#[wasm_bindgen_test]
async fn domain_added_in_another_tab_appears() {
    empty_the_storage();
    let (page, _known) = scene().await;
    assert_eq!(page.text("p"), "0");
    // Another tab writes: this one learns of it by the browser's event.
    let other_tab =
        switchboard_model::workspace::Workspace::new(Area::Local.open().expect("storage"));
    let organisation = OrganisationKey::of(&base_url());
    other_tab
        .remember(&organisation, with_code("x"))
        .expect("kept");
    window()
        .dispatch_event(&web_sys::Event::new("storage").expect("an event"))
        .expect("dispatched");
    until("the other tab's domain", || page.text("p") == "1").await;
}

#[wasm_bindgen_test]
async fn replaced_code_is_recorded_without_the_code() {
    empty_the_storage();
    let (_page, known, journal) = scene_with_journal().await;
    let local = || untrack(|| journal.recorded()).expect("readable").local;
    known.receive(with_code("old-code")).expect("kept");
    assert_eq!(local(), [], "there was none before");
    known.receive(with_code("old-code")).expect("kept");
    assert_eq!(local(), [], "the same code");
    known.receive(with_code("new-code")).expect("kept");
    let recorded = local();
    let [entry] = recorded.as_slice() else {
        panic!("one entry: {recorded:?}");
    };
    let LocalChange::ReplaceCode { domain, .. } = &entry.local else {
        panic!("a replaced code: {entry:?}");
    };
    assert_eq!(*domain, name());
    assert!(!entry.to_text().contains("-code"), "{entry:?}");
}

#[wasm_bindgen_test]
async fn former_code_replaces_only_the_code_that_replaced_it() {
    empty_the_storage();
    let (_page, known) = scene().await;
    let code_of = |record: &KnownDomain| record.held.as_ref().map(|held| held.code.clone());
    let [first, second, third] = ["first", "second", "third"].map(with_code);
    let shown = code_of(&second).expect("a code");
    let now = || code_of(&known.find_now(&name()).expect("known"));
    known.receive(first.clone()).expect("kept");
    known.receive(second).expect("kept");
    assert_eq!(known.receive_former(first.clone(), &shown), Ok(true));
    assert_eq!(now(), code_of(&first));
    known.receive(third.clone()).expect("kept");
    assert_eq!(known.receive_former(first, &shown), Ok(false));
    assert_eq!(now(), code_of(&third));
}

#[wasm_bindgen_test]
async fn displaced_code_and_its_deletion_are_recorded() {
    empty_the_storage();
    let (_page, known, journal) = scene_with_journal().await;
    let rename = PendingRename {
        from: "old.acme.example".parse().expect("a domain of the test"),
        to: name(),
    };
    known.receive(with_code("displaced")).expect("kept");
    let moved = KnownDomain {
        name: rename.from.clone(),
        ..with_code("moved")
    };
    known.receive(moved).expect("kept");
    known.begin_rename(&rename).expect("noted");
    known.finish_rename(&rename).expect("moved");
    let aside = known.listing_now().expect("readable").quarantined;
    known.delete_quarantined(&aside[0]).expect("deleted");
    let recorded = untrack(|| journal.recorded()).expect("readable").local;
    // Both may be of the same millisecond.
    let count =
        |is: fn(&LocalChange) -> bool| recorded.iter().filter(|entry| is(&entry.local)).count();
    assert_eq!(
        count(|local| matches!(local, LocalChange::ReplaceCode { .. })),
        1
    );
    assert_eq!(
        count(|local| matches!(local, LocalChange::DeleteRecord { .. })),
        1
    );
    assert_eq!(recorded.len(), 2);
}

#[wasm_bindgen_test]
async fn restored_record_of_a_known_domain_is_no_restored_domain() {
    empty_the_storage();
    let (_page, known, journal) = scene_with_journal().await;
    let aside = format!(
        "switchboard/1/aside/domain/https://acme.example/ {}",
        name()
    );
    let mut recorded = Vec::new();
    // The domain is unknown, then known without a change of its code, then its record has a newer code.
    for (link, received_at) in [("one", 1), ("one", 1), ("two", 2)] {
        let mut record = with_code(link);
        if let Some(held) = &mut record.held {
            held.received_at = received_at;
        }
        let storage = Area::Local.open().expect("storage");
        storage.set(&aside, &record.to_text()).expect("room");
        known.read_again();
        let quarantined = known.listing_now().expect("readable").quarantined;
        let restored = known.restore_quarantined(&quarantined[0]);
        assert_eq!(restored.map(|it| it.map(|it| it.known)), Ok(Ok(record)));
        let entries = untrack(|| journal.recorded()).expect("readable").local;
        let is_restored = |local: &LocalChange| matches!(local, LocalChange::RestoreDomain { .. });
        let restored = entries.iter().filter(|one| is_restored(&one.local)).count();
        recorded.push((restored, entries.len() - restored));
    }
    assert_eq!(recorded, [(1, 0), (1, 0), (1, 1)]);
}

#[wasm_bindgen_test]
async fn deletion_counts_until_its_object_is_added_again() {
    empty_the_storage();
    let (_page, _known, journal) = scene_with_journal().await;
    let email: Email = "ada@acme.example".parse().expect("an e-mail of the test");
    let deletion = Change::DeleteUser {
        email: email.clone(),
    };
    let addition = Change::AddOperator {
        email,
        name: "Ada".to_owned(),
    };
    let organisation = OrganisationKey::of(&base_url());
    let runs = RunStore::new(Area::Local.open().expect("storage"), &organisation);
    let run = |id, change: &Change| {
        let rows = vec![Planned::from(Task::Change(change.clone()))];
        let mut run = Run::of_tasks(id, rows);
        runs.begin(&mut run).expect("room");
        let _ = run.next(1);
        run.settle(0, Outcome::Done);
        runs.keep(&mut run).expect("room");
    };
    let sent = journal.begin(deletion.clone(), Vec::new(), None);
    let unclear = journal.recorded().expect("storage").changes;
    assert_eq!(unclear, std::slice::from_ref(&sent), "it is in flight");
    assert_eq!(journal.deleted_at(&deletion), None);
    journal.end(sent.clone(), None);
    assert_eq!(journal.recorded().expect("storage").changes, []);
    journal.end(sent, Some(Seen::Worked));
    let alone = journal.deleted_at(&deletion).expect("a deletion");
    run(alone - 1, &addition);
    assert_eq!(journal.deleted_at(&deletion), Some(alone), "an older run");
    run(alone + 1, &addition);
    assert_eq!(journal.deleted_at(&deletion), None, "it was added again");
    run(alone + 2, &deletion);
    assert_eq!(journal.deleted_at(&deletion), Some(alone + 2));
}

#[wasm_bindgen_test]
async fn import_and_its_undo_are_recorded_once_each() {
    empty_the_storage();
    let (_page, known, journal) = scene_with_journal().await;
    let organisation = OrganisationKey::of(&base_url());
    let file = parse(&export(&organisation, &[with_code("x")], 1)).expect("a workspace file");
    let import = || {
        known
            .import("w.json", &file, &Choices::new())
            .expect("imported")
    };
    import();
    // It contains nothing new.
    import();
    let last = untrack(|| known.last_import()).expect("an import to undo");
    known.undo_import(&last).expect("undone");
    let recorded = untrack(|| journal.recorded()).expect("readable").local;
    let told: Vec<_> = recorded.into_iter().map(|entry| entry.local).collect();
    let imported = LocalChange::ImportWorkspace {
        file: "w.json".to_owned(),
        new: 1,
        changed: 0,
        codes: 1,
        replaced: 0,
        domains: Vec::new(),
    };
    let undone = LocalChange::of_undone_import("w.json", 1);
    assert!(told.contains(&imported), "{told:?}");
    assert!(told.contains(&undone), "{told:?}");
    assert_eq!(told.len(), 2);
}

#[wasm_bindgen_test]
async fn a_full_storage_is_told_and_loses_nothing() {
    empty_the_storage();
    let (_page, known) = scene().await;
    known.remember(with_code("first")).expect("kept");
    let storage = window().local_storage().expect("allowed").expect("there");
    let prototype = js_sys::Object::get_prototype_of(&storage);
    let real = js_sys::Reflect::get(&prototype, &"setItem".into()).expect("setItem");
    let full = Closure::<dyn Fn()>::new(|| wasm_bindgen::throw_str("QuotaExceededError"));
    js_sys::Reflect::set(&prototype, &"setItem".into(), full.as_ref().unchecked_ref())
        .expect("set");
    let refused = known.remember(KnownDomain {
        known_since: 2,
        ..with_code("second")
    });
    js_sys::Reflect::set(&prototype, &"setItem".into(), &real).expect("set back");
    assert_eq!(refused, Err(StoreError::Full));
    assert_eq!(
        known
            .find_now(&name())
            .and_then(|known| known.held)
            .map(|held| held.code.link),
        Some("first".to_owned())
    );
}

#[wasm_bindgen_test]
fn the_two_storages_are_two() {
    let (local, session) = (
        Area::Local.open().expect("storage"),
        Area::Session.open().expect("storage"),
    );
    session.set("only-here", "x").expect("room");
    assert_eq!(local.get("only-here"), Ok(None));
    assert_eq!(session.get("only-here"), Ok(Some("x".to_owned())));
    session.remove("only-here").expect("removed");
}

/// Returns the texts on disk about the domain and the organisation of these tests.
async fn on_disk() -> Texts {
    let database = Database::open("switchboard").await.expect("a database");
    let mut texts = Texts::new();
    let mut read = |all| {
        texts = all;
        Some(Vec::new())
    };
    assert!(database.revise(true, &mut read).await.is_some());
    texts.retain(|(key, _)| key.ends_with("/https://acme.example/ shop.acme.example"));
    texts
}

#[wasm_bindgen_test]
async fn disk_copy_follows_confirmed_writes_and_removals() {
    empty_the_storage();
    let (_page, known) = scene().await;
    let kept = known.remember(with_code("kept")).expect("kept");
    assert!(known.is_on_disk().await);
    let texts = on_disk().await;
    assert_eq!(texts.len(), 2, "the code, and the record: {texts:?}");
    for (_, text) in &texts {
        assert!(text.ends_with(&kept.to_text()), "{text}");
    }
    known.forget(&name()).expect("forgotten");
    assert!(known.is_on_disk().await);
    assert_eq!(on_disk().await, []);
    let left = Area::Local.open().and_then(|storage| storage.keys());
    let since = "switchboard/1/journal-since/https://acme.example/";
    assert_eq!(
        left,
        Ok(vec![since.to_owned()]),
        "nor is there a note of it"
    );
}

#[wasm_bindgen_test]
async fn warning_about_the_disk_goes_once_the_code_is_there() {
    empty_the_storage();
    let (_page, known) = scene().await;
    known.remember(with_code("kept")).expect("kept");
    let toasts = StoredValue::new(None);
    let page = Page::show(move || {
        toasts.set_value(Some(Toasts::provide()));
        view! { <main><KeptMessages /><Toaster dismiss="Dismiss" /></main> }
    })
    .await;
    let toasts = toasts.get_value().expect("provided");
    tell_kept(known, toasts, Text::DomainAdded, &name(), false);
    until("the disk has answered", || {
        let text = page.text("main");
        text.contains("is saved in this browser") && !text.contains("perhaps not on disk yet")
    })
    .await;
}

#[wasm_bindgen_test]
async fn next_write_restores_a_deleted_copy() {
    empty_the_storage();
    let (_page, known) = scene().await;
    known.remember(with_code("kept")).expect("kept");
    assert!(known.is_on_disk().await);
    assert!(Database::delete("switchboard").await);
    let other: DomainName = "other.acme.example".parse().expect("a domain name");
    known
        .remember(KnownDomain::new(other, None, 1))
        .expect("kept");
    assert!(known.is_on_disk().await);
    assert_eq!(on_disk().await.len(), 2);
}

#[wasm_bindgen_test]
async fn lost_records_are_restored_from_the_copy() {
    empty_the_storage();
    let (_page, known) = scene().await;
    let kept = known.remember(with_code("kept")).expect("kept");
    assert!(known.is_on_disk().await);
    let texts = on_disk().await;
    assert!(Database::delete("switchboard").await);
    // A new start of the browser: only the copy has the record.
    empty_the_storage();
    let database = Database::open("switchboard").await.expect("a database");
    let mut put = |_| {
        let put = |(key, text): &(String, String)| DiskChange::Put {
            key: key.clone(),
            text: text.clone(),
        };
        Some(texts.iter().map(put).collect())
    };
    assert!(database.revise(false, &mut put).await.is_some());
    database.close();
    known.read_again();
    assert_eq!(known.find_now(&name()), None);
    known.catch_up().await;
    assert_eq!(known.find_now(&name()), Some(kept));
}
