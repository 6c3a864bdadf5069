//! Saved connections that cannot be read: shown without their tokens, to be restored or deleted.

use leptos::prelude::*;

use crate::i18n::{Text, t, tf, tn};
use crate::session::{PutBack, Session, UnreadableConnection};
use crate::ui::{Button, Ltr, Notice, Toasts, Tone};
use crate::wording::store::store_error;

/// The part below the saved connections. Renders nothing if all can be read.
#[component]
pub(super) fn UnreadableConnections() -> impl IntoView {
    let session = Session::get();
    // Why the last one could not be restored or deleted.
    let failed = RwSignal::new(None::<String>);
    move || {
        let unreadable = session.unreadable();
        (!unreadable.is_empty()).then(|| {
            let title = tn(Text::ConnectionsUnreadable, unreadable.len());
            let rows = unreadable
                .into_iter()
                .map(|unreadable| view! { <UnreadableConnectionRow unreadable failed /> })
                .collect_view();
            view! {
                <h3>{title}</h3>
                <p class="hint">{t(Text::ConnectionsUnreadableText)}</p>
                <ul class="entries">{rows}</ul>
                {move || failed.get().map(|title| view! { <Notice tone=Tone::Bad title /> })}
            }
        })
    }
}

#[component]
fn UnreadableConnectionRow(
    /// The connection.
    unreadable: UnreadableConnection,
    /// Why it could not be restored or deleted.
    failed: RwSignal<Option<String>>,
) -> impl IntoView {
    let (session, toasts) = (Session::get(), Toasts::get());
    let unnamed = || t(Text::ConnectionUnnamed).to_owned();
    let name = unreadable.organisation().unwrap_or_else(unnamed);
    let base_url = unreadable.base_url();
    let base_url = base_url.map_or_else(
        || t(Text::ConnectionNoAddress).to_owned(),
        |url| url.as_str().to_owned(),
    );
    let (restore_name, delete_name) = (
        tf(Text::RestoreRecordOf, &[("record", &name)]),
        tf(Text::DeleteRecordOf, &[("record", &name)]),
    );
    let (back, named) = (unreadable.clone(), name.clone());
    let restore = Callback::new(move |()| {
        let told = match session.put_back(&back) {
            Ok(PutBack::Done) => {
                toasts.good(tf(Text::ConnectionRestored, &[("name", &named)]));
                None
            }
            Ok(PutBack::StillUnreadable) => Some(t(Text::ConnectionStillUnreadable).to_owned()),
            Ok(PutBack::SavedSince) => Some(t(Text::ConnectionSavedSince).to_owned()),
            Err(error) => Some(store_error(error)),
        };
        failed.set(told);
    });
    let delete = Callback::new(move |()| {
        let told = match session.delete_unreadable(&unreadable) {
            Ok(()) => {
                toasts.good(t(Text::ConnectionDeleted));
                None
            }
            Err(error) => Some(store_error(error)),
        };
        failed.set(told);
    });
    view! {
        <li class="row">
            <div><p class="row-title"><bdi>{name}</bdi></p><p class="hint"><Ltr text=base_url /></p></div>
            <div class="actions">
                <Button label=t(Text::RestoreRecord).to_owned() name=restore_name on_press=restore />
                <Button label=t(Text::Delete).to_owned() name=delete_name on_press=delete />
            </div>
        </li>
    }
}
