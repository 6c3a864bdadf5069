//! One attempt to add a domain, from the call to the code in storage.

use leptos::prelude::*;
use switchboard_api::endpoints::{AddDomain, GetDomain};
use switchboard_api::{AddedDomain, ApiError, DomainName, EmbedCode, UnreadableReason};
use switchboard_model::journal::Change;
use switchboard_model::workspace::{
    CodeOrigin, HeldCode, KnownDomain, PendingAddition, StoreError,
};

use crate::browser::clock;
use crate::browser::lock::{lock, try_lock};
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
    /// Added, and the browser would not keep the code: it is in the user's hands now.
    NotKept(DomainName, EmbedCode, StoreError),
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

/// Adds, keeps the code, and looks when the answer was lost.
pub(super) async fn add(
    remote: Remote,
    known: KnownDomains,
    attempt: RwSignal<Attempt>,
    call: AddDomain,
) -> Attempt {
    let addition = PendingAddition {
        name: call.domain.clone(),
        email: Some(call.email.clone()),
    };
    // Held to the end, so that no tab that is opened meanwhile takes the note for one of a page that was closed.
    let lock = try_lock(&lock_of(known, &addition.name)).await;
    // Without the lock another tab is adding the same domain: the note is that one's.
    if lock.is_some() {
        known.begin_addition(&addition);
    }
    let ended = send(remote, known, attempt, call).await;
    let is_settled = match &ended {
        // As long as the page is there, the code is in the user's hands; after that, nobody has it.
        Attempt::NotKept(..) | Attempt::Unknown(..) => false,
        _ => true,
    };
    if is_settled && lock.is_some() {
        known.end_addition(&addition.name);
    }
    ended
}

/// Looks into the additions in whose middle a page was closed: of a domain that exists by now the code did not arrive.
pub async fn settle_additions(remote: Remote, known: KnownDomains, toasts: Toasts) {
    for addition in known.pending_additions() {
        // Another tab may be about it still, and be closed before it comes to an end.
        let _lock = lock(&lock_of(known, &addition.name)).await;
        known.read_again();
        if !known.pending_additions().contains(&addition) {
            continue;
        }
        let look = GetDomain {
            domain: addition.name.clone(),
        };
        let is_there = match remote.ask(look).await {
            Ok(_) => true,
            Err(ApiError::Refused { .. }) => false,
            Err(_) => continue,
        };
        let holds_code = known
            .find_now(&addition.name)
            .is_some_and(|known| known.held.is_some());
        let named = [("domain", addition.name.as_str())];
        if is_there && !holds_code {
            let record =
                KnownDomain::new(addition.name.clone(), addition.email.clone(), clock::now());
            let _ = known.remember(record);
            toasts.bad(format!(
                "{}. {}",
                tf(Text::CodeLost, &named),
                t(Text::CodeLostText)
            ));
        } else if !is_there {
            toasts.bad(tf(Text::DomainNotAddedClosed, &named));
        }
        known.end_addition(&addition.name);
    }
}

fn lock_of(known: KnownDomains, name: &DomainName) -> String {
    format!("switchboard add {} {name}", known.organisation())
}

async fn send(
    remote: Remote,
    known: KnownDomains,
    attempt: RwSignal<Attempt>,
    call: AddDomain,
) -> Attempt {
    let (asked, change) = (call.clone(), call.change());
    match remote.write(call).await {
        Ok(answer) if holds_no_code(&answer.payload) => {
            attempt.set(Attempt::Checking);
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
            attempt.set(Attempt::Checking);
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
        code: added.embed.clone(),
        origin: CodeOrigin::Added,
        received_at: clock::now(),
    };
    let record = KnownDomain {
        held: Some(held),
        ..KnownDomain::new(name.clone(), Some(asked.email.clone()), clock::now())
    };
    match known.receive(record) {
        Ok(_) => Attempt::Kept(name),
        Err(error) => Attempt::NotKept(name, added.embed, error),
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
