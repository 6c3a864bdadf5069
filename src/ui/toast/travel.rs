//! Where toasts go when a dialog opens or closes, and when another page is shown.

use leptos::prelude::*;

use super::{Kept, Toast, Toasts, YOUNG, now};
use crate::ui::Tone;

impl Toasts {
    pub(super) fn top(&self) -> u32 {
        // A timer or a call may outlive the application.
        let last = self
            .dialogs
            .try_with_untracked(|dialogs| dialogs.last().copied());
        last.flatten().unwrap_or_default()
    }

    /// Registers an open dialog, and returns its place. New toasts appear inside it: outside they would be behind it,
    /// unreachable for pointer, keyboard and assistive technology.
    pub(in crate::ui) fn enter_dialog(&self) -> u32 {
        let place = self.new_id();
        self.dialogs.update(|dialogs| dialogs.push(place));
        place
    }

    /// Unregisters a closed dialog. Its young toasts, and those that need or offer an action, move to the page below.
    pub(in crate::ui) fn leave_dialog(&self, place: u32) {
        if self
            .dialogs
            .try_update(|dialogs| dialogs.retain(|it| *it != place))
            .is_none()
        {
            return;
        }
        let (below, now) = (self.top(), now());
        let goes_on =
            |toast: &Toast| toast.offer.is_some() || toast.insists || now - toast.shown_at < YOUNG;
        self.retain(|toast| toast.place != place || goes_on(toast));
        if self
            .toasts
            .try_with_untracked(|toasts| toasts.iter().any(|toast| toast.place == place))
            .unwrap_or_default()
        {
            self.toasts.update(|toasts| {
                let there = toasts.iter_mut().filter(|toast| toast.place == place);
                there.for_each(|toast| toast.place = below);
            });
        }
    }

    /// Registers that another page is shown, and drops the failures of the page before it, or keeps them above this
    /// one. Returns that page's path, also if the page shows its heading again.
    pub(in crate::ui) fn page_shown(&self, path: String) -> Option<String> {
        let [current, left] = self.paths.try_get_value()?;
        if current.as_ref() == Some(&path) {
            return left;
        }
        self.paths.try_set_value([Some(path), current.clone()]);
        if current.is_some() {
            let now = now();
            let stays = |toast: &Toast| toast.tone != Tone::Bad || now - toast.shown_at < YOUNG;
            self.toasts.with_untracked(|toasts| {
                for toast in toasts.iter().filter(|it| it.insists && !stays(it)) {
                    self.keep_as(Kept {
                        id: toast.id,
                        text: toast.text.clone(),
                        was_announced: true,
                    });
                }
            });
            self.retain(stays);
        }
        current
    }
}
