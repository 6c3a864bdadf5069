//! The user's preferences for the panel's appearance. They are set on the document's root element for the style
//! sheet, and stored on this device for every tab.

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
    /// Applies the stored preferences before anything is rendered, follows the choices of other tabs, and provides
    /// itself as context.
    pub fn provide() -> Self {
        let preferences = Self(RwSignal::new(load()));
        apply(preferences.now());
        let from_other_tabs = window_event_listener(ev::storage, move |event| {
            // No key: the whole storage was cleared.
            if event.key().is_none_or(|key| key == KEY) {
                preferences.show(load());
            }
        });
        on_cleanup(move || from_other_tabs.remove());
        provide_context(preferences);
        preferences
    }

    /// Returns the preferences of this page.
    ///
    /// # Panics
    /// When called outside the application, which is a programming error.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Returns the theme, tracked.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.read().theme
    }

    /// Returns the density of the layout, tracked.
    #[must_use]
    pub fn density(&self) -> Density {
        self.read().density
    }

    /// Returns the columns of the table of operators, tracked.
    #[must_use]
    pub fn operator_columns(&self) -> OperatorColumns {
        self.read().operator_columns
    }

    /// Returns whether presence is fetched again every 30 seconds, tracked.
    #[must_use]
    pub fn refreshes_presence(&self) -> bool {
        !self.read().presence_stays
    }

    /// Sets whether presence is fetched again every 30 seconds.
    ///
    /// # Errors
    /// As with [`DevicePreferences::choose_theme`].
    pub fn choose_refreshing(&self, refreshes: bool) -> Result<(), StoreError> {
        self.keep(Preferences {
            presence_stays: !refreshes,
            ..self.now()
        })
    }

    /// Sets the theme at once, and on this device.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be stored. It then applies in this tab until that is closed.
    pub fn choose_theme(&self, theme: Theme) -> Result<(), StoreError> {
        self.keep(Preferences {
            theme,
            ..self.now()
        })
    }

    /// Sets the density at once, and on this device.
    ///
    /// # Errors
    /// As with [`DevicePreferences::choose_theme`].
    pub fn choose_density(&self, density: Density) -> Result<(), StoreError> {
        self.keep(Preferences {
            density,
            ..self.now()
        })
    }

    /// Sets the columns of the table of operators at once, and on this device.
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

/// Sets the attributes. A default is no attribute: the style sheet applies it.
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
        // Neither fails: both names are valid attribute names.
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}
