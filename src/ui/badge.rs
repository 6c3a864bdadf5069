//! A short state in a word.

use leptos::prelude::*;

/// What a state means to whoever looks at it. Never told by colour alone: the word says it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Worth a look.
    Warn,
    /// Something is wrong or off for good.
    Bad,
    /// Neither.
    Neutral,
    /// Not known.
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
    /// What it means.
    #[prop(into)]
    tone: Signal<Tone>,
    /// The word.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <span class=move || tone.get().class()>{move || text.get()}</span> }
}
