//! The ways in which a piece of a code can be seen in a page, and the rules that recognise one.

use super::address::{Address, Scheme};
use super::finding::Inert;
use super::snippet::{Element, Piece};

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
}

/// The state in which a piece was seen.
#[derive(Debug, PartialEq)]
pub(super) enum How {
    /// Complete.
    Whole {
        is_insecure: bool,
        /// Attributes of the code that the page lacks or has with another value.
        changed: Vec<(String, String)>,
    },
    /// The browser does not execute it, because of this type or attribute.
    HeldBack(String),
    /// In another form.
    Altered(String),
    /// Named in a script.
    Mentioned,
    /// In a place where it has no effect.
    Inert(Inert),
}

/// Attributes that say when and how a script is loaded, not which one. Sites change them for good reasons.
const OWN_CHOICE: [&str; 9] = [
    "async",
    "defer",
    "type",
    "nonce",
    "crossorigin",
    "charset",
    "language",
    "fetchpriority",
    "referrerpolicy",
];

impl How {
    /// Returns the state of a complete piece without changed attributes.
    pub(super) fn whole() -> Self {
        Self::Whole {
            is_insecure: false,
            changed: Vec::new(),
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

/// Returns the state of a piece if an element is that piece.
pub(super) fn whole(piece: &Piece, element: &Element) -> Option<How> {
    match piece {
        Piece::Inline(_) => None,
        Piece::Bare { address, .. } => {
            let loaded = element.loads.as_ref()?;
            (element.uses_what_it_loads() && is_at(piece, &loaded.address)).then(|| How::Whole {
                is_insecure: is_insecure(address, &loaded.address),
                changed: Vec::new(),
            })
        }
        Piece::Element(wanted) => {
            if wanted.name != element.name {
                return None;
            }
            let changed: Vec<(String, String)> = wanted
                .attributes
                .iter()
                .filter(|(name, _)| !OWN_CHOICE.contains(&name.as_str()))
                .filter(|(name, value)| element.attribute(name) != Some(value))
                .cloned()
                .collect();
            let Some(wanted) = &wanted.loads else {
                return changed.is_empty().then(How::whole);
            };
            let loaded = element.loads.as_ref()?;
            is_at(piece, &loaded.address).then(|| How::Whole {
                is_insecure: is_insecure(&wanted.address, &loaded.address),
                changed,
            })
        }
    }
}

fn is_insecure(wanted: &Address, there: &Address) -> bool {
    wanted.scheme == Some(Scheme::Https) && there.scheme == Some(Scheme::Http)
}
