//! How the user wants the panel to look: on the document's root element, where the style sheet finds it, and kept on this device for every tab.

use leptos::ev;
use leptos::prelude::*;
use switchboard_model::preferences::{Density, KEY, OperatorColumns, Preferences, Theme};
use switchboard_model::workspace::{KeyValue, StoreError};

use crate::browser::storage::Area;
use crate::readers;

/// The preferences of this device, in context.
#[derive(Clone, Copy)]
pub struct DevicePreferences(RwSignal<Preferences>);

impl DevicePreferences {
    /// Reads what is kept, puts it on the page before anything of the application is drawn, follows what other tabs choose, and puts itself
    /// into context.
    pub fn provide() -> Self {
        let preferences = Self(RwSignal::new(load()));
        apply(preferences.now());
        let from_other_tabs = window_event_listener(ev::storage, move |event| {
            // No key: the whole storage was emptied.
            if event.key().is_none_or(|key| key == KEY) {
                preferences.show(load());
            }
        });
        on_cleanup(move || from_other_tabs.remove());
        provide_context(preferences);
        preferences
    }

    /// The preferences of this page.
    ///
    /// # Panics
    /// When called outside the application: a mistake of the programmer, not of the world.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Light or dark, tracked.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.read().theme
    }

    /// How much room things take, tracked.
    #[must_use]
    pub fn density(&self) -> Density {
        self.read().density
    }

    /// The columns of the table of operators, tracked.
    #[must_use]
    pub fn operator_columns(&self) -> OperatorColumns {
        self.read().operator_columns
    }

    /// Whether presence is fetched again every 30 seconds, tracked.
    #[must_use]
    pub fn refreshes_presence(&self) -> bool {
        !self.read().presence_stays
    }

    /// Chooses whether presence is fetched again every 30 seconds.
    ///
    /// # Errors
    /// As with [`DevicePreferences::choose_theme`].
    pub fn choose_refreshing(&self, refreshes: bool) -> Result<(), StoreError> {
        self.keep(Preferences {
            presence_stays: !refreshes,
            ..self.now()
        })
    }

    /// Chooses a theme, at once and on this device.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept: then it counts in this tab until it is closed.
    pub fn choose_theme(&self, theme: Theme) -> Result<(), StoreError> {
        self.keep(Preferences {
            theme,
            ..self.now()
        })
    }

    /// Chooses a density, at once and on this device.
    ///
    /// # Errors
    /// As with [`DevicePreferences::choose_theme`].
    pub fn choose_density(&self, density: Density) -> Result<(), StoreError> {
        self.keep(Preferences {
            density,
            ..self.now()
        })
    }

    /// Chooses the columns of the table of operators, at once and on this device.
    ///
    /// # Errors
    /// As with [`DevicePreferences::choose_theme`].
    pub fn choose_operator_columns(
        &self,
        operator_columns: OperatorColumns,
    ) -> Result<(), StoreError> {
        self.keep(Preferences {
            operator_columns,
            ..self.now()
        })
    }

    fn read(&self) -> Preferences {
        readers::unsubscribe_on_cleanup();
        self.0.get()
    }

    fn now(&self) -> Preferences {
        self.0.get_untracked()
    }

    fn keep(&self, preferences: Preferences) -> Result<(), StoreError> {
        self.show(preferences);
        Area::Local.open()?.set(KEY, &preferences.to_text())
    }

    fn show(&self, preferences: Preferences) {
        apply(preferences);
        self.0.set(preferences);
    }
}

fn load() -> Preferences {
    let kept = Area::Local.open().and_then(|storage| storage.get(KEY));
    Preferences::from_text(&kept.ok().flatten().unwrap_or_default())
}

/// The defaults are no attribute at all: what the style sheet does by itself.
fn apply(Preferences { theme, density, .. }: Preferences) {
    let theme = match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    let density = match density {
        Density::Comfortable => None,
        Density::Compact => Some("compact"),
    };
    let Some(root) = document().document_element() else {
        return;
    };
    for (name, value) in [("data-theme", theme), ("data-density", density)] {
        // Neither fails: both names are attribute names.
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}
