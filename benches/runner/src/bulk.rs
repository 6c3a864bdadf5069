//! A thousand switches at once, against a sandbox that takes its time with each.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{Request, Sandbox, button};

use crate::figure::{Bar, Figure};
use crate::say;
use crate::stage::{App, Stage};
use crate::watch::{act, open_until, press};

const PART: &str = "bulk";
const UPDATE: &str = "/auth/addon/live_chat/operator/update";

/// How long the sandbox takes for each.
const DELAY: f64 = 20.0;

/// How many are on their way at once (`AT_ONCE` of `src/pages/bulk.rs`): as many connections as a browser opens to a host.
const AT_ONCE: f64 = 6.0;

/// So many that nine of ten, those who have the addon on, are a thousand.
const OPERATORS: usize = 1_112;

/// Switches everybody off as often as it takes.
pub async fn measure(stage: &Stage) -> Result<Vec<Figure>> {
    say::step("A thousand switches at once");
    let served = stage.serve(App::Panel, OPERATORS).await?;
    let slow = json!({ "method": "PUT", "path": "operator/update", "fault": "delay", "ms": DELAY });
    served.sandbox.spoil(&[slow])?;
    let (mut taken, mut told, mut ideal) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=stage.repeats {
        let page = stage.connected_browser(&served).await?;
        let rows = "() => !!document.querySelector('tbody input[type=checkbox]')";
        open_until(&page, served.app.list(), "rows", rows).await?;
        act(&page, "click", None, async |page| {
            press(page, "thead input[type=checkbox]").await
        })
        .await?;
        served.sandbox.forget_calls()?;
        // Off and on by turns: who is as they should be is not sent.
        let name = if round % 2 == 1 {
            "Deactivate"
        } else {
            "Activate"
        };
        let run = act(&page, "click", None, async |page| {
            page.click(button(name)).await
        })
        .await?;
        let calls = all_of_them(&served.sandbox).await?;
        #[expect(clippy::cast_precision_loss, reason = "some thousand")]
        let best = calls.count as f64 * DELAY / AT_ONCE;
        taken.push(calls.milliseconds);
        told.push(run.shown);
        ideal.push(best);
        say::note(&format!(
            "{round} of {}: {} calls",
            stage.repeats, calls.count
        ));
    }
    let figure =
        |what: &str, samples| Figure::new(PART, what, "ms", samples).beside("ideal", ideal.clone());
    Ok(vec![
        figure("first call → last answer", taken).bar(Bar::TimesBeside(1.15)),
        figure("click → everything told", told),
    ])
}

/// What the sandbox saw of a run.
struct Calls {
    count: usize,
    milliseconds: f64,
}

/// Waits until no further call comes.
async fn all_of_them(sandbox: &Sandbox) -> Result<Calls> {
    let mut before = 0;
    loop {
        let calls = updates(sandbox)?;
        if calls.len() == before && before > 0 {
            let time = |call: &Value, name: &str| {
                call[name]
                    .as_f64()
                    .with_context(|| format!("no {name}: {call}"))
            };
            let (mut first, mut last) = (f64::MAX, f64::MIN);
            for call in &calls {
                ensure!(call["status"] == 200, "A switch failed: {call}");
                first = first.min(time(call, "time")?);
                last = last.max(time(call, "time")? + time(call, "durationMs")?);
            }
            return Ok(Calls {
                count: calls.len(),
                milliseconds: last - first,
            });
        }
        before = calls.len();
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
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
