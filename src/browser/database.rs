//! A key-value database of texts on this device (IndexedDB with strict durability): its writes are on disk once they
//! complete.
//!
//! Bound by hand, because `web-sys` has the durability option only in its unstable API.

use js_sys::{Array, Function, Object, Promise, Reflect};
use switchboard_model::workspace::DiskChange;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The name of the only object store.
const STORE: &str = "texts";

#[wasm_bindgen]
extern "C" {
    type Factory;
    #[wasm_bindgen(method, catch)]
    fn open(this: &Factory, name: &str) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = deleteDatabase)]
    fn delete_database(this: &Factory, name: &str) -> Result<Request, JsValue>;

    #[derive(Clone)]
    type Request;
    #[wasm_bindgen(method, catch, getter)]
    fn result(this: &Request) -> Result<JsValue, JsValue>;

    #[derive(Clone, Debug)]
    type Connection;
    #[wasm_bindgen(method, catch, js_name = createObjectStore)]
    fn create_object_store(this: &Connection, name: &str) -> Result<Store, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Connection,
        store: &str,
        mode: &str,
        options: &Object,
    ) -> Result<Transaction, JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &Connection);

    type Transaction;
    #[wasm_bindgen(method, catch, js_name = objectStore)]
    fn object_store(this: &Transaction, name: &str) -> Result<Store, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn commit(this: &Transaction) -> Result<(), JsValue>;

    type Store;
    #[wasm_bindgen(method, catch, js_name = getAll)]
    fn get_all(this: &Store) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAllKeys)]
    fn get_all_keys(this: &Store) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn put(this: &Store, text: &str, key: &str) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn delete(this: &Store, key: &str) -> Result<Request, JsValue>;
}

/// An open database. It closes when another tab deletes it; later operations fail.
#[derive(Clone, Debug)]
pub struct Database(Connection);

/// The content of a database, ordered by key.
pub type Texts = Vec<(String, String)>;

/// Computes the changes from the content of a database; `None` changes nothing.
pub type Revision<'a> = &'a mut dyn FnMut(Texts) -> Option<Vec<DiskChange>>;

impl Database {
    /// Opens the database of this name, and creates it if there is none. Returns `None` if the browser does not allow
    /// it.
    pub async fn open(name: &str) -> Option<Self> {
        try_open(name).await.ok()
    }

    /// Deletes the database of this name once every tab has closed it. Returns false if the browser does not allow
    /// it.
    pub async fn delete(name: &str) -> bool {
        let Some(factory) = factory() else {
            // Then no database was ever created.
            return true;
        };
        match factory.delete_database(name) {
            Ok(request) => answer(request).await.is_ok(),
            Err(_) => false,
        }
    }

    /// Closes the database.
    pub fn close(&self) {
        self.0.close();
    }

    /// Runs one transaction, so that no other tab accesses the database between the read and the write. `revision`
    /// gets the content, or nothing if `is_read` is false. Returns the changes once they are on disk.
    pub async fn revise(&self, is_read: bool, revision: Revision<'_>) -> Option<Vec<DiskChange>> {
        self.try_revise(is_read, revision).await.ok()
    }

    async fn try_revise(
        &self,
        is_read: bool,
        revision: Revision<'_>,
    ) -> Result<Vec<DiskChange>, JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let transaction = self.0.transaction(STORE, "readwrite", &options)?;
        let done = outcome(&transaction, "oncomplete", "onabort");
        let store = transaction.object_store(STORE)?;
        let held = if is_read {
            // Both requests start before the first is awaited.
            let (keys, texts) = (answer(store.get_all_keys()?), answer(store.get_all()?));
            texts_of(&keys.await?, &texts.await?)
        } else {
            Texts::new()
        };
        let changes = revision(held).ok_or(JsValue::NULL)?;
        for change in &changes {
            match change {
                DiskChange::Put { key, text } => store.put(text, key)?,
                DiskChange::Remove { key, .. } => store.delete(key)?,
            };
        }
        // The transaction would commit by itself, but not if the page closes now. A page in the background may also
        // be slow to do so, while every other page waits.
        let _ = transaction.commit();
        done.await?;
        Ok(changes)
    }
}

async fn try_open(name: &str) -> Result<Database, JsValue> {
    let request = factory().ok_or(JsValue::NULL)?.open(name)?;
    let new = request.clone();
    let make = Closure::<dyn Fn()>::new(move || {
        if let Ok(connection) = new.result() {
            let _ = connection
                .unchecked_into::<Connection>()
                .create_object_store(STORE);
        }
    });
    Reflect::set(&request, &"onupgradeneeded".into(), make.as_ref())?;
    let connection = answer(request).await?;
    let close: Function = Reflect::get(&connection, &"close".into())?.unchecked_into();
    Reflect::set(
        &connection,
        &"onversionchange".into(),
        &close.bind0(&connection),
    )?;
    Ok(Database(connection.unchecked_into()))
}

/// Returns the page's databases. They are missing, or fail with an error, if the browser blocks storage.
fn factory() -> Option<Factory> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into()).ok()?;
    factory.is_object().then(|| factory.unchecked_into())
}

fn answer(request: Request) -> impl Future<Output = Result<JsValue, JsValue>> {
    let outcome = outcome(&request, "onsuccess", "onerror");
    async move {
        outcome.await?;
        request.result()
    }
}

/// Resolves with the event that comes first. Listens from now on, before it is awaited.
fn outcome(of: &JsValue, good: &str, bad: &str) -> JsFuture {
    JsFuture::from(Promise::new(&mut |resolve, reject| {
        let _ = Reflect::set(of, &good.into(), &resolve);
        let _ = Reflect::set(of, &bad.into(), &reject);
    }))
}

fn texts_of(keys: &JsValue, texts: &JsValue) -> Texts {
    let text = |value: JsValue| value.as_string();
    let (keys, texts) = (Array::from(keys), Array::from(texts));
    keys.iter()
        .zip(texts.iter())
        .filter_map(|(key, held)| Some((text(key)?, text(held)?)))
        .collect()
}
