//! The fourteen calls: one struct each, with the parameters as fields.
//!
//! One file for each kind of object. Nothing here knows the format of requests or envelopes.

mod assignment;
mod domain;
mod operator;
mod organisation;
mod user;

pub use assignment::{
    AddAssignment, AssignmentChange, ListAssignments, RemoveAssignment, UpdateAssignment,
};
pub use domain::{AddDomain, DeleteDomain, DomainChange, GetDomain, UpdateDomain};
pub use operator::{AddOperator, GetOperator, ListOperators, LiveChatChange, UpdateOperator};
pub use organisation::GetOrganisation;
pub use user::DeleteUser;
