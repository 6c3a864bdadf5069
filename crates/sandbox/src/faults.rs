//! Faults on demand: rules that alter the answers to API calls on the real socket, so that tests see what a browser
//! sees.
//!
//! A rule matches calls by method and path, a number of times or always, and injects one fault into each. The first
//! matching rule applies.

mod rule;
mod spoil;

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::http::Method;

use rule::Fault;

pub(crate) use rule::Rule;
pub(crate) use spoil::{Spoiled, spoil, without_cors};

/// The active rules.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Rule>>);

impl Faults {
    /// Returns the active rules, with how often each still matches.
    pub(crate) fn rules(&self) -> Vec<Rule> {
        self.lock().clone()
    }

    /// Replaces the rules.
    pub(crate) fn set(&self, rules: Vec<Rule>) {
        *self.lock() = rules;
    }

    /// Returns the fault for a call if it is of the requested sort, and uses up one match of its rule. `path` is the
    /// end of the URL's path or all of it.
    fn take(&self, method: &Method, path: &str, sort: fn(&Fault) -> bool) -> Option<Fault> {
        let mut rules = self.lock();
        let at = rules.iter().position(|rule| rule.matches(method, path))?;
        if !sort(&rules[at].fault) {
            return None;
        }
        let fault = rules[at].fault.clone();
        if let Some(count) = &mut rules[at].count {
            *count -= 1;
            if *count == 0 {
                rules.remove(at);
            }
        }
        Some(fault)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Rule>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns how long the sandbox refuses connections according to the rules. This matches no call, because none
/// arrives.
pub(crate) fn refusal(rules: &[Rule]) -> Option<Duration> {
    rules.iter().find_map(|rule| match rule.fault {
        Fault::Refuse { ms } => Some(Duration::from_millis(ms)),
        _ => None,
    })
}
