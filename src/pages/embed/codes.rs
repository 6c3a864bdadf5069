//! The two codes, each in its box, and what every page says of them.

use leptos::prelude::*;
use switchboard_api::{DomainName, EmbedCode};
use switchboard_model::embed::Part;
use switchboard_model::workspace::{KnownDomain, StoreError};

use crate::i18n::{Text, t, tf};
use crate::ui::{CodeBox, CopyTexts, Notice, Toasts, Tone};
use crate::workspace::KnownDomains;

/// The two codes, each in its box. A part that did not come is said to be missing.
#[component]
pub(in crate::pages) fn EmbedCodes(
    /// The codes.
    code: EmbedCode,
    /// What ids begin with, where there may be others on the page.
    #[prop(optional, into)]
    prefix: String,
    /// What else happens when one was copied.
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

/// What a part is called: by its name in the API, in every language.
pub(super) fn part_name(part: Part) -> &'static str {
    match part {
        Part::Link => "link",
        Part::SocketLink => "socketLink",
    }
}

/// Both codes in the order in which the reference lists them and in which they belong into a page.
pub(in crate::pages) fn both(code: &EmbedCode) -> String {
    let parts: Vec<&str> = [code.link.as_str(), code.socket_link.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("\n")
}

/// What copy buttons say.
pub(in crate::pages) fn copy_texts() -> CopyTexts {
    CopyTexts {
        copied: t(Text::Copied).to_owned(),
        failed: t(Text::CopyFailed).to_owned(),
    }
}

/// Notes that a domain's code was copied: a tick in "Getting started", nothing that could be missed if it is not kept.
pub(in crate::pages) fn note_copied(known: KnownDomains, name: &DomainName) {
    if let Some(record) = known.find_now(name).filter(|record| !record.code_copied) {
        let _ = known.remember(KnownDomain {
            code_copied: true,
            // What is held stays. What is held here may be an older code than the one that another tab has just received.
            held: None,
            ..record
        });
    }
}

/// Says that a domain's code is kept, in these words, once it is on disk; and otherwise that it may still be lost.
pub(in crate::pages) fn tell_kept(toasts: Toasts, kept: Text, name: &DomainName, is_on_disk: bool) {
    let values = [("domain", name.as_str())];
    if is_on_disk {
        toasts.good(tf(kept, &values));
    } else {
        toasts.bad(tf(Text::CodeNotOnDisk, &values));
    }
}

/// Why the browser does not keep what it was given.
pub(in crate::pages) fn store_error(error: StoreError) -> String {
    let text = match error {
        StoreError::Blocked => Text::StoreBlocked,
        StoreError::Full => Text::StoreFull,
        StoreError::NotKept => Text::StoreNotKept,
    };
    t(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_codes_are_copied_to_the_letter_and_in_order() {
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
