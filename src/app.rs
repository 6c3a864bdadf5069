//! The application: the router, the guard, and the shell around every page.

mod frame;
mod parts;
mod shell;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider};
use switchboard_api::Connection;
use switchboard_model::workspace::OrganisationKey;

use crate::browser::leaving;
use crate::changes::Changes;
use crate::i18n::{Text, t};
use crate::pages::{
    AddDomainPage, CodesInHand, ConnectPage, DomainPage, DomainsPage, NotFoundPage, OperatorPage,
    OperatorsPage, OrganisationPage, Runs, TokenDialog, settle_additions, settle_renames,
};
use crate::preferences::DevicePreferences;
use crate::remote::{CallLog, Remote};
use crate::route::{NEXT, Route};
use crate::session::Session;
use crate::ui::{Toaster, Toasts, keep_focus};
use crate::workspace::KnownDomains;
use shell::{Bare, Shell};

/// Puts the application on the page, behind the frame that `index.html` shows until a page of the application takes its place.
pub fn mount() {
    leptos::mount::mount_to_body(App);
}

/// The application.
#[component]
pub fn App() -> impl IntoView {
    DevicePreferences::provide();
    Session::provide();
    Toasts::provide();
    CodesInHand::provide();
    CallLog::provide();
    keep_focus();
    leaving::watch();
    view! {
        <a class="skip-link" href="#content" rel="external">{t(Text::SkipToContent)}</a>
        <Router>
            <Guarded />
        </Router>
        <Toaster dismiss=t(Text::Dismiss) />
    }
}

/// Leads whoever is not connected to the connection first, and back to where they wanted to be.
#[component]
fn Guarded() -> impl IntoView {
    let (session, location, navigate) = (Session::get(), use_location(), use_navigate());
    let calls = CallLog::get();
    let route = Memo::new(move |_| location.pathname.with(|path| Route::parse(path)));
    finish_navigation_of_links();
    Effect::new(move || {
        let connected = session.is_connected();
        let go = |to: &str| {
            navigate(
                to,
                NavigateOptions {
                    replace: true,
                    ..NavigateOptions::default()
                },
            )
        };
        match route.get() {
            Route::Home if connected => go(&Route::Organisation.href()),
            Route::Home => go(&Route::Connect.href()),
            route if !connected && !route.is_public() => {
                let wanted =
                    location.pathname.get_untracked() + &query_of(&location.search.get_untracked());
                go(&Route::Connect.href_with(NEXT, &wanted));
            }
            _ => {}
        }
    });
    move || match session.connection() {
        Some(connection) => parts::show(move || parts::connected(connection.clone(), route)),
        None => {
            // What was answered goes with the connection.
            calls.clear();
            parts::fetch_ahead(parts::connected_code);
            view! { <Bare>{move || public_page(route.get())}</Bare> }.into_any()
        }
    }
}

/// A click on a link changes the address bar only once a page says that it is ready. The router's own `<Routes>` says so; we choose the
/// page ourselves (docs/decisions.md, "The router without its `<Routes>`") and so have to say it.
fn finish_navigation_of_links() {
    let pathname = use_location().pathname;
    if let Some(browser) = use_context::<BrowserUrl>() {
        Effect::new(move || {
            pathname.track();
            browser.ready_to_complete();
        });
    }
}

/// Everything below belongs to one connection: another one makes all of it anew, so that nothing crosses over.
#[component]
fn Connected(connection: Connection, route: Memo<Route>) -> impl IntoView {
    // Never given back: some bytes for each connection, for whoever waits for a write that outlives it.
    let organisation: &'static _ = Box::leak(Box::new(OrganisationKey::of(&connection.base_url)));
    let known = KnownDomains::provide(organisation);
    Changes::provide(organisation);
    let remote = Remote::provide(connection, Session::get().take_greeting());
    let session = Session::get();
    Effect::new(move || {
        if let Some(token) = session.renewed() {
            remote.renew(token);
        }
    });
    let toasts = Toasts::get();
    spawn_local(async move {
        known.catch_up().await;
        if !known.is_gone() {
            spawn_local(settle_renames(remote, known));
            settle_additions(remote, known, toasts);
        }
    });
    Runs::provide(remote, known);
    parts::fetch_ahead(parts::activity);
    let bare = Memo::new(move |_| matches!(route.get(), Route::Connect));
    let page = move || {
        if bare.get() {
            view! { <Bare>{move || public_page(route.get())}</Bare> }.into_any()
        } else {
            view! { <Shell route>{move || page(route.get())}</Shell> }.into_any()
        }
    };
    view! {
        {page}
        <TokenDialog />
    }
}

/// The pages that need no connection. Nothing while the guard leads elsewhere.
fn public_page(route: Route) -> AnyView {
    match route {
        Route::Connect => view! { <ConnectPage /> }.into_any(),
        Route::NotFound(path) => view! { <NotFoundPage path /> }.into_any(),
        _ => ().into_any(),
    }
}

/// The page of each route.
fn page(route: Route) -> AnyView {
    match route {
        Route::Organisation => view! { <OrganisationPage /> }.into_any(),
        Route::Operators => view! { <OperatorsPage /> }.into_any(),
        Route::Operator(email) => view! { <OperatorPage email /> }.into_any(),
        Route::Domains => view! { <DomainsPage /> }.into_any(),
        Route::AddDomain => view! { <AddDomainPage /> }.into_any(),
        Route::Domain(name) => view! { <DomainPage name /> }.into_any(),
        Route::Embed(name) => parts::show(move || parts::embed(name.clone())),
        Route::Activity => parts::show(parts::activity),
        Route::Settings => parts::show(parts::settings),
        Route::NotFound(path) => view! { <NotFoundPage path /> }.into_any(),
        Route::Home | Route::Connect => ().into_any(),
    }
}

/// A query as it stands in a URL, with its question mark; nothing when there is none.
fn query_of(search: &str) -> String {
    let search = search.trim_start_matches('?');
    if search.is_empty() {
        String::new()
    } else {
        format!("?{search}")
    }
}
