//! Finds the known domains that an operator is on, afresh, while the component is mounted.

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::{Assignment, DomainName, Email};

use crate::i18n::{Text, sentences, t, tn};
use crate::ui::focus;
use crate::widgets::assignment::is_among;
use crate::widgets::assignment_sweep::{AssignmentSweep, CachedAnswers, SweepProgress};
use crate::workspace::KnownDomains;

/// The look-up.
#[derive(Clone, Copy)]
pub struct Places {
    sweep: AssignmentSweep,
    /// The number of domains that the operator is on.
    on: RwSignal<usize>,
}

impl Places {
    /// Reads every known domain, and calls `found` with each that the operator is on.
    #[must_use]
    pub fn look_up(email: Email, found: Callback<DomainName>) -> Self {
        let on = RwSignal::new(0_usize);
        let answered = Callback::new(move |(domain, all): (DomainName, Arc<Vec<Assignment>>)| {
            if is_among(&all, &email) {
                on.try_update(|on| *on += 1);
                found.try_run(domain);
            }
        });
        let sweep = AssignmentSweep::new(CachedAnswers::Ignored, answered);
        sweep.add(untrack(|| KnownDomains::get().names()));
        Self { sweep, on }
    }

    /// Reads again the domains that could not be read.
    pub fn retry(self) {
        self.sweep.resume();
    }

    /// Returns whether every domain has answered or failed, tracked.
    #[must_use]
    pub fn is_over(self) -> bool {
        self.sweep.is_over()
    }

    /// Returns whether the look-up has ended and a domain could not be read, tracked.
    #[must_use]
    pub fn has_failed(self) -> bool {
        self.sweep.has_failed()
    }

    /// Returns the result as a sentence, tracked; empty while the look-up is running.
    fn told(self) -> String {
        if !self.is_over() {
            return String::new();
        }
        let (answered, all) = self.sweep.with(|sweep| (sweep.answered(), sweep.total()));
        let on = |on| tn(Text::PlacesOn, on);
        let failed = |failed| tn(Text::PlacesFailed, failed);
        match (self.on.get(), all - answered) {
            (0, 0) => t(Text::PlacesNone).to_owned(),
            (0, unread) => failed(unread),
            (some, 0) => on(some),
            (some, unread) => sentences(&on(some), &failed(unread)),
        }
    }
}

/// Shows the progress of the look-up, then its result.
#[component]
pub fn PlacesProgress(
    /// The look-up.
    places: Places,
    /// The id of the element that gets the focus when the user stops the look-up.
    after_stop: &'static str,
) -> impl IntoView {
    let is_over = Memo::new(move |_| places.is_over());
    let on_stop = Callback::new(move |()| {
        places.sweep.stop();
        focus(after_stop);
    });
    view! {
        {move || (!is_over.get()).then(|| view! { <SweepProgress sweep=places.sweep stop_id="places-stop" on_stop /> })}
        <p class="hint" role="status">{move || places.told()}</p>
    }
}
