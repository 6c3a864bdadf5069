//! Splits a snippet into the pieces that a page must contain: elements, scripts, bare addresses, or text, whatever
//! the vendor sends.

use super::MOST;
use super::address::{Address, addresses_in};
use super::attributes::Attributes;
use super::entity::decode;
use super::html::{Token, Tokens};
use super::script::{TYPOGRAPHIC, has_changed_quotes, straightened};

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
    /// Reads a start tag. Like browsers, it takes the first of several attributes with one name.
    pub(super) fn read(name: &str, attributes: Attributes<'_>, is_foreign: bool) -> Self {
        let name = name.to_ascii_lowercase();
        let wanted = loading_attribute(&name, is_foreign);
        let (mut loads, mut is_read) = (None, false);
        let mut others: Vec<(String, String)> = Vec::new();
        for (attribute, value) in attributes.iter() {
            let attribute = attribute.to_ascii_lowercase();
            let text = decode(value).trim().to_owned();
            let is_wanted = wanted.is_some_and(|wanted| {
                attribute == wanted || is_foreign && attribute == "xlink:href"
            });
            if is_wanted && !is_read {
                is_read = true;
                if let Some(address) = Address::parse(&text) {
                    loads = Some(Loaded { text, address });
                    continue;
                }
            }
            if others.len() < MOST && !others.iter().any(|(there, _)| *there == attribute) {
                others.push((attribute, text));
            }
        }
        Self {
            name,
            loads,
            attributes: others,
        }
    }

    /// Whether it is a script whose text is in the page.
    pub(super) fn is_inline_script(&self) -> bool {
        self.name == "script" && self.loads.is_none() && self.attribute("src").is_none()
    }

    /// An attribute other than the one that loads.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(there, _)| there == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns the type or the attribute because of which browsers do not run this script.
    pub(super) fn held_back_by(&self) -> Option<&str> {
        if !self.runs() {
            return self.attribute("type").or(self.attribute("language"));
        }
        // Written for Internet Explorer: the script handles this event of that element.
        let is_any = |name: &str, values: &[&str]| {
            let value = self.attribute(name)?;
            Some(values.iter().any(|one| value.eq_ignore_ascii_case(one)))
        };
        let runs = self.is_module()
            || is_any("for", &["window"])? && is_any("event", &["onload", "onload()"])?;
        (!runs).then_some("event")
    }

    /// Returns whether its type is that of modules.
    pub(super) fn is_module(&self) -> bool {
        self.attribute("type")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("module"))
    }

    /// Returns whether browsers run it as a script by its type: none, a module, or a name of JavaScript without
    /// parameters.
    pub(super) fn runs(&self) -> bool {
        let kind = match (self.attribute("type"), self.attribute("language")) {
            (Some(kind), _) => kind.to_ascii_lowercase(),
            (None, Some(language)) if !language.is_empty() => {
                format!("text/{language}").to_ascii_lowercase()
            }
            (None, _) => String::new(),
        };
        kind.is_empty()
            || kind == "module"
            || kind
                .split_once('/')
                .is_some_and(|(family, name)| match family {
                    "text" => SCRIPT_TYPES.contains(&name) || TEXT_TYPES.contains(&name),
                    "application" => SCRIPT_TYPES.contains(&name),
                    _ => false,
                })
    }

    /// Undoes what editors and consent tools do to an element of a code: typographic quotation marks around values,
    /// and the address of a script in another attribute.
    fn restore(&mut self) {
        for (_, value) in &mut self.attributes {
            if value.starts_with(TYPOGRAPHIC) {
                *value = unquoted(value);
            }
        }
        if self.loads.is_some() {
            return;
        }
        let (wanted, is_script) = (loading_attribute(&self.name, false), self.name == "script");
        for (at, (name, value)) in self.attributes.iter().enumerate() {
            let text = unquoted(value);
            if (wanted == Some(name) || is_script && name.ends_with("src"))
                && let Some(address) = Address::parse(&text)
                && address.host.is_some()
            {
                self.loads = Some(Loaded { text, address });
                self.attributes.remove(at);
                return;
            }
        }
    }

    /// Returns whether the browser shows or executes what it loads, rather than only preloading it.
    pub(super) fn uses_what_it_loads(&self) -> bool {
        self.name != "link"
            || self
                .attribute("rel")
                .is_some_and(|rel| rel.to_ascii_lowercase().contains("stylesheet"))
    }
}

/// Returns an attribute's value without the quotation marks that do not belong to it.
pub(super) fn unquoted(value: &str) -> String {
    straightened(value)
        .trim_matches(['"', '\'', '\\'])
        .to_owned()
}

/// The names of JavaScript below `text/` and `application/`.
const SCRIPT_TYPES: [&str; 4] = ["javascript", "x-javascript", "ecmascript", "x-ecmascript"];

/// The older names of JavaScript below `text/`, as the MIME Sniffing standard lists them.
const TEXT_TYPES: [&str; 8] = [
    "javascript1.0",
    "javascript1.1",
    "javascript1.2",
    "javascript1.3",
    "javascript1.4",
    "javascript1.5",
    "jscript",
    "livescript",
];

/// The attribute by which an element loads.
pub(super) fn loading_attribute(element: &str, is_foreign: bool) -> Option<&'static str> {
    match element {
        "script" if is_foreign => Some("href"),
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
