//! A switch on a value of the API: it flips at once, and back, with the reason, when the call fails.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::Email;

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
    label: Signal<String>,
    /// Whose it is, where that may change: what was asked of one says nothing of the next.
    #[prop(optional, into)]
    whose: Signal<Option<Email>>,
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
    // With whose switch it was then.
    let asked = RwSignal::new((None, Asked::Nothing));
    let of_this_one = move || {
        let of = |whose: &Option<Email>| {
            asked.with(|(then, asked)| {
                if then == whose {
                    *asked
                } else {
                    Asked::Nothing
                }
            })
        };
        whose.with(of)
    };
    let checked = Signal::derive(move || match of_this_one() {
        Asked::Nothing => value.get(),
        Asked::OnItsWay(wanted) => wanted,
        Asked::Done(wanted, seen) if answers.get() <= seen => wanted,
        Asked::Done(..) => value.get(),
    });
    let busy = Signal::derive(move || matches!(of_this_one(), Asked::OnItsWay(_)));
    let told = StoredValue::new(None);
    let flip = Callback::new(move |wanted: bool| {
        let (whose, name) = (whose.get_untracked(), label.get_untracked());
        if asked.with_untracked(|(last, _)| *last == whose) {
            toasts.take_back(told);
        } else {
            told.set_value(None);
        }
        asked.set((whose.clone(), Asked::OnItsWay(wanted)));
        let writing = write(wanted);
        spawn_local(async move {
            let settled = writing.await;
            // Another one may have been asked something since, or the page is gone.
            let is_last = asked.try_with_untracked(|(last, _)| *last == whose) == Some(true);
            tell(toasts, is_last.then_some(told), &name, &settled);
            if is_last {
                let now = match settled {
                    Settled::Done(_) => Asked::Done(wanted, answers.get_untracked()),
                    Settled::NotDone(_) | Settled::Unknown(_) => Asked::Nothing,
                };
                asked.set((whose, now));
            }
        });
    });
    let flip = match before {
        Some(before) => Callback::new(move |wanted| before.run((wanted, flip))),
        None => flip,
    };
    view! { <Switch label checked busy on_flip=flip /> }
}

/// Good news is told by the switch itself. `told` is what was told last of it, where that is to go.
fn tell(toasts: Toasts, told: Option<StoredValue<Option<u32>>>, name: &str, settled: &Settled) {
    let bad = |text: String| match told {
        Some(told) => toasts.bad_instead(told, text),
        None => toasts.bad(text),
    };
    match settled {
        Settled::Done(None) => {}
        Settled::Done(Some(warning)) => toasts.warn(format!("{name}: {warning}")),
        Settled::NotDone(error) => {
            let reason = explain_briefly(error, clock::now());
            let values = [("name", name), ("reason", &reason)];
            bad(tf(Text::SwitchNotDone, &values));
        }
        Settled::Unknown(_) => {
            let unknown = t(Text::OutcomeUnknownChecked);
            bad(format!("{name}: {unknown}"));
        }
    }
}
