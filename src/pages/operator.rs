//! The page of one operator: their data (endpoint 3), the addon switch (5), their known domains (13, 11, 10, 12), and
//! deletion (14).

mod delete_operator;
mod operator_domains;
mod standings;

use leptos::prelude::*;
use switchboard_api::endpoints::GetOperator;
use switchboard_api::{Email, Operator, Sought, Tristate};
use switchboard_model::journal::Change;

use crate::i18n::{Text, t};
use crate::operations::change::is_absent;
use crate::remote::{Read, Remote};
use crate::route::Route;
use crate::ui::{Badge, Facts, Notice, PageHeading, Panel, SkeletonLines, SkeletonTable, Tone};
use crate::widgets::failure::{Absent, Failure};
use crate::widgets::list_navigation::list_as_left;
use crate::widgets::live_chat::{AskDomains, AskDomainsDialog, LiveChatSwitch, has_live_chat};
use crate::widgets::load_state::load_state;
use crate::wording::values::{self, display_name};
use delete_operator::DeleteUserPanel;
use operator_domains::DomainsPanel;

/// The operator's page.
#[component]
pub fn OperatorPage(
    /// The operator's key.
    email: Email,
) -> impl IntoView {
    let operator = Remote::get().read(GetOperator {
        email: email.clone(),
    });
    let error = Memo::new(move |_| operator.get().error.map(|error| (*error).clone()));
    let sought = email.clone();
    // The page's own deletion ends with a message. Until then the page stays, even if a look-up finds that the
    // operator is gone.
    let ending = RwSignal::new(false);
    let is_deleted = Memo::new(move |_| {
        let sought = Sought::Operator(&sought);
        !ending.get()
            && error.with(|error| error.as_ref().is_some_and(|error| is_absent(error, sought)))
    });
    let loaded = Memo::new(move |_| operator.data().is_some() && !is_deleted.get());
    let body = load_state(
        move || loaded.get().then_some(()),
        move || error.with(Option::is_some),
    );
    let key = email.clone();
    let name = Memo::new(move |_| {
        operator.data().map_or_else(
            || key.to_string(),
            |operator| display_name(&operator.name, &key),
        )
    });
    let (address, about) = (email.to_string(), email.to_string());
    // Until the name is loaded, the address is the title. The subtitle's line is reserved.
    let subtitle = Signal::derive(move || {
        name.with(|name| if *name == address { "\u{a0}" } else { &address }.to_owned())
    });
    let email = StoredValue::new(email);
    view! {
        <a class="back" href=list_as_left(&Route::Operators)>{t(Text::NavOperators)}</a>
        <PageHeading title=name about subtitle />
        {move || error.get().map(|error| if is_deleted.get() {
            view! {
                <Absent
                    error=Signal::stored(error) title=t(Text::OperatorAbsent) deletion=Change::DeleteUser { email: email.get_value() }
                    list=Route::Operators label=t(Text::NavOperators)
                />
            }.into_any()
        } else {
            view! {
                <Failure
                    error=Signal::derive(move || operator.get().error) doing=t(Text::OperatorNotLoaded) retry=Callback::new(move |()| operator.retry())
                    is_covered=Signal::derive(move || operator.is_covered())
                />
            }.into_any()
        })}
        {move || operator.get().warning.map(|warning| view! { <Notice tone=Tone::Warn title=warning /> })}
        {move || match body.get() {
            Ok(()) => view! {
                <DetailsPanel email=email.get_value() name operator />
                <DomainsPanel email=email.get_value() name />
                <DeleteUserPanel email=email.get_value() name ending />
            }.into_any(),
            Err(false) => view! { <SkeletonLines lines=5 label=t(Text::Loading) /><SkeletonTable rows=8 label="" /> }.into_any(),
            Err(true) => ().into_any(),
        }}
    }
}

#[component]
fn DetailsPanel(email: Email, name: Memo<String>, operator: Read<Operator>) -> impl IntoView {
    let facts = move || {
        let operator = operator.data()?;
        let badge = |(tone, text): values::Worded| view! { <Badge tone text /> }.into_any();
        let facts = vec![
            (
                t(Text::Presence).to_owned(),
                badge(values::presence(&operator.presence)),
            ),
            (
                t(Text::Login).to_owned(),
                badge(values::login(&operator.login)),
            ),
            (
                t(Text::OperatorRole).to_owned(),
                badge(is_operator(&operator.is_operator)),
            ),
        ];
        Some(view! { <Facts facts /> })
    };
    let active = Signal::derive(move || {
        operator
            .data()
            .is_some_and(|operator| has_live_chat(&operator))
    });
    let answers = Signal::derive(move || operator.answers());
    let (ask, name) = (AskDomains::default(), name.get_untracked());
    view! {
        <Panel title=t(Text::OperatorDetails) id="operator-details">
            <div class="stack">
                {facts}
                <div class="switch-line">
                    <div><p class="row-title">{t(Text::LiveChatAddon)}</p><p class="hint">{t(Text::LiveChatAddonText)}</p></div>
                    <LiveChatSwitch label=t(Text::LiveChatAddon) email name value=active answers ask />
                </div>
            </div>
        </Panel>
        <AskDomainsDialog ask />
    }
}

fn is_operator(flag: &Tristate) -> values::Worded {
    match flag {
        Tristate::On => (Tone::Good, t(Text::OperatorIs).to_owned()),
        Tristate::Off => (Tone::Neutral, t(Text::OperatorIsNot).to_owned()),
        Tristate::Unknown(came) if came.is_empty() => {
            (Tone::Unknown, t(Text::ValueMissing).to_owned())
        }
        Tristate::Unknown(came) => (Tone::Unknown, came.clone()),
    }
}
