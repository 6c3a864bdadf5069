//! Finds problems in the assignment of operators to domains.

use std::collections::BTreeSet;

use switchboard_api::{Assignment, DomainName, Email, LiveChatStatus, Login, Operator};

/// One domain with the operators on it (endpoint 13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainOperators {
    /// The domain.
    pub name: DomainName,
    /// The operators on it.
    pub operators: Vec<Assignment>,
}

/// A problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CoverageFinding {
    /// No operator on the domain gets its messages.
    NobodyGetsMessages {
        /// The domain.
        domain: DomainName,
    },
    /// No operator on the domain is shown online to its visitors.
    NobodyShownOnline {
        /// The domain.
        domain: DomainName,
    },
    /// The domain has no admin.
    NoAdmin {
        /// The domain.
        domain: DomainName,
    },
    /// An operator who is inactive in the live chat addon, or cannot log in, still gets a domain's messages.
    DeactivatedGetsMessages {
        /// The domain.
        domain: DomainName,
        /// The operator.
        operator: Email,
    },
    /// An active operator is on none of the domains.
    OnNoDomain {
        /// The operator.
        operator: Email,
    },
}

/// Returns the problems, domain by domain in their order, then operator by operator. Reports only certain problems:
/// an unknown switch counts as fine. An assignment of a deactivated operator does not count as getting messages or
/// being shown online. An assignment without an address belongs to no operator.
#[must_use]
pub fn findings(operators: &[Operator], domains: &[DomainOperators]) -> Vec<CoverageFinding> {
    let deactivated: BTreeSet<&Email> = operators
        .iter()
        .filter(|operator| is_deactivated(operator))
        .map(|operator| &operator.email)
        .collect();
    let mut findings = Vec::new();
    for on_domain in domains {
        domain_findings(on_domain, &deactivated, &mut findings);
    }
    let assigned: BTreeSet<&Email> = domains
        .iter()
        .flat_map(|domain| &domain.operators)
        .map(|assignment| &assignment.email)
        .filter(|email| email.is_given())
        .collect();
    for operator in operators {
        let is_somebody = operator.is_operator != switchboard_api::Tristate::Off;
        if is_somebody && !is_deactivated(operator) && !assigned.contains(&operator.email) {
            findings.push(CoverageFinding::OnNoDomain {
                operator: operator.email.clone(),
            });
        }
    }
    findings
}

fn domain_findings(
    on_domain: &DomainOperators,
    deactivated: &BTreeSet<&Email>,
    findings: &mut Vec<CoverageFinding>,
) {
    use switchboard_api::Tristate::Off;
    let domain = &on_domain.name;
    let is_there = |assignment: &&Assignment| !deactivated.contains(&assignment.email);
    let there = || on_domain.operators.iter().filter(is_there);
    if !there().any(|assignment| assignment.gets_messages != Off) {
        findings.push(CoverageFinding::NobodyGetsMessages {
            domain: domain.clone(),
        });
    }
    if !there().any(|assignment| assignment.shown_online != Off) {
        findings.push(CoverageFinding::NobodyShownOnline {
            domain: domain.clone(),
        });
    }
    if !on_domain
        .operators
        .iter()
        .any(|assignment| assignment.is_admin != Off)
    {
        findings.push(CoverageFinding::NoAdmin {
            domain: domain.clone(),
        });
    }
    for assignment in &on_domain.operators {
        if !is_there(&assignment) && assignment.gets_messages.is_on() {
            findings.push(CoverageFinding::DeactivatedGetsMessages {
                domain: domain.clone(),
                operator: assignment.email.clone(),
            });
        }
    }
}

/// Returns whether an operator certainly cannot chat: inactive in the addon, or unable to log in.
fn is_deactivated(operator: &Operator) -> bool {
    operator.live_chat == Some(LiveChatStatus::Inactive) || operator.login == Login::Unable
}
