//! Finds the known domains that an operator is on, afresh, while the component is mounted.

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::{Assignment, DomainName, Email};

use crate::browser::idna::readable;
use crate::i18n::{Text, sentences, t, tf, tn};
use crate::ui::focus;
use crate::widgets::assignment::is_among;
use crate::widgets::assignment_sweep::{AssignmentSweep, CachedAnswers, SweepProgress};
use crate::wording::values::some_names;
use crate::workspace::KnownDomains;

/// The maximum number of domains that one sentence names.
const NAMED: usize = 5;

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

    /// Returns whether the look-up has ended and the read of a domain failed, tracked. A name that the API does not
    /// know is no failure.
    #[must_use]
    pub fn has_failed(self) -> bool {
        self.is_over() && !self.sweep.unread().0.is_empty()
    }

    /// Returns the result as a sentence, tracked; empty while the look-up is running.
    fn told(self) -> String {
        if !self.is_over() {
            return String::new();
        }
        let (failed, gone) = self.sweep.unread();
        let on = match (self.on.get(), failed.len()) {
            (0, 0) => Some(t(Text::PlacesNone).to_owned()),
            (0, _) => None,
            (on, _) => Some(tn(Text::PlacesOn, on)),
        };
        let failed = (!failed.is_empty()).then(|| tn(Text::PlacesFailed, failed.len()));
        let gone = (!gone.is_empty()).then(|| no_such_domains(&gone));
        let all = [on, failed, gone].into_iter().flatten();
        all.reduce(|text, more| sentences(&text, &more))
            .unwrap_or_default()
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

/// Says that there are no domains of these names.
pub fn no_such_domains(names: &[DomainName]) -> String {
    let names: Vec<String> = names.iter().map(readable).collect();
    tf(
        Text::NoSuchDomains,
        &[("names", &some_names(&names, NAMED))],
    )
}
