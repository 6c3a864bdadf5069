//! Additions whose outcome is unknown: the page was closed in the middle, or the answer was lost and the look-up
//! failed.
//!
//! The note that protects the once-only code stays until the API or the user says whether the domain was added.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::endpoints::GetDomain;
use switchboard_api::{ApiError, DomainName, Sought};
use switchboard_model::workspace::{KnownDomain, PendingAddition};

use crate::browser::clock;
use crate::browser::idna::readable;
use crate::browser::lock::lock;
use crate::browser::timeout::wait;
use crate::i18n::{Text, t, tf};
use crate::operations::addition::{LATE, lock_of};
use crate::operations::change::is_absent;
use crate::readers;
use crate::remote::Remote;
use crate::ui::{Button, Notice, Toasts, Tone};
use crate::widgets::failure::TechnicalDetail;
use crate::wording::explain::{explain_briefly, said};
use crate::workspace::KnownDomains;

/// An addition whose look-up did not settle whether it happened.
#[derive(Clone, PartialEq)]
struct Unclear {
    addition: PendingAddition,
    /// The error of the look-up.
    look: ApiError,
}

/// The additions that need the user's decision, in context below the guard.
#[derive(Clone, Copy)]
pub struct UnclearAdditions {
    all: RwSignal<Vec<Unclear>>,
    /// The last addition whose outcome became known.
    ended: RwSignal<Option<DomainName>>,
    remote: Remote,
    known: KnownDomains,
    toasts: Toasts,
}

impl UnclearAdditions {
    /// Provides an empty list as context.
    pub fn provide(remote: Remote, known: KnownDomains) -> Self {
        let this = Self {
            all: RwSignal::new(Vec::new()),
            ended: RwSignal::new(None),
            remote,
            known,
            toasts: Toasts::get(),
        };
        provide_context(this);
        this
    }

    /// Returns the list of this page.
    ///
    /// # Panics
    /// When called outside the guard, which is a programming error.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Resolves the additions that a closed page interrupted. If such a domain exists, its code did not arrive or
    /// could not be stored.
    pub fn resolve(self) {
        for addition in self.known.pending_additions() {
            // Each in its own task: another tab may hold the lock of one of them for long.
            spawn_local(async move {
                self.look(&addition).await;
            });
        }
    }

    /// Adds an addition to the list, if the API refused to say whether the domain exists. A look-up that did not get
    /// through is retried automatically.
    pub(super) fn hold(self, addition: PendingAddition, look: ApiError) {
        if !matches!(look, ApiError::Refused { .. }) {
            return;
        }
        self.all.try_update(|all| {
            let found = all
                .iter_mut()
                .find(|one| one.addition.name == addition.name);
            match found {
                Some(one) => *one = Unclear { addition, look },
                None => all.push(Unclear { addition, look }),
            }
        });
    }

    /// Removes an addition, because the domain is being added again or its outcome is known.
    pub(super) fn drop(self, name: &DomainName) {
        self.all
            .try_update(|all| all.retain(|one| one.addition.name != *name));
    }

    /// Looks the domain up, and ends the addition if the API says what became of it. Otherwise returns the error of
    /// the look-up.
    async fn look(self, addition: &PendingAddition) -> Option<ApiError> {
        let known = self.known;
        let mut is_repeated = false;
        let looked = loop {
            // Wait until the tab that is adding the domain has finished, or was closed.
            let adding_lock = lock(&lock_of(known, &addition.name)).await;
            if known.is_gone() {
                return None;
            }
            known.read_again();
            if !known.pending_additions().contains(addition) {
                self.drop(&addition.name);
                return None;
            }
            let call = GetDomain {
                domain: addition.name.clone(),
            };
            let looked = self.remote.fetch(call).await;
            if known.is_gone() {
                return None;
            }
            let is_absent = |look: &ApiError| is_absent(look, Sought::Domain(&addition.name));
            if is_repeated || !looked.as_ref().is_err_and(is_absent) {
                break looked;
            }
            // The API may still be adding it. Meanwhile the user may add it again, which needs the lock.
            drop(adding_lock);
            wait(LATE).await;
            is_repeated = true;
        };
        match looked {
            Ok(_) => self.is_there(addition),
            Err(look) if is_absent(&look, Sought::Domain(&addition.name)) => {
                let named = [("domain", &*readable(&addition.name))];
                self.toasts.keep(tf(Text::DomainNotAddedClosed, &named));
                self.end(&addition.name);
            }
            Err(look) => {
                self.hold(addition.clone(), look.clone());
                return Some(look);
            }
        }
        None
    }

    /// Records the existing domain, with its code if that arrived.
    fn is_there(self, addition: &PendingAddition) {
        let found = self.known.find_now(&addition.name);
        if found.is_none_or(|known| known.held.is_none()) {
            let record =
                KnownDomain::new(addition.name.clone(), addition.email.clone(), clock::now());
            let _ = self.known.remember(record);
            let named = [("domain", &*readable(&addition.name))];
            self.toasts.keep(tf(Text::CodeLostClosedText, &named));
        }
        self.end(&addition.name);
    }

    /// Returns the domain whose addition was resolved last, tracked.
    pub(super) fn ended(self) -> Option<DomainName> {
        self.ended.get()
    }

    fn end(self, name: &DomainName) {
        self.known.end_addition(name);
        self.drop(name);
        self.ended.try_set(Some(name.clone()));
    }
}

/// The additions that need the user's decision, above every page. Renders nothing while there is none.
#[component]
pub fn UnclearAdditionsNotice() -> impl IntoView {
    let unclear = UnclearAdditions::get();
    let names = Memo::new(move |_| {
        readers::unsubscribe_on_cleanup();
        let all = unclear.all.get();
        let names = all.into_iter().map(|one| one.addition.name);
        names.collect::<Vec<_>>()
    });
    view! { <For each=move || names.get() key=Clone::clone let:name><OneUnclear unclear name /></For> }
}

/// Shows one addition: what the API said, and the user's choices.
#[component]
fn OneUnclear(unclear: UnclearAdditions, name: DomainName) -> impl IntoView {
    let one = unclear
        .all
        .with_untracked(|all| all.iter().find(|one| one.addition.name == name).cloned())?;
    let addition = StoredValue::new(one.addition);
    let (busy, still) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let check = Callback::new(move |()| {
        busy.set(true);
        still.set(None);
        spawn_local(async move {
            let look = unclear.look(&addition.get_value()).await;
            busy.try_set(false);
            let reason = look.map(|look| explain_briefly(&look, clock::now()));
            still.try_set(reason.map(|it| tf(Text::DomainStillUnclear, &[("reason", &it)])));
        });
    });
    let added = Callback::new(move |()| unclear.is_there(&addition.get_value()));
    let not_added =
        Callback::new(move |()| unclear.end(&addition.with_value(|it| it.name.clone())));
    let named = |text: Text| tf(text, &[("domain", &readable(&name))]);
    let [title, check_name, added_name, not_added_name] = [
        Text::DomainUnknownUnclear,
        Text::DomainCheckAgainOf,
        Text::DomainWasAddedOf,
        Text::DomainWasNotAddedOf,
    ]
    .map(named);
    let text = match said(&one.look) {
        Some(said) => tf(Text::DomainUnknownSaid, &[("said", &said)]),
        None => t(Text::DomainUnknownUnclearText).to_owned(),
    };
    let label = |text: Text| t(text).to_owned();
    Some(view! {
        <Notice tone=Tone::Warn title>
            <p>{text}</p>
            <p>{t(Text::DomainUnknownDecide)}</p>
            {move || still.get().map(|still| view! { <p role="status"><strong>{still}</strong></p> })}
            <div class="actions">
                <Button label=label(Text::DomainCheckAgain) name=check_name busy on_press=check />
                <Button label=label(Text::DomainWasAdded) name=added_name on_press=added />
                <Button label=label(Text::DomainWasNotAdded) name=not_added_name on_press=not_added />
            </div>
            <TechnicalDetail error=one.look />
        </Notice>
    })
}
