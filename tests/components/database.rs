//! Tests the database in the browser: confirmed writes are on disk, and a browser without databases loses nothing
//! else.

use std::time::Duration;

use js_sys::{Function, Object, Reflect};
use switchboard::browser::database::{Database, Texts};
use switchboard::browser::timeout::with_timeout;
use switchboard_model::workspace::DiskChange;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{next_turn, replace};

fn put(key: &str, text: &str) -> DiskChange {
    DiskChange::Put {
        key: key.to_owned(),
        text: text.to_owned(),
    }
}

fn remove(key: &str) -> DiskChange {
    DiskChange::Remove {
        key: key.to_owned(),
        note: None,
    }
}

async fn write(database: &Database, changes: Vec<DiskChange>) -> bool {
    let mut changes = Some(changes);
    database
        .revise(false, &mut |_| changes.take())
        .await
        .is_some()
}

async fn held(database: &Database) -> Texts {
    let mut held = Texts::new();
    let mut read = |texts| {
        held = texts;
        Some(Vec::new())
    };
    assert!(database.revise(true, &mut read).await.is_some());
    held
}

fn texts(all: &[(&str, &str)]) -> Texts {
    let owned = |(key, text): &(&str, &str)| ((*key).to_owned(), (*text).to_owned());
    all.iter().map(owned).collect()
}

#[wasm_bindgen_test]
async fn written_texts_are_read_back_exactly() {
    let database = Database::open("letters").await.expect("a database");
    let odd = " <script>\u{2028}\n\0</script>\u{1F4AC}";
    assert!(write(&database, vec![put("a", odd), put("b", "2"), put("c", "")]).await);
    assert!(
        write(
            &database,
            vec![remove("b"), remove("never there"), put("c", "3")]
        )
        .await
    );
    database.close();
    let again = Database::open("letters").await.expect("a database");
    assert_eq!(held(&again).await, texts(&[("a", odd), ("c", "3")]));
}

#[wasm_bindgen_test]
async fn transaction_sees_earlier_writes_of_other_tabs() {
    let one = Database::open("tabs").await.expect("a database");
    let other = Database::open("tabs").await.expect("a database");
    // Both are in flight at once, and are executed one after the other.
    let first = write(&one, vec![put("a", "1")]);
    let mut found = Texts::new();
    let mut overwrite = |texts| {
        found = texts;
        Some(vec![put("a", "2")])
    };
    let second = other.revise(true, &mut overwrite);
    assert!(first.await);
    assert!(second.await.is_some());
    assert_eq!(found, texts(&[("a", "1")]));
    assert_eq!(held(&one).await, texts(&[("a", "2")]));
}

#[wasm_bindgen_test]
async fn revision_without_changes_writes_nothing() {
    let database = Database::open("mind").await.expect("a database");
    assert!(write(&database, vec![put("a", "1")]).await);
    assert_eq!(database.revise(true, &mut |_| None).await, None);
    assert_eq!(held(&database).await, texts(&[("a", "1")]));
}

#[wasm_bindgen_test]
async fn deleted_database_closes_and_reopens_empty() {
    let open = Database::open("deleted").await.expect("a database");
    assert!(write(&open, vec![put("a", "1")]).await);
    assert!(Database::delete("deleted").await);
    assert!(!write(&open, vec![put("a", "2")]).await);
    let again = Database::open("deleted").await.expect("a database");
    assert_eq!(held(&again).await, Texts::new());
}

/// Does something while the browser's databases are replaced.
async fn with_databases<T>(databases: &JsValue, act: impl Future<Output = T>) -> T {
    let (window, name) = (js_sys::global(), JsValue::from("indexedDB"));
    let before = Reflect::get_own_property_descriptor(&window, &name).expect("its own");
    replace(&window, "indexedDB", databases);
    let result = act.await;
    let before = before.unchecked_into::<Object>();
    Reflect::define_property::<Object>(window.unchecked_ref(), &name, &before).expect("back");
    result
}

#[wasm_bindgen_test]
async fn missing_database_support_is_handled() {
    for none in [JsValue::UNDEFINED, JsValue::NULL] {
        assert!(
            with_databases(&none, Database::open("none"))
                .await
                .is_none()
        );
        assert!(with_databases(&none, Database::delete("none")).await);
    }
}

#[wasm_bindgen_test]
async fn forbidden_database_is_reported() {
    let forbidden = Object::new();
    let refuse = Function::new_no_args("throw new DOMException('no', 'SecurityError')");
    for method in ["open", "deleteDatabase"] {
        Reflect::set(&forbidden, &method.into(), &refuse).expect("set");
    }
    assert!(
        with_databases(&forbidden, Database::open("no"))
            .await
            .is_none()
    );
    assert!(!with_databases(&forbidden, Database::delete("no")).await);
}

#[wasm_bindgen_test]
async fn unresponsive_database_times_out() {
    let silent = Object::new();
    Reflect::set(&silent, &"open".into(), &Function::new_no_args("return {}")).expect("set");
    let opened = async { Database::open("silent").await.is_some() };
    let opened = with_timeout(Duration::from_millis(20), opened);
    assert!(with_databases(&silent, opened).await.is_none());
    // An answer in time is returned.
    let there = with_timeout(Duration::from_secs(60), async {
        next_turn().await;
        false
    });
    assert_eq!(there.await, Some(false));
}
