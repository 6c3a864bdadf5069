//! The user's preferences for the panel's appearance, as stored in the browser.

use serde::{Deserialize, Serialize};

/// The key of the preferences in the browser's storage.
pub const KEY: &str = "switchboard/1/preferences";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// Follows the operating system.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The density of rows and controls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Density {
    /// More space.
    #[default]
    Comfortable,
    /// More content on the screen.
    Compact,
}

/// The columns that the table of operators shows besides the name, which is always shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OperatorColumns {
    /// Presence.
    pub presence: bool,
    /// Whether they can log in.
    pub login: bool,
    /// The live chat addon, with its switch.
    pub live_chat: bool,
}

impl Default for OperatorColumns {
    fn default() -> Self {
        Self {
            presence: true,
            login: true,
            live_chat: true,
        }
    }
}

/// All preferences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Light or dark.
    pub theme: Theme,
    /// The density.
    pub density: Density,
    /// The columns of the table of operators.
    pub operator_columns: OperatorColumns,
    /// Whether presence stays as it was loaded. Otherwise it is fetched again every 30 seconds.
    pub presence_stays: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    theme: Theme,
    density: Density,
    operator_columns: OperatorColumns,
    presence_stays: bool,
}

impl Preferences {
    /// Serializes the preferences.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Self {
            theme,
            density,
            operator_columns,
            presence_stays,
        } = *self;
        let written = Written {
            theme,
            density,
            operator_columns,
            presence_stays,
        };
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// Parses stored preferences. A value that is unreadable or of a later release falls back to its default; the
    /// others count.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let kept: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        let column = |name: &str| kept["operatorColumns"][name].as_bool().unwrap_or(true);
        Self {
            theme: Theme::deserialize(&kept["theme"]).unwrap_or_default(),
            density: Density::deserialize(&kept["density"]).unwrap_or_default(),
            operator_columns: OperatorColumns {
                presence: column("presence"),
                login: column("login"),
                live_chat: column("liveChat"),
            },
            presence_stays: kept["presenceStays"].as_bool().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_survive_a_round_trip() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            for density in [Density::Comfortable, Density::Compact] {
                for shown in [true, false] {
                    let operator_columns = OperatorColumns {
                        presence: shown,
                        login: !shown,
                        live_chat: shown,
                    };
                    let chosen = Preferences {
                        theme,
                        density,
                        operator_columns,
                        presence_stays: shown,
                    };
                    assert_eq!(Preferences::from_text(&chosen.to_text()), chosen);
                }
            }
        }
    }

    #[test]
    fn unreadable_preference_affects_no_other() {
        let compact = Preferences {
            density: Density::Compact,
            ..Preferences::default()
        };
        for text in [
            r#"{"theme":"sepia","density":"compact","later":1}"#,
            r#"{"theme":7,"density":"compact"}"#,
            r#"{"density":"compact"}"#,
            r#"{"density":"compact","operatorColumns":{"presence":1,"later":false}}"#,
            r#"{"density":"compact","operatorColumns":[]}"#,
        ] {
            assert_eq!(Preferences::from_text(text), compact, "{text}");
        }
        for text in ["", "{", "[]", "3", "null", r#"{"theme":"da"#] {
            assert_eq!(
                Preferences::from_text(text),
                Preferences::default(),
                "{text}"
            );
        }
    }
}
