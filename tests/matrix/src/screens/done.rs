//! The state after a successful call: on the page, and in the API's data.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{EMPTY, GRACE, NEW_EMAIL, NEW_OPERATOR, RENAMED, SHOP, Screen, added};
use crate::snapshot::PageSnapshot;

const LIVE_CHAT: &str = "auth/addon/live_chat";

impl Screen {
    /// Returns whether the page shows success. `is_heard` is false if the answer was lost, and with it the embed
    /// code.
    #[must_use]
    pub fn is_done(self, now: &PageSnapshot, cell: usize, is_heard: bool) -> bool {
        let says = |words: &str| now.text.contains(words);
        let closed = now.dialog.is_none();
        // If a browser resends the call, the second is refused, and it is unclear whether the domain existed before.
        let is_there = format!(
            "{} already exists, and its embed code is not saved here",
            added(cell)
        );
        if self == Self::AddDomain && !is_heard && says(&is_there) {
            return true;
        }
        let unhappy = !now.alerts.iter().all(|(text, _)| text.is_empty());
        !unhappy
            && !now.is_busy
            && match self {
                Self::Organisation => now.title == "Acme Outfitters" && says("Business"),
                Self::AddOperator => closed && says(NEW_OPERATOR) && says("13 operators"),
                Self::Operator => now.title == "Grace Hopper" && says("Delete user"),
                Self::Operators => says("12 operators") && says(GRACE),
                Self::SwitchAddon => now.switch("Live chat addon") == Some(false),
                Self::AddDomain if is_heard => now.title == "Embed code" && says(&added(cell)),
                Self::AddDomain => says(&format!(
                    "{} was added, but its embed code did not arrive",
                    added(cell)
                )),
                Self::Domain => now.switch("Active") == Some(true),
                Self::LookUp => says("shop.acme.example is active"),
                Self::ChangeEmail => {
                    says("Saved.") && now.field("Contact email") == Some((NEW_EMAIL, ""))
                }
                Self::Rename => now.title == RENAMED,
                Self::DeleteDomain => {
                    closed && now.title == "Domains" && says("shop.acme.example was deleted.")
                }
                Self::PutOn => {
                    says("Grace Hopper is now on wholesale.acme.example.")
                        && !now.buttons.iter().any(|name| name == "Add Grace Hopper")
                }
                Self::SwitchAssignment => now.switch("Admin: Ada Okafor") == Some(false),
                Self::TakeOff => {
                    says("Grace Hopper is no longer on shop.acme.example.") && !says(GRACE)
                }
                Self::Assignments => now.switch("Admin: Grace Hopper").is_some(),
                Self::DeleteUser => {
                    closed && now.title == "Operators" && says("11 operators") && !says(GRACE)
                }
            }
    }

    /// Returns whether the API has the state that a write causes. `ask` makes a `GET` call without the panel and
    /// returns the envelope.
    ///
    /// # Errors
    /// When a call fails, or the API has an impossible state.
    pub fn is_so(self, cell: usize, ask: impl Fn(&str) -> Result<Value>) -> Result<bool> {
        let operator = |email: &str| ask(&format!("{LIVE_CHAT}/operator/get?email={email}"));
        let domain = |name: &str| -> Result<Option<Value>> {
            let answer = ask(&format!("{LIVE_CHAT}/domain/get?domain={name}"))?;
            Ok((answer["status"] == 1).then(|| answer["message"].clone()))
        };
        let assignment = |domain: &str, email: &str| -> Result<Option<Value>> {
            let answer = ask(&format!("{LIVE_CHAT}/domain/operator/list?domain={domain}"))?;
            let all = answer["message"].as_array().context("a list")?.clone();
            let mut those: Vec<Value> = all
                .into_iter()
                .filter(|one| one["email"] == email)
                .collect();
            ensure!(those.len() < 2, "{email} is more than once on {domain}");
            Ok(those.pop())
        };
        Ok(match self {
            Self::AddOperator => operator(NEW_OPERATOR)?["status"] == 1,
            Self::SwitchAddon => operator(GRACE)?["message"]["addOns"][0]["status"] == 0,
            Self::AddDomain => domain(&added(cell))?.is_some(),
            Self::ChangeEmail => domain(SHOP)?.context("the domain")?["email"] == NEW_EMAIL,
            Self::Rename => {
                let (old, new) = (domain(SHOP)?, domain(RENAMED)?);
                ensure!(old.is_some() != new.is_some(), "both names, or none");
                new.is_some()
            }
            Self::DeleteDomain => domain(SHOP)?.is_none(),
            Self::PutOn => assignment(EMPTY, GRACE)?.is_some(),
            Self::SwitchAssignment => {
                assignment(SHOP, "ada@acme.example")?.context("Ada")?["isAdmin"] == false
            }
            Self::TakeOff => assignment(SHOP, GRACE)?.is_none(),
            Self::DeleteUser => operator(GRACE)?["status"] != 1,
            _ => false,
        })
    }
}
