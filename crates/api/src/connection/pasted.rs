//! Finds a token in text copied from a request, an example or a settings file.

use crate::Token;

/// A token that was pasted with a prefix that is not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrefixedToken {
    /// The prefix: `Bearer`, `api_token:`, or both.
    pub prefix: String,
    /// The token.
    pub token: Token,
}

impl PrefixedToken {
    /// Finds the token in `Bearer …`, `api_token: …` and similar texts, quoted or not. `header` is the header that
    /// carries the token. Returns `None` if there is no such prefix, or no token after it.
    #[must_use]
    pub fn find(typed: &str, header: &str) -> Option<Self> {
        let mut rest = unquoted(typed.trim().trim_end_matches([',', ';']));
        let mut prefix = Vec::new();
        if let Some((label, after)) = after_label(rest, header) {
            prefix.push(label);
            rest = unquoted(after);
        }
        if let Some((scheme, after)) = after_scheme(rest) {
            prefix.push(scheme);
            rest = unquoted(after);
        }
        if prefix.is_empty() {
            return None;
        }
        Some(Self {
            prefix: prefix.join(" "),
            token: rest.parse().ok()?,
        })
    }
}

/// Returns the text without one pair of surrounding quotes.
fn unquoted(text: &str) -> &str {
    let inner = |quote: char| {
        let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
        // With another quote inside, these two are not a pair.
        (!inner.contains(quote)).then_some(inner)
    };
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}

/// Returns the name of a header with its colon or equals sign, and the rest.
fn after_label<'a>(text: &'a str, header: &str) -> Option<(String, &'a str)> {
    let at = text.find([':', '='])?;
    let name = unquoted(text[..at].trim());
    let known = [
        header,
        "api_token",
        "access_token",
        "authorization",
        "token",
    ];
    let is_known = known.iter().any(|known| name.eq_ignore_ascii_case(known));
    is_known.then(|| (format!("{name}{}", &text[at..=at]), text[at + 1..].trim()))
}

/// Returns the scheme of an `Authorization` header, and the rest.
fn after_scheme(text: &str) -> Option<(String, &str)> {
    let (scheme, rest) = text.split_once(char::is_whitespace)?;
    let is_known = scheme.eq_ignore_ascii_case("bearer");
    is_known.then(|| (scheme.to_owned(), rest.trim()))
}
