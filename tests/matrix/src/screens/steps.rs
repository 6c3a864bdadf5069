//! The steps that lead to a call, as data: a driver clicks in a browser, a component test dispatches events.

use super::{GRACE, Screen};
use crate::snapshot::PageSnapshot;

/// An action of the user, or a wait.
#[derive(Debug, Clone)]
pub enum Step {
    /// Opens a path of the panel with a page load.
    Open(&'static str),
    /// Navigates to a path of the panel without a page load.
    Travel(&'static str),
    /// Presses the button with this name, inside the dialog with this title if there is one.
    Press(&'static str, Option<&'static str>),
    /// Flips the switch with this name, which is on.
    SwitchOff(&'static str),
    /// Types a text into the field with this label.
    Type(&'static str, String),
    /// Waits until the page is ready.
    Wait(fn(&PageSnapshot) -> bool),
}

use Step::{Open, Press, SwitchOff, Travel, Type, Wait};

impl Screen {
    /// Returns all steps that lead to the call, without the last one.
    #[must_use]
    pub fn prepare(self, cell: usize) -> Vec<Step> {
        let mut steps = match self {
            // Every page reads the organisation: only a page load has no answer yet.
            Self::Organisation => vec![],
            Self::Operator | Self::Operators | Self::Domain | Self::Assignments => {
                vec![Open("/settings"), Wait(|now| now.title == "Settings")]
            }
            Self::AddOperator => vec![
                Open("/operators"),
                Wait(|now| now.text.contains("12 operators")),
                Press("Add operator", None),
            ],
            Self::SwitchAddon => vec![
                Open("/operators/grace@acme.example"),
                Wait(|now| now.switch("Live chat addon") == Some(true)),
            ],
            Self::AddDomain => vec![Open("/domains/new")],
            Self::LookUp => vec![Open("/domains")],
            Self::ChangeEmail | Self::Rename | Self::SwitchAssignment | Self::TakeOff => {
                vec![Open("/domains/shop.acme.example"), Wait(shows_grace)]
            }
            Self::DeleteDomain => vec![
                Open("/domains/shop.acme.example"),
                Wait(shows_grace),
                Press("Delete domain", None),
            ],
            Self::PutOn => vec![
                Open("/domains/wholesale.acme.example"),
                Wait(|now| now.text.contains("No operators on this domain")),
                Press("Add operator", None),
                Wait(shows_grace),
            ],
            Self::DeleteUser => vec![
                Open("/operators/grace@acme.example"),
                Wait(|now| now.buttons.iter().any(|name| name == "Delete user")),
                Press("Delete user", None),
            ],
        };
        let typed = self.typed(cell).into_iter();
        steps.extend(typed.map(|(label, text)| Type(label, text)));
        // A rename is confirmed; a deletion only after its consequences were looked up.
        match self {
            Self::Rename => steps.push(Press("Rename", None)),
            Self::DeleteDomain | Self::DeleteUser => {
                steps.push(Wait(|now| !now.text.contains("Checking wh")));
            }
            _ => {}
        }
        steps
    }

    /// Returns the step that makes the call.
    #[must_use]
    pub fn act(self) -> Step {
        match self {
            Self::Organisation => Open("/organisation"),
            Self::Operator => Travel("/operators/grace@acme.example"),
            Self::Operators => Travel("/operators"),
            Self::Domain | Self::Assignments => Travel("/domains/shop.acme.example"),
            Self::AddOperator => Press("Add operator", Some("Add operator")),
            Self::SwitchAddon => SwitchOff("Live chat addon"),
            Self::AddDomain => Press("Add domain", None),
            Self::LookUp => Press("Look up", None),
            Self::ChangeEmail => Press("Save", None),
            Self::Rename => Press("Rename", Some("Rename domain")),
            Self::DeleteDomain => Press("Delete domain", None),
            Self::PutOn => Press("Add Grace Hopper", None),
            Self::SwitchAssignment => SwitchOff("Admin: Ada Okafor"),
            Self::TakeOff => Press("Remove Grace Hopper", None),
            Self::DeleteUser => Press("Delete user", None),
        }
    }

    /// Returns the steps that retry after a failure.
    #[must_use]
    pub fn again(self) -> Vec<Step> {
        match self {
            Self::Rename => vec![Press("Rename", None), self.act()],
            Self::Organisation
            | Self::Operator
            | Self::Operators
            | Self::Domain
            | Self::Assignments => vec![Press("Try again", None)],
            _ => vec![self.act()],
        }
    }
}

fn shows_grace(now: &PageSnapshot) -> bool {
    now.text.contains(GRACE)
}
