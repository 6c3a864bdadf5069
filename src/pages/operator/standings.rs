//! Which of the known domains the operator is on. The rows on the screen report what they read; the other domains are
//! read too, a few at a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::endpoints::ListAssignments;
use switchboard_api::{Absence, DomainName, Email};

use crate::remote::{Outdated, Remote};
use crate::widgets::assignment::is_among;
use crate::widgets::assignment_sweep::{AssignmentSweep, CachedAnswers};

/// Up to this number of known domains, all are read unasked.
const READ_UNASKED: usize = 100;

/// How far the reading of all domains is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// The rows on the screen are read. There are too many domains to read them all unasked.
    OnSight,
    /// All are being read.
    Running,
    /// All were read, or tried.
    Over,
}

/// What was read about the operator on one domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum OnDomain {
    Yes,
    No,
    /// The API says that there is no such domain. It may have another name now.
    NoDomain,
}

impl From<bool> for OnDomain {
    fn from(is_on: bool) -> Self {
        if is_on { Self::Yes } else { Self::No }
    }
}

/// How many domains of each kind there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DomainCounts {
    /// Those that the operator is on.
    pub on: usize,
    /// Those that were read.
    pub read: usize,
    /// Those that the API does not know.
    pub missing: usize,
    /// All known ones.
    pub all: usize,
}

impl DomainCounts {
    /// Returns whether nothing is left to read.
    pub fn is_complete(self) -> bool {
        self.read + self.missing >= self.all
    }
}

/// What is known so far.
#[derive(Clone, Copy)]
pub(super) struct Standings {
    seen: RwSignal<BTreeMap<DomainName, OnDomain>>,
    names: Memo<Vec<DomainName>>,
    is_wanted: RwSignal<bool>,
    sweep: AssignmentSweep,
}

impl Standings {
    /// Begins to read the domains, unless there are too many.
    pub(super) fn new(email: Email, names: Memo<Vec<DomainName>>) -> Self {
        let seen = RwSignal::new(BTreeMap::new());
        let answered = Callback::new(move |(domain, all): (DomainName, Arc<Vec<_>>)| {
            note(seen, domain, is_among(&all, &email).into());
        });
        let few = names.with_untracked(Vec::len) <= READ_UNASKED;
        let standings = Self {
            seen,
            names,
            is_wanted: RwSignal::new(few),
            sweep: AssignmentSweep::new(CachedAnswers::Accepted, answered),
        };
        Effect::new(move || {
            let names = names.get();
            // The user has forgotten some domains.
            if seen.with_untracked(|seen| seen.keys().any(|name| !names.contains(name))) {
                seen.update(|seen| seen.retain(|name, _| names.contains(name)));
            }
            if standings.is_wanted.get() {
                standings.sweep.add(names);
            }
        });
        // What a row has read is newer.
        Effect::new(move || {
            let missing = standings.sweep.with(|sweep| {
                let missing = sweep
                    .unanswered()
                    .filter(|(_, why)| *why == Some(&Absence::Certain));
                missing.map(|(name, _)| name.clone()).collect::<Vec<_>>()
            });
            for name in missing {
                if seen.with_untracked(|seen| !seen.contains_key(&name)) {
                    note(seen, name, OnDomain::NoDomain);
                }
            }
        });
        let remote = Remote::get();
        Effect::new(move |before: Option<Outdated>| {
            let now = remote.outdated();
            let Some(before) = before.filter(|before| *before != now) else {
                return now;
            };
            let is_refresh = before.refreshes != now.refreshes;
            let is_untrue = |domain: &&DomainName| {
                let domain = (*domain).clone();
                is_refresh || remote.fresh(&ListAssignments { domain }).is_none()
            };
            let untrue: Vec<_> =
                names.with_untracked(|names| names.iter().filter(is_untrue).cloned().collect());
            // Until it is read again, what a write made untrue counts as not read.
            if !is_refresh && standings.is_wanted.get_untracked() && !untrue.is_empty() {
                seen.update(|seen| seen.retain(|name, _| !untrue.contains(name)));
            }
            standings.sweep.repeat(&untrue);
            now
        });
        standings
    }

    /// Notes what a row read.
    pub(super) fn note(self, domain: DomainName, read: OnDomain) {
        note(self.seen, domain, read);
    }

    /// Reads all domains.
    pub(super) fn read_all(self) {
        self.is_wanted.set(true);
    }

    /// Reads again what could not be read.
    pub(super) fn resume(self) {
        self.sweep.resume();
    }

    /// Passes what was read to `look`, tracked.
    pub(super) fn with<T>(self, look: impl FnOnce(&BTreeMap<DomainName, OnDomain>) -> T) -> T {
        self.seen.with(look)
    }

    /// Counts the domains, tracked.
    pub(super) fn counts(self) -> DomainCounts {
        let all = self.names.with(Vec::len);
        self.with(|seen| {
            let count = |which| seen.values().filter(|read| **read == which).count();
            let missing = count(OnDomain::NoDomain);
            DomainCounts {
                on: count(OnDomain::Yes),
                read: seen.len() - missing,
                missing,
                all,
            }
        })
    }

    /// Returns how far the reading is, tracked.
    pub(super) fn progress(self) -> Progress {
        let is_complete = self.counts().is_complete();
        match self.is_wanted.get() {
            _ if is_complete => Progress::Over,
            false => Progress::OnSight,
            true if self.sweep.is_over() && self.sweep.with(|sweep| sweep.total() > 0) => {
                Progress::Over
            }
            true => Progress::Running,
        }
    }
}

fn note(seen: RwSignal<BTreeMap<DomainName, OnDomain>>, domain: DomainName, read: OnDomain) {
    let is_news = seen.try_with_untracked(|seen| seen.get(&domain) != Some(&read));
    if is_news == Some(true) {
        seen.update(|seen| {
            seen.insert(domain, read);
        });
    }
}
