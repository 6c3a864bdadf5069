//! A message about a page or a part of it, in place.

use leptos::prelude::*;

use super::badge::Tone;
use super::icon::{Icon, IconName};

/// A framed message. A bad one is announced at once, the others at the next pause.
#[component]
pub fn Notice(
    /// The severity, which sets the colour, the icon and the kind of announcement.
    tone: Tone,
    /// What happened, in a sentence.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is not announced, because something else on the page is.
    #[prop(optional)]
    quiet: bool,
    /// Details and what to do next.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (class, icon, role) = match tone {
        Tone::Bad => ("notice bad", IconName::Warning, "alert"),
        Tone::Warn => ("notice warn", IconName::Warning, "status"),
        Tone::Good => ("notice good", IconName::Check, "status"),
        Tone::Neutral | Tone::Unknown => ("notice", IconName::Info, "status"),
    };
    view! {
        <div class=class role=(!quiet).then_some(role)>
            <Icon name=icon />
            <div class="notice-body">
                <p class="notice-title">{move || title.get()}</p>
                {children.map(|children| children())}
            </div>
        </div>
    }
}
