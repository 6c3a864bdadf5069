//! Injects faults into the sandbox's own answers, on the real socket.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::http::Request;
use crate::sandbox::Sandbox;

impl Sandbox {
    /// Injects these faults in place of the former ones (docs/sandbox.md).
    ///
    /// # Errors
    /// When the sandbox refuses them.
    pub fn inject_fault(&self, rules: &[Value]) -> Result<()> {
        let answer = Request::new("PUT", "/sandbox/faults")
            .json(&json!(rules))
            .send(self.address())?;
        ensure!(
            answer.status == 204,
            "The sandbox takes no such rules: {answer:?}"
        );
        Ok(())
    }

    /// Removes all faults.
    ///
    /// # Errors
    /// When the sandbox does not answer.
    pub fn clear_rules(&self) -> Result<()> {
        let answer = Request::new("DELETE", "/sandbox/faults").send(self.address())?;
        ensure!(
            answer.status == 204,
            "The sandbox keeps its rules: {answer:?}"
        );
        Ok(())
    }

    /// Returns the active rules, with how often each still matches.
    ///
    /// # Errors
    /// When the sandbox does not answer.
    pub fn rules(&self) -> Result<Vec<Value>> {
        let rules = Request::new("GET", "/sandbox/faults")
            .send(self.address())?
            .body_json()?;
        rules.as_array().cloned().context("The rules are no list.")
    }

    /// Clears the log of calls.
    ///
    /// # Errors
    /// When the sandbox does not answer.
    pub fn forget_calls(&self) -> Result<()> {
        let answer = Request::new("DELETE", "/sandbox/log").send(self.address())?;
        ensure!(
            answer.status == 204,
            "The sandbox keeps its log: {answer:?}"
        );
        Ok(())
    }
}
