//! Finds the known domains that an operator is on, afresh, while the component is mounted.

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::{Assignment, DomainName, Email};
use switchboard_model::sweep::Phase;

use crate::i18n::{Text, sentences, t, tc, tn};
use crate::widgets::assignment::is_among;
use crate::widgets::assignment_sweep::{AssignmentSweep, CachedAnswers};
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

    /// Returns the result so far as a sentence, tracked.
    #[must_use]
    pub fn told(self) -> String {
        let (phase, answered, all) = self
            .sweep
            .with(|sweep| (sweep.phase(), sweep.answered(), sweep.total()));
        if phase == Phase::Running {
            return tc(
                Text::PlacesLookedUp,
                &[("done", answered), ("all", all)],
                &[],
            );
        }
        let on = match self.on.get() {
            0 => t(Text::PlacesNone).to_owned(),
            on => tn(Text::PlacesOn, on),
        };
        match all - answered {
            0 => on,
            failed => sentences(&on, &tn(Text::PlacesFailed, failed)),
        }
    }
}
