//! A switch on a value of the API with an optimistic update: it flips at once, and rolls back with the reason if the
//! call fails. If it is flipped again while its call is in flight, it shows the last request and sends that next.

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
use crate::operations::submit::{WriteOutcome, insist_on};
use crate::ui::{Switch, Toasts};
use crate::wording::explain::{explain_briefly, explain_unknown};

/// A write that sets the value. Sends nothing until it is awaited.
pub type Writing = Pin<Box<dyn Future<Output = WriteOutcome>>>;

/// Prepares the write for a wanted value.
pub type Write = Arc<dyn Fn(bool) -> Writing + Send + Sync>;

/// The last request since a call is in flight, with its write.
type QueuedWrite = Rc<RefCell<Option<(bool, Writing)>>>;

/// The requested value, which the screen shows already.
#[derive(Clone, Copy, PartialEq)]
enum ToggleRequest {
    /// None: the API's value is shown.
    Nothing,
    /// This value, while a call is in flight.
    OnItsWay(bool),
    /// This value, which the API has set. Shown until an answer later than this one has the API's value.
    Done(bool, u32),
}

/// The switch. After a flip it shows the API's value as soon as that is read again.
#[component]
pub fn Toggle(
    /// The switch's name: the value, and its owner.
    #[prop(into)]
    label: Signal<String>,
    /// The owner, if it may change. A request for one owner does not apply to the next.
    #[prop(optional, into)]
    whose: Signal<Option<Email>>,
    /// The value at the API.
    #[prop(into)]
    value: Signal<bool>,
    /// The number of answers that contained the value ([`crate::remote::Read::answers`]).
    #[prop(into)]
    answers: Signal<u32>,
    /// The write.
    write: Write,
    /// What else identifies the value, for messages: they may follow to another page.
    #[prop(optional, into)]
    about: Option<String>,
    /// Receives the value that the switch shows while that is not the API's.
    #[prop(optional)]
    requested: Option<RwSignal<Option<bool>>>,
    /// Runs before a flip, to ask the user first. Gets the wanted value and a callback that flips.
    #[prop(optional)]
    before: Option<Callback<(bool, Callback<bool>)>>,
) -> impl IntoView {
    let toasts = Toasts::get();
    // Together with the switch's owner at that time.
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
    let wanted = move || match of_this_one() {
        ToggleRequest::OnItsWay(wanted) => Some(wanted),
        ToggleRequest::Done(wanted, seen) if answers.get() <= seen => Some(wanted),
        ToggleRequest::Nothing | ToggleRequest::Done(..) => None,
    };
    let checked = Signal::derive(move || wanted().unwrap_or_else(|| value.get()));
    if let Some(requested) = requested {
        Effect::new(move || requested.set(wanted()));
    }
    let busy = Signal::derive(move || matches!(of_this_one(), ToggleRequest::OnItsWay(_)));
    let told = StoredValue::new(None);
    let waiting = StoredValue::new_local(QueuedWrite::default());
    let flip = Callback::new(move |wanted: bool| {
        let (whose, name) = (whose.get_untracked(), label.get_untracked());
        let name = match &about {
            Some(about) => tf(Text::NameAbout, &[("name", &name), ("about", about)]),
            None => name,
        };
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
        // Outlives the page, so that the last request is sent even after the user has left.
        let wishes = QueuedWrite::default();
        waiting.set_value(Rc::clone(&wishes));
        spawn_local(async move {
            let ended = carry_out((wanted, writing), &wishes, |warning| {
                let values = [("name", &*name), ("text", warning)];
                toasts.warn(tf(Text::Labelled, &values));
            })
            .await;
            // False if the switch belongs to another owner by now, or the page is gone.
            let is_last = asked.try_with_untracked(|(last, _)| *last == whose) == Some(true);
            if let Some(outcome) = ended.failed {
                tell(toasts, is_last.then_some(told), name, outcome);
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

/// The outcome of a sequence of requests.
#[derive(Debug, PartialEq)]
struct ToggleResult {
    /// The last value that the API has set, if any.
    done: Option<bool>,
    /// The last write's outcome, if the last request failed.
    failed: Option<WriteOutcome>,
}

/// Makes a write, then the last request that came in the meantime, until there is none. Calls `warn` with the API's
/// warnings.
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
            // The value is unchanged, which is what the last request wants.
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

/// Explains why the switch does not show the last request. `told` is the previous message about it, which is
/// replaced.
fn tell(
    toasts: Toasts,
    told: Option<StoredValue<Option<u32>>>,
    name: String,
    outcome: WriteOutcome,
) {
    insist_on(toasts, told, outcome, move |outcome| match outcome {
        WriteOutcome::Done(_) => None,
        WriteOutcome::NotDone(error) => {
            let reason = explain_briefly(error, clock::now());
            let values = [("name", name.as_str()), ("reason", &reason)];
            Some(tf(Text::SwitchNotDone, &values))
        }
        WriteOutcome::Unknown(look, _) => {
            let values = [("name", name.as_str()), ("text", &explain_unknown(look))];
            Some(tf(Text::Labelled, &values))
        }
    });
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use switchboard_api::ApiError;

    use super::*;
    use crate::operations::submit::LateOutcome;

    /// Returns a write that ends at once with `ends` and records what it set.
    fn writing(sent: &Rc<RefCell<Vec<bool>>>, wanted: bool, ends: WriteOutcome) -> (bool, Writing) {
        let sent = Rc::clone(sent);
        let writing = async move {
            sent.borrow_mut().push(wanted);
            ends
        };
        (wanted, Box::pin(writing))
    }

    /// Returns what was sent when these requests followed the first, and the outcome.
    fn after(
        first: (bool, WriteOutcome),
        later: Vec<(bool, WriteOutcome)>,
    ) -> (Vec<bool>, ToggleResult) {
        let sent = Rc::default();
        let wishes = QueuedWrite::default();
        // All arrive while the first is in flight: the last replaces the others.
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
    fn last_request_is_sent_after_the_call_in_flight() {
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
    fn failure_that_leaves_the_wanted_value_is_ignored() {
        let (sent, ended) = after((true, not_done()), vec![(false, done())]);
        assert_eq!(sent, [true]);
        assert_eq!((ended.done, ended.failed), (None, None));
    }

    #[test]
    fn after_an_unknown_outcome_the_last_wish_is_sent() {
        let unknown = WriteOutcome::Unknown(ApiError::Cancelled, LateOutcome::default());
        let (sent, ended) = after((true, unknown), vec![(false, done())]);
        assert_eq!(sent, [true, false]);
        assert_eq!((ended.done, ended.failed), (Some(false), None));
    }

    #[test]
    fn last_failure_is_reported_with_the_present_value() {
        let (sent, ended) = after((true, done()), vec![(false, not_done())]);
        assert_eq!(sent, [true, false]);
        assert_eq!((ended.done, ended.failed), (Some(true), Some(not_done())));
        let (_, ended) = after((true, not_done()), vec![]);
        assert_eq!((ended.done, ended.failed), (None, Some(not_done())));
    }
}
