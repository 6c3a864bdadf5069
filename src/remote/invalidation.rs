//! Defines which write invalidates which reads. Nothing else does.

use switchboard_api::endpoints::{
    AddAssignment, AddDomain, AddOperator, DeleteDomain, DeleteUser, GetDomain, GetOperator,
    GetOrganisation, ListAssignments, ListOperators, LiveChatChange, RemoveAssignment,
    UpdateAssignment, UpdateDomain, UpdateOperator,
};
use switchboard_api::{Assignment, Domain, DomainName, Email, Endpoint};

use super::inverse::Journalled;

/// Names a read, with what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadKey<'a> {
    /// Endpoint 1.
    Organisation,
    /// Endpoint 4.
    Operators,
    /// Endpoint 3 for one operator.
    Operator(&'a Email),
    /// Endpoint 7 for one domain.
    Domain(&'a DomainName),
    /// Endpoint 13 for one domain.
    Assignments(&'a DomainName),
}

/// Names reads whose answers may no longer be true.
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
    /// Endpoints 7 and 13 for every domain whose last answer lists this operator.
    DomainsOf(Email),
    /// Endpoints 7 and 13 for every domain.
    EveryDomain,
}

impl StaleRead {
    /// Returns whether invalidating `self` invalidates `other` too.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let is_of_domains = matches!(
            other,
            Self::Domain(_) | Self::Assignments(_) | Self::DomainsOf(_)
        );
        self == other || (*self == Self::EveryDomain && is_of_domains)
    }
}

/// A call that only reads.
pub trait ReadEndpoint:
    Endpoint<Payload: Send + Sync + 'static> + Clone + Send + Sync + 'static
{
    /// Returns which read it is: equal for equal calls.
    fn key(&self) -> ReadKey<'_>;

    /// Returns whether an answer lists an operator of a domain, or may do so in a form that is not understood.
    fn lists(_answer: &Self::Payload, _operator: &Email) -> bool {
        false
    }
}

/// A call that changes something.
pub trait WriteEndpoint: Endpoint + Journalled + 'static {
    /// Returns the reads whose answers may differ after it.
    fn invalidates(&self) -> Vec<StaleRead>;
}

impl ReadEndpoint for GetOrganisation {
    fn key(&self) -> ReadKey<'_> {
        ReadKey::Organisation
    }
}

impl ReadEndpoint for ListOperators {
    fn key(&self) -> ReadKey<'_> {
        ReadKey::Operators
    }
}

impl ReadEndpoint for GetOperator {
    fn key(&self) -> ReadKey<'_> {
        ReadKey::Operator(&self.email)
    }
}

impl ReadEndpoint for GetDomain {
    fn key(&self) -> ReadKey<'_> {
        ReadKey::Domain(&self.domain)
    }

    fn lists(domain: &Domain, operator: &Email) -> bool {
        domain.operator_count.is_none() || domain.operators.iter().any(|one| one.email == *operator)
    }
}

impl ReadEndpoint for ListAssignments {
    fn key(&self) -> ReadKey<'_> {
        ReadKey::Assignments(&self.domain)
    }

    fn lists(assignments: &Vec<Assignment>, operator: &Email) -> bool {
        assignments.iter().any(|one| one.email == *operator)
    }
}

macro_rules! writes {
    ($($endpoint:ty: |$self:ident| $stale:expr;)+) => {
        $(impl WriteEndpoint for $endpoint {
            fn invalidates(&self) -> Vec<StaleRead> {
                let $self = self;
                $stale
            }
        })+
    };
}

// An operator's own record does not list their domains, and a domain's record (7) lists its operators.
writes! {
    AddOperator: |call| operator(&call.email);
    UpdateOperator: |call| match &call.change {
        // The API decides on which domains they are.
        LiveChatChange::Activate { domains } if domains.is_empty() => {
            [operator(&call.email), vec![StaleRead::EveryDomain]].concat()
        }
        LiveChatChange::Activate { domains } => {
            let theirs = vec![StaleRead::DomainsOf(call.email.clone())];
            [operator(&call.email), theirs, domains.iter().flat_map(domain).collect()].concat()
        }
        LiveChatChange::Deactivate => {
            [operator(&call.email), vec![StaleRead::DomainsOf(call.email.clone())]].concat()
        }
    };
    AddDomain: |call| domain(&call.domain);
    UpdateDomain: |call| {
        let renamed = call.change.new_domain().into_iter().flat_map(domain);
        domain(&call.domain).into_iter().chain(renamed).collect()
    };
    DeleteDomain: |call| domain(&call.domain);
    AddAssignment: |call| domain(&call.domain);
    UpdateAssignment: |call| domain(&call.domain);
    RemoveAssignment: |call| domain(&call.domain);
    DeleteUser: |call| {
        let theirs = StaleRead::DomainsOf(call.email.clone());
        [vec![StaleRead::Organisation, theirs], operator(&call.email)].concat()
    };
}

/// Returns the reads that show an operator.
fn operator(email: &Email) -> Vec<StaleRead> {
    vec![StaleRead::Operators, StaleRead::Operator(email.clone())]
}

/// Returns the reads of a domain.
fn domain(name: &DomainName) -> Vec<StaleRead> {
    vec![
        StaleRead::Domain(name.clone()),
        StaleRead::Assignments(name.clone()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email() -> Email {
        "ada@acme.example".parse().expect("an e-mail of the test")
    }

    fn name(name: &str) -> DomainName {
        name.parse().expect("a domain name of the test")
    }

    #[test]
    fn every_domain_covers_each_domain() {
        let every = StaleRead::EveryDomain;
        for read in domain(&name("a.example")) {
            assert!(every.covers(&read));
            assert!(read.covers(&read));
            assert!(!read.covers(&every));
        }
        assert!(every.covers(&StaleRead::DomainsOf(email())));
        assert!(!every.covers(&StaleRead::Organisation));
        let [record, operators] = &domain(&name("a.example"))[..] else {
            panic!("two reads");
        };
        assert!(!record.covers(operators));
    }

    #[test]
    fn new_operator_invalidates_the_list_but_no_domain() {
        let call = AddOperator {
            email: email(),
            name: "Ada".to_owned(),
        };
        assert_eq!(call.invalidates(), operator(&email()));
    }

    #[test]
    fn live_chat_switch_invalidates_the_domains_it_names_and_those_of_the_operator() {
        let of = |change| {
            let call = UpdateOperator {
                email: email(),
                change,
            };
            call.invalidates().split_off(2)
        };
        let theirs = StaleRead::DomainsOf(email());
        assert_eq!(of(LiveChatChange::Deactivate), vec![theirs.clone()]);
        let domains = vec![name("a.example")];
        let [record, operators] = &domain(&domains[0])[..] else {
            panic!("two reads");
        };
        assert_eq!(
            of(LiveChatChange::Activate { domains }),
            [theirs, record.clone(), operators.clone()]
        );
        let domains = Vec::new();
        assert_eq!(
            of(LiveChatChange::Activate { domains }),
            [StaleRead::EveryDomain]
        );
    }
}
