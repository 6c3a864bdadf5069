//! Recycles the rows of a table. Updating an existing row costs a fraction of creating one, and each letter of a
//! search may replace the whole page.

/// The rows of a table, with what each shows.
pub(super) struct Slots<T> {
    shown: Vec<Slot<T>>,
}

struct Slot<T> {
    who: Option<T>,
    /// How often the row was rebuilt.
    turn: u32,
}

/// The key of a row. It stays the same until the row is rebuilt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct SlotKey {
    pub place: usize,
    turn: u32,
}

impl<T: PartialEq + Clone> Slots<T> {
    /// Returns `count` empty rows.
    pub fn new(count: usize) -> Self {
        let empty = || Slot { who: None, turn: 0 };
        Self {
            shown: (0..count).map(|_| empty()).collect(),
        }
    }

    /// Returns the rows for these items, in order, up to the number of rows. An item that has a row keeps it. The
    /// others recycle the rows of items that left, or rebuild them if `anew` is set.
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
        // An item that left must not return to a row that is no longer on the page.
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
    fn staying_items_keep_rows_and_new_ones_recycle() {
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
    fn only_rebuilt_rows_get_new_keys() {
        let mut slots = Slots::new(2);
        let before = slots.assign(&["a", "b"], false);
        let after = slots.assign(&["b", "c"], true);
        assert_eq!(after[0], before[1]);
        assert_ne!(after[1], before[0]);
        assert_eq!(after[1].place, before[0].place);
    }
}
