//! The application: the router, the guard, and the shell around every page.

mod frame;
mod guard;
mod lazy_chunks;
mod offline;
mod shell;

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider};
use switchboard_api::Connection;
use switchboard_model::workspace::OrganisationKey;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

use crate::browser::key_repeat::ignore_held_enter;
use crate::browser::network::Network;
use crate::browser::pointer::Pointer;
use crate::browser::{double_press, page_unload};
use crate::i18n::{Text, t};
use crate::journal::ChangeJournal;
use crate::operations::bulk::Runs;
use crate::operations::rename::resolve_renames;
use crate::pages::{
    AddDomainPage, AnotherOrganisationPage, ConnectPage, DomainPage, DomainsPage, NotFoundPage,
    OperatorPage, OperatorSelection, OperatorsPage, OrganisationPage, UnclearAdditions,
};
use crate::preferences::DevicePreferences;
use crate::remote::{CallLog, Remote};
use crate::route::{self, Address, NEXT, Route};
use crate::session::{Session, Wanted};
use crate::ui::{Toaster, Toasts, UnsavedDialog, UnsavedInput, keep_focus};
use crate::widgets::confirm_again::ConfirmationDialog;
use crate::widgets::token_dialog::{DisconnectedDialog, TokenDialog};
use crate::widgets::unsaved_codes::UnsavedCodes;
use crate::workspace::KnownDomains;
use shell::{Bare, Shell};

/// Mounts the application behind the frame of `index.html`, which stays until a page replaces it.
pub fn mount() {
    leptos::mount::mount_to_body(App);
}

/// The application.
#[component]
pub fn App() -> impl IntoView {
    DevicePreferences::provide();
    Session::provide(&wanted());
    Toasts::provide();
    UnsavedCodes::provide();
    CallLog::provide();
    Network::provide();
    Pointer::provide();
    double_press::watch();
    ignore_held_enter();
    keep_focus();
    page_unload::watch();
    UnsavedInput::provide();
    view! {
        <a class="skip-link" href="#content" rel="external">{t(Text::SkipToContent)}</a>
        <Router>
            <Guarded />
            <UnsavedDialog
                title=t(Text::UnsavedTitle) text=t(Text::UnsavedText) stay=t(Text::UnsavedStay) leave=t(Text::UnsavedLeave) close=t(Text::Close)
            />
        </Router>
        <Toaster dismiss=t(Text::Dismiss) />
    }
}

/// Returns the organisation that the address of this page names.
fn wanted() -> Wanted {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let query = location.search().unwrap_or_default();
    let query = UrlSearchParams::new_with_str(&query).ok();
    let next = query.and_then(|query| query.get(NEXT));
    guard::wanted(&Address::parse(&path), next.as_deref())
}

/// Redirects a user without a connection to "Connect" first, then back to the page they wanted.
#[component]
fn Guarded() -> impl IntoView {
    let (session, location, navigate) = (Session::get(), use_location(), use_navigate());
    let calls = CallLog::get();
    let address = Memo::new(move |_| location.pathname.with(|path| Address::parse(path)));
    finish_navigation_of_links();
    Effect::new(move || {
        let (connected, is_joining) = (session.base_url(), session.is_joining());
        let query = query_of(&location.search.get_untracked());
        let instead = guard::instead(&address.get(), &query, connected.as_ref(), is_joining);
        if let Some(instead) = instead {
            replace(&navigate, &instead);
        }
    });
    move || match session.connection() {
        Some(connection) => {
            lazy_chunks::show(move || lazy_chunks::connected(connection.clone(), address))
        }
        None => {
            route::enter(None);
            // The log of answers belongs to the connection.
            calls.clear();
            lazy_chunks::fetch_ahead(lazy_chunks::connected_code);
            let page = move || match session.is_joining() {
                // The frame of index.html is shown until then.
                true => ().into_any(),
                false => {
                    view! { <Bare>{move || public_page(address.get().route)}</Bare> }.into_any()
                }
            };
            page.into_any()
        }
    }
}

fn replace(navigate: &impl Fn(&str, NavigateOptions), to: &str) {
    let options = NavigateOptions {
        replace: true,
        ..NavigateOptions::default()
    };
    navigate(to, options);
}

/// Completes the navigation that a click on a link starts: the router changes the address bar only once a page says
/// that it is ready. `<Routes>` would say so, but the panel chooses the page itself
/// (docs/adr/0001-router-without-routes.md).
fn finish_navigation_of_links() {
    let location = use_location();
    let (pathname, search) = (location.pathname, location.search);
    // After Back and Forward the router takes the list for the current page, and leaves the address of the page that was
    // left if a link leads to the list.
    let repair = move || {
        let here = window().location();
        let there = here.pathname().unwrap_or_default() + &here.search().unwrap_or_default();
        let (Some(path), Some(search)) = (pathname.try_get_untracked(), search.try_get_untracked())
        else {
            return;
        };
        let wanted = path + &query_of(&search);
        if wanted != there
            && let Ok(history) = window().history()
        {
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&wanted));
        }
    };
    if let Some(browser) = use_context::<BrowserUrl>() {
        Effect::new(move || {
            pathname.track();
            browser.ready_to_complete();
            // The router completes the navigation in a microtask.
            set_timeout(repair, Duration::ZERO);
        });
    }
}

/// Renders everything that belongs to one connection. Another connection rebuilds all of it, so that no data crosses
/// over.
#[component]
fn Connected(connection: Connection, address: Memo<Address>) -> impl IntoView {
    let mine = connection.base_url.clone();
    route::enter(Some(&mine));
    // Leaked: a few bytes for each connection, for writes that outlive it.
    let organisation: &'static _ = Box::leak(Box::new(OrganisationKey::of(&connection.base_url)));
    let journal = ChangeJournal::provide(organisation);
    let known = KnownDomains::provide(organisation, journal);
    let remote = Remote::provide(connection, Session::get().take_greeting());
    let session = Session::get();
    Effect::new(move || {
        if let Some(connection) = session.renewed() {
            remote.renew(connection);
        }
    });
    let unclear = UnclearAdditions::provide(remote, known);
    spawn_local(async move {
        known.catch_up().await;
        if !known.is_gone() {
            spawn_local(resolve_renames(remote, known));
            unclear.resolve();
        }
    });
    Network::get().on_return(move || {
        // This tab does not see its own notes otherwise.
        known.read_again();
        spawn_local(resolve_renames(remote, known));
        unclear.resolve();
    });
    Runs::provide(remote, known);
    lazy_chunks::fetch_ahead(lazy_chunks::activity);
    let route = Memo::new(move |_| address.with(|address| address.route.clone()));
    OperatorSelection::provide(route);
    let around = Memo::new(move |_| {
        address.with(|address| match &address.route {
            Route::Connect => Around::Connect,
            _ if guard::is_of_another(address, &mine) => Around::Another(address.clone()),
            _ => Around::Page,
        })
    });
    Effect::new(move || {
        if session.has_ended() {
            match around.get() {
                // The form there is for the next connection.
                Around::Connect => session.leave(),
                Around::Another(_) | Around::Page => remote.auth().suspend(),
            }
        }
    });
    let page = move || match around.get() {
        Around::Connect => view! { <Bare>{move || public_page(route.get())}</Bare> }.into_any(),
        Around::Another(address) => another(address),
        Around::Page => view! { <Shell route>{move || page(route.get())}</Shell> }.into_any(),
    };
    view! {
        {page}
        <TokenDialog />
        <DisconnectedDialog />
        <ConfirmationDialog />
    }
}

/// What the shell contains while there is a connection.
#[derive(Clone, PartialEq)]
enum Around {
    Connect,
    /// The notice that the address belongs to another organisation.
    Another(Address),
    /// A page of the organisation.
    Page,
}

/// Shows that the address belongs to another organisation than this tab.
fn another(address: Address) -> AnyView {
    let query = query_of(&use_location().search.get_untracked());
    let connect = guard::connect_first(&address, &query);
    let page = address
        .organisation
        .map(|organisation| view! { <AnotherOrganisationPage organisation connect /> });
    view! { <Bare>{page}</Bare> }.into_any()
}

/// Returns the pages that need no connection. Renders nothing while the guard redirects.
fn public_page(route: Route) -> AnyView {
    match route {
        Route::Connect => view! { <ConnectPage /> }.into_any(),
        Route::NotFound(path) => view! { <NotFoundPage path /> }.into_any(),
        _ => ().into_any(),
    }
}

/// Returns the page of each route.
fn page(route: Route) -> AnyView {
    match route {
        Route::Organisation => view! { <OrganisationPage /> }.into_any(),
        Route::Operators => view! { <OperatorsPage /> }.into_any(),
        Route::Operator(email) => view! { <OperatorPage email /> }.into_any(),
        Route::Domains => view! { <DomainsPage /> }.into_any(),
        Route::AddDomain => view! { <AddDomainPage /> }.into_any(),
        Route::Domain(name) => view! { <DomainPage name /> }.into_any(),
        Route::Embed(name) => lazy_chunks::show(move || lazy_chunks::embed(name.clone())),
        Route::Activity => lazy_chunks::show(lazy_chunks::activity),
        Route::Settings => lazy_chunks::show(lazy_chunks::settings),
        Route::NotFound(path) => view! { <NotFoundPage path /> }.into_any(),
        Route::Home | Route::Connect => ().into_any(),
    }
}

/// Returns a query as written in a URL, with its question mark; empty if there is none.
fn query_of(search: &str) -> String {
    let search = search.trim_start_matches('?');
    if search.is_empty() {
        String::new()
    } else {
        format!("?{search}")
    }
}
