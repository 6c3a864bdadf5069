//! Searches a page's scripts and visible text for a code.

use std::ops::Range;

use super::Walk;
use crate::embed::entity::decode;
use crate::embed::finding::Inert;
use crate::embed::sighting::How;
use crate::embed::snippet::{Element, Piece, canonical, canonical_width, shortened, straightened};

impl Walk<'_> {
    /// Reads an inline script.
    pub(super) fn inline(&mut self, text: &str, line: usize) {
        let script = self.script.take();
        let Some(script) = script.filter(Element::is_inline_script) else {
            return;
        };
        if text.trim().is_empty() {
            return;
        }
        let kind = script.attribute("type").or(script.attribute("language"));
        let kind = kind.filter(|_| !script.runs()).map(str::to_owned);
        let is_no_module = script.attribute("nomodule").is_some();
        if !self.is_inert()
            && self.page.tag_manager.is_none()
            && text.contains("googletagmanager.com/gtm.js")
        {
            self.page.tag_manager = Some(line);
        }
        let is_compared = self.canonical.iter().any(Option::is_some);
        let compared = is_compared.then(|| canonical(text));
        let straight = is_compared.then(|| canonical(&straightened(text)));
        let comments = if is_compared {
            comments(text)
        } else {
            Vec::new()
        };
        let names_a_host = self.hosts.iter().any(|host| text.contains(host.as_str()));
        let plain = names_a_host.then(|| unescaped(text));
        for at in 0..self.pieces.len() {
            let found_in = |there: &Option<String>| {
                let (wanted, there) = (self.canonical[at].as_ref()?, there.as_ref()?);
                let mut places = there.match_indices(wanted.as_str()).map(|(at, _)| at);
                let first = places.next()?;
                let is_comment = |at| is_inside(&comments, at);
                Some(is_comment(first) && places.all(is_comment))
            };
            // `Some(true)` if every copy is in a comment.
            let found = found_in(&compared);
            let is_whole = found.is_some();
            let names = plain.as_ref().is_some_and(|plain| {
                let needles = &self.needles[at];
                !needles.is_empty() && needles.iter().all(|needle| plain.contains(needle.as_str()))
            });
            let how = match (&self.pieces[at], &kind) {
                (_, Some(kind)) if is_whole => How::HeldBack(kind.clone()),
                _ if is_whole && is_no_module => How::Inert(Inert::NoModule),
                _ if found == Some(true) => How::Mentioned,
                _ if is_whole => How::whole(),
                _ if found_in(&straight).is_some() => How::Inert(Inert::Quotes),
                (Piece::Inline(_), None) if names => How::Altered(shortened(text.trim())),
                (_, None) if names => How::Mentioned,
                _ => continue,
            };
            self.rule(at, &how, &script);
            self.see(at, how, line);
        }
    }

    /// Reads visible text, which may contain a code that an editor has escaped.
    pub(super) fn text(&mut self, text: &str, line: usize) {
        if self.inert.is_some() {
            return;
        }
        self.liquid(text);
        if !text.trim().is_empty() {
            self.is_in_head = false;
            self.is_in_body |= self.templates == 0;
            self.page.has_text |= self.templates == 0;
        }
        let decoded = decode(text);
        if text.contains('&') && decoded.contains('<') {
            self.read_inert(&decoded, line, Inert::ShownAsText);
            return;
        }
        for at in 0..self.pieces.len() {
            let is_shown = match &self.pieces[at] {
                Piece::Bare { .. } => {
                    let needles = &self.needles[at];
                    needles
                        .iter()
                        .any(|needle| decoded.contains(needle.as_str()))
                }
                Piece::Inline(_) => self.canonical[at]
                    .as_ref()
                    .is_some_and(|wanted| canonical(text).contains(wanted.as_str())),
                Piece::Element(_) => false,
            };
            if is_shown {
                self.see(at, How::Inert(Inert::ShownAsText), line);
            }
        }
    }

    /// Notes where a Liquid comment begins and ends: `{% comment %}` and `{% endcomment %}`, also with hyphens.
    fn liquid(&mut self, text: &str) {
        for (at, _) in text.match_indices("{%") {
            let tag = text[at + 2..].trim_start_matches('-').trim_start();
            if tag.starts_with("comment") {
                self.is_in_liquid_comment = true;
            } else if tag.starts_with("endcomment") {
                self.is_in_liquid_comment = false;
            }
        }
    }
}

/// What the scanner of [`comments`] is in.
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
fn comments(script: &str) -> Vec<Range<usize>> {
    let (mut found, mut state) = (Vec::new(), Scan::Code);
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
    found
}

/// Returns whether a slash after this character of code begins a regular expression and is no division.
fn begins_pattern(last: Option<char>) -> bool {
    last.is_none_or(|last| "(,=:[!&|?{};+-*%~^<>".contains(last))
}

/// Returns whether a place is in a comment. A code that begins with a comment begins where that one does.
fn is_inside(comments: &[Range<usize>], at: usize) -> bool {
    let after = comments.partition_point(|comment| comment.start < at);
    after > 0 && at < comments[after - 1].end
}

/// Returns a script's text without the escapes that frameworks put into addresses.
fn unescaped(text: &str) -> String {
    text.replace("\\/", "/")
        .replace("\\u0026", "&")
        .replace("&amp;", "&")
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
}
