//! Shows what an import would do, row by row, before anything is sent.

mod addresses;
mod import_counts;
mod row;
mod unknown;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::endpoints::ListAssignments;
use switchboard_api::{Assignment, DomainName, Email, Operator};
use switchboard_model::csv::{OperatorRow, PlannedOperator, PlannedRow, plan_in_slices};

use super::read_csv::{Sheet, delimiter_key};
use crate::browser::idna::to_ascii;
use crate::browser::time_slice::TimeSlice;
use crate::i18n::{Text, t, tc, tn};
use crate::remote::{Read, Remote};
use crate::ui::{Button, ButtonKind, Segments, SkeletonTable, focus};
use crate::widgets::failure::Failure;
use crate::widgets::load_state::load_state;
use crate::widgets::pager::Pager;
use crate::workspace::KnownDomains;
use addresses::Addresses;
use import_counts::{Summary, button_label, count, is_problem};
use row::table_row;
use unknown::{Unknown, UnknownDomains};

/// The number of rows on a page.
const ROWS: usize = 10;

/// The id of the summary, which has the focus at first and during a look-up.
const SUMMARY: &str = "import-csv-summary";

/// Shows the content of the dialog once a list was read.
#[component]
pub(super) fn OperatorImportPreview(
    /// The list.
    sheet: Sheet,
    /// The name of the list.
    name: String,
    /// The existing operators.
    operators: Read<Vec<Operator>>,
    /// Whether the import is being started.
    busy: Signal<bool>,
    /// Called with the operators to import.
    on_import: Callback<Vec<PlannedOperator>>,
    /// Returns to the choice of a list.
    on_back: Callback<()>,
) -> impl IntoView {
    let recognised = recognised(&sheet, &name);
    let rows = sheet.rows;
    let planned = RwSignal::new(None::<Arc<Vec<PlannedRow>>>);
    // Plans again when the operators change while the dialog is open.
    let (planning, latest) = (Arc::clone(&rows), StoredValue::new(0_u32));
    let (remote, known) = (Remote::get(), KnownDomains::get());
    Effect::new(move || {
        let rows = Arc::clone(&planning);
        // Without the list, every row would count as a new operator.
        let Some(there) = operators.data() else {
            return;
        };
        let assigned = untrack(|| assigned(remote, known));
        latest.update_value(|latest| *latest += 1);
        let this = latest.get_value();
        spawn_local(async move {
            let slice = TimeSlice::begin();
            let emails = there.iter().map(|operator| &operator.email);
            let is_on = |domain: &DomainName, email: &Email| {
                let of_domain = assigned.get(domain);
                of_domain.is_some_and(|all| all.iter().any(|one| one.email == *email))
            };
            let pause = async || slice.pause().await;
            let done = plan_in_slices(&rows, emails, &is_on, to_ascii, &pause).await;
            // Otherwise a newer plan has started, or the dialog is closed.
            if latest.try_get_value() == Some(this) {
                planned.try_set(Some(Arc::new(done)));
            }
        });
    });
    let error = Memo::new(move |_| operators.get().error.map(|error| (*error).clone()));
    let state = load_state(
        move || planned.with(Option::is_some).then_some(()),
        move || error.with(Option::is_some) && operators.data().is_none(),
    );
    let rows = StoredValue::new(rows);
    move || {
        let lines = Signal::derive(move || planned.get().unwrap_or_default());
        match state.get() {
            Ok(()) => {
                let (recognised, rows) = (recognised.clone(), rows.get_value());
                view! { <Lines recognised rows lines busy on_import on_back /> }.into_any()
            }
            Err(true) => view! { <NotLoaded operators on_back /> }.into_any(),
            Err(false) => view! { <SkeletonTable rows=5 label=t(Text::Loading) /> }.into_any(),
        }
    }
}

/// Says that the existing operators could not be loaded: without them, nothing can be planned.
#[component]
fn NotLoaded(operators: Read<Vec<Operator>>, on_back: Callback<()>) -> impl IntoView {
    let retry = Callback::new(move |()| operators.retry());
    view! {
        <div class="form">
            <Failure error=Signal::derive(move || operators.get().error) doing=t(Text::OperatorsNotLoaded) retry />
            <div class="actions end">
                <Button kind=ButtonKind::Quiet label=t(Text::ChooseAnother).to_owned() on_press=on_back />
            </div>
        </div>
    }
}

/// Returns the cached assignments of the known domains. Sends nothing: the run itself reads them again.
fn assigned(remote: Remote, known: KnownDomains) -> BTreeMap<DomainName, Arc<Vec<Assignment>>> {
    let of = |domain: DomainName| {
        let call = ListAssignments {
            domain: domain.clone(),
        };
        Some((domain, remote.recent(&call)?))
    };
    known.names().into_iter().filter_map(of).collect()
}

/// Shows what would be done with each row.
#[component]
fn Lines(
    recognised: String,
    rows: Arc<Vec<OperatorRow>>,
    /// The plan for each row, in the order of the rows.
    lines: Signal<Arc<Vec<PlannedRow>>>,
    busy: Signal<bool>,
    on_import: Callback<Vec<PlannedOperator>>,
    on_back: Callback<()>,
) -> impl IntoView {
    let unknown = Unknown::new();
    let (look_ups, accepted) = (unknown.look_ups, unknown.accepted);
    let counts = Memo::new(move |_| {
        let accepted = accepted.get();
        lines.with(|lines| look_ups.with(|look_ups| count(lines, look_ups, accepted)))
    });
    let only_wrong = RwSignal::new(counts.with_untracked(|counts| counts.problems() > 0));
    let page = RwSignal::new(0);
    // Indices instead of rows: there may be a hundred thousand.
    let shown = Memo::new(move |_| {
        // A look-up may have solved the last problem.
        let only_wrong = only_wrong.get() && counts.get().problems() > 0;
        lines.with(|lines| {
            look_ups.with(|look_ups| {
                let is_shown = |at: &usize| !only_wrong || is_problem(&lines[*at], lines, look_ups);
                (0..lines.len()).filter(is_shown).collect::<Vec<_>>()
            })
        })
    });
    let found = Memo::new(move |_| shown.with(Vec::len));
    let on_page = move || {
        let (from, lines) = (page.get() * ROWS, lines.get());
        let accepted = accepted.get();
        shown.with(|shown| {
            look_ups.with(|look_ups| {
                let on_page = shown.iter().skip(from).take(ROWS);
                on_page
                    .map(|at| table_row(&rows[*at], &lines[*at], look_ups, accepted))
                    .collect_view()
            })
        })
    };
    let choose = Callback::new(move |wrong| {
        page.set(0);
        only_wrong.set(wrong);
    });
    let import = Callback::new(move |()| {
        let accepted = accepted.get_untracked();
        on_import.run(lines.with_untracked(|lines| {
            look_ups.with_untracked(|look_ups| look_ups.to_import(lines, accepted))
        }));
    });
    Effect::new(move || focus(SUMMARY));
    let nothing = Signal::derive(move || counts.get().imported() == 0);
    view! {
        <div class="form">
            <p class="muted">{recognised}</p>
            // Busy, so that a look-up is not announced domain by domain.
            <div id=SUMMARY tabindex="-1" aria-busy=move || look_ups.with(|it| it.under_way().is_some()).then_some("true")><Summary counts /></div>
            <UnknownDomains unknown lines flagged=Memo::new(move |_| counts.get().flagged) />
            <Addresses accepted count=Memo::new(move |_| counts.get().no_ending) />
            {move || {
                let counts = counts.get();
                let all = counts.imported() + counts.left_out + counts.merged + counts.wrong;
                let problems = counts.problems();
                (problems > 0 && problems < all).then(|| view! {
                    <Segments
                        id="import-rows" label=t(Text::ImportRows) value=only_wrong on_choose=choose
                        options=vec![(true, tn(Text::RowsWrong, problems)), (false, tn(Text::RowsAll, all))]
                    />
                })
            }}
            <div class="table-frame">
                <table class="import-rows cards-when-narrow" aria-label=t(Text::ImportRows)>
                    <thead>
                        <tr>
                            <th scope="col">{t(Text::LineNumber)}</th>
                            <th scope="col">{t(Text::Name)}</th>
                            <th scope="col">{t(Text::Email)}</th>
                            <th scope="col">{t(Text::OperatorDomains)}</th>
                            <th scope="col">{t(Text::Outcome)}</th>
                        </tr>
                    </thead>
                    <tbody>{on_page}</tbody>
                </table>
            </div>
            <Pager label=Text::PagesOfRows page on_turn=move |to| page.set(to) count=found rows=ROWS />
            <div class="actions end">
                <Button kind=ButtonKind::Quiet label=t(Text::ChooseAnother).to_owned() unavailable=busy on_press=on_back />
                <Button
                    kind=ButtonKind::Primary settles=true busy unavailable=nothing on_press=import
                    label=Signal::derive(move || button_label(counts.get()))
                />
            </div>
        </div>
    }
}

/// Describes how the list was recognised: its rows, its delimiter and its header.
fn recognised(sheet: &Sheet, name: &str) -> String {
    let header = if sheet.has_header { "yes" } else { "no" };
    tc(
        Text::CsvRecognised,
        &[("rows", sheet.rows.len())],
        &[
            ("file", name),
            ("delimiter", delimiter_key(sheet.delimiter)),
            ("header", header),
        ],
    )
}
