//! Splits HTML into tokens the way browsers do, in one pass. Never fails: malformed input is read the way a browser
//! reads it.
//!
//! Builds no tree: the preceding tokens tell which element a token is in.

use super::attributes::Attributes;

/// A construct that a page can end in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unclosed {
    /// A comment: everything after its start is part of it.
    Comment,
    /// A tag.
    Tag,
    /// An element that contains text, such as a script.
    Element,
}

/// One token of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// A start tag, with its name as written.
    Start {
        name: &'a str,
        attributes: Attributes<'a>,
        line: usize,
    },
    /// An end tag.
    End { name: &'a str },
    /// Visible text.
    Text { text: &'a str, line: usize },
    /// The content of an element whose content is not markup: a script, a style, a text area.
    Raw {
        of: &'a str,
        text: &'a str,
        line: usize,
    },
    /// A comment, or what browsers treat as one.
    Comment { text: &'a str, line: usize },
}

/// Elements whose content is text to a browser that executes scripts.
const RAW: [&str; 9] = [
    "script", "style", "textarea", "title", "noscript", "iframe", "xmp", "noembed", "noframes",
];

/// The tokens of a page.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    lines: Lines,
    /// The element whose content comes next.
    raw: Option<&'a str>,
    /// The number of open `svg` and `math` elements: inside them, `/>` closes an element and CDATA is text.
    foreign: usize,
    /// The construct that the page ends in the middle of, once it has ended.
    unclosed: Option<(Unclosed, usize)>,
}

impl<'a> Tokens<'a> {
    /// Creates the tokens of a text whose first line has this number.
    pub(super) fn new(html: &'a str, first_line: usize) -> Self {
        Self {
            html,
            at: 0,
            lines: Lines {
                line: first_line,
                counted: 0,
            },
            raw: None,
            foreign: 0,
            unclosed: None,
        }
    }

    /// Returns the construct that the page ended in the middle of, and the line where that began.
    pub(super) fn unclosed(&self) -> Option<(Unclosed, usize)> {
        self.unclosed
    }

    fn line(&mut self) -> usize {
        self.lines.at(self.html, self.at)
    }

    /// Consumes `length` bytes of the text.
    fn take(&mut self, length: usize) -> &'a str {
        let text = &self.html[self.at..self.at + length];
        self.at += length;
        text
    }

    /// Consumes the content of an element that contains no markup.
    fn raw_content(&mut self, of: &'a str) -> Token<'a> {
        let line = self.line();
        let rest = &self.html[self.at..];
        let end = if of.eq_ignore_ascii_case("script") {
            script_end(rest)
        } else {
            element_end(rest, of)
        };
        if end.is_none() {
            self.unclosed = Some((Unclosed::Element, line));
        }
        let text = self.take(end.unwrap_or(rest.len()));
        Token::Raw { of, text, line }
    }

    /// Consumes a comment that starts with `skip` characters; `end` finds its end in the rest, and the length of the
    /// end.
    fn comment(&mut self, skip: usize, end: fn(&str) -> Option<(usize, usize)>) -> Token<'a> {
        let line = self.line();
        self.at += skip;
        let rest = &self.html[self.at..];
        let Some((end, length)) = end(rest) else {
            self.unclosed = Some((Unclosed::Comment, line));
            let text = self.take(rest.len());
            return Token::Comment { text, line };
        };
        let text = self.take(end);
        self.at += length;
        Token::Comment { text, line }
    }

    /// Consumes a tag whose name begins after `skip` characters. Returns `None` if the page ends in it, because
    /// browsers drop it then.
    fn tag(&mut self, skip: usize) -> Option<Token<'a>> {
        let line = self.line();
        self.at += skip;
        let rest = &self.html[self.at..];
        let name_end = rest
            .find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
            .unwrap_or(rest.len());
        let name = self.take(name_end);
        let attributes = Attributes {
            text: &self.html[self.at..],
        };
        let Some(end) = attributes.end() else {
            self.unclosed = Some((Unclosed::Tag, line));
            self.at = self.html.len();
            return None;
        };
        self.at += end.length;
        if skip == 2 {
            if is_foreign(name) {
                self.foreign = self.foreign.saturating_sub(1);
            }
            return Some(Token::End { name });
        }
        if is_foreign(name) && !end.is_self_closing {
            self.foreign += 1;
        }
        let is_empty = self.foreign > 0 && end.is_self_closing;
        if !is_empty && RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            self.raw = Some(name);
        }
        Some(Token::Start {
            name,
            attributes,
            line,
        })
    }

    fn text(&mut self) -> Token<'a> {
        let line = self.line();
        let rest = &self.html[self.at..];
        // The first character, of however many bytes, is text even if it is `<`.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find('<').map_or(rest.len(), |at| at + first);
        let text = self.take(end);
        Token::Text { text, line }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(of) = self.raw.take() {
            return Some(self.raw_content(of));
        }
        let rest = &self.html[self.at..];
        let mut bytes = rest.bytes();
        match (bytes.next()?, bytes.next(), bytes.next()) {
            (b'<', Some(b'!'), _) if rest.starts_with("<!-->") => {
                Some(self.comment(4, bogus_comment_end))
            }
            (b'<', Some(b'!'), _) if rest.starts_with("<!--->") => {
                Some(self.comment(5, bogus_comment_end))
            }
            (b'<', Some(b'!'), _) if rest.starts_with("<!--") => Some(self.comment(4, comment_end)),
            (b'<', Some(b'!'), _) if self.foreign > 0 && rest.starts_with("<![CDATA[") => {
                Some(self.comment(9, |text| Some((text.find("]]>")?, 3))))
            }
            (b'<', Some(b'!' | b'?'), _) => Some(self.comment(2, bogus_comment_end)),
            (b'<', Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => self.tag(2),
            (b'<', Some(b'/'), Some(_)) => Some(self.comment(2, bogus_comment_end)),
            (b'<', Some(letter), _) if letter.is_ascii_alphabetic() => self.tag(1),
            _ => Some(self.text()),
        }
    }
}

/// Counts each line once, because positions only increase.
#[derive(Debug)]
struct Lines {
    line: usize,
    counted: usize,
}

impl Lines {
    fn at(&mut self, text: &str, position: usize) -> usize {
        let passed = text[self.counted..position].bytes();
        self.line += passed.filter(|byte| *byte == b'\n').count();
        self.counted = position;
        self.line
    }
}

fn is_foreign(name: &str) -> bool {
    name.eq_ignore_ascii_case("svg") || name.eq_ignore_ascii_case("math")
}

/// Returns whether the text continues with exactly this tag name, in any letter case.
fn starts_with_tag(text: &[u8], start: &str, name: &str) -> bool {
    let length = start.len() + name.len();
    text.starts_with(start.as_bytes())
        && text
            .get(start.len()..length)
            .is_some_and(|there| there.eq_ignore_ascii_case(name.as_bytes()))
        && text
            .get(length)
            .is_some_and(|next| next.is_ascii_whitespace() || matches!(next, b'/' | b'>'))
}

/// Returns the end of a construct that browsers treat as a comment.
fn bogus_comment_end(text: &str) -> Option<(usize, usize)> {
    Some((text.find('>')?, 1))
}

/// Returns the end of a comment: `-->` or `--!>`. One search for both, so that a page full of comments is read once.
fn comment_end(text: &str) -> Option<(usize, usize)> {
    text.match_indices('>').find_map(|(at, _)| {
        ["--", "--!"]
            .iter()
            .find(|end| text[..at].ends_with(**end))
            .map(|end| (at - end.len(), end.len() + 1))
    })
}

/// Returns where the end tag of a raw element begins.
fn element_end(text: &str, name: &str) -> Option<usize> {
    text.match_indices("</")
        .map(|(at, _)| at)
        .find(|at| starts_with_tag(&text.as_bytes()[*at..], "</", name))
}

/// Returns where the end tag of a script begins. In a script, `<!--` followed by `<script` hides the next
/// `</script>`.
fn script_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut is_escaped, mut is_hidden) = (false, false);
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"<!--") && !is_escaped {
            is_escaped = true;
            // The two hyphens may already be those of the `-->`.
            at += 2;
            continue;
        }
        if rest.starts_with(b"-->") {
            (is_escaped, is_hidden) = (false, false);
        } else if starts_with_tag(rest, "</", "script") {
            if !is_hidden {
                return Some(at);
            }
            is_hidden = false;
        } else if is_escaped && starts_with_tag(rest, "<", "script") {
            is_hidden = true;
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests;
