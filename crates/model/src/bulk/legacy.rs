//! Reads the format of earlier releases, which stored one run for each organisation: a plan, and one text with the
//! states of all rows.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::kept::{check_version, damaged, state};
use super::row::RowState;
use super::{Planned, Reason, Run, RunError, Task};

#[derive(Deserialize)]
struct Plan {
    id: u64,
    rows: Vec<Planned<Task>>,
}

#[derive(Deserialize)]
struct Standing {
    id: u64,
    states: String,
    failed: BTreeMap<usize, String>,
}

/// Parses a run of an earlier release. Rows that are missing in `standing` were never started.
pub(super) fn read(plan: &str, standing: Option<&str>) -> Result<Run<Task>, RunError> {
    check_version(plan)?;
    let plan: Plan = serde_json::from_str(plan).map_err(damaged)?;
    let mut run = Run::of_tasks(plan.id, plan.rows);
    let Some(standing) = standing else {
        return Ok(run);
    };
    let standing: Standing = serde_json::from_str(standing).map_err(damaged)?;
    if standing.id != plan.id || standing.states.chars().count() > run.rows.len() {
        return Err(damaged("its results belong to another run"));
    }
    for (row, letter) in standing.states.chars().enumerate() {
        let reason = standing
            .failed
            .get(&row)
            .map(|words| Reason::from(&**words));
        // In that format a row was skipped exactly when the row that it waited for had failed.
        let because = run.rows[row].after.first().copied();
        let because = because.filter(|before| standing.failed.contains_key(before));
        let state = state(letter, reason, because)
            .ok_or_else(|| damaged(format!("a row has the state \"{letter}\"")))?;
        run.set(row, state);
    }
    // Rows that were running have become unknown, as in the present format.
    debug_assert!(run.states.iter().all(|state| *state != RowState::Running));
    Ok(run)
}
