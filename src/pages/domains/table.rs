//! The table of known domains.

use leptos::prelude::*;
use switchboard_api::{DomainName, Email, EmbedCode};
use switchboard_model::workspace::KnownDomain;

use super::super::embed::{both, copy_texts, note_copied};
use crate::i18n::{Text, t, tf};
use crate::route::Route;
use crate::ui::{Badge, ButtonKind, CopyButton, LinkButton, Tone};
use crate::workspace::KnownDomains;

/// What a row shows. Another change to the record, such as the note that its code was copied, leaves the row and its button as they are.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Shown {
    name: DomainName,
    email: Option<Email>,
    code: Option<EmbedCode>,
}

impl From<KnownDomain> for Shown {
    fn from(known: KnownDomain) -> Self {
        Self {
            name: known.name,
            email: known.email,
            code: known.held.map(|held| held.code),
        }
    }
}

/// The table.
#[component]
pub(super) fn DomainTable(
    /// The domains, tracked.
    domains: Memo<Vec<KnownDomain>>,
) -> impl IntoView {
    let rows = move || {
        domains
            .get()
            .into_iter()
            .map(Shown::from)
            .collect::<Vec<_>>()
    };
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
                <tbody>
                    <For each=rows key=Clone::clone let:shown>
                        <Row shown />
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(shown: Shown) -> impl IntoView {
    let known = KnownDomains::get();
    let Shown { name, email, code } = shown;
    let (tone, held) = match code {
        Some(_) => (Tone::Good, Text::CodeHeld),
        None => (Tone::Unknown, Text::CodeNotHeldShort),
    };
    let email = email.map_or_else(
        || t(Text::ValueMissing).to_owned(),
        |email| email.to_string(),
    );
    let href = Route::Embed(name.clone()).href();
    let details = Route::Domain(name.clone()).href();
    let label = name.to_string();
    let copy = code.map(|code| {
        let label = tf(Text::CopyCodeOf, &[("domain", name.as_str())]);
        let on_copied = Callback::new(move |()| note_copied(known, &name));
        view! {
            <CopyButton
                label=t(Text::CopyCode) name=label kind=ButtonKind::Quiet
                text=Signal::stored(both(&code)) texts=copy_texts() on_copied
            />
        }
    });
    let open = tf(Text::EmbedCodeOf, &[("domain", &label)]);
    view! {
        <tr>
            <th scope="row"><a class="row-link" href=details><bdi>{label}</bdi></a></th>
            <td data-label=t(Text::ContactEmail)><span><bdi>{email}</bdi></span></td>
            <td data-label=t(Text::EmbedCode)><Badge tone text=t(held) /></td>
            <td class="row-actions">
                <div class="actions end">
                    {copy}
                    <LinkButton label=t(Text::EmbedCode) href name=open />
                </div>
            </td>
        </tr>
    }
}
