//! A lock that one tab of this browser holds at a time (Web Locks API).

use futures_channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Missing outside a secure context.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = request)]
    fn request(name: &str, options: &Object, granted: &JsValue) -> Result<Promise, JsValue>;
}

/// A lock that is held until this is dropped or the tab closes.
#[derive(Debug)]
pub struct Lock {
    /// Resolves the promise that keeps the lock held. `None` if the browser has no locks.
    release: Option<Function>,
}

impl Lock {
    /// Returns whether no other tab can hold it. False if the browser has no locks.
    #[must_use]
    pub fn excludes_others(&self) -> bool {
        self.release.is_some()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// Takes the lock of this name, unless another tab holds it. Without the Web Locks API, returns a lock that excludes
/// no other tab.
pub async fn try_lock(name: &str) -> Option<Lock> {
    ask(name, true).await
}

/// Waits until no other tab holds the lock of this name, and takes it. Without the Web Locks API, returns a lock that
/// excludes no other tab.
pub async fn lock(name: &str) -> Option<Lock> {
    ask(name, false).await
}

async fn ask(name: &str, only_if_available: bool) -> Option<Lock> {
    let (tell, told) = oneshot::channel();
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if lock.is_null() {
            return JsValue::UNDEFINED;
        }
        let mut tell = Some(tell);
        Promise::new(&mut |release, _| {
            if let Some(tell) = tell.take() {
                let _ = tell.send(Lock {
                    release: Some(release),
                });
            }
        })
        .into()
    });
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &only_if_available.into());
    match request(name, &options, &granted) {
        // The sender is dropped if another tab holds the lock.
        Ok(_) => told.await.ok(),
        Err(_) => Some(Lock { release: None }),
    }
}
