//! The two embed codes, each in its box, with the texts that all pages share.

use leptos::prelude::*;
use switchboard_api::{DomainName, EmbedCode};
use switchboard_model::embed::Part;

use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::ui::{CodeBox, CopyTexts, Notice, Toasts, Tone};

/// Shows the two codes, each in its box. Says which part is missing.
#[component]
pub fn EmbedCodes(
    /// The codes.
    code: EmbedCode,
    /// The prefix of ids, in case the page has other codes.
    #[prop(optional, into)]
    prefix: String,
    /// Called after a code was copied.
    #[prop(optional, into)]
    on_copied: Option<Callback<()>>,
) -> impl IntoView {
    let parts = [
        (Part::Link, Text::CopyLink, Text::LinkNote, code.link),
        (
            Part::SocketLink,
            Text::CopySocketLink,
            Text::SocketLinkNote,
            code.socket_link,
        ),
    ];
    parts
        .into_iter()
        .map(|(part, copy, note, code)| {
            let title = part_name(part);
            if code.is_empty() {
                return view! { <Notice tone=Tone::Warn title=tf(Text::CodePartMissing, &[("part", title)]) /> }.into_any();
            }
            let id = format!("{prefix}{title}");
            view! { <CodeBox title id note=t(note) code copy=t(copy) texts=copy_texts() on_copied /> }.into_any()
        })
        .collect_view()
}

/// Returns the name of a part: the one in the API, in every language.
pub(crate) fn part_name(part: Part) -> &'static str {
    match part {
        Part::Link => "link",
        Part::SocketLink => "socketLink",
    }
}

/// Returns both codes in the order of the reference, which is also their order in a page.
pub fn both(code: &EmbedCode) -> String {
    let parts: Vec<&str> = [code.link.as_str(), code.socket_link.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("\n")
}

/// Returns the texts of copy buttons.
pub fn copy_texts() -> CopyTexts {
    CopyTexts {
        copied: t(Text::Copied).to_owned(),
        failed: t(Text::CopyFailed).to_owned(),
        by_hand: t(Text::CopyByHand).to_owned(),
        close: t(Text::Close).to_owned(),
    }
}

/// Shows `kept` once the code is on disk, or else a warning that it may still be lost.
pub fn tell_kept(toasts: Toasts, kept: Text, name: &DomainName, is_on_disk: bool) {
    let shown = readable(name);
    let values = [("domain", shown.as_str())];
    if is_on_disk {
        toasts.good(tf(kept, &values));
    } else {
        toasts.keep(tf(Text::CodeNotOnDisk, &values));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_codes_are_copied_exactly_in_order() {
        let code = EmbedCode {
            link: "<script>\n</script> ".to_owned(),
            socket_link: "two".to_owned(),
        };
        assert_eq!(both(&code), "<script>\n</script> \ntwo");
        assert_eq!(
            both(&EmbedCode {
                link: String::new(),
                socket_link: "two".to_owned()
            }),
            "two"
        );
    }
}
