//! Parses the attributes of a tag the way browsers do.

/// The attributes of a start tag, parsed again each time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Attributes<'a> {
    /// The text from the end of the tag's name to the end of the page.
    pub(super) text: &'a str,
}

/// The end of a tag.
pub(super) struct TagEnd {
    /// The length of the tag's part of the text.
    pub(super) length: usize,
    /// Whether it ends in `/>`.
    pub(super) is_self_closing: bool,
}

impl<'a> Attributes<'a> {
    /// Returns each attribute's name and value as written; an attribute without a value has an empty one.
    pub(super) fn iter(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.text;
        std::iter::from_fn(move || {
            let (name, value, after) = next_attribute(rest)?;
            rest = after;
            Some((name, value))
        })
    }

    /// Returns the end of the tag; `None` if the page ends first.
    pub(super) fn end(self) -> Option<TagEnd> {
        let mut rest = self.text;
        while let Some((_, _, after)) = next_attribute(rest) {
            rest = after;
        }
        let before_end = skip_to_name(rest);
        before_end.starts_with('>').then(|| TagEnd {
            length: self.text.len() - before_end.len() + 1,
            is_self_closing: rest[..rest.len() - before_end.len()].ends_with('/'),
        })
    }
}

fn skip_to_name(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/')
}

fn skip_spaces(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_ascii_whitespace())
}

/// Returns the next attribute of a tag and the text after it; `None` at the tag's end, or if the page ends in a
/// quoted value.
fn next_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let text = skip_to_name(text);
    let first = text.chars().next().filter(|c| *c != '>')?;
    // An equals sign at the start belongs to the name.
    let name_end = text[first.len_utf8()..]
        .find(|c: char| c.is_ascii_whitespace() || "/>=".contains(c))
        .map_or(text.len(), |at| at + first.len_utf8());
    let (name, rest) = text.split_at(name_end);
    let Some(value) = skip_spaces(rest).strip_prefix('=').map(skip_spaces) else {
        return Some((name, "", rest));
    };
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            return match quoted.split_once(quote) {
                Some((value, rest)) => Some((name, value, rest)),
                None => Some((name, quoted, "")),
            };
        }
    }
    let value_end = value
        .find(|c: char| c.is_ascii_whitespace() || c == '>')
        .unwrap_or(value.len());
    let (value, rest) = value.split_at(value_end);
    Some((name, value, rest))
}
