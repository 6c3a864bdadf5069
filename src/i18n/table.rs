//! The macro that turns a list of texts into constants of one type.

/// Makes `Text` with one constant a name. The id of a text is its place in the list.
///
/// Not an enum with a table: a page that names a text brings that text alone, so that the texts of a part arrive with the part
/// (`app/lazy_chunks.rs`), and a text that is no longer named is not in the program.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $english:literal;)+) => {
        /// A text of the panel: an id and its English. The first word of its name says where it is shown.
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
