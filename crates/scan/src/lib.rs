//! Finds where values end in a JSON text.
//!
//! The results agree with `serde_json`, in a fraction of its time. Anything that is not plainly valid returns `None`;
//! the caller then asks `serde_json`, which also gives the reason.
//!
//! This is a crate of its own because only this code goes through every byte of an answer. It is compiled for speed,
//! the rest of the panel for size.

use std::borrow::Cow;

/// One member of an object: its name, and its value as JSON text.
pub type Member<'a> = (Cow<'a, str>, &'a str);

/// The maximum nesting depth: a `u64` has one bit for each level.
const DEEPEST: u32 = 64;

/// Returns the members of an object; `None` if it is not an object, or if `serde_json` has to decide.
#[must_use]
pub fn members(json: &str) -> Option<Vec<Member<'_>>> {
    let (members, end) = members_at(json, after_blanks(json.as_bytes(), 0))?;
    is_end(json.as_bytes(), end).then_some(members)
}

/// Returns the members of the object at `start`, and the index after it; `None` as for [`members`].
#[must_use]
pub fn members_at(json: &str, start: usize) -> Option<(Vec<Member<'_>>, usize)> {
    let bytes = json.as_bytes();
    if bytes.get(start) != Some(&b'{') {
        return None;
    }
    // Most objects have a handful of members.
    let mut members = Vec::with_capacity(8);
    let mut at = after_blanks(bytes, start + 1);
    if bytes.get(at) == Some(&b'}') {
        return Some((members, at + 1));
    }
    loop {
        let name_end = text_end(bytes, at)?;
        let name = &json[at + 1..name_end - 1];
        if name.contains('\\') {
            return None;
        }
        let start = value_after(bytes, name_end)?;
        let end = value_end(bytes, start)?;
        members.push((Cow::Borrowed(name), &json[start..end]));
        at = after_blanks(bytes, end);
        match bytes.get(at)? {
            b',' => at = after_blanks(bytes, at + 1),
            b'}' => return Some((members, at + 1)),
            _ => return None,
        }
    }
}

/// Returns the elements of an array; `None` if it is not an array, or if `serde_json` has to decide.
#[must_use]
pub fn elements(json: &str) -> Option<Vec<&str>> {
    let mut elements = Vec::new();
    let mut next = first_element(json)?;
    while let Some(start) = next {
        let end = value_end(json.as_bytes(), start)?;
        elements.push(&json[start..end]);
        next = element_after(json, end)?;
    }
    Some(elements)
}

/// Returns the index of the first element of an array; `Some(None)` if the array is empty, `None` if it is not an
/// array.
#[must_use]
pub fn first_element(json: &str) -> Option<Option<usize>> {
    let bytes = json.as_bytes();
    let at = after_blanks(bytes, opened(bytes, b'[')?);
    match bytes.get(at)? {
        b']' => is_end(bytes, at + 1).then_some(None),
        _ => Some(Some(at)),
    }
}

/// Returns the index of the element after the one that ends at `end`; `Some(None)` after the last, `None` if the array
/// is malformed.
#[must_use]
pub fn element_after(json: &str, end: usize) -> Option<Option<usize>> {
    let bytes = json.as_bytes();
    let at = after_blanks(bytes, end);
    match bytes.get(at)? {
        b',' => Some(Some(after_blanks(bytes, at + 1))),
        b']' => is_end(bytes, at + 1).then_some(None),
        _ => None,
    }
}

/// Returns the content of a string; `None` if it is not a string, or if it contains escapes.
#[must_use]
pub fn plain_text(json: &str) -> Option<&str> {
    let bytes = json.as_bytes();
    let start = opened(bytes, b'"')?;
    let end = text_end(bytes, start - 1)?;
    let text = &json[start..end - 1];
    (is_end(bytes, end) && !text.contains('\\')).then_some(text)
}

/// Returns the index after the opening `sign`, which only blanks may precede.
fn opened(bytes: &[u8], sign: u8) -> Option<usize> {
    let at = after_blanks(bytes, 0);
    (bytes.get(at) == Some(&sign)).then_some(at + 1)
}

fn is_end(bytes: &[u8], at: usize) -> bool {
    after_blanks(bytes, at) == bytes.len()
}

fn after_blanks(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\n' | b'\t' | b'\r')) {
        at += 1;
    }
    at
}

/// Returns the index of a member's value; the member's name ends at `name_end`.
fn value_after(bytes: &[u8], name_end: usize) -> Option<usize> {
    let colon = after_blanks(bytes, name_end);
    (bytes.get(colon) == Some(&b':')).then(|| after_blanks(bytes, colon + 1))
}

/// Returns the index after the value at `at`; `None` if it is malformed or nested too deeply.
#[must_use]
pub fn value_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    // The open brackets, one bit each: 1 for an object. There is no recursion, so that no answer can exhaust the stack.
    let (mut objects, mut depth) = (0_u64, 0);
    loop {
        let first = *bytes.get(at)?;
        at = match first {
            b'"' => text_end(bytes, at)?,
            b'{' | b'[' => {
                let inside = after_blanks(bytes, at + 1);
                let is_object = first == b'{';
                if bytes.get(inside) == Some(if is_object { &b'}' } else { &b']' }) {
                    inside + 1
                } else if depth == DEEPEST {
                    return None;
                } else {
                    depth += 1;
                    objects = objects << 1 | u64::from(is_object);
                    at = if is_object {
                        value_after(bytes, text_end(bytes, inside)?)?
                    } else {
                        inside
                    };
                    continue;
                }
            }
            b't' => word_end(bytes, at, b"true")?,
            b'f' => word_end(bytes, at, b"false")?,
            b'n' => word_end(bytes, at, b"null")?,
            _ => number_end(bytes, at)?,
        };
        // A value has ended: continue with the next one, or leave the enclosing object or array.
        loop {
            if depth == 0 {
                return Some(at);
            }
            at = after_blanks(bytes, at);
            let in_object = objects & 1 == 1;
            match (bytes.get(at)?, in_object) {
                (b',', true) => {
                    let name = after_blanks(bytes, at + 1);
                    at = value_after(bytes, text_end(bytes, name)?)?;
                    break;
                }
                (b',', false) => {
                    at = after_blanks(bytes, at + 1);
                    break;
                }
                (b'}', true) | (b']', false) => {
                    depth -= 1;
                    objects >>= 1;
                    at += 1;
                }
                _ => return None,
            }
        }
    }
}

/// Returns the index after the closing quotation mark of the string at `start`.
fn text_end(bytes: &[u8], start: usize) -> Option<usize> {
    if bytes.get(start) != Some(&b'"') {
        return None;
    }
    let mut at = start + 1;
    loop {
        while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
            let marks = marks(*eight);
            at += marks.trailing_zeros() as usize / 8;
            if marks != 0 {
                break;
            }
        }
        match *bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => match bytes.get(at + 1)? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => at += 2,
                b'u' => {
                    let digits = bytes.get(at + 2..at + 6)?;
                    if !digits.iter().all(u8::is_ascii_hexdigit) {
                        return None;
                    }
                    at += 6;
                }
                _ => return None,
            },
            0..0x20 => return None,
            _ => at += 1,
        }
    }
}

/// Returns a bit mask whose lowest set bit is in the first byte that is a quotation mark, a backslash or a control
/// character. The bits above the lowest may be wrong.
fn marks(eight: [u8; 8]) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const HIGHEST: u64 = EACH << 7;
    let eight = u64::from_le_bytes(eight);
    let below = |bytes: u64, bound: u8| bytes.wrapping_sub(EACH * u64::from(bound)) & !bytes;
    let is = |sign: u8| below(eight ^ (EACH * u64::from(sign)), 1);
    (below(eight, 0x20) | is(b'"') | is(b'\\')) & HIGHEST
}

fn word_end(bytes: &[u8], at: usize, word: &[u8]) -> Option<usize> {
    bytes[at..].starts_with(word).then_some(at + word.len())
}

fn number_end(bytes: &[u8], start: usize) -> Option<usize> {
    let digits = |mut at: usize| {
        let first = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        (at > first).then_some(at)
    };
    let mut at = start + usize::from(bytes.get(start) == Some(&b'-'));
    at = match bytes.get(at)? {
        b'0' => at + 1,
        _ => digits(at)?,
    };
    if bytes.get(at) == Some(&b'.') {
        at = digits(at + 1)?;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        at = digits(at)?;
    }
    Some(at)
}
