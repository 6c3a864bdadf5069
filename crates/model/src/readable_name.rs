//! Domain names as people read them: labels in the ASCII form of international names (`xn--…`) are decoded (Punycode, RFC 3492).

/// Returns a domain name with its international labels decoded; `None` where it has none that can be decoded.
#[must_use]
pub fn readable(name: &str) -> Option<String> {
    let mut is_decoded = false;
    let labels = name.split('.').map(|label| {
        let decoded = label.strip_prefix("xn--").and_then(decode);
        is_decoded |= decoded.is_some();
        decoded.unwrap_or_else(|| label.to_owned())
    });
    let labels: Vec<String> = labels.collect();
    is_decoded.then(|| labels.join("."))
}

/// Decodes one label without its prefix.
fn decode(label: &str) -> Option<String> {
    let (plain, encoded) = label.rsplit_once('-').unwrap_or(("", label));
    let mut letters: Vec<char> = plain.chars().collect();
    let mut digits = encoded.bytes();
    let (mut code, mut at, mut bias) = (128_u32, 0_u32, 72_u32);
    while digits.len() > 0 {
        let (before, mut weight) = (at, 1_u32);
        for position in 1_u32.. {
            let digit = digit(digits.next()?)?;
            at = at.checked_add(digit.checked_mul(weight)?)?;
            let threshold = (position * 36).saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
        }
        let count = u32::try_from(letters.len()).ok()? + 1;
        bias = adapted(at - before, count, before == 0);
        code = code.checked_add(at / count)?;
        at %= count;
        letters.insert(usize::try_from(at).ok()?, char::from_u32(code)?);
        at += 1;
    }
    Some(letters.into_iter().collect())
}

fn digit(byte: u8) -> Option<u32> {
    match byte {
        b'a'..=b'z' => Some(u32::from(byte - b'a')),
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 26),
        _ => None,
    }
}

/// Adapts the bias after each decoded letter (RFC 3492, section 6.1).
fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = delta / if is_first { 700 } else { 2 };
    delta += delta / count;
    let mut bias = 0;
    while delta > 455 {
        delta /= 35;
        bias += 36;
    }
    bias + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn international_labels_are_decoded_and_others_stay() {
        for (name, expected) in [
            ("xn--bcher-kva.example", Some("bücher.example")),
            ("shop.xn--strae-oqa.example", Some("shop.straße.example")),
            ("xn--r8jz45g.example", Some("例え.example")),
            ("xn--bcher-kva.xn--r8jz45g", Some("bücher.例え")),
            ("shop.acme.example", None),
            ("xn--a!.example", None),
            ("xn--99999999999.example", None),
        ] {
            assert_eq!(readable(name).as_deref(), expected, "{name}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn decoding_gives_back_what_was_encoded(name in "[a-zäöüéñ例え優ñшж]{1,12}\\.example") {
            let ascii = idna::domain_to_ascii(&name).expect("a domain name");
            let (back, result) = idna::domain_to_unicode(&ascii);
            prop_assert!(result.is_ok());
            prop_assert_eq!(readable(&ascii).unwrap_or(ascii), back);
        }

        #[test]
        fn anything_can_be_decoded_without_a_panic(label in "[a-z0-9-]{0,60}") {
            let _ = readable(&format!("xn--{label}"));
        }
    }
}
