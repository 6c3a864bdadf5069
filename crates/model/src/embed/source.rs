//! Finds the hosts that a code loads from.

use switchboard_api::{BaseUrl, EmbedCode};

use super::MOST;
use super::address::{Address, Scheme, addresses_in};
use super::compared_element::Element;
use super::snippet::{Piece, pieces};

/// What a code uses an address for, as far as can be determined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Use {
    /// A script.
    Script,
    /// A style sheet.
    Style,
    /// An image.
    Image,
    /// A page in a frame.
    Frame,
    /// A web socket, or an address that a script gets as data.
    Connection,
    /// Named in a script, for an unknown purpose.
    Named,
}

/// A host that a code loads from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// Its scheme; `None` if the code uses the page's own scheme (`//host/…`).
    pub scheme: Option<Scheme>,
    /// The host in lower case; an IPv6 address keeps its brackets.
    pub host: String,
    /// The port, unless it is the scheme's default.
    pub port: Option<u16>,
    /// The use of the host.
    pub used_as: Use,
}

/// Hosts of vocabulary names, which are written as addresses and never loaded.
const VOCABULARIES: [&str; 2] = ["www.w3.org", "schema.org"];

impl Source {
    /// Returns the host, with its port if it has one.
    #[must_use]
    pub fn host_and_port(&self) -> String {
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}{port}", self.host)
    }

    /// Returns scheme, host and port as a policy names them; host and port alone if the code names no scheme.
    #[must_use]
    pub fn origin(&self) -> String {
        match self.scheme {
            Some(scheme) => format!("{scheme}://{}", self.host_and_port()),
            None => self.host_and_port(),
        }
    }

    fn of(address: Address, used_as: Use) -> Option<Self> {
        let host = address.host?;
        let is_socket = matches!(address.scheme, Some(Scheme::Ws | Scheme::Wss));
        (!VOCABULARIES.contains(&host.as_str())).then_some(Self {
            scheme: address.scheme,
            host,
            port: address.port,
            used_as: if is_socket { Use::Connection } else { used_as },
        })
    }
}

/// Returns the hosts that the two snippets load from, each once for each use, in order of appearance. Reads snippets
/// of any form: elements, several lines, a bare address, a script alone.
#[must_use]
pub fn hosts(code: &EmbedCode) -> Vec<Source> {
    let mut sources = Vec::new();
    for piece in [&code.link, &code.socket_link]
        .into_iter()
        .flat_map(|snippet| pieces(snippet))
    {
        for source in sources_of(piece) {
            if sources.len() < MOST && !sources.contains(&source) {
                sources.push(source);
            }
        }
    }
    sources
}

fn sources_of(piece: Piece) -> Vec<Source> {
    match piece {
        Piece::Element(element) => {
            let used_as = use_of(&element);
            let loaded = element.loads.map(|loaded| (loaded.address, used_as));
            let handed_over = element
                .attributes
                .iter()
                .flat_map(|(_, value)| addresses_in(value))
                .map(|address| (address, Use::Connection));
            loaded
                .into_iter()
                .chain(handed_over)
                .filter_map(|(address, used_as)| Source::of(address, used_as))
                .collect()
        }
        Piece::Bare { address, .. } => {
            let used_as = use_by_ending(&address.path).unwrap_or(Use::Script);
            Source::of(address, used_as).into_iter().collect()
        }
        Piece::Inline(text) | Piece::Text(text) => addresses_in(&text)
            .into_iter()
            .filter_map(|address| {
                let used_as = use_by_ending(&address.path).unwrap_or(Use::Named);
                Source::of(address, used_as)
            })
            .collect(),
    }
}

fn use_of(element: &Element) -> Use {
    match element.name.as_str() {
        "iframe" => Use::Frame,
        "img" => Use::Image,
        "link" if element.uses_what_it_loads() => Use::Style,
        "link" => element
            .loads
            .as_ref()
            .and_then(|loaded| use_by_ending(&loaded.address.path))
            .unwrap_or(Use::Connection),
        _ => Use::Script,
    }
}

pub(super) fn use_by_ending(path: &str) -> Option<Use> {
    let (_, ending) = path.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "js" | "mjs" => Some(Use::Script),
        "css" => Some(Use::Style),
        "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "avif" | "ico" => Some(Use::Image),
        "html" | "htm" => Some(Use::Frame),
        _ => None,
    }
}

/// Returns the distinct hosts of a code that do not belong to the connection, each with its port if it has one.
///
/// A host belongs to the connection if it is the same with the same port, or a subdomain of it (`cdn.acme.chat.example` of
/// `acme.chat.example`). It also belongs if both end in the same two labels (`static.chat.example` and
/// `acme.chat.example`), or three labels if the last two are both short, as in `acme.co.uk`. IP addresses and
/// single-label names belong only to themselves. This is a heuristic and not a list of public suffixes: it decides
/// about a hint, not about access.
#[must_use]
pub fn unexpected_hosts(code: &EmbedCode, base_url: &BaseUrl) -> Vec<String> {
    let own = base_url.host();
    let mut unexpected = Vec::new();
    for source in hosts(code) {
        let (host, named) = (&source.host, source.host_and_port());
        let is_own = match host == own {
            true => named == base_url.authority(),
            false => belongs(host, own),
        };
        if !is_own && !unexpected.contains(&named) {
            unexpected.push(named);
        }
    }
    unexpected
}

pub(super) fn belongs(host: &str, own: &str) -> bool {
    if host == own
        || host
            .strip_suffix(own)
            .is_some_and(|rest| rest.ends_with('.'))
    {
        return true;
    }
    matches!((parent(host), parent(own)), (Some(one), Some(other)) if one == other)
}

/// Returns the last two labels of a name, or the last three if two are likely to be a public suffix.
fn parent(host: &str) -> Option<&str> {
    let is_number = |label: &str| label.bytes().all(|byte| byte.is_ascii_digit());
    let labels: Vec<&str> = host.split('.').collect();
    let last = labels.last()?;
    if host.starts_with('[') || is_number(last) || labels.len() < 2 {
        return None;
    }
    let before_last = labels[labels.len() - 2];
    let count = if last.len() == 2 && before_last.len() <= 3 {
        3
    } else {
        2
    };
    let kept = labels.get(labels.len().checked_sub(count)?..)?;
    let length = kept.iter().map(|label| label.len() + 1).sum::<usize>() - 1;
    host.get(host.len() - length..)
}
