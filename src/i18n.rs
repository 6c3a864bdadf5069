//! The texts of the panel, and how a language writes numbers, lists and plural forms.
//!
//! A text is an id and its English (`english.rs`). The English is a message in the syntax of ICU MessageFormat, as far as `message.rs`
//! reads it: `{name}` is filled in, and `{count, plural, one {# operator} other {# operators}}` follows the rules of the language. Another
//! language is a table of messages by id (`translation.rs`). No page names a language.

#[macro_use]
mod table;
mod english;
mod intl;
mod message;
mod translation;

pub use english::Text;
pub use intl::{decimal, enumeration, list, number};

/// The locale of the page: of its numbers, lists, plural forms, dates and times.
#[must_use]
pub fn locale() -> &'static str {
    "en-GB"
}

/// Returns a text without placeholders.
#[must_use]
pub fn t(text: Text) -> &'static str {
    translation::of(text)
}

/// Returns a text with its placeholders filled in.
#[must_use]
pub fn tf(text: Text, values: &[(&str, &str)]) -> String {
    message::filled(t(text), values, &[])
}

/// Returns a text that depends on the number `count`.
#[must_use]
pub fn tn(text: Text, count: usize) -> String {
    message::filled(t(text), &[], &[("count", count)])
}

/// Returns a text that depends on several numbers, or on numbers and values.
#[must_use]
pub fn tc(text: Text, counts: &[(&str, usize)], values: &[(&str, &str)]) -> String {
    message::filled(t(text), values, counts)
}

/// Puts one whole sentence after another.
#[must_use]
pub fn sentences(first: &str, second: &str) -> String {
    [first, second].join(" ")
}

/// Puts short facts side by side, which together are no sentence.
#[must_use]
pub fn side_by_side(facts: &[String]) -> String {
    facts.join(" · ")
}

#[cfg(test)]
mod tests;
