//! The field for a token. Removes a prefix that was copied along with it, and says so.

use leptos::prelude::*;
use switchboard_api::PrefixedToken;

use crate::i18n::{Text, t, tf};
use crate::ui::SecretField;

/// A masked field that extracts the token from `Bearer …` and `api_token: …`.
#[component]
pub fn TokenField(
    /// The control's id: unique on the page.
    id: &'static str,
    /// The label.
    label: Text,
    /// The value.
    value: RwSignal<String>,
    /// The error.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Help below the control.
    hint: Text,
    /// The header that carries the token.
    #[prop(into)]
    header: Signal<String>,
) -> impl IntoView {
    let removed = RwSignal::new(None::<String>);
    // Returns whether it removed a prefix. The note is about the token that is left, not about a later one.
    Effect::new(move |has_removed: Option<bool>| {
        let found = value.with(|typed| PrefixedToken::find(typed, &header.get()));
        let is_found = found.is_some();
        if let Some(found) = found {
            removed.set(Some(found.prefix));
            value.set(found.token.reveal().to_owned());
        } else if has_removed != Some(true) {
            removed.set(None);
        }
        is_found
    });
    let note = Signal::derive(move || {
        let prefix = removed.get()?;
        Some(tf(Text::TokenPrefixRemoved, &[("prefix", &prefix)]))
    });
    view! {
        <SecretField
            id label=t(label) value error note hint=Signal::stored(t(hint).to_owned())
            reveal=t(Text::TokenReveal) hide=t(Text::TokenHide)
        />
    }
}
