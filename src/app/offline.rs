//! The banner that says that there is no network.

use leptos::prelude::*;

use crate::browser::clock;
use crate::browser::network::Network;
use crate::i18n::{Text, locale, t, tf};
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::{Icon, IconName};

/// The banner of a page that needs the API, with the age of its data. Renders nothing while there is a network.
#[component]
pub(super) fn OfflineBanner(
    /// The current page.
    route: Memo<Route>,
) -> impl IntoView {
    let (network, remote) = (Network::get(), Remote::get());
    let text = RwSignal::new(String::new());
    Effect::new(move || {
        route.track();
        if network.is_offline() {
            // After the page has rendered its data.
            request_animation_frame(move || {
                text.try_set(what_is_shown(remote.oldest_in_view()));
            });
        } else {
            // The next outage must not be announced with this time.
            text.set(String::new());
        }
    });
    view! { <Banner text /> }
}

/// The banner of a page outside the shell.
#[component]
pub(super) fn BareOfflineBanner() -> impl IntoView {
    view! { <Banner text=Signal::stored(t(Text::OfflineNothing).to_owned()) /> }
}

#[component]
fn Banner(
    /// What the missing network means here.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let network = Network::get();
    let is_offline = Memo::new(move |_| network.is_offline() && !text.with(String::is_empty));
    // The live region exists before its content, so that the content is announced.
    view! {
        <div class="offline" role="status">
            {move || is_offline.get().then(|| view! {
                <Icon name=IconName::Warning />
                <p>
                    <strong>{t(Text::Offline)}</strong>" "<span>{move || text.get()}</span>" "
                    <span class="goes-on">{t(Text::OfflineGoesOn)}</span>
                </p>
            })}
        </div>
    }
}

/// Says how old the data on the page is. `loaded` is when the oldest of it came.
fn what_is_shown(loaded: Option<u64>) -> String {
    match loaded {
        Some(at) => tf(
            Text::OfflineShown,
            &[("time", &clock::time_of_day(at, locale()))],
        ),
        None => t(Text::OfflineNothing).to_owned(),
    }
}
