//! Looks up a domain by its name (endpoint 7), and adds it to the known domains.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::endpoints::GetDomain;
use switchboard_api::{ApiError, DomainName, Tristate};
use switchboard_model::workspace::StoreError;

use crate::browser::clock;
use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::route::{DOMAIN, Route};
use crate::ui::{Button, LinkButton, Notice, TextField, Tone, focus};
use crate::widgets::failure::TechnicalDetail;
use crate::wording::explain::explain_read;
use crate::wording::input;
use crate::wording::store::store_error;
use crate::workspace::KnownDomains;

/// The state of a look-up.
#[derive(Clone, PartialEq)]
enum Search {
    Idle,
    Looking,
    Found {
        name: DomainName,
        active: Tristate,
        kept: Result<(), StoreError>,
    },
    Failed(DomainName, ApiError),
}

/// Shows the field "Domain name" with its button, and the result of the look-up.
#[component]
pub(super) fn LookUp() -> impl IntoView {
    let (remote, known) = (Remote::get(), KnownDomains::get());
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let search = RwSignal::new(Search::Idle);
    let busy = Signal::derive(move || search.with(|search| *search == Search::Looking));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        match typed.with_untracked(|typed| input::domain(typed)) {
            Err(wrong) => {
                error.set(Some(wrong));
                focus("look-up");
            }
            Ok(input) => {
                error.set(None);
                search.set(Search::Looking);
                let asked = typed.get_untracked();
                spawn_local(async move {
                    let ended = look_up(remote, known, input.name).await;
                    // What was typed meanwhile stays.
                    if matches!(ended, Search::Found { .. })
                        && typed.try_with_untracked(|typed| *typed == asked) == Some(true)
                    {
                        typed.set(String::new());
                    }
                    search.try_set(ended);
                });
            }
        }
    };
    view! {
        <form class="look-up" novalidate on:submit=submit>
            <TextField id="look-up" label=t(Text::DomainName) value=typed error keyboard="url" example="shop.acme.com" hint=t(Text::LookUpHint).to_owned() />
            <Button submit=true busy label=Signal::derive(move || t(if busy.get() { Text::LookingUp } else { Text::LookUp }).to_owned()) />
        </form>
        {move || search.with(outcome)}
    }
}

async fn look_up(remote: Remote, known: KnownDomains, name: DomainName) -> Search {
    match remote
        .fetch(GetDomain {
            domain: name.clone(),
        })
        .await
    {
        Ok(domain) => {
            let (name, kept) = known.found(&name, &domain);
            Search::Found {
                name,
                active: domain.status.clone(),
                kept,
            }
        }
        Err(error) => Search::Failed(name, error),
    }
}

fn outcome(search: &Search) -> Option<AnyView> {
    match search {
        Search::Idle | Search::Looking => None,
        Search::Found { name, active, kept } => {
            let told = if active.is_on() {
                Text::DomainFound
            } else {
                Text::DomainFoundInactive
            };
            let (tone, text) = match kept {
                Ok(()) => (Tone::Good, t(Text::DomainFoundText).to_owned()),
                Err(error) => (Tone::Warn, store_error(error.clone())),
            };
            let shown = readable(name);
            let named = |text| tf(text, &[("domain", &shown)]);
            let (open, href) = (named(Text::DomainOpen), Route::Domain(name.clone()).href());
            Some(view! { <Notice tone title=named(told)><p>{text}" "<a href=href>{open}</a></p></Notice> }.into_any())
        }
        Search::Failed(name, error) => {
            let words = explain_read(error, clock::now());
            let add = matches!(error, ApiError::Refused { .. }).then(|| {
                let (href, label) = (
                    Route::AddDomain.href_with(DOMAIN, name.as_str()),
                    tf(Text::AddThisDomain, &[("domain", &readable(name))]),
                );
                view! { <div class="actions"><LinkButton label href /></div> }
            });
            let error = error.clone();
            let title = tf(Text::DomainNotFound, &[("domain", &readable(name))]);
            Some(
                view! {
                    <Notice tone=Tone::Bad title><p>{words.title}" "{words.advice}</p>{add}<TechnicalDetail error /></Notice>
                }
                .into_any(),
            )
        }
    }
}
