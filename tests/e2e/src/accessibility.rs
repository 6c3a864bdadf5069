//! The rules of axe-core, asked of the page as it stands.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::page::Page;

/// Which rules are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// All that axe-core has in use.
    All,
    /// Those about colours.
    Colours,
}

/// What breaks a rule.
#[derive(Debug, Clone, Default)]
pub struct Violations(Vec<String>);

impl Violations {
    /// Whether every rule is kept.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.join("\n"))
    }
}

impl Page {
    /// Ends the part of Firefox that serves assistive technology, which stands still for minutes over hundreds of thousands of letters.
    /// Roles and names come from it: nothing can be found by them after that.
    ///
    /// # Errors
    /// When the browser does not.
    pub fn end_assistive_technology(&self) -> Result<()> {
        if self.driver.browser() == Browser::Firefox {
            self.tell("end assistive technology");
            self.mark_dirty();
            self.set_in_firefox("accessibility.force_disabled", 1)?;
        }
        Ok(())
    }

    /// Asks the script at `axe` what breaks a rule: on the whole page, or in the open dialog, beside which nothing can be reached.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn violations(&self, axe: &Path, rules: Rules) -> Result<Violations> {
        self.tell("check with axe");
        if self.script("return typeof axe", &[]).await? != "object" {
            let source = std::fs::read_to_string(axe)
                .with_context(|| format!("{} cannot be read", axe.display()))?;
            // As one script element would: its own scope ends with the function otherwise.
            let load = format!("{source}\nwindow.axe = axe;");
            self.script(&load, &[]).await?;
        }
        let mut options = json!({ "resultTypes": ["violations"] });
        if rules == Rules::Colours {
            options["runOnly"] = json!(["color-contrast", "link-in-text-block"]);
        }
        let run = "return axe.run(document, arguments[0]).then((result) => result.violations)";
        let found = self.script(run, &[options]).await?;
        let found = found.as_array().context("axe does not answer")?;
        Ok(Violations(found.iter().map(told).collect()))
    }
}

fn told(violation: &Value) -> String {
    let nodes: Vec<String> = violation["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|node| format!("  {}\n    {}", node["html"], node["failureSummary"]))
        .collect();
    format!(
        "{} ({}): {}\n{}",
        violation["id"],
        violation["impact"],
        violation["help"],
        nodes.join("\n")
    )
}
