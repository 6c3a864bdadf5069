//! One attempt to add a domain, from the call to the code in storage.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::endpoints::{AddDomain, GetDomain};
use switchboard_api::{AddedDomain, ApiError, DomainName, UnreadableReason};
use switchboard_model::journal::Change;
use switchboard_model::workspace::{
    CodeOrigin, HeldCode, KnownDomain, PendingAddition, StoreError,
};

use crate::browser::clock;
use crate::browser::lock::{Lock, lock, try_lock};
use crate::i18n::{Text, t, tf};
use crate::remote::{Journalled, Remote};
use crate::ui::Toasts;
use crate::workspace::KnownDomains;

/// Where adding stands.
#[derive(Clone, PartialEq)]
pub(super) enum Attempt {
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
    /// Not known, and the look-up failed too.
    Unknown(DomainName, ApiError),
}

impl Attempt {
    pub(super) fn is_under_way(&self) -> bool {
        matches!(self, Self::Sending | Self::Checking)
    }
}

/// The adding of one domain, for as long as its end is not known and kept.
pub(super) struct Adding {
    known: KnownDomains,
    addition: PendingAddition,
    /// Held to the end, so that no tab that is opened meanwhile takes the note for one of a page that was closed. Without it another tab is
    /// adding the same domain: the note is that one's.
    lock: Option<Lock>,
}

impl Adding {
    /// Notes that the domain is about to be added. Whether the note is on disk is waited for: a browser that is killed must not be silent.
    pub(super) async fn begin(known: KnownDomains, call: &AddDomain) -> Self {
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

    /// Takes the note away, once what it is about is safe. Whether the code is on disk.
    pub(super) async fn end(&self, ended: &Attempt) -> bool {
        let is_on_disk = matches!(ended, Attempt::Kept(_)) && self.known.is_on_disk().await;
        match ended {
            Attempt::Unknown(..) | Attempt::NotKept(..) => {}
            // Where the code may still be lost, whoever opens the page next looks.
            Attempt::Kept(_) if !is_on_disk => {}
            _ => self.is_over(),
        }
        is_on_disk
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
    pub(super) fn keep_again(&self, record: &KnownDomain) -> Result<(), StoreError> {
        self.known.receive(record.clone()).map(drop)
    }

    /// Somebody has the code: the domain is known here without it. A storage that refuses even that is told where codes are kept.
    pub(super) fn hand_over(&self, record: &KnownDomain) {
        let _ = self.known.remember(KnownDomain {
            held: None,
            ..record.clone()
        });
        self.is_over();
    }
}

/// Looks into the additions in whose middle a page was closed: of a domain that exists by now the code did not arrive, or could not be kept.
pub fn settle_additions(remote: Remote, known: KnownDomains, toasts: Toasts) {
    for addition in known.pending_additions() {
        // Each for itself: another tab may be about one of them still, for as long as it likes.
        spawn_local(settle(remote, known, toasts, addition));
    }
}

async fn settle(remote: Remote, known: KnownDomains, toasts: Toasts, addition: PendingAddition) {
    // Once that tab has come to an end, or was closed before it.
    let _lock = lock(&lock_of(known, &addition.name)).await;
    if known.is_gone() {
        return;
    }
    known.read_again();
    if !known.pending_additions().contains(&addition) {
        return;
    }
    let look = GetDomain {
        domain: addition.name.clone(),
    };
    let looked = remote.ask(look).await;
    if known.is_gone() {
        return;
    }
    let is_there = match looked {
        Ok(_) => true,
        Err(ApiError::Refused { .. }) => false,
        Err(_) => return,
    };
    let holds_code = known
        .find_now(&addition.name)
        .is_some_and(|known| known.held.is_some());
    let named = [("domain", addition.name.as_str())];
    if is_there && !holds_code {
        let record = KnownDomain::new(addition.name.clone(), addition.email.clone(), clock::now());
        let _ = known.remember(record);
        toasts.bad(format!(
            "{}. {}",
            tf(Text::CodeLostClosed, &named),
            t(Text::CodeLostClosedText)
        ));
    } else if !is_there {
        toasts.bad(tf(Text::DomainNotAddedClosed, &named));
    }
    known.end_addition(&addition.name);
}

fn lock_of(known: KnownDomains, name: &DomainName) -> String {
    format!("switchboard add {} {name}", known.organisation())
}

/// Sends, keeps the code, and looks when the answer was lost.
pub(super) async fn send(
    remote: Remote,
    known: KnownDomains,
    attempt: RwSignal<Attempt>,
    call: AddDomain,
) -> Attempt {
    let (asked, change) = (call.clone(), call.change());
    match remote.write(call).await {
        Ok(answer) if holds_no_code(&answer.payload) => {
            attempt.try_set(Attempt::Checking);
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
            attempt.try_set(Attempt::Checking);
            look(remote, known, &asked, &change, error).await
        }
        Err(error @ ApiError::Refused { .. }) => {
            refused_or_there(remote, known, &asked, error).await
        }
        Err(error) => Attempt::Refused(error),
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
) -> Attempt {
    let call = GetDomain {
        domain: asked.domain.clone(),
    };
    match remote.ask(call).await {
        Ok(_) => {
            remote.looked_up(change, true);
            code_lost(known, asked)
        }
        Err(ApiError::Refused { .. }) => {
            remote.looked_up(change, false);
            Attempt::Refused(lost)
        }
        Err(_) => Attempt::Unknown(asked.domain.clone(), lost),
    }
}

/// The API refused. Where the domain is there, and its code is not here, this very press may have added it: a browser sends a call once
/// more by itself when a connection that it used before breaks, and then the second answer is all that arrives.
async fn refused_or_there(
    remote: Remote,
    known: KnownDomains,
    asked: &AddDomain,
    error: ApiError,
) -> Attempt {
    let is_held = known
        .find_now(&asked.domain)
        .is_some_and(|known| known.held.is_some());
    let call = GetDomain {
        domain: asked.domain.clone(),
    };
    if is_held || remote.ask(call).await.is_err() {
        return Attempt::Refused(error);
    }
    let _ = code_lost(known, asked);
    Attempt::There(asked.domain.clone(), error)
}

/// Puts what came back into storage: the first thing that happens to it.
fn keep(known: KnownDomains, asked: &AddDomain, added: AddedDomain) -> Attempt {
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
        Ok(_) => Attempt::Kept(name),
        Err(error) => Attempt::NotKept(Box::new(record), error),
    }
}

/// The domain is there and is known here from now on, without a code. A storage that refuses even that is told where codes are kept.
fn code_lost(known: KnownDomains, asked: &AddDomain) -> Attempt {
    let _ = known.remember(KnownDomain::new(
        asked.domain.clone(),
        Some(asked.email.clone()),
        clock::now(),
    ));
    Attempt::CodeLost(asked.domain.clone())
}
