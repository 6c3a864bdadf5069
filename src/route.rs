//! Every URL of the panel, both ways. No other file knows a path.

use switchboard_api::{DomainName, Email};

/// One page of the panel, with what its path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`: the way in, which leads on to the organisation or to the connection.
    Home,
    /// `/connect`: who to connect as.
    Connect,
    /// `/organisation`.
    Organisation,
    /// `/operators`: the list; its search lives in the query.
    Operators,
    /// `/operators/:email`: one operator.
    Operator(Email),
    /// `/domains`: the known domains.
    Domains,
    /// `/domains/new`.
    AddDomain,
    /// `/domains/:name`: one domain.
    Domain(DomainName),
    /// `/domains/:name/embed`: the embed code of one domain.
    Embed(DomainName),
    /// `/activity`: the calls of this session and the changes made in this browser.
    Activity,
    /// `/settings`.
    Settings,
    /// Anything else: the path that was asked for.
    NotFound(String),
}

/// The query parameter of `/connect` that says where to go once connected.
pub const NEXT: &str = "next";

/// The query parameter of a list that holds what is searched for.
pub const SEARCH: &str = "q";

/// The query parameter of `/domains/new` that prefills the domain.
pub const DOMAIN: &str = "domain";

impl Route {
    /// Reads a path (no query, no fragment; percent-encoded or not). Never fails: what is no page is [`Route::NotFound`].
    #[must_use]
    pub fn parse(path: &str) -> Self {
        let segments: Vec<String> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(decode)
            .collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            [] => Self::Home,
            ["connect"] => Self::Connect,
            ["organisation"] => Self::Organisation,
            ["operators"] => Self::Operators,
            ["operators", email] => match email.parse() {
                Ok(email) => Self::Operator(email),
                Err(_) => Self::NotFound(path.to_owned()),
            },
            ["domains"] => Self::Domains,
            ["domains", "new"] => Self::AddDomain,
            ["domains", name] => match name.parse() {
                Ok(name) => Self::Domain(name),
                Err(_) => Self::NotFound(path.to_owned()),
            },
            ["domains", name, "embed"] => match name.parse() {
                Ok(name) => Self::Embed(name),
                Err(_) => Self::NotFound(path.to_owned()),
            },
            ["activity"] => Self::Activity,
            ["settings"] => Self::Settings,
            _ => Self::NotFound(path.to_owned()),
        }
    }

    /// The path of this page, as it goes into a link.
    #[must_use]
    pub fn href(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::Connect => "/connect".to_owned(),
            Self::Organisation => "/organisation".to_owned(),
            Self::Operators => "/operators".to_owned(),
            Self::Operator(email) => format!("/operators/{}", encode(email.as_str())),
            Self::Domains => "/domains".to_owned(),
            Self::AddDomain => "/domains/new".to_owned(),
            Self::Domain(name) => format!("/domains/{}", encode(name.as_str())),
            Self::Embed(name) => format!("/domains/{}/embed", encode(name.as_str())),
            Self::Activity => "/activity".to_owned(),
            Self::Settings => "/settings".to_owned(),
            Self::NotFound(path) => path.clone(),
        }
    }

    /// The path with one query parameter; the bare path when the value is empty.
    #[must_use]
    pub fn href_with(&self, parameter: &str, value: &str) -> String {
        self.href_with_all(&[(parameter, value)])
    }

    /// The path with query parameters; those whose value is empty are left out.
    #[must_use]
    pub fn href_with_all(&self, parameters: &[(&str, &str)]) -> String {
        let mut href = self.href();
        let given = parameters.iter().filter(|(_, value)| !value.is_empty());
        for (index, (name, value)) in given.enumerate() {
            href.push(if index == 0 { '?' } else { '&' });
            href.push_str(name);
            href.push('=');
            href.push_str(&encode(value));
        }
        href
    }

    /// Whether the page can be shown with no connection.
    #[must_use]
    pub fn is_public(&self) -> bool {
        matches!(self, Self::Connect | Self::NotFound(_))
    }

    /// The page of the main navigation that this one belongs to.
    #[must_use]
    pub fn section(&self) -> Option<Self> {
        match self {
            Self::Organisation => Some(Self::Organisation),
            Self::Operators | Self::Operator(_) => Some(Self::Operators),
            Self::Domains | Self::AddDomain | Self::Domain(_) | Self::Embed(_) => {
                Some(Self::Domains)
            }
            Self::Activity => Some(Self::Activity),
            Self::Settings => Some(Self::Settings),
            Self::Home | Self::Connect | Self::NotFound(_) => None,
        }
    }
}

/// Where to go after connecting: only a path of this panel, never another site's address.
#[must_use]
pub fn safe_next(asked: Option<String>) -> String {
    match asked {
        Some(next) if next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') => {
            let path = next.split(['?', '#']).next().unwrap_or_default();
            match Route::parse(path) {
                Route::Home | Route::Connect | Route::NotFound(_) => Route::Organisation.href(),
                _ => next,
            }
        }
        _ => Route::Organisation.href(),
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
pub fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte))
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Undoes percent-encoding; what is no valid escape stays as it is.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten();
        match escaped
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
        {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(name: &str) -> DomainName {
        name.parse().expect("a domain name of the test")
    }

    #[test]
    fn every_route_comes_back_from_its_own_path() {
        for route in [
            Route::Home,
            Route::Connect,
            Route::Organisation,
            Route::Operators,
            Route::Domains,
            Route::AddDomain,
            Route::Activity,
            Route::Settings,
            Route::Embed(domain("shop.acme.example")),
            Route::Operator(
                "o'neil+x/y@acme.example"
                    .parse()
                    .expect("an e-mail of the test"),
            ),
            Route::Embed(domain("new")),
            Route::Domain(domain("shop.acme.example")),
            Route::Embed(domain("xn--bcher-kva.example")),
        ] {
            assert_eq!(Route::parse(&route.href()), route);
        }
    }

    /// Both run where no Rust does: before the program is there, and while no page is.
    #[test]
    fn the_first_script_and_the_service_worker_know_every_page_and_no_other() {
        let pages = "connect|organisation|operators|domains|activity|settings";
        for script in [
            include_str!("../first.js"),
            include_str!("../crates/xtask/src/panel/worker.js"),
        ] {
            let pattern = format!(r"/^\/({pages})?(\/|$)/");
            assert!(script.contains(&pattern), "{script}");
        }
        for route in [
            Route::Home,
            Route::Connect,
            Route::Organisation,
            Route::Operators,
            Route::Domains,
            Route::AddDomain,
            Route::Activity,
            Route::Settings,
        ] {
            // Whoever adds a page is reminded of both scripts.
            match &route {
                Route::Home
                | Route::Connect
                | Route::Organisation
                | Route::Operators
                | Route::Operator(_)
                | Route::Domains
                | Route::AddDomain
                | Route::Domain(_)
                | Route::Embed(_)
                | Route::Activity
                | Route::Settings
                | Route::NotFound(_) => {}
            }
            let href = route.href();
            let name = href.split('/').nth(1).unwrap_or_default();
            assert!(
                name.is_empty() || pages.split('|').any(|page| page == name),
                "{href}"
            );
        }
        for page in pages.split('|') {
            assert_ne!(
                Route::parse(page),
                Route::NotFound(page.to_owned()),
                "{page}"
            );
        }
    }

    #[test]
    fn an_unknown_path_is_kept_to_be_told() {
        for path in [
            "/nowhere",
            "/domains/a b/embed",
            "/domains/x/y/z",
            "/operators/%FF/x",
        ] {
            assert_eq!(Route::parse(path), Route::NotFound(path.to_owned()));
        }
    }

    #[test]
    fn a_trailing_slash_is_the_same_page() {
        assert_eq!(Route::parse("/operators/"), Route::Operators);
    }

    #[test]
    fn a_search_survives_the_way_into_a_link() {
        assert_eq!(
            Route::Operators.href_with(SEARCH, "søk+& %"),
            "/operators?q=s%C3%B8k%2B%26%20%25"
        );
        assert_eq!(Route::Operators.href_with(SEARCH, ""), "/operators");
    }

    #[test]
    fn after_connecting_nobody_is_led_to_another_site() {
        for evil in [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "",
            "/connect",
            "/nowhere",
        ] {
            assert_eq!(safe_next(Some(evil.to_owned())), "/organisation", "{evil}");
        }
        assert_eq!(safe_next(None), "/organisation");
        assert_eq!(
            safe_next(Some("/operators?q=ada".to_owned())),
            "/operators?q=ada"
        );
    }
}
