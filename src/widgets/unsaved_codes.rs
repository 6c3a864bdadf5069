//! Embed codes that this browser could not store: only this page has them. They stay visible on every page, also when the connection ends,
//! until the browser stores them or the user confirms having them.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::workspace::{KnownDomain, StoreError};

use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::operations::addition::{AddDomainAttempt, Adding};
use crate::readers;
use crate::ui::{Button, ButtonKind, CopyButton, Notice, Toasts, Tone};
use crate::widgets::embed_codes::{EmbedCodes, both, copy_texts, tell_kept};
use crate::wording::store::store_error;

/// Lists the codes that exist only on the screen. One list for the whole page, in context.
#[derive(Clone, Copy)]
pub struct UnsavedCodes {
    codes: RwSignal<Vec<Rc<UnsavedCode>>, LocalStorage>,
    /// The last message about a code that still could not be stored.
    said: StoredValue<Option<u32>>,
}

struct UnsavedCode {
    /// The record with its code.
    record: KnownDomain,
    error: StoreError,
    /// Kept alive, so that no other tab reports the code as lost.
    adding: Adding,
}

impl UnsavedCodes {
    /// Provides an empty list as context. While it contains a code, the browser asks before it closes the page.
    pub fn provide() {
        let this = Self {
            codes: RwSignal::new_local(Vec::new()),
            said: StoredValue::new(None),
        };
        let before_it_closes = window_event_listener(ev::beforeunload, move |event| {
            if this.codes.with_untracked(|codes| !codes.is_empty()) {
                event.prevent_default();
            }
        });
        on_cleanup(move || before_it_closes.remove());
        provide_context(this);
    }

    /// Returns the list of this page.
    ///
    /// # Panics
    /// When called outside the application, which is a programming error.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Returns whether there is an unsaved code, tracked.
    #[must_use]
    pub fn is_any(&self) -> bool {
        readers::unsubscribe_on_cleanup();
        self.codes.with(|codes| !codes.is_empty())
    }

    /// Adds a code, above the others.
    pub(crate) fn add(self, record: KnownDomain, error: StoreError, adding: Adding) {
        let one = UnsavedCode {
            record,
            error,
            adding,
        };
        self.codes.update(|codes| codes.insert(0, Rc::new(one)));
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    fn take(self, one: &Rc<UnsavedCode>, toasts: Toasts) {
        toasts.take_back(self.said);
        self.codes
            .update(|codes| codes.retain(|other| !Rc::ptr_eq(one, other)));
    }

    fn keep_again(self, one: &Rc<UnsavedCode>, toasts: Toasts) {
        if let Err(error) = one.adding.keep_again(&one.record) {
            let name = readable(&one.record.name);
            let values = [("domain", name.as_str()), ("reason", &store_error(error))];
            toasts.insist(self.said, tf(Text::CodeStillNotKept, &values));
            return;
        }
        self.take(one, toasts);
        let one = Rc::clone(one);
        spawn_local(async move {
            let kept = AddDomainAttempt::Kept(one.record.name.clone());
            let is_on_disk = one.adding.end(&kept).await;
            tell_kept(
                one.adding.known,
                toasts,
                Text::CodeKeptAfterAll,
                &one.record.name,
                is_on_disk,
            );
        });
    }

    fn hand_over(self, one: &Rc<UnsavedCode>, toasts: Toasts) {
        self.take(one, toasts);
        one.adding.hand_over(&one.record);
    }
}

/// Shows the unsaved codes above every page.
#[component]
pub fn UnsavedCodesNotice() -> impl IntoView {
    let (codes, toasts) = (UnsavedCodes::get(), Toasts::get());
    move || {
        let all = codes.codes.get();
        all.into_iter()
            .map(|one| view! { <UnsavedCodePanel codes one toasts /> })
            .collect_view()
    }
}

#[component]
fn UnsavedCodePanel(codes: UnsavedCodes, one: Rc<UnsavedCode>, toasts: Toasts) -> impl IntoView {
    let name = one.record.name.as_str();
    let title = tf(
        Text::CodeNotKept,
        &[("domain", &readable(&one.record.name))],
    );
    let label = title.clone();
    let code = one.record.held.as_ref().map(|held| held.code.clone());
    let copy = code.as_ref().map(|code| {
        let text = Signal::stored(both(code));
        view! { <CopyButton label=t(Text::CopyBoth) text texts=copy_texts() /> }
    });
    let (reason, prefix) = (store_error(one.error.clone()), format!("in-hand-{name}"));
    let one = StoredValue::new_local(one);
    let keep = Callback::new(move |()| codes.keep_again(&one.get_value(), toasts));
    let done = Callback::new(move |()| codes.hand_over(&one.get_value(), toasts));
    view! {
        <section class="in-hand" aria-label=label>
            <Notice tone=Tone::Bad title>
                <p>{t(Text::CodeNotKeptText)}" "{reason}</p>
                <p>{t(Text::CodeInHandText)}</p>
                <div class="actions">
                    <Button kind=ButtonKind::Primary label=t(Text::CodeKeepAgain).to_owned() on_press=keep />
                    {copy}
                    <Button label=t(Text::CodeHandedOver).to_owned() on_press=done />
                </div>
            </Notice>
            {code.map(|code| view! { <EmbedCodes code prefix /> })}
        </section>
    }
}
