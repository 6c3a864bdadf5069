//! The connection of this tab, and those saved on this device.

use leptos::prelude::*;
use switchboard_api::endpoints::GetOrganisation;

use super::unreadable_connections::UnreadableConnections;
use crate::browser::storage::Area;
use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::session::{SavedConnection, Session};
use crate::ui::{Badge, Button, Facts, Ltr, Panel, Tone};
use crate::widgets::disconnect::DisconnectButton;

/// The region "Connections".
#[component]
pub(super) fn Connections() -> impl IntoView {
    let (session, remote) = (Session::get(), Remote::get());
    let organisation = remote.read(GetOrganisation);
    let name = Memo::new(move |_| {
        organisation
            .data()
            .map(|organisation| organisation.name.clone())
            .filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| t(Text::ValueMissing).to_owned())
    });
    let base_url = remote.connection().base_url.as_str().to_owned();
    let kept = Memo::new(move |_| {
        let saved = session.saved();
        let connection = remote.connection();
        saved.iter().any(|saved| saved.connection == connection)
    });
    let token = move || {
        t(if kept.get() {
            Text::TokenKeptHere
        } else if Area::Session.open().is_ok() {
            Text::TokenInTab
        } else {
            Text::TokenInPage
        })
    };
    let facts = vec![
        (
            t(Text::NavOrganisation).to_owned(),
            view! { <bdi>{move || name.get()}</bdi> }.into_any(),
        ),
        (
            t(Text::BaseUrl).to_owned(),
            view! { <Ltr text=base_url.clone() /> }.into_any(),
        ),
        (
            t(Text::Token).to_owned(),
            view! { <span>{token}</span> }.into_any(),
        ),
    ];
    let disconnect = move || view! { <DisconnectButton id="disconnect-here" /> };
    view! {
        <Panel title=t(Text::Connections) id="connections" aside=disconnect>
            <Facts facts />
            <Saved current=base_url />
            <UnreadableConnections />
        </Panel>
    }
}

/// The connections saved on this device. Renders nothing if there are none.
#[component]
fn Saved(current: String) -> impl IntoView {
    let session = Session::get();
    let current = StoredValue::new(current);
    move || {
        let saved = session.saved();
        (!saved.is_empty()).then(|| {
            let rows = saved
                .into_iter()
                .map(|saved| {
                    let is_current =
                        current.with_value(|current| saved.connection.base_url.as_str() == current);
                    view! { <ConnectionRow saved is_current /> }
                })
                .collect_view();
            view! { <h3>{t(Text::SavedConnections)}</h3><ul class="entries">{rows}</ul> }
        })
    }
}

#[component]
fn ConnectionRow(saved: SavedConnection, is_current: bool) -> impl IntoView {
    let session = Session::get();
    let base_url = saved.connection.base_url.as_str().to_owned();
    let shown = base_url.clone();
    let forget = tf(Text::ForgetConnection, &[("name", &saved.organisation)]);
    let current =
        is_current.then(|| view! { <Badge tone=Tone::Good text=t(Text::ConnectionCurrent) /> });
    view! {
        <li class="row">
            <div><p class="row-title" dir="auto">{saved.organisation}</p><p class="hint"><Ltr text=shown /></p></div>
            <div class="actions">
                {current}
                <Button label=t(Text::Forget).to_owned() name=forget on_press=Callback::new(move |()| session.forget(&base_url)) />
            </div>
        </li>
    }
}
