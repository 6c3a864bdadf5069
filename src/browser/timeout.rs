//! A timeout for futures, and a pause.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use futures_channel::oneshot;
use leptos::prelude::set_timeout;
use wasm_bindgen_futures::spawn_local;

/// Returns the output of `work`, or `None` after `limit`. The work continues nevertheless.
pub async fn with_timeout(
    limit: Duration,
    work: impl Future<Output = bool> + 'static,
) -> Option<bool> {
    let (tell, told) = oneshot::channel();
    let tell = Rc::new(Cell::new(Some(tell)));
    let late = Rc::clone(&tell);
    set_timeout(move || drop(late.take()), limit);
    spawn_local(async move {
        let result = work.await;
        if let Some(tell) = tell.take() {
            let _ = tell.send(result);
        }
    });
    told.await.ok()
}

/// Waits for this time.
pub async fn wait(time: Duration) {
    let (tell, told) = oneshot::channel::<()>();
    set_timeout(move || drop(tell), time);
    let _ = told.await;
}
