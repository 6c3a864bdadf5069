//! Remembers the domains that the user viewed.

use leptos::prelude::*;
use switchboard_api::{Assignment, Domain, DomainName, Email};
use switchboard_model::workspace::KnownDomain;

use crate::browser::clock;
use crate::remote::Read;
use crate::workspace::KnownDomains;

/// Adds a viewed domain to the known domains, with its address from the API. With `assignments`, also notes whether it has operators.
pub fn remember(
    domain: Read<Domain>,
    assignments: Option<Read<Vec<Assignment>>>,
    name: DomainName,
) {
    let known = KnownDomains::get();
    // Once for each new answer that no write has made untrue: a domain that was just renamed, deleted or forgotten must
    // not come back by its old answer.
    let answer = Memo::new(move |last: Option<&Option<Email>>| {
        if domain.is_true() {
            domain.data().map(|domain| domain.email.clone())
        } else {
            last.cloned().flatten()
        }
    });
    let keyed = name.clone();
    Effect::new(move || {
        let Some(email) = answer.get() else { return };
        if known.find_now(&keyed).is_none() {
            let email = Some(email).filter(Email::is_given);
            // The pages that depend on the storage report its errors.
            let _ = known.remember(KnownDomain::new(keyed.clone(), email, clock::now()));
        } else {
            known.note(&keyed, &email, false);
        }
    });
    let email_and_anybody = Memo::new(move |_| {
        let all = assignments.and_then(|assignments| assignments.data());
        let anybody = all.is_some_and(|all| !all.is_empty());
        answer.get().filter(|_| anybody)
    });
    Effect::new(move || {
        if let Some(email) = email_and_anybody.get() {
            known.note(&name, &email, true);
        }
    });
}
