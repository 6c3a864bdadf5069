//! The operators that are ticked, by e-mail address: whatever the filter, the order and the page do in the meantime.

use std::collections::HashSet;

use leptos::prelude::*;
use switchboard_api::{Email, Operator};

use super::chosen::Chosen;

/// Those who are ticked: one set in one signal, of which each row watches only its own part.
#[derive(Clone, Copy)]
pub(super) struct Ticked(RwSignal<HashSet<Email>>);

/// How many are ticked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counted {
    /// In all.
    pub all: usize,
    /// Among those who are let through by the filter, on all pages.
    pub here: usize,
    /// How many are let through by the filter.
    pub of: usize,
}

impl Ticked {
    /// Nobody is.
    pub fn new() -> Self {
        Self(RwSignal::new(HashSet::new()))
    }

    /// Whether this one is, tracked.
    pub fn has(self, email: &Email) -> bool {
        self.0.with(|ticked| ticked.contains(email))
    }

    /// Ticks one, or not.
    pub fn set(self, email: &Email, on: bool) {
        self.0.update(|ticked| {
            if on {
                ticked.insert(email.clone());
            } else {
                ticked.remove(email);
            }
        });
    }

    /// Ticks all of these, or none of them. The others stay as they are.
    pub fn set_all(self, chosen: &Chosen, on: bool) {
        self.0.update(|ticked| {
            for operator in chosen.iter() {
                if on {
                    ticked.insert(operator.email.clone());
                } else {
                    ticked.remove(&operator.email);
                }
            }
        });
    }

    /// Nobody is any more.
    pub fn clear(self) {
        self.0.set(HashSet::new());
    }

    /// Forgets those who are not among these: who is gone cannot be acted on.
    pub fn keep_among(self, operators: &[Operator]) {
        let (all, still) = self
            .0
            .with_untracked(|ticked| (ticked.len(), count(operators.iter(), ticked)));
        if still < all {
            let still = self.of(operators).into_iter().map(|one| one.email);
            self.0.set(still.collect());
        }
    }

    /// How many are ticked, in all and among `chosen`, tracked.
    pub fn counted(self, chosen: &Chosen) -> Counted {
        self.0.with(|ticked| Counted {
            all: ticked.len(),
            here: count(chosen.iter(), ticked),
            of: chosen.len(),
        })
    }

    /// Those of these who are ticked, in their order, untracked.
    pub fn of(self, operators: &[Operator]) -> Vec<Operator> {
        self.0.with_untracked(|ticked| among(operators, ticked))
    }
}

fn among(operators: &[Operator], ticked: &HashSet<Email>) -> Vec<Operator> {
    let is_ticked = |one: &&Operator| ticked.contains(&one.email);
    operators.iter().filter(is_ticked).cloned().collect()
}

/// How many of these are ticked.
fn count<'a>(operators: impl Iterator<Item = &'a Operator>, ticked: &HashSet<Email>) -> usize {
    if ticked.is_empty() {
        return 0;
    }
    operators.filter(|one| ticked.contains(&one.email)).count()
}

#[cfg(test)]
mod tests {
    use super::super::plan::tests::operator;
    use super::*;

    #[test]
    fn who_is_ticked_and_not_shown_is_counted_apart() {
        let [ada, grace] = [operator("ada@x.example"), operator("grace@x.example")];
        let ticked = HashSet::from([ada.email.clone()]);
        assert_eq!(count([&grace].into_iter(), &ticked), 0);
        assert_eq!(count([&grace, &ada].into_iter(), &ticked), 1);
        assert_eq!(count([&grace, &ada].into_iter(), &HashSet::new()), 0);
        assert_eq!(among(&[grace, ada.clone()], &ticked), [ada]);
    }
}
