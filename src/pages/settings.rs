//! Settings: appearance, connections, the workspace as a file, and "Forget everything".

mod appearance;
mod connections;
mod forget_everything;
mod import_conflicts;
mod import_outcome;
mod import_preview;
mod import_words;
mod import_workspace;
mod quarantine;
mod unreadable_connections;
mod workspace_file;

use leptos::prelude::*;

use crate::browser::storage::Area;
use crate::i18n::{Text, t};
use crate::ui::PageHeading;
use appearance::Appearance;
use connections::Connections;
use forget_everything::ForgetEverything;
use quarantine::QuarantinedRecords;
use workspace_file::WorkspacePanel;

/// The page "Settings". Makes no API calls beyond those of the shell.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let text = if Area::Local.open_unguarded().is_ok() {
        Text::SettingsText
    } else {
        Text::StoreBlocked
    };
    view! {
        <PageHeading title=t(Text::NavSettings).to_owned() subtitle=t(text).to_owned() />
        <div class="settings">
            <Appearance />
            <Connections />
            <WorkspacePanel />
            <QuarantinedRecords />
            <ForgetEverything />
        </div>
    }
}
