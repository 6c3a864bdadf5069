//! International domain names in the form that people read: `xn--bcher-kva.example` is
//! `bücher.example`.
//!
//! A label whose letters could be taken for others stays in ASCII, as browsers do it (UTS 39,
//! "highly restrictive"). Which characters a label may have is asked of the caller: a browser has
//! the tables.

use std::borrow::Cow;
use std::ops::RangeInclusive;

/// Returns the Unicode form of a domain name; `None` if all of it stays in ASCII.
///
/// `to_ascii` converts a name to its ASCII form (UTS 46). A label that does not convert back to
/// itself is not shown in Unicode.
#[must_use]
pub fn unicode_form(name: &str, to_ascii: impl Fn(&str) -> Option<String>) -> Option<String> {
    if !name.contains(PREFIX) {
        return None;
    }
    let ending = name.rsplit('.').next().and_then(decoded);
    let ending = ending.as_deref().and_then(only_script);
    let labels = name.split('.').map(|label| {
        let readable = decoded(label).filter(|text| {
            is_unambiguous(text, ending) && to_ascii(text).as_deref() == Some(label)
        });
        readable.map_or(Cow::Borrowed(label), Cow::Owned)
    });
    let shown = labels.collect::<Vec<_>>().join(".");
    (shown != name).then_some(shown)
}

/// What the ASCII form of an international label begins with.
const PREFIX: &str = "xn--";

/// Returns the text of an international label (RFC 3492).
fn decoded(label: &str) -> Option<String> {
    let encoded = label.strip_prefix(PREFIX).filter(|it| it.len() < 60)?;
    let (plain, digits) = encoded.rsplit_once('-').unwrap_or(("", encoded));
    let mut text: Vec<char> = plain.chars().collect();
    let mut digits = digits.bytes();
    let (mut code, mut place, mut bias) = (128_u32, 0_u32, 72);
    while digits.len() > 0 {
        let before = place;
        let (mut weight, mut position) = (1_u32, 36);
        loop {
            let digit = u32::from(match digits.next()? {
                letter @ b'a'..=b'z' => letter - b'a',
                number @ b'0'..=b'9' => number - b'0' + 26,
                _ => return None,
            });
            place = place.checked_add(digit.checked_mul(weight)?)?;
            let threshold = position.max(bias + 1).min(bias + 26) - bias;
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            position += 36;
        }
        let length = u32::try_from(text.len()).ok()? + 1;
        bias = adapted(place - before, length, before == 0);
        code = code.checked_add(place / length)?;
        place %= length;
        text.insert(place as usize, char::from_u32(code)?);
        place += 1;
    }
    Some(text.into_iter().collect())
}

/// Returns the next bias of the encoding (RFC 3492, section 6.1).
fn adapted(delta: u32, length: u32, is_first: bool) -> u32 {
    let mut delta = delta / if is_first { 700 } else { 2 };
    delta += delta / length;
    let mut position = 0;
    while delta > 455 {
        delta /= 35;
        position += 36;
    }
    position + 36 * delta / (delta + 38)
}

/// The script of a letter. Digits and hyphens belong to every script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Han,
    Kana,
    Bopomofo,
    Hangul,
    /// One that is never mixed with another, by its place in [`OTHERS`].
    Other(usize),
}

/// The blocks of scripts that stand alone: Armenian, Hebrew, Arabic, Thaana, ten of India and Sri
/// Lanka, Thai, Lao, Tibetan, Myanmar, Georgian, Ethiopic, Khmer.
const OTHERS: [RangeInclusive<u32>; 21] = [
    0x531..=0x58F,
    0x5D0..=0x5F4,
    0x620..=0x6FF,
    0x780..=0x7BF,
    0x900..=0x97F,
    0x980..=0x9FF,
    0xA00..=0xA7F,
    0xA80..=0xAFF,
    0xB00..=0xB7F,
    0xB80..=0xBFF,
    0xC00..=0xC7F,
    0xC80..=0xCFF,
    0xD00..=0xD7F,
    0xD80..=0xDFF,
    0xE00..=0xE7F,
    0xE80..=0xEFF,
    0xF00..=0xFFF,
    0x1000..=0x109F,
    0x10D0..=0x10FF,
    0x1200..=0x137F,
    0x1780..=0x17FF,
];

/// Returns the script of a letter that a readable label may have; `None` for anything else.
fn script(c: char) -> Option<Script> {
    Some(match c {
        'a'..='z'
        | 'ß'..='ö'
        | 'ø'..='\u{1BF}'
        | '\u{1C4}'..='\u{24F}'
        | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
        '\u{400}'..='\u{52F}' => Script::Cyrillic,
        '々' | '〇' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' => Script::Han,
        '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309E}' => Script::Kana,
        '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FE}' => Script::Kana,
        '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}' => Script::Bopomofo,
        '\u{AC00}'..='\u{D7A3}' => Script::Hangul,
        _ => {
            let code = u32::from(c);
            let block = OTHERS.iter().position(|block| block.contains(&code));
            return block.map(Script::Other);
        }
    })
}

/// The scripts that one language is written in together.
const TOGETHER: [&[Script]; 3] = [
    &[Script::Latin, Script::Han, Script::Kana],
    &[Script::Latin, Script::Han, Script::Bopomofo],
    &[Script::Latin, Script::Han, Script::Hangul],
];

/// Returns the script of a text in which all letters are of one script.
fn only_script(text: &str) -> Option<Script> {
    let mut scripts = letters(text).map(script);
    let first = scripts.next().flatten()?;
    scripts.all(|script| script == Some(first)).then_some(first)
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_ascii_digit() && *c != '-')
}

/// Cyrillic and Greek letters that look like Latin ones.
const LIKE_LATIN: &str = "асԁеһіјӏорԗԛѕԝхуъьҽпгѵѡαγεηικνοπρτυχω";

/// East Asian signs that look like a slash, a hyphen or a letter beside Latin letters.
const LIKE_SIGNS: &str = "ノンソゾヘへー一〇丶丿工";

/// Returns whether a label cannot be confused with another one. `ending` is the script of the last
/// label: under an ending of their own script, whole words may look like Latin ones.
fn is_unambiguous(label: &str, ending: Option<Script>) -> bool {
    if let Some(only) = only_script(label) {
        let is_like_latin = letters(label).all(|c| LIKE_LATIN.contains(c));
        return !is_like_latin || ending == Some(only);
    }
    let scripts: Option<Vec<Script>> = letters(label).map(script).collect();
    let Some(scripts) = scripts.filter(|scripts| !scripts.is_empty()) else {
        return false;
    };
    let is_one_language = TOGETHER
        .iter()
        .any(|together| scripts.iter().all(|script| together.contains(script)));
    is_one_language && !(scripts.contains(&Script::Latin) && has_lone_sign(label))
}

/// Returns whether a sign of [`LIKE_SIGNS`] has no East Asian letter at its side that tells what it is.
fn has_lone_sign(label: &str) -> bool {
    let letters: Vec<char> = label.chars().collect();
    let is_sign = |c: char| LIKE_SIGNS.contains(c);
    let tells = |c: &char| !is_sign(*c) && matches!(script(*c), Some(Script::Han | Script::Kana));
    letters.iter().enumerate().any(|(at, c)| {
        let from = at.saturating_sub(1);
        let around = letters.iter().skip(from).take(at + 2 - from);
        is_sign(*c) && !around.into_iter().any(tells)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str) -> Option<String> {
        unicode_form(name, |text| idna::domain_to_ascii(text).ok())
    }

    /// The name in ASCII, and back.
    fn there_and_back(name: &str) -> Option<String> {
        shown(
            &idna::domain_to_ascii(name)
                .unwrap_or_else(|_| panic!("{name} is a domain of the test")),
        )
    }

    #[test]
    fn names_in_one_script_are_shown_in_it() {
        for name in [
            "bücher.example",
            "straße.example",
            "shop.łódź.example",
            "xn--80ak6aa92e.bücher.example",
            "почта.example",
            "раура.рф",
            "ελλάδα.example",
            "مثال.إختبار",
            "دامنه24.example",
            "עברית.example",
            "उदाहरण.परीक्षा",
            "தமிழ்.example",
            "ไทย.example",
            "例え.テスト",
            "東京タワーabc.example",
            "한국어abc.example",
            "中文.中国",
            "हिन्दी-2.example",
            "việtnam.example",
        ] {
            assert_eq!(there_and_back(name).as_deref(), Some(name), "{name}");
        }
    }

    #[test]
    fn names_that_look_like_others_stay_in_ascii() {
        for name in [
            // Cyrillic letters in a Latin name, and a whole name of them.
            "аcme.example",
            "аррӏе.com",
            "сосо.example",
            "ροτ.example",
            // Greek and Cyrillic, Thai and Latin, Chinese and Cyrillic.
            "αж.example",
            "shopไทย.example",
            "中ж.example",
            "カ한.example",
            // A sign that looks like a slash.
            "acme.exampleノpath.example",
            // Marks alone, and signs that are no letters.
            "a\u{301}\u{302}\u{303}b.example",
            "☕.example",
            "lǃve.example",
        ] {
            assert_eq!(there_and_back(name), None, "{name}");
        }
    }

    #[test]
    fn one_doubtful_label_leaves_the_others_readable() {
        assert_eq!(
            there_and_back("аcme.bücher.example").as_deref(),
            Some("xn--cme-5cd.bücher.example")
        );
    }

    #[test]
    fn labels_that_do_not_convert_back_stay_in_ascii() {
        for name in [
            "acme.example",
            "xn--.example",
            "xn--a.example",
            "xn--99999999.example",
            "xn--bcher-KVA.example",
            "xn--acme-.example",
            "xn--A.example",
            "xn--bcher-kva-.example",
            // "BÜCHER", which converts to another label.
            "xn--BCHER-fma.example",
            "xn--ü.example",
            "",
        ] {
            assert_eq!(shown(name), None, "{name}");
        }
        let long = format!("xn--{}.example", "a".repeat(100_000));
        assert_eq!(shown(&long), None);
    }
}
