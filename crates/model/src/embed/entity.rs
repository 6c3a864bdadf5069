//! Decodes character references in addresses and pasted markup.

use std::borrow::Cow;

/// The named references that pages use in an address, in markup or for a quotation mark. The whole table of HTML has two thousand.
const NAMED: [(&str, char); 19] = [
    ("amp", '&'),
    ("AMP", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("colon", ':'),
    ("sol", '/'),
    ("period", '.'),
    ("quest", '?'),
    ("equals", '='),
    ("lowbar", '_'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
];

/// The maximum length of a reference, with room for leading zeros.
const LONGEST: usize = 12;

/// Decodes the character references of a text once. A named one needs its semicolon, a number does not.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((character, length)) => {
                decoded.push(character);
                rest = &rest[length..];
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Returns the character of the reference that begins the text, and the reference's length.
fn reference(text: &str) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        let (radix, start) = match bytes.get(2) {
            Some(b'x' | b'X') => (16, 3),
            _ => (10, 2),
        };
        let digits = bytes[start..]
            .iter()
            .take(LONGEST)
            .take_while(|byte| char::from(**byte).is_digit(radix))
            .count();
        let end = start + digits;
        let character = char::from_u32(u32::from_str_radix(&text[start..end], radix).ok()?)?;
        return Some((character, end + usize::from(bytes.get(end) == Some(&b';'))));
    }
    let end = bytes.iter().take(LONGEST).position(|byte| *byte == b';')?;
    let (_, character) = NAMED.iter().find(|(name, _)| *name == &text[1..end])?;
    Some((*character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_are_decoded_once() {
        for (text, decoded) in [
            ("a?b=1&amp;c=2", "a?b=1&c=2"),
            ("&#38;&#x26;&#X26;", "&&&"),
            ("&#47path", "/path"),
            ("&lt;script src=&quot;x&quot;&gt;", "<script src=\"x\">"),
            ("&amp;amp;", "&amp;"),
            ("a&b=1&copy=2&;&#;&#x;&", "a&b=1&copy=2&;&#;&#x;&"),
            ("&#xD800;&#1114112;", "&#xD800;&#1114112;"),
            ("&ü;&amü;", "&ü;&amü;"),
            ("&#99999999999999999999;", "&#99999999999999999999;"),
            ("plain", "plain"),
        ] {
            assert_eq!(decode(text), decoded, "{text}");
        }
    }
}
