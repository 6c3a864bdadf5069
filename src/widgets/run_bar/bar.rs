//! The bar of the runs, shown above every page while there is one.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use switchboard_model::bulk::{Queue, RunState};
use switchboard_model::sort::sort_by_key;

use crate::browser::pointer::at_rest;
use crate::i18n::{Text, side_by_side, t, tf, tn};
use crate::operations::bulk::Runs;
use crate::ui::{Disclosure, Notice, Tone};
use crate::widgets::run_bar::card::Card;
use crate::wording::runs::{self as words, title};

/// The region of the runs: what another tab is executing, the current one of this tab, how many wait, and a list of the
/// others. Renders nothing while there is no run.
#[component]
pub fn RunBar() -> impl IntoView {
    let runs = Runs::get();
    let is_there = Memo::new(move |_| {
        let of_other_tab = runs.of_other_tab.with(Option::is_some);
        of_other_tab || runs.queue.with(|queue| !queue.is_empty())
    });
    let pathname = use_location().pathname;
    // Runs that went well need no decision: they close when the user opens another page.
    Effect::new(move |before: Option<String>| {
        let now = pathname.get();
        if before.is_some_and(|before| before != now) {
            runs.dismiss_clean();
        }
        now
    });
    view! {
        // Rendered from the start, because assistive technology announces only changes of an existing live region.
        <p class="visually-hidden" role="status">{announcement(runs)}</p>
        {move || is_there.get().then(|| view! { <Bar runs /> })}
    }
}

#[component]
fn Bar(
    /// The runs.
    runs: Runs,
) -> impl IntoView {
    let shown = StoredValue::new(Vec::new());
    let ids = at_rest(move || {
        let ids = shown.with_value(|shown| runs.queue.with(|queue| order(queue, shown)));
        shown.set_value(ids.clone());
        ids
    });
    let first = Memo::new(move |_| ids.with(|ids| ids.first().copied()));
    let others = move || ids.with(|ids| ids.iter().skip(1).copied().collect::<Vec<_>>());
    let count = Memo::new(move |_| ids.with(|ids| ids.len().saturating_sub(1)));
    let told = Memo::new(move |_| {
        runs.queue
            .with(|queue| ids.with(|ids| others_told(queue, ids)))
    });
    let open = RwSignal::new(false);
    let trouble = move || {
        let trouble = runs.trouble.get();
        trouble.map(|title| view! { <Notice tone=Tone::Warn title /> })
    };
    let of_other_tab = move || {
        let run = title(runs.of_other_tab.get().as_ref()?);
        Some(view! { <p>{tf(Text::RunOfOtherTab, &[("run", &run)])}</p> })
    };
    let is_any_other = Memo::new(move |_| count.get() > 0);
    view! {
        <section class="run" aria-label=t(Text::BulkRun)>
            {of_other_tab}
            {move || first.get().map(|id| view! { <Card runs id /> })}
            {trouble}
            {move || is_any_other.get().then(|| view! {
                <Disclosure open controls="runs-more" on_flip=Callback::new(move |()| open.update(|open| *open = !*open))>{told}</Disclosure>
                {move || open.get().then(|| view! {
                    <div id="runs-more" class="runs-more">
                        <For each=others key=|id| *id let:id><Card runs id /></For>
                    </div>
                })}
            })}
        </section>
    }
}

/// Returns the runs by importance: the current one, those that wait for their turn, those that wait for the user, and
/// the results. A run that ends stays above earlier results; `shown` is the order before.
fn order(queue: &Queue, shown: &[u64]) -> Vec<u64> {
    let rank = |id: u64| match queue.state(id) {
        Some(RunState::Running) => 0,
        Some(RunState::Queued) => 1,
        Some(RunState::Paused(_)) => 2,
        Some(RunState::Finished) | None => 3,
    };
    let mut ids: Vec<u64> = queue.runs().rev().map(|run| run.id()).collect();
    let place = |id: u64| shown.iter().position(|one| *one == id).map(|at| at + 1);
    sort_by_key(&mut ids, |id| {
        let rank = rank(*id);
        (rank, place(*id).filter(|_| rank == 3).unwrap_or_default())
    });
    ids
}

/// Says how many runs there are besides the first, and how many of them wait for their turn or for the user.
fn others_told(queue: &Queue, ids: &[u64]) -> String {
    let others = || ids.iter().skip(1).filter_map(|id| queue.state(*id));
    let count = |is: fn(&RunState) -> bool| others().filter(&is).count();
    let mut told = vec![tn(Text::RunsMore, others().count())];
    for (count, text) in [
        (count(|state| *state == RunState::Queued), Text::RunsWaiting),
        (
            count(|state| matches!(state, RunState::Paused(_))),
            Text::RunsPaused,
        ),
    ] {
        if count > 0 {
            told.push(tn(text, count));
        }
    }
    side_by_side(&told)
}

/// Returns what to announce: each change of a run's state once, and never its progress.
fn announcement(runs: Runs) -> Memo<String> {
    let states = Memo::new(move |_| {
        let states = |queue: &Queue| {
            let of = |id| queue.state(id).map(|state| (id, state));
            let ids = queue.runs().map(|run| run.id());
            ids.filter_map(of).collect::<Vec<_>>()
        };
        runs.queue.with(states)
    });
    let before = StoredValue::new(Vec::<(u64, RunState)>::new());
    Memo::new(move |said: Option<&String>| {
        let now = states.get();
        let was = before.get_value();
        let state_in = |all: &[(u64, RunState)], id: u64| {
            let mut all = all.iter();
            all.find(|(other, _)| *other == id).map(|(_, state)| *state)
        };
        // A result that a reload or another tab left is no news.
        let is_old =
            |one: &(u64, RunState)| one.1 == RunState::Finished && state_in(&was, one.0).is_none();
        let news = now.iter().filter(|one| !was.contains(one) && !is_old(one));
        let news = news.filter_map(|(id, state)| {
            let before = state_in(&was, *id);
            let run = |queue: &Queue| {
                queue
                    .run(*id)
                    .map(|run| words::announced(run, before, *state))
            };
            runs.queue.with_untracked(run)
        });
        let news = news.collect::<Vec<_>>().join(" ");
        // What was said of a closed run is no longer there to be read.
        let is_closed = was.iter().any(|(id, _)| state_in(&now, *id).is_none());
        before.set_value(now);
        if news.is_empty() && !is_closed {
            said.cloned().unwrap_or_default()
        } else {
            news
        }
    })
}

#[cfg(test)]
mod tests {
    use switchboard_model::bulk::{Pause, Planned, Run, Task};
    use switchboard_model::journal::Change;

    use super::*;

    #[test]
    fn current_run_comes_first_and_results_last() {
        let run = |id: u64| {
            let email = format!("{id}@x.example")
                .parse()
                .expect("an e-mail of the test");
            let delete = Planned::from(Task::Change(Change::DeleteUser { email }));
            Run::of_tasks(id, vec![delete])
        };
        let mut queue = Queue::default();
        for id in 1..=5 {
            queue.add(run(id));
        }
        queue.cancel(1);
        queue.cancel(2);
        queue.pause(3, Pause::User);
        let order = order(&queue, &[]);
        assert_eq!(order, [4, 5, 3, 2, 1]);
        assert_eq!(super::order(&queue, &[1, 2]), [4, 5, 3, 1, 2]);
        assert_eq!(
            others_told(&queue, &order),
            "4 more runs · 1 waiting · 1 paused"
        );
    }
}
