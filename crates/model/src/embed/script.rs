//! Compares scripts, whatever minifiers and editors do to them, and finds their comments.

use std::ops::Range;

use super::entity::decode;

/// Returns a text with straight quotation marks and without character references: as it was before an editor changed it.
pub(super) fn straightened(text: &str) -> String {
    decode(text).replace(TYPOGRAPHIC, "\"")
}

/// Quotation marks that editors put in place of straight ones.
pub(super) const TYPOGRAPHIC: [char; 11] = ['“', '”', '„', '‟', '″', '‘', '’', '‚', '′', '«', '»'];

/// Returns a script's text as far as two can be compared: minifiers change white space, quotation marks and the
/// semicolons at the end.
pub(super) fn canonical(script: &str) -> String {
    script
        .chars()
        .filter(|c| canonical_width(*c) > 0)
        .map(|c| if c == '\'' || c == '`' { '"' } else { c })
        .collect()
}

/// Returns how many bytes of the canonical form of a script come from this character.
fn canonical_width(c: char) -> usize {
    if c.is_whitespace() || c == ';' {
        0
    } else {
        c.len_utf8()
    }
}

/// What the scanner of [`scan`] is in.
#[derive(Clone, Copy, PartialEq)]
enum Scan {
    Code,
    /// A string or template that this quotation mark ends.
    Quoted(char),
    /// A regular expression, and whether in a class of characters, where a slash does not end it.
    Pattern(bool),
    LineComment,
    BlockComment,
}

/// Returns where the comments of a script are, in order, as byte ranges of its canonical form. That form has no line
/// breaks, so only the original text says where a comment ends.
pub(super) fn comments(script: &str) -> Vec<Range<usize>> {
    scan(script).0
}

/// Returns whether a script has quotation marks that an editor changed, or references in their place, outside of its
/// strings and comments. Browsers cannot read such a script.
pub(super) fn has_changed_quotes(script: &str) -> bool {
    scan(script).1
}

/// Returns the comments, and whether there are changed quotation marks.
fn scan(script: &str) -> (Vec<Range<usize>>, bool) {
    let (mut found, mut has_changed_quotes, mut state) = (Vec::new(), false, Scan::Code);
    let (mut at, mut start) = (0, 0);
    // The last character of code, and the character before this one.
    let (mut last, mut before) = (None, ' ');
    let mut chars = script.char_indices();
    while let Some((place, c)) = chars.next() {
        let is_line_end = matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}');
        let mut skips_next = false;
        match state {
            Scan::Code => {
                let rest = &script[place..];
                if rest.starts_with("//") || rest.starts_with("<!--") {
                    (state, start) = (Scan::LineComment, at);
                } else if rest.starts_with("/*") {
                    // The asterisk does not end the comment in `/*/`.
                    (state, start, skips_next) = (Scan::BlockComment, at, true);
                } else if matches!(c, '"' | '\'' | '`') {
                    state = Scan::Quoted(c);
                } else if c == '/' && begins_pattern(last) {
                    state = Scan::Pattern(false);
                } else if TYPOGRAPHIC.contains(&c)
                    || ["&#", "&quot;"].iter().any(|mark| rest.starts_with(mark))
                {
                    has_changed_quotes = true;
                }
                if !c.is_whitespace() {
                    last = Some(c);
                }
            }
            Scan::Quoted(_) | Scan::Pattern(_) if c == '\\' => skips_next = true,
            Scan::Quoted(quote) if c == quote || (is_line_end && quote != '`') => {
                state = Scan::Code;
            }
            Scan::Pattern(false) if c == '/' => state = Scan::Code,
            Scan::Pattern(_) if is_line_end => state = Scan::Code,
            Scan::Pattern(_) if c == '[' || c == ']' => state = Scan::Pattern(c == '['),
            Scan::LineComment if is_line_end => {
                found.push(start..at);
                state = Scan::Code;
            }
            Scan::BlockComment if c == '/' && before == '*' => {
                found.push(start..at + 1);
                state = Scan::Code;
            }
            _ => {}
        }
        at += canonical_width(c);
        before = c;
        if skips_next && let Some((_, next)) = chars.next() {
            at += canonical_width(next);
            before = ' ';
        }
    }
    if matches!(state, Scan::LineComment | Scan::BlockComment) {
        found.push(start..usize::MAX);
    }
    (found, has_changed_quotes)
}

/// Returns whether a slash after this character of code begins a regular expression and is no division.
fn begins_pattern(last: Option<char>) -> bool {
    last.is_none_or(|last| "(,=:[!&|?{};+-*%~^<>".contains(last))
}

/// Returns whether a place is in a comment. A code that begins with a comment begins where that one does.
pub(super) fn is_inside(comments: &[Range<usize>], at: usize) -> bool {
    let after = comments.partition_point(|comment| comment.start < at);
    after > 0 && at < comments[after - 1].end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_a_script_are_found() {
        for (script, inside) in [
            ("// disabled: X", true),
            ("//\nX", false),
            ("// X is below\n", true),
            ("a(); // see\u{2028}X", false),
            ("var a = 'http://a.example'; X", false),
            ("var a = \"it's // \\\" //\"; X", false),
            ("var a = `\n//\n`; X", false),
            ("var a = 'http://a.example'; // X", true),
            ("a('//\n// X", true),
            ("a = /[/'\"]\\/\"/; X", false),
            ("a = b / c; // X / d", true),
            ("a = b / c; d = 'e / f'; X", false),
            ("/* don't */ X", false),
            ("/* // */ X", false),
            ("/*/ X", true),
            ("/* a\n// */ X", false),
            ("/* a\nX */", true),
            ("// /*\nX", false),
            ("// */ X", true),
            ("<!-- X", true),
            ("<!--\nX", false),
            ("ä; // ö\nX", false),
            ("ä; // ö X", true),
        ] {
            let there = canonical(script);
            let at = there.find('X').expect("a code");
            assert_eq!(is_inside(&comments(script), at), inside, "{script}");
        }
        // A code that begins with a comment is no mention.
        assert!(!is_inside(&comments("a();\n// X"), 3));
    }

    #[test]
    fn changed_quotes_are_found_outside_of_strings_and_comments() {
        for (script, is_changed) in [
            ("a = ‘7’;", true),
            ("a = &#39;7&#39;;", true),
            ("a = &quot;7&quot;;", true),
            ("a = '“7”'; // ‘8’", false),
            ("a = b && c; d = \"&quot;\"", false),
        ] {
            assert_eq!(has_changed_quotes(script), is_changed, "{script}");
        }
    }
}
