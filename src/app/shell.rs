//! What stands around a page: the navigation, who we are connected as, the main landmark.

use leptos::prelude::*;
use switchboard_api::endpoints::GetOrganisation;

use super::{frame, parts};
use crate::i18n::{Text, t};
use crate::pages::{CodesInHand, CodesInHandNotice, RunBar};
use crate::remote::Remote;
use crate::route::Route;
use crate::session::Session;
use crate::ui::{Button, ButtonKind, Icon, IconName};

/// The shell of a connected page.
#[component]
pub(super) fn Shell(route: Memo<Route>, children: Children) -> impl IntoView {
    frame::give_way();
    view! {
        <div class="shell">
            <header class="sidebar">
                <Brand />
                <nav class="nav" aria-label=t(Text::NavMain)>
                    <NavLink to=Route::Organisation icon=IconName::Building label=t(Text::NavOrganisation) route />
                    <NavLink to=Route::Operators icon=IconName::People label=t(Text::NavOperators) route />
                    <NavLink to=Route::Domains icon=IconName::Globe label=t(Text::NavDomains) route />
                    <NavLink to=Route::Activity icon=IconName::Activity label=t(Text::NavActivity) route />
                    <NavLink to=Route::Settings icon=IconName::Sliders label=t(Text::NavSettings) route />
                </nav>
                <ConnectedAs />
            </header>
            <main id="content" class="content" tabindex="-1"><CodesInHandNotice /><RunBar />{children()}</main>
        </div>
    }
}

/// The shell of a page with nothing around it.
#[component]
pub(super) fn Bare(children: Children) -> impl IntoView {
    frame::give_way();
    let codes = CodesInHand::get();
    let is_any_in_hand = Memo::new(move |_| codes.is_any());
    // They came through a connection that has ended since: the code that shows them is here.
    let in_hand = move || {
        is_any_in_hand
            .get()
            .then(|| parts::show(parts::codes_in_hand))
    };
    view! {
        <div class="bare">
            <header class="bare-head"><Brand /></header>
            <main id="content" class="content" tabindex="-1">{in_hand}{children()}</main>
        </div>
    }
}

#[component]
fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href=Route::Home.href()>
            <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <rect width="24" height="24" rx="6"></rect>
                <path d="M7 8.5h6.5M10.5 15.5H17"></path>
                <circle cx="16" cy="8.5" r="2"></circle>
                <circle cx="8" cy="15.5" r="2"></circle>
            </svg>
            <span>"Switchboard"</span>
        </a>
    }
}

#[component]
fn NavLink(to: Route, icon: IconName, label: &'static str, route: Memo<Route>) -> impl IntoView {
    let href = to.href();
    let current = move || {
        let now = route.get();
        if now == to {
            Some("page")
        } else if now.section().as_ref() == Some(&to) {
            Some("true")
        } else {
            None
        }
    };
    view! { <a class="nav-link" href=href aria-current=current><Icon name=icon /><span>{label}</span></a> }
}

/// The organisation's name and host, and the way out.
#[component]
fn ConnectedAs() -> impl IntoView {
    let (session, remote) = (Session::get(), Remote::get());
    let organisation = remote.read(GetOrganisation);
    let host = short(remote.connection().base_url.as_str());
    let name = Memo::new(move |_| {
        // What it was called when the connection was made stands there until it answers.
        let organisation = organisation.data();
        let name = organisation.map_or_else(|| session.organisation(), |it| it.name.clone());
        Some(name).filter(|name| !name.trim().is_empty())
    });
    view! {
        <div class="connected-as">
            <div class="connected-names">
                {move || name.get().map(|name| view! { <p class="connected-name"><bdi>{name}</bdi></p> })}
                <p class="hint"><bdi>{host}</bdi></p>
            </div>
            <Button kind=ButtonKind::Quiet icon=IconName::Leave label=t(Text::Disconnect).to_owned() on_press=Callback::new(move |()| session.disconnect()) />
        </div>
    }
}

/// A base URL as it is said in passing: without scheme and last slash.
fn short(base_url: &str) -> String {
    let rest = base_url
        .split_once("://")
        .map_or(base_url, |(_, rest)| rest);
    rest.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_in_passing_keeps_port_and_path() {
        assert_eq!(short("http://127.0.0.1:8080/"), "127.0.0.1:8080");
        assert_eq!(short("https://acme.example/chat/"), "acme.example/chat");
    }
}
