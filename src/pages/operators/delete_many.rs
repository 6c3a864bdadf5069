//! Deleting many users (endpoint 14 for each): who goes, those who manage the organisation first, and the number of them typed.

use leptos::prelude::*;
use switchboard_api::endpoints::GetOrganisation;
use switchboard_api::{Access, Operator};

use super::super::bulk::Runs;
use super::super::confirm::ConfirmForm;
use super::super::values::{self, display_name};
use super::plan;
use super::put_on::is_on;
use crate::i18n::{Text, t, tf, tn};
use crate::remote::Remote;
use crate::ui::{Badge, Dialog, Tone};
use crate::workspace::KnownDomains;

/// How many are named.
const NAMED: usize = 10;

/// The dialog "Delete users".
#[component]
pub(super) fn DeleteManyDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Who is ticked.
    those: Callback<(), Vec<Operator>>,
) -> impl IntoView {
    view! {
        <Dialog open title=t(Text::DeleteUsers) id="delete-many-title" close=t(Text::Close)>
            <Confirm open operators=those.run(()) />
        </Dialog>
    }
}

#[component]
fn Confirm(open: RwSignal<bool>, operators: Vec<Operator>) -> impl IntoView {
    let (runs, remote) = (Runs::get(), Remote::get());
    let organisation = remote.known(GetOrganisation);
    let access = organisation.map_or_else(Vec::new, |one| one.access.clone());
    let operators = managers_first(operators, &access);
    let count = operators.len();
    let shown = operators.iter().take(NAMED);
    let shown = shown.map(|one| who(remote, one, &access)).collect_view();
    let more = count.saturating_sub(NAMED);
    let confirmed = Callback::new(move |()| {
        runs.start(plan::delete(&operators));
        open.set(false);
    });
    let cancel = Callback::new(move |()| open.set(false));
    view! {
        <ConfirmForm
            id="delete-many-confirm" name=count.to_string() wrong=t(Text::DeleteCountWrong) action=tn(Text::DeleteUsersCount, count)
            on_confirm=confirmed on_cancel=cancel
        >
            <p>{tn(Text::DeleteUsersText, count)}</p>
            <ul class="consequences">
                {shown}
                {(more > 0).then(|| view! { <li>{tn(Text::AndMore, more)}</li> })}
            </ul>
        </ConfirmForm>
    }
}

/// One of those who go, what they manage, and the known domains that they are known to be on.
fn who(remote: Remote, operator: &Operator, access: &[Access]) -> AnyView {
    let name = display_name(&operator.name, &operator.email);
    let role = account(operator, access).map(|account| {
        let role = values::role(&account.role);
        let text = tf(Text::ManagesOrganisation, &[("role", &role)]);
        view! { " "<Badge tone=Tone::Warn text /> }
    });
    let listing = KnownDomains::get().listing_now().unwrap_or_default();
    let domains = listing.domains.into_iter().map(|domain| domain.name);
    let on: Vec<String> = domains
        .filter(|domain| is_on(remote, domain, &operator.email))
        .map(|domain| domain.to_string())
        .collect();
    let on = (!on.is_empty()).then(|| {
        let text = tf(Text::IsOnDomains, &[("names", &values::some_names(&on, 3))]);
        view! { <span class="hint line">{text}</span> }
    });
    let email = operator.email.to_string();
    view! { <li><bdi>{name}</bdi>" "<span class="hint"><bdi>{email}</bdi></span>{role}{on}</li> }
        .into_any()
}

/// The account with which the operator manages the organisation, if there is one.
fn account<'a>(operator: &Operator, access: &'a [Access]) -> Option<&'a Access> {
    let email = operator.email.as_str();
    access
        .iter()
        .find(|account| account.email.as_str().eq_ignore_ascii_case(email))
}

/// Whose going matters most stands where it is seen.
fn managers_first(mut operators: Vec<Operator>, access: &[Access]) -> Vec<Operator> {
    operators.sort_by_key(|one| account(one, access).is_none());
    operators
}

#[cfg(test)]
mod tests {
    use switchboard_api::{AccountStatus, Open, Role};

    use super::super::plan::tests::operator;
    use super::*;

    #[test]
    fn whoever_manages_the_organisation_is_named_first() {
        let access = [Access {
            role: Role::Admin,
            status: AccountStatus::Active,
            permission: Open::default(),
            name: "Boss".to_owned(),
            email: "Boss@x.example".parse().expect("an e-mail of the test"),
        }];
        let all = ["ada@x.example", "boss@x.example"].map(operator).to_vec();
        let sorted = managers_first(all, &access);
        assert_eq!(sorted[0].email.as_str(), "boss@x.example");
    }
}
