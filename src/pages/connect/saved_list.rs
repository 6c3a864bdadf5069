//! The connections saved on this device.

use leptos::prelude::*;

use super::Wish;
use crate::browser::pointer::at_rest;
use crate::i18n::{Text, t, tf};
use crate::session::{SavedConnection, Session};
use crate::ui::{Button, ButtonKind, Ltr, Panel, Toasts};
use crate::widgets::forget_connection::forget_connection;

/// The region "Saved connections". Renders nothing if there are none.
#[component]
pub(super) fn SavedConnections(go: Callback<Wish>) -> impl IntoView {
    let session = Session::get();
    let saved = at_rest(move || session.saved());
    move || {
        let saved = saved.get();
        (!saved.is_empty()).then(|| {
            let rows = saved.into_iter().map(|saved| view! { <SavedConnectionItem saved go /> }).collect_view();
            view! { <Panel title=t(Text::SavedConnections) id="saved"><ul class="rows">{rows}</ul></Panel> }
        })
    }
}

#[component]
fn SavedConnectionItem(saved: SavedConnection, go: Callback<Wish>) -> impl IntoView {
    let (session, toasts) = (Session::get(), Toasts::get());
    let SavedConnection {
        organisation,
        connection,
        ..
    } = saved.clone();
    let base_url = connection.base_url.as_str().to_owned();
    let name = [("name", organisation.as_str())];
    let (connect, forget) = (
        tf(Text::ConnectTo, &name),
        tf(Text::ForgetConnection, &name),
    );
    view! {
        <li class="row">
            <div><p class="row-title"><bdi>{organisation.clone()}</bdi></p><p class="hint"><Ltr text=base_url /></p></div>
            <div class="actions">
                <Button label=connect on_press=Callback::new(move |()| go.run((connection.clone(), false))) />
                <Button kind=ButtonKind::Quiet label=forget on_press=Callback::new(move |()| forget_connection(session, toasts, &saved)) />
            </div>
        </li>
    }
}
