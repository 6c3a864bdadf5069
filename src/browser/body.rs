//! The body of an answer, piece by piece: a long one may take as long as it likes while it goes on.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::set_timeout_with_handle;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

/// What was read of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its bytes, as far as they came.
    pub bytes: Vec<u8>,
    /// Whether no piece came for too long, so that the rest was given up.
    pub is_stalled: bool,
}

/// Reads a body to its end, or until no piece came for `idle`.
///
/// # Errors
/// What the browser says of a body that breaks off or is aborted.
pub async fn read(stream: &ReadableStream, idle: Duration) -> Result<Body, JsValue> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let is_stalled = Rc::new(Cell::new(false));
    let mut bytes = Vec::new();
    loop {
        let give_up = {
            let (reader, is_stalled) = (reader.clone(), Rc::clone(&is_stalled));
            move || {
                is_stalled.set(true);
                // Ends the read that is waited for. What the cancelling itself comes to concerns nobody.
                let _ = reader.cancel();
            }
        };
        let timer = set_timeout_with_handle(give_up, idle).ok();
        let piece = JsFuture::from(reader.read()).await;
        if let Some(timer) = timer {
            timer.clear();
        }
        let piece = piece?;
        if is_done(&piece) {
            break;
        }
        let value = js_sys::Reflect::get(&piece, &"value".into())?;
        let value: js_sys::Uint8Array = value.dyn_into()?;
        let from = bytes.len();
        bytes.resize(from + value.length() as usize, 0);
        value.copy_to(&mut bytes[from..]);
    }
    Ok(Body {
        bytes,
        is_stalled: is_stalled.get(),
    })
}

fn is_done(piece: &JsValue) -> bool {
    let done = js_sys::Reflect::get(piece, &"done".into());
    done.is_ok_and(|done| done.is_truthy())
}
