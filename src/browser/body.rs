//! Reads the body of an answer chunk by chunk. The timeout applies to each chunk, so that a long body may take as
//! long as it needs.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::set_timeout_with_handle;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

/// The part of a body that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// The bytes that came.
    pub bytes: Vec<u8>,
    /// Whether the read was given up because no chunk came in time.
    pub is_stalled: bool,
}

/// Reads a body to its end, or until no chunk came for `idle`.
///
/// # Errors
/// The browser's error when the body breaks off or is aborted.
pub async fn read(stream: &ReadableStream, idle: Duration) -> Result<Body, JsValue> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let is_stalled = Rc::new(Cell::new(false));
    let mut bytes = Vec::new();
    loop {
        let give_up = {
            let (reader, is_stalled) = (reader.clone(), Rc::clone(&is_stalled));
            move || {
                is_stalled.set(true);
                // Ends the pending read. The outcome of the cancellation does not matter.
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
