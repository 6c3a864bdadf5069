//! What a deletion affects, looked up before the dialog says so: every known domain is asked, a few at once, with progress, and what was not
//! read takes a choice of its own. Shared by "Delete user", "Delete users", "Delete domain" and "Take off domains".

mod consequence_text;
mod status;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::endpoints::{GetOrganisation, ListAssignments};
use switchboard_api::{ApiError, DomainName, Email};
use switchboard_model::deletion::{DeletionCheck, Obstacle, Question};

use crate::browser::network::Network;
use crate::remote::Remote;
use crate::workspace::{KnownDomains, natural_order};

pub use consequence_text::{
    domains_line, leaves_nobody, manages_line, operators_line, removals_line, some_domains,
};
pub use status::{CheckStatus, focus_way_on};

/// The number of domains read at once: browsers open six connections to a host.
const AT_ONCE: usize = 6;

/// The check before a deletion, while its dialog is open.
#[derive(Clone, Copy)]
pub struct ConsequencesCheck {
    state: RwSignal<DeletionCheck>,
    remote: Remote,
}

impl ConsequencesCheck {
    /// Starts to check what the deletion of users affects.
    #[must_use]
    pub fn of_users<'a>(users: impl IntoIterator<Item = &'a Email>) -> Self {
        let known = untrack(|| KnownDomains::get().names());
        Self::begin(DeletionCheck::of_users(users, known))
    }

    /// Starts to check what the deletion of a domain affects.
    #[must_use]
    pub fn of_domain(domain: DomainName) -> Self {
        Self::begin(DeletionCheck::of_domain(domain))
    }

    /// Starts to check what taking users off domains affects.
    #[must_use]
    pub fn of_assignments<'a>(
        users: impl IntoIterator<Item = &'a Email>,
        domains: Vec<DomainName>,
    ) -> Self {
        Self::begin(DeletionCheck::of_assignments(users, domains))
    }

    fn begin(check: DeletionCheck) -> Self {
        let check = Self {
            state: RwSignal::new(check),
            remote: Remote::get(),
        };
        check.go_on();
        Network::get().on_return(move || {
            check.state.update(DeletionCheck::retry);
            check.go_on();
        });
        check
    }

    /// Passes the check to `look`, tracked.
    pub fn with<T>(self, look: impl FnOnce(&DeletionCheck) -> T) -> T {
        self.state.with(look)
    }

    /// Returns the assignments to remove, in the natural order of the domains, untracked.
    #[must_use]
    pub fn removals(self) -> Vec<(DomainName, Email)> {
        let removals = self.state.with_untracked(DeletionCheck::removals);
        let order = natural_order(removals.iter().map(|(domain, _)| domain));
        order.into_iter().map(|at| removals[at].clone()).collect()
    }

    /// Returns whether the deletion may be confirmed, untracked.
    ///
    /// # Errors
    /// [`Obstacle`] says why not.
    pub fn may_confirm(self) -> Result<(), Obstacle> {
        self.state.with_untracked(DeletionCheck::may_confirm)
    }

    fn stop(self) {
        self.state.update(DeletionCheck::stop);
    }

    fn resume(self) {
        self.state.update(DeletionCheck::resume);
        self.go_on();
    }

    fn choose(self, is_chosen: bool) {
        self.state.update(|check| check.choose(is_chosen));
    }

    /// Starts the next reads of the check. Stops once the dialog is closed.
    fn go_on(self) {
        let next = self.state.try_update(|check| check.start(AT_ONCE));
        for question in next.unwrap_or_default() {
            spawn_local(async move {
                self.ask(question).await;
                self.go_on();
            });
        }
    }

    /// Reads afresh: a cached answer may be hours old.
    async fn ask(self, question: Question) {
        match question {
            Question::Accounts => {
                let answer = self.remote.fetch(GetOrganisation).await;
                self.state.try_update(|check| {
                    let accounts = answer.as_ref().map(|there| there.access.as_slice());
                    check.take_accounts(accounts.map_err(ApiError::clone));
                });
            }
            Question::Operators(domain) => {
                let call = ListAssignments {
                    domain: domain.clone(),
                };
                let answer = self.remote.fetch(call).await;
                self.state.try_update(|check| {
                    let there = answer.as_ref().map(|there| there.as_slice());
                    check.take_operators(&domain, there.map_err(ApiError::clone));
                });
            }
        }
    }
}
