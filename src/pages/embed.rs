//! The page "Embed code": shows the code of a domain that this browser stores, hands it over, and checks its
//! installation.

mod check;
mod finding_words;
mod hand_over;
mod held;
mod not_held;
mod paste;
mod platform;

use leptos::prelude::*;
use switchboard_api::endpoints::GetDomain;
use switchboard_api::{DomainName, Sought};

use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::operations::change::is_absent;
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::{Notice, PageHeading, Tone, UnsavedInput};
use crate::widgets::list_navigation::list_as_left;
use crate::widgets::renamed::RenamedLink;
use crate::wording::store::store_error;
use crate::workspace::KnownDomains;
use hand_over::HandOver;
use held::SavedCode;
use not_held::NotHeld;
use paste::Pasted;

/// Shows the page "Embed code".
#[component]
pub fn EmbedPage(
    /// The domain that the code is for.
    name: DomainName,
) -> impl IntoView {
    let known = KnownDomains::get();
    let (shown, domain) = (readable(&name), Route::Domain(name.clone()).href());
    let pasted = Pasted::of(&name);
    let name = StoredValue::new(name);
    // The view depends on the code alone: recording that it was copied must not render the buttons again.
    let is_known = Memo::new(move |_| name.with_value(|name| known.find(name).is_some()));
    // Forgotten, here or in another tab, while this page is open. It is not remembered again.
    let was_known = RwSignal::new(false);
    Effect::new(move || {
        if is_known.get() {
            was_known.set(true);
        }
    });
    let is_forgotten = Memo::new(move |_| was_known.get() && !is_known.get());
    let held = Memo::new(move |_| {
        name.with_value(|name| known.find(name))
            .and_then(|known| known.held)
    });
    let is_held = Memo::new(move |_| held.with(Option::is_some));
    let on_copied = Callback::new(move |()| name.with_value(|name| known.note_copied(name)));
    let platform = RwSignal::new(0);
    // Owned by the page, so that replacing the code does not clear the field.
    let html = RwSignal::new(String::new());
    UnsavedInput::get().watch(move || pasted.is_any());
    view! {
        <a class="back" href=list_as_left(&Route::Domains)>{t(Text::NavDomains)}</a>
        <PageHeading title=t(Text::EmbedCode).to_owned() about=shown.clone() subtitle=shown subtitle_href=domain>
            {move || held.get().map(|held| view! { <HandOver name=name.get_value() code=held.code platform on_copied /> })}
        </PageHeading>
        {move || known.listing().err().map(|error| view! { <Notice tone=Tone::Bad title=store_error(error) /> })}
        {move || is_held.get().then(|| view! { <DomainGone name=name.get_value() pasted /> })}
        {move || match held.get() {
            Some(held) => view! { <SavedCode name=name.get_value() held pasted html platform on_copied /> }.into_any(),
            None => view! { <NotHeld name=name.get_value() is_known is_forgotten pasted /> }.into_any(),
        }}
    }
}

/// Warns that the API does not know the domain of a saved code (endpoint 7).
#[component]
fn DomainGone(
    /// The domain.
    name: DomainName,
    /// The text in the fields, which the link to the new name takes along.
    pasted: Pasted,
) -> impl IntoView {
    let unsaved = UnsavedInput::get();
    let on_follow = Callback::new(move |to: DomainName| pasted.hand_over(unsaved, &to));
    let domain = Remote::get().read(GetDomain {
        domain: name.clone(),
    });
    let shown = readable(&name);
    let sought = name.clone();
    let is_gone = Memo::new(move |_| {
        let error = domain.get().error;
        error.is_some_and(|error| is_absent(&error, Sought::Domain(&sought)))
    });
    let title = tf(Text::CodeDomainUnknown, &[("domain", &shown)]);
    let name = StoredValue::new(name);
    move || {
        is_gone.get().then(|| {
            view! {
                <Notice tone=Tone::Warn title=title.clone()>
                    <p>{t(Text::CodeDomainGoneText)}</p>
                    <div class="actions"><RenamedLink name=name.get_value() page=Route::Embed on_follow /></div>
                </Notice>
            }
        })
    }
}
