//! Sends a confirmed deletion, and leads back to the list.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use switchboard_model::journal::Change;

use crate::browser::clock;
use crate::i18n::{Text, tf};
use crate::operations::submit::{WriteOutcome, show_error, submit};
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::Toasts;
use crate::widgets::list_navigation::list_as_left;
use crate::wording::explain::{explain_briefly, explain_unknown};

/// The deletion of what a page shows.
#[derive(Clone, Copy)]
pub struct Deletion {
    /// Whether its dialog is open.
    pub open: RwSignal<bool>,
    /// True while the call is in flight, and once it worked: the page then is not missed.
    pub ending: RwSignal<bool>,
    /// Whether the call is in flight.
    pub busy: RwSignal<bool>,
    /// Why it did not work, or may not have.
    pub error: RwSignal<Option<String>>,
}

impl Deletion {
    /// Creates a deletion that has not begun.
    #[must_use]
    pub fn new(open: RwSignal<bool>, ending: RwSignal<bool>) -> Self {
        Self {
            open,
            ending,
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
        }
    }

    /// Returns what sends the deletion of what is `called` so on the screen. Once it has worked, calls `done`, and leads to
    /// the list if the user is still on this page.
    #[must_use]
    pub fn send(
        self,
        change: Change,
        called: String,
        list: Route,
        done: impl Fn() + Send + Sync + 'static,
    ) -> Callback<()> {
        let (remote, toasts, navigate) = (Remote::get(), Toasts::get(), use_navigate());
        // Outlives the page, which the user may leave in the meantime.
        let done = Arc::new(done);
        Callback::new(move |()| {
            self.busy.set(true);
            self.ending.set(true);
            self.error.set(None);
            let (change, called) = (change.clone(), called.clone());
            let (list, navigate, done) = (list.clone(), navigate.clone(), Arc::clone(&done));
            spawn_local(async move {
                let outcome = submit(remote, change).await;
                self.busy.set(false);
                if let WriteOutcome::Done(warning) = outcome {
                    done();
                    let is_left = self.open.try_set(false).is_some();
                    let good = tf(Text::Deleted, &[("name", &called)]);
                    toasts.good(warning.unwrap_or(good));
                    if !is_left {
                        navigate(&list_as_left(&list), NavigateOptions::default());
                    }
                } else {
                    self.ending.try_set(false);
                    let words = move |outcome: &WriteOutcome| not_deleted(outcome, &called);
                    show_error(self.error, toasts, outcome, words, str::to_owned);
                }
            });
        })
    }
}

/// Says that a deletion did not work, or may not have.
fn not_deleted(outcome: &WriteOutcome, name: &str) -> Option<String> {
    let (text, key, why) = match outcome {
        WriteOutcome::Done(_) => return None,
        WriteOutcome::NotDone(failed) => {
            let reason = explain_briefly(failed, clock::now());
            (Text::NotDeleted, "reason", reason)
        }
        WriteOutcome::Unknown(look, _) => (Text::Labelled, "text", explain_unknown(look)),
    };
    Some(tf(text, &[("name", name), (key, &why)]))
}
