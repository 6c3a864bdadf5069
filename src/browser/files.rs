//! Files: saving one for the user, and reading one that the user chose.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

/// How long the browser may take to begin saving.
const SAVING: Duration = Duration::from_secs(60);

/// Why a file could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The file has more bytes than allowed and was not opened; the number of its bytes.
    TooLarge(usize),
    /// The browser could not read it: it is gone, or the user may not read it.
    Unreadable,
}

/// Makes the browser save a text as a download. Returns false if the browser cannot.
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
    // Keeps the router from handling the click.
    link.set_rel("external");
    let body = document().body().ok_or(JsValue::NULL)?;
    body.append_child(&link)?;
    link.click();
    link.remove();
    // The browser reads the text after the click. In some browsers the file would be empty if the URL were revoked at
    // once.
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        SAVING,
    );
    Ok(())
}

/// Reads a file as UTF-8; invalid bytes become replacement characters.
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

/// Reads the bytes of a file.
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
