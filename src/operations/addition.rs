//! One attempt to add a domain, from the call until its embed code is stored.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use switchboard_api::endpoints::{AddDomain, GetDomain};
use switchboard_api::{AddedDomain, ApiError, Domain, DomainName, Sought, UnreadableReason};
use switchboard_model::journal::Change;
use switchboard_model::workspace::{
    CodeOrigin, HeldCode, KnownDomain, PendingAddition, StoreError,
};

use crate::browser::clock;
use crate::browser::lock::{Lock, try_lock};
use crate::browser::page_unload::UnloadQuestion;
use crate::browser::timeout::wait;
use crate::operations::change::is_absent;
use crate::remote::{Journalled, Remote};
use crate::workspace::KnownDomains;

/// The state of an attempt to add a domain.
#[derive(Clone, PartialEq)]
pub(crate) enum AddDomainAttempt {
    /// No call was sent yet.
    Typing,
    Sending,
    /// The answer was lost; a look-up is in flight.
    Checking,
    /// Added, and the code is stored.
    Kept(DomainName),
    /// Added, but the browser did not store the code. The user has to copy it.
    NotKept(Box<KnownDomain>, StoreError),
    /// The domain exists, but the code that came with it was lost in transit.
    CodeLost(DomainName),
    /// The domain exists, probably since before the attempt, and its code is not stored here. The API refused, or
    /// its answer was lost and this browser knew the domain before.
    There(DomainName, ApiError),
    /// The answer was lost. The domain exists, and a code of it is stored here, probably since before the attempt.
    Held(DomainName, ApiError),
    /// Not added, as far as the panel can tell.
    Refused(ApiError),
    /// The outcome is unknown: the look-up failed too.
    Unknown {
        /// The domain.
        name: DomainName,
        /// How the call to add it ended.
        lost: ApiError,
        /// How the look-up ended.
        look: ApiError,
    },
}

impl AddDomainAttempt {
    pub(crate) fn is_under_way(&self) -> bool {
        matches!(self, Self::Sending | Self::Checking)
    }

    /// Returns whether leaving the page would lose what the user entered. `is_changed` is whether it differs from
    /// what was sent last.
    pub(crate) fn is_unsaved(&self, is_changed: bool) -> bool {
        match self {
            Self::Typing | Self::Refused(_) => true,
            _ => is_changed,
        }
    }
}

/// One domain that is being added, until its outcome is known and stored.
pub(crate) struct Adding {
    /// The domains that this browser knows.
    pub(crate) known: KnownDomains,
    addition: PendingAddition,
    /// Whether this browser knew the domain before the call.
    was_known: bool,
    /// Held until the attempt ends, so that another tab does not take the note for one of a closed page. `None` if
    /// another tab holds it: that tab is adding the same domain, and the note is its own.
    lock: Option<Lock>,
    /// The API returns the code once, and only to this page.
    _question: UnloadQuestion,
}

impl Adding {
    /// Notes that the domain is about to be added. Waits until the note is on disk, so that it survives a killed
    /// browser.
    pub(crate) async fn begin(known: KnownDomains, call: &AddDomain) -> Self {
        let question = UnloadQuestion::begin();
        let addition = PendingAddition {
            name: call.domain.clone(),
            email: Some(call.email.clone()),
        };
        let was_known = known.find_now(&addition.name).is_some();
        let lock = try_lock(&lock_of(known, &addition.name)).await;
        if lock.is_some() {
            known.begin_addition(&addition);
            known.is_on_disk().await;
        }
        Self {
            known,
            addition,
            was_known,
            lock,
            _question: question,
        }
    }

    /// Returns whether another tab is adding the same domain and receives its code.
    fn is_elsewhere(&self) -> bool {
        self.lock.is_none()
    }

    /// Deletes the note once its outcome is safe. Returns whether the code is on disk.
    pub(crate) async fn end(&self, ended: &AddDomainAttempt) -> bool {
        let is_on_disk =
            matches!(ended, AddDomainAttempt::Kept(_)) && self.known.is_on_disk().await;
        match ended {
            AddDomainAttempt::Unknown { .. } | AddDomainAttempt::NotKept(..) => {}
            // The browser may still lose the code. The note stays, so that the next page load looks the domain up.
            AddDomainAttempt::Kept(_) if !is_on_disk => {}
            _ => self.is_over(),
        }
        is_on_disk
    }

    /// Returns the addition as it is noted.
    pub(crate) fn addition(&self) -> &PendingAddition {
        &self.addition
    }

    fn is_over(&self) {
        if self.lock.is_some() {
            self.known.end_addition(&self.addition.name);
        }
    }

    /// Tries again to store the record.
    ///
    /// # Errors
    /// [`StoreError`] when it still could not be stored.
    pub(crate) fn keep_again(&self, record: &KnownDomain) -> Result<(), StoreError> {
        self.known.receive(record.clone()).map(drop)
    }

    /// Records the domain without its code, because the user has the code. Ignores a storage error: the pages that
    /// store codes report it.
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

/// Sends the call and stores the code. If the answer was lost, looks up whether the domain was added.
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
            look(remote, adding, &asked, &change, no_code).await
        }
        Ok(answer) => keep(known, &asked, answer.payload),
        // The domain was added, but the answer carries a warning instead of the code.
        Err(error @ ApiError::NoPayload { .. }) => exists(adding, &asked, error),
        Err(error) if error.outcome_unknown() => {
            attempt.try_set(AddDomainAttempt::Checking);
            look(remote, adding, &asked, &change, error).await
        }
        Err(error @ ApiError::Refused { .. }) => {
            refused_or_there(remote, adding, &asked, error).await
        }
        Err(error) => AddDomainAttempt::Refused(error),
    }
}

/// Returns whether an answer reports success but carries no embed code.
fn holds_no_code(added: &AddedDomain) -> bool {
    added.embed.link.trim().is_empty() && added.embed.socket_link.trim().is_empty()
}

/// How long the API may go on with a call after its connection has broken.
pub(crate) const LATE: Duration = Duration::from_secs(4);

/// Looks a domain up whose addition has lost its answer. "Does not exist" counts only if the API repeats it after
/// [`LATE`]: it may still be carrying the call out.
///
/// # Errors
/// How the look-up ended.
async fn find_added(remote: Remote, domain: &DomainName) -> Result<Arc<Domain>, ApiError> {
    let call = || GetDomain {
        domain: domain.clone(),
    };
    let found = remote.fetch(call()).await;
    let is_absent = |error: &ApiError| is_absent(error, Sought::Domain(domain));
    if found.as_ref().is_err_and(is_absent) {
        wait(LATE).await;
        return remote.fetch(call()).await;
    }
    found
}

/// Looks up whether a domain was added by a call whose answer was lost.
async fn look(
    remote: Remote,
    adding: &Adding,
    asked: &AddDomain,
    change: &Change,
    lost: ApiError,
) -> AddDomainAttempt {
    match find_added(remote, &asked.domain).await {
        Ok(_) => {
            let ended = exists(adding, asked, lost);
            // Otherwise the journal keeps the outcome as unknown: another attempt may have added the domain.
            if matches!(ended, AddDomainAttempt::CodeLost(_)) {
                remote.looked_up(change, true);
            }
            ended
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

/// Decides what a refusal means. A browser resends a call by itself when a reused connection breaks, and only the
/// second answer arrives. So if the domain exists and its code is not stored here, this very attempt may have added
/// it.
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
            // A tab that is adding the domain stores its code. Firefox shows that to other tabs late, so a record
            // without a code from here would overwrite it.
            if !adding.is_elsewhere() {
                let _ = code_lost(known, asked);
            }
            AddDomainAttempt::There(asked.domain.clone(), error)
        }
        // The API says that the domain exists but does not show it: the first of two calls may have added it.
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

/// Stores the answer, before anything else happens to it.
fn keep(known: KnownDomains, asked: &AddDomain, added: AddedDomain) -> AddDomainAttempt {
    // Every later call uses the API's own form of the name. If the answer has none, or one that cannot be an address
    // of a page, the requested name is used.
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

/// What an existing domain, whose code did not arrive, says about the attempt to add it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Existing {
    /// A code is stored here. Deleting the domain would make it useless.
    Held,
    /// It was probably there before, or another tab is adding it.
    There,
    /// The attempt added it.
    Added,
}

impl Existing {
    fn of(is_held: bool, was_known: bool, is_elsewhere: bool) -> Self {
        match (is_held, was_known || is_elsewhere) {
            (true, _) => Self::Held,
            (false, true) => Self::There,
            (false, false) => Self::Added,
        }
    }
}

/// Decides what it means that the domain exists although its code did not arrive.
fn exists(adding: &Adding, asked: &AddDomain, lost: ApiError) -> AddDomainAttempt {
    let (known, name) = (adding.known, asked.domain.clone());
    let is_held = known.find_now(&name).is_some_and(|it| it.held.is_some());
    match Existing::of(is_held, adding.was_known, adding.is_elsewhere()) {
        Existing::Held => AddDomainAttempt::Held(name, lost),
        Existing::There => AddDomainAttempt::There(name, lost),
        Existing::Added => code_lost(known, asked),
    }
}

/// Records the domain without a code. Ignores a storage error: the pages that store codes report it.
fn code_lost(known: KnownDomains, asked: &AddDomain) -> AddDomainAttempt {
    let _ = known.remember(KnownDomain::new(
        asked.domain.clone(),
        Some(asked.email.clone()),
        clock::now(),
    ));
    AddDomainAttempt::CodeLost(asked.domain.clone())
}

#[cfg(test)]
mod tests;
