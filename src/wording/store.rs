//! Explains errors of the browser's storage in words.

use switchboard_model::workspace::StoreError;

use crate::i18n::{Text, t};

/// Explains an error of the browser's storage.
#[must_use]
pub fn store_error(error: StoreError) -> String {
    let text = match error {
        StoreError::Blocked => Text::StoreBlocked,
        StoreError::Full => Text::StoreFull,
        StoreError::NotKept => Text::StoreNotKept,
        StoreError::Forgotten => Text::StoreForgotten,
    };
    t(text).to_owned()
}
