//! The ways in which a piece of a code can be seen in a page, and the rules that recognise one.

use super::address::{Address, Scheme};
use super::compared_element::{Element, unquoted};
use super::finding::{AddedAttribute, Inert};
use super::snippet::Piece;

/// A piece that was seen.
#[derive(Debug)]
pub(super) struct Sighting {
    /// The index of the piece.
    pub(super) piece: usize,
    pub(super) how: How,
    pub(super) line: usize,
    /// The position in the page, counted in tokens.
    pub(super) position: usize,
    pub(super) is_in_head: bool,
    /// Whether it is inside a comment of a template.
    pub(super) is_in_template_comment: bool,
    /// Whether its line begins with `>`.
    pub(super) is_quoted: bool,
    /// Whether it is inside a declarative shadow root.
    pub(super) is_in_shadow_root: bool,
}

/// The state in which a piece was seen.
#[derive(Debug, PartialEq)]
pub(super) enum How {
    /// Complete.
    Whole {
        is_insecure: bool,
        /// Attributes of the code that the page lacks or has with another value.
        changed: Vec<(String, String)>,
        /// Attributes of the page that may stop the script.
        added: Vec<AddedAttribute>,
    },
    /// The browser does not execute it, because of this type or attribute.
    HeldBack(String),
    /// In another form.
    Altered(String),
    /// Named in a script, or preloaded.
    Mentioned,
    /// In a place where it has no effect.
    Inert(Inert),
}

/// Attributes that say when and how a script is loaded, not which one. Sites change them for good reasons.
const OWN_CHOICE: [&str; 11] = [
    "async",
    "defer",
    "type",
    "nonce",
    "crossorigin",
    "charset",
    "language",
    "fetchpriority",
    "referrerpolicy",
    "for",
    "event",
];

impl How {
    /// Returns the state of a complete piece without changed attributes.
    pub(super) fn whole() -> Self {
        Self::Whole {
            is_insecure: false,
            changed: Vec::new(),
            added: Vec::new(),
        }
    }
}

/// Returns whether the piece loads this address, or is it.
pub(super) fn is_at(piece: &Piece, address: &Address) -> bool {
    !matches!(piece, Piece::Inline(_))
        && piece
            .addresses()
            .iter()
            .any(|wanted| wanted.same_file(address) && wanted.parameters_are_in(address))
}

/// How an element of a page shows the piece, if it does.
pub(super) fn sight(piece: &Piece, element: &Element, is_foreign: bool) -> Option<How> {
    let is_script = element.name == "script";
    let Some(how) = whole(piece, element) else {
        return match &element.loads {
            _ if is_script => displaced(piece, element, is_foreign),
            Some(loaded) if element.name == "link" && is_at(piece, &loaded.address) => {
                Some(How::Mentioned)
            }
            _ => None,
        };
    };
    if is_script && let Some(by) = element.held_back_by() {
        Some(How::HeldBack(by.to_owned()))
    } else if is_script && !element.is_module() && adds(piece, element, "nomodule") {
        Some(How::Inert(Inert::NoModule))
    } else {
        Some(how)
    }
}

/// A script that has the piece's address where browsers do not look for it, or not in a form that they can read.
fn displaced(piece: &Piece, element: &Element, is_foreign: bool) -> Option<How> {
    element.attributes.iter().find_map(|(name, value)| {
        let is_here = name.ends_with("src")
            && Address::parse(&unquoted(value)).is_some_and(|address| is_at(piece, &address));
        is_here.then(|| match (name.as_str(), is_foreign) {
            ("src", true) => How::Inert(Inert::Svg),
            ("src", false) => How::Inert(Inert::Quotes),
            _ => How::HeldBack(name.clone()),
        })
    })
}

/// Whether the page's element has an attribute that the piece does not have.
fn adds(piece: &Piece, element: &Element, name: &str) -> bool {
    let has = match piece {
        Piece::Element(wanted) => wanted.attribute(name).is_some(),
        _ => false,
    };
    !has && element.attribute(name).is_some()
}

/// How an element is a piece, if it is.
fn whole(piece: &Piece, element: &Element) -> Option<How> {
    let (wanted, address) = match piece {
        Piece::Inline(_) | Piece::Text(_) => return None,
        Piece::Bare { address, .. } if element.uses_what_it_loads() => (None, Some(address)),
        Piece::Bare { .. } => return None,
        Piece::Element(wanted) if wanted.name == element.name => (
            Some(wanted),
            wanted.loads.as_ref().map(|loaded| &loaded.address),
        ),
        Piece::Element(_) => return None,
    };
    let changed = wanted.map_or_else(Vec::new, |wanted| changed(wanted, element));
    let Some(address) = address else {
        return changed.is_empty().then(How::whole);
    };
    let loaded = element.loads.as_ref()?;
    is_at(piece, &loaded.address).then(|| How::Whole {
        is_insecure: is_insecure(address, &loaded.address),
        changed,
        added: added(piece, element),
    })
}

/// The attributes of the code that the page lacks or has with another value.
fn changed(wanted: &Element, element: &Element) -> Vec<(String, String)> {
    let is_changed = |name: &str, value: &String| match name {
        // Without it, browsers refuse a script of another host that has an `integrity`.
        "crossorigin" if wanted.attribute("integrity").is_some() => {
            element.attribute(name).is_none()
        }
        "type" if value.eq_ignore_ascii_case("module") => !element.is_module(),
        _ => !OWN_CHOICE.contains(&name) && element.attribute(name) != Some(value),
    };
    let attributes = wanted.attributes.iter();
    let changed = attributes.filter(|(name, value)| is_changed(name, value));
    changed.cloned().collect()
}

/// The attributes of the page's script that the code does not have and that may stop it.
fn added(piece: &Piece, element: &Element) -> Vec<AddedAttribute> {
    // Browsers ignore an `integrity` without a hash that they know.
    let is_hash = |hash: &str| {
        ["sha256-", "sha384-", "sha512-"]
            .iter()
            .any(|kind| hash.starts_with(kind))
    };
    let integrity = element.attribute("integrity").unwrap_or_default();
    let wants_module = matches!(piece, Piece::Element(wanted) if wanted.is_module());
    [
        (
            AddedAttribute::Integrity,
            adds(piece, element, "integrity") && integrity.split_whitespace().any(is_hash),
        ),
        (
            AddedAttribute::CrossOrigin,
            adds(piece, element, "crossorigin"),
        ),
        (AddedAttribute::Module, element.is_module() && !wants_module),
        (
            AddedAttribute::OwnModule,
            element.is_module() && wants_module,
        ),
    ]
    .into_iter()
    .filter(|(_, is_added)| element.name == "script" && *is_added)
    .map(|(attribute, _)| attribute)
    .collect()
}

fn is_insecure(wanted: &Address, there: &Address) -> bool {
    wanted.scheme == Some(Scheme::Https) && there.scheme == Some(Scheme::Http)
}
