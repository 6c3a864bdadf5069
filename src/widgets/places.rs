//! Finds the known domains that an operator is on. Reads each domain (endpoint 13), a few at once, while the
//! component is mounted.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::endpoints::ListAssignments;
use switchboard_api::{Assignment, DomainName, Email};

use crate::i18n::{Text, sentences, t, tc, tn};
use crate::remote::Remote;
use crate::workspace::KnownDomains;

/// The number of domains read at once: browsers open six connections to a host.
const AT_ONCE: usize = 6;

/// The progress of the look-up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Progress {
    /// The number of domains to read.
    all: usize,
    /// The number that have answered.
    answered: usize,
    /// The number that could not be read.
    failed: usize,
    /// The number that the operator is on.
    on: usize,
}

/// The look-up.
#[derive(Clone, Copy)]
pub struct Places {
    progress: RwSignal<Progress>,
    /// The domains that could not be read.
    failed: StoredValue<Vec<DomainName>>,
    email: StoredValue<Email>,
    found: Callback<DomainName>,
}

impl Places {
    /// Reads every known domain, and calls `found` with each that the operator is on.
    #[must_use]
    pub fn look_up(email: Email, found: Callback<DomainName>) -> Self {
        let names = untrack(|| KnownDomains::get().names());
        let places = Self {
            progress: RwSignal::new(Progress {
                all: names.len(),
                ..Progress::default()
            }),
            failed: StoredValue::default(),
            email: StoredValue::new(email),
            found,
        };
        places.ask(names);
        places
    }

    /// Reads again the domains that could not be read.
    pub fn retry(self) {
        self.progress.update(|progress| progress.failed = 0);
        let failed = self.failed.try_update_value(std::mem::take);
        self.ask(failed.unwrap_or_default());
    }

    fn ask(self, names: Vec<DomainName>) {
        let remote = Remote::get();
        let queue = Rc::new(RefCell::new(VecDeque::from(names)));
        for _ in 0..AT_ONCE {
            let queue = Rc::clone(&queue);
            spawn_local(async move {
                let next = || queue.borrow_mut().pop_front();
                // Stops once the dialog is closed, which disposes the progress.
                while !self.progress.is_disposed()
                    && let Some(domain) = next()
                {
                    let call = ListAssignments {
                        domain: domain.clone(),
                    };
                    let answer = remote.fetch(call).await;
                    self.note(domain, answer.ok());
                }
            });
        }
    }

    fn note(self, domain: DomainName, answer: Option<Arc<Vec<Assignment>>>) {
        let is_on = answer.map(|all| {
            self.email
                .try_with_value(|email| all.iter().any(|one| one.email == *email))
                .unwrap_or_default()
        });
        if is_on == Some(true) {
            self.found.try_run(domain.clone());
        }
        if is_on.is_none() {
            self.failed.try_update_value(|failed| failed.push(domain));
        }
        // Last, so that everything is in place for code that waits for the end.
        self.progress.try_update(|progress| match is_on {
            Some(is_on) => {
                progress.answered += 1;
                progress.on += usize::from(is_on);
            }
            None => progress.failed += 1,
        });
    }

    /// Returns whether every domain has answered or failed, tracked.
    #[must_use]
    pub fn is_over(self) -> bool {
        let now = self.progress.get();
        now.answered + now.failed == now.all
    }

    /// Returns whether the look-up has ended and a domain could not be read, tracked.
    #[must_use]
    pub fn has_failed(self) -> bool {
        self.is_over() && self.progress.get().failed > 0
    }

    /// Returns the result so far as a sentence, tracked.
    #[must_use]
    pub fn told(self) -> String {
        let now = self.progress.get();
        if now.answered + now.failed < now.all {
            let counts = [("done", now.answered), ("all", now.all)];
            return tc(Text::PlacesLookedUp, &counts, &[]);
        }
        let on = match now.on {
            0 => t(Text::PlacesNone).to_owned(),
            on => tn(Text::PlacesOn, on),
        };
        match now.failed {
            0 => on,
            failed => sentences(&on, &tn(Text::PlacesFailed, failed)),
        }
    }
}
