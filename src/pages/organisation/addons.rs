//! The organisation's addons, with the two secrets of the seller buyer addon masked.

use leptos::prelude::*;
use switchboard_api::{Addon, Secret};

use super::{lines, readable};
use crate::i18n::{Text, t, tf};
use crate::ui::{Badge, EmptyState, Facts, IconName, MaskedSecret, Panel};
use crate::wording::values;

/// The region "Addons".
#[component]
pub(super) fn AddonsPanel(addons: Vec<Addon>) -> impl IntoView {
    let content = if addons.is_empty() {
        view! { <EmptyState icon=IconName::Info title=t(Text::AddonsNone) text=t(Text::AddonsNoneText) /> }.into_any()
    } else {
        view! { <ul class="cards">{addons.into_iter().map(|addon| view! { <AddonCard addon /> }).collect_view()}</ul> }.into_any()
    };
    view! { <Panel title=t(Text::Addons) id="addons">{content}</Panel> }
}

#[component]
fn AddonCard(addon: Addon) -> impl IntoView {
    let (tone, text) = values::addon_status(&addon.status);
    let name = if addon.name.is_empty() {
        addon.unique_name.clone()
    } else {
        addon.name.clone()
    };
    // Otherwise it repeats the name.
    let identifier = (readable(&addon.unique_name).to_lowercase() != name.to_lowercase())
        .then(|| view! { <p class="hint"><code>{addon.unique_name.clone()}</code></p> });
    let mut facts = Vec::new();
    for (label, open) in [
        (Text::Plan, &addon.plan),
        (Text::AddonUvdesk, &addon.uvdesk_config),
        (Text::AddonScheduler, &addon.scheduler_config),
    ] {
        if !open.is_empty() {
            facts.push((t(label).to_owned(), lines(open)));
        }
    }
    if !addon.subscription_id.is_empty() {
        facts.push((
            t(Text::Subscription).to_owned(),
            view! { <code>{addon.subscription_id.clone()}</code> }.into_any(),
        ));
    }
    for (label, secret) in [
        (Text::AddonAccessToken, &addon.access_token),
        (Text::AddonRefreshToken, &addon.refresh_token),
    ] {
        if let Some(secret) = secret {
            facts.push((t(label).to_owned(), masked(label, secret)));
        }
    }
    view! {
        <li class="card">
            <div class="card-head"><h3><bdi>{name}</bdi></h3><Badge tone text /></div>
            {identifier}
            <Facts facts />
        </li>
    }
}

fn masked(label: Text, secret: &Secret) -> AnyView {
    let name = [("name", t(label))];
    view! { <MaskedSecret value=secret.reveal().to_owned() reveal=tf(Text::Reveal, &name) hide=tf(Text::Hide, &name) /> }.into_any()
}
