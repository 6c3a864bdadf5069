//! The screens: the steps that lead to each call, where a failure is shown, and what is true on success.

mod done;
mod steps;

pub use steps::Step;

const SHOP: &str = "shop.acme.example";
const EMPTY: &str = "wholesale.acme.example";
const RENAMED: &str = "renamed.acme.example";
const GRACE: &str = "grace@acme.example";
const NEW_OPERATOR: &str = "katherine@acme.example";
const NEW_EMAIL: &str = "new@acme.example";

/// A screen on which a call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// Opens the organisation's page (1).
    Organisation,
    /// Adds an operator in its dialog (2).
    AddOperator,
    /// Opens an operator's page (3).
    Operator,
    /// Opens the operators (4).
    Operators,
    /// Switches off an operator's addon (5).
    SwitchAddon,
    /// Adds a domain (6).
    AddDomain,
    /// Opens a domain's page (7).
    Domain,
    /// Looks up a domain on the domains' page (7).
    LookUp,
    /// Saves another contact address of a domain (8).
    ChangeEmail,
    /// Renames a domain (8).
    Rename,
    /// Deletes a domain in its dialog (9).
    DeleteDomain,
    /// Assigns an operator to a domain in its dialog (10).
    PutOn,
    /// Switches off one switch of an assignment (11).
    SwitchAssignment,
    /// Removes an operator from a domain (12).
    TakeOff,
    /// Opens a domain's page with its operators (13).
    Assignments,
    /// Deletes a user in its dialog (14).
    DeleteUser,
}

/// The call that a fault affects.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// The endpoint's number in the API reference.
    pub number: u8,
    /// The HTTP method.
    pub method: &'static str,
    /// The path without the leading slash.
    pub path: &'static str,
}

/// The type of an answer's `message`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// The organisation (1).
    Organisation,
    /// An added operator (2).
    AddedOperator,
    /// An operator (3).
    Operator,
    /// All operators (4).
    Operators,
    /// An added domain, with its embed code (6).
    AddedDomain,
    /// A domain (7).
    Domain,
    /// The operators on a domain (13).
    Assignments,
    /// A text that acknowledges a change (5, 8, 9, 10).
    Text,
    /// An object with such a text (11, 12, 14).
    Object,
}

impl Call {
    /// Returns whether it changes something.
    #[must_use]
    pub fn is_write(self) -> bool {
        self.method != "GET"
    }

    /// Returns the type of its answer.
    #[must_use]
    pub fn answer(self) -> Answer {
        match self.number {
            1 => Answer::Organisation,
            2 => Answer::AddedOperator,
            3 => Answer::Operator,
            4 => Answer::Operators,
            6 => Answer::AddedDomain,
            7 => Answer::Domain,
            13 => Answer::Assignments,
            11 | 12 | 14 => Answer::Object,
            _ => Answer::Text,
        }
    }

    /// Returns whether the page shows or stores a part of its answer.
    #[must_use]
    pub fn has_payload(self) -> bool {
        !self.is_write() || self.answer() == Answer::AddedDomain
    }
}

/// The place where a failure is shown.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// In an alert with these words.
    Alert(&'static str),
    /// In an alert inside the dialog, with these words.
    Dialog(&'static str),
    /// Beside the field with this label.
    Field(&'static str),
}

impl Screen {
    /// All screens.
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

    /// Returns the call that a fault affects.
    #[must_use]
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
        Call {
            number,
            method,
            path,
        }
    }

    /// Returns the place where a failure is shown.
    #[must_use]
    pub fn place(self) -> Place {
        match self {
            Self::Organisation => Place::Alert("The organisation could not be loaded"),
            Self::AddOperator => Place::Dialog("The operator was not added."),
            Self::Operator => Place::Alert("The operator could not be loaded"),
            Self::Operators => Place::Alert("The operators could not be loaded"),
            Self::SwitchAddon => Place::Alert("“Live chat addon” was not changed"),
            Self::AddDomain => Place::Alert("The domain was not added."),
            Self::Domain => Place::Alert("The domain could not be loaded"),
            Self::LookUp => Place::Alert("shop.acme.example could not be looked up"),
            Self::ChangeEmail => Place::Field("Contact email"),
            Self::Rename => Place::Field("New domain name"),
            Self::DeleteDomain => Place::Dialog("shop.acme.example was not deleted"),
            Self::PutOn => Place::Dialog("Grace Hopper was not added"),
            Self::SwitchAssignment => {
                Place::Alert("“Admin: Ada Okafor (shop.acme.example)” was not changed")
            }
            Self::TakeOff => Place::Alert("Grace Hopper was not removed"),
            Self::Assignments => Place::Alert("The operators on this domain could not be loaded"),
            Self::DeleteUser => Place::Dialog("Grace Hopper was not deleted"),
        }
    }

    /// Returns the input by field, which must survive a failure. `cell` distinguishes the cells of a screen.
    #[must_use]
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
}

/// Returns the domain that a cell adds: unique, because the browser remembers those of the others.
fn added(cell: usize) -> String {
    format!("cell-{cell}.acme.example")
}
