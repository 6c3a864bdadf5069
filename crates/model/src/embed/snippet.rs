//! Splits a snippet into the pieces that a page must contain: elements, scripts, bare addresses, or text, whatever
//! the vendor sends.

use super::MOST;
use super::address::{Address, addresses_in};
use super::attributes::Attributes;
use super::entity::decode;
use super::html::{Token, Tokens};

/// One piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// An element, with what it loads if it loads anything.
    Element(Element),
    /// An inline script, unchanged.
    Inline(String),
    /// A bare address, which the page must load in some way.
    Bare { text: String, address: Address },
}

/// An element of a snippet or of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// In lower case.
    pub(super) name: String,
    /// What it loads.
    pub(super) loads: Option<Loaded>,
    /// Its other attributes: names in lower case, values decoded.
    pub(super) attributes: Vec<(String, String)>,
}

/// What an element loads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Loaded {
    /// The attribute's value, decoded.
    pub(super) text: String,
    /// The parsed value.
    pub(super) address: Address,
}

impl Element {
    /// Parses a start tag.
    pub(super) fn read(name: &str, attributes: Attributes<'_>) -> Self {
        let name = name.to_ascii_lowercase();
        let wanted = loading_attribute(&name);
        let mut loads = None;
        let mut others: Vec<(String, String)> = Vec::new();
        for (attribute, value) in attributes.iter() {
            let attribute = attribute.to_ascii_lowercase();
            let text = decode(value).trim().to_owned();
            if Some(attribute.as_str()) == wanted {
                if loads.is_none() {
                    loads = Address::parse(&text).map(|address| Loaded { text, address });
                }
            } else if others.len() < MOST && !others.iter().any(|(there, _)| *there == attribute) {
                others.push((attribute, text));
            }
        }
        Self {
            name,
            loads,
            attributes: others,
        }
    }

    /// Returns an attribute other than the one that loads.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(there, _)| there == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns whether browsers execute it as a script according to its type: no type, a module, or one of the names
    /// of JavaScript.
    pub(super) fn runs(&self) -> bool {
        let kind = self.attribute("type").unwrap_or_default().to_lowercase();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.is_empty()
            || kind == "module"
            || kind.split_once('/').is_some_and(|(family, name)| {
                ["text", "application"].contains(&family)
                    && ["javascript", "x-javascript", "ecmascript", "x-ecmascript"].contains(&name)
            })
    }

    /// Returns whether the browser shows or executes what it loads, rather than only preloading it.
    pub(super) fn uses_what_it_loads(&self) -> bool {
        self.name != "link"
            || self
                .attribute("rel")
                .is_some_and(|rel| rel.to_ascii_lowercase().contains("stylesheet"))
    }
}

/// Returns the attribute by which an element loads.
pub(super) fn loading_attribute(element: &str) -> Option<&'static str> {
    match element {
        "script" | "iframe" | "img" => Some("src"),
        "link" => Some("href"),
        _ => None,
    }
}

impl Piece {
    /// Abbreviates the piece: its address or its beginning.
    pub(super) fn in_short(&self) -> String {
        match self {
            Self::Element(Element {
                loads: Some(loaded),
                ..
            }) => loaded.text.clone(),
            Self::Element(Element {
                name, attributes, ..
            }) => {
                let attributes: String = attributes
                    .iter()
                    .map(|(name, value)| format!(" {name}=\"{value}\""))
                    .collect();
                shortened(&format!("<{name}{attributes}>"))
            }
            Self::Inline(text) | Self::Bare { text, .. } => shortened(text.trim()),
        }
    }

    /// Returns the addresses that the piece loads or names.
    pub(super) fn addresses(&self) -> Vec<Address> {
        match self {
            Self::Element(element) => element
                .loads
                .iter()
                .map(|loaded| loaded.address.clone())
                .collect(),
            Self::Inline(text) => addresses_in(text),
            Self::Bare { address, .. } => vec![address.clone()],
        }
    }
}

/// The maximum length of a text repeated in a finding.
const SHORT: usize = 120;

/// Returns the beginning of a text.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHORT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Returns the pieces of a snippet in order; none for an empty text.
pub(super) fn pieces(snippet: &str) -> Vec<Piece> {
    let mut pieces = all_pieces(snippet);
    pieces.truncate(MOST);
    pieces
}

fn all_pieces(snippet: &str) -> Vec<Piece> {
    let pieces = pieces_of_markup(snippet);
    if !pieces.is_empty() {
        return pieces;
    }
    // The snippet may have been escaped once too often in transit.
    let decoded = decode(snippet);
    let pieces = pieces_of_markup(&decoded);
    if !pieces.is_empty() {
        return pieces;
    }
    let words: Vec<&str> = decoded.split_whitespace().collect();
    let bare: Vec<Piece> = words
        .iter()
        .filter_map(|word| {
            let address = Address::parse(word).filter(|address| address.host.is_some())?;
            let text = (*word).to_owned();
            Some(Piece::Bare { text, address })
        })
        .collect();
    if bare.len() == words.len() {
        bare
    } else if is_only_comments(snippet) {
        Vec::new()
    } else {
        vec![Piece::Inline(snippet.to_owned())]
    }
}

fn pieces_of_markup(markup: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut runs_inline = false;
    for token in Tokens::new(markup, 1) {
        match token {
            Token::Start {
                name, attributes, ..
            } => {
                let element = Element::read(name, attributes);
                let is_script = element.name == "script";
                runs_inline = is_script && element.loads.is_none();
                let says_something = element.loads.is_some() || !element.attributes.is_empty();
                if !runs_inline && says_something && element.name != "noscript" {
                    pieces.push(Piece::Element(element));
                }
            }
            Token::Raw { text, .. } if runs_inline && !text.trim().is_empty() => {
                pieces.push(Piece::Inline(text.to_owned()));
            }
            _ => {}
        }
    }
    // In a bare script `a<b && c>d` reads as an element too.
    let is_markup = markup.trim_start().starts_with('<')
        || pieces.iter().any(|piece| match piece {
            Piece::Element(element) => element.loads.is_some(),
            _ => true,
        });
    if is_markup { pieces } else { Vec::new() }
}

/// Returns whether there are only comments and white space.
fn is_only_comments(text: &str) -> bool {
    Tokens::new(text, 1).all(|token| match token {
        Token::Comment { .. } => true,
        Token::Text { text, .. } => text.trim().is_empty(),
        _ => false,
    }) && text.contains("-->")
}

/// Returns the canonical form of a script for comparison: minifiers change white space, quotation marks and trailing
/// semicolons.
pub(super) fn canonical(script: &str) -> String {
    script
        .chars()
        .filter(|c| !c.is_whitespace() && *c != ';')
        .map(|c| if c == '\'' || c == '`' { '"' } else { c })
        .collect()
}
