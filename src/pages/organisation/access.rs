//! The accounts that may manage the organisation.

use leptos::prelude::*;
use switchboard_api::{Access, PersonName, Role};

use super::lines;
use crate::i18n::{Text, t};
use crate::ui::{Badge, EmptyState, IconName, Panel, Person};
use crate::wording::values;

/// The region "Access".
#[component]
pub(super) fn AccessPanel(accounts: Vec<Access>) -> impl IntoView {
    let content = if accounts.is_empty() {
        view! { <EmptyState icon=IconName::People title=t(Text::AccessNone) text=t(Text::AccessNoneText) /> }.into_any()
    } else {
        let rows = accounts
            .into_iter()
            .map(|account| view! { <AccountRow account /> })
            .collect_view();
        view! {
            <div class="table-frame flush">
                <table class="cards-when-narrow" aria-labelledby="access">
                    <thead>
                        <tr>
                            <th scope="col">{t(Text::Name)}</th>
                            <th scope="col">{t(Text::Role)}</th>
                            <th scope="col">{t(Text::Status)}</th>
                            <th scope="col">{t(Text::Permissions)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! { <Panel title=t(Text::Access) id="access">{content}</Panel> }
}

#[component]
fn AccountRow(account: Access) -> impl IntoView {
    let (tone, status) = values::account_status(&account.status);
    // The reference gives status and permissions for staff only: an admin has full access regardless.
    let permissions = match account.role {
        Role::Admin => view! { <span class="muted">{t(Text::PermissionsAll)}</span> }.into_any(),
        _ => lines(&account.permission),
    };
    view! {
        <tr>
            <th scope="row">
                <Person initials=initials(&account) name=account.name.clone() email=account.email.to_string() />
            </th>
            <td data-label=t(Text::Role)>{values::role(&account.role)}</td>
            <td data-label=t(Text::Status)><Badge tone text=status /></td>
            <td data-label=t(Text::Permissions)>{permissions}</td>
        </tr>
    }
}

fn initials(account: &Access) -> String {
    let (first, last) = account
        .name
        .trim()
        .split_once(' ')
        .unwrap_or((account.name.trim(), ""));
    PersonName {
        first: first.to_owned(),
        last: last.trim().to_owned(),
    }
    .initials()
}
