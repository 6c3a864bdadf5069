//! A snapshot of the page, for tests that check many things about one moment.

use serde_json::Value;

/// The script that takes a snapshot: the body of a function that returns what [`PageSnapshot::read`] reads.
pub const SCRIPT: &str = include_str!("snapshot.js");

/// What is visible on the page.
#[derive(Debug, Clone, Default)]
pub struct PageSnapshot {
    /// The level-1 heading.
    pub title: String,
    /// Whether the main landmark has any text.
    pub is_filled: bool,
    /// Whether the page shows the panic screen.
    pub is_broken: bool,
    /// Whether anything on the page is marked busy.
    pub is_busy: bool,
    /// The title of the modal dialog, if there is one.
    pub dialog: Option<String>,
    /// The alerts, each with whether it is inside the dialog.
    pub alerts: Vec<(String, bool)>,
    /// Other announcements, each with whether it is inside the dialog.
    pub notices: Vec<(String, bool)>,
    /// The names of the reachable buttons.
    pub buttons: Vec<String>,
    /// The fields: label, value, and the error beside it.
    pub fields: Vec<(String, String, String)>,
    /// The switches: name, and whether it is on.
    pub switches: Vec<(String, bool)>,
    /// All text.
    pub text: String,
}

impl PageSnapshot {
    /// Returns whether a switch is on; `None` if there is no such switch.
    #[must_use]
    pub fn switch(&self, label: &str) -> Option<bool> {
        let mut switches = self.switches.iter();
        Some(switches.find(|(name, _)| name == label)?.1)
    }

    /// Returns the value of a field and the error beside it; `None` if there is no such field.
    #[must_use]
    pub fn field(&self, label: &str) -> Option<(&str, &str)> {
        let mut fields = self.fields.iter();
        let (_, value, error) = fields.find(|(name, ..)| name == label)?;
        Some((value, error))
    }

    /// Parses the result of [`SCRIPT`]; `None` if it has another shape.
    #[must_use]
    pub fn read(seen: &Value) -> Option<Self> {
        let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let said = |name: &str| {
            let list = seen[name].as_array()?.iter();
            Some(
                list.map(|one| (text(one, "text"), one["inDialog"] == true))
                    .collect(),
            )
        };
        Some(Self {
            title: text(seen, "title"),
            is_filled: seen["isFilled"].as_bool()?,
            is_broken: seen["isBroken"].as_bool()?,
            is_busy: seen["isBusy"].as_bool()?,
            dialog: seen["dialog"].as_str().map(str::to_owned),
            alerts: said("alerts")?,
            notices: said("notices")?,
            buttons: seen["buttons"]
                .as_array()?
                .iter()
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect(),
            fields: seen["fields"]
                .as_array()?
                .iter()
                .map(|one| (text(one, "label"), text(one, "value"), text(one, "error")))
                .collect(),
            switches: seen["switches"]
                .as_array()?
                .iter()
                .map(|one| (text(one, "label"), one["isOn"] == true))
                .collect(),
            text: text(seen, "text"),
        })
    }
}
