//! The selected operators, by e-mail address. Filter, order and page do not change the selection.

use std::collections::HashSet;

use leptos::prelude::*;
use switchboard_api::{Email, Operator};

use super::filtered::Filtered;
use crate::route::Route;

/// The selected operators: one set in one signal, of which each row observes only its own part.
#[derive(Clone, Copy)]
pub struct Selection(RwSignal<HashSet<Email>>);

/// The numbers of selected operators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SelectionCount {
    /// All that are selected.
    pub all: usize,
    /// Those that are selected and match the filter, on all pages.
    pub here: usize,
    /// All that match the filter.
    pub of: usize,
}

impl Selection {
    /// Creates an empty selection.
    pub(super) fn new() -> Self {
        Self(RwSignal::new(HashSet::new()))
    }

    /// Provides a selection as context. It lasts while the user is on the list or views one operator; any other page
    /// clears it.
    pub fn provide(route: Memo<Route>) {
        let selection = Self::new();
        provide_context(selection);
        Effect::new(move || {
            if !route.with(|route| matches!(route, Route::Operators | Route::Operator(_))) {
                selection.clear();
            }
        });
    }

    /// Returns whether an operator is selected, tracked.
    pub(super) fn has(self, email: &Email) -> bool {
        self.0.with(|selection| selection.contains(email))
    }

    /// Selects or deselects these operators.
    pub(super) fn set(self, emails: &[Email], on: bool) {
        self.0.update(|selection| {
            for email in emails {
                if on {
                    selection.insert(email.clone());
                } else {
                    selection.remove(email);
                }
            }
        });
    }

    /// Selects or deselects all that match the filter. The others stay as they are.
    pub(super) fn set_all(self, filtered: &Filtered, on: bool) {
        self.0.update(|selection| {
            for operator in filtered.iter() {
                if on {
                    selection.insert(operator.email.clone());
                } else {
                    selection.remove(&operator.email);
                }
            }
        });
    }

    pub(super) fn clear(self) {
        self.0.set(HashSet::new());
    }

    /// Deselects everyone who is not among `operators`, because deleted operators cannot be changed.
    pub(super) fn keep_among(self, operators: &[Operator]) {
        let (all, still) = self
            .0
            .with_untracked(|selection| (selection.len(), count(operators.iter(), selection)));
        if still < all {
            let still = self.of(operators).into_iter().map(|one| one.email);
            self.0.set(still.collect());
        }
    }

    /// Counts the selected operators, in all and among `filtered`, tracked.
    pub(super) fn counted(self, filtered: &Filtered) -> SelectionCount {
        self.0.with(|selection| SelectionCount {
            all: selection.len(),
            here: count(filtered.iter(), selection),
            of: filtered.len(),
        })
    }

    /// Returns those of `operators` who are selected, in their order, untracked.
    pub(super) fn of(self, operators: &[Operator]) -> Vec<Operator> {
        self.0
            .with_untracked(|selection| among(operators, selection))
    }
}

fn among(operators: &[Operator], selection: &HashSet<Email>) -> Vec<Operator> {
    let is_selected = |one: &&Operator| selection.contains(&one.email);
    operators.iter().filter(is_selected).cloned().collect()
}

/// Returns how many of `operators` are selected.
fn count<'a>(operators: impl Iterator<Item = &'a Operator>, selection: &HashSet<Email>) -> usize {
    if selection.is_empty() {
        return 0;
    }
    operators
        .filter(|one| selection.contains(&one.email))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::plan::tests::operator;

    #[test]
    fn selected_operators_that_are_not_shown_are_counted_apart() {
        let [ada, grace] = [operator("ada@x.example"), operator("grace@x.example")];
        let selection = HashSet::from([ada.email.clone()]);
        assert_eq!(count([&grace].into_iter(), &selection), 0);
        assert_eq!(count([&grace, &ada].into_iter(), &selection), 1);
        assert_eq!(count([&grace, &ada].into_iter(), &HashSet::new()), 0);
        assert_eq!(among(&[grace, ada.clone()], &selection), [ada]);
    }
}
