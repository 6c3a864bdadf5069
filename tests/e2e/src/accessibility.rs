//! Checks the page with the rules of axe-core.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::page::Page;

/// The rules to check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// All that axe-core enables.
    All,
    /// Those about colours.
    Colours,
}

/// The violations of rules.
#[derive(Debug, Clone, Default)]
pub struct Violations(Vec<String>);

impl Violations {
    /// Returns whether there are no violations.
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
    /// Shuts down Firefox's accessibility service, which hangs for minutes over hundreds of thousands of letters.
    /// Roles and names come from it: nothing can be found by them afterwards.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub fn end_assistive_technology(&self) -> Result<()> {
        if self.driver.browser() == Browser::Firefox {
            self.tell("end assistive technology");
            self.mark_dirty();
            self.set_in_firefox("accessibility.force_disabled", 1)?;
        }
        Ok(())
    }

    /// Runs the script at `axe` and returns the violations: on the whole page, or in the open dialog, outside of
    /// which nothing can be reached.
    ///
    /// # Errors
    /// When the script cannot be run.
    pub async fn violations(&self, axe: &Path, rules: Rules) -> Result<Violations> {
        self.tell("check with axe");
        if self.script("return typeof axe", &[]).await? != "object" {
            let source = std::fs::read_to_string(axe)
                .with_context(|| format!("{} cannot be read", axe.display()))?;
            // Exported explicitly, because its scope ends with the function.
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
