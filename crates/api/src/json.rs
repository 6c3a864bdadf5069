//! Lazy access to JSON text.
//!
//! Values are cut out of the text and parsed one by one instead of being built into a tree. Thousands of rows stay
//! cheap, a value of an unexpected shape affects only itself, and the bundle contains one small reader instead of one
//! for each type.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use switchboard_scan as scan;

pub(crate) use switchboard_scan::Member;

/// Returns the members of an object in order, or the parse error.
pub(crate) fn object(json: &str) -> Result<Vec<Member<'_>>, serde_json::Error> {
    match scan::members(json) {
        Some(members) => Ok(members),
        None => serde_json::from_str::<Members<'_>>(json).map(|members| members.0),
    }
}

/// Returns the members of an object in order; `None` if it is not an object.
pub(crate) fn members(json: &str) -> Option<Vec<Member<'_>>> {
    // Checked before parsing, here and below: a value of another kind is common, and the parser's error costs more
    // than the parsing.
    starts_with(json, '{').then(|| object(json).ok())?
}

/// Returns the elements of an array as JSON texts; `None` if it is not an array.
pub(crate) fn elements(json: &str) -> Option<Vec<&str>> {
    if !starts_with(json, '[') {
        return None;
    }
    scan::elements(json).or_else(|| {
        let elements: Vec<&RawValue> = serde_json::from_str(json).ok()?;
        Some(elements.into_iter().map(RawValue::get).collect())
    })
}

/// Iterates over an array in place, so that a list of thousands is scanned once.
pub(crate) struct Walk<'a> {
    json: &'a str,
    /// The position of the next element; `None` after the last one.
    next: Option<usize>,
    is_broken: bool,
}

/// One step of a walk.
pub(crate) enum Step<'a> {
    /// An object, as its members.
    Object(Vec<Member<'a>>),
    /// Anything else.
    Other,
}

impl<'a> Walk<'a> {
    /// Starts a walk over an array; returns `None` if it is not an array.
    pub(crate) fn along(json: &'a str) -> Option<Self> {
        let next = scan::first_element(json)?;
        Some(Self {
            json,
            next,
            is_broken: false,
        })
    }

    /// Returns whether the walk ended at a syntax error, or at a construct for the full parser. The elements before
    /// it must then be discarded.
    pub(crate) fn is_broken(&self) -> bool {
        self.is_broken
    }

    fn step(&self, start: usize) -> Option<(Step<'a>, usize)> {
        if let Some((members, end)) = scan::members_at(self.json, start) {
            return Some((Step::Object(members), end));
        }
        let end = scan::value_end(self.json.as_bytes(), start)?;
        let step = match members(&self.json[start..end]) {
            Some(members) => Step::Object(members),
            None => Step::Other,
        };
        Some((step, end))
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Step<'a>;

    fn next(&mut self) -> Option<Step<'a>> {
        let start = self.next.take()?;
        let next = self
            .step(start)
            .and_then(|(step, end)| Some((step, scan::element_after(self.json, end)?)));
        match next {
            Some((step, next)) => {
                self.next = next;
                Some(step)
            }
            None => {
                self.is_broken = true;
                None
            }
        }
    }
}

/// Returns the content of a string; `None` if it is not a string.
pub(crate) fn text(json: &str) -> Option<Cow<'_, str>> {
    if !starts_with(json, '"') {
        return None;
    }
    scan::plain_text(json).map(Cow::Borrowed).or_else(|| {
        let text = serde_json::from_str::<Text<'_>>(json).ok()?;
        Some(text.0)
    })
}

fn starts_with(json: &str, sign: char) -> bool {
    json.trim_start().starts_with(sign)
}

/// Returns a value as plain text: a string's content, nothing for null, and anything else as written.
pub(crate) fn plain(json: &str) -> Cow<'_, str> {
    let json = json.trim();
    match json {
        "null" => Cow::Borrowed(""),
        _ => text(json).unwrap_or(Cow::Borrowed(json)),
    }
}

/// Replaces each lone surrogate (`\ud800`) by U+FFFD. Otherwise the parser would reject the string, and with it the
/// list that contains it.
pub(crate) fn mended(json: &str) -> Cow<'_, str> {
    // Searching for one character is fast, and most answers contain no escapes.
    if !json.contains('\\') {
        return Cow::Borrowed(json);
    }
    let bytes = json.as_bytes();
    let mut mended = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|b| *b == b'\\'))
    {
        let start = at + found;
        at = match (code_unit(bytes, start), code_unit(bytes, start + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => start + 12,
            (Some(0xD800..=0xDFFF), _) => {
                mended.push_str(&json[copied..start]);
                mended.push_str("\\ufffd");
                copied = start + 6;
                copied
            }
            (Some(_), _) => start + 6,
            (None, _) => start + 2,
        };
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    mended.push_str(&json[copied..]);
    Cow::Owned(mended)
}

/// Returns the code unit of the escape `\uXXXX` at this position.
fn code_unit(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |unit, digit| {
        Some(unit << 4 | char::from(*digit).to_digit(16)? as u16)
    })
}

/// A text that borrows from the JSON if possible.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(TextVisitor)
    }
}

struct Members<'a>(Vec<Member<'a>>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;

        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((Text(name), value)) =
                    map.next_entry::<Text<'de>, &'de RawValue>()?
                {
                    members.push((name, value.get()));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(MembersVisitor)
    }
}

#[cfg(test)]
mod tests;
