//! The journal as a file for others: CSV for spreadsheets, JSON for programs. The words in it are the same in every language of the panel.
//!
//! The format is documented in `docs/activity-file.md`. No token and no embed code can get into it, because the journal has none.

mod values;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{Change, Entry, LocalChange, LocalEntry, Present, Seen};
use crate::bulk::{RowState, Run, Task};
use crate::csv;
use crate::workspace::OrganisationKey;
use values::{before, code_and_values, joined, known, of_code, yes_no};

/// What the field `format` says.
const FORMAT: &str = "switchboard-activity";

/// The version of the format that this code writes.
const VERSION: u32 = 1;

/// The columns of the CSV file.
const HEADER: [&str; 10] = [
    "time",
    "connection",
    "change",
    "operator",
    "domain",
    "old",
    "new",
    "outcome",
    "undone",
    "run",
];

/// Values by their names.
type Values = Vec<(&'static str, String)>;

/// One change, as it is exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedChange {
    /// When it was made, in milliseconds since 1970-01-01 UTC; for a row of a run, when the run was started.
    pub at: u64,
    change: &'static str,
    operator: String,
    domain: String,
    /// Nothing where it is not known.
    old: Option<Values>,
    new: Values,
    outcome: &'static str,
    is_undone: bool,
    run: Option<u64>,
}

impl ExportedChange {
    /// A change that was made by itself.
    #[must_use]
    pub fn of_entry(entry: &Entry) -> Self {
        let outcome = match entry.seen {
            Seen::Worked => "worked",
            Seen::Unknown => "unknown",
        };
        Self {
            is_undone: entry.undone,
            ..Self::of_change(entry.at, &entry.change, entry.old_value(), outcome)
        }
    }

    /// The changes that a run made, or may have made, the last one first.
    pub fn of_run(run: &Run<Task>) -> impl Iterator<Item = Self> {
        let rows = (0..run.states().len()).rev();
        rows.filter_map(|row| {
            let outcome = match &run.states()[row] {
                RowState::Done => "worked",
                RowState::Running | RowState::Unknown => "unknown",
                _ => return None,
            };
            let Some(Task::Change(change)) = run.item(row) else {
                return None;
            };
            let old = run.old_value(row);
            Some(Self {
                is_undone: run.is_undone(row),
                run: Some(run.id()),
                ..Self::of_change(run.id(), change, old, outcome)
            })
        })
    }

    /// What happened to the workspace of this browser. `iso` writes a time as ISO 8601 does.
    #[must_use]
    pub fn of_local(entry: &LocalEntry, iso: &dyn Fn(u64) -> String) -> Self {
        let not_known = || vec![("known", yes_no(false))];
        let (change, domain, old, new) = match &entry.local {
            LocalChange::ImportWorkspace {
                file,
                new,
                changed,
                codes,
                replaced,
                domains,
            } => {
                let new = vec![
                    ("file", file.clone()),
                    ("new", new.to_string()),
                    ("changed", changed.to_string()),
                    ("codes", codes.to_string()),
                    ("replaced", replaced.to_string()),
                    ("domains", joined(domains)),
                ];
                ("importWorkspace", None, None, new)
            }
            LocalChange::UndoImport { file, restored } => {
                let new = vec![("file", file.clone()), ("restored", restored.to_string())];
                ("undoImport", None, None, new)
            }
            LocalChange::ForgetDomain { domain, code } => {
                let old = known(code.as_ref(), iso);
                ("forgetDomain", Some(domain), Some(old), not_known())
            }
            LocalChange::RestoreDomain { domain, code } => {
                let new = known(code.as_ref(), iso);
                ("restoreDomain", Some(domain), Some(not_known()), new)
            }
            LocalChange::ReplaceCode { domain, old, new } => {
                let (old, new) = (of_code(old, iso), of_code(new, iso));
                ("replaceCode", Some(domain), Some(old), new)
            }
            LocalChange::DeleteRecord { record } => {
                let record = vec![("record", record.clone())];
                ("deleteRecord", None, Some(record), not_known())
            }
        };
        Self {
            at: entry.at,
            change,
            operator: String::new(),
            domain: domain.map(ToString::to_string).unwrap_or_default(),
            old,
            new,
            outcome: "worked",
            is_undone: false,
            run: None,
        }
    }

    fn of_change(at: u64, change: &Change, old: Option<Present>, outcome: &'static str) -> Self {
        let (code, new) = code_and_values(change);
        let domain = match change {
            Change::AddDomain { domain }
            | Change::ChangeDomain { domain, .. }
            | Change::DeleteDomain { domain } => Some(domain),
            _ => change.assignment().map(|(domain, _)| domain),
        };
        Self {
            at,
            change: code,
            operator: change
                .operator()
                .map(ToString::to_string)
                .unwrap_or_default(),
            domain: domain.map(ToString::to_string).unwrap_or_default(),
            old: old.map(|old| before(change, &old)),
            new,
            outcome,
            is_undone: false,
            run: None,
        }
    }
}

/// Writes CSV. `iso` writes a time as ISO 8601 does.
#[must_use]
pub fn to_csv(
    organisation: &OrganisationKey,
    changes: &[ExportedChange],
    iso: &dyn Fn(u64) -> String,
) -> String {
    let row = |change: &ExportedChange| {
        vec![
            iso(change.at),
            organisation.to_string(),
            change.change.to_owned(),
            change.operator.clone(),
            change.domain.clone(),
            change.old.as_deref().map(in_one_cell).unwrap_or_default(),
            in_one_cell(&change.new),
            change.outcome.to_owned(),
            yes_no(change.is_undone),
            change.run.map(iso).unwrap_or_default(),
        ]
    };
    let rows: Vec<Vec<String>> = changes.iter().map(row).collect();
    csv::write(&HEADER.map(str::to_owned), &rows)
}

/// Writes JSON. `since` is since when nothing is missing; `iso` writes a time as ISO 8601 does.
#[must_use]
pub fn to_json(
    organisation: &OrganisationKey,
    changes: &[ExportedChange],
    since: Option<u64>,
    now: u64,
    iso: &dyn Fn(u64) -> String,
) -> String {
    let written = |change: &ExportedChange| Written {
        time: iso(change.at),
        change: change.change,
        operator: change.operator.clone(),
        domain: change.domain.clone(),
        old: change.old.clone().map(Object),
        new: Object(change.new.clone()),
        outcome: change.outcome,
        undone: change.is_undone,
        run: change.run.map(iso),
    };
    let file = File {
        format: FORMAT,
        version: VERSION,
        connection: organisation.as_str(),
        exported_at: iso(now),
        complete_since: since.map(iso),
        entries: changes.iter().map(written).collect(),
    };
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct File<'a> {
    format: &'static str,
    version: u32,
    connection: &'a str,
    exported_at: String,
    complete_since: Option<String>,
    entries: Vec<Written>,
}

#[derive(Serialize)]
struct Written {
    time: String,
    change: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    operator: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    domain: String,
    old: Option<Object>,
    new: Object,
    outcome: &'static str,
    undone: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<String>,
}

/// Values as an object, in their order.
struct Object(Values);

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

fn in_one_cell(values: &[(&'static str, String)]) -> String {
    let all: Vec<String> = values
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    all.join("; ")
}

#[cfg(test)]
mod tests;
