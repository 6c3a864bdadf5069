//! Fills in messages: the part of ICU MessageFormat that the texts need.
//!
//! - `{name}`: a value, or a number as the language writes it. A value that is written from right to left is isolated
//!   unless it is at the end, so that the words around it keep their order.
//! - `{name, plural, one {…} other {…}}`: the form for the number; `#` in a form is the number.
//! - `{name, select, key {…} other {…}}`: the form for the value.

use super::intl;

/// Fills in a message. Values are inserted verbatim, never parsed as messages. A placeholder with an unknown name stays
/// as written.
pub(super) fn filled(message: &str, values: &[(&str, &str)], counts: &[(&str, usize)]) -> String {
    let mut out = String::with_capacity(message.len() + 16);
    Arguments { values, counts }.fill(message, None, &mut out);
    out
}

struct Arguments<'a> {
    values: &'a [(&'a str, &'a str)],
    counts: &'a [(&'a str, usize)],
}

impl Arguments<'_> {
    fn fill(&self, message: &str, number: Option<&str>, out: &mut String) {
        let mut rest = message;
        while let Some(at) = rest.find(['{', '#']) {
            let (before, after) = rest.split_at(at);
            out.push_str(before);
            rest = &after[1..];
            match (after.starts_with('#'), number, enclosed(after)) {
                (true, Some(number), _) => out.push_str(number),
                (false, _, Some((inner, tail))) if self.placeholder(inner, tail, out) => {
                    rest = tail;
                }
                _ => out.push_str(&after[..1]),
            }
        }
        out.push_str(rest);
    }

    /// Fills in a placeholder; `inner` is the text between its braces. Returns false if its name is unknown.
    fn placeholder(&self, inner: &str, tail: &str, out: &mut String) -> bool {
        let (name, forms) = inner.split_once(',').unwrap_or((inner, ""));
        // Skips the word "plural" or "select".
        let forms = forms.split_once(',').map(|(_, forms)| forms);
        if let Some((_, count)) = self.counts.iter().find(|(known, _)| *known == name) {
            let number = intl::number(*count);
            match forms {
                Some(forms) => {
                    let form = form(forms, intl::plural(*count).as_ref());
                    self.fill(form, Some(&number), out);
                }
                None => out.push_str(&number),
            }
        } else if let Some((_, value)) = self.values.iter().find(|(known, _)| *known == name) {
            match forms {
                Some(forms) => self.fill(form(forms, value), None, out),
                // A value at the end cannot move what follows, so names such as "Admin: {name}" stay plain.
                None if !tail.is_empty() && is_written_right_to_left(value) => {
                    out.push_str(FIRST_STRONG_ISOLATE);
                    out.push_str(value);
                    out.push_str(POP_DIRECTIONAL_ISOLATE);
                }
                None => out.push_str(value),
            }
        } else {
            return false;
        }
        true
    }
}

/// Begins a part of a text that does not change the order of what is around it.
const FIRST_STRONG_ISOLATE: &str = "\u{2068}";

/// Ends it.
const POP_DIRECTIONAL_ISOLATE: &str = "\u{2069}";

/// Returns whether a value has a character that is written from right to left, or that turns others around.
fn is_written_right_to_left(value: &str) -> bool {
    value.chars().any(|c| {
        matches!(
            u32::from(c),
            0x590..=0x8FF | 0x202B | 0x202E | 0x2067 | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF
        )
    })
}

/// Returns the form for this key, or else the form "other"; empty if there is neither.
fn form<'a>(forms: &'a str, key: &str) -> &'a str {
    let mut other = "";
    for (name, form) in parts(forms) {
        if name == key {
            return form;
        }
        if name == "other" {
            other = form;
        }
    }
    other
}

/// Iterates over the forms of a plural or select, each with its key.
pub(super) fn parts(forms: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = forms;
    std::iter::from_fn(move || {
        let at = rest.find('{')?;
        let key = rest[..at].trim();
        let (form, tail) = enclosed(&rest[at..])?;
        rest = tail;
        Some((key, form))
    })
}

/// Splits a text that starts with `{` into the content of the braces and the rest. Returns `None` if the brace is not
/// closed.
pub(super) fn enclosed(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return None,
            b'}' if depth == 1 => return Some((&text[1..at], &text[at + 1..])),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once_and_only_with_known_names() {
        let values = [("a", "{b}"), ("b", "B")];
        assert_eq!(filled("{a} and {b}, {c}", &values, &[]), "{b} and B, {c}");
        assert_eq!(filled("open { end", &values, &[]), "open { end");
        assert_eq!(filled("a } b # c", &values, &[]), "a } b # c");
        assert_eq!(filled("", &[], &[]), "");
    }

    #[test]
    fn name_that_is_written_right_to_left_does_not_reorder_the_text() {
        let values = [("name", "ליילה"), ("domain", "shop.example")];
        assert_eq!(
            filled("{name} (2) on {domain}", &values, &[]),
            "\u{2068}ליילה\u{2069} (2) on shop.example"
        );
        assert_eq!(filled("Admin: {name}", &values, &[]), "Admin: ליילה");
    }

    #[test]
    fn each_number_selects_its_own_plural_form() {
        let message = "Put {operators, plural, one {# operator} other {# operators}} on \
             {domains, plural, one {# domain} other {# domains}} of {name}";
        let put = |operators, domains| {
            let counts = [("operators", operators), ("domains", domains)];
            filled(message, &[("name", "#1 {x}")], &counts)
        };
        assert_eq!(put(1, 2), "Put 1 operator on 2 domains of #1 {x}");
        assert_eq!(put(1_200, 1), "Put 1,200 operators on 1 domain of #1 {x}");
    }

    #[test]
    fn select_takes_the_form_of_the_value_or_other() {
        let message = "{by, select, comma {commas} other {{by} signs}}";
        assert_eq!(filled(message, &[("by", "comma")], &[]), "commas");
        assert_eq!(filled(message, &[("by", "odd")], &[]), "odd signs");
    }

    #[test]
    fn missing_plural_category_falls_back_to_other() {
        let message = "{count, plural, other {all # of {place}}}";
        let filled = filled(message, &[("place", "it")], &[("count", 1)]);
        assert_eq!(filled, "all 1 of it");
    }
}
