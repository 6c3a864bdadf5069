//! The page "Activity": the calls of this session, and the changes that were made in this browser.

mod call_list;
mod call_words;
mod change_list;
mod export_changes;
mod local_row;
mod pretty;
mod run_row;
mod undoing;

use leptos::prelude::*;

use crate::i18n::{Text, t};
use crate::ui::PageHeading;
use call_list::Calls;
use change_list::ChangesPanel;

/// Shows the page "Activity".
#[component]
pub fn ActivityPage() -> impl IntoView {
    view! {
        <PageHeading title=t(Text::NavActivity).to_owned() subtitle=t(Text::ActivityText).to_owned() />
        <Calls />
        <ChangesPanel />
    }
}
