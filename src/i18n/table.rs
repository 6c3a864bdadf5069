//! The macro that turns a list of texts into constants of one type.

/// Makes `Text` with one constant a name.
///
/// Not an enum with a table: whoever names a text then brings that text alone, so that the texts of a part arrive with the part
/// (`app/parts.rs`), and one that is not named any more is not in the program.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {
        /// A text of the panel. The names say by their first word where it stands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Text(pub(super) &'static str);

        #[allow(non_upper_case_globals, missing_docs, reason = "they read like the variants of an enum, and each is explained by its text")]
        impl Text {
            $($(#[$doc])* pub const $name: Self = Self($text);)+
        }

        /// The texts with their names.
        #[cfg(test)]
        pub(super) const ALL: &[(&str, &str)] = &[$((stringify!($name), $text)),+];
    };
}
