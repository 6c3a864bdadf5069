//! Shows the state of the check before a deletion: its progress with a button to stop it, or what was not read and
//! how to continue.

use leptos::prelude::*;
use switchboard_model::deletion::{Obstacle, Progress, Subject};
use switchboard_model::sweep::Phase;

use super::ConsequencesCheck;
use super::consequence_text;
use crate::i18n::{Text, t};
use crate::ui::{Button, Notice, ProgressLine, Tick, Tone, focus};

/// The id of the button that stops the check.
const STOP: &str = "stop-checking";

/// The id of the checkbox that chooses to delete without the unread part.
const CHOICE: &str = "delete-unchecked";

/// The state of the check, below the consequences.
#[component]
pub fn CheckStatus(
    /// The check.
    check: ConsequencesCheck,
    /// Why the last attempt to confirm was refused.
    refused: RwSignal<Option<Obstacle>>,
) -> impl IntoView {
    let phase = Memo::new(move |_| check.with(|check| check.phase()));
    // With one domain alone the end has nothing to say that the consequences do not.
    let is_many = untrack(|| check.with(|check| *check.subject() != Subject::Domain));
    let announced = Memo::new(move |_| check.with(consequence_text::announcement));
    // A refusal is outdated once the check is in another state.
    Effect::new(move || {
        phase.track();
        refused.set(None);
    });
    view! {
        <div class="check-status" class:many=is_many>
            {move || match phase.get() {
                Phase::Running => view! { <Running check /> }.into_any(),
                Phase::Complete => check.with(consequence_text::complete_line).map(|line| view! { <p class="hint">{line}</p> }).into_any(),
                Phase::Incomplete => view! { <Incomplete check refused /> }.into_any(),
            }}
            <p class="field-error" role="alert">{move || refused.get().map(|refused| check.with(|check| consequence_text::obstacle(check, refused)))}</p>
            <p class="visually-hidden" role="status">{announced}</p>
        </div>
    }
}

/// Focuses the control that resolves the obstacle.
pub fn focus_way_on(obstacle: Obstacle) {
    focus(match obstacle {
        Obstacle::Running => STOP,
        Obstacle::NotChosen => CHOICE,
    });
}

#[component]
fn Running(check: ConsequencesCheck) -> impl IntoView {
    let line = Memo::new(move |_| check.with(consequence_text::progress_line));
    let done = Memo::new(move |_| {
        let Progress { checked, known } = check.with(|check| check.progress());
        (checked, known)
    });
    view! {
        <ProgressLine
            line done name=t(Text::CheckProgressName) stop=t(Text::StopChecking) stop_id=STOP
            on_stop=Callback::new(move |()| check.stop())
        />
    }
}

#[component]
fn Incomplete(check: ConsequencesCheck, refused: RwSignal<Option<Obstacle>>) -> impl IntoView {
    let title = Memo::new(move |_| check.with(consequence_text::incomplete_title));
    let lines = Memo::new(move |_| check.with(consequence_text::unread_lines));
    let label = Signal::derive(move || check.with(consequence_text::choice));
    let chosen = Signal::derive(move || check.with(|check| check.is_chosen()));
    let flip = move |is_chosen: bool| {
        refused.set(None);
        check.choose(is_chosen);
    };
    view! {
        {move || {
            let lines = lines.get().into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
            view! {
                <Notice tone=Tone::Warn title=title.get()>
                    {lines}
                    <div class="actions"><Button label=t(Text::CheckRest).to_owned() on_press=Callback::new(move |()| check.resume()) /></div>
                </Notice>
            }
        }}
        <Tick id=CHOICE label checked=chosen on_flip=flip />
    }
}
