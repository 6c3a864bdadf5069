//! What came of each row of a bulk run.

use leptos::prelude::*;
use switchboard_model::bulk::{Progress, RowState, Run, Task};

use super::super::pager::Pager;
use super::work::{about, what};
use crate::i18n::{Text, t};
use crate::ui::{Badge, Segments, Tone};

/// How many rows are on the page at once.
const ROWS: usize = 25;

/// Which rows are shown.
#[derive(Clone, Copy, PartialEq)]
enum Filter {
    All,
    /// Failed or unknown: what somebody has to do something about.
    NotDone,
}

/// The table of results.
#[component]
pub(super) fn Results(
    /// The run.
    run: RwSignal<Option<Run<Task>>>,
    /// How many rows stand where.
    progress: Memo<Progress>,
) -> impl IntoView {
    let filter = RwSignal::new(Filter::All);
    let page = RwSignal::new(0_usize);
    let count = Memo::new(move |_| {
        let progress = progress.get();
        match filter.get() {
            Filter::All => progress.total(),
            Filter::NotDone => progress.failed + progress.unknown,
        }
    });
    let rows = move || {
        let (filter, from) = (filter.get(), page.get() * ROWS);
        run.with(|run| {
            let states = run.as_ref().map(Run::states).unwrap_or_default();
            let rows = states.iter().enumerate().filter(|(_, state)| {
                filter == Filter::All || matches!(state, RowState::Failed(_) | RowState::Unknown)
            });
            rows.map(|(row, _)| row)
                .skip(from)
                .take(ROWS)
                .collect::<Vec<_>>()
        })
    };
    let options = vec![
        (Filter::All, t(Text::FilterAll).to_owned()),
        (Filter::NotDone, t(Text::FilterNotDone).to_owned()),
    ];
    let choose = Callback::new(move |chosen| {
        filter.set(chosen);
        page.set(0);
    });
    view! {
        <Segments id="run-filter" label=t(Text::RunResultsShown) value=filter options on_choose=choose />
        <div class="table-frame flush">
            <table class="cards-when-narrow" aria-label=t(Text::RunResults)>
                <thead>
                    <tr>
                        <th scope="col">{t(Text::ChangeAbout)}</th>
                        <th scope="col">{t(Text::Change)}</th>
                        <th scope="col">{t(Text::Outcome)}</th>
                    </tr>
                </thead>
                <tbody><For each=rows key=|row| *row let:row><Row row run /></For></tbody>
            </table>
        </div>
        <Pager label=Text::RunPages page on_turn=move |to| page.set(to) count rows=ROWS />
    }
}

#[component]
fn Row(row: usize, run: RwSignal<Option<Run<Task>>>) -> impl IntoView {
    let task = run.with_untracked(|run| run.as_ref()?.item(row).cloned());
    let (what, about) = task
        .map(|task| (what(&task), about(&task)))
        .unwrap_or_default();
    let state = Memo::new(move |_| run.with(|run| run.as_ref()?.states().get(row).cloned()));
    let lines = about
        .into_iter()
        .map(|line| view! { <bdi class="line">{line}</bdi> });
    view! {
        <tr>
            <th scope="row"><span class="lines">{lines.collect_view()}</span></th>
            <td data-label=t(Text::Change)>{what}</td>
            <td data-label=t(Text::Outcome)>{move || state.get().map(|state| told(&state))}</td>
        </tr>
    }
}

fn told(state: &RowState) -> AnyView {
    let (tone, text) = match state {
        RowState::Waiting => (Tone::Neutral, Text::RowWaiting),
        RowState::Running => (Tone::Neutral, Text::RowRunning),
        RowState::Done => (Tone::Good, Text::RowDone),
        RowState::Failed(_) => (Tone::Bad, Text::RowFailed),
        RowState::Skipped => (Tone::Neutral, Text::RowSkipped),
        RowState::Unknown => (Tone::Warn, Text::ChangeUnknown),
    };
    let reason = match state {
        RowState::Failed(reason) => Some(view! { <p class="hint"><bdi>{reason.clone()}</bdi></p> }),
        _ => None,
    };
    view! { <div><Badge tone text=t(text) />{reason}</div> }.into_any()
}
