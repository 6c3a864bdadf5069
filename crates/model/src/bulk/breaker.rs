//! The circuit breaker: pauses runs when the API is unreachable.

/// The number of consecutive lost calls that opens the breaker.
const IN_A_ROW: u32 = 3;

/// Whether a call reached the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// The API answered, with success or an error.
    Yes,
    /// No answer came, or none in time.
    No,
}

/// Counts consecutive calls without an answer. Three of them open it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Breaker {
    lost: u32,
}

impl Breaker {
    /// Records how a call ended. Returns whether that opens the breaker; the count then starts again.
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
