//! Deletes many users (endpoint 14 for each). Lists them with the organisation's managers first, looks up their known
//! domains, then asks for their number.

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::{Email, Operator};
use switchboard_model::deletion::{DeletionCheck, Manages};

use crate::i18n::{Text, t, tf, tn};
use crate::operations::bulk::{RunStarter, Runs};
use crate::operations::plan;
use crate::ui::{Badge, Dialog, Ltr, Tone};
use crate::widgets::confirm::ConfirmForm;
use crate::widgets::consequences::{ConsequencesCheck, domains_line, leaves_nobody, some_domains};
use crate::wording::values::{self, display_name};

/// The maximum number of users named.
const NAMED: usize = 10;

/// The maximum number of domains named for a user.
const ON_NAMED: usize = 3;

/// The id of the consequences in the dialog.
const CONSEQUENCES: &str = "delete-many-consequences";

/// The dialog "Delete users".
#[component]
pub(super) fn DeleteManyDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Returns the selected operators.
    those: Callback<(), Vec<Operator>>,
) -> impl IntoView {
    let starter = RunStarter::new(Runs::get());
    view! {
        <Dialog open title=t(Text::DeleteUsers) id="delete-many-title" described_by=CONSEQUENCES close=t(Text::Close)>
            <ConfirmDeleteMany open starter operators=those.run(()) />
        </Dialog>
    }
}

#[component]
fn ConfirmDeleteMany(
    open: RwSignal<bool>,
    starter: RunStarter,
    operators: Vec<Operator>,
) -> impl IntoView {
    let check = ConsequencesCheck::of_users(operators.iter().map(|one| &one.email));
    let operators = Arc::new(operators);
    let count = operators.len();
    let more = count.saturating_sub(NAMED);
    let all = Arc::clone(&operators);
    // Managers of the organisation move to the top once the accounts are loaded: deleting them matters most.
    let order = Memo::new(move |_| check.with(|check| first_named(&all, check)));
    let all = Arc::clone(&operators);
    let shown = move || {
        let order = order.get();
        let named = order.into_iter().map(|at| who(&all[at], check));
        named.collect_view()
    };
    let left = Memo::new(move |_| check.with(leaves_nobody));
    let domains =
        Memo::new(move |_| check.with(|check| domains_line(check.domains(), check.progress())));
    let confirmed = Callback::new(move |()| {
        let rows = plan::delete(&operators);
        starter.start(rows, move || {
            open.try_set(false);
        });
    });
    let cancel = Callback::new(move |()| open.set(false));
    view! {
        <ConfirmForm
            id="delete-many-confirm" name=count.to_string() wrong=t(Text::DeleteCountWrong) action=tn(Text::DeleteUsersCount, count)
            busy=starter.busy() check consequences=CONSEQUENCES on_confirm=confirmed on_cancel=cancel
        >
            <p>{tn(Text::DeleteUsersText, count)}</p>
            <ul class="consequences">
                {shown}
                {(more > 0).then(|| view! { <li>{tn(Text::AndMore, more)}</li> })}
            </ul>
            <p>{domains}</p>
            {move || left.get().map(|left| view! { <p>{left}</p> })}
        </ConfirmForm>
    }
}

/// Shows one user to delete, with what they manage and the known domains that they are on, as far as those were read.
fn who(operator: &Operator, check: ConsequencesCheck) -> AnyView {
    let name = display_name(&operator.name, &operator.email);
    let email = operator.email.to_string();
    let user = operator.email.clone();
    let role = move || match check.with(|check| check.manages(&user)) {
        Manages::As(role) => {
            let text = values::manages(&role);
            Some(view! { " "<Badge tone=Tone::Warn text /> })
        }
        _ => None,
    };
    let user = operator.email.clone();
    let on = Memo::new(move |_| check.with(|check| on_domains(check, &user)));
    let on = move || {
        on.get()
            .map(|text| view! { <span class="hint line">{text}</span> })
    };
    view! { <li><bdi>{name}</bdi>" "<span class="hint"><Ltr text=email /></span>{role}{on}</li> }
        .into_any()
}

/// Says which known domains a user is on, as far as those were read. Nothing if there are none.
fn on_domains(check: &DeletionCheck, user: &Email) -> Option<String> {
    let on = check.domains_of(user).named();
    let names = some_domains(on, ON_NAMED);
    (!on.is_empty()).then(|| tf(Text::IsOnDomains, &[("names", &names)]))
}

/// Returns the indices of the users to name: managers of the organisation come first.
fn first_named(operators: &[Operator], check: &DeletionCheck) -> Vec<usize> {
    let manages = |at: &usize| matches!(check.manages(&operators[*at].email), Manages::As(_));
    let (mut first, others): (Vec<usize>, Vec<usize>) = (0..operators.len()).partition(manages);
    first.extend(others);
    first.truncate(NAMED);
    first
}

#[cfg(test)]
mod tests {
    use switchboard_api::{
        Access, AccountStatus, Assignment, DomainName, PersonName, Role, Tristate, UntypedJson,
    };

    use super::*;
    use crate::operations::plan::tests::operator;

    #[test]
    fn domains_of_a_user_are_named_in_natural_order() {
        let email: Email = "grace@x.example".parse().expect("an e-mail of the test");
        let names = ["site-1.example", "site-2.example", "site-10.example"];
        let names = names.map(|name| name.parse::<DomainName>().expect("a domain name"));
        let on_it = [Assignment {
            name: PersonName::default(),
            is_admin: Tristate::Off,
            shown_online: Tristate::On,
            gets_messages: Tristate::On,
            user_id: String::new(),
            email: email.clone(),
        }];
        let mut check = DeletionCheck::of_users([&email], names.clone());
        assert_eq!(on_domains(&check, &email), None);
        check.start(6);
        for name in &names {
            check.take_operators(name, Ok(&on_it));
        }
        let named = on_domains(&check, &email);
        let expected = tf(
            Text::IsOnDomains,
            &[(
                "names",
                "site-1.example, site-2.example and site-10.example",
            )],
        );
        assert_eq!(named, Some(expected));
    }

    #[test]
    fn managers_of_the_organisation_are_named_first() {
        let access = [Access {
            role: Role::Admin,
            status: AccountStatus::Active,
            permission: UntypedJson::default(),
            name: "Boss".to_owned(),
            email: "Boss@x.example".parse().expect("an e-mail of the test"),
        }];
        let mut all: Vec<Operator> = (0..NAMED)
            .map(|number| operator(&format!("user-{number}@x.example")))
            .collect();
        all.push(operator("boss@x.example"));
        let mut check = DeletionCheck::of_users(all.iter().map(|one| &one.email), []);
        assert_eq!(first_named(&all, &check)[0], 0);
        check.start(6);
        check.take_accounts(Ok(&access));
        let named = first_named(&all, &check);
        assert_eq!((named.len(), named[0], named[1]), (NAMED, NAMED, 0));
    }
}
