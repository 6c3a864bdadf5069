//! The search field above a list, and the names that it offers when nothing matches.

use leptos::prelude::*;

use crate::browser::throttle::{REST, debounce};
use crate::i18n::{Text, enumeration, t, tf};
use crate::ui::{Button, Icon, IconName, focus};

/// The id of the field. A page has one list.
const FIELD: &str = "list-search";

/// The search field, with a magnifying glass, which tells it from other fields of the page.
#[component]
pub fn ListSearch(
    /// Its name, which is also its placeholder.
    label: &'static str,
    /// What is searched for.
    #[prop(into)]
    value: Signal<String>,
    /// Receives what is typed, at each letter.
    on_type: Callback<String>,
    /// Called when the focus leaves the field.
    on_leave: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="search">
            <Icon name=IconName::Search />
            <input
                type="search"
                id=FIELD
                aria-label=label
                placeholder=label
                autocomplete="off"
                spellcheck="false"
                prop:value=move || value.get()
                on:input=move |event| on_type.run(event_target_value(&event))
                // A field that is removed loses the focus after its page is gone.
                on:blur=move |_| {
                    let _ = on_leave.try_run(());
                }
            />
        </div>
    }
}

/// "Did you mean", with a button for each name, which searches for it. Nothing without names.
#[component]
pub fn SearchSuggestions(
    /// The names, the most similar first.
    names: Memo<Vec<String>>,
    /// Receives the name to search for.
    choose: Callback<String>,
    /// The id of the search field, which then gets the focus.
    #[prop(default = FIELD)]
    field: &'static str,
) -> impl IntoView {
    let suggestion = move |name: String| {
        let (spoken, label) = (tf(Text::SearchFor, &[("name", &name)]), name.clone());
        let press = Callback::new(move |()| {
            choose.run(name.clone());
            // The button goes with its list.
            focus(field);
        });
        view! { <li><Button label name=spoken on_press=press /></li> }
    };
    let announced = Signal::derive(move || {
        names.with(|names| match names.as_slice() {
            [] => String::new(),
            names => format!("{} {}", t(Text::DidYouMean), enumeration(names)),
        })
    });
    let announced = debounce(announced, String::new(), REST);
    let list = move || {
        let names = names.get();
        (!names.is_empty()).then(|| {
            let names = names.into_iter().map(suggestion).collect_view();
            view! {
                <div class="suggestions">
                    <p>{t(Text::DidYouMean)}</p>
                    <ul class="actions" aria-label=t(Text::DidYouMean)>{names}</ul>
                </div>
            }
        })
    };
    view! {
        <span class="visually-hidden" role="status">{announced}</span>
        {list}
    }
}
