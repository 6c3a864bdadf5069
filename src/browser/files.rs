//! Files: giving one to the user, and reading one that the user gave.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

/// For how long the browser may take to begin saving.
const SAVING: Duration = Duration::from_secs(60);

/// Why a file could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// It has more bytes than asked for; it was not opened. How many it has.
    TooLarge(usize),
    /// The browser could not read it: it is gone, or the user may not read it.
    Unreadable,
}

/// Has the browser save a text as a file, where it saves downloads. False when it has no means to.
pub fn download(name: &str, media_type: &str, text: &str) -> bool {
    try_download(name, media_type, text).is_ok()
}

fn try_download(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    // Not ours to route: the router looks at clicks on links.
    link.set_rel("external");
    let body = document().body().ok_or(JsValue::NULL)?;
    body.append_child(&link)?;
    link.click();
    link.remove();
    // The browser reads the text after the click: taken back at once, the file would be empty in some.
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        SAVING,
    );
    Ok(())
}

/// The text of a file in UTF-8; what is not UTF-8 becomes replacement characters.
///
/// # Errors
/// [`ReadError`].
pub async fn read_text(file: &File, max_bytes: usize) -> Result<String, ReadError> {
    check_size(file, max_bytes)?;
    let text = JsFuture::from(file.text()).await;
    text.ok()
        .and_then(|text| text.as_string())
        .ok_or(ReadError::Unreadable)
}

/// The bytes of a file, whatever they mean.
///
/// # Errors
/// [`ReadError`].
pub async fn read_bytes(file: &File, max_bytes: usize) -> Result<Vec<u8>, ReadError> {
    check_size(file, max_bytes)?;
    let buffer = JsFuture::from(file.array_buffer()).await;
    let buffer = buffer.map_err(|_| ReadError::Unreadable)?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

fn check_size(file: &File, max_bytes: usize) -> Result<(), ReadError> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is a whole, positive number; one beyond usize is beyond the limit as well"
    )]
    let bytes = file.size() as usize;
    if bytes > max_bytes {
        return Err(ReadError::TooLarge(bytes));
    }
    Ok(())
}
