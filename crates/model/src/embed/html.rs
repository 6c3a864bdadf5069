//! Splits HTML into tokens the way browsers do, in one pass. Never fails: malformed input is read the way a browser
//! reads it.
//!
//! Builds no tree: the preceding tokens tell which element a token is in.

mod ends;
mod foreign;

pub(super) use self::ends::inner_script;
use self::ends::{bogus_comment_end, comment_end, element_end, script_end};
use self::foreign::Foreign;
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
        /// Whether the element belongs to SVG or MathML rather than to HTML.
        is_foreign: bool,
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

/// Elements whose content is text to a browser that runs scripts.
pub(super) const RAW: [&str; 10] = [
    "script",
    "style",
    "textarea",
    "title",
    "noscript",
    "iframe",
    "xmp",
    "noembed",
    "noframes",
    "plaintext",
];

/// The tokens of a page.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    lines: Lines,
    /// The element whose content comes next.
    raw: Option<&'a str>,
    /// Which `svg` and `math` are open: inside them, `/>` closes an element and CDATA is text.
    foreign: Foreign,
    /// What the page ends in the middle of, once it has ended.
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
            foreign: Foreign::default(),
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
        } else if of.eq_ignore_ascii_case("plaintext") {
            None
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
            self.foreign.end(name);
            return Some(Token::End { name });
        }
        let is_foreign = self.foreign.start(name, end.is_self_closing);
        let is_empty = is_foreign && end.is_self_closing;
        if !is_empty && RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            self.raw = Some(name);
        }
        Some(Token::Start {
            name,
            attributes,
            line,
            is_foreign,
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
            (b'<', Some(b'!'), _) if self.foreign.is_inside() && rest.starts_with("<![CDATA[") => {
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

#[cfg(test)]
mod tests;
