//! The one mechanism behind every small type whose values come as a number, a boolean or a text, in
//! any dress.

use std::borrow::Cow;

/// Declares an enumeration of values that the API may write in several ways. What matches none of
/// the words is kept in the last variant as it came.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $( $word:literal )|+, )+
        }
        else $(#[$other_meta:meta])* $other:ident
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $( $(#[$variant_meta])* $variant, )+
            $(#[$other_meta])*
            $other(String),
        }

        impl $name {
            /// The value that the API wrote as this text.
            pub(crate) fn as_received(text: &str) -> Self {
                match &*$crate::word::plain(text) {
                    $( $( $word )|+ => Self::$variant, )+
                    _ => Self::$other(text.to_owned()),
                }
            }
        }

        /// What is taken when the answer does not hold the field.
        impl Default for $name {
            fn default() -> Self {
                Self::$other(String::new())
            }
        }
    };
}
pub(crate) use words;

/// A word without its dress: white space, letter case, and the `.0` of a whole number.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let whole = match text.split_once('.') {
        Some((whole, fraction))
            if !whole.is_empty() && !fraction.is_empty() && fraction.bytes().all(|b| b == b'0') =>
        {
            whole
        }
        _ => text,
    };
    if whole.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(whole.to_ascii_lowercase())
    } else {
        Cow::Borrowed(whole)
    }
}
