//! Buttons, and links that look like them.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here.
    Primary,
    /// What takes something away for good.
    Danger,
    /// Anything else.
    #[default]
    Secondary,
    /// A thing to do in passing: no frame.
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

/// A button. While it is busy it keeps its place, its width and the focus, and does nothing when pressed.
#[component]
pub fn Button(
    /// What it says: also its name for assistive technology, unless that is given apart.
    #[prop(into)]
    label: Signal<String>,
    /// Its name where what it says is too short alone, e.g. in a row of a table. Begins with `label`.
    #[prop(optional, into)]
    name: Option<String>,
    /// What pressing does. A submit button needs none.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// How it looks.
    #[prop(optional)]
    kind: ButtonKind,
    /// Whether it submits its form.
    #[prop(optional)]
    submit: bool,
    /// Whether what it does is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether there is nothing to do for it now. It stays reachable, so that the focus is not lost.
    #[prop(optional, into)]
    unavailable: Signal<bool>,
    /// A sign before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Its id, where the focus is put on it.
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

/// A link with the looks of a button: it leads somewhere, so it is a link.
#[component]
pub fn LinkButton(
    /// What it says.
    #[prop(into)]
    label: String,
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How it looks.
    #[prop(optional)]
    kind: ButtonKind,
    /// A sign before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Its name for assistive technology where what it says is too short alone, e.g. in a row of a table. Begins with `label`.
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
