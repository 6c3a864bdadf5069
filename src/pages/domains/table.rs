//! The table of known domains.

use leptos::prelude::*;
use switchboard_model::workspace::KnownDomain;

use super::super::embed::{both, copy_texts, note_copied};
use crate::i18n::{Text, t, tf};
use crate::route::Route;
use crate::ui::{Badge, ButtonKind, CopyButton, LinkButton, Tone};
use crate::workspace::KnownDomains;

/// The table.
#[component]
pub(super) fn DomainTable(domains: Vec<KnownDomain>) -> impl IntoView {
    let rows = domains
        .into_iter()
        .map(|domain| view! { <Row domain /> })
        .collect_view();
    view! {
        <div class="table-frame">
            <table class="cards-when-narrow" aria-label=t(Text::NavDomains)>
                <thead>
                    <tr>
                        <th scope="col">{t(Text::Domain)}</th>
                        <th scope="col">{t(Text::ContactEmail)}</th>
                        <th scope="col">{t(Text::EmbedCode)}</th>
                        <th scope="col"><span class="visually-hidden">{t(Text::Actions)}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(domain: KnownDomain) -> impl IntoView {
    let known = KnownDomains::get();
    let name = domain.name.as_str().to_owned();
    let (tone, held) = if domain.held.is_some() {
        (Tone::Good, Text::CodeHeld)
    } else {
        (Tone::Unknown, Text::CodeNotHeldShort)
    };
    let email = domain
        .email
        .as_ref()
        .map_or_else(|| t(Text::ValueMissing).to_owned(), ToString::to_string);
    let href = Route::Embed(domain.name.clone()).href();
    let record = domain.clone();
    let copy = domain.held.map(|held| {
        let on_copied = Callback::new(move |()| note_copied(known, Some(record.clone())));
        view! {
            <CopyButton
                label=t(Text::CopyCode) name=tf(Text::CopyCodeOf, &[("domain", &name)]) kind=ButtonKind::Quiet
                text=Signal::stored(both(&held.code)) texts=copy_texts() on_copied
            />
        }
    });
    view! {
        <tr>
            <th scope="row"><a class="row-link" href=href.clone()><bdi>{name.clone()}</bdi></a></th>
            <td data-label=t(Text::ContactEmail)><span dir="auto">{email}</span></td>
            <td data-label=t(Text::EmbedCode)><Badge tone text=t(held) /></td>
            <td class="row-actions">
                <div class="actions end">
                    {copy}
                    <LinkButton label=t(Text::EmbedCode) href name=tf(Text::EmbedCodeOf, &[("domain", &name)]) />
                </div>
            </td>
        </tr>
    }
}
