//! On which of the known domains an operator is: each domain is asked (endpoint 13), a few at once, for as long as somebody looks.

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

/// How many domains are asked at once: browsers open six connections to a host.
const AT_ONCE: usize = 6;

/// What is known of it so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Progress {
    /// How many domains there are to ask.
    all: usize,
    /// How many have answered.
    answered: usize,
    /// How many could not be asked.
    failed: usize,
    /// On how many the operator is.
    on: usize,
}

/// The look-up.
#[derive(Clone, Copy)]
pub struct Places {
    progress: RwSignal<Progress>,
    /// The domains that could not be asked.
    failed: StoredValue<Vec<DomainName>>,
    email: StoredValue<Email>,
    found: Callback<DomainName>,
}

impl Places {
    /// Asks every known domain for the operator, and calls `found` with each that the operator is on.
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

    /// Asks the domains that could not be asked once more.
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
                // The dialog is closed once the progress is gone.
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
        // Last: who waits for the end has everything then.
        self.progress.try_update(|progress| match is_on {
            Some(is_on) => {
                progress.answered += 1;
                progress.on += usize::from(is_on);
            }
            None => progress.failed += 1,
        });
    }

    /// Whether every domain has answered or failed, tracked.
    #[must_use]
    pub fn is_over(self) -> bool {
        let now = self.progress.get();
        now.answered + now.failed == now.all
    }

    /// Whether it is over and a domain could not be asked, tracked.
    #[must_use]
    pub fn has_failed(self) -> bool {
        self.is_over() && self.progress.get().failed > 0
    }

    /// What is known so far, in a sentence, tracked.
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
