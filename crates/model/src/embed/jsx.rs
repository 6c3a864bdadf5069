//! Reads the source of a component for Next.js as HTML, so that [`super::next_script`]'s elements are found in it.

use std::borrow::Cow;

use super::entity::decode;
use super::html::RAW;

/// Returns the HTML that a component means: scripts and similar elements with their end tags, values of attributes
/// without braces, and HTML comments. Keeps every line. Returns a text that does not import `next/script` as it is.
pub(super) fn as_html(text: &str) -> Cow<'_, str> {
    let is_import = |line: &str| line.starts_with("import ") && line.contains("next/script");
    if !text.lines().any(|line| is_import(line.trim_start())) {
        return Cow::Borrowed(text);
    }
    let mut html = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        html.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(name) = raw_name(rest) else {
            html.push('<');
            rest = &rest[1..];
            continue;
        };
        // Otherwise the text ends in the tag.
        let Some(tag) = Tag::read(name, rest) else {
            break;
        };
        tag.write(&mut html);
        rest = &rest[tag.length..];
    }
    html.push_str(rest);
    Cow::Owned(html.replace("{/*", "<!--").replace("*/}", "-->"))
}

/// Returns the name of a start tag, if the content of its element is text in HTML.
fn raw_name(text: &str) -> Option<&str> {
    let length = text[1..].find(|c: char| !c.is_ascii_alphabetic())?;
    let (name, rest) = text[1..].split_at(length);
    let is_raw = RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw));
    (is_raw && rest.starts_with(is_end)).then_some(name)
}

/// Returns whether a name ends before this character.
fn is_end(c: char) -> bool {
    c.is_whitespace() || "/>=".contains(c)
}

/// A start tag of such an element.
struct Tag<'a> {
    name: &'a str,
    /// Names, and values where the source has them as text.
    attributes: Vec<(&'a str, String)>,
    is_self_closing: bool,
    length: usize,
    lines: usize,
}

impl<'a> Tag<'a> {
    fn read(name: &'a str, text: &'a str) -> Option<Self> {
        let (mut attributes, mut rest) = (Vec::new(), &text[1 + name.len()..]);
        loop {
            rest = rest.trim_start();
            let end = ["/>", ">"].iter().find_map(|end| rest.strip_prefix(end));
            if let Some(after) = end {
                let length = text.len() - after.len();
                return Some(Self {
                    name,
                    attributes,
                    is_self_closing: rest.starts_with('/'),
                    length,
                    lines: text[..length].matches('\n').count(),
                });
            }
            if rest.starts_with('{') {
                rest = &rest[expression(rest)?..];
                continue;
            }
            // At least one character, so that this ends.
            let first = rest.chars().next()?.len_utf8();
            let (attribute, after) = rest.split_at(first + rest[first..].find(is_end)?);
            rest = after.trim_start();
            let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
                attributes.push((attribute, String::new()));
                continue;
            };
            let length = match value.chars().next()? {
                '{' => expression(value)?,
                quote @ ('"' | '\'') => value[1..].find(quote)? + 2,
                _ => continue,
            };
            attributes.extend(text_of(&value[..length]).map(|text| (attribute, text)));
            rest = &value[length..];
        }
    }

    fn write(&self, html: &mut String) {
        html.push_str(&format!("<{}", self.name));
        for (name, value) in &self.attributes {
            let name = if *name == "className" { "class" } else { name };
            let value = value.replace('&', "&amp;").replace('"', "&quot;");
            // The lines of the tag follow below.
            let value = value.replace('\n', "&#10;");
            html.push_str(&format!(" {name}=\"{value}\""));
        }
        html.push_str(&"\n".repeat(self.lines));
        html.push('>');
        if self.is_self_closing {
            html.push_str(&format!("</{}>", self.name));
        }
    }
}

/// Returns the length of an expression in braces at the start of a text.
fn expression(text: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => drop(chars.next()),
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') if depth == 1 => return Some(at + 1),
            (None, '}') => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Returns the text of a value: a string, or an expression that is one. Returns `None` for another expression.
fn text_of(value: &str) -> Option<String> {
    let inner = &value[1..value.len() - 1];
    if !value.starts_with('{') {
        return Some(decode(inner).into_owned());
    }
    let expression = inner.trim();
    let is_plain = |text: &&str| !text.contains(['\\', '$']);
    serde_json::from_str(expression).ok().or_else(|| {
        let mut quotes = ['\'', '`'].into_iter();
        let inner = quotes.find_map(|quote| expression.strip_prefix(quote)?.strip_suffix(quote));
        inner.filter(is_plain).map(str::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMPORT: &str = "import Script from \"next/script\";\n";

    #[track_caller]
    fn assert_html(jsx: &str, expected: &str) {
        let html = as_html(&format!("{IMPORT}{jsx}")).into_owned();
        assert_eq!(html, format!("{IMPORT}{expected}"), "{jsx}");
    }

    #[test]
    fn text_without_the_import_is_left_alone() {
        for text in ["<Script src=\"a\" />", "<p>import next/script</p>"] {
            assert!(matches!(as_html(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn elements_get_their_end_tags_and_values() {
        assert_html(
            "<Script src={\"//a/?b=1&c=\\\"\"} className='x' defer />",
            "<Script src=\"//a/?b=1&amp;c=&quot;\" class=\"x\" defer=\"\"></Script>",
        );
        assert_html(
            "<Script\n  id=\"b\nc\" src={`//a`}\n  onLoad={() => { go(\"}\") }}\n  {...rest}\n/>",
            "<Script id=\"b&#10;c\" src=\"//a\"\n\n\n\n\n></Script>",
        );
        assert_html(
            "<Script id=\"c\">{`go()`}</Script>{/* <title /> */}",
            "<Script id=\"c\">{`go()`}</Script><!-- <title></title> -->",
        );
        assert_html("<Head /><br />{a < b}", "<Head /><br />{a < b}");
    }

    #[test]
    fn unfinished_source_is_kept() {
        for jsx in [
            "<Script",
            "<Script src=",
            "<Script src={\"a",
            "<Script a='b",
            "<",
        ] {
            assert_html(jsx, jsx);
        }
    }
}
