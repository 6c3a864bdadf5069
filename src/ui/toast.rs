//! Toasts: short messages about what just happened, announced once, which then disappear. A message that needs an
//! answer or must stay is a notice on the page instead ([`Toasts::keep`]), or becomes one with the next page
//! ([`Toasts::insist`]).
//!
//! A toast belongs to the place where it was shown: the page, or the dialog that was open. It stays there, so that no
//! live region is ever moved and read out again. Only a toast that appears in the moment in which a dialog closes
//! moves to the page below it.

mod place;
mod placement;
mod travel;

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::badge::Tone;
use super::button::Button;
use super::notice::Notice;
pub(super) use place::ToastPlace;

/// How long a toast stays.
const STAYS: Duration = Duration::from_secs(6);

/// How long a toast about a failure stays.
const FAILED_STAYS: Duration = Duration::from_secs(12);

/// How long a toast with an action stays.
const OFFERS: Duration = Duration::from_secs(20);

/// How long a toast stays at most once the pointer or the focus has left it.
const AFTER_PAUSE: Duration = Duration::from_secs(3);

/// A toast that is younger, in milliseconds, belongs to what closes a dialog or opens a page, not to the dialog or
/// the page before.
const YOUNG: f64 = 1_000.0;

#[derive(Clone)]
struct Toast {
    id: u32,
    /// The page (0) or the dialog that it was shown in.
    place: u32,
    tone: Tone,
    text: String,
    offer: Option<Offer>,
    /// Whether it stays until it is dismissed ([`Toasts::insist`]).
    insists: bool,
    /// The time, on the clock of [`now`].
    shown_at: f64,
}

/// The action of a toast: the button's text, and its effect. Not a `Callback`, which is disposed with the page that
/// made it.
type Offer = (String, Arc<dyn Fn() + Send + Sync>);

/// A message that stays until it is dismissed.
#[derive(Clone)]
struct Kept {
    id: u32,
    text: String,
    /// Whether it was a toast before, which screen readers have announced.
    was_announced: bool,
}

/// The toasts on the screen, in context.
#[derive(Clone, Copy)]
pub struct Toasts {
    toasts: RwSignal<Vec<Toast>>,
    /// The messages that stay until they are dismissed.
    kept: RwSignal<Vec<Kept>>,
    /// The open dialogs, the topmost last.
    dialogs: RwSignal<Vec<u32>>,
    next: StoredValue<u32>,
    /// Whether the pointer is on a toast, and whether the focus is.
    held: StoredValue<[bool; 2]>,
    /// The paths of the current page and of the one before it.
    paths: StoredValue<[Option<String>; 2]>,
    /// The name of the button that closes a toast.
    dismiss: StoredValue<String>,
}

impl Toasts {
    /// Provides an empty list as context.
    pub fn provide() -> Self {
        let toasts = Self {
            toasts: RwSignal::new(Vec::new()),
            kept: RwSignal::new(Vec::new()),
            dialogs: RwSignal::new(Vec::new()),
            next: StoredValue::new(1),
            held: StoredValue::default(),
            paths: StoredValue::default(),
            dismiss: StoredValue::new(String::new()),
        };
        provide_context(toasts);
        toasts
    }

    /// Returns the toasts of this page.
    ///
    /// # Panics
    /// When called outside the application, which is a programming error.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Reports success.
    pub fn good(&self, text: impl Into<String>) {
        self.show(Tone::Good, text.into(), None, false);
    }

    /// Reports success, and offers an action by a button with the text `label`.
    pub fn offer(
        &self,
        text: impl Into<String>,
        label: impl Into<String>,
        on_press: impl Fn() + Send + Sync + 'static,
    ) {
        let offer = (label.into(), Arc::new(on_press) as Arc<_>);
        self.show(Tone::Good, text.into(), Some(offer), false);
    }

    /// Reports success with a reservation.
    pub fn warn(&self, text: impl Into<String>) {
        self.show(Tone::Warn, text.into(), None, false);
    }

    /// Reports a failure that the page shows too, or that needs no action. Announced at once. It disappears after a
    /// while, and with the page.
    pub fn bad(&self, text: impl Into<String>) {
        self.show(Tone::Bad, text.into(), None, false);
    }

    /// Reports a failure that needs action, beside controls that must not move. It stays until it is dismissed: as a
    /// toast, and above every other page once the user leaves this one. It replaces the previous message about the same
    /// thing, whose id is in `last`.
    ///
    /// Returns the id of the message.
    pub fn insist(&self, last: StoredValue<Option<u32>>, text: impl Into<String>) -> u32 {
        self.take_back(last);
        let id = self.show(Tone::Bad, text.into(), None, true);
        last.try_set_value(Some(id));
        id
    }

    /// Reports a failure that needs action. It stays above every page until it is dismissed. Returns the id of the
    /// message.
    pub fn keep(&self, text: impl Into<String>) -> u32 {
        let id = self.new_id();
        self.keep_as(Kept {
            id,
            text: text.into(),
            was_announced: false,
        });
        id
    }

    fn keep_as(&self, message: Kept) {
        self.kept.update(|kept| {
            kept.retain(|other| other.text != message.text);
            kept.push(message);
        });
    }

    /// Removes the previous message about a thing, because it is being tried again.
    pub fn take_back(&self, last: StoredValue<Option<u32>>) {
        let said = last.try_update_value(Option::take).flatten();
        if let Some(id) = said {
            self.dismiss(id);
        }
    }

    /// Removes the message with this id, wherever it is shown. Returns whether it was still there.
    pub fn dismiss(&self, id: u32) -> bool {
        let is_kept = |kept: &Vec<Kept>| kept.iter().any(|kept| kept.id == id);
        let is_toast = |toasts: &Vec<Toast>| toasts.iter().any(|toast| toast.id == id);
        let is_there = self.kept.try_with_untracked(is_kept) == Some(true)
            || self.toasts.try_with_untracked(is_toast) == Some(true);
        if is_there {
            self.close(id);
            self.forget(id);
        }
        is_there
    }

    fn new_id(&self) -> u32 {
        // A caller that outlives the application has no place for its message.
        let Some(id) = self.next.try_get_value() else {
            return u32::MAX;
        };
        self.next.set_value(id.wrapping_add(1).max(1));
        id
    }

    /// Removes a message that stayed.
    fn forget(&self, id: u32) {
        self.kept.update(|kept| kept.retain(|kept| kept.id != id));
    }

    fn show(&self, tone: Tone, text: String, offer: Option<Offer>, insists: bool) -> u32 {
        let stays = match tone {
            _ if offer.is_some() => OFFERS,
            Tone::Bad => FAILED_STAYS,
            _ => STAYS,
        };
        let toast = Toast {
            id: self.new_id(),
            place: self.top(),
            tone,
            text,
            offer,
            insists,
            shown_at: now(),
        };
        let id = toast.id;
        self.toasts.update(|toasts| toasts.push(toast));
        if !insists {
            self.close_after(id, stays);
        }
        id
    }

    /// Closes a toast when its time is over and the user is not reading it.
    fn close_after(&self, id: u32, time: Duration) {
        let this = *self;
        set_timeout(
            move || {
                let top = this.top();
                let is_out_of_reach = this.toasts.try_with_untracked(|toasts| {
                    let toast = toasts.iter().find(|toast| toast.id == id)?;
                    Some(toast.offer.is_some() && toast.place != top)
                });
                match is_out_of_reach.flatten() {
                    None => {}
                    Some(false) if this.held.get_value() == [false; 2] && !document().hidden() => {
                        this.close(id);
                    }
                    Some(_) => this.close_after(id, AFTER_PAUSE),
                }
            },
            time,
        );
    }

    fn close(&self, id: u32) {
        self.retain(|toast| toast.id != id);
    }

    fn retain(&self, stays: impl Fn(&Toast) -> bool) {
        let all_stay = self
            .toasts
            .try_with_untracked(|toasts| toasts.iter().all(&stays));
        if all_stay.unwrap_or(true) {
            return;
        }
        self.toasts.update(|toasts| toasts.retain(stays));
        // The browser fires no event if an element is removed under the pointer or with the focus.
        let held = self.held;
        request_animation_frame(move || {
            let is = |selector| matches!(document().query_selector(selector), Ok(Some(_)));
            held.try_update_value(|[pointer, focus]| {
                *pointer &= is(".toasts:hover");
                *focus &= is(".toasts:focus-within");
            });
        });
    }
}

/// Returns the milliseconds since the page was loaded.
fn now() -> f64 {
    window()
        .performance()
        .map_or_else(js_sys::Date::now, |clock| clock.now())
}

/// The place of the page's toasts.
#[component]
pub fn Toaster(
    /// The name of the button that closes a toast.
    #[prop(into)]
    dismiss: String,
) -> impl IntoView {
    Toasts::get().dismiss.set_value(dismiss);
    view! { <ToastPlace place=0 /> }
}

/// Shows the messages that stay above every page until they are dismissed ([`Toasts::keep`]).
#[component]
pub fn KeptMessages() -> impl IntoView {
    let toasts = Toasts::get();
    view! {
        <For each=move || toasts.kept.get() key=|kept| kept.id let:kept>
            <div class="kept-message"><Notice tone=Tone::Bad title=kept.text quiet=kept.was_announced>
                <div class="actions">
                    <Button label=toasts.dismiss.get_value() on_press=Callback::new(move |()| toasts.forget(kept.id)) />
                </div>
            </Notice></div>
        </For>
    }
}
