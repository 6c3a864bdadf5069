//! The floor: the smallest realistic Leptos application of the panel's kind, written as in the framework's book. The
//! panel's size and load time are compared with it (docs/performance): the floor's share is the cost of the
//! framework.
//!
//! Three pages behind the framework's own router, one fetch each from the same API, answers decoded by serde's
//! derive, `LocalResource` and `Suspense`. It has nothing else that the panel has: no form, no write, no cache, no
//! error messages, hardly any style. The token is in `localStorage`, where the benchmark puts it.

use leptos::prelude::*;
use leptos_router::components::{A, Route, Router, Routes};
use leptos_router::hooks::use_params_map;
use leptos_router::path;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The envelope of every answer.
#[derive(Deserialize)]
struct Envelope<T> {
    message: T,
}

#[derive(Clone, Deserialize)]
struct Organisation {
    name: String,
    email: String,
}

#[derive(Clone, Deserialize)]
struct Name {
    #[serde(rename = "firstName")]
    first: String,
    #[serde(rename = "lastName")]
    last: String,
}

#[derive(Clone, Deserialize)]
struct Operator {
    name: Name,
    email: String,
    status: u8,
    active: u8,
}

#[derive(Clone, Deserialize)]
struct Domain {
    name: String,
    email: String,
    status: bool,
}

/// Calls the API on the page's own origin.
async fn get<T: DeserializeOwned>(path: String) -> Result<T, String> {
    let storage = window().local_storage().ok().flatten();
    let token = storage.and_then(|storage| storage.get_item("token").ok().flatten());
    let answer = gloo_net::http::Request::get(&path)
        .header("api_token", &token.unwrap_or_default())
        .send()
        .await
        .map_err(|error| error.to_string())?;
    let text = answer.text().await.map_err(|error| error.to_string())?;
    let envelope: Envelope<T> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    Ok(envelope.message)
}

#[component]
fn OrganisationPage() -> impl IntoView {
    let organisation = LocalResource::new(|| get::<Organisation>("/auth/organisation".to_owned()));
    view! {
        <h1>"Organisation"</h1>
        <Suspense fallback=|| "Loading…">
            {move || Suspend::new(async move {
                organisation.await.map(|one| view! { <p>{one.name}</p> <p>{one.email}</p> })
            })}
        </Suspense>
    }
}

#[component]
fn OperatorsPage() -> impl IntoView {
    let operators = LocalResource::new(|| {
        get::<Vec<Operator>>("/auth/addon/live_chat/operator/list".to_owned())
    });
    let row = |one: Operator| {
        let presence = match one.status {
            1 => "Online",
            2 => "Away",
            3 => "Busy",
            _ => "Offline",
        };
        let login = if one.active == 1 { "Yes" } else { "No" };
        view! {
            <tr>
                <th scope="row">{one.name.first} " " {one.name.last}</th>
                <td>{one.email}</td>
                <td>{presence}</td>
                <td>{login}</td>
            </tr>
        }
    };
    view! {
        <h1>"Operators"</h1>
        <Suspense fallback=|| "Loading…">
            {move || Suspend::new(async move {
                operators.await.map(|all| view! {
                    <table>
                        <thead><tr><th>"Name"</th><th>"Email"</th><th>"Presence"</th><th>"Can log in"</th></tr></thead>
                        <tbody>{all.into_iter().map(row).collect_view()}</tbody>
                    </table>
                })
            })}
        </Suspense>
    }
}

#[component]
fn DomainPage() -> impl IntoView {
    let params = use_params_map();
    let domain = LocalResource::new(move || {
        let name = params.with(|params| params.get("name").unwrap_or_default());
        get::<Domain>(format!("/auth/addon/live_chat/domain/get?domain={name}"))
    });
    view! {
        <h1>"Domain"</h1>
        <Suspense fallback=|| "Loading…">
            {move || Suspend::new(async move {
                domain.await.map(|one| view! {
                    <p>{one.name}</p>
                    <p>{one.email}</p>
                    <p>{if one.status { "Active" } else { "Inactive" }}</p>
                })
            })}
        </Suspense>
    }
}

#[component]
fn App() -> impl IntoView {
    view! {
        <Router>
            <nav>
                <A href="/">"Organisation"</A>
                <A href="/operators">"Operators"</A>
                <A href="/domains/shop.acme.example">"Domain"</A>
            </nav>
            <main>
                <Routes fallback=|| "Not found">
                    <Route path=path!("/") view=OrganisationPage />
                    <Route path=path!("/operators") view=OperatorsPage />
                    <Route path=path!("/domains/:name") view=DomainPage />
                </Routes>
            </main>
        </Router>
    }
}

fn main() {
    leptos::mount::mount_to_body(App);
}
