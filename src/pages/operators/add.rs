//! Adds an operator (endpoint 2). The call is sent once; a lost answer is looked up (endpoint 3). Then a bulk run
//! assigns the operator to the selected domains (10 for each), reports on each, and can retry failures.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::{ApiError, DomainName, Email};
use switchboard_model::journal::Change;

use crate::browser::clock;
use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::operations::bulk::Runs;
use crate::operations::plan;
use crate::operations::submit::{LateOutcome, WriteOutcome, submit_with_progress};
use crate::remote::Remote;
use crate::ui::{Button, ButtonKind, Dialog, Notice, TextField, Toasts, Tone, UnsavedInput, focus};
use crate::widgets::domain_choice::DomainChoice;
use crate::widgets::failure::TechnicalDetail;
use crate::wording::explain::{explain, explain_briefly, field_error_about, said};
use crate::wording::input;
use crate::wording::values::some_names;

/// How many domains are named that the operator was not put on.
const TO_SELECT_AGAIN: usize = 10;

/// The state of an attempt to add an operator.
#[derive(Clone, PartialEq)]
enum AddOperatorAttempt {
    /// No call was sent yet.
    Typing,
    /// The call is in flight, or the run that assigns the added operator is being started.
    Sending,
    /// The answer was lost; a look-up is in flight.
    Checking,
    /// Not added, as far as the panel can tell.
    Failed(ApiError),
    /// Unknown: the look-up failed too.
    Unknown(ApiError),
}

/// The fields of the form. They outlive the dialog, so that closing it loses no input.
#[derive(Clone, Copy)]
struct AddOperatorFields {
    name: RwSignal<String>,
    email: RwSignal<String>,
    domains: RwSignal<Vec<DomainName>>,
    name_error: RwSignal<Option<String>>,
    email_error: RwSignal<Option<String>>,
    attempt: RwSignal<AddOperatorAttempt>,
}

/// The dialog "Add operator".
#[component]
pub(super) fn AddOperatorDialog(open: RwSignal<bool>) -> impl IntoView {
    let form = AddOperatorFields {
        name: RwSignal::new(String::new()),
        email: RwSignal::new(String::new()),
        domains: RwSignal::new(Vec::new()),
        name_error: RwSignal::new(None),
        email_error: RwSignal::new(None),
        attempt: RwSignal::new(AddOperatorAttempt::Typing),
    };
    UnsavedInput::get().watch(move || {
        let is_typed = |text: RwSignal<String>| text.with(|text| !text.is_empty());
        is_typed(form.name) || is_typed(form.email)
    });
    view! {
        <Dialog open title=t(Text::AddOperatorTitle) id="add-operator-title" close=t(Text::Close)>
            <AddOperatorForm open form />
        </Dialog>
    }
}

#[component]
fn AddOperatorForm(open: RwSignal<bool>, form: AddOperatorFields) -> impl IntoView {
    let (remote, runs, toasts) = (Remote::get(), Runs::get(), Toasts::get());
    let busy = Signal::derive(move || {
        matches!(
            form.attempt.get(),
            AddOperatorAttempt::Sending | AddOperatorAttempt::Checking
        )
    });
    Effect::new(move || focus("operator-name"));
    // What is typed stays, but the next time nothing was submitted yet.
    on_cleanup(move || {
        form.name_error.try_set(None);
        form.email_error.try_set(None);
    });
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
                    let rows = plan::put_on(std::iter::once(&email), &domains);
                    let is_accepted = !runs.is_gone() && runs.start_quietly(rows).await;
                    if runs.is_gone() {
                        domains.clear();
                    }
                    // Also after a refused run: the API would refuse to add the operator twice.
                    form.name.try_set(String::new());
                    form.email.try_set(String::new());
                    form.domains.try_set(Vec::new());
                    form.attempt.try_set(AddOperatorAttempt::Typing);
                    open.try_set(false);
                    if is_accepted || domains.is_empty() {
                        toasts.good(added(&name, &domains));
                    } else {
                        toasts.keep(added_only(&name, &domains));
                    }
                }
            });
        }
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <AddOperatorOutcome form />
            <TextField id="operator-name" label=t(Text::Name) value=form.name error=form.name_error autocomplete="off" required=true />
            <TextField id="operator-email" label=t(Text::Email) value=form.email error=form.email_error keyboard="email" required=true />
            <DomainChoice id="operator-domains-search" chosen=form.domains hint=t(Text::AddOperatorDomainsHint) />
            <div class="actions end">
                <Button label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                <Button kind=ButtonKind::Primary submit=true busy label=Signal::derive(move || t(match form.attempt.get() {
                    AddOperatorAttempt::Sending => Text::Adding,
                    AddOperatorAttempt::Checking => Text::Checking,
                    _ => Text::AddOperator,
                }).to_owned()) />
            </div>
        </form>
    }
}

/// Returns the message after an operator was added.
fn added(name: &str, domains: &[DomainName]) -> String {
    if domains.is_empty() {
        return tf(Text::OperatorAdded, &[("name", name)]);
    }
    let domains: Vec<String> = domains.iter().map(readable).collect();
    let domains = some_names(&domains, 3);
    tf(
        Text::OperatorAddedPutting,
        &[("name", name), ("domains", &domains)],
    )
}

/// Returns the message after an operator was added whose run was refused. It names the domains to select again.
fn added_only(name: &str, domains: &[DomainName]) -> String {
    let domains: Vec<String> = domains.iter().map(readable).collect();
    let domains = some_names(&domains, TO_SELECT_AGAIN);
    tf(
        Text::OperatorAddedNotPut,
        &[("name", name), ("domains", &domains)],
    )
}

/// Shows the outcome of the last attempt above the fields.
#[component]
fn AddOperatorOutcome(form: AddOperatorFields) -> impl IntoView {
    move || {
        match form.attempt.get() {
        AddOperatorAttempt::Typing | AddOperatorAttempt::Sending => None,
        AddOperatorAttempt::Checking => Some(view! { <Notice tone=Tone::Neutral title=t(Text::OutcomeChecking) /> }.into_any()),
        AddOperatorAttempt::Failed(error) => {
            let told_beside_its_field = about_email(&error).or(field_error_about(&error, "name")).is_some();
            (!told_beside_its_field).then(|| {
                let words = explain(&error, clock::now());
                view! {
                    <Notice tone=Tone::Bad title=words.title><p>{t(Text::OperatorNotAdded)}" "{words.advice}</p><TechnicalDetail error /></Notice>
                }
                .into_any()
            })
        }
        AddOperatorAttempt::Unknown(error) => Some(
            view! {
                <Notice tone=Tone::Warn title=t(Text::OutcomeUnknown)><p>{unknown(&error)}</p><TechnicalDetail error /></Notice>
            }
            .into_any(),
        ),
    }
    }
}

/// Returns what the API says of the e-mail address: also that its operator exists.
fn about_email(error: &ApiError) -> Option<String> {
    let exists = || said(error).filter(|_| error.says_it_exists());
    field_error_about(error, "email").or_else(exists)
}

/// Returns the message if the look-up did not settle whether the operator was added. `look` is its error.
fn unknown(look: &ApiError) -> String {
    match said(look) {
        Some(said) => tf(Text::OperatorUnknownSaid, &[("said", &said)]),
        None => t(Text::OperatorUnknownText).to_owned(),
    }
}

/// Reads the form. Returns `None` if a field is invalid; the errors are then beside their fields, and the first of
/// them has the focus.
fn read(form: AddOperatorFields) -> Option<(Email, String)> {
    // The outcome of the previous attempt no longer applies.
    form.attempt.set(AddOperatorAttempt::Typing);
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

/// Adds the operator, and looks the outcome up if the answer was lost. Returns whether the operator was added.
async fn add(
    remote: Remote,
    form: AddOperatorFields,
    toasts: Toasts,
    (email, name): (Email, String),
) -> bool {
    let (address, called) = (email.to_string(), name.clone());
    let change = Change::AddOperator { email, name };
    form.attempt.set(AddOperatorAttempt::Sending);
    let outcome = submit_with_progress(remote, change, &|| {
        form.attempt.set(AddOperatorAttempt::Checking)
    })
    .await;
    let mut late = LateOutcome::default();
    let (ended, added) = match outcome {
        // The run is still to be started.
        WriteOutcome::Done(_) => (AddOperatorAttempt::Sending, true),
        WriteOutcome::NotDone(error) => {
            form.name_error.set(field_error_about(&error, "name"));
            form.email_error.set(about_email(&error));
            (AddOperatorAttempt::Failed(error), false)
        }
        WriteOutcome::Unknown(error, found) => {
            late = found;
            (AddOperatorAttempt::Unknown(error), false)
        }
    };
    // If the user has left the page, the outcome shows as a toast.
    match form.attempt.try_set(ended) {
        Some(AddOperatorAttempt::Failed(error)) => {
            let reason = explain_briefly(&error, clock::now());
            let values = [
                ("name", called.as_str()),
                ("email", &address),
                ("reason", &reason),
            ];
            toasts.keep(tf(Text::OperatorNotAddedElsewhere, &values));
        }
        Some(AddOperatorAttempt::Unknown(look)) => {
            let values = [("name", called.as_str()), ("text", &unknown(&look))];
            let id = toasts.keep(tf(Text::Labelled, &values));
            late.then(move |_| {
                toasts.dismiss(id);
            });
        }
        _ => late.then(move |outcome| tell_late(form, toasts, (&address, &called), outcome)),
    }
    added
}

/// Replaces the message of an unknown outcome in the form once the outcome is known. The domains are left to the user:
/// nothing is sent without a press.
fn tell_late(
    form: AddOperatorFields,
    toasts: Toasts,
    (email, name): (&str, &str),
    outcome: WriteOutcome,
) {
    let attempt = form.attempt.try_get_untracked();
    if !matches!(attempt, Some(AddOperatorAttempt::Unknown(_))) {
        return;
    }
    if let WriteOutcome::NotDone(error) = outcome {
        form.attempt.set(AddOperatorAttempt::Failed(error));
    } else {
        form.attempt.set(AddOperatorAttempt::Typing);
        if form.email.with_untracked(|typed| typed.trim() == email) {
            form.name.set(String::new());
            form.email.set(String::new());
        }
        let domains = form.domains.get_untracked();
        if domains.is_empty() {
            toasts.good(added(name, &domains));
        } else {
            toasts.keep(added_only(name, &domains));
        }
    }
}

#[cfg(test)]
mod tests;
