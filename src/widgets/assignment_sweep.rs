//! Reads who is on each of many domains (endpoint 13), a few at once, while the component is mounted.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::endpoints::ListAssignments;
use switchboard_api::{Absence, Assignment, DomainName, Sought};
use switchboard_model::sweep::{Phase, Sweep};

use crate::browser::network::Network;
use crate::i18n::{Text, t, tc, tn};
use crate::remote::Remote;
use crate::ui::ProgressLine;

/// The number of domains read at once: browsers open six connections to a host.
const AT_ONCE: usize = 6;

/// Which cached answers count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CachedAnswers {
    /// None: every domain is read afresh.
    Ignored,
    /// Those that are less than 30 seconds old.
    Accepted,
}

/// The look-up.
#[derive(Clone, Copy)]
pub struct AssignmentSweep {
    sweep: RwSignal<Sweep<DomainName, Absence>>,
    cached: CachedAnswers,
    answered: Callback<(DomainName, Arc<Vec<Assignment>>)>,
    remote: Remote,
}

impl AssignmentSweep {
    /// Begins without domains. `answered` is called with each answer.
    #[must_use]
    pub fn new(
        cached: CachedAnswers,
        answered: Callback<(DomainName, Arc<Vec<Assignment>>)>,
    ) -> Self {
        let this = Self {
            sweep: RwSignal::new(Sweep::default()),
            cached,
            answered,
            remote: Remote::get(),
        };
        Network::get().on_return(move || {
            this.sweep.update(|sweep| {
                sweep.retry();
            });
            this.go_on();
        });
        this
    }

    /// Reads these domains. Those that were read already are not read again.
    pub fn add(self, domains: impl IntoIterator<Item = DomainName>) {
        self.sweep.update(|sweep| sweep.add(domains));
        self.go_on();
    }

    /// Reads these domains again, if they were read.
    pub fn repeat(self, domains: &[DomainName]) {
        self.sweep.update(|sweep| sweep.repeat(domains));
        self.go_on();
    }

    /// Reads again the domains that could not be read.
    pub fn resume(self) {
        self.sweep.update(Sweep::resume);
        self.go_on();
    }

    /// Reads no other domain.
    pub fn stop(self) {
        self.sweep.update(Sweep::stop);
    }

    /// Passes the progress to `look`, tracked.
    pub fn with<T>(self, look: impl FnOnce(&Sweep<DomainName, Absence>) -> T) -> T {
        self.sweep.with(look)
    }

    /// Returns whether every domain has answered or failed, tracked.
    #[must_use]
    pub fn is_over(self) -> bool {
        self.with(|sweep| sweep.phase() != Phase::Running)
    }

    /// Returns whether the look-up has ended and a domain could not be read, tracked.
    #[must_use]
    pub fn has_failed(self) -> bool {
        self.with(|sweep| sweep.phase() == Phase::Incomplete)
    }

    /// Returns the domains that could not be read, tracked: those whose read failed, and those that the API does not
    /// know, because they were deleted or renamed.
    #[must_use]
    pub fn unread(self) -> (Vec<DomainName>, Vec<DomainName>) {
        self.with(|sweep| {
            let unread = sweep.unanswered();
            let (gone, failed): (Vec<_>, Vec<_>) =
                unread.partition(|(_, why)| *why == Some(&Absence::Certain));
            let names = |all: Vec<(&DomainName, _)>| {
                all.into_iter().map(|(name, _)| name.clone()).collect()
            };
            (names(failed), names(gone))
        })
    }

    /// Starts the next reads. Stops once the component is gone.
    fn go_on(self) {
        let next = self.sweep.try_update(|sweep| sweep.start(AT_ONCE));
        for domain in next.unwrap_or_default() {
            spawn_local(async move {
                let call = ListAssignments {
                    domain: domain.clone(),
                };
                let answer = match self.cached {
                    CachedAnswers::Ignored => self.remote.fetch(call).await,
                    CachedAnswers::Accepted => self.remote.fetch_if_old(call).await,
                };
                // A name that leads to no domain counts as unread: a renamed domain may have operators.
                let ended = answer.map(|all| {
                    self.answered.try_run((domain.clone(), all));
                });
                let ended = ended.map_err(|error| error.absence(Sought::Domain(&domain)));
                // Last, so that everything is in place for code that waits for the end.
                self.sweep.try_update(|sweep| sweep.settle(&domain, ended));
                self.go_on();
            });
        }
    }
}

/// Shows the progress of a running look-up, and announces that it has begun.
#[component]
pub fn SweepProgress(
    /// The look-up.
    sweep: AssignmentSweep,
    /// The id of the button that stops it.
    stop_id: &'static str,
    /// Stops it.
    on_stop: Callback<()>,
) -> impl IntoView {
    let done = Memo::new(move |_| sweep.with(|sweep| (sweep.ended(), sweep.total())));
    let line = Memo::new(move |_| {
        let (done, all) = done.get();
        tc(Text::LookUpProgress, &[("done", done), ("all", all)], &[])
    });
    view! {
        <ProgressLine line done name=t(Text::LookUpProgressName) stop=t(Text::StopLookingUp) stop_id on_stop />
        <p class="visually-hidden" role="status">{move || tn(Text::LookUpBegun, done.get().1)}</p>
    }
}
