//! The menu that selects the table's columns. The choice is stored on this device.

use leptos::prelude::*;
use switchboard_model::preferences::OperatorColumns;

use super::list_query::Column;
use crate::i18n::{Text, t};
use crate::preferences::DevicePreferences;
use crate::ui::{IconName, Menu, Tick, Toasts};

/// The columns that can be hidden.
const OPTIONAL: [Column; 3] = [Column::Presence, Column::Login, Column::LiveChat];

/// Returns the heading of a column.
pub(super) fn heading(column: Column) -> Text {
    match column {
        Column::Name => Text::Name,
        Column::Presence => Text::Presence,
        Column::Login => Text::Login,
        Column::LiveChat => Text::LiveChatAddon,
    }
}

/// The menu "Columns".
#[component]
pub(super) fn ColumnMenu() -> impl IntoView {
    view! {
        <Menu label=t(Text::Columns) icon=IconName::Sliders id="operator-columns">
            <fieldset class="group">
                <legend class="visually-hidden">{t(Text::Columns)}</legend>
                <div class="ticks">{OPTIONAL.map(|column| view! { <ColumnChoice column /> }).into_iter().collect_view()}</div>
            </fieldset>
        </Menu>
    }
}

#[component]
fn ColumnChoice(column: Column) -> impl IntoView {
    let (preferences, toasts) = (DevicePreferences::get(), Toasts::get());
    let checked = Memo::new(move |_| is_shown(preferences.operator_columns(), column));
    let flip = move |on| {
        let mut columns = untrack(|| preferences.operator_columns());
        if let Some(shown) = place(&mut columns, column) {
            *shown = on;
        }
        if preferences.choose_operator_columns(columns).is_err() {
            toasts.warn(t(Text::PreferenceNotKept));
        }
    };
    view! { <Tick label=t(heading(column)) checked on_flip=flip /> }
}

/// Returns the hidden columns in the form that the style sheet matches; `None` if all are shown.
pub(super) fn hidden(columns: OperatorColumns) -> Option<String> {
    let hidden = OPTIONAL
        .into_iter()
        .filter(|column| !is_shown(columns, *column));
    let words: Vec<&str> = hidden.map(Column::word).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn is_shown(mut columns: OperatorColumns, column: Column) -> bool {
    place(&mut columns, column).is_none_or(|shown| *shown)
}

/// Returns the preference that says whether a column is shown; `None` for the name, which always is.
fn place(columns: &mut OperatorColumns, column: Column) -> Option<&mut bool> {
    match column {
        Column::Name => None,
        Column::Presence => Some(&mut columns.presence),
        Column::Login => Some(&mut columns.login),
        Column::LiveChat => Some(&mut columns.live_chat),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_columns_match_the_style_sheet() {
        assert_eq!(hidden(OperatorColumns::default()), None);
        let few = OperatorColumns {
            presence: false,
            live_chat: false,
            ..OperatorColumns::default()
        };
        assert_eq!(hidden(few).as_deref(), Some("presence addon"));
    }
}
