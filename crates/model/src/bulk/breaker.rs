//! The circuit breaker: it says when a run had better stop, because the API is out of reach.

/// How many calls in a row may be lost.
const IN_A_ROW: u32 = 3;

/// Whether the API was reached by a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// It answered, whatever it said.
    Yes,
    /// Nothing came in time, or nothing came at all.
    No,
}

/// Counts calls that ended without an answer. Three in a row open it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Breaker {
    lost: u32,
}

impl Breaker {
    /// Notes how a call ended. Returns whether the breaker opens with it; from then on it counts anew.
    #[must_use]
    pub fn opens(&mut self, reached: Reached) -> bool {
        match reached {
            Reached::Yes => self.lost = 0,
            Reached::No => self.lost += 1,
        }
        let opens = self.lost >= IN_A_ROW;
        if opens {
            self.lost = 0;
        }
        opens
    }
}
