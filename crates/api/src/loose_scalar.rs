//! Reads small enumerations whose values the API may write as a number, a boolean or a text, in any spelling.

use std::borrow::Cow;

/// Declares an enumeration of values that the API may write in several ways. The last variant keeps
/// a value that matches none of the words.
macro_rules! loose_scalar {
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
            /// Returns the value that the API wrote as this text.
            pub(crate) fn as_received(text: &str) -> Self {
                match &*$crate::loose_scalar::plain(text) {
                    $( $( $word )|+ => Self::$variant, )+
                    _ => Self::$other(text.to_owned()),
                }
            }
        }

        /// The value if the answer lacks the field.
        impl Default for $name {
            fn default() -> Self {
                Self::$other(String::new())
            }
        }
    };
}
pub(crate) use loose_scalar;

/// Returns a value without white space, letter case, and the `.0` of a whole number.
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
