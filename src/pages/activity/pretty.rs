//! Indents JSON for reading, even if it is truncated. Nothing is parsed: numbers, order and escapes stay as received.

/// The maximum depth of indentation: a hostile answer must not grow without bounds.
const DEEPEST: usize = 24;

/// Returns the text with a line for each member and element. A text that does not begin like an object or an array
/// stays unchanged.
pub(super) fn pretty(text: &str) -> String {
    if !text.trim_start().starts_with(['{', '[']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() * 2);
    let mut depth = 0_usize;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => {
                out.push(sign);
                let mut escaped = false;
                for sign in signs.by_ref() {
                    out.push(sign);
                    if sign == '"' && !escaped {
                        break;
                    }
                    escaped = sign == '\\' && !escaped;
                }
            }
            '{' | '[' => {
                out.push(sign);
                while signs.next_if(|sign| sign.is_whitespace()).is_some() {}
                match signs.next_if(|sign| matches!(sign, '}' | ']')) {
                    Some(closing) => out.push(closing),
                    None => {
                        depth += 1;
                        new_line(&mut out, depth);
                    }
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut out, depth);
                out.push(sign);
            }
            ',' => {
                out.push(sign);
                new_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            blank if blank.is_whitespace() => {}
            _ => out.push(sign),
        }
    }
    out
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth.min(DEEPEST) {
        out.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_indented_and_its_strings_stay_unchanged() {
        assert_eq!(
            pretty(r#" {"a":"x, {y}: \"z\" \\","b":[1 ,2.50],"c":{ },"d":[]} "#),
            "{\n  \"a\": \"x, {y}: \\\"z\\\" \\\\\",\n  \"b\": [\n    1,\n    2.50\n  ],\n  \"c\": {},\n  \"d\": []\n}"
        );
    }

    #[test]
    fn truncated_json_is_indented_as_far_as_it_goes() {
        assert_eq!(
            pretty(r#"{"a":["b","c"#),
            "{\n  \"a\": [\n    \"b\",\n    \"c"
        );
        assert_eq!(pretty("{"), "{\n  ");
    }

    #[test]
    fn text_that_is_not_json_stays_unchanged() {
        for text in ["", "a=1&b=2", "<p>{1}</p>", "\"text\"", " 1 "] {
            assert_eq!(pretty(text), text);
        }
    }

    #[test]
    fn deeply_nested_json_grows_by_a_bounded_factor() {
        let deep = "[".repeat(16 * 1024);
        assert!(pretty(&deep).len() <= deep.len() * (2 + 2 * DEEPEST));
    }
}
