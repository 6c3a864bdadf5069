//! Redacts calls for display: removes the token, and the secrets that the API sends (endpoint 1).

use std::ops::Range;

use switchboard_api::{ApiError, FieldError, Token, UnreadableReason};

/// The replacement for a secret.
const HIDDEN: &str = "[redacted]";

/// The maximum nesting depth of escapes. No genuine answer nests deeper, and a hostile one must not cost time.
const DEEPEST: usize = 32;

/// The members whose values are secrets (endpoint 1, `addon[]`), in the usual spellings.
const SECRETS: [&[u8]; 4] = [
    b"accessToken",
    b"refreshToken",
    b"access_token",
    b"refresh_token",
];

/// Returns the text without the token, however it is written (plain, percent-encoded, escaped for JSON, nested), and
/// without the values of secret members. The text may be truncated, or no JSON at all.
pub(super) fn redacted(text: &str, token: &Token) -> String {
    redacted_start(text, token, usize::MAX).0
}

/// As [`redacted`], but reads only as much of the text as is needed for `most` bytes. Also returns whether that is
/// all of it. An answer may have megabytes.
pub(super) fn redacted_start(text: &str, token: &Token, most: usize) -> (String, bool) {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len().min(most));
    let (mut copied, mut at) = (0, 0);
    while at < bytes.len() && out.len() + (at - copied) <= most {
        match hidden_at(bytes, at, token) {
            Some(hidden) => {
                out.push_str(&text[copied..hidden.start]);
                out.push_str(HIDDEN);
                copied = hidden.end;
                at = hidden.end;
            }
            None => at += 1,
        }
    }
    out.push_str(&text[copied..boundary(text, at)]);
    let is_all = out.len() <= most && at == bytes.len();
    out.truncate(boundary(&out, most));
    (out, is_all)
}

/// Returns the start of the character that contains this position, or the end of the text if it is beyond.
fn boundary(text: &str, at: usize) -> usize {
    let end = (0..=at.min(text.len())).rev();
    let mut ends = end.filter(|end| text.is_char_boundary(*end));
    ends.next().unwrap_or_default()
}

/// Returns an error that may be shown: its message and raw answer without secrets.
pub(super) fn redacted_error(error: &ApiError, token: &Token) -> ApiError {
    let words = |text: &str| redacted(text, token);
    let those = |field_errors: &[FieldError]| {
        let one = |field_error: &FieldError| FieldError {
            field: field_error.field.as_deref().map(words),
            text: words(&field_error.text),
        };
        field_errors.iter().map(one).collect()
    };
    match error {
        ApiError::Unreachable { detail } => ApiError::Unreachable {
            detail: words(detail),
        },
        ApiError::TimedOut { after } => ApiError::TimedOut { after: *after },
        ApiError::Cancelled => ApiError::Cancelled,
        ApiError::NotAuthorised {
            http_status,
            field_errors,
            raw,
        } => ApiError::NotAuthorised {
            http_status: *http_status,
            field_errors: those(field_errors),
            raw: words(raw),
        },
        ApiError::Refused {
            severity,
            field_errors,
            http_status,
            raw,
        } => ApiError::Refused {
            severity: *severity,
            field_errors: those(field_errors),
            http_status: *http_status,
            raw: words(raw),
        },
        ApiError::Http {
            status,
            field_errors,
            raw,
        } => ApiError::Http {
            status: *status,
            field_errors: those(field_errors),
            raw: words(raw),
        },
        ApiError::RateLimited { retry_after, raw } => ApiError::RateLimited {
            retry_after: *retry_after,
            raw: words(raw),
        },
        ApiError::Unreadable {
            http_status,
            reason,
            raw,
        } => ApiError::Unreadable {
            http_status: *http_status,
            reason: match reason {
                UnreadableReason::NotJson { detail } => UnreadableReason::NotJson {
                    detail: words(detail),
                },
                UnreadableReason::OtherShape { expected } => UnreadableReason::OtherShape {
                    expected: words(expected),
                },
                plain => plain.clone(),
            },
            raw: words(raw),
        },
        ApiError::NoPayload { warning } => ApiError::NoPayload {
            warning: words(warning),
        },
    }
}

/// Returns the range to redact that begins here. Its ends are next to ASCII characters, so it never splits a
/// character.
fn hidden_at(bytes: &[u8], at: usize, token: &Token) -> Option<Range<usize>> {
    if let Some(end) = end_of(bytes, at, token.reveal().as_bytes(), false) {
        return Some(at..end);
    }
    SECRETS
        .iter()
        .find_map(|name| end_of(bytes, at, name, true))
        .and_then(|end| value_after(bytes, end))
}

/// Returns the end of an ASCII word that begins here. Each of its characters may be plain, percent-encoded or
/// escaped.
fn end_of(bytes: &[u8], at: usize, word: &[u8], any_case: bool) -> Option<usize> {
    let first = *bytes.get(at)?;
    if !(same(first, *word.first()?, any_case) || first == b'%' || first == b'\\') {
        return None;
    }
    // The possible ends so far: backslashes can be read in more than one way.
    let mut ends = vec![at];
    for wanted in word {
        let mut next = Vec::new();
        for end in ends {
            let mut found = Vec::new();
            push_ends(bytes, end, *wanted, any_case, &mut found);
            // A handful: sorting them would add 1 kB to the first load.
            found.retain(|end| !next.contains(end));
            next.append(&mut found);
        }
        ends = next;
    }
    ends.into_iter().max()
}

/// Adds the possible ends of one character that begins here.
fn push_ends(bytes: &[u8], at: usize, wanted: u8, any_case: bool, ends: &mut Vec<usize>) {
    let Some(first) = bytes.get(at) else { return };
    if same(*first, wanted, any_case) {
        ends.push(at + 1);
    }
    match first {
        b'%' => {
            let mut digits = at + 1;
            // `%25` is an encoded percent sign: the text was encoded more than once.
            for _ in 0..DEEPEST {
                if let Some(code) = hex(bytes, digits, 2)
                    && u8::try_from(code).is_ok_and(|code| same(code, wanted, any_case))
                {
                    ends.push(digits + 2);
                }
                if !bytes[digits..].starts_with(b"25") {
                    break;
                }
                digits += 2;
            }
        }
        b'\\' => {
            // JSON inside of JSON doubles its backslashes.
            let run = run_of_backslashes(bytes, at, DEEPEST);
            let after = at + run;
            if wanted == b'\\' {
                ends.extend((2..=run.min(8)).map(|length| at + length));
            } else if bytes
                .get(after)
                .is_some_and(|byte| same(*byte, wanted, any_case))
            {
                ends.push(after + 1);
            }
            if bytes.get(after) == Some(&b'u')
                && let Some(code) = hex(bytes, after + 1, 4)
                && u8::try_from(code).is_ok_and(|code| same(code, wanted, any_case))
            {
                ends.push(after + 5);
            }
        }
        _ => {}
    }
}

/// Returns the range of the value that follows a member's name; `None` if there is nothing to redact.
fn value_after(bytes: &[u8], name_end: usize) -> Option<Range<usize>> {
    let is = |at: usize, those: &[u8]| bytes.get(at).is_some_and(|byte| those.contains(byte));
    let mut at = name_end + run_of_backslashes(bytes, name_end, DEEPEST);
    if is(at, b"\"'") {
        at += 1;
    }
    at = after_blanks(bytes, at);
    if !is(at, b":=") {
        return None;
    }
    at = after_blanks(bytes, at + 1);
    let depth = run_of_backslashes(bytes, at, DEEPEST);
    let value = if is(at + depth, b"\"") {
        let start = at + depth + 1;
        start..end_of_text(bytes, start, depth)
    } else if is(at, b"{[") {
        at..end_of_brackets(bytes, at)
    } else {
        at += usize::from(is(at, b"'"));
        let ends = |byte: &u8| b",}]&\"'<\\".contains(byte) || byte.is_ascii_whitespace();
        let length = bytes[at..].iter().position(ends);
        at..length.map_or(bytes.len(), |length| at + length)
    };
    (!value.is_empty() && &bytes[value.clone()] != b"null").then_some(value)
}

/// Returns the end of a string that was opened by a quotation mark behind `depth` backslashes.
fn end_of_text(bytes: &[u8], start: usize, depth: usize) -> usize {
    let mut at = start;
    while at < bytes.len() {
        let run = run_of_backslashes(bytes, at, usize::MAX);
        let mark = at + run;
        if bytes.get(mark) == Some(&b'"') {
            // Fewer backslashes end the enclosing string. Otherwise pairs that escape a backslash at this depth may
            // precede the closing mark.
            let closes = run < depth || (run - depth).is_multiple_of(2 * (depth + 1));
            if closes {
                return mark - run.min(depth);
            }
        }
        at = mark + 1;
    }
    bytes.len()
}

/// Returns where a bracket is closed; the end of the text if it is truncated.
fn end_of_brackets(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut open) = (start, 0_usize);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = end_of_text(bytes, at + 1, 0),
            b'{' | b'[' => open += 1,
            b'}' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
        at += 1;
        if open == 0 {
            return at;
        }
    }
    bytes.len()
}

fn same(byte: u8, wanted: u8, any_case: bool) -> bool {
    byte == wanted || any_case && byte.eq_ignore_ascii_case(&wanted)
}

fn run_of_backslashes(bytes: &[u8], at: usize, most: usize) -> usize {
    bytes[at.min(bytes.len())..]
        .iter()
        .take(most)
        .take_while(|byte| **byte == b'\\')
        .count()
}

fn after_blanks(bytes: &[u8], at: usize) -> usize {
    let blanks = bytes[at.min(bytes.len())..]
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace());
    at + blanks.count()
}

fn hex(bytes: &[u8], at: usize, digits: usize) -> Option<u32> {
    bytes
        .get(at..at + digits)?
        .iter()
        .try_fold(0, |code, digit| {
            Some(code << 4 | char::from(*digit).to_digit(16)?)
        })
}

#[cfg(test)]
mod tests;
