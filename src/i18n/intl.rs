//! Formats numbers and lists, and selects plural forms, in the language of the page by the browser's `Intl`.
//!
//! Native builds, which run the unit tests, use a small English implementation instead.

#[cfg(target_arch = "wasm32")]
mod browser {
    use js_sys::{Array, Object, Reflect};
    use wasm_bindgen::prelude::*;

    use crate::i18n::locale;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = Intl)]
        type NumberFormat;
        #[wasm_bindgen(constructor, js_namespace = Intl)]
        fn new(locale: &str) -> NumberFormat;
        #[wasm_bindgen(method)]
        fn format(this: &NumberFormat, number: f64) -> String;

        #[wasm_bindgen(js_namespace = Intl)]
        type PluralRules;
        #[wasm_bindgen(constructor, js_namespace = Intl)]
        fn new(locale: &str) -> PluralRules;
        #[wasm_bindgen(method)]
        fn select(this: &PluralRules, number: f64) -> String;

        #[wasm_bindgen(js_namespace = Intl)]
        type ListFormat;
        #[wasm_bindgen(constructor, js_namespace = Intl)]
        fn new(locale: &str, options: &Object) -> ListFormat;
        #[wasm_bindgen(method)]
        fn format(this: &ListFormat, items: &Array) -> String;
    }

    // Cached: creating a formatter takes a hundred times as long as using it.
    thread_local! {
        static NUMBERS: NumberFormat = NumberFormat::new(locale());
        static PLURALS: PluralRules = PluralRules::new(locale());
        static LISTS: ListFormat = ListFormat::new(locale(), &Object::new());
        static ENUMERATIONS: ListFormat = enumerations();
    }

    fn enumerations() -> ListFormat {
        let options = Object::new();
        // Setting a property of a new object does not fail.
        let _ = Reflect::set(&options, &"type".into(), &"unit".into());
        ListFormat::new(locale(), &options)
    }

    pub fn number(number: f64) -> String {
        NUMBERS.with(|format| format.format(number))
    }

    pub fn plural(number: f64) -> String {
        PLURALS.with(|rules| rules.select(number))
    }

    pub fn list(items: &[&str], has_and: bool) -> String {
        let items: Array = items.iter().map(|item| JsValue::from_str(item)).collect();
        if has_and { &LISTS } else { &ENUMERATIONS }.with(|format| format.format(&items))
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod english {
    pub fn number(number: f64) -> String {
        let text = number.to_string();
        let (digits, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out + fraction
    }

    pub fn plural(number: f64) -> &'static str {
        if (number - 1.0).abs() < f64::EPSILON {
            "one"
        } else {
            "other"
        }
    }

    pub fn list(items: &[&str], has_and: bool) -> String {
        match items {
            [first @ .., last] if has_and && !first.is_empty() => {
                format!("{} and {last}", first.join(", "))
            }
            items => items.join(", "),
        }
    }
}

#[cfg(target_arch = "wasm32")]
use browser as language;
#[cfg(not(target_arch = "wasm32"))]
use english as language;

/// Returns a whole number as the language writes it, e.g. "1,234".
#[must_use]
pub fn number(number: usize) -> String {
    language::number(float(number))
}

/// Returns a number as the language writes it, with at most three decimals, e.g. "1.5".
#[must_use]
pub fn decimal(number: f64) -> String {
    language::number(number)
}

/// Returns the plural category of a number: zero, one, two, few, many or other.
pub(super) fn plural(number: usize) -> impl AsRef<str> {
    language::plural(float(number))
}

/// Returns a list as the language writes it, e.g. "a, b and c".
#[must_use]
pub fn list(items: &[impl AsRef<str>]) -> String {
    language::list(&refs(items), true)
}

/// Returns a list without "and", e.g. "a, b, c".
#[must_use]
pub fn enumeration(items: &[impl AsRef<str>]) -> String {
    language::list(&refs(items), false)
}

fn refs(items: &[impl AsRef<str>]) -> Vec<&str> {
    items.iter().map(AsRef::as_ref).collect()
}

#[expect(clippy::cast_precision_loss, reason = "no count is that large")]
fn float(number: usize) -> f64 {
    number as f64
}
