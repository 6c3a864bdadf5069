//! The controls of one operator on one domain: the three switches (endpoint 11), removal (12) and assignment (10).

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::{Assignment, DomainName, Email};
use switchboard_model::journal::{Change, Switches};

use crate::browser::clock;
use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::journal::ChangeJournal;
use crate::operations::submit::{WriteOutcome, insist_on, submit};
use crate::operations::undo::undo_last;
use crate::remote::{Read, Remote};
use crate::ui::{Button, ButtonKind, Toasts};
use crate::widgets::toggle::{Toggle, Write};
use crate::wording::explain::{explain_briefly, explain_unknown};
use crate::workspace::KnownDomains;

/// One operator on one domain, and how the page that shows them labels them.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct AssignmentId {
    /// The domain.
    pub domain: DomainName,
    /// The operator's key.
    pub email: Email,
    /// The operator's name.
    pub operator: String,
    /// The end of the switches' names: the operator on a domain's page, the domain on an operator's.
    pub label: String,
}

impl AssignmentId {
    fn put_on(&self) -> Change {
        Change::AddAssignment {
            domain: self.domain.clone(),
            email: self.email.clone(),
        }
    }

    fn take_off(&self) -> Change {
        Change::RemoveAssignment {
            domain: self.domain.clone(),
            email: self.email.clone(),
        }
    }
}

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

    fn change(self, wanted: bool) -> Switches {
        let mut to = Switches::default();
        match self {
            Self::Admin => to.admin = Some(wanted),
            Self::ShownOnline => to.shown_online = Some(wanted),
            Self::GetsMessages => to.gets_messages = Some(wanted),
        }
        to
    }
}

/// Renders the heads of the three columns.
pub fn switch_columns() -> AnyView {
    Kind::ALL
        .map(|kind| view! { <th scope="col">{t(kind.column())}</th> })
        .into_iter()
        .collect_view()
        .into_any()
}

/// Renders the three cells with the switches of one row.
pub fn switch_cells(place: &AssignmentId, assignments: Read<Vec<Assignment>>) -> AnyView {
    let remote = Remote::get();
    let assignment = find(assignments, place.email.clone());
    // Messages name both the operator and the domain.
    let about = if place.label == place.operator {
        readable(&place.domain)
    } else {
        place.operator.clone()
    };
    let answers = Signal::derive(move || assignments.answers());
    Kind::ALL
        .map(|kind| {
            let label = tf(kind.label(), &[("name", &place.label)]);
            let value = Signal::derive(move || {
                assignment.with(|one| one.as_ref().is_some_and(|one| kind.of(one)))
            });
            let write = set(remote, place.domain.clone(), place.email.clone(), kind);
            view! { <td data-label=t(kind.column())><Toggle label about=about.clone() value answers write /></td> }
        })
        .into_iter()
        .collect_view()
        .into_any()
}

/// Returns an operator's assignment among those of a domain.
pub fn find(assignments: Read<Vec<Assignment>>, email: Email) -> Memo<Option<Assignment>> {
    Memo::new(move |_| {
        let data = assignments.data()?;
        data.iter().find(|one| one.email == email).cloned()
    })
}

/// Returns whether an operator is among those of a domain.
#[must_use]
pub fn is_among(assignments: &[Assignment], email: &Email) -> bool {
    assignments.iter().any(|one| one.email == *email)
}

fn set(remote: Remote, domain: DomainName, email: Email, kind: Kind) -> Write {
    Arc::new(move |wanted| {
        let change = Change::ChangeAssignment {
            domain: domain.clone(),
            email: email.clone(),
            to: kind.change(wanted),
        };
        Box::pin(submit(remote, change))
    })
}

/// Adds the operator to the domain. The outcome shows in a toast and in the row.
#[component]
pub fn PutOnButton(
    /// The operator and the domain.
    place: AssignmentId,
    /// Whether it replaces another button.
    #[prop(optional)]
    settles: bool,
    /// Set while the operator is on the domain, if the button then stays and says so.
    #[prop(optional, into)]
    done: Signal<bool>,
    /// Receives the message about success, in place of a toast.
    #[prop(optional, into)]
    said: Option<RwSignal<String>>,
) -> impl IntoView {
    let (remote, toasts) = (Remote::get(), Toasts::get());
    let (busy, told) = (RwSignal::new(false), StoredValue::new(None));
    let words = move |is_done, not_done| if done.get() { is_done } else { not_done };
    let person = place.label.clone();
    let name = Signal::derive(move || {
        let text = words(Text::OnThisDomainName, Text::PutOnName);
        tf(text, &[("name", &person)])
    });
    let label = Signal::derive(move || t(words(Text::OnThisDomain, Text::PutOn)).to_owned());
    let press = Callback::new(move |()| {
        busy.set(true);
        toasts.take_back(told);
        let place = place.clone();
        spawn_local(async move {
            let outcome = submit(remote, place.put_on()).await;
            busy.set(false);
            let words = (Text::PutOnDone, Text::PutOnNotDone);
            tell(toasts, told, &place, outcome, words, &|text| {
                // The dialog may be closed by now.
                let unsaid = match said {
                    Some(said) => said.try_set(text),
                    None => Some(text),
                };
                if let Some(text) = unsaid {
                    toasts.good(text);
                }
            });
        });
    });
    view! { <Button label name busy unavailable=done settles on_press=press /> }
}

/// Removes the operator from the domain. The toast about it offers to undo that.
#[component]
pub fn TakeOffButton(
    /// The operator and the domain.
    place: AssignmentId,
    /// Whether it replaces another button.
    #[prop(optional)]
    settles: bool,
) -> impl IntoView {
    let (remote, toasts) = (Remote::get(), Toasts::get());
    let (known, journal) = (KnownDomains::get(), ChangeJournal::get());
    let (busy, told) = (RwSignal::new(false), StoredValue::new(None));
    let name = tf(Text::RemoveOperator, &[("name", &place.label)]);
    let press = Callback::new(move |()| {
        busy.set(true);
        toasts.take_back(told);
        let place = place.clone();
        spawn_local(async move {
            let outcome = submit(remote, place.take_off()).await;
            busy.set(false);
            let words = (Text::Removed, Text::NotRemoved);
            tell(toasts, told, &place, outcome, words, &|text| {
                let change = place.take_off();
                let put_back = move || {
                    let change = change.clone();
                    spawn_local(undo_last(remote, known, journal, toasts, change));
                };
                toasts.offer(text, t(Text::Undo), put_back);
            });
        });
    });
    view! { <Button kind=ButtonKind::Quiet label=t(Text::Remove).to_owned() name busy settles on_press=press /> }
}

fn tell(
    toasts: Toasts,
    told: StoredValue<Option<u32>>,
    place: &AssignmentId,
    outcome: WriteOutcome,
    (done, not_done): (Text, Text),
    succeeded: &dyn Fn(String),
) {
    let domain = readable(&place.domain);
    let operator = place.operator.clone();
    if let WriteOutcome::Done(warning) = outcome {
        let values = [("name", operator.as_str()), ("domain", &domain)];
        return match warning {
            Some(warning) => toasts.warn(warning),
            None => succeeded(tf(done, &values)),
        };
    }
    insist_on(toasts, Some(told), outcome, move |outcome| match outcome {
        WriteOutcome::Done(_) => None,
        WriteOutcome::NotDone(error) => {
            let reason = explain_briefly(error, clock::now());
            let values = [
                ("name", operator.as_str()),
                ("domain", &domain),
                ("reason", &reason),
            ];
            Some(tf(not_done, &values))
        }
        WriteOutcome::Unknown(look, _) => {
            let values = [("name", operator.as_str()), ("about", &domain)];
            let name = tf(Text::NameAbout, &values);
            let values = [("name", name.as_str()), ("text", &explain_unknown(look))];
            Some(tf(Text::Labelled, &values))
        }
    });
}
