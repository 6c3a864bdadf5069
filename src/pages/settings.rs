//! Settings: how the panel looks, the connections, the workspace as a file, and the way to leave nothing behind.

mod appearance;
mod connections;
mod forget;
mod import;
mod import_preview;
mod import_words;
mod set_aside;
mod workspace;

use leptos::prelude::*;

use crate::i18n::{Text, t};
use crate::ui::PageHeading;
use appearance::Appearance;
use connections::Connections;
use forget::ForgetEverything;
use set_aside::SetAsideRecords;
use workspace::WorkspacePanel;

/// The page "Settings". Asks the API for nothing that the shell does not ask for.
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! {
        <PageHeading title=t(Text::NavSettings).to_owned() subtitle=t(Text::SettingsText).to_owned() />
        <div class="settings">
            <Appearance />
            <Connections />
            <WorkspacePanel />
            <SetAsideRecords />
            <ForgetEverything />
        </div>
    }
}
