//! Replaces the compiled-in English texts by the messages of another language, a table by id.
//!
//! English is the only language so far, so only tests read the table. The look-up would make the panel 8.3 kB larger
//! (brotli), because each text then passes its id and is returned through memory. A second language turns on
//! [`HAS_TRANSLATIONS`].

use std::cell::Cell;

use super::Text;

/// Whether the panel has a language besides English.
const HAS_TRANSLATIONS: bool = cfg!(test);

thread_local! {
    /// The messages in the order of the ids; no messages while the page is in English. A missing translation is an
    /// empty text.
    static MESSAGES: Cell<&'static [&'static str]> = const { Cell::new(&[]) };
}

/// Returns a text in the language of the page, or in English if it is not translated.
pub(super) fn of(text: Text) -> &'static str {
    if !HAS_TRANSLATIONS {
        return text.english;
    }
    let translated = MESSAGES.get().get(usize::from(text.id)).copied();
    translated
        .filter(|message| !message.is_empty())
        .unwrap_or(text.english)
}

/// Sets the messages of the language of the page.
#[cfg(test)]
pub(super) fn set(messages: &'static [&'static str]) {
    MESSAGES.set(messages);
}
