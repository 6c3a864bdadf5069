//! How a person wants the panel to look, as it is kept in the browser.

use serde::{Deserialize, Serialize};

/// Where the preferences lie in the browser's storage.
pub const KEY: &str = "switchboard/1/preferences";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the operating system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// How much room rows and controls take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Density {
    /// With room around.
    #[default]
    Comfortable,
    /// More on the screen at once.
    Compact,
}

/// All of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Light or dark.
    pub theme: Theme,
    /// How much room things take.
    pub density: Density,
}

#[derive(Serialize)]
struct Written {
    theme: Theme,
    density: Density,
}

impl Preferences {
    /// As they are kept.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Self { theme, density } = *self;
        serde_json::to_string(&Written { theme, density }).unwrap_or_default()
    }

    /// Reads what is kept. What cannot be read, or comes from a later release, is as if it had never been chosen; the rest counts.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let kept: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        Self {
            theme: Theme::deserialize(&kept["theme"]).unwrap_or_default(),
            density: Density::deserialize(&kept["density"]).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_comes_back() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            for density in [Density::Comfortable, Density::Compact] {
                let chosen = Preferences { theme, density };
                assert_eq!(Preferences::from_text(&chosen.to_text()), chosen);
            }
        }
    }

    #[test]
    fn what_cannot_be_read_takes_nothing_else_along() {
        let compact = Preferences {
            density: Density::Compact,
            ..Preferences::default()
        };
        for text in [
            r#"{"theme":"sepia","density":"compact","later":1}"#,
            r#"{"theme":7,"density":"compact"}"#,
            r#"{"density":"compact"}"#,
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
