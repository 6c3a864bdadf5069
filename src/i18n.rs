//! Every text of the panel, by name, in the language of the page.
//!
//! A text is a constant of [`Text`]; English is compiled in. What is filled in stands in braces: `"{count} operators"`.
//! A text that depends on a number holds its plural forms, parted by `|`: `"{count} operator|{count} operators"`.

#[macro_use]
mod table;
mod english;

pub use english::Text;

/// The locale that dates and times are written in.
pub const LOCALE: &str = "en-GB";

/// The text.
#[must_use]
pub fn t(text: Text) -> &'static str {
    text.0
}

/// The text with its braces filled in.
#[must_use]
pub fn tf(text: Text, values: &[(&str, &str)]) -> String {
    fill(t(text), values)
}

/// The text in the plural form for `count`, which also fills `{count}`.
#[must_use]
pub fn tn(text: Text, count: usize) -> String {
    let forms = t(text);
    let (one, many) = forms.split_once('|').unwrap_or((forms, forms));
    fill(
        if count == 1 { one } else { many },
        &[("count", &number(count))],
    )
}

/// A number as people write it: in groups of three digits.
#[must_use]
pub fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Fills braces in one pass, so that a value that itself holds braces is left alone. An unknown name stays as it is written.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        out.push_str(before);
        let filled = after[1..].split_once('}').and_then(|(name, tail)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, tail))
        });
        match filled {
            Some((value, tail)) => {
                out.push_str(value);
                rest = tail;
            }
            None => {
                out.push('{');
                rest = &after[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_filled_once_and_only_with_what_is_given() {
        assert_eq!(
            fill("{a} and {b}, {c}", &[("a", "{b}"), ("b", "B")]),
            "{b} and B, {c}"
        );
        assert_eq!(fill("open { end", &[("a", "x")]), "open { end");
        assert_eq!(fill("", &[]), "");
    }

    #[test]
    fn a_count_chooses_its_form() {
        assert_eq!(tn(Text::OperatorsCount, 1), "1 operator");
        assert_eq!(tn(Text::OperatorsCount, 0), "0 operators");
        assert_eq!(tn(Text::OperatorsCount, 2), "2 operators");
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let told: Vec<String> = [0, 999, 1_000, 10_000, 1_234_567].map(number).into();
        assert_eq!(told, ["0", "999", "1,000", "10,000", "1,234,567"]);
    }

    #[test]
    fn every_text_is_used() {
        fn sources(folder: &std::path::Path, all: &mut String) {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    sources(&path, all);
                } else {
                    all.push_str(&std::fs::read_to_string(&path).expect("a source file"));
                }
            }
        }
        let mut all = String::new();
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
        sources(std::path::Path::new(root), &mut all);
        let used: std::collections::HashSet<&str> = all
            .split("Text::")
            .skip(1)
            .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next())
            .collect();
        let unused: Vec<_> = english::ALL
            .iter()
            .filter(|(name, _)| !used.contains(name))
            .collect();
        assert!(unused.is_empty(), "{unused:?}");
    }

    #[test]
    fn the_frame_before_the_application_says_what_the_application_says() {
        let page = include_str!("../index.html");
        let (_, frame) = page.split_once("<div id=\"boot\">").expect("a frame");
        let (frame, _) = frame
            .split_once("<span class=\"boot-line\"")
            .expect("its end");
        let said: Vec<&str> = frame
            .split('<')
            .filter_map(|tag| tag.split_once('>'))
            .map(|(_, text)| text.trim())
            .filter(|text| !["", "&nbsp;", "Switchboard"].contains(text))
            .collect();
        assert!(said.len() > 10, "{said:?}");
        for text in said {
            let is_known = english::ALL.iter().any(|(_, known)| *known == text);
            assert!(is_known, "{text}");
        }
    }

    #[test]
    fn no_text_is_empty_and_every_brace_is_closed() {
        for (name, text) in english::ALL {
            assert!(!text.trim().is_empty(), "{name} is empty");
            assert_eq!(
                text.matches('{').count(),
                text.matches('}').count(),
                "{name} has an open brace"
            );
        }
    }
}
