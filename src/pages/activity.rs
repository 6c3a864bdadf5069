//! What happened: every call of this session, and the changes that were made in this browser.

mod calls;
mod changes;
mod curl;
mod pretty;
mod undo;
mod words;

use leptos::prelude::*;

use crate::i18n::{Text, t};
use crate::ui::PageHeading;
use calls::Calls;
use changes::ChangesPanel;

/// The page "Activity".
#[component]
pub fn ActivityPage() -> impl IntoView {
    view! {
        <PageHeading title=t(Text::NavActivity).to_owned() subtitle=t(Text::ActivityText).to_owned() />
        <Calls />
        <ChangesPanel />
    }
}
