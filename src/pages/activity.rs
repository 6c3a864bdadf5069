//! The page "Activity": the changes that were made in this browser, and the calls of this session.

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

/// Shows the page "Activity". Turning a page of its lists adds no history entry: newer rows change what a page holds, so
/// Back leaves.
#[component]
pub fn ActivityPage() -> impl IntoView {
    view! {
        <PageHeading title=t(Text::NavActivity).to_owned() subtitle=t(Text::ActivityText).to_owned() />
        // Above the calls, which grow while the page is open.
        <ChangesPanel />
        <Calls />
    }
}
