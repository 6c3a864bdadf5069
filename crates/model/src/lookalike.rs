//! Names of domains that are easily taken for another: a typing error before a domain is added (endpoint 6), or somebody's trap.

use switchboard_api::DomainName;

/// A known name that another one resembles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resemblance {
    /// The known name.
    pub known: DomainName,
    /// In what they differ.
    pub likeness: Likeness,
}

/// In what two names that resemble each other differ. The order is that of likeness: the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// Only in hyphens: `web-shop.example` and `webshop.example`.
    Hyphens,
    /// Only in characters that look alike: `0` and `o`, `1` and `l` or `i`, `rn` and `m`, `vv` and `w`.
    Homoglyphs,
    /// Two neighbouring characters have changed places.
    Swapped,
    /// Only in what follows the last dot: `acme.com` and `acme.net`.
    Ending,
    /// One character is other, missing or too many.
    OneCharacter,
}

/// Names shorter than this differ by one character too often without meaning anything.
const SHORTEST: usize = 6;

/// The known name that this one resembles most; nothing when it is itself known, or resembles none. Names that differ in one digit alone,
/// such as `shop1.example` and `shop2.example`, are numbered, not alike.
#[must_use]
pub fn resembles(name: &DomainName, known: &[DomainName]) -> Option<Resemblance> {
    if known.contains(name) {
        return None;
    }
    let alike = known.iter().filter_map(|known| {
        Some(Resemblance {
            likeness: likeness(name.as_str(), known.as_str())?,
            known: known.clone(),
        })
    });
    alike.min_by_key(|resemblance| resemblance.likeness)
}

fn likeness(one: &str, other: &str) -> Option<Likeness> {
    // A name may come from the API in any form: what is the same but for letter case is the same name.
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    if one == other {
        return None;
    }
    if one.replace('-', "") == other.replace('-', "") {
        return Some(Likeness::Hyphens);
    }
    if skeleton(&one) == skeleton(&other) {
        return Some(Likeness::Homoglyphs);
    }
    let stem = |name: &str| name.rsplit_once('.').map(|(stem, _)| stem.to_owned());
    let has_same_stem = stem(&one).is_some_and(|stem_of_one| Some(stem_of_one) == stem(&other));
    if has_same_stem {
        return Some(Likeness::Ending);
    }
    difference(&one, &other)
}

/// The name with each character replaced by the one that it is taken for.
fn skeleton(name: &str) -> String {
    name.replace("rn", "m")
        .replace("vv", "w")
        .replace('0', "o")
        .replace(['1', 'i'], "l")
}

/// What a single slip of the hand makes of a name.
fn difference(one: &str, other: &str) -> Option<Likeness> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().min(other.len()) < SHORTEST {
        return None;
    }
    let same_start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same_start..], &other[same_start..]);
    let same_end = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    match (
        &one[..one.len() - same_end],
        &other[..other.len() - same_end],
    ) {
        ([a, b], [c, d]) if a == d && b == c => Some(Likeness::Swapped),
        ([a], [b]) if a.is_ascii_digit() && b.is_ascii_digit() => None,
        ([only], []) | ([], [only]) if only.is_ascii_digit() => None,
        ([_], [_]) | ([_], []) | ([], [_]) => Some(Likeness::OneCharacter),
        _ => None,
    }
}
