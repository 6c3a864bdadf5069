//! Shows the known domains in a table, one page of rows at a time.

use leptos::prelude::*;
use switchboard_api::{DomainName, EmbedCode};

use super::domain_query::{DomainColumn, DomainQuery};
use super::domain_status::{DomainStatus, OperatorCount, StatusRequest, StatusRequests};
use super::known_statuses::KnownStatuses;
use super::request_queue::RequestQueue;
use crate::browser::idna::readable;
use crate::browser::pointer::{rows_in_place, while_in_use};
use crate::browser::visibility::is_on_screen;
use crate::i18n::{Text, number, t, tf};
use crate::route::Route;
use crate::ui::{
    Badge, Button, ButtonKind, CopyButton, Icon, IconName, LinkButton, Ltr, Tone, focus,
};
use crate::widgets::domain_label::DomainLabel;
use crate::widgets::embed_codes::{both, copy_texts, names_another};
use crate::widgets::forgetting::{ForgetDialog, Forgetting};
use crate::widgets::pager::Pager;
use crate::widgets::sort_head::SortHead;
use crate::wording::values;
use crate::workspace::KnownDomains;

/// The number of rows on a page.
pub(super) const ROWS: usize = 50;

/// The id of the rows.
const BODY: &str = "domain-rows";

/// The number of domains that are requested at once. The browser opens six connections to a host, and the rest of the
/// page needs some of them.
const AT_ONCE: usize = 4;

/// Shows the table and, if there is more than one page, the pager.
#[component]
pub(super) fn DomainTable(
    /// Every known domain.
    known: KnownDomains,
    /// The names of the domains that are shown, on all pages.
    shown: Memo<Vec<DomainName>>,
    /// Records what the rows read.
    statuses: KnownStatuses,
    /// The query in the URL.
    query: Memo<DomainQuery>,
    /// Navigates to another query.
    go: Callback<DomainQuery>,
    /// Navigates to another page of the list, with an entry of its own in the history.
    turn_to: Callback<DomainQuery>,
) -> impl IntoView {
    let queue = RwSignal::new(RequestQueue::new(AT_ONCE));
    let count = Memo::new(move |_| shown.with(Vec::len));
    // Shows the last page if the URL asks for one beyond it.
    let page = Memo::new(move |_| {
        let last = count.get().saturating_sub(1) / ROWS;
        query.with(|query| query.page).min(last)
    });
    let turn = Callback::new(move |page| {
        let query = query.get_untracked();
        turn_to.run(DomainQuery { page, ..query });
    });
    let heads = DomainColumn::ALL.map(|column| {
        let sorted = Memo::new(move |_| {
            let (now, backwards) = query.with(|query| query.sort);
            (now == column).then_some(backwards)
        });
        let press =
            Callback::new(move |()| go.run(query.with_untracked(|query| query.sorted_by(column))));
        view! { <SortHead column=column.word() label=column.heading() sorted on_press=press /> }
    });
    let exists = move |name: &DomainName| known.find(name).is_some();
    let rows = rows_in_place(while_in_use(BODY), ROWS, exists, move || {
        let from = page.get() * ROWS;
        let rows = shown.with(|shown| {
            let rows = shown.iter().skip(from).take(ROWS);
            rows.cloned().collect::<Vec<_>>()
        });
        (query.get(), rows)
    });
    let before = StoredValue::new(Vec::new());
    let forgetting = Forgetting::new(Callback::new(move |name: DomainName| {
        let beside = before.with_value(|before| beside(before, &name));
        // Waits for the next frame, when the row and the dialog are gone, and with them the focused element.
        request_animation_frame(move || {
            focus(&beside.as_ref().map_or_else(|| "content".to_owned(), row_id))
        });
    }));
    let forget = Callback::new(move |name: DomainName| {
        before.set_value(shown.get_untracked());
        forgetting.ask(&name);
    });
    view! {
        <div class="table-frame">
            <table class="cards-when-narrow known-domains" aria-label=t(Text::NavDomains)>
                <thead>
                    <tr>
                        {heads.into_iter().collect_view()}
                        <th scope="col"><span class="visually-hidden">{t(Text::Actions)}</span></th>
                    </tr>
                </thead>
                <tbody id=BODY>
                    <For each=move || rows.get().1 key=Clone::clone let:name>
                        <KnownDomainRow name known queue statuses forget />
                    </For>
                </tbody>
            </table>
        </div>
        <Pager label=Text::DomainsPages page on_turn=turn count rows=ROWS />
        <ForgetDialog forgetting />
    }
}

/// Returns the id of a row's label, which can take the focus.
fn row_id(name: &DomainName) -> String {
    format!("known-{name}")
}

/// Returns the row below a removed one, or the one above if it was the last.
fn beside(names: &[DomainName], gone: &DomainName) -> Option<DomainName> {
    let at = names.iter().position(|name| name == gone)?;
    let above = at.checked_sub(1);
    names.get(at + 1).or_else(|| names.get(above?)).cloned()
}

#[component]
fn KnownDomainRow(
    name: DomainName,
    known: KnownDomains,
    queue: RwSignal<RequestQueue<DomainName>>,
    statuses: KnownStatuses,
    forget: Callback<DomainName>,
) -> impl IntoView {
    let row = NodeRef::new();
    let request = StatusRequest::begin(&name, queue, is_on_screen(row));
    let wanted = name.clone();
    let record = Memo::new(move |_| known.find(&wanted));
    let email = move || {
        let email = record.with(|record| record.as_ref()?.email.as_ref().map(ToString::to_string));
        email.unwrap_or_else(|| t(Text::ValueMissing).to_owned())
    };
    // A memo, so that other changes to the record, such as a recorded copy, do not render the button again.
    let code = Memo::new(move |_| {
        record.with(|record| Some(record.as_ref()?.held.as_ref()?.code.clone()))
    });
    let kept_for = name.clone();
    let standing = Memo::new(move |_| code.with(|code| held(&kept_for, code.as_ref())));
    let held = move || {
        let (tone, text) = standing.get();
        view! { <Badge tone text /> }
    };
    // Where the column of the codes has no room (style/ui/tables.css).
    let code_warning = move || {
        let (tone, text) = standing.get();
        (tone == Tone::Warn).then(|| view! { <p class="code-warning"><Badge tone text /></p> })
    };
    let label = readable(&name);
    let open = tf(Text::EmbedCodeOf, &[("domain", &label)]);
    let forget_name = tf(Text::ForgetDomainOf, &[("domain", &label)]);
    let who = name.clone();
    Effect::new(move || {
        let status = request.status.get();
        if status != DomainStatus::Asked {
            statuses.note(&who, status);
        }
    });
    let (href, details) = (
        Route::Embed(name.clone()).href(),
        Route::Domain(name.clone()).href(),
    );
    let (id, asking) = (row_id(&name), name.clone());
    let name = StoredValue::new(name);
    view! {
        <tr node_ref=row>
            <th scope="row">
                <DomainLabel name=name.get_value() href=details id />
                <p class="person-email"><span class="visually-hidden">{t(Text::ContactEmail)}": "</span><Ltr text=Signal::derive(email) /></p>
                {code_warning}
                <StatusRequests name=asking request />
            </th>
            <td class="standing" data-label=t(Text::Status)>{move || status(request)}</td>
            <td class="numeric" data-label=t(Text::NavOperators)>{move || operators(&request.status.get())}</td>
            <td data-label=t(Text::EmbedCode)>{held}</td>
            <td class="row-actions">
                <div class="actions end">
                    {move || code.get().map(|code| copy_code(name.get_value(), &code))}
                    <LinkButton label=t(Text::EmbedCode) href name=open />
                    <Button kind=ButtonKind::Quiet label=t(Text::Forget).to_owned() name=forget_name on_press=Callback::new(move |()| forget.run(name.get_value())) />
                </div>
            </td>
        </tr>
    }
}

/// Describes whether the code of a domain is saved. Warns if the code names another domain, because the user copies it
/// from this row.
fn held(name: &DomainName, code: Option<&EmbedCode>) -> values::Worded {
    let Some(code) = code else {
        return (Tone::Unknown, t(Text::CodeNotHeldShort).to_owned());
    };
    match names_another(name, code) {
        Some(text) => (Tone::Warn, text),
        None => (Tone::Good, t(Text::CodeHeld).to_owned()),
    }
}

fn status(request: StatusRequest) -> AnyView {
    match request.status.get() {
        DomainStatus::Asked => bar(),
        DomainStatus::There { status, .. } => {
            let (tone, text) = values::activity(&status);
            view! { <Badge tone text /> }.into_any()
        }
        DomainStatus::Unknown(words) => trouble(Tone::Warn, Text::DomainNotAtApi, words, None),
        DomainStatus::Failed(reason) => {
            let again = view! {
                <button type="button" class="icon-button" aria-label=t(Text::TryAgain) title=t(Text::TryAgain) on:click=move |_| request.again()>
                    <Icon name=IconName::Refresh />
                </button>
            };
            trouble(Tone::Bad, Text::NotLoaded, reason, Some(again.into_any()))
        }
    }
}

/// Shows why there is no status, in the height of a row: nothing moves when a request fails.
fn trouble(tone: Tone, word: Text, reason: String, action: Option<AnyView>) -> AnyView {
    let full = reason.clone();
    view! { <div class="trouble"><Badge tone text=t(word) />{action}<p class="hint" title=full>{reason}</p></div> }
    .into_any()
}

fn operators(status: &DomainStatus) -> AnyView {
    match status {
        DomainStatus::Asked
        | DomainStatus::There {
            operators: OperatorCount::Asked,
            ..
        } => bar(),
        DomainStatus::There {
            operators: OperatorCount::Is(0),
            ..
        } => view! { <Badge tone=Tone::Warn text=t(Text::DomainNobody) /> }.into_any(),
        DomainStatus::There {
            operators: OperatorCount::Is(count),
            ..
        } => number(*count).into_any(),
        _ => view! { <span class="muted">{t(Text::DomainNotCounted)}</span> }.into_any(),
    }
}

/// Shows a placeholder until the answer arrives.
fn bar() -> AnyView {
    view! { <span class="bar skeleton"></span><span class="visually-hidden">{t(Text::Loading)}</span> }.into_any()
}

fn copy_code(domain: DomainName, code: &EmbedCode) -> AnyView {
    let known = KnownDomains::get();
    let label = tf(Text::CopyCodeOf, &[("domain", &readable(&domain))]);
    let on_copied = Callback::new(move |()| known.note_copied(&domain));
    view! {
        <CopyButton
            label=t(Text::CopyCode) name=label kind=ButtonKind::Quiet
            text=Signal::stored(both(code)) texts=copy_texts() on_copied
        />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saved_code_that_names_another_domain_is_marked() {
        let name: DomainName = "new.example".parse().expect("a domain name of the test");
        let code = |named: &str| EmbedCode {
            link: format!("<script src=\"https://a.example/w.js?domain={named}\"></script>"),
            socket_link: String::new(),
        };
        assert_eq!(held(&name, None).0, Tone::Unknown);
        assert_eq!(held(&name, Some(&code("new.example"))).0, Tone::Good);
        let old = held(&name, Some(&code("old.example")));
        assert_eq!(old, (Tone::Warn, "Names old.example".to_owned()));
    }

    #[test]
    fn focus_moves_to_the_row_below_or_above() {
        let names = ["c.example", "a.example", "b.example"]
            .map(|name| -> DomainName { name.parse().expect("a domain name of the test") });
        let [c, a, b] = &names;
        assert_eq!(beside(&names, c).as_ref(), Some(a));
        assert_eq!(beside(&names, a).as_ref(), Some(b));
        assert_eq!(beside(&names, b).as_ref(), Some(a));
        assert_eq!(beside(&names[..1], c), None);
        assert_eq!(beside(&[], a), None);
    }
}
