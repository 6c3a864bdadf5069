//! Validates single parameters. Each function returns `None` for an invalid value.

use serde_json::Value;

/// Returns a parameter's name for a sentence: `new_domain` → `New domain`.
pub(super) fn label(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Accepts an e-mail address: one `@` with text on both sides, no space, no control character.
pub(super) fn email(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    let (local, host) = text.split_once('@')?;
    let sound = !local.is_empty()
        && !host.is_empty()
        && !host.contains('@')
        && !text
            .chars()
            .any(|letter| letter.is_whitespace() || letter.is_control());
    sound.then(|| text.to_owned())
}

/// Splits a full name at the first space into the first name and the rest.
pub(super) fn name(value: &Value) -> Option<(String, String)> {
    let words: Vec<&str> = value.as_str()?.split_whitespace().collect();
    let (first, rest) = words.split_first()?;
    Some(((*first).to_owned(), rest.join(" ")))
}

/// Accepts a domain name without scheme, port or path, in ASCII (an international name as punycode); converts it to
/// lower case.
pub(super) fn domain(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    let label_is_sound = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    (text.len() <= 253 && text.split('.').all(label_is_sound)).then(|| text.to_ascii_lowercase())
}

/// Accepts endpoint 8's `new_domain`: a domain name without a leading `www.`.
pub(super) fn new_domain(value: &Value) -> Option<String> {
    domain(value).filter(|name| !name.starts_with("www."))
}

/// Accepts endpoint 5's list of domains: a JSON array, or the text `[test.com, webkul.com]`.
pub(super) fn domains(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(names) => names.iter().map(domain).collect(),
        Value::String(text) => {
            let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
            let names = inner
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty());
            names.map(|name| domain(&Value::from(name))).collect()
        }
        _ => None,
    }
}

/// Accepts endpoint 5's `status`: 0 or 1, as a number or a text.
pub(super) fn zero_or_one(value: &Value) -> Option<bool> {
    match value {
        Value::Number(number) if number.as_i64() == Some(0) => Some(false),
        Value::Number(number) if number.as_i64() == Some(1) => Some(true),
        Value::String(text) if text.trim() == "0" => Some(false),
        Value::String(text) if text.trim() == "1" => Some(true),
        _ => None,
    }
}

/// Accepts the switches of endpoints 8 and 11: true or false, as a boolean or a text.
pub(super) fn true_or_false(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(on) => Some(*on),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn email_needs_one_at_sign_between_texts() {
        assert_eq!(
            email(&json!(" ada@acme.example ")).as_deref(),
            Some("ada@acme.example")
        );
        for wrong in [
            "ada",
            "@acme.example",
            "ada@",
            "a@b@c",
            "a da@acme.example",
            "a\u{7}@b",
        ] {
            assert_eq!(email(&json!(wrong)), None, "{wrong:?}");
        }
        assert_eq!(email(&json!(5)), None);
    }

    #[test]
    fn a_name_is_split_at_its_first_space() {
        let split = |text: &str| name(&json!(text)).map(|(first, last)| format!("{first}|{last}"));
        assert_eq!(split("Grace Hopper").as_deref(), Some("Grace|Hopper"));
        assert_eq!(
            split("  Juana  de la Cruz ").as_deref(),
            Some("Juana|de la Cruz")
        );
        assert_eq!(split("Björk").as_deref(), Some("Björk|"));
        assert_eq!(split("   "), None);
    }

    #[test]
    fn domain_is_a_bare_lower_case_name() {
        assert_eq!(
            domain(&json!("Shop.Acme.example")).as_deref(),
            Some("shop.acme.example")
        );
        assert_eq!(domain(&json!("localhost")).as_deref(), Some("localhost"));
        let long = format!("{}.example", "a".repeat(64));
        for wrong in [
            "https://a.example",
            "a.example:80",
            "a.example/x",
            "a.example.",
            "a..b",
            "-a.example",
            "a b",
            "münchen.example",
            &long,
        ] {
            assert_eq!(domain(&json!(wrong)), None, "{wrong:?}");
        }
        assert_eq!(new_domain(&json!("www.a.example")), None);
    }

    #[test]
    fn domain_list_is_an_array_or_bracketed_text() {
        let both = Some(vec!["a.com".to_owned(), "b.com".to_owned()]);
        assert_eq!(domains(&json!(["a.com", "b.com"])), both);
        assert_eq!(domains(&json!("[a.com, b.com]")), both);
        assert_eq!(domains(&json!("[]")), Some(Vec::new()));
        assert_eq!(domains(&json!("a.com")), None);
        assert_eq!(domains(&json!(["a.com", 5])), None);
    }

    #[test]
    fn the_two_kinds_of_switch_are_not_mixed_up() {
        assert_eq!(zero_or_one(&json!(1)), Some(true));
        assert_eq!(zero_or_one(&json!("0")), Some(false));
        assert_eq!(zero_or_one(&json!(true)), None);
        assert_eq!(zero_or_one(&json!(2)), None);
        assert_eq!(true_or_false(&json!(false)), Some(false));
        assert_eq!(true_or_false(&json!("true")), Some(true));
        assert_eq!(true_or_false(&json!(1)), None);
    }
}
