//! The operators that are ticked, by e-mail address: whatever the filter, the order and the page do in the meantime.

use std::collections::HashSet;

use leptos::prelude::*;
use switchboard_api::{Email, Operator};

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
    pub fn set_all(self, operators: &[Operator], on: bool) {
        self.0.update(|ticked| {
            for operator in operators {
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
        let before = self.0.with_untracked(HashSet::len);
        if before == 0 {
            return;
        }
        let still = self.0.with_untracked(|ticked| among(operators, ticked));
        if still.len() < before {
            let still = still.into_iter().map(|one| one.email).collect();
            self.0.set(still);
        }
    }

    /// How many are ticked, in all and among `chosen`, tracked.
    pub fn counted(self, chosen: &[Operator]) -> Counted {
        self.0.with(|ticked| count(chosen, ticked))
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

fn count(chosen: &[Operator], ticked: &HashSet<Email>) -> Counted {
    let all = ticked.len();
    let here = if all == 0 {
        0
    } else {
        let is_ticked = |one: &&Operator| ticked.contains(&one.email);
        chosen.iter().filter(is_ticked).count()
    };
    Counted {
        all,
        here,
        of: chosen.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::tests::operator;
    use super::*;

    #[test]
    fn who_is_ticked_and_not_shown_is_counted_apart() {
        let [ada, grace] = [operator("ada@x.example"), operator("grace@x.example")];
        let ticked = HashSet::from([ada.email.clone()]);
        let counted = |chosen: &[Operator]| count(chosen, &ticked);
        assert_eq!(
            counted(std::slice::from_ref(&grace)),
            Counted {
                all: 1,
                here: 0,
                of: 1
            }
        );
        assert_eq!(counted(&[grace.clone(), ada.clone()]).here, 1);
        assert_eq!(among(&[grace, ada.clone()], &ticked), [ada]);
    }
}
