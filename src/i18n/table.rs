//! The macro that turns a list of texts into constants of one type.

/// Defines `Text` with one constant for each name. The id of a text is its position in the list.
///
/// Constants instead of an enum with a table, so that code links only the texts that it uses: the texts of a lazy chunk
/// are loaded with it (`app/lazy_chunks.rs`), and an unused text is not in the program.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $english:literal;)+) => {
        /// A text of the panel: its id and its English message. The first word of its name says where it is shown.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Text {
            pub(super) id: u16,
            pub(super) english: &'static str,
        }

        #[repr(u16)]
        enum Id { $($name),+ }

        #[allow(non_upper_case_globals, missing_docs, reason = "they read like the variants of an enum, and each is explained by its text")]
        impl Text {
            $($(#[$doc])* pub const $name: Self = Self { id: Id::$name as u16, english: $english };)+
        }

        /// The texts with their names, in the order of their ids.
        #[cfg(test)]
        pub(super) const ALL: &[(&str, Text)] = &[$((stringify!($name), Text::$name)),+];
    };
}
