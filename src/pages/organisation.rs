//! The organisation's page: everything that endpoint 1 returns, and the first steps.

mod access;
mod addons;
mod getting_started;

use leptos::prelude::*;
use switchboard_api::endpoints::GetOrganisation;
use switchboard_api::{Organisation, OrganisationStatus, Plan, UntypedJson};

use crate::i18n::{Text, t};
use crate::remote::Remote;
use crate::ui::{
    Badge, EmptyState, Facts, IconName, Notice, PageHeading, Panel, SkeletonLines, Tone,
};
use crate::widgets::failure::Failure;
use crate::wording::values;
use access::AccessPanel;
use addons::AddonsPanel;
use getting_started::GettingStarted;

/// The organisation's page.
#[component]
pub fn OrganisationPage() -> impl IntoView {
    let organisation = Remote::get().read(GetOrganisation);
    let title = Signal::derive(move || match organisation.data() {
        Some(organisation) if !organisation.name.trim().is_empty() => organisation.name.clone(),
        _ => t(Text::NavOrganisation).to_owned(),
    });
    let error = Memo::new(move |_| organisation.get().error.map(|error| (*error).clone()));
    let data = Memo::new(move |_| organisation.data());
    view! {
        <PageHeading title />
        <Failure
            error=Signal::derive(move || organisation.get().error) doing=t(Text::OrganisationNotLoaded) retry=Callback::new(move |()| organisation.retry())
            is_covered=Signal::derive(move || organisation.is_covered())
        />
        {move || organisation.get().warning.map(|warning| view! { <Notice tone=Tone::Warn title=warning /> })}
        {move || match data.get() {
            Some(organisation) => Details(DetailsProps { organisation: (*organisation).clone() }).into_any(),
            None if error.with(Option::is_some) => ().into_any(),
            None => view! {
                <div class="columns"><SkeletonLines lines=3 label=t(Text::Loading) /><SkeletonLines lines=4 label="" /></div>
                <SkeletonLines lines=6 label="" />
            }.into_any(),
        }}
    }
}

#[component]
fn Details(organisation: Organisation) -> impl IntoView {
    let Organisation {
        status,
        dummy,
        name: _,
        email,
        access,
        plan,
        addon,
    } = organisation;
    let badge = |(tone, text): values::Worded| view! { <Badge tone text /> }.into_any();
    let facts = vec![
        (
            t(Text::Status).to_owned(),
            badge(values::organisation_status(&status)),
        ),
        (
            t(Text::AccountKind).to_owned(),
            badge(values::account_kind(&dummy)),
        ),
        (t(Text::Email).to_owned(), text(email.as_str())),
    ];
    view! {
        <StatusBanner status />
        <GettingStarted />
        <div class="columns">
            <Panel title=t(Text::OrganisationDetails) id="details"><Facts facts /></Panel>
            <PlanPanel plans=plan />
        </div>
        <AddonsPanel addons=addon />
        <AccessPanel accounts=access />
    }
}

/// Warns that the organisation is blocked or has not paid.
#[component]
fn StatusBanner(status: OrganisationStatus) -> impl IntoView {
    match status {
        OrganisationStatus::Blocked => {
            Some(view! { <Notice tone=Tone::Bad title=t(Text::BannerBlocked)><p>{t(Text::BannerBlockedText)}</p></Notice> }.into_any())
        }
        OrganisationStatus::IncompletePayment => {
            Some(view! { <Notice tone=Tone::Warn title=t(Text::BannerPayment)><p>{t(Text::BannerPaymentText)}</p></Notice> }.into_any())
        }
        OrganisationStatus::Active | OrganisationStatus::Unknown(_) => None,
    }
}

#[component]
fn PlanPanel(plans: Vec<Plan>) -> impl IntoView {
    let empty = plans.is_empty();
    let plans = plans
        .into_iter()
        .map(|plan| {
            let mut facts = vec![
                (t(Text::PlanPrice).to_owned(), lines(&plan.price)),
                (t(Text::PlanFeatures).to_owned(), lines(&plan.features)),
            ];
            if !plan.subscription_id.is_empty() {
                facts.push((
                    t(Text::Subscription).to_owned(),
                    view! { <code>{plan.subscription_id}</code> }.into_any(),
                ));
            }
            view! { <h3><bdi>{plan.name}</bdi></h3><Facts facts /> }
        })
        .collect_view();
    view! {
        <Panel title=t(Text::Plan) id="plan">
            {if empty {
                view! { <EmptyState icon=IconName::Info title=t(Text::PlanNone) text=t(Text::PlanNoneText) /> }.into_any()
            } else {
                plans.into_any()
            }}
        </Panel>
    }
}

/// Shows a text, which may be in any script, or "not given" if it is empty.
fn text(text: &str) -> AnyView {
    if text.trim().is_empty() {
        return view! { <span class="muted">{t(Text::ValueMissing)}</span> }.into_any();
    }
    let text = text.to_owned();
    view! { <bdi>{text}</bdi> }.into_any()
}

/// Shows a JSON value, one line for each entry; a dash if it is empty.
fn lines(open: &UntypedJson) -> AnyView {
    let lines = open.lines();
    if lines.is_empty() {
        return text("");
    }
    let lines = lines
        .into_iter()
        .map(|line| view! { <li><bdi>{readable(&line)}</bdi></li> })
        .collect_view();
    view! { <ul class="plain">{lines}</ul> }.into_any()
}

/// Writes an identifier, alone or before a value, as people write it: `live_chat` as "Live chat".
fn readable(line: &str) -> String {
    let key = line.split_once(": ").map_or(line, |(key, _)| key);
    let is_identifier = key
        .bytes()
        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    let (Some(first), true) = (key.get(..1), is_identifier) else {
        return line.to_owned();
    };
    first.to_uppercase() + &key[1..].replace('_', " ") + &line[key.len()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_written_as_words() {
        for (came, shown) in [
            ("seller_buyer_chat", "Seller buyer chat"),
            ("agents: 25", "Agents: 25"),
            (
                "mailbox: support_team@acme.example",
                "Mailbox: support_team@acme.example",
            ),
            ("Live Chat Pro", "Live Chat Pro"),
            ("up to 25 agents", "up to 25 agents"),
            ("25", "25"),
            ("owner.name: Ada", "owner.name: Ada"),
            ("größe_m", "größe_m"),
            ("", ""),
        ] {
            assert_eq!(readable(came), shown);
        }
    }
}
