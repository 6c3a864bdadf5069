//! A thousand switches in one run, with a sandbox that delays each; and nearly ten thousand, with one that answers at
//! once.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{Request, Sandbox, button};

use crate::console;
use crate::figure::{Bar, Figure};
use crate::lists::ROWS;
use crate::stage::{App, Stage};
use crate::watch::{act, click, open_until};

const PART: &str = "bulk";
const UPDATE: &str = "/auth/addon/live_chat/operator/update";

/// The sandbox's delay of each call, in milliseconds.
const DELAY: u32 = 20;

/// The number of calls in flight (`AT_ONCE` of `src/operations/bulk.rs`): one less than the connections that a browser
/// opens to a host.
const AT_ONCE: f64 = 5.0;

/// The number of operators of which a thousand have the addon on.
const OPERATORS: usize = 1_113;
const SWITCHES: usize = 1_000;

/// The number of operators of which 9,900 have the addon on: the sandbox logs ten thousand calls.
const MANY_OPERATORS: usize = 11_002;
const MANY_SWITCHES: usize = 9_900;

/// The timeout of a run after its last change on the screen.
const PATIENCE: Duration = Duration::from_secs(60);

/// Switches all operators off, with repeats.
pub async fn measure(stage: &Stage) -> Result<Vec<Figure>> {
    console::step("A thousand switches at once");
    let served = stage.serve(App::Panel, OPERATORS).await?;
    let slow = json!({ "method": "PUT", "path": "operator/update", "fault": "delay", "ms": DELAY });
    served.sandbox.inject_fault(&[slow])?;
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
        taken.push(span(&all_updates(&served.sandbox, SWITCHES).await?)?);
        told.push(run.shown);
        console::note(&format!("{round} of {}", stage.repeats));
    }
    let ideal = f64::from(u32::try_from(SWITCHES)?) * f64::from(DELAY) / AT_ONCE;
    let figure =
        |what: &str, samples| Figure::new(PART, what, "ms", samples).beside("ideal", vec![ideal]);
    Ok(vec![
        figure("first call → last answer", taken).bar(Bar::TimesBeside(1.15)),
        figure("click → everything told", told),
        ends_of_long_run(stage).await?,
    ])
}

/// Compares the last thousand calls of a long run with the first thousand. Runs once, because a long run contains
/// many samples.
async fn ends_of_long_run(stage: &Stage) -> Result<Figure> {
    console::step("9,900 switches");
    let served = stage.serve(App::Panel, MANY_OPERATORS).await?;
    let page = stage.connected_browser(&served).await?;
    open_until(&page, served.app.list(), "rows", ROWS).await?;
    click(&page, "thead input[type=checkbox]", None).await?;
    served.sandbox.forget_calls()?;
    page.click(button("Deactivate")).await?;
    let mut calls = all_updates(&served.sandbox, MANY_SWITCHES).await?;
    let began = |call: &Value| call["time"].as_f64().unwrap_or_default();
    calls.sort_by(|one, other| began(one).total_cmp(&began(other)));
    let (first, last) = (
        span(&calls[..1_000])?,
        span(&calls[MANY_SWITCHES - 1_000..])?,
    );
    let figure = Figure::new(PART, "9,900 switches: the last 1,000", "ms", vec![last]);
    let figure = figure.beside("the first 1,000", vec![first]);
    Ok(figure.bar(Bar::TimesBeside(1.2)))
}

/// Returns the calls of the run once all of them have been answered.
async fn all_updates(sandbox: &Sandbox, switches: usize) -> Result<Vec<Value>> {
    let deadline = Instant::now() + PATIENCE * u32::try_from(switches.div_ceil(SWITCHES))?;
    let mut calls = updates(sandbox)?;
    while calls.len() < switches {
        let there = calls.len();
        ensure!(
            Instant::now() < deadline,
            "There were {there} calls, not {switches}."
        );
        tokio::time::sleep(Duration::from_millis(500)).await;
        calls = updates(sandbox)?;
    }
    let there = calls.len();
    ensure!(
        there == switches,
        "There were {there} calls, not {switches}."
    );
    Ok(calls)
}

/// Returns the time from the first call to the last answer, in milliseconds.
fn span(calls: &[Value]) -> Result<f64> {
    let (mut first, mut last) = (f64::MAX, f64::MIN);
    for call in calls {
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
