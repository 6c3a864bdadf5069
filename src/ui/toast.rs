//! Short messages about what just happened, announced and then gone. What needs an answer or must be kept is a notice instead.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use web_sys::Element;

use super::badge::Tone;
use super::button::{Button, ButtonKind};
use super::icon::{Icon, IconName};

/// For how long a message stays.
const STAYS: Duration = Duration::from_secs(6);

/// For how long a message stays that offers something.
const OFFERS: Duration = Duration::from_secs(20);

#[derive(Clone)]
struct Toast {
    id: u32,
    tone: Tone,
    text: String,
    offer: Option<Offer>,
}

/// What a message offers: what its button says, and does. Not a callback, which goes with the page that made it.
type Offer = (String, Arc<dyn Fn() + Send + Sync>);

/// The messages on the screen, in context.
#[derive(Clone, Copy)]
pub struct Toasts {
    toasts: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl Toasts {
    /// Puts an empty list into context.
    pub fn provide() -> Self {
        let toasts = Self {
            toasts: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
        };
        provide_context(toasts);
        toasts
    }

    /// The messages of this page.
    ///
    /// # Panics
    /// When called outside the application: a mistake of the programmer, not of the world.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Says that something worked.
    pub fn good(&self, text: impl Into<String>) {
        self.show(Tone::Good, text.into(), None);
    }

    /// Says that something worked, and offers a way back or on, by a button that says `label`.
    pub fn offer(
        &self,
        text: impl Into<String>,
        label: impl Into<String>,
        on_press: impl Fn() + Send + Sync + 'static,
    ) {
        let offer = (label.into(), Arc::new(on_press) as Arc<_>);
        self.show(Tone::Good, text.into(), Some(offer));
    }

    /// Says that something worked, but not as wished.
    pub fn warn(&self, text: impl Into<String>) {
        self.show(Tone::Warn, text.into(), None);
    }

    /// Says that something failed. Announced at once, and stays until it is closed.
    pub fn bad(&self, text: impl Into<String>) {
        self.show(Tone::Bad, text.into(), None);
    }

    /// As [`Self::bad`], in the place of what was said before of the same thing: `last` is where the message is remembered.
    pub fn bad_instead(&self, last: StoredValue<Option<u32>>, text: impl Into<String>) {
        self.take_back(last);
        let id = self.show(Tone::Bad, text.into(), None);
        last.try_set_value(Some(id));
    }

    /// Takes away what was said last of a thing, as it is tried again.
    pub fn take_back(&self, last: StoredValue<Option<u32>>) {
        let said = last.try_update_value(Option::take).flatten();
        if let Some(id) = said {
            self.close(id);
        }
    }

    fn show(&self, tone: Tone, text: String, offer: Option<Offer>) -> u32 {
        let stays = if offer.is_some() { OFFERS } else { STAYS };
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.toasts.update(|toasts| {
            toasts.push(Toast {
                id,
                tone,
                text,
                offer,
            })
        });
        if tone != Tone::Bad {
            let this = *self;
            set_timeout(move || this.close(id), stays);
        }
        id
    }

    /// Those that are bad news, or the others, tracked.
    fn of(&self, bad: bool) -> Vec<Toast> {
        self.toasts
            .get()
            .into_iter()
            .filter(|toast| (toast.tone == Tone::Bad) == bad)
            .collect()
    }

    fn close(&self, id: u32) {
        self.toasts
            .update(|toasts| toasts.retain(|toast| toast.id != id));
    }
}

/// Puts the messages into a dialog that was just opened. Outside of it they would lie behind it, out of reach of pointer, keyboard and
/// assistive technology.
pub(super) fn bring_toasts_into(dialog: &Element) {
    if let Ok(Some(toasts)) = document().query_selector(".toasts") {
        let _ = dialog.append_child(&toasts);
    }
}

/// Puts the messages into the dialog below one that closes, or back onto the page.
pub(super) fn take_toasts_out_of(dialog: &Element) {
    let Ok(Some(toasts)) = dialog.query_selector(":scope > .toasts") else {
        return;
    };
    let open = document().query_selector_all("dialog:modal").ok();
    let below = open.and_then(|open| {
        let mut dialogs = (0..open.length()).filter_map(|index| open.item(index));
        dialogs.rfind(|other| !other.is_same_node(Some(dialog)))
    });
    if let Some(place) = below.or_else(|| document().body().map(Into::into)) {
        let _ = place.append_child(&toasts);
    }
}

/// Where the messages appear: two live regions that are there from the start, as assistive technology needs them to be.
#[component]
pub fn Toaster(
    /// The name of the button that closes a message.
    #[prop(into)]
    dismiss: String,
) -> impl IntoView {
    let toasts = Toasts::get();
    let dismiss = StoredValue::new(dismiss);
    let offered = move |toast: &Toast| {
        let id = toast.id;
        let (label, on_press) = toast.offer.clone()?;
        let press = Callback::new(move |()| {
            on_press();
            toasts.close(id);
        });
        Some(view! { <Button kind=ButtonKind::Quiet label on_press=press /> })
    };
    let those = move |bad: bool| {
        view! {
            <For each=move || toasts.of(bad) key=|toast| toast.id let:toast>
                <div class=if toast.tone == Tone::Good { "toast good" } else if bad { "toast bad" } else { "toast warn" }>
                    <Icon name=if toast.tone == Tone::Good { IconName::Check } else { IconName::Warning } />
                    <span>{toast.text.clone()}</span>
                    {offered(&toast)}
                    <button type="button" class="icon-button" aria-label=dismiss.get_value() on:click=move |_| toasts.close(toast.id)>
                        <Icon name=IconName::Close />
                    </button>
                </div>
            </For>
        }
    };
    view! {
        <div class="toasts">
            <div role="status" aria-live="polite">{those(false)}</div>
            <div role="alert">{those(true)}</div>
        </div>
    }
}
