//! One attempt to add a domain, from the call to the code in storage, and what is said of it on the way.

use leptos::prelude::*;
use switchboard_api::endpoints::{AddDomain, GetDomain};
use switchboard_api::{AddedDomain, ApiError, DomainName, EmbedCode};
use switchboard_model::workspace::{
    CodeOrigin, HeldCode, KnownDomain, PendingAddition, StoreError,
};

use super::super::change::domain_is_there;
use super::super::embed::{EmbedCodes, store_error};
use super::super::explain::{TechnicalDetail, complaint_about, explain, explain_briefly};
use crate::browser::clock;
use crate::browser::lock::try_lock;
use crate::i18n::{Text, t, tf};
use crate::remote::{Journalled, Remote};
use crate::route::Route;
use crate::ui::{LinkButton, Notice, Toasts, Tone};
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
    /// Refused, and the domain exists: from before, or from this very call.
    Exists(DomainName, ApiError),
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
    let _lock = try_lock(&lock_of(known, &addition.name)).await;
    known.begin_addition(&addition);
    let ended = send(remote, known, attempt, call).await;
    let is_settled = match &ended {
        // As long as the page is there, the code is in the user's hands; after that, nobody has it.
        Attempt::NotKept(..) | Attempt::Unknown(..) => false,
        _ => true,
    };
    if is_settled {
        known.end_addition(&addition.name);
    }
    ended
}

/// Looks into the additions in whose middle a page was closed: of a domain that exists by now the code did not arrive.
pub async fn settle_additions(remote: Remote, known: KnownDomains, toasts: Toasts) {
    for addition in known.pending_additions() {
        let Some(_lock) = try_lock(&lock_of(known, &addition.name)).await else {
            continue;
        };
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
        Ok(answer) => keep(known, &asked, answer.payload),
        // It worked, but the answer holds a warning in place of the code.
        Err(ApiError::NoPayload { .. }) => code_lost(known, &asked),
        Err(error) if error.outcome_unknown() => {
            attempt.set(Attempt::Checking);
            match remote
                .ask(GetDomain {
                    domain: asked.domain.clone(),
                })
                .await
            {
                Ok(_) => {
                    remote.looked_up(&change, true);
                    code_lost(known, &asked)
                }
                Err(ApiError::Refused { .. }) => {
                    remote.looked_up(&change, false);
                    Attempt::Refused(error)
                }
                Err(_) => Attempt::Unknown(asked.domain, error),
            }
        }
        // A browser may send a call again by itself, when a connection that it used before breaks: what is refused the second time was done
        // the first time. Nobody here knows whether the domain was there before, so both is said.
        Err(error @ ApiError::Refused { .. }) => {
            let domain = asked.domain.clone();
            match domain_is_there(remote, &domain).await {
                Ok(true) => Attempt::Exists(domain, error),
                Ok(false) | Err(_) => Attempt::Refused(error),
            }
        }
        Err(error) => Attempt::Refused(error),
    }
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

/// What the attempt came to, above the form.
#[component]
pub(super) fn AttemptNotice(attempt: RwSignal<Attempt>) -> impl IntoView {
    move || match attempt.get() {
        Attempt::Typing | Attempt::Sending | Attempt::Kept(_) => None,
        Attempt::Checking => {
            Some(view! { <Notice tone=Tone::Neutral title=t(Text::OutcomeChecking) /> }.into_any())
        }
        Attempt::NotKept(name, code, error) => Some(not_kept(&name, code, error)),
        Attempt::CodeLost(name) => Some(code_lost_notice(&name)),
        Attempt::Exists(name, error) => Some(exists(&name, error)),
        Attempt::Refused(error) => refused(error),
        Attempt::Unknown(name, error) => Some(unknown(&name, error)),
    }
}

fn not_kept(name: &DomainName, code: EmbedCode, error: StoreError) -> AnyView {
    view! {
        <Notice tone=Tone::Bad title=tf(Text::CodeNotKept, &[("domain", name.as_str())])>
            <p>{t(Text::CodeNotKeptText)}" "{store_error(error)}</p>
        </Notice>
        <EmbedCodes code />
    }
    .into_any()
}

fn code_lost_notice(name: &DomainName) -> AnyView {
    let href = Route::Embed(name.clone()).href();
    let title = tf(Text::CodeLost, &[("domain", name.as_str())]);
    view! {
        <Notice tone=Tone::Warn title>
            <p>{t(Text::CodeLostText)}</p>
            <div class="actions"><LinkButton label=t(Text::CodeLostAction) href /></div>
        </Notice>
    }
    .into_any()
}

fn exists(name: &DomainName, error: ApiError) -> AnyView {
    let href = Route::Domain(name.clone()).href();
    let title = explain_briefly(&error, clock::now());
    let text = tf(Text::DomainExistsText, &[("domain", name.as_str())]);
    view! {
        <Notice tone=Tone::Bad title>
            <p>{text}</p>
            <div class="actions"><LinkButton label=t(Text::CodeLostAction) href /></div>
            <TechnicalDetail error />
        </Notice>
    }
    .into_any()
}

/// Nothing when the complaint stands beside its field already.
fn refused(error: ApiError) -> Option<AnyView> {
    if complaint_about(&error, "domain")
        .or(complaint_about(&error, "email"))
        .is_some()
    {
        return None;
    }
    let words = explain(&error, clock::now());
    Some(
        view! {
            <Notice tone=Tone::Bad title=words.title>
                <p>{t(Text::DomainNotAdded)}" "{words.advice}</p>
                <TechnicalDetail error />
            </Notice>
        }
        .into_any(),
    )
}

fn unknown(name: &DomainName, error: ApiError) -> AnyView {
    let text = tf(Text::DomainUnknownText, &[("domain", name.as_str())]);
    view! {
        <Notice tone=Tone::Warn title=t(Text::OutcomeUnknown)>
            <p>{text}</p>
            <TechnicalDetail error />
        </Notice>
    }
    .into_any()
}
