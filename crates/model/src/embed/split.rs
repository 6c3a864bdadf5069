//! Splits a text into the two parts of an embed code.

use switchboard_api::EmbedCode;

use super::snippet::{Piece, pieces};

/// Returns the two parts of a text that is a whole code: two scripts, each of which loads an address, `link` first.
/// Returns `None` for any other text, because a part may have several elements.
#[must_use]
pub fn split_both(text: &str) -> Option<EmbedCode> {
    const END: &str = "</script>";
    let end = text.to_ascii_lowercase().find(END)? + END.len();
    let (link, socket_link) = text.split_at(end);
    let [link, socket_link] = [link, socket_link].map(str::trim);
    let is_script = |part: &str| {
        let lower = part.to_ascii_lowercase();
        let is_alone = lower.starts_with("<script") && lower.ends_with(END);
        is_alone
            && matches!(&*pieces(part), [Piece::Element(script)] if script.name == "script" && script.loads.is_some())
    };
    (is_script(link) && is_script(socket_link)).then(|| EmbedCode {
        link: link.to_owned(),
        socket_link: socket_link.to_owned(),
    })
}
