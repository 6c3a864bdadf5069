//! JSON laid out for reading, also when it is cut off in the middle. Nothing is parsed: numbers, order and escapes stay as they came.

/// No deeper is anything indented: a hostile answer must not grow without bounds.
const DEEPEST: usize = 24;

/// The text with a line for each member and element. What does not begin like an object or a list is left alone.
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
    fn json_is_laid_out_and_its_texts_are_left_alone() {
        assert_eq!(
            pretty(r#" {"a":"x, {y}: \"z\" \\","b":[1 ,2.50],"c":{ },"d":[]} "#),
            "{\n  \"a\": \"x, {y}: \\\"z\\\" \\\\\",\n  \"b\": [\n    1,\n    2.50\n  ],\n  \"c\": {},\n  \"d\": []\n}"
        );
    }

    #[test]
    fn what_is_cut_off_is_laid_out_as_far_as_it_goes() {
        assert_eq!(
            pretty(r#"{"a":["b","c"#),
            "{\n  \"a\": [\n    \"b\",\n    \"c"
        );
        assert_eq!(pretty("{"), "{\n  ");
    }

    #[test]
    fn what_is_no_json_stays_as_it_came() {
        for text in ["", "a=1&b=2", "<p>{1}</p>", "\"text\"", " 1 "] {
            assert_eq!(pretty(text), text);
        }
    }

    #[test]
    fn a_deep_answer_grows_no_more_than_so_far_for_each_sign() {
        let deep = "[".repeat(16 * 1024);
        assert!(pretty(&deep).len() <= deep.len() * (2 + 2 * DEEPEST));
    }
}
