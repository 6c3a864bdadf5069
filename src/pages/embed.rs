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
use switchboard_api::DomainName;

use crate::browser::idna::readable;
use crate::i18n::{Text, t};
use crate::route::Route;
use crate::ui::{Notice, PageHeading, Tone, UnsavedInput};
use crate::wording::store::store_error;
use crate::workspace::KnownDomains;
use hand_over::HandOver;
use held::SavedCode;
use not_held::{NotHeld, NotKnown};
use paste::Pasted;

/// Shows the page "Embed code".
#[component]
pub fn EmbedPage(
    /// The domain that the code is for.
    name: DomainName,
) -> impl IntoView {
    let known = KnownDomains::get();
    let shown = readable(&name);
    let name = StoredValue::new(name);
    // The view depends on the code alone: recording that it was copied must not render the buttons again.
    let is_known = Memo::new(move |_| name.with_value(|name| known.find(name).is_some()));
    let held = Memo::new(move |_| {
        name.with_value(|name| known.find(name))
            .and_then(|known| known.held)
    });
    let on_copied = Callback::new(move |()| name.with_value(|name| known.note_copied(name)));
    let platform = RwSignal::new(0);
    let pasted = Pasted::nothing();
    UnsavedInput::get().watch(move || pasted.is_any());
    view! {
        <a class="back" href=Route::Domains.href()>{t(Text::NavDomains)}</a>
        <PageHeading title=t(Text::EmbedCode).to_owned() about=shown.clone() subtitle=shown>
            {move || held.get().map(|held| view! { <HandOver name=name.get_value() code=held.code platform on_copied /> })}
        </PageHeading>
        {move || known.listing().err().map(|error| view! { <Notice tone=Tone::Bad title=store_error(error) /> })}
        {move || match held.get() {
            Some(held) => view! { <SavedCode name=name.get_value() held pasted platform on_copied /> }.into_any(),
            None if is_known.get() => view! { <NotHeld name=name.get_value() pasted /> }.into_any(),
            None => view! { <NotKnown name=name.get_value() pasted /> }.into_any(),
        }}
    }
}
