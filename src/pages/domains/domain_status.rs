//! Reads the status of a known domain from the API: active or not, and how many operators it has. The rows on the
//! screen are read from a queue, a few at a time. The choice of endpoints is explained in
//! docs/adr/0012-count-operators-by-endpoint-7.md.

use leptos::prelude::*;
use switchboard_api::endpoints::{GetDomain, ListAssignments};
use switchboard_api::{ApiError, Assignment, Domain, DomainName, Sought, Tristate};

use super::request_queue::RequestQueue;
use crate::browser::clock;
use crate::browser::network::Network;
use crate::operations::change::is_absent;
use crate::remote::{Fetched, Outdated, Read, Remote};
use crate::wording::explain::explain;
use crate::workspace::KnownDomains;

/// The status of a domain, as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum DomainStatus {
    /// Not requested yet, or no answer yet.
    Asked,
    /// The domain exists.
    There {
        /// Whether it is active (endpoint 7).
        status: Tristate,
        /// How many operators it has (endpoint 7, or 13).
        operators: OperatorCount,
    },
    /// The API says that there is no such domain, in these words.
    Unknown(String),
    /// The request failed, for this reason.
    Failed(String),
}

/// The number of operators of a domain, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum OperatorCount {
    /// Not requested yet, or no answer yet.
    Asked,
    /// The number.
    Is(usize),
    /// Endpoint 7 leaves the number out, and endpoint 13 failed.
    NotKnown,
}

/// Combines the answers of endpoints 7 and 13.
pub(super) fn status(
    name: &DomainName,
    domain: &Fetched<Domain>,
    listed: &Fetched<Vec<Assignment>>,
    now: u64,
) -> DomainStatus {
    let failed = domain.error.as_ref().filter(|_| !domain.busy);
    let failed = failed.map(|error| &**error);
    let is_absent = failed.is_some_and(|error| is_absent(error, Sought::Domain(name)));
    match (failed, &domain.data) {
        (Some(error), _) if is_absent => DomainStatus::Unknown(explain(error, now).title),
        // A refusal now outweighs an earlier answer.
        (Some(error @ ApiError::Refused { .. }), _) => {
            DomainStatus::Failed(explain(error, now).title)
        }
        (_, Some(data)) => DomainStatus::There {
            status: data.status.clone(),
            operators: match (data.operator_count, &listed.data) {
                (Some(count), _) => OperatorCount::Is(count),
                (None, Some(listed)) => OperatorCount::Is(listed.len()),
                (None, None) if listed.error.is_some() && !listed.busy => OperatorCount::NotKnown,
                (None, None) => OperatorCount::Asked,
            },
        },
        (Some(error), None) => DomainStatus::Failed(explain(error, now).title),
        (None, None) => DomainStatus::Asked,
    }
}

/// Requests the status of a row's domain.
#[derive(Clone, Copy)]
pub(super) struct StatusRequest {
    /// The status, as far as it is known.
    pub(super) status: Memo<DomainStatus>,
    /// Whether the requests of the row have ended. Reset to send them again.
    asked: RwSignal<bool>,
    is_active: Memo<bool>,
    domain: Read<Domain>,
}

impl StatusRequest {
    /// Queues the row while it is on the screen and its status is missing or invalidated.
    pub(super) fn begin(
        name: &DomainName,
        queue: RwSignal<RequestQueue<DomainName>>,
        is_on_screen: ReadSignal<bool>,
    ) -> Self {
        let remote = Remote::get();
        let domain = remote.peek(GetDomain {
            domain: name.clone(),
        });
        let listed = remote.peek(ListAssignments {
            domain: name.clone(),
        });
        let call = GetDomain {
            domain: name.clone(),
        };
        remote.keep_in_view(call.clone());
        let asked = RwSignal::new(false);
        let who = name.clone();
        let status = Memo::new(move |_| status(&who, &domain.get(), &listed.get(), clock::now()));
        let wants = Memo::new(move |_| {
            is_on_screen.get() && (!asked.get() || made_untrue(&domain.get(), &listed.get()))
        });
        let who = name.clone();
        let is_active = Memo::new(move |_| queue.with(|queue| queue.is_active(&who)));
        let who = name.clone();
        Effect::new(move |wanted: Option<bool>| {
            let wants = wants.get();
            match (wanted.unwrap_or_default(), wants) {
                (false, true) => queue.update(|queue| queue.enqueue(who.clone())),
                (true, false) => queue.update(|queue| queue.remove(&who)),
                _ => {}
            }
            wants
        });
        // Repeats a request that failed, unless the API refused it. The row has left the queue, so nothing else repeats
        // it.
        Network::get().on_return(move || {
            let (domain, listed) = (domain.get_untracked(), listed.get_untracked());
            let counts = listed.error.filter(|_| is_silent(&domain));
            let mut failed = domain.error.into_iter().chain(counts);
            if failed.any(|error| !matches!(*error, ApiError::Refused { .. })) {
                asked.set(false);
            }
        });
        // A refresh leaves out the row, which has left the queue, and with it its subscription.
        Effect::new(move |before: Option<u32>| {
            let Outdated {
                refreshes,
                is_forced,
                ..
            } = remote.outdated();
            let is_new = before.is_some_and(|before| before != refreshes);
            let is_failed = domain.get_untracked().error.is_some();
            if is_new && (is_forced || (remote.recent(&call).is_none() && !is_failed)) {
                asked.set(false);
            }
            refreshes
        });
        let who = name.clone();
        on_cleanup(move || {
            queue.try_update(|queue| queue.remove(&who));
        });
        note_what_is_seen(domain, listed, name.clone());
        Self {
            status,
            asked,
            is_active,
            domain,
        }
    }

    /// Requests the status again.
    pub(super) fn again(&self) {
        self.asked.set(false);
    }
}

/// Returns whether a write invalidated what is shown. A failed request is repeated only when the user asks for it.
fn made_untrue(domain: &Fetched<Domain>, listed: &Fetched<Vec<Assignment>>) -> bool {
    let untrue = |superseded: bool, failed: bool| superseded && !failed;
    untrue(domain.superseded, domain.error.is_some())
        || (is_silent(domain) && untrue(listed.superseded, listed.error.is_some()))
}

/// Returns whether endpoint 7 leaves out the number of operators, so that endpoint 13 is needed.
fn is_silent(domain: &Fetched<Domain>) -> bool {
    let counted = |data: &std::sync::Arc<Domain>| data.operator_count.is_some();
    domain.data.as_ref().is_some_and(|data| !counted(data))
}

fn note_what_is_seen(domain: Read<Domain>, listed: Read<Vec<Assignment>>, name: DomainName) {
    let known = KnownDomains::get();
    let seen = Memo::new(move |_| {
        let domain = domain.data()?;
        let anybody =
            !domain.operators.is_empty() || listed.data().is_some_and(|listed| !listed.is_empty());
        Some((domain.email.clone(), anybody))
    });
    Effect::new(move || {
        if let Some((email, anybody)) = seen.get() {
            known.note(&name, &email, anybody);
        }
    });
}

/// Sends the row's requests while it is active in the queue. Leaving the queue drops the subscriptions, which aborts any request in flight.
#[component]
pub(super) fn StatusRequests(name: DomainName, request: StatusRequest) -> impl IntoView {
    let name = StoredValue::new(name);
    move || {
        let domain = name.get_value();
        request
            .is_active
            .get()
            .then(|| view! { <ActiveRequest domain request /> })
    }
}

#[component]
fn ActiveRequest(domain: DomainName, request: StatusRequest) -> impl IntoView {
    let remote = Remote::get();
    let read = remote.read(GetDomain {
        domain: domain.clone(),
    });
    let is_silent = Memo::new(move |_| !read.is_busy() && is_silent(&request.domain.get()));
    Effect::new(move || {
        if !read.is_busy() && !is_silent.get() {
            request.asked.set(true);
        }
    });
    move || {
        let domain = domain.clone();
        is_silent.get().then(|| {
            let listed = remote.read(ListAssignments { domain });
            Effect::new(move || {
                if !listed.is_busy() {
                    request.asked.set(true);
                }
            });
        })
    }
}

#[cfg(test)]
mod tests;
