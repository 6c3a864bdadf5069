//! The page at one moment, for whoever has to judge many things about it at once, and how often it called.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::page::Page;

/// What can be seen of the page.
#[derive(Debug, Clone, Default)]
pub struct Glimpse {
    /// The level-1 heading.
    pub title: String,
    /// Whether anything stands in the main landmark.
    pub is_filled: bool,
    /// Whether the page shows that the panel broke.
    pub is_broken: bool,
    /// Whether anything on it is under way.
    pub is_busy: bool,
    /// The title of the modal dialog, when there is one.
    pub dialog: Option<String>,
    /// The errors that are announced, each with whether it is inside the dialog.
    pub alerts: Vec<(String, bool)>,
    /// What else is announced.
    pub notices: Vec<(String, bool)>,
    /// The names of the buttons that can be reached.
    pub buttons: Vec<String>,
    /// The fields: label, what is typed, and what is said to be wrong with it.
    pub fields: Vec<(String, String, String)>,
    /// The switches: name, and whether it is on.
    pub switches: Vec<(String, bool)>,
    /// All words.
    pub text: String,
}

impl Page {
    /// Looks at the page, without waiting for anything.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn glimpse(&self) -> Result<Glimpse> {
        let seen = self.script(include_str!("glimpse.js"), &[]).await?;
        Glimpse::read(&seen).with_context(|| format!("The script that looks is wrong: {seen}"))
    }

    /// Goes to another path of the panel without loading the page anew, as the browser's forward button does.
    ///
    /// # Errors
    /// When the browser does not.
    pub async fn travel(&self, path: &str) -> Result<()> {
        self.tell(format!("travel to {path}"));
        let script = "history.pushState(null, '', arguments[0]);
            dispatchEvent(new PopStateEvent('popstate', { state: null }))";
        self.script(script, &[json!(path)]).await?;
        Ok(())
    }

    /// Counts from now on, until the page is loaded anew, what the page itself asks the browser to send.
    ///
    /// # Errors
    /// When the browser does not.
    pub async fn count_sends(&self) -> Result<()> {
        let script = "if (window.sent) return;
            const send = window.fetch;
            window.sent = [];
            window.fetch = function (request, options) {
                window.sent.push(`${request.method ?? options?.method ?? 'GET'} ${new URL(request.url ?? request).pathname}`);
                return send.call(window, request, options);
            }";
        self.script(script, &[]).await?;
        Ok(())
    }

    /// How often the page sent a call of this method to this path (without the first slash), since it is counted.
    ///
    /// # Errors
    /// When nothing is counted.
    pub async fn sends(&self, method: &str, path: &str) -> Result<usize> {
        let script = "return window.sent?.filter((one) => one === arguments[0]).length";
        let arguments = [json!(format!("{method} /{path}"))];
        let count = self.script(script, &arguments).await?.as_u64();
        Ok(count.context("Nothing is counted")?.try_into()?)
    }
}

impl Glimpse {
    /// Whether a switch is on; nothing when there is no such switch.
    #[must_use]
    pub fn switch(&self, label: &str) -> Option<bool> {
        let mut switches = self.switches.iter();
        Some(switches.find(|(name, _)| name == label)?.1)
    }

    /// What is typed into a field, and what is said to be wrong with it; nothing when there is no such field.
    #[must_use]
    pub fn field(&self, label: &str) -> Option<(&str, &str)> {
        let mut fields = self.fields.iter();
        let (_, value, error) = fields.find(|(name, ..)| name == label)?;
        Some((value, error))
    }

    fn read(seen: &Value) -> Option<Self> {
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
