//! A switch on a value of the API: it flips at once, and back, with the reason, when the call fails.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::explain::explain_briefly;
use super::settle::Settled;
use crate::browser::clock;
use crate::i18n::{Text, t, tf};
use crate::ui::{Switch, Toasts};

/// A write that sets the value, on its way to its end.
pub type Writing = Pin<Box<dyn Future<Output = Settled>>>;

/// Makes the write for a wanted value.
pub type Write = Arc<dyn Fn(bool) -> Writing + Send + Sync>;

/// What the user asked for and the screen already shows.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    /// Nothing: the server's value is shown.
    Nothing,
    /// This, and the call is on its way.
    OnItsWay(bool),
    /// This, and the API did it. Shown until an answer later than this one has the server's value.
    Done(bool, u32),
}

/// The switch. What it shows after a flip is the server's value as soon as that was read back.
#[component]
pub fn Toggle(
    /// The switch's name: what it sets, and whose.
    #[prop(into)]
    label: String,
    /// The server's value.
    #[prop(into)]
    value: Signal<bool>,
    /// How many answers with the server's value there were ([`crate::remote::Read::answers`]).
    #[prop(into)]
    answers: Signal<u32>,
    /// The write.
    write: Write,
    /// What comes before a flip, where it is to be asked for first: it is given the wanted value and what flips.
    #[prop(optional)]
    before: Option<Callback<(bool, Callback<bool>)>>,
) -> impl IntoView {
    let toasts = Toasts::get();
    let asked = RwSignal::new(Asked::Nothing);
    let checked = Signal::derive(move || match asked.get() {
        Asked::Nothing => value.get(),
        Asked::OnItsWay(wanted) => wanted,
        Asked::Done(wanted, seen) if answers.get() <= seen => wanted,
        Asked::Done(..) => value.get(),
    });
    let busy = Signal::derive(move || matches!(asked.get(), Asked::OnItsWay(_)));
    let name = StoredValue::new(label.clone());
    let told = StoredValue::new(None);
    let flip = Callback::new(move |wanted: bool| {
        asked.set(Asked::OnItsWay(wanted));
        toasts.take_back(told);
        let writing = write(wanted);
        spawn_local(async move {
            let settled = writing.await;
            let name = name.try_get_value().unwrap_or_default();
            tell(toasts, told, &name, &settled);
            asked.set(match settled {
                Settled::Done(_) => {
                    Asked::Done(wanted, answers.try_get_untracked().unwrap_or_default())
                }
                Settled::NotDone(_) | Settled::Unknown(_) => Asked::Nothing,
            });
        });
    });
    let flip = match before {
        Some(before) => Callback::new(move |wanted| before.run((wanted, flip))),
        None => flip,
    };
    view! { <Switch label checked busy on_flip=flip /> }
}

/// Good news is told by the switch itself.
fn tell(toasts: Toasts, told: StoredValue<Option<u32>>, name: &str, settled: &Settled) {
    match settled {
        Settled::Done(None) => {}
        Settled::Done(Some(warning)) => toasts.warn(format!("{name}: {warning}")),
        Settled::NotDone(error) => {
            let reason = explain_briefly(error, clock::now());
            let values = [("name", name), ("reason", &reason)];
            toasts.bad_instead(told, tf(Text::SwitchNotDone, &values));
        }
        Settled::Unknown(_) => {
            let unknown = t(Text::OutcomeUnknownChecked);
            toasts.bad_instead(told, format!("{name}: {unknown}"));
        }
    }
}
