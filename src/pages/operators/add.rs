//! Adding an operator (endpoint 2): sent once; an outcome that was lost on the way is looked up (endpoint 3), never sent again. Once they are
//! there, they are put on the domains that were ticked (10 for each): a bulk run, which tells of each and retries what failed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::{ApiError, DomainName, Email};
use switchboard_model::journal::Change;

use super::super::bulk::Runs;
use super::super::domain_choice::DomainChoice;
use super::super::explain::{TechnicalDetail, complaint_about, explain, explain_briefly};
use super::super::input;
use super::super::settle::{Settled, settle};
use super::super::values::some_names;
use super::plan;
use crate::browser::clock;
use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::ui::{Button, ButtonKind, Dialog, Notice, TextField, Toasts, Tone, focus};

/// Where an attempt to add stands.
#[derive(Clone, PartialEq)]
enum Attempt {
    /// Nothing is under way.
    Typing,
    /// Sent.
    Sending,
    /// The answer was lost: being looked up.
    Checking,
    /// Not done, as far as can be told.
    Failed(ApiError),
    /// Not known, and the look-up failed too.
    Unknown(ApiError),
}

/// What is in the form. Kept while the dialog is closed: nothing typed is lost.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    email: RwSignal<String>,
    domains: RwSignal<Vec<DomainName>>,
    name_error: RwSignal<Option<String>>,
    email_error: RwSignal<Option<String>>,
    attempt: RwSignal<Attempt>,
}

/// The dialog "Add operator".
#[component]
pub(super) fn AddOperatorDialog(open: RwSignal<bool>) -> impl IntoView {
    let form = Form {
        name: RwSignal::new(String::new()),
        email: RwSignal::new(String::new()),
        domains: RwSignal::new(Vec::new()),
        name_error: RwSignal::new(None),
        email_error: RwSignal::new(None),
        attempt: RwSignal::new(Attempt::Typing),
    };
    view! {
        <Dialog open title=t(Text::AddOperator) id="add-operator-title" close=t(Text::Close)>
            <AddOperatorForm open form />
        </Dialog>
    }
}

#[component]
fn AddOperatorForm(open: RwSignal<bool>, form: Form) -> impl IntoView {
    let (remote, runs, toasts) = (Remote::get(), Runs::get(), Toasts::get());
    let busy =
        Signal::derive(move || matches!(form.attempt.get(), Attempt::Sending | Attempt::Checking));
    Effect::new(move || focus("operator-name"));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        if let Some((email, name)) = read(form) {
            spawn_local(async move {
                let who = (email.clone(), name.clone());
                let mut domains = form.domains.get_untracked();
                if add(remote, form, toasts, who).await {
                    if runs.is_gone() {
                        domains.clear();
                    }
                    form.name.set(String::new());
                    form.email.set(String::new());
                    form.domains.set(Vec::new());
                    open.set(false);
                    toasts.good(added(&name, &domains));
                    put_on(runs, &email, &domains);
                }
            });
        }
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <Outcome form />
            <TextField id="operator-name" label=t(Text::Name) value=form.name error=form.name_error autocomplete="off" />
            <TextField id="operator-email" label=t(Text::Email) value=form.email error=form.email_error keyboard="email" />
            <DomainChoice id="operator-domains-search" chosen=form.domains hint=t(Text::AddOperatorDomainsHint) />
            <div class="actions end">
                <Button label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                <Button kind=ButtonKind::Primary submit=true busy label=Signal::derive(move || t(match form.attempt.get() {
                    Attempt::Sending => Text::Adding,
                    Attempt::Checking => Text::Checking,
                    _ => Text::AddOperator,
                }).to_owned()) />
            </div>
        </form>
    }
}

/// What is told once somebody was added.
fn added(name: &str, domains: &[DomainName]) -> String {
    if domains.is_empty() {
        return tf(Text::OperatorAdded, &[("name", name)]);
    }
    let domains: Vec<String> = domains.iter().map(ToString::to_string).collect();
    let domains = some_names(&domains, 3);
    tf(
        Text::OperatorAddedPutting,
        &[("name", name), ("domains", &domains)],
    )
}

fn put_on(runs: Runs, email: &Email, domains: &[DomainName]) {
    if !domains.is_empty() {
        // Who was added just now is on no domain.
        let rows = plan::put_on(std::iter::once(email), domains, |_, _| false);
        runs.start(rows);
    }
}

/// What the last attempt came to, above the fields.
#[component]
fn Outcome(form: Form) -> impl IntoView {
    move || {
        match form.attempt.get() {
        Attempt::Typing | Attempt::Sending => None,
        Attempt::Checking => Some(view! { <Notice tone=Tone::Neutral title=t(Text::OutcomeChecking) /> }.into_any()),
        Attempt::Failed(error) => {
            let told_beside_its_field = complaint_about(&error, "email").or(complaint_about(&error, "name")).is_some();
            (!told_beside_its_field).then(|| {
                let words = explain(&error, clock::now());
                view! {
                    <Notice tone=Tone::Bad title=words.title><p>{t(Text::OperatorNotAdded)}" "{words.advice}</p><TechnicalDetail error /></Notice>
                }
                .into_any()
            })
        }
        Attempt::Unknown(error) => Some(
            view! {
                <Notice tone=Tone::Warn title=t(Text::OutcomeUnknown)><p>{t(Text::OperatorUnknownText)}</p><TechnicalDetail error /></Notice>
            }
            .into_any(),
        ),
    }
    }
}

/// Reads the form. None when something is wrong with it: that is then told beside its field, and the first such field has the focus.
fn read(form: Form) -> Option<(Email, String)> {
    // What an earlier attempt came to is no longer what is wrong.
    form.attempt.set(Attempt::Typing);
    let name = form.name.get_untracked().trim().to_owned();
    let email = form.email.with_untracked(|typed| input::email(typed));
    form.name_error
        .set(name.is_empty().then(|| t(Text::NameEmpty).to_owned()));
    form.email_error.set(email.as_ref().err().cloned());
    match (name.is_empty(), email) {
        (false, Ok(email)) => Some((email, name)),
        (true, _) => {
            focus("operator-name");
            None
        }
        (false, Err(_)) => {
            focus("operator-email");
            None
        }
    }
}

/// Adds, and looks when the answer was lost. Whether somebody was added.
async fn add(remote: Remote, form: Form, toasts: Toasts, (email, name): (Email, String)) -> bool {
    let change = Change::AddOperator { email, name };
    form.attempt.set(Attempt::Sending);
    let settled = settle(remote, change, &|| form.attempt.set(Attempt::Checking)).await;
    let (ended, added) = match settled {
        Settled::Done(_) => (Attempt::Typing, true),
        Settled::NotDone(error) => {
            form.name_error.set(complaint_about(&error, "name"));
            form.email_error.set(complaint_about(&error, "email"));
            (Attempt::Failed(error), false)
        }
        Settled::Unknown(error) => (Attempt::Unknown(error), false),
    };
    // Whoever went on to another page hears of it all the same.
    match form.attempt.try_set(ended) {
        Some(Attempt::Failed(error)) => {
            let reason = explain_briefly(&error, clock::now());
            toasts.bad(format!("{} {reason}", t(Text::OperatorNotAdded)));
        }
        Some(Attempt::Unknown(_)) => toasts.bad(t(Text::OperatorUnknownText)),
        _ => {}
    }
    added
}
