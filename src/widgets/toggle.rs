//! A switch on a value of the API: it flips at once, and back, with the reason, when the call fails. Flipped again while its call is on the
//! way, it shows the last wish and sends that next.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::Email;

use crate::browser::clock;
use crate::i18n::{Text, tf};
use crate::operations::submit::WriteOutcome;
use crate::ui::{Switch, Toasts};
use crate::wording::explain::{explain_briefly, explain_unknown};

/// A write that sets the value. Nothing is sent before it is awaited.
pub type Writing = Pin<Box<dyn Future<Output = WriteOutcome>>>;

/// Prepares the write for a wanted value.
pub type Write = Arc<dyn Fn(bool) -> Writing + Send + Sync>;

/// The last wish since a call is on its way, with its write.
type QueuedWrite = Rc<RefCell<Option<(bool, Writing)>>>;

/// What the user asked for and the screen already shows.
#[derive(Clone, Copy, PartialEq)]
enum ToggleRequest {
    /// Nothing: the server's value is shown.
    Nothing,
    /// This, and a call is on its way.
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
    let asked = RwSignal::new((None, ToggleRequest::Nothing));
    let of_this_one = move || {
        let of = |whose: &Option<Email>| {
            asked.with(|(then, asked)| {
                if then == whose {
                    *asked
                } else {
                    ToggleRequest::Nothing
                }
            })
        };
        whose.with(of)
    };
    let checked = Signal::derive(move || match of_this_one() {
        ToggleRequest::Nothing => value.get(),
        ToggleRequest::OnItsWay(wanted) => wanted,
        ToggleRequest::Done(wanted, seen) if answers.get() <= seen => wanted,
        ToggleRequest::Done(..) => value.get(),
    });
    let busy = Signal::derive(move || matches!(of_this_one(), ToggleRequest::OnItsWay(_)));
    let told = StoredValue::new(None);
    let waiting = StoredValue::new_local(QueuedWrite::default());
    let flip = Callback::new(move |wanted: bool| {
        let (whose, name) = (whose.get_untracked(), label.get_untracked());
        let writing = write(wanted);
        let (is_last, is_under_way) = asked.with_untracked(|(last, asked)| {
            let is_last = *last == whose;
            (
                is_last,
                is_last && matches!(asked, ToggleRequest::OnItsWay(_)),
            )
        });
        asked.set((whose.clone(), ToggleRequest::OnItsWay(wanted)));
        if is_under_way {
            waiting.with_value(|waiting| waiting.replace(Some((wanted, writing))));
            return;
        }
        if is_last {
            toasts.take_back(told);
        } else {
            told.set_value(None);
        }
        // Outlives the page: a wish is sent also when its page is left.
        let wishes = QueuedWrite::default();
        waiting.set_value(Rc::clone(&wishes));
        spawn_local(async move {
            let ended = carry_out((wanted, writing), &wishes, |warning| {
                let values = [("name", &*name), ("text", warning)];
                toasts.warn(tf(Text::Labelled, &values));
            })
            .await;
            // Another one may have been asked something since, or the page is gone.
            let is_last = asked.try_with_untracked(|(last, _)| *last == whose) == Some(true);
            if let Some(outcome) = &ended.failed {
                tell(toasts, is_last.then_some(told), &name, outcome);
            }
            if is_last {
                let now = match ended.done {
                    Some(done) => ToggleRequest::Done(done, answers.get_untracked()),
                    None => ToggleRequest::Nothing,
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

/// How a row of wishes ended.
#[derive(Debug, PartialEq)]
struct ToggleResult {
    /// What the API did last, if it did anything.
    done: Option<bool>,
    /// How the last write ended, where the last wish did not come about.
    failed: Option<WriteOutcome>,
}

/// Makes a write, and then the last wish that came meanwhile, until there is none. `warn` is told what the API warned of.
async fn carry_out(
    first: (bool, Writing),
    wishes: &QueuedWrite,
    warn: impl Fn(&str),
) -> ToggleResult {
    let (mut sent, writing) = first;
    let mut outcome = writing.await;
    let mut done = None;
    loop {
        if let WriteOutcome::Done(warning) = &outcome {
            done = Some(sent);
            if let Some(warning) = warning {
                warn(warning);
            }
        }
        let next = wishes.take().filter(|(wish, _)| *wish != sent);
        match (next, outcome) {
            // The value is as it was, which is the last wish.
            (Some(_), WriteOutcome::NotDone(_)) => return ToggleResult { done, failed: None },
            (Some((wish, writing)), _) => {
                sent = wish;
                outcome = writing.await;
            }
            (None, WriteOutcome::Done(_)) => return ToggleResult { done, failed: None },
            (None, failed) => {
                let failed = Some(failed);
                return ToggleResult { done, failed };
            }
        }
    }
}

/// Tells why it does not show the last wish. `told` is what was told last of it, where that is to go.
fn tell(
    toasts: Toasts,
    told: Option<StoredValue<Option<u32>>>,
    name: &str,
    outcome: &WriteOutcome,
) {
    let text = match outcome {
        WriteOutcome::Done(_) => return,
        WriteOutcome::NotDone(error) => {
            let reason = explain_briefly(error, clock::now());
            tf(Text::SwitchNotDone, &[("name", name), ("reason", &reason)])
        }
        WriteOutcome::Unknown(look) => {
            let unknown = explain_unknown(look);
            tf(Text::Labelled, &[("name", name), ("text", &unknown)])
        }
    };
    match told {
        Some(told) => toasts.bad_instead(told, text),
        None => toasts.bad(text),
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use switchboard_api::ApiError;

    use super::*;

    /// Writes that end at once, as told, and note what they set.
    fn writing(sent: &Rc<RefCell<Vec<bool>>>, wanted: bool, ends: WriteOutcome) -> (bool, Writing) {
        let sent = Rc::clone(sent);
        let writing = async move {
            sent.borrow_mut().push(wanted);
            ends
        };
        (wanted, Box::pin(writing))
    }

    /// What was sent when the first was followed by these wishes, and how it ended.
    fn after(
        first: (bool, WriteOutcome),
        later: Vec<(bool, WriteOutcome)>,
    ) -> (Vec<bool>, ToggleResult) {
        let sent = Rc::default();
        let wishes = QueuedWrite::default();
        // All are wished while the first is on its way: the last replaces the others.
        for (wanted, ends) in later {
            wishes.replace(Some(writing(&sent, wanted, ends)));
        }
        let first = writing(&sent, first.0, first.1);
        let mut ended = pin!(carry_out(first, &wishes, |_| ()));
        let Poll::Ready(ended) = ended.as_mut().poll(&mut Context::from_waker(Waker::noop()))
        else {
            panic!("it waits although every write has ended");
        };
        (sent.take(), ended)
    }

    fn done() -> WriteOutcome {
        WriteOutcome::Done(None)
    }

    fn not_done() -> WriteOutcome {
        WriteOutcome::NotDone(ApiError::Cancelled)
    }

    #[test]
    fn the_last_wish_is_sent_after_the_call_that_was_on_its_way() {
        let (sent, ended) = after((true, done()), vec![(false, done())]);
        assert_eq!(sent, [true, false]);
        assert_eq!((ended.done, ended.failed), (Some(false), None));
    }

    #[test]
    fn a_wish_that_was_taken_back_is_not_sent() {
        let (sent, ended) = after((true, done()), vec![(false, done()), (true, done())]);
        assert_eq!(sent, [true]);
        assert_eq!((ended.done, ended.failed), (Some(true), None));
    }

    #[test]
    fn a_failure_that_leaves_things_as_they_are_wished_is_none() {
        let (sent, ended) = after((true, not_done()), vec![(false, done())]);
        assert_eq!(sent, [true]);
        assert_eq!((ended.done, ended.failed), (None, None));
    }

    #[test]
    fn after_an_unknown_outcome_the_last_wish_is_sent() {
        let unknown = WriteOutcome::Unknown(ApiError::Cancelled);
        let (sent, ended) = after((true, unknown), vec![(false, done())]);
        assert_eq!(sent, [true, false]);
        assert_eq!((ended.done, ended.failed), (Some(false), None));
    }

    #[test]
    fn the_last_failure_is_told_and_what_was_done_before_it_is_shown() {
        let (sent, ended) = after((true, done()), vec![(false, not_done())]);
        assert_eq!(sent, [true, false]);
        assert_eq!((ended.done, ended.failed), (Some(true), Some(not_done())));
        let (_, ended) = after((true, not_done()), vec![]);
        assert_eq!((ended.done, ended.failed), (None, Some(not_done())));
    }
}
