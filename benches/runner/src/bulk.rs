//! A thousand switches at once, against a sandbox that takes its time with each.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{Request, Sandbox, button};

use crate::figure::{Bar, Figure};
use crate::lists::ROWS;
use crate::say;
use crate::stage::{App, Stage};
use crate::watch::{act, click, open_until};

const PART: &str = "bulk";
const UPDATE: &str = "/auth/addon/live_chat/operator/update";

/// How long the sandbox takes for each, in milliseconds.
const DELAY: u32 = 20;

/// How many are on their way at once (`AT_ONCE` of `src/pages/bulk.rs`): as many connections as a browser opens to a host.
const AT_ONCE: f64 = 6.0;

/// So many that a thousand of them have the addon on, or never had it set up.
const OPERATORS: usize = 1_087;
const SWITCHES: u32 = 1_000;

/// How long a run may take at most, beyond its last change on the screen.
const PATIENCE: Duration = Duration::from_secs(60);

/// Switches everybody off as often as it takes.
pub async fn measure(stage: &Stage) -> Result<Vec<Figure>> {
    say::step("A thousand switches at once");
    let served = stage.serve(App::Panel, OPERATORS).await?;
    let slow = json!({ "method": "PUT", "path": "operator/update", "fault": "delay", "ms": DELAY });
    served.sandbox.spoil(&[slow])?;
    let (mut taken, mut told) = (Vec::new(), Vec::new());
    for round in 1..=stage.repeats {
        served.sandbox.reset()?;
        served.grow_to(OPERATORS)?;
        let page = stage.connected_browser(&served).await?;
        open_until(&page, served.app.list(), "rows", ROWS).await?;
        click(&page, "thead input[type=checkbox]", None).await?;
        served.sandbox.forget_calls()?;
        let run = act(&page, "click", None, async |page| {
            page.click(button("Deactivate")).await
        })
        .await?;
        taken.push(span_of_all(&served.sandbox).await?);
        told.push(run.shown);
        say::note(&format!("{round} of {}", stage.repeats));
    }
    let ideal = f64::from(SWITCHES) * f64::from(DELAY) / AT_ONCE;
    let figure =
        |what: &str, samples| Figure::new(PART, what, "ms", samples).beside("ideal", vec![ideal]);
    Ok(vec![
        figure("first call → last answer", taken).bar(Bar::TimesBeside(1.15)),
        figure("click → everything told", told),
    ])
}

/// From the first call to the last answer, in milliseconds, once all of them have been answered.
async fn span_of_all(sandbox: &Sandbox) -> Result<f64> {
    let deadline = Instant::now() + PATIENCE;
    let mut calls = updates(sandbox)?;
    while calls.len() < SWITCHES as usize {
        let there = calls.len();
        ensure!(
            Instant::now() < deadline,
            "There were {there} calls, not {SWITCHES}."
        );
        tokio::time::sleep(Duration::from_millis(500)).await;
        calls = updates(sandbox)?;
    }
    let there = calls.len();
    ensure!(
        there == SWITCHES as usize,
        "There were {there} calls, not {SWITCHES}."
    );
    let (mut first, mut last) = (f64::MAX, f64::MIN);
    for call in &calls {
        ensure!(call["status"] == 200, "A switch failed: {call}");
        let time = |name: &str| {
            call[name]
                .as_f64()
                .with_context(|| format!("no {name}: {call}"))
        };
        first = first.min(time("time")?);
        last = last.max(time("time")? + time("durationMs")?);
    }
    Ok(last - first)
}

fn updates(sandbox: &Sandbox) -> Result<Vec<Value>> {
    let log = Request::new("GET", "/sandbox/log")
        .send(sandbox.address())?
        .body_json()?;
    let calls = log.as_array().context("The log is no list.")?;
    let updates = calls
        .iter()
        .filter(|call| call["method"] == "PUT" && call["path"] == UPDATE);
    Ok(updates.cloned().collect())
}
