//! Buttons, and links that look like them.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// The prominence of a button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The main action.
    Primary,
    /// An action that deletes something.
    Danger,
    /// Anything else.
    #[default]
    Secondary,
    /// A secondary action without a border.
    Quiet,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Danger => "button danger",
            Self::Secondary => "button",
            Self::Quiet => "button quiet",
        }
    }
}

/// A button. While it is busy it keeps its place, width and focus, and ignores presses.
#[component]
pub fn Button(
    /// The text, which is also the accessible name unless `name` is set.
    #[prop(into)]
    label: Signal<String>,
    /// The accessible name, if the text alone is too short, e.g. in a row of a table. Begins with `label`.
    #[prop(optional, into)]
    name: Option<String>,
    /// The action. A submit button needs none.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// The button's look.
    #[prop(optional)]
    kind: ButtonKind,
    /// Whether it submits its form.
    #[prop(optional)]
    submit: bool,
    /// Whether its action is in progress.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether the action is unavailable. The button stays focusable, so that the focus is not lost.
    #[prop(optional, into)]
    unavailable: Signal<bool>,
    /// An icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The id, if other code focuses the button.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    let press = move |event: leptos::ev::MouseEvent| {
        if busy.get_untracked() || unavailable.get_untracked() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            id=id
            type=if submit { "submit" } else { "button" }
            class=kind.class()
            aria-label=name
            aria-disabled=move || (busy.get() || unavailable.get()).then_some("true")
            aria-busy=move || busy.get().then_some("true")
            on:click=press
        >
            {icon.map(|name| view! { <Icon name /> })}
            <span>{move || label.get()}</span>
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// The text.
    #[prop(into)]
    label: String,
    /// The link's target.
    #[prop(into)]
    href: String,
    /// The link's look.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The accessible name, if the text alone is too short, e.g. in a row of a table. Begins with `label`.
    #[prop(optional, into)]
    name: Option<String>,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href aria-label=name>
            {icon.map(|name| view! { <Icon name /> })}
            <span>{label}</span>
        </a>
    }
}
