//! Where each call is made: the steps that lead to it, where a failure is shown, and what is true when it worked.

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
    /// Opening the organisation's page (1).
    Organisation,
    /// Adding an operator in its dialog (2).
    AddOperator,
    /// Going to an operator's page (3).
    Operator,
    /// Going to the operators (4).
    Operators,
    /// Switching off the addon of an operator (5).
    SwitchAddon,
    /// Adding a domain (6).
    AddDomain,
    /// Going to a domain's page (7).
    Domain,
    /// Looking up a domain on the domains' page (7).
    LookUp,
    /// Saving another contact address of a domain (8).
    ChangeEmail,
    /// Renaming a domain (8).
    Rename,
    /// Deleting a domain in its dialog (9).
    DeleteDomain,
    /// Putting an operator on a domain in its dialog (10).
    PutOn,
    /// Switching off one switch of an assignment (11).
    SwitchAssignment,
    /// Taking an operator off a domain (12).
    TakeOff,
    /// Going to a domain's page: the operators on it (13).
    Assignments,
    /// Deleting a user in its dialog (14).
    DeleteUser,
}

/// The call that a fault is done to.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// The endpoint's number in the API reference.
    pub number: u8,
    /// The HTTP method.
    pub method: &'static str,
    /// The path without the first slash.
    pub path: &'static str,
}

/// What an answer's `message` is decoded as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// The organisation (1).
    Organisation,
    /// An operator that was added (2).
    AddedOperator,
    /// An operator (3).
    Operator,
    /// All operators (4).
    Operators,
    /// A domain that was added, with its embed code (6).
    AddedDomain,
    /// A domain (7).
    Domain,
    /// The operators on a domain (13).
    Assignments,
    /// A text that says that it was done (5, 8, 9, 10).
    Text,
    /// An object with such a text (11, 12, 14).
    Object,
}

impl Call {
    /// Whether it changes something.
    #[must_use]
    pub fn is_write(self) -> bool {
        self.method != "GET"
    }

    /// What its answer is decoded as.
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

    /// Whether the page shows or keeps something of its answer.
    #[must_use]
    pub fn has_payload(self) -> bool {
        !self.is_write() || self.answer() == Answer::AddedDomain
    }
}

/// Where a failure is shown.
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

    /// The call that a fault is done to.
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

    /// Where a failure is shown.
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
            Self::SwitchAssignment => Place::Alert("“Admin: Ada Okafor” was not changed"),
            Self::TakeOff => Place::Alert("Grace Hopper was not removed"),
            Self::Assignments => Place::Alert("The operators on this domain could not be loaded"),
            Self::DeleteUser => Place::Dialog("Grace Hopper was not deleted"),
        }
    }

    /// What is typed, by field, and must still be there after a failure. `cell` distinguishes the cells of a screen.
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

/// The domain that a cell adds: each its own, because the browser remembers those of the others.
fn added(cell: usize) -> String {
    format!("cell-{cell}.acme.example")
}
