//! Disconnects with one press, or asks what to do with a token that is saved on this device. Unsaved input causes a
//! question first.

use leptos::prelude::*;

use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::session::Session;
use crate::ui::{Button, ButtonKind, Dialog, IconName, UnsavedInput};
use crate::wording::values::short_base_url;

/// The id of the text in the dialog that describes it.
const TEXT: &str = "disconnect-text";

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
    let disconnect = disconnecting();
    let press = Callback::new(move |()| {
        if session.is_saved(&remote.connection().base_url) {
            open.set(true);
        } else {
            disconnect.run(());
        }
    });
    let base_url = remote.connection().base_url;
    let title = tf(Text::DisconnectFrom, &[("host", short_base_url(&base_url))]);
    view! {
        <Button kind icon=IconName::Leave label=t(Text::Disconnect).to_owned() on_press=press />
        <Dialog open title id described_by=TEXT close=t(Text::Close)>
            <Choices />
        </Dialog>
    }
}

/// Returns the action that disconnects, after a question if there is unsaved input.
pub fn disconnecting() -> Callback<()> {
    let session = Session::get();
    asking_first(Callback::new(move |()| session.disconnect()))
}

fn asking_first(action: Callback<()>) -> Callback<()> {
    let unsaved = UnsavedInput::get();
    Callback::new(move |()| unsaved.leave_by(action))
}

/// Shows the choices for the saved token, each with its button.
#[component]
fn Choices() -> impl IntoView {
    let session = Session::get();
    let forget = asking_first(Callback::new(move |()| session.disconnect_and_forget()));
    view! {
        <div class="form">
        <p id=TEXT>{t(Text::DisconnectText)}</p>
        <ul class="entries">
            <li class="entry">
                <p class="entry-text">{t(Text::DisconnectHint)}</p>
                <Button kind=ButtonKind::Primary label=t(Text::Disconnect).to_owned() on_press=disconnecting() />
            </li>
            <li class="entry">
                <p class="entry-text">{t(Text::DisconnectForgetHint)}</p>
                <Button label=t(Text::DisconnectForget).to_owned() on_press=forget />
            </li>
        </ul>
        </div>
    }
}
