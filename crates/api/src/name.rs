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

    /// Returns the letters that stand for the name on an avatar: the ones that its first and its last
    /// word start with, as they are written. In a script that joins its letters the result is one
    /// letter, because two would read as a word. Empty for an empty name.
    #[must_use]
    pub fn initials(&self) -> String {
        let mut initials = self
            .words()
            .map(initial)
            .filter(|initial| !initial.is_empty());
        let first = initials.next().unwrap_or_default();
        let last = initials.next_back().unwrap_or_default();
        if [first, last].iter().any(|one| one.starts_with(is_joined)) {
            return first.to_owned();
        }
        format!("{first}{last}")
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

/// Returns what a word starts with: its first letter or sign with the marks that belong to it, past
/// quotation marks, brackets and invisible characters. A virama ties the next letter to it.
fn initial(word: &str) -> &str {
    let word = word.trim_start_matches(|c: char| c.is_ascii_punctuation() || is_leading(c));
    let mut rest = word;
    loop {
        let mut letters = rest.chars();
        letters.next();
        rest = letters.as_str().trim_start_matches(is_mark);
        let taken = &word[..word.len() - rest.len()];
        if rest.is_empty() || !taken.ends_with(is_virama) {
            return taken;
        }
    }
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

/// Scripts whose letters are written together: Arabic and its neighbours, those of India and Tibet,
/// Myanmar, Khmer, Mongolian.
fn is_joined(c: char) -> bool {
    matches!(
        c,
        '\u{600}'..='\u{DFF}'
            | '\u{F00}'..='\u{109F}'
            | '\u{1780}'..='\u{18AF}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}'
    )
}

/// Whether a character is in one of the nine blocks of Indian scripts that share one layout, from
/// Devanagari to Malayalam, at one of these places of its block.
fn is_indian(c: char, places: fn(u32) -> bool) -> bool {
    matches!(c, '\u{900}'..='\u{D7F}') && places(u32::from(c) % 0x80)
}

/// The sign that takes a letter's vowel away and so joins it to the next.
fn is_virama(c: char) -> bool {
    is_indian(c, |place| place == 0x4D)
}

/// The most used marks that are drawn with the letter before them. The full table of Unicode would
/// weigh more in the bundle than a mark lost from an avatar.
fn is_mark(c: char) -> bool {
    let latin = '\u{300}'..='\u{36F}';
    let arabic = [
        '\u{610}'..='\u{61A}',
        '\u{64B}'..='\u{65F}',
        '\u{670}'..='\u{670}',
    ];
    let kana = '\u{3099}'..='\u{309A}';
    let thai = [
        '\u{E31}'..='\u{E31}',
        '\u{E34}'..='\u{E3A}',
        '\u{E47}'..='\u{E4E}',
    ];
    let emoji = ['\u{FE00}'..='\u{FE0F}', '\u{1F3FB}'..='\u{1F3FF}'];
    [latin, kana]
        .iter()
        .chain(&arabic)
        .chain(&thai)
        .chain(&emoji)
        .any(|range| range.contains(&c))
        || is_indian(
            c,
            |place| matches!(place, 0..=3 | 0x3A..=0x3C | 0x3E..=0x4F | 0x51..=0x57 | 0x62..=0x63),
        )
}
