//! The results of a run, row by row.

use leptos::prelude::*;
use switchboard_model::bulk::{RowState, Run, Task};

use crate::i18n::{Text, enumeration, t, tf};
use crate::operations::bulk::Runs;
use crate::ui::{Badge, Segments, Tone};
use crate::widgets::filter_count::FilterCount;
use crate::widgets::pager::Pager;
use crate::wording::explain::failure;
use crate::wording::old_value::before;
use crate::wording::runs::{about, what};

/// The number of rows on a page.
const ROWS: usize = 25;

/// Which rows to show.
#[derive(Clone, Copy, PartialEq)]
enum RowFilter {
    All,
    /// The rows that did not reach their goal, or have not yet.
    NotDone,
}

/// The run whose rows are shown.
#[expect(
    clippy::large_enum_variant,
    reason = "`Runs` is a handful of handles, copied once for each view"
)]
#[derive(Clone, Copy)]
pub enum ShownRows {
    /// A run of the queue, which may change.
    Live(Runs, u64),
    /// A run of the journal, as it is stored.
    Kept(Memo<Option<Run<Task>>>),
}

impl ShownRows {
    /// Whether the values before each change are shown, too.
    fn shows_before(self) -> bool {
        matches!(self, Self::Kept(_))
    }

    /// Looks at the run, tracked; nothing where it is gone.
    fn with<R>(self, look: impl FnOnce(&Run<Task>) -> R) -> Option<R> {
        match self {
            Self::Live(runs, id) => runs
                .queue
                .try_with(|queue| queue.run(id).map(look))
                .flatten(),
            Self::Kept(run) => run.with(|run| run.as_ref().map(look)),
        }
    }
}

/// The table of results.
#[component]
pub fn Results(
    /// The run.
    run: ShownRows,
    /// The id of the filter: unique on the page.
    id: String,
) -> impl IntoView {
    let filter = RwSignal::new(RowFilter::All);
    let page = RwSignal::new(0_usize);
    let progress = move || run.with(Run::progress).unwrap_or_default();
    let count = Memo::new(move |_| {
        let progress = progress();
        match filter.get() {
            RowFilter::All => progress.total(),
            RowFilter::NotDone => progress.total() - progress.done - progress.already,
        }
    });
    let rows = Memo::new(move |_| {
        let (filter, from) = (filter.get(), page.get() * ROWS);
        let page = |run: &Run<Task>| {
            let rows = run.states().iter().enumerate().filter(|(_, state)| {
                filter == RowFilter::All || !matches!(state, RowState::Done | RowState::AlreadySo)
            });
            let rows = rows.map(|(row, _)| row);
            rows.skip(from).take(ROWS).collect::<Vec<_>>()
        };
        run.with(page).unwrap_or_default()
    });
    let options = vec![
        (RowFilter::All, t(Text::FilterAllResults).to_owned()),
        (RowFilter::NotDone, t(Text::FilterNotDone).to_owned()),
    ];
    let choose = Callback::new(move |chosen| {
        filter.set(chosen);
        page.set(0);
    });
    view! {
        <Segments id label=t(Text::RunResultsShown) value=filter options on_choose=choose />
        <p class="hint">
            <FilterCount text=Text::RunResultsCount count filter=Signal::derive(move || filter.get() as u8) />
        </p>
        <div class="table-frame flush">
            <table class="cards-when-narrow" aria-label=t(Text::RunResults)>
                <thead>
                    <tr>
                        <th scope="col">{t(Text::ChangeAbout)}</th>
                        <th scope="col">{t(Text::Change)}</th>
                        {run.shows_before().then(|| view! { <th scope="col">{t(Text::ChangeBefore)}</th> })}
                        <th scope="col">{t(Text::Outcome)}</th>
                    </tr>
                </thead>
                <tbody><For each=move || rows.get() key=|row| *row let:row><TaskRow row run /></For></tbody>
            </table>
        </div>
        <Pager label=Text::RunPages page on_turn=move |to| page.set(to) count rows=ROWS />
    }
}

#[component]
fn TaskRow(
    /// The row's index.
    row: usize,
    /// The run.
    run: ShownRows,
) -> impl IntoView {
    let task = untrack(|| run.with(|run| run.item(row).cloned())).flatten();
    let was = run.shows_before().then(|| {
        let was = move || run.with(|run| value_before(run, row)).flatten();
        view! { <td data-label=t(Text::ChangeBefore)><bdi>{was}</bdi></td> }
    });
    let (what, about) = task
        .map(|task| (what(&task), about(&task)))
        .unwrap_or_default();
    let state = Memo::new(move |_| run.with(|run| run.states().get(row).cloned()).flatten());
    let lines = about
        .into_iter()
        .map(|line| view! { <bdi class="line">{line}</bdi> });
    view! {
        <tr>
            <th scope="row"><span class="lines">{lines.collect_view()}</span></th>
            <td data-label=t(Text::Change)>{what}</td>
            {was}
            <td data-label=t(Text::Outcome)>{move || state.get().map(|state| told(run, &state))}</td>
        </tr>
    }
}

/// Describes the values before a row; `None` if the row changed nothing.
fn value_before(run: &Run<Task>, row: usize) -> Option<String> {
    let Some(Task::Change(change)) = run.item(row) else {
        return None;
    };
    let may_have_changed = run.states().get(row)?.may_have_changed();
    may_have_changed.then(|| before(change, run.old_value(row)))
}

fn told(run: ShownRows, state: &RowState) -> AnyView {
    let (tone, text) = match state {
        RowState::Waiting => (Tone::Neutral, Text::RowWaiting),
        RowState::Running => (Tone::Neutral, Text::RowRunning),
        RowState::Done => (Tone::Good, Text::RowDone),
        RowState::AlreadySo => (Tone::Neutral, Text::RowAlready),
        RowState::Failed(_) => (Tone::Bad, Text::RowFailed),
        RowState::Skipped(_) => (Tone::Neutral, Text::RowSkipped),
        RowState::Unknown => (Tone::Warn, Text::ChangeUnknown),
    };
    let reason = match state {
        RowState::Failed(reason) => Some(failure(reason)).filter(|words| !words.is_empty()),
        RowState::Skipped(Some(before)) => {
            untrack(|| run.with(|run| because(run, *before))).flatten()
        }
        _ => None,
    };
    let reason = reason.map(|reason| view! { <p class="hint"><bdi>{reason}</bdi></p> });
    view! { <div><Badge tone text=t(text) />{reason}</div> }.into_any()
}

/// Explains why a row was skipped that waited for another one.
fn because(run: &Run<Task>, before: usize) -> Option<String> {
    let task = run.item(before)?;
    let (change, about) = (what(task), enumeration(&about(task)));
    Some(tf(
        Text::RowSkippedBecause,
        &[("change", &change), ("about", &about)],
    ))
}

#[cfg(test)]
mod tests {
    use switchboard_model::bulk::{Outcome, Planned};
    use switchboard_model::journal::Change;

    use super::*;

    #[test]
    fn row_that_changed_nothing_has_no_value_before() {
        let put_on = Task::Change(Change::AddAssignment {
            domain: "a.example".parse().expect("a domain name of the test"),
            email: "ada@x.example".parse().expect("an e-mail of the test"),
        });
        let mut run = Run::of_tasks(1, vec![Planned::from(put_on); 3]);
        run.already_so(1);
        run.fail_unsent(2, "no".into());
        assert_eq!(run.next(3), [0]);
        run.settle(0, Outcome::Done);
        let values = [0, 1, 2].map(|row| value_before(&run, row));
        assert_eq!(values, [Some("Not on the domain".to_owned()), None, None]);
    }

    #[test]
    fn skipped_row_names_the_failed_one() {
        let email = "ada@x.example".parse().expect("an e-mail of the test");
        let add = Task::Change(Change::AddOperator {
            email,
            name: "Ada".to_owned(),
        });
        let run = Run::of_tasks(
            1,
            vec![Planned::from(add.clone()), Planned::from(add).after([0])],
        );
        let said = "Skipped because this failed: Add operator (Ada, ada@x.example)";
        assert_eq!(because(&run, 0).as_deref(), Some(said));
    }
}
