//! Yes or no, however it was written.

use crate::loose_scalar::loose_scalar;

loose_scalar! {
    /// A boolean of the API. `true`, `1`, `yes` and `on` are on, `false`, `0`, `no` and `off` are
    /// off, as a text or not, in any letter case; anything else is kept as it came. `Unknown("")`
    /// means that nothing came.
    Tristate {
        /// Yes.
        On = "true" | "1" | "yes" | "on",
        /// No.
        Off = "false" | "0" | "no" | "off",
    }
    else
    /// Neither; what came, as text.
    Unknown
}

impl Tristate {
    /// Whether it is surely on.
    #[must_use]
    pub fn is_on(&self) -> bool {
        *self == Self::On
    }
}
