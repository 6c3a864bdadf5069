//! Words the consequences of a deletion. Says "None" only if everything was read.

use switchboard_api::{ApiError, DomainName};
use switchboard_model::deletion::{
    DeletionCheck, Domains, Manages, Milestone, Obstacle, Progress, Subject,
};

use crate::browser::clock;
use crate::browser::idna::readable;
use crate::i18n::{Text, t, tc, tf, tn};
use crate::wording::explain::explain_briefly;
use crate::wording::values::{self, display_name, some_names};
use crate::workspace::natural_order;

/// The maximum number of domains named in one place.
const NAMED: usize = 20;

/// Names the first `shown` of some domains in natural order, and says how many more there are.
pub fn some_domains<'a>(domains: impl IntoIterator<Item = &'a DomainName>, shown: usize) -> String {
    let domains: Vec<&DomainName> = domains.into_iter().collect();
    let order = natural_order(domains.iter().copied()).into_iter();
    let names: Vec<String> = order.map(|at| readable(domains[at])).collect();
    some_names(&names, shown)
}

/// Says which known domains a user is taken off.
pub fn domains_line(domains: Domains<'_>, progress: Progress) -> String {
    let named = |text: Text, on: &[DomainName]| tf(text, &[("names", &some_domains(on, NAMED))]);
    match domains {
        Domains::NoneKnown => t(Text::DeleteUserNoKnownDomains).to_owned(),
        Domains::Exactly([]) => t(Text::DeleteUserNoDomains).to_owned(),
        Domains::Exactly(on) => named(Text::DeleteUserDomains, on),
        Domains::SoFar([]) => t(Text::DeleteUserDomainsChecking).to_owned(),
        Domains::SoFar(on) => named(Text::DeleteUserDomainsSoFar, on),
        Domains::AtLeast([]) => of(Text::DeleteUserDomainsUnknown, progress),
        Domains::AtLeast(on) => named(Text::DeleteUserDomainsAtLeast, on),
    }
}

/// Says that users are on none of the domains that they are to be taken off, as far as that is known. Nothing once one was found.
pub fn removals_line(check: &DeletionCheck) -> Option<String> {
    let nothing = match check.domains() {
        Domains::SoFar([]) => t(Text::DeleteUserDomainsChecking).to_owned(),
        Domains::AtLeast([]) => of(Text::TakeOffUnknown, check.progress()),
        Domains::NoneKnown | Domains::Exactly([]) => t(Text::TakeOffNothing).to_owned(),
        _ => return None,
    };
    Some(nothing)
}

/// Says whether a user manages the organisation. Nothing where they do not.
pub fn manages_line(manages: &Manages) -> Option<String> {
    Some(match manages {
        Manages::No => return None,
        Manages::Asked => t(Text::DeleteUserRoleChecking).to_owned(),
        Manages::NotKnown => t(Text::DeleteUserRoleUnknown).to_owned(),
        Manages::As(role) => tf(Text::DeleteUserRole, &[("role", &values::role(role))]),
    })
}

/// Names the domains that are left without an operator; `None` if no read domain is.
pub fn leaves_nobody(check: &DeletionCheck) -> Option<String> {
    let empty = check.left_empty();
    let names = some_domains(empty, NAMED);
    (!empty.is_empty()).then(|| tf(Text::DeleteLeavesNobody, &[("names", &names)]))
}

/// Says who is taken off the domain that is about to be deleted.
pub fn operators_line(check: &DeletionCheck) -> String {
    match check.there() {
        Some([]) => t(Text::DeleteDomainNobody).to_owned(),
        Some(there) => {
            let names = there.iter().map(|(name, email)| display_name(name, email));
            let names: Vec<String> = names.collect();
            let names = some_names(&names, NAMED);
            tf(Text::DeleteDomainNames, &[("names", &names)])
        }
        None if check.may_confirm() == Err(Obstacle::Running) => {
            t(Text::DeleteDomainChecking).to_owned()
        }
        None => t(Text::DeleteDomainUnknown).to_owned(),
    }
}

/// Says how far the check has got.
pub(crate) fn progress_line(check: &DeletionCheck) -> String {
    match check.subject() {
        Subject::Users => of(Text::CheckProgress, check.progress()),
        Subject::Assignments => of(Text::TakeOffProgress, check.progress()),
        Subject::Domain => t(Text::DeleteDomainChecking).to_owned(),
    }
}

/// Says that everything was read, and names the known names that lead to no domain; `None` if the consequences say so
/// themselves.
pub(crate) fn complete_line(check: &DeletionCheck) -> Option<String> {
    let known = check.progress().known;
    let text = match check.subject() {
        Subject::Users if known > 0 => Text::CheckComplete,
        Subject::Assignments => Text::TakeOffChecked,
        Subject::Users | Subject::Domain => return None,
    };
    let gone = check.gone();
    if gone.is_empty() {
        return Some(tn(text, known));
    }
    let counts = [("checked", known - gone.len()), ("known", known)];
    let names = some_domains(gone, NAMED);
    Some(tc(Text::CheckGone, &counts, &[("names", &names)]))
}

/// Says that something was not read.
pub(crate) fn incomplete_title(check: &DeletionCheck) -> String {
    let unread = check.unread().count();
    match check.subject() {
        Subject::Domain => t(Text::CheckOperatorsUnread).to_owned(),
        Subject::Users if unread == 0 => t(Text::CheckAccountsUnread).to_owned(),
        Subject::Users | Subject::Assignments => tn(Text::CheckIncomplete, unread),
    }
}

/// Lists what was not read, grouped by reason.
pub(crate) fn unread_lines(check: &DeletionCheck) -> Vec<String> {
    let mut groups: Vec<(Option<String>, Vec<&DomainName>)> = Vec::new();
    for (domain, why) in check.unread() {
        let why = why.map(reason);
        match groups.iter_mut().find(|(reason, _)| *reason == why) {
            Some((_, domains)) => domains.push(domain),
            None => groups.push((why, vec![domain])),
        }
    }
    let mut lines: Vec<String> = groups
        .into_iter()
        .map(|(reason, domains)| {
            let names = some_domains(domains, NAMED);
            match reason {
                Some(reason) => tf(
                    Text::CheckNotRead,
                    &[("names", &names), ("reason", &reason)],
                ),
                None => tf(Text::CheckNotAsked, &[("names", &names)]),
            }
        })
        .collect();
    if let Some(why) = check.unread_accounts() {
        lines.push(match why {
            Some(why) => tf(Text::CheckAccountsNotRead, &[("reason", &reason(why))]),
            None => t(Text::CheckAccountsNotAsked).to_owned(),
        });
    }
    lines
}

/// Says what the user chooses by deleting without the unread part.
pub(crate) fn choice(check: &DeletionCheck) -> String {
    let unread = check.unread().count();
    match check.subject() {
        Subject::Domain => t(Text::DeleteOperatorsUnread).to_owned(),
        Subject::Assignments => tn(Text::TakeOffUnchecked, unread),
        Subject::Users if unread > 0 => tn(Text::DeleteUnchecked, unread),
        Subject::Users => t(Text::DeleteAccountsUnread).to_owned(),
    }
}

/// Says why a deletion cannot be confirmed yet.
pub(crate) fn obstacle(check: &DeletionCheck, obstacle: Obstacle) -> &'static str {
    let is_removal = *check.subject() == Subject::Assignments;
    t(match obstacle {
        Obstacle::Running if is_removal => Text::TakeOffWaitsForCheck,
        Obstacle::NotChosen if is_removal => Text::TakeOffNeedsChoice,
        Obstacle::Running => Text::DeleteWaitsForCheck,
        Obstacle::NotChosen => Text::DeleteNeedsChoice,
    })
}

/// Announces the state of the check to assistive technology.
pub(crate) fn announcement(check: &DeletionCheck) -> String {
    let known = check.progress().known;
    match check.milestone() {
        Milestone::Begun if *check.subject() == Subject::Assignments => progress_line(check),
        Milestone::Begun if *check.subject() == Subject::Users && known > 0 => {
            tn(Text::CheckBegun, known)
        }
        Milestone::Begun => t(Text::Checking).to_owned(),
        Milestone::Reached(progress) if *check.subject() == Subject::Assignments => {
            of(Text::TakeOffProgress, progress)
        }
        Milestone::Reached(progress) => of(Text::CheckProgress, progress),
        // With the result, which came after the description of the dialog was read.
        Milestone::Complete => {
            let nothing = match check.subject() {
                Subject::Domain => return operators_line(check),
                Subject::Assignments => removals_line(check),
                Subject::Users => None,
            };
            let domains = || domains_line(check.domains(), check.progress());
            let lines = [
                complete_line(check),
                Some(nothing.unwrap_or_else(domains)),
                leaves_nobody(check),
            ];
            lines.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        Milestone::Incomplete => incomplete_title(check),
    }
}

fn of(text: Text, progress: Progress) -> String {
    let counts = [("checked", progress.checked), ("known", progress.known)];
    tc(text, &counts, &[])
}

fn reason(error: &ApiError) -> String {
    explain_briefly(error, clock::now())
}

#[cfg(test)]
mod tests;
