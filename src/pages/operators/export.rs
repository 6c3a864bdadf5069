//! Exports the list as CSV: the operators who match the filter, in the order shown.

use leptos::prelude::*;
use switchboard_api::{LiveChatStatus, Login, Operator, Presence};
use switchboard_model::csv;
use switchboard_model::workspace::file::dated_name;

use super::filtered::Filtered;
use super::list_query::{addon_word, login_word, presence_word};
use crate::browser::{clock, files};
use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::ui::{Button, IconName, Toasts};
use crate::wording::values::display_name;

/// The columns. The values are the words that the filters use in the URL, the same in every language.
const HEADER: [&str; 5] = ["name", "email", "presence", "login", "addon"];

/// The button "Export CSV".
#[component]
pub(super) fn ExportOperatorsButton(
    /// The operators to export.
    filtered: Memo<Filtered>,
) -> impl IntoView {
    let toasts = Toasts::get();
    let base_url = Remote::get().connection().base_url;
    let none = Signal::derive(move || filtered.with(Filtered::is_empty));
    let press = Callback::new(move |()| {
        let name = dated_name("operators", &base_url, clock::now(), "csv");
        let text = filtered.with_untracked(|filtered| text(filtered.iter()));
        if files::download(&name, "text/csv;charset=utf-8", &text) {
            toasts.good(tf(Text::Exported, &[("file", &name)]));
        } else {
            toasts.bad(t(Text::DownloadFailed));
        }
    });
    view! { <Button icon=IconName::Download label=t(Text::ExportCsv).to_owned() unavailable=none on_press=press /> }
}

fn text<'a>(operators: impl Iterator<Item = &'a Operator>) -> String {
    let rows: Vec<Vec<String>> = operators.map(cells).collect();
    csv::write(&HEADER.map(str::to_owned), &rows)
}

fn cells(operator: &Operator) -> Vec<String> {
    // An unknown value is written as the API sent it.
    let presence = match &operator.presence {
        Presence::Unknown(came) => came,
        known => presence_word(known),
    };
    let login = match &operator.login {
        Login::Unknown(came) => came,
        known => login_word(known),
    };
    let addon = match &operator.live_chat {
        Some(LiveChatStatus::Unknown(came)) => came,
        known => addon_word(known.as_ref()),
    };
    let name = display_name(&operator.name, &operator.email);
    let email = operator.email.as_str();
    [&name, email, presence, login, addon]
        .map(str::to_owned)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::plan::tests::operator;

    #[test]
    fn formula_name_is_escaped_and_reimportable() {
        let mut evil = operator("eve@x.example");
        evil.name.first = "=cmd()".to_owned();
        let written = text([evil].iter());
        assert_eq!(
            written,
            "\u{feff}name,email,presence,login,addon\r\n'=cmd(),eve@x.example,online,able,active\r\n"
        );
        let table = csv::parse(&written).expect("CSV");
        let rows = csv::operators(&table).expect("operators");
        assert_eq!(rows[0].name, "=cmd()");
    }
}
