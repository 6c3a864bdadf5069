//! The `Content-Security-Policy` that a page sets by a `meta`: what it forbids of a code.

use super::address::{Address, Scheme};
use super::compared_element::Element;
use super::finding::Finding;
use super::policy::{Directive, DirectiveName};
use super::snippet::Piece;
use super::source::{Use, use_by_ending};

/// A longer policy is not read beyond this: no page needs it, and each is searched once for every source.
const LONGEST: usize = 16 * 1024;

/// A policy of the page.
#[derive(Debug)]
pub(super) struct SitePolicy {
    /// Where its `meta` is.
    pub(super) line: usize,
    content: String,
}

impl SitePolicy {
    /// Returns the policies that a `meta` sets, if it sets any that are enforced. A comma separates two.
    pub(super) fn of_meta(meta: &Element, line: usize) -> impl Iterator<Item = Self> {
        let is_policy = meta
            .attribute("http-equiv")
            .is_some_and(|name| name.eq_ignore_ascii_case("content-security-policy"));
        let content = meta.attribute("content").filter(|_| is_policy);
        let content = content.unwrap_or_default();
        let mut ends = (0..=content.len().min(LONGEST)).rev();
        let end = ends.find(|end| content.is_char_boundary(*end));
        let contents = content[..end.unwrap_or_default()].split(',');
        contents.map(move |content| Self {
            line,
            content: content.to_owned(),
        })
    }

    /// Returns the directive that decides, which may stand in for the named one, and its sources. `None`: the policy allows everything.
    fn list(&self, name: DirectiveName) -> Option<(&'static str, Vec<&str>)> {
        let names: &[&'static str] = match name {
            DirectiveName::Script => &["script-src-elem", "script-src", "default-src"],
            DirectiveName::Style => &["style-src-elem", "style-src", "default-src"],
            DirectiveName::Frame => &["frame-src", "child-src", "default-src"],
            DirectiveName::Connect => &["connect-src", "default-src"],
            DirectiveName::Image => &["img-src", "default-src"],
        };
        names.iter().find_map(|name| {
            self.content.split(';').find_map(|directive| {
                let mut words = directive.split_ascii_whitespace();
                let is_this = words.next()?.eq_ignore_ascii_case(name);
                is_this.then(|| (*name, words.collect()))
            })
        })
    }

    /// Returns how the policy refuses a script of the page, from this address or inline.
    fn refuses_script(&self, script: &Element, address: Option<&Address>) -> Option<Refusal> {
        let (directive, list) = self.list(DirectiveName::Script)?;
        let has = |word: &str| list.iter().any(|source| source.eq_ignore_ascii_case(word));
        let has_start = |start: &str| list.iter().any(|source| source.starts_with(start));
        let nonce = script.attribute("nonce").unwrap_or_default();
        let has_hash = has_start("'sha");
        let is_strict = has("'strict-dynamic'");
        let is_allowed = !nonce.is_empty() && list.contains(&&*format!("'nonce-{nonce}'"))
            || !is_strict
                && match address {
                    Some(address) => list.iter().any(|source| matches(source, address)),
                    None => has("'unsafe-inline'") && !has_hash && !has_start("'nonce-"),
                };
        let may_have_hash = address.is_none() || script.attribute("integrity").is_some();
        (!is_allowed).then_some(Refusal {
            directive,
            is_certain: !(has_hash && may_have_hash),
            needs_nonce: is_strict && address.is_some(),
        })
    }

    /// Returns the directive that refuses an address that a script of the code uses. Only of a script is the path known.
    fn refuses(&self, name: DirectiveName, address: &Address) -> Option<&'static str> {
        let is_script = name == DirectiveName::Script;
        let mut wanted = address.clone();
        if !is_script {
            wanted.path.clear();
        }
        let (directive, list) = self.list(name)?;
        let is_allowed = is_script && list.contains(&"'strict-dynamic'")
            || list.iter().any(|source| matches(source, &wanted));
        (!is_allowed).then_some(directive)
    }
}

/// How a policy refuses something.
#[derive(Clone, Copy)]
struct Refusal {
    /// The directive that decides.
    directive: &'static str,
    /// Whether it does so for sure: the hash of a script may be in the policy.
    is_certain: bool,
    /// Whether it ignores hosts.
    needs_nonce: bool,
}

/// Adds what these policies forbid of a script of the page that is a piece of the code.
pub(super) fn forbid_script(
    policies: &[SitePolicy],
    script: &Element,
    forbidden: &mut Vec<Finding>,
) {
    let address = script.loads.as_ref().map(|loaded| &loaded.address);
    for policy in policies {
        if let Some(refusal) = policy.refuses_script(script, address) {
            add(forbidden, policy.line, refusal, address.map(origin));
        }
    }
}

/// Adds what these policies forbid of what the code needs besides its own scripts, as far as that can be derived.
pub(super) fn forbid_needs(
    policies: &[SitePolicy],
    needs: &[Directive],
    pieces: &[Piece],
    forbidden: &mut Vec<Finding>,
) {
    let loaded_by_script = || {
        let scripts = pieces
            .iter()
            .filter(|piece| matches!(piece, Piece::Inline(_)));
        let addresses = scripts.flat_map(Piece::addresses);
        addresses.filter(|address| matches!(use_by_ending(&address.path), None | Some(Use::Script)))
    };
    for policy in policies {
        for need in needs {
            let name = need.name;
            let wanted: Vec<Address> = match name {
                DirectiveName::Script => loaded_by_script().collect(),
                _ => need
                    .sources
                    .iter()
                    .filter_map(|source| Address::parse(&with_slashes(source)))
                    .collect(),
            };
            for address in &wanted {
                if let Some(directive) = policy.refuses(name, address) {
                    let refusal = Refusal {
                        directive,
                        is_certain: false,
                        needs_nonce: false,
                    };
                    add(forbidden, policy.line, refusal, Some(origin(address)));
                }
            }
        }
    }
}

/// An origin without a scheme as an address.
fn with_slashes(source: &str) -> String {
    match source.contains("//") {
        true => source.to_owned(),
        false => format!("//{source}"),
    }
}

fn add(forbidden: &mut Vec<Finding>, line: usize, refusal: Refusal, source: Option<String>) {
    let Refusal {
        directive,
        is_certain,
        needs_nonce,
    } = refusal;
    let like = forbidden.iter_mut().find_map(|finding| match finding {
        Finding::Forbidden {
            line: its_line,
            directive: its_directive,
            sources,
            is_certain: its_certain,
            needs_nonce: its_nonce,
        } if (*its_line, *its_directive) == (line, directive)
            && (*its_certain, *its_nonce) == (is_certain, needs_nonce)
            && sources.is_empty() == source.is_none() =>
        {
            Some(sources)
        }
        _ => None,
    });
    match (like, source) {
        (Some(sources), Some(source)) if !sources.contains(&source) => sources.push(source),
        (Some(_), _) => {}
        (None, source) => forbidden.push(Finding::Forbidden {
            line,
            directive,
            sources: source.into_iter().collect(),
            is_certain,
            needs_nonce,
        }),
    }
}

/// Scheme, host and port of an address as a policy names them.
fn origin(address: &Address) -> String {
    let scheme = address.scheme.map(|scheme| format!("{scheme}://"));
    let host = address.host.as_deref().unwrap_or_default();
    let port = address.port.map(|port| format!(":{port}"));
    format!(
        "{}{host}{}",
        scheme.unwrap_or_default(),
        port.unwrap_or_default()
    )
}

/// Whether a source of a policy covers an address of another host than the page's. An address without a path is compared without one.
fn matches(source: &str, address: &Address) -> bool {
    if source == "*" {
        return true;
    }
    if let Some(scheme) = source.strip_suffix(':') {
        return covers(scheme, address.scheme);
    }
    let (scheme, rest) = match source.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, source),
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let authority = authority.to_ascii_lowercase();
    let (host, port) = authority.rsplit_once(':').unwrap_or((&authority, ""));
    let is_scheme = match scheme {
        Some(scheme) => covers(scheme, address.scheme),
        // The page's own scheme, which is that of a website.
        None => !matches!(address.scheme, Some(Scheme::Ws | Scheme::Wss)),
    };
    let there = address.host.as_deref().unwrap_or_default();
    let is_host = match host.strip_prefix('*') {
        Some("") => true,
        Some(parent) => {
            parent.starts_with('.') && there.len() > parent.len() && there.ends_with(parent)
        }
        None => host == there,
    };
    let is_port = match port {
        "*" => true,
        "" | "80" | "443" => address.port.is_none(),
        port => address.port.is_some_and(|there| port == there.to_string()),
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let (path, its_path) = (percent_decoded(path), percent_decoded(&address.path));
    let is_path = match &*path {
        b"" => true,
        [.., b'/'] => its_path.starts_with(&path),
        _ => its_path == path,
    };
    is_scheme && is_host && is_port && (address.path.is_empty() || is_path)
}

/// Returns a path without its percent escapes, as browsers compare it.
fn percent_decoded(path: &str) -> Vec<u8> {
    let (mut decoded, mut rest) = (Vec::new(), path.as_bytes());
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).filter(|_| *first == b'%');
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|digits| str::from_utf8(digits).ok());
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    decoded
}

/// Whether a policy's scheme covers another one. The secure one of the same kind is covered too.
fn covers(allowed: &str, scheme: Option<Scheme>) -> bool {
    let is = |name: &str| allowed.eq_ignore_ascii_case(name);
    match scheme.unwrap_or(Scheme::Https) {
        Scheme::Http => is("http"),
        Scheme::Https => is("http") || is("https"),
        Scheme::Ws => is("ws"),
        Scheme::Wss => is("ws") || is("wss"),
    }
}

#[cfg(test)]
mod tests;
