//! Finds the domain that a code names. After a rename, the stored code still names the old domain.
//!
//! A snippet is opaque, so this is a heuristic for a warning. A code that names no domain causes none.

use switchboard_api::{DomainName, EmbedCode};

use super::MOST;
use super::snippet::{Piece, pieces};
use super::source::hosts;

/// Parts of the names of parameters and attributes that contain a domain.
const KEYS: [&str; 4] = ["domain", "site", "shop", "store"];

/// The names of versions and languages, whose values may contain dots.
const OTHER_KEYS: [&str; 6] = ["v", "ver", "version", "lang", "language", "locale"];

/// File extensions.
const FILES: [&str; 12] = [
    "js", "mjs", "css", "html", "htm", "php", "json", "xml", "png", "svg", "map", "txt",
];

/// Returns whether a text names the domain: in full, not as a part of a longer name. A leading `www.` is ignored.
pub(super) fn names(text: &str, domain: &DomainName) -> bool {
    let (text, domain) = (text.to_lowercase(), domain.as_str());
    let is_part = |c: char| c.is_alphanumeric() || "-._".contains(c);
    text.match_indices(domain).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + domain.len()..]);
        let before = before.strip_suffix("www.").unwrap_or(before);
        // The dot that ends a sentence or begins `.js` is not part of the name.
        let continues = match after.strip_prefix('.') {
            None => after.starts_with(is_part),
            Some(after) => {
                let label = after.split(|c: char| !c.is_alphanumeric()).next();
                label.is_some_and(|label| !label.is_empty() && !FILES.contains(&label))
            }
        };
        !before.ends_with(is_part) && !continues
    })
}

/// Returns whether a code names the domain.
#[must_use]
pub fn names_domain(code: &EmbedCode, domain: &DomainName) -> bool {
    [&code.link, &code.socket_link]
        .iter()
        .any(|snippet| names(snippet, domain))
}

/// Returns the domains that a part of a code names without naming its own. Empty for a code that names no domain.
#[must_use]
pub fn other_domains(code: &EmbedCode, domain: &DomainName) -> Vec<DomainName> {
    let parts = [&code.link, &code.socket_link].map(|snippet| {
        let values: Vec<_> = pieces(snippet).iter().flat_map(values).collect();
        (snippet, values)
    });
    let is_domain = |value: &str| domain_in(value).as_ref() == Some(domain);
    // The keys of the domain in one part mean a domain in the other part too.
    let all = parts.iter().flat_map(|(_, values)| values);
    let own_keys: Vec<&str> = all
        .filter(|(_, value)| is_domain(value))
        .map(|(key, _)| key.as_str())
        .collect();
    let is_named = names_domain(code, domain) || !own_keys.is_empty();
    let own: Vec<String> = hosts(code).into_iter().map(|source| source.host).collect();
    let mut found = Vec::new();
    for (snippet, values) in &parts {
        // The name may be in a form that `names` does not recognise, such as `%2Fshop.example`.
        if names(snippet, domain) || values.iter().any(|(_, value)| is_domain(value)) {
            continue;
        }
        for (key, value) in values {
            let is_own = |name: &DomainName| own.iter().any(|host| is_beside(host, name.as_str()));
            let name = domain_in(value).filter(|name| match kind(key) {
                Kind::Domain => !is_named || !is_own(name),
                Kind::Open if is_named => own_keys.contains(&key.as_str()),
                Kind::Open => !is_own(name),
                Kind::Other => false,
            });
            found.extend(name.filter(|name| found.len() < MOST && !found.contains(name)));
        }
    }
    found
}

/// What a key says about its value.
enum Kind {
    /// It is a domain.
    Domain,
    /// It may be one.
    Open,
    /// It is none.
    Other,
}

fn kind(key: &str) -> Kind {
    let key = key.to_ascii_lowercase();
    if KEYS.iter().any(|one| key.contains(one)) {
        Kind::Domain
    } else if OTHER_KEYS.contains(&key.as_str()) {
        Kind::Other
    } else {
        Kind::Open
    }
}

/// Returns the values in a piece, each with its key.
fn values(piece: &Piece) -> Vec<(String, String)> {
    let mut values = Vec::new();
    match piece {
        Piece::Element(element) => {
            values.extend(element.attributes.iter().cloned());
            for address in piece.addresses() {
                parameters(&address.query, &mut values);
            }
        }
        Piece::Bare { address, .. } => parameters(&address.query, &mut values),
        Piece::Inline(text) | Piece::Text(text) => {
            for address in piece.addresses() {
                parameters(&address.query, &mut values);
            }
            assigned(text, &mut values);
        }
    }
    values.truncate(MOST);
    values
}

fn parameters(query: &str, values: &mut Vec<(String, String)>) {
    let pairs = query.split('&').take(MOST);
    values.extend(pairs.filter_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        Some((key.to_owned(), value.to_owned()))
    }));
}

/// Collects the strings that a script assigns to a key that means a domain: `domain: "old.example"`, `siteName =
/// 'old.example'`.
fn assigned(script: &str, values: &mut Vec<(String, String)>) {
    let mut parts = script.split(['"', '\'', '`']);
    let mut before = parts.next().unwrap_or_default();
    for part in parts {
        let key = before.trim_end_matches(|c: char| c.is_whitespace() || ":=(,[".contains(c));
        let start = key.rfind(|c: char| !c.is_alphanumeric() && c != '_');
        let key = &key[start.map_or(0, |at| {
            at + key[at..].chars().next().map_or(1, char::len_utf8)
        })..];
        // A key may be a string itself, as in JSON.
        if matches!(kind(key), Kind::Domain) && values.len() < MOST {
            values.push((key.to_owned(), part.to_owned()));
        }
        before = if part
            .trim_matches(|c: char| c.is_whitespace() || ":=".contains(c))
            .is_empty()
        {
            before
        } else {
            part
        };
    }
}

/// Returns the domain that is the value, or that begins the address in it.
fn domain_in(value: &str) -> Option<DomainName> {
    let value = value.trim().to_lowercase();
    let value = value.replace("%3a", ":").replace("%2f", "/");
    let value = value.split_once("//").map_or(&*value, |(_, rest)| rest);
    let value = value.split(['/', '?', '#', ':', '%']).next()?;
    let value = value.strip_prefix("www.").unwrap_or(value);
    let last = value.rsplit_once('.')?.1;
    let is_ending = last.len() >= 2 && last.chars().all(|c| c.is_ascii_alphabetic());
    let is_ending = (is_ending || last.starts_with("xn--")) && !FILES.contains(&last);
    is_ending.then(|| value.parse().ok()).flatten()
}

/// Returns whether a name equals the host, or one is a subdomain of the other.
fn is_beside(host: &str, name: &str) -> bool {
    let is_below = |one: &str, other: &str| {
        one.strip_suffix(other)
            .is_some_and(|rest| rest.ends_with('.'))
    };
    host == name || is_below(host, name) || is_below(name, host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(name: &str) -> DomainName {
        name.parse().expect("a domain name of the test")
    }

    /// Returns the domains other than `new.example` that a link names.
    fn other(link: &str) -> Vec<String> {
        let code = EmbedCode {
            link: link.to_owned(),
            socket_link: r#"<script src="https://acme.chat.example/socket.js"></script>"#
                .to_owned(),
        };
        let found = other_domains(&code, &domain("new.example"));
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_code_that_names_another_domain_is_found() {
        for link in [
            r#"<script src="https://acme.chat.example/widget.js?domain=old.example" async></script>"#,
            r#"<script src="//acme.chat.example/w.js?v=2.0.beta&amp;d=www.Old.example"></script>"#,
            r#"<script src="https://acme.chat.example/w.js?url=https%3A%2F%2Fold.example%2F"></script>"#,
            r#"<div id="chat" data-domain="old.example"></div>"#,
            "https://acme.chat.example/widget.js?site=old.example",
            r#"<script>window.chat = { domain: "old.example", lang: "en" };</script>"#,
            r#"<script>init({"siteName": 'https://old.example/', "file": "chat.min"})</script>"#,
        ] {
            assert_eq!(other(link), ["old.example"], "{link}");
        }
    }

    #[test]
    fn each_part_of_a_code_is_judged() {
        let code = |link: &str, socket_link: &str| EmbedCode {
            link: format!(r#"<script src="https://acme.chat.example/w.js?{link}"></script>"#),
            socket_link: format!(
                r#"<script src="https://acme.chat.example/s.js?{socket_link}"></script>"#
            ),
        };
        let (new, old) = (domain("new.example"), domain("old.example"));
        for (one, other, named) in [
            ("domain=new.example", "domain=old.example", true),
            ("d=new.example", "d=old.example", true),
            ("domain=new.example", "server=old.example", false),
            ("domain=new.example", "domain=acme.chat.example", false),
            ("domain=new.example", "v=1", false),
        ] {
            for code in [code(one, other), code(other, one)] {
                let named = Some(&old).filter(|_| named);
                assert_eq!(other_domains(&code, &new).first(), named, "{code:?}");
            }
        }
    }

    #[test]
    fn code_naming_its_domain_or_none_causes_no_warning() {
        for link in [
            r#"<script src="https://acme.chat.example/widget.js?domain=new.example"></script>"#,
            r#"<script src="https://acme.chat.example/www.new.example.js?from=old.example"></script>"#,
            r#"<script src="https://acme.chat.example/widget.js?id=42&v=1.2.3"></script>"#,
            r#"<script src="https://acme.chat.example/w.js?api=acme.chat.example&lang=en.us"></script>"#,
            r#"<script src="https://acme.chat.example/w.js?file=chat.min.js"></script>"#,
            "<script>load('chat.bundle', document.body)</script>",
            "",
            "hello",
        ] {
            assert_eq!(other(link), Vec::<String>::new(), "{link}");
        }
    }

    #[test]
    fn longer_name_ending_in_the_domain_differs() {
        for name in [
            "old-new.example",
            "shop.new.example",
            "new.example-shop.test",
        ] {
            let link =
                format!(r#"<script src="https://acme.chat.example/w.js?domain={name}"></script>"#);
            assert_eq!(other(&link), [name]);
        }
    }
}
