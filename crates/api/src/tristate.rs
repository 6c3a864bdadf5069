//! A boolean in any notation.

use crate::loose_scalar::loose_scalar;

loose_scalar! {
    /// A boolean of the API. `true`, `1`, `yes` and `on` are on, `false`, `0`, `no` and `off` are off, as a text or
    /// not, in any letter case. Any other value is kept unchanged. `Unknown("")` means that the field is missing.
    Tristate {
        /// Yes.
        On = "true" | "1" | "yes" | "on",
        /// No.
        Off = "false" | "0" | "no" | "off",
    }
    else
    /// Neither; the value as text.
    Unknown
}

impl Tristate {
    /// Returns whether it is certainly on.
    #[must_use]
    pub fn is_on(&self) -> bool {
        *self == Self::On
    }

    /// Returns the value; `None` where the API sent neither yes nor no.
    #[must_use]
    pub fn known(&self) -> Option<bool> {
        match self {
            Self::On => Some(true),
            Self::Off => Some(false),
            Self::Unknown(_) => None,
        }
    }
}
