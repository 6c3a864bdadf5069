//! Finds domain names that are easily confused: a typing error before a domain is added (endpoint 6), or a deliberate
//! imitation.

use switchboard_api::DomainName;

/// A known name that another one resembles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resemblance {
    /// The known name.
    pub known: DomainName,
    /// How they differ.
    pub likeness: Likeness,
}

/// How two similar names differ, the most similar kind first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// Only in hyphens: `web-shop.example` and `webshop.example`.
    Hyphens,
    /// Only in characters that look alike: `0` and `o`, `1` and `l` or `i`, `rn` and `m`, `vv` and `w`.
    Homoglyphs,
    /// Two neighbouring characters are swapped.
    Swapped,
    /// Only in what follows the last dot: `acme.com` and `acme.net`.
    Ending,
    /// One character is different, missing or extra.
    OneCharacter,
}

/// The minimum length of a name for [`Likeness::OneCharacter`]: shorter names often differ by one character
/// legitimately.
const SHORTEST: usize = 6;

/// Returns the known name that is most similar; `None` if the name is known itself, or similar to none. Names that
/// differ only in one digit, such as `shop1.example` and `shop2.example`, are numbered, not similar.
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
    // The API may send a name in any letter case, which does not make it a different name.
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

/// Returns the name with each character replaced by a representative of its look-alikes.
fn skeleton(name: &str) -> String {
    name.replace("rn", "m")
        .replace("vv", "w")
        .replace('0', "o")
        .replace(['1', 'i'], "l")
}

/// Returns the single typing error by which two names differ, if there is one.
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
