//! The fourteen calls: one struct each, its fields the parameters.
//!
//! A file for each thing that is called about. Nothing here knows how a request is written or an
//! envelope read.

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
