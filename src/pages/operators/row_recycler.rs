//! Which row of a table shows whom. A row that is there already and shows somebody else costs a fraction of a new one, and each letter of a
//! search may bring a whole page of others: so those who come take over the rows of those who leave.

/// The rows of a table, by what each shows.
pub(super) struct Slots<T> {
    shown: Vec<Slot<T>>,
}

struct Slot<T> {
    who: Option<T>,
    /// How often it was begun anew.
    turn: u32,
}

/// A row: the same one for as long as its place among the rows and its turn are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct SlotKey {
    pub place: usize,
    turn: u32,
}

impl<T: PartialEq + Clone> Slots<T> {
    /// So many rows, which show nobody yet.
    pub fn new(count: usize) -> Self {
        let empty = || Slot { who: None, turn: 0 };
        Self {
            shown: (0..count).map(|_| empty()).collect(),
        }
    }

    /// The rows for these, in their order; no more than there are rows. Whoever has a row keeps it. The others take over those of who leaves:
    /// as they are, or begun anew where `anew`.
    pub fn assign(&mut self, wanted: &[T], anew: bool) -> Vec<SlotKey> {
        let wanted = &wanted[..wanted.len().min(self.shown.len())];
        let place_of = |slots: &[Slot<T>], one: &T| {
            slots.iter().position(|slot| slot.who.as_ref() == Some(one))
        };
        let kept: Vec<Option<usize>> = wanted
            .iter()
            .map(|one| place_of(&self.shown, one))
            .collect();
        let is_free = |place: &usize| !kept.contains(&Some(*place));
        let mut free = (0..self.shown.len())
            .filter(is_free)
            .collect::<Vec<_>>()
            .into_iter();
        let mut keys = Vec::with_capacity(wanted.len());
        for (one, kept) in wanted.iter().zip(&kept) {
            let Some(place) = kept.or_else(|| free.next()) else {
                break;
            };
            let slot = &mut self.shown[place];
            if kept.is_none() {
                slot.who = Some(one.clone());
                slot.turn += u32::from(anew);
            }
            keys.push(SlotKey {
                place,
                turn: slot.turn,
            });
        }
        // Whoever left is not to come back to a row that is not on the page.
        for place in free {
            self.shown[place].who = None;
        }
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(keys: &[SlotKey]) -> Vec<usize> {
        keys.iter().map(|key| key.place).collect()
    }

    #[test]
    fn whoever_stays_keeps_the_row_and_whoever_comes_takes_that_of_who_leaves() {
        let mut slots = Slots::new(3);
        assert_eq!(places(&slots.assign(&["a", "b", "c"], false)), [0, 1, 2]);
        assert_eq!(places(&slots.assign(&["c", "d", "a"], false)), [2, 1, 0]);
        assert_eq!(places(&slots.assign(&["d"], false)), [1]);
        assert_eq!(places(&slots.assign(&["x", "d", "a"], false)), [0, 1, 2]);
        assert_eq!(
            places(&slots.assign(&["p", "q", "r", "s"], false)),
            [0, 1, 2]
        );
        assert_eq!(places(&slots.assign(&[], false)), [0; 0]);
    }

    #[test]
    fn a_row_that_is_begun_anew_is_another_one_and_one_that_stays_is_not() {
        let mut slots = Slots::new(2);
        let before = slots.assign(&["a", "b"], false);
        let after = slots.assign(&["b", "c"], true);
        assert_eq!(after[0], before[1]);
        assert_ne!(after[1], before[0]);
        assert_eq!(after[1].place, before[0].place);
    }
}
