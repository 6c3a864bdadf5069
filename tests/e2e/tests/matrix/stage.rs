//! The stage of a journey: the built panel in a browser, and the sandbox, which injects faults on the real socket.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use switchboard_e2e::{Journey, button, dialog, eventually, field, switch_on};
use switchboard_matrix::{Call, Cell, Effect, Fault, PageSnapshot, Stage, Step};

/// A journey as the stage of the matrix.
#[derive(Debug, Clone, Copy)]
pub struct Browser<'a>(pub &'a Journey);

impl Stage for Browser<'_> {
    async fn look(&self) -> Result<PageSnapshot> {
        self.0.page.snapshot().await
    }

    async fn until<T>(&self, judge: impl Fn(&PageSnapshot) -> Result<T>) -> Result<T> {
        let mut last = String::new();
        eventually(async || judge(&self.0.page.next_snapshot(&mut last).await?)).await
    }

    async fn take(&self, step: &Step) -> Result<()> {
        let page = &self.0.page;
        match step {
            Step::Open(path) => page.open(path).await,
            Step::Travel(path) => page.travel(path).await,
            Step::Press(name, None) => page.click(button(*name)).await,
            Step::Press(name, Some(title)) => {
                page.click(button(*name).within(dialog(*title))).await
            }
            Step::SwitchOff(name) => page.click(switch_on(*name)).await,
            Step::Type(label, text) => page.fill(field(*label), text).await,
            Step::Wait(fits) => ready(self.0, fits).await,
        }
    }

    async fn count_sends(&self) -> Result<()> {
        self.0.page.count_sends().await
    }

    async fn sends(&self, call: Call) -> Result<usize> {
        self.0.page.sends(call.method, call.path).await
    }

    async fn inject_fault(&self, fault: &Fault, call: Call) -> Result<()> {
        let sandbox = &self.0.sandbox;
        sandbox.inject_fault(&[fault.effect.rule(call)])?;
        if !matches!(fault.effect, Effect::Refuse { .. }) {
            return Ok(());
        }
        eventually(async || {
            ensure!(sandbox.rules().is_err(), "something listens still");
            Ok(())
        })
        .await
    }

    async fn clear_rules(&self) -> Result<()> {
        eventually(async || self.0.sandbox.clear_rules()).await
    }

    fn ask(&self, target: &str) -> Result<Value> {
        self.0.sandbox.ask("GET", target, &Value::Null)
    }

    async fn console_errors(&self) -> Result<Vec<String>> {
        self.0.page.take_console_errors().await
    }
}

/// Waits until the page is ready.
pub async fn ready(it: &Journey, fits: impl Fn(&PageSnapshot) -> bool) -> Result<()> {
    let judge = |now: &PageSnapshot| {
        ensure!(fits(now), "The page is not ready: {now:?}");
        Ok(())
    };
    Browser(it).until(judge).await
}

/// Connects across origins, like every panel that its API does not serve: the page is on 127.0.0.1, the API on
/// `host`.
pub async fn connect(it: &Journey, host: &str) -> Result<()> {
    // The browser's own errors for a failed call.
    for complaint in ["Failed to load resource", "blocked by CORS policy"] {
        it.page.expect_in_console(complaint);
    }
    let api = it.sandbox.url().replace("127.0.0.1", host);
    it.page.open("/connect").await?;
    it.page.fill(field("API base URL"), &api).await?;
    it.page.fill(field("API token"), it.sandbox.token()).await?;
    it.page.click(button("Connect")).await?;
    ready(it, |now| now.title == "Acme Outfitters").await
}

/// Takes a screenshot of a failed cell.
pub async fn leave(cell: &Cell<'_, Browser<'_>>) {
    let Browser(it) = cell.stage;
    let name = format!("{:?} {}.png", cell.screen, cell.fault.name);
    let file = it.settings.artifacts.join("matrix").join(name);
    // A missing screenshot is ignored.
    let _ = it.page.picture(&file).await.context("a picture");
}
