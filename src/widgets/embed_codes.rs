//! The two embed codes, each in its box, with the texts that all pages share.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::{DomainName, EmbedCode};
use switchboard_model::embed::{Part, other_domains};

use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::ui::{CodeBox, CopyTexts, Notice, Toasts, Tone};
use crate::workspace::KnownDomains;

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

/// Warns beside a code that it names another domain than `name`; `None` if it does not.
pub fn names_another(name: &DomainName, code: &EmbedCode) -> Option<String> {
    let named = other_domains(code, name);
    let named = named.first()?;
    Some(tf(Text::CodeNamesShort, &[("named", &readable(named))]))
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

/// Shows `kept` once the code is on disk. Until then, after a while, warns that it may still be lost.
pub fn tell_kept(
    known: KnownDomains,
    toasts: Toasts,
    kept: Text,
    name: &DomainName,
    is_on_disk: bool,
) {
    let shown = readable(name);
    let text = |text| tf(text, &[("domain", &shown)]);
    if is_on_disk {
        return toasts.good(text(kept));
    }
    let (warning, kept) = (toasts.keep(text(Text::CodeNotOnDisk)), text(kept));
    spawn_local(async move {
        if known.is_on_disk_at_last().await && toasts.dismiss(warning) {
            toasts.good(kept);
        }
    });
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
