//! The table of operators, and what a search finds.

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::Operator;

use super::super::values::{self, Worded};
use crate::i18n::{Text, number, t, tf};
use crate::ui::{Badge, Button, Person};

/// How many rows are on the page at once: an answer may hold tens of thousands.
const ROWS: usize = 50;

/// The operators whose name or e-mail address holds every word that is searched for, in the API's order.
pub(in crate::pages) fn found(operators: &[Operator], sought: &str) -> Vec<Operator> {
    let sought = sought.to_lowercase();
    let words: Vec<&str> = sought.split_whitespace().collect();
    if words.is_empty() {
        return operators.to_vec();
    }
    let holds = |operator: &&Operator| {
        let text = format!("{} {}", operator.name.display(), operator.email).to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    operators.iter().filter(holds).cloned().collect()
}

/// The table, a page of rows at a time.
#[component]
pub(super) fn OperatorTable(operators: Arc<Vec<Operator>>) -> impl IntoView {
    let all = operators.len();
    let page = RwSignal::new(0_usize);
    let last = all.saturating_sub(1) / ROWS;
    let rows = move || {
        let from = page.get() * ROWS;
        operators
            .iter()
            .skip(from)
            .take(ROWS)
            .map(|operator| view! { <Row operator=operator.clone() /> })
            .collect_view()
    };
    let range = move || {
        let from = page.get() * ROWS;
        let numbers = [
            ("from", number(from + 1)),
            ("to", number((from + ROWS).min(all))),
            ("all", number(all)),
        ];
        tf(
            Text::RowsShown,
            &numbers
                .each_ref()
                .map(|(name, number)| (*name, number.as_str())),
        )
    };
    view! {
        <div class="table-frame">
            <table class="cards-when-narrow" aria-label=t(Text::NavOperators)>
                <thead>
                    <tr>
                        <th scope="col">{t(Text::Name)}</th>
                        <th scope="col">{t(Text::Presence)}</th>
                        <th scope="col">{t(Text::Login)}</th>
                        <th scope="col">{t(Text::LiveChatAddon)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {(last > 0).then(|| view! {
            <nav class="pager" aria-label=t(Text::Pages)>
                <p role="status">{range}</p>
                <Button label=t(Text::PagePrevious).to_owned() busy=Signal::derive(move || page.get() == 0) on_press=Callback::new(move |()| page.update(|page| *page -= 1)) />
                <Button label=t(Text::PageNext).to_owned() busy=Signal::derive(move || page.get() == last) on_press=Callback::new(move |()| page.update(|page| *page += 1)) />
            </nav>
        })}
    }
}

#[component]
fn Row(operator: Operator) -> impl IntoView {
    let cell = |label: Text, (tone, text): Worded| view! { <td data-label=t(label)><Badge tone text /></td> };
    view! {
        <tr>
            <th scope="row">
                <Person initials=operator.name.initials() name=operator.name.display() email=operator.email.to_string() />
            </th>
            {cell(Text::Presence, values::presence(&operator.presence))}
            {cell(Text::Login, values::login(&operator.login))}
            {cell(Text::LiveChatAddon, values::live_chat(operator.live_chat.as_ref()))}
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use switchboard_api::{Flag, Login, PersonName, Presence};

    use super::*;

    fn operator(first: &str, last: &str, email: &str) -> Operator {
        Operator {
            name: PersonName {
                first: first.to_owned(),
                last: last.to_owned(),
            },
            email: email.parse().expect("an e-mail of the test"),
            presence: Presence::Online,
            login: Login::Able,
            is_operator: Flag::On,
            live_chat: None,
        }
    }

    fn names(operators: &[Operator]) -> Vec<&str> {
        operators
            .iter()
            .map(|operator| operator.name.first.as_str())
            .collect()
    }

    #[test]
    fn a_search_finds_every_word_in_name_or_address_in_any_letter_case() {
        let all = [
            operator("Grace", "Hopper", "grace@acme.example"),
            operator("Ödön", "Őry", "o@acme.example"),
            operator("優子", "小林", "yuko@acme.example"),
        ];
        assert_eq!(names(&found(&all, "HOPPER gra")), ["Grace"]);
        assert_eq!(names(&found(&all, "öDÖN")), ["Ödön"]);
        assert_eq!(names(&found(&all, "小林")), ["優子"]);
        assert_eq!(names(&found(&all, " yuko@ ")), ["優子"]);
        assert_eq!(found(&all, "nobody"), []);
    }

    #[test]
    fn an_empty_search_finds_all_in_their_order() {
        let all = [
            operator("B", "", "b@x.example"),
            operator("A", "", "a@x.example"),
        ];
        assert_eq!(names(&found(&all, "  ")), ["B", "A"]);
    }
}
