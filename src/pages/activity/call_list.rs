//! Lists the calls of this session, newest first, each with its request and response.

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_model::curl;

use super::call_words;
use super::pretty::pretty;
use crate::browser::clock;
use crate::browser::pointer::{rows_in_place, while_in_use};
use crate::i18n::{Text, locale, t, tf, tn};
use crate::remote::{Call, CallEnd, CallLog};
use crate::ui::{Badge, ButtonKind, CopyButton, Disclosure, EmptyState, IconName, Panel, Segments};
use crate::widgets::embed_codes::copy_texts;
use crate::widgets::filter_count::FilterCount;
use crate::widgets::pager::Pager;

/// The number of rows on a page.
const ROWS: usize = 25;

/// The id of the rows.
const BODY: &str = "call-rows";

/// The number of columns of the table.
const COLUMNS: &str = "6";

/// Which calls are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CallFilter {
    All,
    Writes,
    Failed,
}

impl CallFilter {
    const ALL: [Self; 3] = [Self::All, Self::Writes, Self::Failed];

    fn name(self) -> Text {
        match self {
            Self::All => Text::FilterAllCalls,
            Self::Writes => Text::FilterWrites,
            Self::Failed => Text::FilterFailed,
        }
    }

    fn shows(self, call: &Call) -> bool {
        match self {
            Self::All => true,
            Self::Writes => !call.method.is_read(),
            Self::Failed => call.failed(),
        }
    }
}

/// Shows the region "Calls".
#[component]
pub(super) fn Calls() -> impl IntoView {
    let log = CallLog::get();
    let chosen = RwSignal::new(CallFilter::All);
    let (page, opened) = (RwSignal::new(0_usize), RwSignal::new(Vec::<u32>::new()));
    let ids = Memo::new(move |_| {
        let filter = chosen.get();
        let calls = log.newest_first();
        let shown = calls.iter().filter(|call| filter.shows(call));
        shown.map(|call| call.id).collect::<Vec<_>>()
    });
    // Another filter starts at its first page.
    Effect::new(move || {
        chosen.track();
        page.set(0);
    });
    let count = Memo::new(move |_| ids.with(Vec::len));
    // Newer calls wait while the user aims at a row.
    let exists = move |id: &u32| log.find(*id).is_some();
    let rows = rows_in_place(while_in_use(BODY), 0, exists, move || {
        let page = page.get();
        let rows = ids.with(|ids| {
            let rows = ids.iter().skip(page * ROWS).take(ROWS);
            rows.copied().collect::<Vec<_>>()
        });
        ((chosen.get(), page), rows)
    });
    let aside = ViewFn::from(move || {
        let options = CallFilter::ALL
            .map(|filter| (filter, t(filter.name()).to_owned()))
            .into();
        view! { <Segments id="calls-filter" label=t(Text::CallsShown) value=chosen options on_choose=move |filter| chosen.set(filter) /> }
    });
    let none = Memo::new(move |_| count.get() == 0);
    view! {
        <Panel title=t(Text::Calls) id="calls" aside>
            {move || log.since().map(|since| {
                let said = tf(Text::CallsSince, &[("time", &clock::date_and_time(since, locale()))]);
                view! {
                    <p class="hint table-note spread">
                        <span>{said}</span>
                        <FilterCount text=Text::CallsCount count filter=Signal::derive(move || chosen.get() as u8) />
                    </p>
                }
            })}
            {move || if none.get() {
                view! { <NoCalls all=Signal::derive(move || chosen.get() == CallFilter::All) /> }.into_any()
            } else {
                view! {
                    <div class="table-frame flush">
                        <table class="cards-when-narrow calls" aria-labelledby="calls">
                            <thead>
                                <tr>
                                    <th scope="col">{t(Text::Time)}</th>
                                    <th scope="col">{t(Text::Call)}</th>
                                    <th scope="col" class="numeric">{t(Text::Duration)}</th>
                                    <th scope="col">{t(Text::HttpStatus)}</th>
                                    <th scope="col">{t(Text::Outcome)}</th>
                                    <th scope="col"><span class="visually-hidden">{t(Text::Actions)}</span></th>
                                </tr>
                            </thead>
                            <tbody id=BODY>
                                // Rows are keyed by id and stay mounted when their call ends: a button keeps the focus.
                                <For each=move || rows.get().1 key=|id| *id let:id><CallRow id opened /></For>
                            </tbody>
                        </table>
                    </div>
                }.into_any()
            }}
            <Pager label=Text::CallsPages page on_turn=move |to| page.set(to) count rows=ROWS />
        </Panel>
    }
}

#[component]
fn NoCalls(all: Signal<bool>) -> impl IntoView {
    move || {
        let (title, text) = if all.get() {
            (Text::CallsNone, Text::CallsNoneText)
        } else {
            (Text::CallsNoMatch, Text::CallsNoMatchText)
        };
        view! { <EmptyState icon=IconName::Activity title=t(title) text=t(text) /> }
    }
}

#[component]
fn CallRow(id: u32, opened: RwSignal<Vec<u32>>) -> impl IntoView {
    let log = CallLog::get();
    let has_changed =
        |one: Option<&Option<Arc<Call>>>, other: Option<&Option<Arc<Call>>>| match (one, other) {
            (Some(Some(one)), Some(Some(other))) => !Arc::ptr_eq(one, other),
            _ => true,
        };
    let call = Memo::new_with_compare(move |_| log.find(id), has_changed);
    let begun = call.get_untracked()?;
    let open = Memo::new(move |_| opened.with(|opened| opened.contains(&id)));
    let flip = Callback::new(move |()| {
        opened.update(|opened| match opened.iter().position(|one| *one == id) {
            Some(place) => drop(opened.swap_remove(place)),
            None => opened.push(id),
        });
    });
    let end = move |of: fn(&CallEnd) -> Option<String>| {
        call.with(|call| call.as_ref()?.end.as_ref().and_then(of))
            .unwrap_or_default()
    };
    let (path, query) = begun
        .path
        .split_at(begun.path.find('?').unwrap_or(begun.path.len()));
    let (path, query) = (path.to_owned(), query.to_owned());
    let detail = format!("call-{id}");
    let controls = detail.clone();
    let badge = move || {
        let ((tone, text), said) = call_words::outcome(call.get().as_ref()?);
        let said = said.map(|said| view! { <p class="hint"><bdi>{said}</bdi></p> });
        Some(view! { <div><Badge tone text />{said}</div> })
    };
    let command = Signal::derive(move || call.get().map(|call| as_curl(&call)).unwrap_or_default());
    Some(view! {
        <tr>
            <td data-label=t(Text::Time) class="numeric"><time datetime=clock::iso(begun.at)>{clock::date_and_time(begun.at, locale())}</time></td>
            <th scope="row">
                <Disclosure open controls on_flip=flip>
                    <code class="method">{begun.method.as_str()}" "</code>
                    <code>{path}<span class="muted">{query}</span></code>
                </Disclosure>
            </th>
            <td data-label=t(Text::Duration) class="numeric">{move || end(|end| Some(call_words::duration(end)))}</td>
            <td data-label=t(Text::HttpStatus) class="numeric">{move || end(|end| end.status.map(|status| status.to_string()))}</td>
            <td data-label=t(Text::Outcome)>{badge}</td>
            <td class="row-actions"><CopyButton kind=ButtonKind::Quiet label=t(Text::CopyAsCurl) text=command texts=copy_texts() /></td>
        </tr>
        {move || open.get().then(|| view! {
            <tr class="detail" id=detail.clone()><td colspan=COLUMNS>{move || call.get().map(|call| view! { <Detail call /> })}</td></tr>
        })}
    })
}

/// Shows the request and the response of a call.
#[component]
fn Detail(call: Arc<Call>) -> impl IntoView {
    let request = call.body.as_deref().map(|body| (pretty(body), None));
    let is_write = !call.method.is_read();
    let answer = call.end.as_ref().and_then(|end| end.answer.as_ref());
    let none = match (&call.end, answer) {
        (None, _) => Text::CallOnItsWay,
        (Some(_), None) => Text::NoAnswerCame,
        (Some(_), Some(_)) => Text::BodyEmpty,
    };
    let answer = answer.map(|answer| (pretty(&answer.text), answer.cut_from));
    view! {
        <div class="bodies">
            <p class="call-url"><code>{call.url()}</code></p>
            {is_write.then(|| view! { <BodyPanel title=Text::RequestBody body=request none=Text::NoBodySent /> })}
            <BodyPanel title=Text::AnswerBody body=answer none />
        </div>
    }
}

/// Shows a body as text, or why there is none.
#[component]
fn BodyPanel(
    title: Text,
    /// The text, and its full length in bytes if only the beginning is kept.
    body: Option<(String, Option<usize>)>,
    none: Text,
) -> impl IntoView {
    let body = body.filter(|(text, _)| !text.trim().is_empty());
    let shown = match body {
        None => view! { <p class="hint">{t(none)}</p> }.into_any(),
        Some((text, cut_from)) => {
            let cut = cut_from.map(|all| tn(Text::BodyCut, all));
            view! {
                // Focusable, so that a long body can be scrolled with the keyboard.
                <pre class="code" dir="ltr" tabindex="0" role="group" aria-label=t(title)>{text}</pre>
                {cut.map(|cut| view! { <p class="hint">{cut}</p> })}
            }
            .into_any()
        }
    };
    view! { <div><h3>{t(title)}</h3>{shown}</div> }
}

/// Returns the call as a curl command.
fn as_curl(call: &Call) -> String {
    curl::curl(&curl::Call {
        method: call.method.as_str(),
        url: &call.url(),
        token_header: &call.token_header,
        headers: &call.headers,
        body: call.body.as_deref(),
    })
}

#[cfg(test)]
mod tests {
    use switchboard_api::{ApiError, Method};

    use super::*;

    #[test]
    fn filter_shows_only_the_calls_that_it_names() {
        let call = |method, outcome| Call {
            id: 1,
            at: 0,
            endpoint: "test",
            method,
            base: "https://acme.example/"
                .parse()
                .expect("a base URL of the test"),
            path: String::new(),
            headers: Vec::new(),
            token_header: String::new(),
            body: None,
            end: Some(CallEnd {
                took: 1,
                status: None,
                answer: None,
                outcome,
            }),
        };
        let lost = ApiError::Unreachable {
            detail: String::new(),
        };
        let calls = [
            call(Method::Get, Ok(None)),
            call(Method::Put, Ok(None)),
            call(Method::Get, Err(lost)),
            call(Method::Get, Err(ApiError::Cancelled)),
        ];
        let shown = |filter: CallFilter| calls.each_ref().map(|call| filter.shows(call));
        assert_eq!(shown(CallFilter::All), [true; 4]);
        assert_eq!(shown(CallFilter::Writes), [false, true, false, false]);
        assert_eq!(shown(CallFilter::Failed), [false, false, true, false]);
    }
}
