//! One attempt to add a domain, from the call to the code in storage.

use leptos::prelude::*;
use switchboard_api::endpoints::{AddDomain, GetDomain};
use switchboard_api::{AddedDomain, ApiError, DomainName, Sought, UnreadableReason};
use switchboard_model::journal::Change;
use switchboard_model::workspace::{
    CodeOrigin, HeldCode, KnownDomain, PendingAddition, StoreError,
};

use crate::browser::clock;
use crate::browser::lock::{Lock, try_lock};
use crate::operations::change::is_absent;
use crate::remote::{Journalled, Remote};
use crate::workspace::KnownDomains;

/// Where adding stands.
#[derive(Clone, PartialEq)]
pub(crate) enum AddDomainAttempt {
    /// Nothing is under way.
    Typing,
    /// Sent.
    Sending,
    /// The answer was lost: being looked up.
    Checking,
    /// Added, and the code is in storage.
    Kept(DomainName),
    /// Added, and the browser would not keep the code: it goes into the user's hands.
    NotKept(Box<KnownDomain>, StoreError),
    /// The domain exists, but the code that came with it was lost on the way.
    CodeLost(DomainName),
    /// The API refused, and the domain is there: its code is not here.
    There(DomainName, ApiError),
    /// Not added, as far as can be told.
    Refused(ApiError),
    /// Not known: the look-up did not tell either.
    Unknown {
        /// Which domain.
        name: DomainName,
        /// How the adding ended.
        lost: ApiError,
        /// How the look-up ended.
        look: ApiError,
    },
}

impl AddDomainAttempt {
    pub(crate) fn is_under_way(&self) -> bool {
        matches!(self, Self::Sending | Self::Checking)
    }

    /// Whether what is in the form is nowhere else.
    pub(crate) fn is_unsaved(&self) -> bool {
        matches!(self, Self::Typing | Self::Refused(_))
    }
}

/// The adding of one domain, for as long as its end is not known and kept.
pub(crate) struct Adding {
    known: KnownDomains,
    addition: PendingAddition,
    /// Held to the end, so that no tab that is opened meanwhile takes the note for one of a page that was closed. Without it another tab is
    /// adding the same domain: the note is that one's.
    lock: Option<Lock>,
}

impl Adding {
    /// Notes that the domain is about to be added. Whether the note is on disk is waited for: a browser that is killed must not be silent.
    pub(crate) async fn begin(known: KnownDomains, call: &AddDomain) -> Self {
        let addition = PendingAddition {
            name: call.domain.clone(),
            email: Some(call.email.clone()),
        };
        let lock = try_lock(&lock_of(known, &addition.name)).await;
        if lock.is_some() {
            known.begin_addition(&addition);
            known.is_on_disk().await;
        }
        Self {
            known,
            addition,
            lock,
        }
    }

    /// Returns whether another tab is adding the same domain. Its code arrives there.
    fn is_elsewhere(&self) -> bool {
        self.lock.is_none()
    }

    /// Takes the note away, once what it is about is safe. Whether the code is on disk.
    pub(crate) async fn end(&self, ended: &AddDomainAttempt) -> bool {
        let is_on_disk =
            matches!(ended, AddDomainAttempt::Kept(_)) && self.known.is_on_disk().await;
        match ended {
            AddDomainAttempt::Unknown { .. } | AddDomainAttempt::NotKept(..) => {}
            // Where the code may still be lost, whoever opens the page next looks.
            AddDomainAttempt::Kept(_) if !is_on_disk => {}
            _ => self.is_over(),
        }
        is_on_disk
    }

    /// The addition as it is noted.
    pub(crate) fn addition(&self) -> &PendingAddition {
        &self.addition
    }

    fn is_over(&self) {
        if self.lock.is_some() {
            self.known.end_addition(&self.addition.name);
        }
    }

    /// Tries once more to keep what came.
    ///
    /// # Errors
    /// [`StoreError`] when it still could not be kept.
    pub(crate) fn keep_again(&self, record: &KnownDomain) -> Result<(), StoreError> {
        self.known.receive(record.clone()).map(drop)
    }

    /// Somebody has the code: the domain is known here without it. A storage that refuses even that is told where codes are kept.
    pub(crate) fn hand_over(&self, record: &KnownDomain) {
        let _ = self.known.remember(KnownDomain {
            held: None,
            ..record.clone()
        });
        self.is_over();
    }
}

pub(crate) fn lock_of(known: KnownDomains, name: &DomainName) -> String {
    format!("switchboard add {} {name}", known.organisation())
}

/// Sends, keeps the code, and looks when the answer was lost.
pub(crate) async fn send(
    remote: Remote,
    adding: &Adding,
    attempt: RwSignal<AddDomainAttempt>,
    call: AddDomain,
) -> AddDomainAttempt {
    let (asked, change, known) = (call.clone(), call.change(), adding.known);
    match remote.write(call).await {
        Ok(answer) if holds_no_code(&answer.payload) => {
            attempt.try_set(AddDomainAttempt::Checking);
            let no_code = ApiError::Unreadable {
                http_status: 200,
                reason: UnreadableReason::NotAnEnvelope,
                raw: String::new(),
            };
            look(remote, known, &asked, &change, no_code).await
        }
        Ok(answer) => keep(known, &asked, answer.payload),
        // It worked, but the answer holds a warning in place of the code.
        Err(ApiError::NoPayload { .. }) => code_lost(known, &asked),
        Err(error) if error.outcome_unknown() => {
            attempt.try_set(AddDomainAttempt::Checking);
            look(remote, known, &asked, &change, error).await
        }
        Err(error @ ApiError::Refused { .. }) => {
            refused_or_there(remote, adding, &asked, error).await
        }
        Err(error) => AddDomainAttempt::Refused(error),
    }
}

/// Whether an answer that says that it worked brings nothing of what it is there for.
fn holds_no_code(added: &AddedDomain) -> bool {
    added.embed.link.trim().is_empty() && added.embed.socket_link.trim().is_empty()
}

/// Looks what became of a call whose answer was lost.
async fn look(
    remote: Remote,
    known: KnownDomains,
    asked: &AddDomain,
    change: &Change,
    lost: ApiError,
) -> AddDomainAttempt {
    let call = GetDomain {
        domain: asked.domain.clone(),
    };
    match remote.fetch(call).await {
        Ok(_) => {
            remote.looked_up(change, true);
            code_lost(known, asked)
        }
        Err(error) if is_absent(&error, Sought::Domain(&asked.domain)) => {
            remote.looked_up(change, false);
            AddDomainAttempt::Refused(lost)
        }
        Err(look) => AddDomainAttempt::Unknown {
            name: asked.domain.clone(),
            lost,
            look,
        },
    }
}

/// The API refused. Where the domain is there, and its code is not here, this very press may have added it: a browser sends a call once
/// more by itself when a connection that it used before breaks, and then the second answer is all that arrives.
async fn refused_or_there(
    remote: Remote,
    adding: &Adding,
    asked: &AddDomain,
    error: ApiError,
) -> AddDomainAttempt {
    let known = adding.known;
    let is_held = known
        .find_now(&asked.domain)
        .is_some_and(|known| known.held.is_some());
    let call = GetDomain {
        domain: asked.domain.clone(),
    };
    if is_held {
        return AddDomainAttempt::Refused(error);
    }
    match remote.fetch(call).await {
        Ok(_) => {
            // A tab that is adding the domain keeps its code. Firefox shows that to other tabs later: a record without a code from
            // here would replace it.
            if !adding.is_elsewhere() {
                let _ = code_lost(known, asked);
            }
            AddDomainAttempt::There(asked.domain.clone(), error)
        }
        // The API says that it exists, and does not show it: the first of two calls may have added it.
        Err(look) if error.says_it_exists() && !is_absent(&look, Sought::Domain(&asked.domain)) => {
            AddDomainAttempt::Unknown {
                name: asked.domain.clone(),
                lost: error,
                look,
            }
        }
        Err(_) => AddDomainAttempt::Refused(error),
    }
}

/// Puts what came back into storage: the first thing that happens to it.
fn keep(known: KnownDomains, asked: &AddDomain, added: AddedDomain) -> AddDomainAttempt {
    // The API's own form of the name is the key in every later call. Where it sends none, or one under which no page could show the code, what
    // was asked for is.
    let name = added.name.as_str().parse();
    let name = name.unwrap_or_else(|_| asked.domain.clone());
    let held = HeldCode {
        code: added.embed,
        origin: CodeOrigin::Added,
        received_at: clock::now(),
    };
    let record = KnownDomain {
        held: Some(held),
        ..KnownDomain::new(name.clone(), Some(asked.email.clone()), clock::now())
    };
    match known.receive(record.clone()) {
        Ok(_) => AddDomainAttempt::Kept(name),
        Err(error) => AddDomainAttempt::NotKept(Box::new(record), error),
    }
}

/// The domain is there and is known here from now on, without a code. A storage that refuses even that is told where codes are kept.
fn code_lost(known: KnownDomains, asked: &AddDomain) -> AddDomainAttempt {
    let _ = known.remember(KnownDomain::new(
        asked.domain.clone(),
        Some(asked.email.clone()),
        clock::now(),
    ));
    AddDomainAttempt::CodeLost(asked.domain.clone())
}
