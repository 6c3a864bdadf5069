//! The bar of the runs, shown above every page while there is one.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use switchboard_model::bulk::{Queue, RunState};

use crate::browser::pointer::at_rest;
use crate::i18n::{Text, side_by_side, t, tn};
use crate::operations::bulk::Runs;
use crate::ui::{Disclosure, Notice, Tone};
use crate::widgets::run_bar::card::Card;
use crate::wording::runs as words;

/// The region of the runs: the current one, how many wait, and a list of the others. Renders nothing while there is
/// no run.
#[component]
pub fn RunBar() -> impl IntoView {
    let runs = Runs::get();
    let is_there = Memo::new(move |_| runs.queue.with(|queue| !queue.is_empty()));
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
    let ids = at_rest(move || runs.queue.with(order));
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
    let is_any_other = Memo::new(move |_| count.get() > 0);
    view! {
        <section class="run" aria-label=t(Text::BulkRun)>
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
/// the results, newest first.
fn order(queue: &Queue) -> Vec<u64> {
    let rank = |id: u64| match queue.state(id) {
        Some(RunState::Running) => 0,
        Some(RunState::Queued) => 1,
        Some(RunState::Paused(_)) => 2,
        Some(RunState::Finished) | None => 3,
    };
    let mut ids: Vec<u64> = queue.runs().rev().map(|run| run.id()).collect();
    ids.sort_by_key(|id| rank(*id));
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
        let news = now.iter().filter(|one| !was.contains(one));
        let news = news.filter_map(|(id, state)| {
            let run = |queue: &Queue| queue.run(*id).map(|run| words::announced(run, *state));
            runs.queue.with_untracked(run)
        });
        let news = news.collect::<Vec<_>>().join(" ");
        before.set_value(now);
        if news.is_empty() {
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
        let order = order(&queue);
        assert_eq!(order, [4, 5, 3, 2, 1]);
        assert_eq!(
            others_told(&queue, &order),
            "4 more runs · 1 waiting · 1 paused"
        );
    }
}
