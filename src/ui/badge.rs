//! A badge: a state in one word.

use leptos::prelude::*;

/// The severity of a state. The word states it too, so that it does not depend on colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Fine.
    Good,
    /// Needs attention.
    Warn,
    /// Wrong, or off permanently.
    Bad,
    /// Neither.
    Neutral,
    /// Unknown.
    Unknown,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Good => "badge good",
            Self::Warn => "badge warn",
            Self::Bad => "badge bad",
            Self::Neutral => "badge",
            Self::Unknown => "badge unknown",
        }
    }
}

/// A word with a dot before it.
#[component]
pub fn Badge(
    /// The severity.
    #[prop(into)]
    tone: Signal<Tone>,
    /// The word.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <span class=move || tone.get().class()>{move || text.get()}</span> }
}
