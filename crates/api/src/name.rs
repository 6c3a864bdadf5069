//! The names of people, in either of the API's forms.

use crate::{UntypedJson, json};

/// A person's name: one text (endpoints 1, 2, 3) or a first and a last name (4, 13).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PersonName {
    /// The first name; the whole name if it came as one text, because cultures split names differently.
    pub first: String,
    /// The last name; empty if there is none or the name came as one text.
    pub last: String,
}

impl PersonName {
    /// Returns the whole name, first before last, without extra white space. Two names that read the same have the
    /// same display text, in either form.
    #[must_use]
    pub fn display(&self) -> String {
        self.words().collect::<Vec<_>>().join(" ")
    }

    /// Returns one or two characters for an avatar: the first ones of the first and the last word. Empty for an empty
    /// name.
    #[must_use]
    pub fn initials(&self) -> String {
        let mut initials = self
            .words()
            .map(initial)
            .filter(|initial| !initial.is_empty());
        let first = initials.next().unwrap_or_default();
        format!("{first}{}", initials.next_back().unwrap_or_default())
    }

    /// Reads a text, an object with `firstName` and `lastName`, or any other value in their place.
    pub(crate) fn from_json(json: &str) -> Self {
        let members = json::members(json).unwrap_or_default();
        let part = |name| {
            members
                .iter()
                .rev()
                .find(|(key, _)| key == name)
                .map(|(_, value)| json::plain(value).into_owned())
        };
        match (part("firstName"), part("lastName")) {
            (None, None) => Self {
                first: UntypedJson::from_json(json).lines().join(" "),
                last: String::new(),
            },
            (first, last) => Self {
                first: first.unwrap_or_default(),
                last: last.unwrap_or_default(),
            },
        }
    }

    fn words(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.first
            .split_whitespace()
            .chain(self.last.split_whitespace())
    }
}

/// Returns the first letter or sign of a word with its combining marks, after quotation marks, brackets and invisible
/// characters.
fn initial(word: &str) -> &str {
    let word = word.trim_start_matches(|c: char| c.is_ascii_punctuation() || is_leading(c));
    let mut rest = word.chars();
    rest.next();
    let rest = rest.as_str().trim_start_matches(is_mark);
    &word[..word.len() - rest.len()]
}

/// Returns whether it is a typographic quotation mark, a direction mark or the like.
fn is_leading(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}'
            | '\u{2018}'..='\u{201F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}'
            | '«'
            | '»'
    )
}

/// Returns whether it is a common combining mark. Unicode's full table would cost more in the bundle than a mark
/// missing in an avatar.
fn is_mark(c: char) -> bool {
    let latin = '\u{300}'..='\u{36F}';
    let arabic = [
        '\u{610}'..='\u{61A}',
        '\u{64B}'..='\u{65F}',
        '\u{670}'..='\u{670}',
    ];
    let devanagari = [
        '\u{900}'..='\u{903}',
        '\u{93A}'..='\u{93C}',
        '\u{93E}'..='\u{94F}',
    ];
    let kana = '\u{3099}'..='\u{309A}';
    let emoji = ['\u{FE00}'..='\u{FE0F}', '\u{1F3FB}'..='\u{1F3FF}'];
    [latin, kana]
        .iter()
        .chain(&arabic)
        .chain(&devanagari)
        .chain(&emoji)
        .any(|range| range.contains(&c))
}
