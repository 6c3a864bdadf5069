//! The known domains, prepared to be searched by their names as they are sent, their names as people read them, and their contact addresses.

use switchboard_api::{DomainName, Email};

use crate::fold::{Decompose, closest, folded, holds, push_folded};
use crate::sort::sort;

/// Holds the names of the known domains, in the order of the list, with what is searched in each.
pub struct DomainIndex {
    names: Vec<DomainName>,
    texts: Vec<String>,
    decompose: Decompose,
}

impl PartialEq for DomainIndex {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names && self.texts == other.texts
    }
}

impl DomainIndex {
    /// Prepares domains for a search. `unicode` returns the Unicode form of an international name.
    #[must_use]
    pub fn of(
        domains: Vec<(DomainName, Option<Email>)>,
        unicode: fn(&DomainName) -> Option<String>,
        decompose: Decompose,
    ) -> Self {
        let text = |(name, email): &(DomainName, Option<Email>)| {
            let mut text = String::new();
            push_folded(&mut text, name.as_str(), decompose);
            let others = [unicode(name), email.as_ref().map(ToString::to_string)];
            for other in others.into_iter().flatten() {
                text.push(' ');
                push_folded(&mut text, &other, decompose);
            }
            text
        };
        Self {
            texts: domains.iter().map(text).collect(),
            names: domains.into_iter().map(|(name, _)| name).collect(),
            decompose,
        }
    }

    /// Returns the names of all domains.
    #[must_use]
    pub fn names(&self) -> &[DomainName] {
        &self.names
    }

    /// Returns the indices of the domains that contain every word of a search, in their order.
    #[must_use]
    pub fn found(&self, sought: &str) -> Vec<usize> {
        let sought = folded(sought, self.decompose);
        let words: Vec<&str> = sought.split_whitespace().collect();
        let contains = |at: &usize| words.iter().all(|word| holds(&self.texts[*at], word));
        (0..self.names.len()).filter(contains).collect()
    }

    /// Returns the domains whose names are most similar to a search without results: at most `count`, the most similar first. Nothing while
    /// the search has results.
    #[must_use]
    pub fn nearest(&self, sought: &str, count: usize) -> Vec<&DomainName> {
        if !self.found(sought).is_empty() {
            return Vec::new();
        }
        let sought = folded(sought, self.decompose);
        let far = |text: &String| -> Option<usize> {
            let words = sought.split_whitespace();
            words.map(|word| distance_to(text, word)).sum()
        };
        let all = self.texts.iter().enumerate();
        let mut near: Vec<(usize, usize)> = all
            .filter_map(|(at, text)| Some((far(text)?, at)))
            .collect();
        sort(&mut near);
        let nearest = near.into_iter().take(count);
        nearest.map(|(_, at)| &self.names[at]).collect()
    }
}

/// Returns the edit distance between a word and the most similar name, label or address; `None` if it is too large.
fn distance_to(text: &str, word: &str) -> Option<usize> {
    if holds(text, word) {
        return Some(0);
    }
    let wholes = text.split_whitespace();
    let parts = text.split([' ', '.', '@']);
    closest(word, &mut wholes.chain(parts))
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;
    use crate::unicode_domain::unicode_form;

    fn index() -> DomainIndex {
        let known = [
            ("shop.acme.example", "web@acme.example"),
            ("wholesale.acme.example", ""),
            ("site-2.many.example", ""),
            ("xn--bcher-kva.example", ""),
        ];
        let domains = known.map(|(name, email)| {
            let name = name.parse().expect("a domain name of the test");
            (name, email.parse().ok())
        });
        let unicode = |name: &DomainName| {
            unicode_form(name.as_str(), |text| idna::domain_to_ascii(text).ok())
        };
        DomainIndex::of(domains.into(), unicode, |text| text.nfkd().collect())
    }

    #[test]
    fn domain_is_found_by_its_name_readable_name_or_address() {
        let index = index();
        let found = |sought: &str| index.found(sought);
        assert_eq!(found("SHOP "), [0]);
        assert_eq!(found("web@"), [0]);
        assert_eq!(found("acme whole"), [1]);
        for readable in ["bücher", "Bücher.example", "bucher", "büch", "xn--bcher"] {
            assert_eq!(found(readable), [3], "{readable}");
        }
        assert_eq!(found(" "), [0, 1, 2, 3]);
        assert_eq!(found("nowhere"), [0; 0]);
    }

    #[test]
    fn search_without_results_is_near_to_names_with_few_other_letters() {
        let index = index();
        let near = |sought: &str| -> Vec<&str> {
            let near = index.nearest(sought, 3);
            near.into_iter().map(DomainName::as_str).collect()
        };
        assert_eq!(near("shpo"), ["shop.acme.example"]);
        assert_eq!(near("shpo.acme.example"), ["shop.acme.example"]);
        assert_eq!(near("acme wholsale"), ["wholesale.acme.example"]);
        assert_eq!(near("bücehr"), ["xn--bcher-kva.example"]);
        assert_eq!(near("site-3"), ["site-2.many.example"]);
        assert_eq!(near("web@amce.example"), ["shop.acme.example"]);
        for far in ["nowhere", "zz", "shpo nowhere", " "] {
            assert_eq!(near(far), [""; 0], "{far}");
        }
        assert_eq!(near("shop"), [""; 0], "a search with results");
        assert_eq!(index.nearest("acmee", 1).len(), 1);
    }
}
