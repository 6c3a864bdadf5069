//! The embed code of a domain, as it is kept in this browser: `link` and `socketLink`, to be copied.

use leptos::prelude::*;
use switchboard_api::{DomainName, EmbedCode};
use switchboard_model::workspace::{CodeOrigin, HeldCode, KnownDomain, StoreError};

use crate::i18n::{Text, t, tf};
use crate::route::Route;
use crate::ui::{
    ButtonKind, CodeBox, CopyButton, CopyTexts, EmptyState, IconName, LinkButton, Notice,
    PageHeading, Tone,
};
use crate::workspace::KnownDomains;

/// The page "Embed code".
#[component]
pub fn EmbedPage(
    /// The domain that the code is for.
    name: DomainName,
) -> impl IntoView {
    let known = KnownDomains::get();
    let shown = name.to_string();
    let name = StoredValue::new(name);
    // What is shown follows the code alone: noting that it was copied must not draw the buttons anew.
    let is_known = Memo::new(move |_| name.with_value(|name| known.find(name).is_some()));
    let held = Memo::new(move |_| {
        name.with_value(|name| known.find(name))
            .and_then(|known| known.held)
    });
    let on_copied = Callback::new(move |()| name.with_value(|name| note_copied(known, name)));
    view! {
        <a class="back" href=Route::Domains.href()>{t(Text::NavDomains)}</a>
        <PageHeading title=t(Text::EmbedCode).to_owned() subtitle=shown>
            {move || held.get().map(|held| {
                let text = Signal::stored(both(&held.code));
                view! { <CopyButton label=t(Text::CopyBoth) kind=ButtonKind::Primary text texts=copy_texts() on_copied /> }
            })}
        </PageHeading>
        {move || known.listing().err().map(|error| view! { <Notice tone=Tone::Bad title=store_error(error) /> })}
        {move || match held.get() {
            Some(held) => view! { <Held held on_copied /> }.into_any(),
            None => view! { <NotHeld name=name.get_value() known=is_known.get() /> }.into_any(),
        }}
    }
}

#[component]
fn Held(held: HeldCode, on_copied: Callback<()>) -> impl IntoView {
    let origin = t(match held.origin {
        CodeOrigin::Added => Text::CodeOriginAdded,
        CodeOrigin::Pasted => Text::CodeOriginPasted,
        CodeOrigin::Imported => Text::CodeOriginImported,
    });
    view! {
        <p class="lead">{t(Text::EmbedText)}</p>
        <EmbedCodes code=held.code on_copied />
        <p class="hint">{origin}" "{t(Text::EmbedKeepText)}</p>
    }
}

/// The two codes, each in its box. A part that did not come is said to be missing.
#[component]
pub(super) fn EmbedCodes(
    /// The codes.
    code: EmbedCode,
    /// What else happens when one was copied.
    #[prop(optional, into)]
    on_copied: Option<Callback<()>>,
) -> impl IntoView {
    let parts = [
        ("link", Text::CopyLink, Text::LinkNote, code.link),
        (
            "socketLink",
            Text::CopySocketLink,
            Text::SocketLinkNote,
            code.socket_link,
        ),
    ];
    parts
        .into_iter()
        .map(|(title, copy, note, code)| {
            if code.is_empty() {
                return view! { <Notice tone=Tone::Warn title=tf(Text::CodePartMissing, &[("part", title)]) /> }.into_any();
            }
            view! { <CodeBox title id=title note=t(note) code copy=t(copy) texts=copy_texts() on_copied /> }.into_any()
        })
        .collect_view()
}

/// What stands where the code would, when this browser does not hold it: why, and what can be done.
#[component]
fn NotHeld(name: DomainName, known: bool) -> impl IntoView {
    let why = if known {
        Text::CodeNotHeldText
    } else {
        Text::CodeUnknownDomainText
    };
    view! {
        <EmptyState icon=IconName::Code title=tf(Text::CodeNotHeld, &[("domain", name.as_str())]) text=t(why)>
            <LinkButton label=t(Text::NavDomains) href=Route::Domains.href() />
        </EmptyState>
    }
}

/// Both codes in the order in which the reference lists them and in which they belong into a page.
pub(super) fn both(code: &EmbedCode) -> String {
    let parts: Vec<&str> = [code.link.as_str(), code.socket_link.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("\n")
}

/// What copy buttons say.
pub(super) fn copy_texts() -> CopyTexts {
    CopyTexts {
        copied: t(Text::Copied).to_owned(),
        failed: t(Text::CopyFailed).to_owned(),
    }
}

/// Notes that a domain's code was copied: a tick in "Getting started", nothing that could be missed if it is not kept.
pub(super) fn note_copied(known: KnownDomains, name: &DomainName) {
    if let Some(record) = known.find_now(name).filter(|record| !record.code_copied) {
        let _ = known.remember(KnownDomain {
            code_copied: true,
            ..record
        });
    }
}

/// Why the browser does not keep what it was given.
pub(super) fn store_error(error: StoreError) -> String {
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
