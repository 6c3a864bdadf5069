//! One run in the bar: its title, progress, actions and results.

use std::time::Duration;

use leptos::prelude::*;
use switchboard_model::bulk::{Progress, Queue, Run, RunState};

use crate::browser::throttle::throttle;
use crate::i18n::{Text, t};
use crate::operations::bulk::Runs;
use crate::ui::{Button, ButtonKind, Disclosure, Icon, IconName};
use crate::widgets::run_bar::rows::{Results, ShownRows};
use crate::wording::runs as words;

/// How often the progress of a run is rendered. Rendering after each call would delay the next call.
pub const DRAWN_EVERY: Duration = Duration::from_millis(200);

/// One run: a progress bar while it executes, then a single line that expands.
#[component]
pub(crate) fn Card(
    /// The runs.
    runs: Runs,
    /// The run's id.
    id: u64,
) -> impl IntoView {
    let look =
        move |look: fn(&Run<_>) -> Progress| runs.queue.with(|queue| queue.run(id).map(look));
    let progress = Memo::new(move |_| look(Run::progress).unwrap_or_default());
    let state = Memo::new(move |_| {
        runs.queue
            .with(|queue| queue.state(id))
            .unwrap_or(RunState::Finished)
    });
    let step = Memo::new(move |_| runs.step.get().filter(|step| step.run == id));
    let title = runs
        .queue
        .with_untracked(|queue| queue.run(id).map(|run| words::title(&run.head().purpose)));
    let title = title.unwrap_or_default();
    let drawn = throttle(
        Memo::new(move |_| (progress.get(), step.get())),
        DRAWN_EVERY,
    );
    let open = RwSignal::new(false);
    let is_looking = Memo::new(move |_| step.with(Option::is_some));
    let is_over = Memo::new(move |_| state.get() == RunState::Finished);
    let sign = Memo::new(move |_| Sign::of(state.get(), progress.get()));
    let name = title.clone();
    let bar = move || {
        let name = name.clone();
        let bar = move || {
            view! {
                <progress
                    aria-label=name.clone()
                    max=move || drawn.get().0.total().to_string()
                    value=move || drawn.get().0.settled().to_string()
                />
            }
        };
        (!is_over.get()).then(bar)
    };
    let why = move || match state.get() {
        RunState::Paused(pause) => {
            words::why(pause).map(|why| view! { <p class="run-why">{why}</p> })
        }
        _ => None,
    };
    let results = format!("run-results-{id}");
    let controls = results.clone();
    let filter = format!("run-filter-{id}");
    view! {
        <div class="run-card" role="group" aria-label=title.clone() data-over=move || is_over.get().then_some("true")>
            <div class="run-head">
                {move || sign.get().view()}
                <div class="run-title">
                    <h2 data-focus-fallback="">{title.clone()}</h2>
                    <p class="hint numeric">{move || {
                        let (progress, step) = match is_over.get() {
                            true => (progress.get(), step.get()),
                            false => drawn.get(),
                        };
                        words::status(progress, state.get(), step)
                    }}</p>
                </div>
                <div class="actions">
                    {actions(runs, id, state, progress, is_looking)}
                    <Disclosure open controls on_flip=Callback::new(move |()| open.update(|open| *open = !*open))>{t(Text::RunResults)}</Disclosure>
                </div>
            </div>
            {bar}
            {why}
            {move || open.get().then(|| view! {
                <div id=results.clone() class="run-results"><Results run=ShownRows::Live(runs, id) id=filter.clone() /></div>
            })}
        </div>
    }
}

/// The icon before a title, so that no state depends on colour alone.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    None,
    Warning,
    Well,
}

impl Sign {
    fn of(state: RunState, progress: Progress) -> Self {
        match state {
            RunState::Paused(_) => Self::Warning,
            RunState::Finished if progress.is_clean() => Self::Well,
            // The user cancelled the rest: neither good nor bad.
            RunState::Finished if progress.went_well() => Self::None,
            RunState::Finished => Self::Warning,
            RunState::Running | RunState::Queued => Self::None,
        }
    }

    fn view(self) -> Option<AnyView> {
        let (class, name) = match self {
            Self::None => return None,
            Self::Warning => ("run-sign warn", IconName::Warning),
            Self::Well => ("run-sign good", IconName::Check),
        };
        Some(view! { <span class=class><Icon name /></span> }.into_any())
    }
}

/// What can be done about undoing a run from the bar. Where undoing leaves something as it is, the page Activity asks
/// first.
#[derive(Clone, Copy, PartialEq)]
enum UndoOfRun {
    Impossible,
    Possible,
    Made,
}

impl UndoOfRun {
    fn of(queue: &Queue, id: u64) -> Self {
        let Some(head) = queue.run(id).map(Run::head) else {
            return Self::Impossible;
        };
        let is_begun = queue.runs().any(|other| other.head().undoes == Some(id));
        if head.undone {
            Self::Made
        } else if head.can_undo && head.not_restored == 0 && head.undoes.is_none() && !is_begun {
            Self::Possible
        } else {
            Self::Impossible
        }
    }
}

/// The buttons that a run has.
#[derive(Clone, Copy, PartialEq)]
struct Stage {
    is_over: bool,
    is_paused: bool,
    is_destructive: bool,
    /// Whether failed rows can be retried, and whether that deletes something.
    can_retry: Option<bool>,
    can_undo: bool,
    /// Also before the run is over: rows may wait for one whose outcome is unknown.
    can_look: bool,
}

impl Stage {
    fn of(
        state: RunState,
        progress: Progress,
        is_looking: bool,
        is_destructive: bool,
        can_retry: Option<bool>,
        undo: UndoOfRun,
    ) -> Self {
        let is_over = state == RunState::Finished;
        let is_paused = matches!(state, RunState::Paused(_));
        Self {
            is_over,
            is_paused,
            is_destructive,
            can_retry: can_retry.filter(|_| is_over),
            can_undo: is_over && undo == UndoOfRun::Possible,
            can_look: (is_over || is_paused)
                && !is_looking
                && progress.running == 0
                && progress.unknown > 0,
        }
    }
}

/// Renders each button separately, so that a button that appears or disappears takes neither the click nor the focus
/// from another. A second click on "Pause" deletes nothing (`browser/double_press.rs`).
fn actions(
    runs: Runs,
    id: u64,
    state: Memo<RunState>,
    progress: Memo<Progress>,
    is_looking: Memo<bool>,
) -> impl IntoView {
    let look = move || {
        runs.queue.with(|queue| {
            let run = queue.run(id)?;
            Some((run.is_destructive(), words::resume(run)))
        })
    };
    // Only for a run at rest: scanning its rows at each step would take longer than the step.
    let at_rest = Memo::new(move |_| {
        let is_paused = matches!(state.get(), RunState::Paused(_));
        is_paused.then(look).flatten()
    });
    let undo = Memo::new(move |_| runs.queue.with(|queue| UndoOfRun::of(queue, id)));
    // Scans its rows too, so no other run may trigger it.
    let retry = Memo::new(move |_| {
        undo.track();
        let has_failed = state.get() == RunState::Finished && progress.get().failed > 0;
        let retry = |queue: &Queue| {
            queue
                .run(id)
                .filter(|run| run.can_retry())
                .map(words::retry)
        };
        has_failed
            .then(|| runs.queue.with_untracked(retry))
            .flatten()
    });
    let stage = Memo::new(move |_| {
        let is_destructive = at_rest.with(|at_rest| at_rest.as_ref().is_some_and(|(is, _)| *is));
        Stage::of(
            state.get(),
            progress.get(),
            is_looking.get(),
            is_destructive,
            retry.with(|retry| retry.as_ref().map(|(_, deletes)| *deletes)),
            undo.get(),
        )
    });
    let retried = Signal::derive(move || retry.get().map(|(label, _)| label).unwrap_or_default());
    let left = Signal::derive(move || at_rest.get().map(|(_, left)| left).unwrap_or_default());
    let shown = move |when: fn(Stage) -> bool,
                      kind: ButtonKind,
                      label: Signal<String>,
                      unavailable: Signal<bool>,
                      press: Callback<()>| {
        let is_shown = Memo::new(move |_| when(stage.get()));
        let button = move || view! { <Button kind label unavailable on_press=press /> };
        (move || is_shown.get().then(button)).into_any()
    };
    let named = |label: Text| Signal::stored(t(label).to_owned());
    let press = |press: fn(Runs, u64)| Callback::new(move |()| press(runs, id));
    let waits_for_its_own =
        Signal::derive(move || stage.with(|stage| stage.is_paused && stage.is_destructive));
    let pause_or_resume = Signal::derive(move || {
        let resumes = stage.with(|stage| stage.is_paused && !stage.is_destructive);
        t(if resumes { Text::Resume } else { Text::Pause }).to_owned()
    });
    let pressed = Callback::new(move |()| {
        if stage.with_untracked(|stage| stage.is_paused) {
            runs.resume(id);
        } else {
            runs.pause(id);
        }
    });
    let (plain, always) = (ButtonKind::default(), Signal::stored(false));
    let close = Callback::new(move |()| runs.close(id));
    view! {
        {shown(|stage| stage.can_retry == Some(false), plain, retried, always, press(Runs::retry_failed))}
        {shown(|stage| stage.can_look, plain, named(Text::CheckUnknown), always, press(Runs::look))}
        {shown(|stage| !stage.is_over, plain, pause_or_resume, waits_for_its_own, pressed)}
        {shown(|stage| !stage.is_over, plain, named(Text::CancelRest), always, press(Runs::cancel))}
        {shown(|stage| stage.is_paused && stage.is_destructive, ButtonKind::Danger, left, always, press(Runs::resume))}
        {shown(|stage| stage.can_retry == Some(true), ButtonKind::Danger, retried, always, press(Runs::retry_failed))}
        {shown(|stage| stage.can_undo, ButtonKind::Quiet, named(Text::Undo), always, press(Runs::undo))}
        {shown(|stage| stage.is_over, ButtonKind::Quiet, named(Text::Close), always, close)}
    }
}

#[cfg(test)]
mod tests;
