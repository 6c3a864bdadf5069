//! The operators of one answer, prepared for search and sorting. Works with indices into the answer, never with
//! copies of the operators.

use std::cmp::Ordering;
use std::sync::Arc;

use switchboard_api::Operator;

use crate::fold::{Decompose, closest, folded, holds, natural, push_folded};
use crate::sort::{sort, sort_by};

/// The index of an operator in the answer.
pub type Place = u32;

/// The operators of one answer with their search text, prepared once, so that a typed letter costs only a scan.
pub struct Directory {
    operators: Arc<Vec<Operator>>,
    /// The folded names and addresses, one after the other.
    text: String,
    /// Where each name and each address ends in the text.
    ends: Vec<(u32, u32)>,
    decompose: Decompose,
}

/// Two directories are equal if they are of the same answer.
impl PartialEq for Directory {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.operators, &other.operators)
    }
}

impl Directory {
    /// Prepares the operators of an answer.
    #[must_use]
    pub fn of(operators: Arc<Vec<Operator>>, decompose: Decompose) -> Self {
        let mut text = String::with_capacity(operators.len() * 48);
        let mut ends = Vec::with_capacity(operators.len());
        let end = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        for operator in operators.iter() {
            push_folded(&mut text, &operator.name.display(), decompose);
            let name = end(&text);
            text.push(' ');
            push_folded(&mut text, operator.email.as_str(), decompose);
            ends.push((name, end(&text)));
        }
        Self {
            operators,
            text,
            ends,
            decompose,
        }
    }

    /// Returns all operators in the API's order.
    #[must_use]
    pub fn operators(&self) -> &Arc<Vec<Operator>> {
        &self.operators
    }

    /// Returns the indices in the API's order.
    #[must_use]
    pub fn places(&self) -> Vec<Place> {
        let count = Place::try_from(self.operators.len()).unwrap_or(Place::MAX);
        (0..count).collect()
    }

    /// Returns the indices in a given order, reversed if `backwards` is set. Equal ones keep the API's order either
    /// way.
    #[must_use]
    pub fn sorted(&self, order: &dyn Fn(Place, Place) -> Ordering, backwards: bool) -> Vec<Place> {
        let mut places = self.places();
        sort_by(&mut places, |one, other| {
            let order = order(*one, *other);
            if backwards { order.reverse() } else { order }
        });
        places
    }

    /// Returns the indices in the natural order of the names, as [`Self::sorted`].
    #[must_use]
    pub fn by_name(&self, backwards: bool) -> Vec<Place> {
        // Most names differ in their first letters, which are compared as a number.
        let keys = self.places().into_iter();
        let keys: Vec<u64> = keys
            .map(|place| first_letters(self.name_of(place)))
            .collect();
        let order = |one: Place, other: Place| {
            let names = || natural(self.name_of(one), self.name_of(other));
            keys[one as usize]
                .cmp(&keys[other as usize])
                .then_with(names)
        };
        self.sorted(&order, backwards)
    }

    /// Returns those whose name or e-mail address contains every word of the search, compared as [`folded`].
    #[must_use]
    pub fn found(&self, places: &[Place], sought: &str) -> Vec<Place> {
        let sought = folded(sought, self.decompose);
        let words: Vec<&str> = sought.split_whitespace().collect();
        let mut found = places.to_vec();
        for word in words {
            found.retain(|place| holds(self.text_of(*place), word));
        }
        found
    }

    /// Returns the operators whose names are most similar to a search without results: at most `count`, the most similar first.
    #[must_use]
    pub fn nearest(&self, sought: &str, count: usize) -> Vec<Place> {
        let sought = folded(sought, self.decompose);
        let words: Vec<&str> = sought.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let far = |place: Place| -> Option<usize> {
            let each = words.iter().map(|word| self.distance_to(place, word));
            each.sum()
        };
        let all = self.places().into_iter();
        let mut near: Vec<(usize, Place)> =
            all.filter_map(|place| Some((far(place)?, place))).collect();
        sort(&mut near);
        near.into_iter()
            .take(count)
            .map(|(_, place)| place)
            .collect()
    }

    /// Returns the edit distance between a word and the most similar word of an operator's name, their address or what precedes its `@`;
    /// `None` if it is too large.
    fn distance_to(&self, place: Place, word: &str) -> Option<usize> {
        let text = self.text_of(place);
        if holds(text, word) {
            return Some(0);
        }
        let words = text.split_whitespace();
        let local_part = words.clone().filter_map(|word| word.split_once('@'));
        closest(word, &mut words.chain(local_part.map(|(local, _)| local)))
    }

    fn start_of(&self, place: Place) -> usize {
        match place {
            0 => 0,
            _ => self.ends[place as usize - 1].1 as usize,
        }
    }

    fn name_of(&self, place: Place) -> &str {
        &self.text[self.start_of(place)..self.ends[place as usize].0 as usize]
    }

    fn text_of(&self, place: Place) -> &str {
        &self.text[self.start_of(place)..self.ends[place as usize].1 as usize]
    }
}

/// Returns the first eight bytes of a text, up to its first digit, as a number. Texts that it tells
/// apart are sorted by it, and [`natural`] sorts the others.
fn first_letters(text: &str) -> u64 {
    let mut letters = [0; 8];
    let text = text.bytes().take_while(|byte| !byte.is_ascii_digit());
    for (letter, byte) in letters.iter_mut().zip(text) {
        *letter = byte;
    }
    u64::from_be_bytes(letters)
}

#[cfg(test)]
mod tests;
