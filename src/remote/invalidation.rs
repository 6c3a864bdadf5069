//! Defines which write invalidates which reads. Nothing else does.

use switchboard_api::endpoints::{
    AddAssignment, AddDomain, AddOperator, DeleteDomain, DeleteUser, GetDomain, GetOperator,
    GetOrganisation, ListAssignments, ListOperators, RemoveAssignment, UpdateAssignment,
    UpdateDomain, UpdateOperator,
};
use switchboard_api::{DomainName, Email, Endpoint};

use super::inverse::Journalled;

/// Names a read, or all reads of one kind, whose answer may no longer be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaleRead {
    /// Endpoint 1.
    Organisation,
    /// Endpoint 4.
    Operators,
    /// Endpoint 3 for one operator.
    Operator(Email),
    /// Endpoint 7 for one domain.
    Domain(DomainName),
    /// Endpoint 13 for one domain.
    Assignments(DomainName),
    /// Endpoints 7 and 13 for every domain.
    EveryDomain,
}

impl StaleRead {
    /// Returns whether invalidating `self` invalidates another read too.
    #[must_use]
    pub fn covers(&self, read: &Self) -> bool {
        self == read
            || (*self == Self::EveryDomain
                && matches!(read, Self::Domain(_) | Self::Assignments(_)))
    }
}

/// A call that only reads.
pub trait ReadEndpoint: Endpoint<Payload: Send + Sync + 'static> + Clone + 'static {
    /// Returns which read it is: equal for equal calls.
    fn stale_read(&self) -> StaleRead;
}

/// A call that changes something.
pub trait WriteEndpoint: Endpoint + Journalled + 'static {
    /// Returns the reads whose answers may differ after it.
    fn invalidates(&self) -> Vec<StaleRead>;
}

macro_rules! reads {
    ($($endpoint:ty: |$self:ident| $read:expr;)+) => {
        $(impl ReadEndpoint for $endpoint {
            fn stale_read(&self) -> StaleRead {
                let $self = self;
                $read
            }
        })+
    };
}

macro_rules! writes {
    ($($endpoint:ty: |$self:ident| [$($stale:expr),+ $(,)?];)+) => {
        $(impl WriteEndpoint for $endpoint {
            fn invalidates(&self) -> Vec<StaleRead> {
                let $self = self;
                vec![$($stale),+]
            }
        })+
    };
}

reads! {
    GetOrganisation: |_call| StaleRead::Organisation;
    GetOperator: |call| StaleRead::Operator(call.email.clone());
    ListOperators: |_call| StaleRead::Operators;
    GetDomain: |call| StaleRead::Domain(call.domain.clone());
    ListAssignments: |call| StaleRead::Assignments(call.domain.clone());
}

// An operator's own record does not list their domains, and a domain's record (7) lists its operators.
writes! {
    AddOperator: |call| [StaleRead::Operators, StaleRead::Operator(call.email.clone())];
    UpdateOperator: |call| [StaleRead::Operators, StaleRead::Operator(call.email.clone()), StaleRead::EveryDomain];
    AddDomain: |call| [StaleRead::Domain(call.domain.clone()), StaleRead::Assignments(call.domain.clone())];
    UpdateDomain: |_call| [StaleRead::EveryDomain];
    DeleteDomain: |call| [StaleRead::Domain(call.domain.clone()), StaleRead::Assignments(call.domain.clone())];
    AddAssignment: |call| [StaleRead::Domain(call.domain.clone()), StaleRead::Assignments(call.domain.clone())];
    UpdateAssignment: |call| [StaleRead::Domain(call.domain.clone()), StaleRead::Assignments(call.domain.clone())];
    RemoveAssignment: |call| [StaleRead::Domain(call.domain.clone()), StaleRead::Assignments(call.domain.clone())];
    DeleteUser: |call| [StaleRead::Organisation, StaleRead::Operators, StaleRead::Operator(call.email.clone()), StaleRead::EveryDomain];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_domain_covers_each_domain() {
        let name: DomainName = "a.example".parse().expect("a domain name of the test");
        for read in [
            StaleRead::Domain(name.clone()),
            StaleRead::Assignments(name.clone()),
        ] {
            assert!(StaleRead::EveryDomain.covers(&read));
            assert!(read.covers(&read));
            assert!(!StaleRead::Operators.covers(&read));
        }
        assert!(!StaleRead::Domain(name.clone()).covers(&StaleRead::Assignments(name)));
        assert!(!StaleRead::EveryDomain.covers(&StaleRead::Organisation));
    }

    #[test]
    fn new_operator_invalidates_the_list_but_no_domain() {
        let email: Email = "ada@acme.example".parse().expect("an e-mail of the test");
        let stale = AddOperator {
            email: email.clone(),
            name: "Ada".to_owned(),
        }
        .invalidates();
        assert_eq!(stale, [StaleRead::Operators, StaleRead::Operator(email)]);
    }
}
