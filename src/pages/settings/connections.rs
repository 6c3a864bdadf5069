//! The connection of this tab, and those saved on this device.

use leptos::prelude::*;
use switchboard_api::endpoints::GetOrganisation;

use super::unreadable_connections::UnreadableConnections;
use crate::browser::pointer::at_rest;
use crate::browser::storage::Area;
use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::route::Route;
use crate::session::{SavedConnection, Session};
use crate::ui::{Badge, Button, Facts, LinkButton, Ltr, Panel, Toasts, Tone};
use crate::widgets::disconnect::DisconnectButton;
use crate::widgets::forget_connection::forget_connection;

/// The region "Connections".
#[component]
pub(super) fn Connections() -> impl IntoView {
    let (session, remote) = (Session::get(), Remote::get());
    let organisation = remote.read(GetOrganisation);
    let name = Memo::new(move |_| match organisation.data() {
        Some(organisation) if !organisation.name.trim().is_empty() => organisation.name.clone(),
        Some(_) => t(Text::ValueMissing).to_owned(),
        None => t(Text::Loading).to_owned(),
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
            <div class="actions"><LinkButton label=t(Text::ConnectAnother) href=Route::Connect.href() /></div>
            <UnreadableConnections />
        </Panel>
    }
}

/// The connections saved on this device. Renders nothing if there are none.
#[component]
fn Saved(current: String) -> impl IntoView {
    let session = Session::get();
    let current = StoredValue::new(current);
    let saved = at_rest(move || session.saved());
    move || {
        let saved = saved.get();
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
    let (session, toasts) = (Session::get(), Toasts::get());
    let organisation = saved.organisation.clone();
    let base_url = saved.connection.base_url.as_str().to_owned();
    let forget = tf(Text::ForgetConnection, &[("name", &saved.organisation)]);
    let current =
        is_current.then(|| view! { <Badge tone=Tone::Good text=t(Text::ConnectionCurrent) /> });
    view! {
        <li class="row">
            <div><p class="row-title"><bdi>{organisation}</bdi></p><p class="hint"><Ltr text=base_url /></p></div>
            <div class="actions">
                {current}
                <Button label=t(Text::Forget).to_owned() name=forget on_press=Callback::new(move |()| forget_connection(session, toasts, &saved)) />
            </div>
        </li>
    }
}
