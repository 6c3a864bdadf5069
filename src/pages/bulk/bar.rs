//! The bar of the bulk run, above every page while there is one.

use std::time::Duration;

use leptos::prelude::*;
use switchboard_model::bulk::{Progress, Run, Task};

use super::{Runs, rows::Results, work};
use crate::browser::calm::calm;
use crate::i18n::{Text, number, t, tf, tn};
use crate::ui::{Button, ButtonKind, Disclosure, Notice, Tone};

/// How often it is said how far the run is: with each of its calls the page would be drawn anew, and the next call would wait for that.
const TOLD_EVERY: Duration = Duration::from_millis(200);

/// The region "Bulk run": how far it is, what can be done about it, and what came of each row. Nothing while there is no run.
#[component]
pub fn RunBar() -> impl IntoView {
    let runs = Runs::get();
    let is_there = Memo::new(move |_| runs.run.with(Option::is_some));
    move || is_there.get().then(|| view! { <Bar runs /> })
}

#[component]
fn Bar(runs: Runs) -> impl IntoView {
    let progress = Memo::new(move |_| runs.progress().unwrap_or_default());
    // What a row is about never changes: only rows that are added can change the title of a run, not each step of it.
    let rows = Memo::new(move |_| {
        let rows = |run: &Run<Task>| (run.id(), run.items().len());
        runs.run.with(|run| run.as_ref().map(rows))
    });
    let title = Memo::new(move |_| {
        rows.track();
        runs.run.with_untracked(|run| {
            run.as_ref()
                .map(|run| title(run.items()))
                .unwrap_or_default()
        })
    });
    let paused = Memo::new(move |_| {
        runs.run.with(|run| {
            run.as_ref()
                .is_some_and(|run| run.is_paused() && run.progress().waiting > 0)
        })
    });
    let told = calm(progress, TOLD_EVERY);
    let open = RwSignal::new(false);
    // Seldom changes, so that the buttons keep their places and the focus.
    let stage = Memo::new(move |_| Stage::of(progress.get()));
    let trouble = move || {
        runs.trouble
            .get()
            .map(|title| view! { <Notice tone=Tone::Warn title /> })
    };
    view! {
        <section class="run" aria-label=t(Text::BulkRun)>
            <div class="run-head">
                <div class="run-title">
                    <h2>{title}</h2>
                    <p class="hint numeric">{move || said(told.get(), paused.get())}</p>
                </div>
                <div class="actions">{actions(runs, stage, paused)}</div>
            </div>
            <progress
                aria-label=t(Text::BulkRun)
                max=move || told.get().total().to_string()
                value=move || told.get().settled().to_string()
            />
            {trouble}
            <Disclosure open controls="run-results" on_flip=Callback::new(move |()| open.update(|open| *open = !*open))>{t(Text::RunResults)}</Disclosure>
            {move || open.get().then(|| view! { <div id="run-results"><Results run=runs.run progress /></div> })}
        </section>
    }
}

/// What can be done about a run.
#[derive(Clone, Copy, PartialEq)]
struct Stage {
    over: bool,
    can_retry: bool,
    /// Also before it is over: rows may wait for one whose outcome is unknown.
    can_look: bool,
}

impl Stage {
    fn of(progress: Progress) -> Self {
        Self {
            over: progress.is_over(),
            can_retry: progress.is_over() && progress.failed > 0,
            can_look: progress.running == 0 && progress.unknown > 0,
        }
    }
}

/// Each button by itself: one that comes or goes while another is being pressed takes neither the click nor the focus from it.
fn actions(runs: Runs, stage: Memo<Stage>, paused: Memo<bool>) -> impl IntoView {
    let shown = move |when: fn(Stage) -> bool,
                      kind: ButtonKind,
                      label: Signal<String>,
                      press: Callback<()>| {
        let is_shown = Memo::new(move |_| when(stage.get()));
        let button = move || view! { <Button kind label on_press=press /> };
        (move || is_shown.get().then(button)).into_any()
    };
    let named = |label: Text| Signal::stored(t(label).to_owned());
    let pause_or_resume = Signal::derive(move || {
        t(if paused.get() {
            Text::Resume
        } else {
            Text::Pause
        })
        .to_owned()
    });
    let press = |press: fn(Runs)| Callback::new(move |()| press(runs));
    let pressed = Callback::new(move |()| {
        if paused.get_untracked() {
            runs.resume();
        } else {
            runs.pause();
        }
    });
    let plain = ButtonKind::default();
    view! {
        {shown(|stage| stage.can_retry, plain, named(Text::RetryFailed), press(Runs::retry_failed))}
        {shown(|stage| stage.can_look, plain, named(Text::CheckAgain), press(Runs::look))}
        {shown(|stage| !stage.over, plain, pause_or_resume, pressed)}
        {shown(|stage| !stage.over, plain, named(Text::CancelRest), press(Runs::cancel))}
        {shown(|stage| stage.over, ButtonKind::Quiet, named(Text::Close), press(Runs::close))}
    }
}

/// What the run does: what all its rows do, or only that it is one.
fn title<'a>(mut tasks: impl Iterator<Item = &'a Task>) -> String {
    let first = tasks.next().map(work::what).unwrap_or_default();
    if tasks.all(|task| work::what(task) == first) {
        first
    } else {
        t(Text::BulkRun).to_owned()
    }
}

/// How far it is, in words.
fn said(progress: Progress, paused: bool) -> String {
    let (settled, all) = (number(progress.settled()), number(progress.total()));
    let mut said = vec![tf(
        Text::RunProgress,
        &[("settled", &settled), ("all", &all)],
    )];
    if paused {
        said.push(t(Text::RunPaused).to_owned());
    }
    for (count, text) in [
        (progress.failed, Text::RunFailedCount),
        (progress.unknown, Text::RunUnknownCount),
        (progress.skipped, Text::RunSkippedCount),
    ] {
        if count > 0 {
            said.push(tn(text, count));
        }
    }
    said.join(" · ")
}

#[cfg(test)]
mod tests {
    use switchboard_model::journal::Change;

    use super::*;

    #[test]
    fn a_run_is_called_by_what_all_its_rows_do() {
        let delete = |email: &str| {
            Task::Change(Change::DeleteUser {
                email: email.parse().expect("an e-mail of the test"),
            })
        };
        let look = Task::LookUp {
            domain: "a.example".parse().expect("a domain name of the test"),
        };
        let same = [delete("a@acme.example"), delete("b@acme.example")];
        assert_eq!(title(same.iter()), "Delete user");
        assert_eq!(title(same.iter().chain([&look])), "Bulk run");
    }

    #[test]
    fn rows_that_wait_for_an_unknown_one_do_not_keep_it_from_being_looked_up() {
        let mut progress = Progress {
            waiting: 2,
            unknown: 1,
            ..Progress::default()
        };
        assert!(Stage::of(progress).can_look && !Stage::of(progress).over);
        progress.running = 1;
        assert!(!Stage::of(progress).can_look);
    }

    #[test]
    fn what_went_wrong_is_counted_beside_how_far_it_is() {
        let mut progress = Progress {
            waiting: 1_000,
            running: 6,
            done: 5,
            ..Progress::default()
        };
        assert_eq!(said(progress, false), "5 of 1,011");
        progress.failed = 1;
        progress.unknown = 2;
        assert_eq!(
            said(progress, true),
            "8 of 1,014 · paused · 1 failed · 2 unknown"
        );
    }
}
