//! Asks for a token in the middle of work, after the API refused it or another tab disconnected. The dialog is above
//! everything else, and the waiting calls continue with the new token.

mod form;

use leptos::prelude::*;

use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::session::Session;
use crate::ui::{Button, ButtonKind, Dialog};
use crate::widgets::disconnect::disconnecting;
use crate::widgets::failure::TechnicalDetail;
use crate::wording::values::short_base_url;
use form::{TOKEN_TEXT, TokenForm};

/// The dialog "The token is no longer accepted", above every page and every other dialog. Closing it without a token
/// ends the waiting calls.
#[component]
pub fn TokenDialog() -> impl IntoView {
    let auth = Remote::get().auth();
    let open = auth.asked();
    Effect::new(move || {
        if !open.get() {
            auth.decline();
        }
    });
    view! {
        <Dialog open title=t(Text::TokenRefused) id="token-dialog" described_by=TOKEN_TEXT close=t(Text::Close)>
            <TokenRefused />
        </Dialog>
    }
}

#[component]
fn TokenRefused() -> impl IntoView {
    let auth = Remote::get().auth();
    let host = auth.connection().base_url.authority().to_owned();
    let detail = move || {
        auth.refusal()
            .map(|error| view! { <TechnicalDetail error /> })
    };
    view! {
        <TokenForm text=tf(Text::TokenRefusedText, &[("host", &host)]) detail>
            <Button kind=ButtonKind::Quiet label=t(Text::Disconnect).to_owned() on_press=disconnecting() />
            <Button label=t(Text::TokenNotNow).to_owned() on_press=Callback::new(move |()| auth.asked().set(false)) />
        </TokenForm>
    }
}

/// The dialog "Disconnected in another tab". It closes with a token, or with the page, so that typed input is lost
/// only if the user leaves.
#[component]
pub fn DisconnectedDialog() -> impl IntoView {
    let session = Session::get();
    let open = RwSignal::new(false);
    Effect::new(move || open.set(session.has_ended()));
    view! {
        <Dialog open title=t(Text::EndedTitle) id="ended-dialog" described_by=TOKEN_TEXT>
            <Disconnected />
        </Dialog>
    }
}

#[component]
fn Disconnected() -> impl IntoView {
    let (session, remote) = (Session::get(), Remote::get());
    let base_url = remote.connection().base_url;
    let name = session.organisation();
    let name = match name.trim() {
        "" => short_base_url(&base_url).to_owned(),
        name => name.to_owned(),
    };
    let saved = session.saved_connection(&base_url);
    view! {
        <TokenForm text=tf(Text::EndedText, &[("name", &name)]) saved>
            <Button kind=ButtonKind::Quiet label=t(Text::EndedLeave).to_owned() on_press=Callback::new(move |()| session.leave()) />
        </TokenForm>
    }
}
