//! Where each call is made: how to get there, what to do, where a failure is told, how to try again, and what is true when it worked.

mod ends;

use anyhow::{Result, ensure};
use switchboard_e2e::{Glimpse, Journey, button, dialog, eventually, field, switch_on};

const SHOP: &str = "shop.acme.example";
const EMPTY: &str = "wholesale.acme.example";
const RENAMED: &str = "renamed.acme.example";
const GRACE: &str = "grace@acme.example";
const NEW_OPERATOR: &str = "katherine@acme.example";
const NEW_EMAIL: &str = "new@acme.example";

/// A screen on which a call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Organisation,
    AddOperator,
    Operator,
    Operators,
    SwitchAddon,
    AddDomain,
    Domain,
    LookUp,
    ChangeEmail,
    Rename,
    DeleteDomain,
    PutOn,
    SwitchAssignment,
    TakeOff,
    Assignments,
    DeleteUser,
}

/// The call that is spoiled.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// The endpoint's number in the API's reference.
    pub number: u8,
    /// The HTTP method.
    pub method: &'static str,
    /// The path without the first slash.
    pub path: &'static str,
    /// Whether its answer holds something that the page shows or keeps.
    pub has_payload: bool,
}

impl Call {
    /// Whether it changes something.
    pub fn is_write(self) -> bool {
        self.method != "GET"
    }
}

/// Where a failure is told.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// In an announced error with these words.
    Alert(&'static str),
    /// In an announced error inside of the dialog, with these words.
    Dialog(&'static str),
    /// Beside the field with this label.
    Field(&'static str),
}

impl Screen {
    /// All.
    pub const ALL: [Self; 16] = [
        Self::Organisation,
        Self::AddOperator,
        Self::Operator,
        Self::Operators,
        Self::SwitchAddon,
        Self::AddDomain,
        Self::Domain,
        Self::LookUp,
        Self::ChangeEmail,
        Self::Rename,
        Self::DeleteDomain,
        Self::PutOn,
        Self::SwitchAssignment,
        Self::TakeOff,
        Self::Assignments,
        Self::DeleteUser,
    ];

    /// The call that is spoiled.
    pub fn call(self) -> Call {
        let (number, method, path) = match self {
            Self::Organisation => (1, "GET", "auth/organisation"),
            Self::AddOperator => (2, "POST", "auth/addon/live_chat/operator/add"),
            Self::Operator => (3, "GET", "auth/addon/live_chat/operator/get"),
            Self::Operators => (4, "GET", "auth/addon/live_chat/operator/list"),
            Self::SwitchAddon => (5, "PUT", "auth/addon/live_chat/operator/update"),
            Self::AddDomain => (6, "POST", "auth/addon/live_chat/domain/add"),
            Self::Domain | Self::LookUp => (7, "GET", "auth/addon/live_chat/domain/get"),
            Self::ChangeEmail | Self::Rename => (8, "PUT", "auth/addon/live_chat/domain/update"),
            Self::DeleteDomain => (9, "DELETE", "auth/addon/live_chat/domain/delete"),
            Self::PutOn => (10, "POST", "auth/addon/live_chat/domain/operator/add"),
            Self::SwitchAssignment => (11, "PUT", "auth/addon/live_chat/domain/operator/update"),
            Self::TakeOff => (12, "PUT", "auth/addon/live_chat/domain/operator/remove"),
            Self::Assignments => (13, "GET", "auth/addon/live_chat/domain/operator/list"),
            Self::DeleteUser => (14, "DELETE", "auth/user/delete"),
        };
        let has_payload = method == "GET" || number == 6;
        Call {
            number,
            method,
            path,
            has_payload,
        }
    }

    /// Where a failure is told.
    pub fn place(self) -> Place {
        match self {
            Self::Organisation => Place::Alert("The organisation could not be loaded"),
            Self::AddOperator => Place::Dialog("The operator was not added."),
            Self::Operator => Place::Alert("The operator could not be loaded"),
            Self::Operators => Place::Alert("The operators could not be loaded"),
            Self::SwitchAddon => Place::Alert("Live chat addon was not changed"),
            Self::AddDomain => Place::Alert("The domain was not added."),
            Self::Domain => Place::Alert("The domain could not be loaded"),
            Self::LookUp => Place::Alert("shop.acme.example could not be looked up"),
            Self::ChangeEmail => Place::Field("Contact email"),
            Self::Rename => Place::Field("New domain name"),
            Self::DeleteDomain => Place::Dialog("shop.acme.example was not deleted"),
            Self::PutOn => Place::Dialog("Grace Hopper was not added"),
            Self::SwitchAssignment => Place::Alert("Admin: Ada Okafor was not changed"),
            Self::TakeOff => Place::Alert("Grace Hopper was not removed"),
            Self::Assignments => Place::Alert("The operators on this domain could not be loaded"),
            Self::DeleteUser => Place::Dialog("Grace Hopper was not deleted"),
        }
    }

    /// What was typed, by field, and must still be there after a failure.
    pub fn typed(self, cell: usize) -> Vec<(&'static str, String)> {
        let those: &[(&str, &str)] = match self {
            Self::AddOperator => &[("Name", "Katherine Johnson"), ("Email", NEW_OPERATOR)],
            Self::AddDomain => {
                return vec![
                    ("Domain", added(cell)),
                    ("Contact email", "web@acme.example".to_owned()),
                ];
            }
            Self::LookUp => &[("Domain name", SHOP)],
            Self::ChangeEmail => &[("Contact email", NEW_EMAIL)],
            Self::Rename => &[("New domain name", RENAMED)],
            Self::DeleteDomain => &[("Type shop.acme.example to confirm", SHOP)],
            Self::PutOn => &[("Search operators", "grace")],
            Self::DeleteUser => &[("Type grace@acme.example to confirm", GRACE)],
            _ => &[],
        };
        let those = those.iter();
        those
            .map(|(label, text)| (*label, (*text).to_owned()))
            .collect()
    }

    /// Goes to where the call is made, and does everything but the last step.
    pub async fn prepare(self, it: &Journey, cell: usize) -> Result<()> {
        let page = &it.page;
        match self {
            // Every page asks for it: only one that is opened anew has no answer yet.
            Self::Organisation => {}
            Self::Operator | Self::Operators | Self::Domain | Self::Assignments => {
                page.open("/settings").await?;
                ready(it, |now| now.title == "Settings").await?;
            }
            Self::AddOperator => {
                page.open("/operators").await?;
                ready(it, |now| now.text.contains("12 operators")).await?;
                page.click(button("Add operator")).await?;
            }
            Self::SwitchAddon => {
                page.open("/operators/grace@acme.example").await?;
                ready(it, |now| now.switch("Live chat addon") == Some(true)).await?;
            }
            Self::AddDomain => page.open("/domains/new").await?,
            Self::LookUp => page.open("/domains").await?,
            Self::ChangeEmail
            | Self::Rename
            | Self::DeleteDomain
            | Self::SwitchAssignment
            | Self::TakeOff => {
                page.open("/domains/shop.acme.example").await?;
                ready(it, |now| now.text.contains(GRACE)).await?;
                if self == Self::DeleteDomain {
                    page.click(button("Delete domain")).await?;
                }
            }
            Self::PutOn => {
                page.open("/domains/wholesale.acme.example").await?;
                ready(it, |now| now.text.contains("Nobody is on this domain")).await?;
                page.click(button("Add operator")).await?;
                ready(it, |now| now.text.contains(GRACE)).await?;
            }
            Self::DeleteUser => {
                page.open("/operators/grace@acme.example").await?;
                ready(it, |now| {
                    now.buttons.iter().any(|name| name == "Delete user")
                })
                .await?;
                page.click(button("Delete user")).await?;
            }
        }
        for (label, text) in self.typed(cell) {
            page.fill(field(label), &text).await?;
        }
        if self == Self::Organisation {
            return Ok(());
        }
        page.count_sends().await
    }

    /// The step that makes the call.
    pub async fn act(self, it: &Journey) -> Result<()> {
        let page = &it.page;
        match self {
            Self::Organisation => page.open("/organisation").await,
            Self::Operator => page.travel("/operators/grace@acme.example").await,
            Self::Operators => page.travel("/operators").await,
            Self::Domain | Self::Assignments => page.travel("/domains/shop.acme.example").await,
            Self::AddOperator => {
                page.click(button("Add operator").within(dialog("Add operator")))
                    .await
            }
            Self::SwitchAddon => page.click(switch_on("Live chat addon")).await,
            Self::AddDomain => page.click(button("Add domain")).await,
            Self::LookUp => page.click(button("Look up")).await,
            Self::ChangeEmail => page.click(button("Save")).await,
            Self::Rename => page.click(button("Rename")).await,
            Self::DeleteDomain => page.click(button("Delete domain")).await,
            Self::PutOn => page.click(button("Add Grace Hopper")).await,
            Self::SwitchAssignment => page.click(switch_on("Admin: Ada Okafor")).await,
            Self::TakeOff => page.click(button("Remove Grace Hopper")).await,
            Self::DeleteUser => page.click(button("Delete user")).await,
        }
    }

    /// What a person does to try again.
    pub async fn again(self, it: &Journey) -> Result<()> {
        match self {
            Self::Organisation
            | Self::Operator
            | Self::Operators
            | Self::Domain
            | Self::Assignments => it.page.click(button("Try again")).await,
            _ => self.act(it).await,
        }
    }
}

/// The domain that a cell adds: each its own, as this browser remembers those of the others.
fn added(cell: usize) -> String {
    format!("cell-{cell}.acme.example")
}

/// Waits until the page is as it has to be.
pub async fn ready(it: &Journey, fits: impl Fn(&Glimpse) -> bool) -> Result<()> {
    eventually(async || {
        let now = it.page.glimpse().await?;
        ensure!(fits(&now), "The page is not ready: {now:?}");
        Ok(())
    })
    .await
}
