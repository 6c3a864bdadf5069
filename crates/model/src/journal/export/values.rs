//! A change, and what was before it, as names and values.

use switchboard_api::DomainName;

use super::Values;
use crate::journal::{Change, CodeFacts, DomainSettings, Present, Switches};
use crate::workspace::CodeOrigin;

/// Returns the code of a change, and the values that it set.
pub(super) fn code_and_values(change: &Change) -> (&'static str, Values) {
    match change {
        Change::AddOperator { name, .. } => {
            let mut values = exists(true);
            values.push(("name", name.clone()));
            ("addOperator", values)
        }
        Change::SwitchOperator { on, domains, .. } => {
            let mut values = vec![("liveChat", on_off(*on))];
            if !domains.is_empty() {
                values.push(("domains", joined(domains)));
            }
            ("switchOperator", values)
        }
        Change::AddDomain { .. } => ("addDomain", exists(true)),
        Change::ChangeDomain { to, .. } => ("changeDomain", of_settings(to)),
        Change::DeleteDomain { .. } => ("deleteDomain", exists(false)),
        Change::AddAssignment { .. } => ("addAssignment", assigned(true)),
        Change::ChangeAssignment { to, .. } => ("changeAssignment", of_switches(*to)),
        Change::RemoveAssignment { .. } => ("removeAssignment", assigned(false)),
        Change::DeleteUser { .. } => ("deleteUser", exists(false)),
    }
}

/// Returns the values before a change.
pub(super) fn before(change: &Change, before: &Present) -> Values {
    let mut values = match change {
        Change::DeleteDomain { .. } | Change::DeleteUser { .. } => exists(true),
        Change::RemoveAssignment { .. } => assigned(true),
        _ => Vec::new(),
    };
    match before {
        Present::Gone | Present::Names { .. } => return exists(false),
        Present::Assignment(None) => return assigned(false),
        Present::LiveChat(on) => {
            let value = on.map_or_else(|| "none".to_owned(), on_off);
            values.push(("liveChat", value));
        }
        Present::Domain(settings) => values.extend(of_settings(settings)),
        Present::Assignment(Some(switches)) => values.extend(of_switches(*switches)),
    }
    values
}

/// Returns what the list of known domains has of a domain.
pub(super) fn known(code: Option<&CodeFacts>, iso: &dyn Fn(u64) -> String) -> Values {
    let mut values = vec![("known", "yes".to_owned())];
    values.extend(code.into_iter().flat_map(|code| of_code(code, iso)));
    values
}

/// Returns the recorded facts about an embed code.
pub(super) fn of_code(code: &CodeFacts, iso: &dyn Fn(u64) -> String) -> Values {
    let origin = match code.origin {
        CodeOrigin::Added => "added",
        CodeOrigin::Pasted => "pasted",
        CodeOrigin::Imported | CodeOrigin::Chosen => "imported",
    };
    let mut values = vec![("codeOrigin", origin.to_owned())];
    if code.received_at > 0 {
        values.push(("codeReceived", iso(code.received_at)));
    }
    values
}

/// Returns the names of domains as one value.
pub(super) fn joined(domains: &[DomainName]) -> String {
    let names: Vec<&str> = domains.iter().map(DomainName::as_str).collect();
    names.join(" ")
}

fn of_settings(settings: &DomainSettings) -> Values {
    let name = settings.name.as_ref().map(ToString::to_string);
    let email = settings.email.as_ref().map(ToString::to_string);
    given([
        ("name", name),
        ("active", settings.active.map(on_off)),
        ("contactEmail", email),
    ])
}

fn of_switches(switches: Switches) -> Values {
    given([
        ("admin", switches.admin.map(on_off)),
        ("shownOnline", switches.shown_online.map(on_off)),
        ("getsMessages", switches.gets_messages.map(on_off)),
    ])
}

fn given(values: [(&'static str, Option<String>); 3]) -> Values {
    let given = values.into_iter();
    given
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

fn exists(is: bool) -> Values {
    vec![("exists", yes_no(is))]
}

fn assigned(is: bool) -> Values {
    vec![("assigned", yes_no(is))]
}

fn on_off(on: bool) -> String {
    String::from(if on { "on" } else { "off" })
}

pub(super) fn yes_no(is: bool) -> String {
    String::from(if is { "yes" } else { "no" })
}
