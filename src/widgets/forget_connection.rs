//! Forgets a saved connection, with an undo.

use crate::i18n::{Text, t, tf};
use crate::session::{SavedConnection, Session};
use crate::ui::Toasts;

/// Deletes a saved connection with its token from this device, and offers to save it again.
pub fn forget_connection(session: Session, toasts: Toasts, saved: &SavedConnection) {
    let base_url = &saved.connection.base_url;
    let Some(forgotten) = session.forget(base_url.as_str()) else {
        if session.is_saved(base_url) {
            toasts.bad(t(Text::StoreNotKept));
        }
        return;
    };
    let named = |text| tf(text, &[("name", &saved.organisation)]);
    let (text, restored) = (
        named(Text::ConnectionForgotten),
        named(Text::ConnectionRestored),
    );
    toasts.offer(text, t(Text::Undo), move || {
        if session.save_again(forgotten.clone()) {
            toasts.good(restored.clone());
        } else {
            toasts.bad(t(Text::StoreNotKept));
        }
    });
}
