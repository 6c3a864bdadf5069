//! The macro that turns a list of texts into an enum and a table.

/// Makes `Text`, one variant a name, with `TEXTS` in the same order.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {
        /// The name of a text of the panel. Its variants say by their first word where the text stands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        #[allow(missing_docs, reason = "each variant is explained by its text")]
        pub enum Text { $($(#[$doc])* $name),+ }

        /// The texts, in the order of [`Text`].
        pub(super) const TEXTS: &[&str] = &[$($text),+];

        /// The names of the texts, in the same order.
        #[cfg(test)]
        pub(super) const NAMES: &[&str] = &[$(stringify!($name)),+];
    };
}
