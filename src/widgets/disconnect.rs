//! Disconnects with one press, or asks what to do with a token that is saved on this device.

use leptos::prelude::*;

use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::session::Session;
use crate::ui::{Button, ButtonKind, Dialog, IconName};
use crate::wording::values::short_base_url;

/// The button "Disconnect". If the token is saved on this device, it asks whether to keep it.
#[component]
pub fn DisconnectButton(
    /// The button's look.
    #[prop(optional)]
    kind: ButtonKind,
    /// The id of the dialog's heading, unique on the page.
    id: &'static str,
) -> impl IntoView {
    let (session, remote) = (Session::get(), Remote::get());
    let open = RwSignal::new(false);
    let press = Callback::new(move |()| {
        if session.is_saved(&remote.connection().base_url) {
            open.set(true);
        } else {
            session.disconnect();
        }
    });
    let base_url = remote.connection().base_url;
    let title = tf(Text::DisconnectFrom, &[("host", short_base_url(&base_url))]);
    view! {
        <Button kind icon=IconName::Leave label=t(Text::Disconnect).to_owned() on_press=press />
        <Dialog open title id close=t(Text::Close)>
            <Choices />
        </Dialog>
    }
}

/// Shows the choices for the saved token, each with its button.
#[component]
fn Choices() -> impl IntoView {
    let session = Session::get();
    view! {
        <div class="form">
        <p>{t(Text::DisconnectText)}</p>
        <ul class="entries">
            <li class="entry">
                <p class="entry-text">{t(Text::DisconnectHint)}</p>
                <Button kind=ButtonKind::Primary label=t(Text::Disconnect).to_owned() on_press=Callback::new(move |()| session.disconnect()) />
            </li>
            <li class="entry">
                <p class="entry-text">{t(Text::DisconnectForgetHint)}</p>
                <Button label=t(Text::DisconnectForget).to_owned() on_press=Callback::new(move |()| session.disconnect_and_forget()) />
            </li>
        </ul>
        </div>
    }
}
