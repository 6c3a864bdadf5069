//! The operators on the domain (endpoint 13), their three switches (11), and the way off it (12).

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::endpoints::{
    AssignmentChange, ListAssignments, RemoveAssignment, UpdateAssignment,
};
use switchboard_api::{Assignment, DomainName, Email};

use super::super::explain::{Failure, explain};
use super::super::settle::{Settled, settle};
use super::super::toggle::{Toggle, Write};
use super::put_on::PutOnDialog;
use crate::browser::clock;
use crate::i18n::{Text, t, tf};
use crate::remote::{Read, Remote};
use crate::ui::{Button, ButtonKind, EmptyState, IconName, Panel, Person, SkeletonTable, Toasts};

/// One of the three switches of an assignment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Admin,
    ShownOnline,
    GetsMessages,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Admin, Self::ShownOnline, Self::GetsMessages];

    fn column(self) -> Text {
        match self {
            Self::Admin => Text::ColumnAdmin,
            Self::ShownOnline => Text::ColumnShownOnline,
            Self::GetsMessages => Text::ColumnGetsMessages,
        }
    }

    fn label(self) -> Text {
        match self {
            Self::Admin => Text::SwitchAdmin,
            Self::ShownOnline => Text::SwitchShownOnline,
            Self::GetsMessages => Text::SwitchGetsMessages,
        }
    }

    fn of(self, assignment: &Assignment) -> bool {
        match self {
            Self::Admin => assignment.is_admin.is_on(),
            Self::ShownOnline => assignment.shown_online.is_on(),
            Self::GetsMessages => assignment.gets_messages.is_on(),
        }
    }

    fn change(self, wanted: bool) -> AssignmentChange {
        match self {
            Self::Admin => AssignmentChange::set_is_admin(wanted),
            Self::ShownOnline => AssignmentChange::set_online_status(wanted),
            Self::GetsMessages => AssignmentChange::set_active(wanted),
        }
    }
}

/// The region "Operators on this domain".
#[component]
pub(super) fn OperatorsPanel(
    /// The domain.
    name: DomainName,
    /// Who is on it.
    assignments: Read<Vec<Assignment>>,
) -> impl IntoView {
    let adding = RwSignal::new(false);
    let error = Memo::new(move |_| assignments.get().error.map(|error| (*error).clone()));
    let some = Memo::new(move |_| assignments.data().map(|data| !data.is_empty()));
    let aside = ViewFn::from(move || {
        view! { <Button icon=IconName::Plus label=t(Text::AddOperator).to_owned() on_press=Callback::new(move |()| adding.set(true)) /> }
    });
    let table_name = name.clone();
    view! {
        <Panel title=t(Text::OperatorsOnDomain) id="domain-operators" aside>
            {move || error.get().map(|error| view! {
                <Failure error=Signal::stored(error) doing=t(Text::OperatorsOnDomainNotLoaded) retry=Callback::new(move |()| assignments.retry()) />
            })}
            {move || match (some.get(), error.with(Option::is_some)) {
                (Some(true), _) => view! { <Assignments name=table_name.clone() assignments /> }.into_any(),
                (Some(false), _) => view! {
                    <EmptyState icon=IconName::People title=t(Text::OperatorsOnDomainNone) text=t(Text::OperatorsOnDomainNoneText) />
                }.into_any(),
                (None, false) => view! { <SkeletonTable rows=3 label=t(Text::Loading) /> }.into_any(),
                (None, true) => ().into_any(),
            }}
        </Panel>
        <PutOnDialog open=adding name assignments />
    }
}

#[component]
fn Assignments(name: DomainName, assignments: Read<Vec<Assignment>>) -> impl IntoView {
    let emails = Memo::new(move |_| {
        let data = assignments.data().unwrap_or_default();
        data.iter().map(|one| one.email.clone()).collect::<Vec<_>>()
    });
    let columns = Kind::ALL.map(|kind| view! { <th scope="col">{t(kind.column())}</th> });
    view! {
        <div class="table-frame flush">
            <table class="cards-when-narrow" aria-labelledby="domain-operators">
                <thead>
                    <tr>
                        <th scope="col">{t(Text::Name)}</th>
                        {columns.into_iter().collect_view()}
                        <th scope="col"><span class="visually-hidden">{t(Text::Actions)}</span></th>
                    </tr>
                </thead>
                <tbody>
                    // A row stays the same while its values change: its switch keeps the focus.
                    <For each=move || emails.get() key=Clone::clone let:email>
                        <Row name=name.clone() email assignments />
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(name: DomainName, email: Email, assignments: Read<Vec<Assignment>>) -> impl IntoView {
    let remote = Remote::get();
    let found = email.clone();
    let assignment = Memo::new(move |_| {
        let data = assignments.data()?;
        data.iter().find(|one| one.email == found).cloned()
    });
    let answers = Signal::derive(move || assignments.answers());
    let person = assignment.get_untracked();
    let shown = person
        .as_ref()
        .map(|one| one.name.display())
        .filter(|name| !name.is_empty());
    let shown = shown.unwrap_or_else(|| email.to_string());
    let initials = person.map(|one| one.name.initials()).unwrap_or_default();
    let cells = Kind::ALL.map(|kind| {
        let label = tf(kind.label(), &[("name", &shown)]);
        let value = Signal::derive(move || {
            assignment.with(|one| one.as_ref().is_some_and(|one| kind.of(one)))
        });
        let write = set(remote, name.clone(), email.clone(), kind);
        view! { <td data-label=t(kind.column())><Toggle label value answers write /></td> }
    });
    view! {
        <tr>
            <th scope="row"><Person initials name=shown.clone() email=email.to_string() /></th>
            {cells.into_iter().collect_view()}
            <td class="row-actions"><RemoveButton name email shown /></td>
        </tr>
    }
}

fn set(remote: Remote, domain: DomainName, email: Email, kind: Kind) -> Write {
    Arc::new(move |wanted| {
        let call = UpdateAssignment {
            domain: domain.clone(),
            email: email.clone(),
            change: kind.change(wanted),
        };
        let (look, email) = (
            ListAssignments {
                domain: domain.clone(),
            },
            email.clone(),
        );
        Box::pin(settle(
            remote,
            call,
            || (),
            async move || {
                let there = remote.ask(look).await?;
                Ok(there
                    .iter()
                    .any(|one| one.email == email && kind.of(one) == wanted))
            },
        ))
    })
}

#[component]
fn RemoveButton(name: DomainName, email: Email, shown: String) -> impl IntoView {
    let (remote, toasts) = (Remote::get(), Toasts::get());
    let busy = RwSignal::new(false);
    let label = tf(Text::RemoveOperator, &[("name", &shown)]);
    let remove = Callback::new(move |()| {
        busy.set(true);
        let (name, email, shown) = (name.clone(), email.clone(), shown.clone());
        spawn_local(async move {
            let settled = remove(remote, name.clone(), email).await;
            busy.set(false);
            match settled {
                Settled::Done(Some(warning)) => toasts.warn(warning),
                Settled::Done(None) => {
                    let values = [("name", shown.as_str()), ("domain", name.as_str())];
                    toasts.good(tf(Text::Removed, &values));
                }
                Settled::NotDone(error) => {
                    let reason = explain(&error, clock::now()).title;
                    let values = [("name", shown.as_str()), ("reason", &reason)];
                    toasts.bad(tf(Text::NotRemoved, &values));
                }
                Settled::Unknown(_) => {
                    toasts.bad(format!("{shown}: {}", t(Text::OutcomeUnknownChecked)));
                }
            }
        });
    });
    view! { <Button kind=ButtonKind::Quiet label=t(Text::Remove).to_owned() name=label busy on_press=remove /> }
}

/// Takes an operator off a domain, once; a lost answer is looked up (13).
pub(in crate::pages) async fn remove(remote: Remote, domain: DomainName, email: Email) -> Settled {
    let look = ListAssignments {
        domain: domain.clone(),
    };
    let gone = email.clone();
    settle(
        remote,
        RemoveAssignment { domain, email },
        || (),
        async move || Ok(!remote.ask(look).await?.iter().any(|one| one.email == gone)),
    )
    .await
}
