//! What the API says of a known domain: active or not, and how many operators are on it. Asked row by row, in turn, for rows that are on the
//! screen; which call says what is in docs/decisions.md ("The table of domains").

use leptos::prelude::*;
use switchboard_api::endpoints::{GetDomain, ListAssignments};
use switchboard_api::{ApiError, Assignment, Domain, DomainName, Flag};

use super::super::explain::explain;
use super::turns::Turns;
use crate::browser::clock;
use crate::remote::{Fetched, Read, Remote};
use crate::workspace::KnownDomains;

/// What is known of a domain.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Standing {
    /// Not asked yet, or no answer yet.
    Asked,
    /// It is there.
    There {
        /// Active or not (endpoint 7).
        status: Flag,
        /// How many operators are on it (endpoint 7, or 13).
        operators: Count,
    },
    /// The API refuses to know it. In its words.
    Unknown(String),
    /// It could not be asked. Why.
    Failed(String),
}

/// How many operators are on a domain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Count {
    /// Not asked yet, or no answer yet.
    Asked,
    /// So many.
    Is(usize),
    /// It could not be found out.
    NotKnown,
}

/// What two answers say together.
fn standing(domain: &Fetched<Domain>, listed: &Fetched<Vec<Assignment>>, now: u64) -> Standing {
    let failed = domain.error.as_ref().filter(|_| !domain.busy);
    match (failed.map(|error| &**error), &domain.data) {
        (Some(error @ ApiError::Refused { .. }), _) => Standing::Unknown(explain(error, now).title),
        (_, Some(data)) => Standing::There {
            status: data.status.clone(),
            operators: match (data.operator_count, &listed.data) {
                (Some(count), _) => Count::Is(count),
                (None, Some(listed)) => Count::Is(listed.len()),
                (None, None) if listed.error.is_some() && !listed.busy => Count::NotKnown,
                (None, None) => Count::Asked,
            },
        },
        (Some(error), None) => Standing::Failed(explain(error, now).title),
        (None, None) => Standing::Asked,
    }
}

/// A row's way to what the API says of its domain.
#[derive(Clone, Copy)]
pub(super) struct Inquiry {
    /// What is known.
    pub(super) standing: Memo<Standing>,
    /// Whether it was asked since the row is there.
    asked: RwSignal<bool>,
    has_turn: Memo<bool>,
    domain: Read<Domain>,
}

impl Inquiry {
    /// Joins the line while the row is on the screen and has something to ask, and leaves it when that is over.
    pub(super) fn begin(
        name: &DomainName,
        turns: RwSignal<Turns<DomainName>>,
        is_on_screen: ReadSignal<bool>,
    ) -> Self {
        let remote = Remote::get();
        let domain = remote.glance(GetDomain {
            domain: name.clone(),
        });
        let listed = remote.glance(ListAssignments {
            domain: name.clone(),
        });
        let asked = RwSignal::new(false);
        let standing = Memo::new(move |_| standing(&domain.get(), &listed.get(), clock::now()));
        let wants = Memo::new(move |_| {
            is_on_screen.get() && (!asked.get() || made_untrue(&domain.get(), &listed.get()))
        });
        let who = name.clone();
        let has_turn = Memo::new(move |_| turns.with(|turns| turns.has(&who)));
        let who = name.clone();
        Effect::new(move |wanted: Option<bool>| {
            let wants = wants.get();
            match (wanted.unwrap_or_default(), wants) {
                (false, true) => turns.update(|turns| turns.join(who.clone())),
                (true, false) => turns.update(|turns| turns.leave(&who)),
                _ => {}
            }
            wants
        });
        let who = name.clone();
        on_cleanup(move || {
            turns.try_update(|turns| turns.leave(&who));
        });
        note_what_is_seen(domain, listed, name.clone());
        Self {
            standing,
            asked,
            has_turn,
            domain,
        }
    }

    /// Asks once more.
    pub(super) fn again(&self) {
        self.asked.set(false);
    }
}

/// Whether a write made what is shown untrue. What failed is asked again only when somebody wants it.
fn made_untrue(domain: &Fetched<Domain>, listed: &Fetched<Vec<Assignment>>) -> bool {
    let untrue = |superseded: bool, failed: bool| superseded && !failed;
    untrue(domain.superseded, domain.error.is_some())
        || (is_silent(domain) && untrue(listed.superseded, listed.error.is_some()))
}

/// Whether endpoint 7 does not say how many operators there are, so that 13 has to be asked.
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

/// Asks while the row has its turn. With the turn goes the hold on the calls, and with that a call that is still on its way.
#[component]
pub(super) fn Asking(name: DomainName, inquiry: Inquiry) -> impl IntoView {
    let name = StoredValue::new(name);
    move || {
        let domain = name.get_value();
        inquiry
            .has_turn
            .get()
            .then(|| view! { <Turn domain inquiry /> })
    }
}

#[component]
fn Turn(domain: DomainName, inquiry: Inquiry) -> impl IntoView {
    let remote = Remote::get();
    let read = remote.read(GetDomain {
        domain: domain.clone(),
    });
    let is_silent = Memo::new(move |_| !read.is_busy() && is_silent(&inquiry.domain.get()));
    Effect::new(move || {
        if !read.is_busy() && !is_silent.get() {
            inquiry.asked.set(true);
        }
    });
    move || {
        let domain = domain.clone();
        is_silent.get().then(|| {
            let listed = remote.read(ListAssignments { domain });
            Effect::new(move || {
                if !listed.is_busy() {
                    inquiry.asked.set(true);
                }
            });
        })
    }
}

#[cfg(test)]
#[path = "standing_tests.rs"]
mod tests;
