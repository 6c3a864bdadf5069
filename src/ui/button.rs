//! Buttons, and links that look like them.

use std::time::Duration;

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// How long a settling button ignores presses: longer than the two presses of a double click or a double tap are apart.
const SETTLES: Duration = Duration::from_millis(500);

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
    name: Option<Signal<String>>,
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
    /// Whether it is unavailable for a moment at first, because it appears where the user may still be pressing the
    /// button before it.
    #[prop(optional)]
    settles: bool,
    /// An icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The id, if other code focuses the button.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    let is_settling = settles.then(|| RwSignal::new(true));
    if let Some(is_settling) = is_settling {
        let end = move || {
            is_settling.try_set(false);
        };
        set_timeout(end, SETTLES);
    }
    let is_off = move || {
        busy.get() || unavailable.get() || is_settling.is_some_and(|is_settling| is_settling.get())
    };
    let press = move |event: leptos::ev::MouseEvent| {
        if untrack(is_off) {
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
            aria-label=move || name.map(|name| name.get())
            aria-disabled=move || is_off().then_some("true")
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
