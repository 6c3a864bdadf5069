//! Splits a snippet into the pieces that a page must contain: elements, scripts, bare addresses, or text, whatever
//! the vendor sends.

use super::MOST;
use super::address::{Address, addresses_in};
use super::compared_element::Element;
use super::entity::decode;
use super::html::{Token, Tokens};
use super::script::{has_changed_quotes, straightened};

/// One piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// An element, with what it loads if it loads anything.
    Element(Element),
    /// An inline script, unchanged.
    Inline(String),
    /// A bare address, which the page must load in some way.
    Bare { text: String, address: Address },
    /// Text beside the scripts: a remark, or a script that lacks its element.
    Text(String),
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
            Self::Inline(text) | Self::Bare { text, .. } | Self::Text(text) => {
                shortened(text.trim())
            }
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
            Self::Text(_) => Vec::new(),
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
///
/// They are those that the vendor sent: what an editor did to them is undone, so that a page is compared with a code
/// that works.
pub(super) fn pieces(snippet: &str) -> Vec<Piece> {
    let mut pieces = all_pieces(snippet);
    pieces.truncate(MOST);
    pieces
}

fn all_pieces(snippet: &str) -> Vec<Piece> {
    // Editors insert no-break and zero-width spaces, which browsers take as part of a tag's name.
    let is_odd = |c: char| {
        !c.is_ascii()
            && (c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'))
    };
    let is_glued = |token| matches!(token, Token::Start { name, .. } if name.contains(is_odd));
    let spaced = Tokens::new(snippet, 1)
        .any(is_glued)
        .then(|| snippet.replace(is_odd, " "));
    let snippet = spaced.as_deref().unwrap_or(snippet);
    // The snippet may have been escaped once too often in transit, or its quotation marks leave a tag open.
    let decoded = decode(snippet);
    for markup in [snippet, &decoded, &straightened(snippet)] {
        let pieces = pieces_of_markup(markup, true);
        if !pieces.is_empty() {
            return pieces;
        }
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

/// Returns the pieces of a markup. If browsers would run none of them, it looks into comments and similar parts too,
/// unless `looks_inside` is unset.
fn pieces_of_markup(markup: &str, looks_inside: bool) -> Vec<Piece> {
    let (mut pieces, mut inert) = (Vec::new(), Vec::new());
    let mut script = None;
    let (mut texts, mut has_other_elements) = (Vec::new(), false);
    for token in Tokens::new(markup, 1) {
        match token {
            Token::Start {
                name,
                attributes,
                is_foreign,
                ..
            } => {
                let mut element = Element::read(name, attributes, is_foreign);
                has_other_elements |= !matches!(&*element.name, "script" | "noscript");
                if element.is_inline_script() {
                    script = Some(element);
                    continue;
                }
                script = None;
                element.restore();
                let says_something = element.loads.is_some() || !element.attributes.is_empty();
                let is_around = matches!(&*element.name, "noscript" | "template");
                let is_misspelt = element.name.starts_with("scrip") && element.name != "script";
                if says_something && !is_around && !is_misspelt {
                    pieces.push(Piece::Element(element));
                }
            }
            Token::Raw { text, .. } => {
                let Some(mut element) = script.take() else {
                    inert.push(text);
                    continue;
                };
                element.restore();
                if !text.trim().is_empty() {
                    pieces.push(Piece::Inline(match has_changed_quotes(text) {
                        true => straightened(text),
                        false => text.to_owned(),
                    }));
                } else if element.loads.is_some() {
                    pieces.push(Piece::Element(element));
                }
            }
            Token::Comment { text, .. } => inert.push(text),
            Token::Text { text, .. } if text.contains(char::is_alphanumeric) => texts.push(text),
            _ => {}
        }
    }
    let runs = |piece: &Piece| match piece {
        Piece::Element(element) => {
            element.loads.is_some() && element.attribute("nomodule").is_none()
        }
        _ => true,
    };
    if looks_inside && !pieces.iter().any(runs) {
        for piece in &mut pieces {
            if let Piece::Element(element) = piece {
                element.attributes.retain(|(name, _)| name != "nomodule");
            }
        }
        pieces.extend(
            inert
                .into_iter()
                .flat_map(|text| pieces_of_markup(text, false)),
        );
    }
    // In a bare script `a<b && c>d` reads as an element too.
    let is_markup = markup.trim_start().starts_with('<')
        || pieces.iter().any(|piece| match piece {
            Piece::Element(element) => element.loads.is_some(),
            _ => true,
        });
    if !is_markup {
        return Vec::new();
    }
    // Text inside of other elements is meant to be shown.
    if !pieces.is_empty() && !has_other_elements {
        let texts = texts.into_iter().map(str::trim);
        pieces.extend(texts.map(|text| Piece::Text(text.to_owned())));
    }
    pieces
}

/// Returns whether there are only comments and white space.
fn is_only_comments(text: &str) -> bool {
    Tokens::new(text, 1).all(|token| match token {
        Token::Comment { .. } => true,
        Token::Text { text, .. } => text.trim().is_empty(),
        _ => false,
    }) && text.contains("-->")
}
