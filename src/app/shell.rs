//! The shell around a page: the navigation, the connection, and the main landmark.

use leptos::context::Provider;
use leptos::prelude::*;
use switchboard_api::endpoints::GetOrganisation;

use super::offline::{BareOfflineBanner, OfflineBanner};
use super::{frame, lazy_chunks};
use crate::i18n::{Text, t, tf};
use crate::pages::UnclearAdditionsNotice;
use crate::remote::Remote;
use crate::route::Route;
use crate::session::Session;
use crate::ui::{ButtonKind, Icon, IconName, KeptMessages, Ltr, PagesOf, measure_bars};
use crate::widgets::disconnect::DisconnectButton;
use crate::widgets::freshness::keep_fresh;
use crate::widgets::run_bar::RunBar;
use crate::widgets::unsaved_codes::{UnsavedCodes, UnsavedCodesNotice};
use crate::wording::values::short_base_url;

/// The shell of a connected page.
#[component]
pub(super) fn Shell(route: Memo<Route>, children: Children) -> impl IntoView {
    frame::give_way();
    let name = organisation_name();
    let (pages_of, note) = (PagesOf(organisation_in_titles(name)), keep_fresh(route));
    let main = NodeRef::new();
    measure_bars(main);
    let session = Session::get();
    view! {
        <div class="shell" class:withheld=move || session.has_ended()>
            <header class="sidebar">
                <Brand />
                <nav class="nav" aria-label=t(Text::NavMain)>
                    <NavLink to=Route::Organisation icon=IconName::Building label=t(Text::NavOrganisation) route />
                    <NavLink to=Route::Operators icon=IconName::People label=t(Text::NavOperators) route />
                    <NavLink to=Route::Domains icon=IconName::Globe label=t(Text::NavDomains) route />
                    <NavLink to=Route::Activity icon=IconName::Activity label=t(Text::NavActivity) route />
                    <NavLink to=Route::Settings icon=IconName::Sliders label=t(Text::NavSettings) route />
                </nav>
                <ConnectedAs name />
            </header>
            <OfflineBanner route />
            <main id="content" class="content" tabindex="-1" node_ref=main><KeptMessages /><UnsavedCodesNotice /><UnclearAdditionsNotice /><RunBar />
                // Not for pages without the shell, which may follow in the same place.
                <Provider value=pages_of><Provider value=note>{children()}</Provider></Provider>
            </main>
        </div>
    }
}

/// The shell of a page without navigation.
#[component]
pub(super) fn Bare(children: Children) -> impl IntoView {
    frame::give_way();
    let main = NodeRef::new();
    measure_bars(main);
    let codes = UnsavedCodes::get();
    let is_any_unsaved = Memo::new(move |_| codes.is_any());
    // The connection that brought them has ended, so the code of this notice has been loaded already.
    let unsaved_codes = move || {
        is_any_unsaved
            .get()
            .then(|| lazy_chunks::show(lazy_chunks::unsaved_codes))
    };
    view! {
        <div class="bare">
            <header class="bare-head"><Brand /></header>
            <BareOfflineBanner />
            <main id="content" class="content" tabindex="-1" node_ref=main><KeptMessages />{unsaved_codes}{children()}</main>
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

/// Returns the organisation's name: the one last known, until the API answers. `None` if it is unknown.
fn organisation_name() -> Memo<Option<String>> {
    let session = Session::get();
    let organisation = Remote::get().read(GetOrganisation);
    Effect::new(move || {
        if let Some(answer) = organisation.data() {
            session.note_name(&answer.name);
        }
    });
    Memo::new(move |_| {
        let organisation = organisation.data();
        let name = organisation.map_or_else(|| session.organisation(), |it| it.name.clone());
        Some(name).filter(|name| !name.trim().is_empty())
    })
}

/// Returns the organisation's name for the title of the browser's tab.
fn organisation_in_titles(name: Memo<Option<String>>) -> Signal<String> {
    let session = Session::get();
    let base_url = Remote::get().connection().base_url;
    Signal::derive(move || {
        let name = name.get().unwrap_or_default();
        let namesakes = session.saved().into_iter().any(|one| {
            one.connection.base_url != base_url && one.organisation.trim() == name.trim()
        });
        in_titles(&name, short_base_url(&base_url), namesakes)
    })
}

/// Returns the name, or the address if there is none, or both if another organisation on this device has the same
/// name.
fn in_titles(name: &str, address: &str, has_namesakes: bool) -> String {
    match (name.trim(), has_namesakes) {
        ("", _) => address.to_owned(),
        (name, false) => name.to_owned(),
        (name, true) => tf(
            Text::OrganisationAt,
            &[("name", name), ("address", address)],
        ),
    }
}

/// The organisation's name and host, with the button to disconnect.
#[component]
fn ConnectedAs(
    /// The organisation's name; `None` if it is unknown.
    name: Memo<Option<String>>,
) -> impl IntoView {
    let host = short_base_url(&Remote::get().connection().base_url).to_owned();
    view! {
        <div class="connected-as">
            <div class="connected-names">
                {move || name.get().map(|name| view! { <p class="connected-name"><bdi>{name}</bdi></p> })}
                <p class="hint"><Ltr text=host /></p>
            </div>
            <DisconnectButton kind=ButtonKind::Quiet id="disconnect" />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tab_title_distinguishes_organisations() {
        for (name, has_namesakes, said) in [
            ("Acme", false, "Acme"),
            ("Acme", true, "Acme (127.0.0.1:8080)"),
            (" ", false, "127.0.0.1:8080"),
        ] {
            assert_eq!(in_titles(name, "127.0.0.1:8080", has_namesakes), said);
        }
    }
}
