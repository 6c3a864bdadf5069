//! Unicode decomposition by the browser, which has the tables.

use js_sys::JsString;

/// Decomposes a text into letters and the marks on them (NFKD), for [`switchboard_model::fold`].
#[must_use]
pub fn decompose(text: &str) -> String {
    JsString::from(text).normalize("NFKD").into()
}

#[cfg(test)]
mod tests {
    use switchboard_model::fold::folded;

    use super::*;

    #[test]
    fn names_are_searched_without_their_accents() {
        assert_eq!(folded("Chloé Lefèvre", decompose), "chloe lefevre");
        assert_eq!(folded("Ｎｇｕｙễｎ", decompose), "nguyen");
    }
}
