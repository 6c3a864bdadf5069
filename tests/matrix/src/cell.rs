//! One call under one fault, with the same assertions for every stage.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::faults::{Fault, NOT_KNOWN, Outcome, UNREACHABLE};
use crate::screens::{Call, Place, Screen, Step};
use crate::snapshot::PageSnapshot;

/// The title of the dialog that asks for another token.
const ASKING: &str = "The token is no longer accepted";

/// A panel that a test inspects and operates, and an API whose answers the test can alter.
#[expect(
    async_fn_in_trait,
    reason = "a test drives its stage from one thread, and waits for it"
)]
pub trait Stage {
    /// Takes a snapshot of the page without waiting.
    async fn look(&self) -> Result<PageSnapshot>;

    /// Takes snapshots until the judgement is good; returns the last judgement at the timeout.
    async fn until<T>(&self, judge: impl Fn(&PageSnapshot) -> Result<T>) -> Result<T>;

    /// Executes a step.
    async fn take(&self, step: &Step) -> Result<()>;

    /// Counts the page's calls from now on.
    async fn count_sends(&self) -> Result<()>;

    /// Returns how often the page sent a call since counting began.
    async fn sends(&self, call: Call) -> Result<usize>;

    /// Applies the fault's effect to a call from now on.
    async fn inject_fault(&self, fault: &Fault, call: Call) -> Result<()>;

    /// Answers every call correctly from now on. Waits for a fault that ends by itself.
    async fn clear_rules(&self) -> Result<()>;

    /// Makes a `GET` call without the panel, and returns the envelope.
    fn ask(&self, target: &str) -> Result<Value>;

    /// Returns the errors in the console since the last call.
    async fn console_errors(&self) -> Result<Vec<String>>;
}

/// One call under one fault.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a, S> {
    /// The stage.
    pub stage: &'a S,
    /// The screen that makes the call.
    pub screen: Screen,
    /// The fault.
    pub fault: &'a Fault,
    /// The number of the cell, unique within its screen.
    pub number: usize,
}

impl<S: Stage> Cell<'_, S> {
    /// Makes the call under the fault.
    ///
    /// # Errors
    /// When the page does not get that far.
    pub async fn begin(&self) -> Result<()> {
        let (stage, screen) = (self.stage, self.screen);
        stage.clear_rules().await?;
        for step in screen.prepare(self.number) {
            stage.take(&step).await.context("on the way there")?;
        }
        // The call's own step opens the organisation's page, which would reset the counts.
        if screen != Screen::Organisation {
            stage.count_sends().await?;
        }
        stage.inject_fault(self.fault, screen.call()).await?;
        stage.take(&screen.act()).await
    }

    /// Checks the outcome, and retries if the call failed.
    ///
    /// # Errors
    /// With what is wrong.
    pub async fn end(&self) -> Result<()> {
        let (stage, screen, call) = (self.stage, self.screen, self.screen.call());
        let is_done = self.told().await?;
        self.nothing_broke().await?;
        if call.is_write() {
            let sends = stage.sends(call).await?;
            ensure!(sends == 1, "the page sent it {sends} times");
        }
        stage.clear_rules().await?;
        self.agrees_with_the_api(is_done)?;
        if is_done {
            return Ok(());
        }
        for step in screen.again() {
            stage.take(&step).await.context("trying again")?;
        }
        self.sees_done(true).await.context("after trying again")?;
        self.nothing_broke().await.context("after trying again")?;
        if call.is_write() {
            let sends = stage.sends(call).await?;
            ensure!(sends == 2, "after trying again: it was sent {sends} times");
        }
        self.agrees_with_the_api(true)
    }

    /// Waits for the expected message or result. Returns whether the call worked.
    ///
    /// # Errors
    /// When neither is shown in time.
    pub async fn told(&self) -> Result<bool> {
        match self.fault.outcome {
            Outcome::Works => self.sees_done(true).await.map(|()| true),
            Outcome::Says(words) => self.sees(&[words]).await.map(|()| false),
            Outcome::AsksForAToken(words) => {
                let asks = |now: &PageSnapshot| {
                    let is_asking = now.dialog.as_deref() == Some(ASKING);
                    ensure!(is_asking, "no token is asked for: {now:?}");
                    Ok(())
                };
                self.stage.until(asks).await?;
                let decline = Step::Press("Not now", Some(ASKING));
                self.stage.take(&decline).await?;
                self.sees(&[words]).await.map(|()| false)
            }
            Outcome::DoneUnheard => self.sees_done(false).await.map(|()| true),
            Outcome::NobodyListens => {
                let words = [UNREACHABLE, NOT_KNOWN[0], NOT_KNOWN[1]];
                self.sees(&words).await.map(|()| false)
            }
            Outcome::Withheld => {
                // Checked once the call has ended, one way or the other.
                let is_write = self.screen.call().is_write();
                let ended = |now: &PageSnapshot| {
                    let is_done = self.is_done(now, false);
                    let is_told = is_done || self.says(now, &[UNREACHABLE]);
                    ensure!(is_told, "neither: {now:?}");
                    Ok(is_done && is_write)
                };
                self.stage.until(ended).await
            }
        }
    }

    fn is_done(&self, now: &PageSnapshot, is_heard: bool) -> bool {
        self.screen.is_done(now, self.number, is_heard)
    }

    async fn sees_done(&self, is_heard: bool) -> Result<()> {
        let done = |now: &PageSnapshot| {
            let is_done = self.is_done(now, is_heard);
            ensure!(is_done, "it does not show that it worked: {now:?}");
            Ok(())
        };
        self.stage.until(done).await
    }

    /// Asserts that one of these sentences is in its place, and that the input is still there.
    async fn sees(&self, words: &[&str]) -> Result<()> {
        let seen = |now: &PageSnapshot| {
            let is_told = self.says(now, words);
            ensure!(is_told, "{words:?} is not in its place: {now:?}");
            for (label, typed) in self.screen.typed(self.number) {
                let there = now.field(label).map(|(value, _)| value);
                ensure!(
                    there == Some(&typed),
                    "{label:?} contains {there:?}, no longer {typed:?}"
                );
            }
            Ok(())
        };
        self.stage.until(seen).await
    }

    fn says(&self, now: &PageSnapshot, words: &[&str]) -> bool {
        let holds = |text: &str| words.iter().any(|words| text.contains(words));
        // The API's message about a field is shown beside it, on every screen.
        let is_beside = now.fields.iter().any(|(.., error)| holds(error));
        let is_not_known = |text: &str| NOT_KNOWN.iter().any(|words| text.contains(words));
        let announced = || now.alerts.iter().chain(&now.notices);
        match self.screen.place() {
            Place::Field(label) => now.field(label).is_some_and(|(_, error)| holds(error)),
            Place::Alert(place) => {
                is_beside
                    || announced().any(|(text, _)| {
                        (text.contains(place) || is_not_known(text)) && holds(text)
                    })
            }
            Place::Dialog(place) => {
                is_beside
                    || announced().any(|(text, inside)| {
                        *inside && (text.contains(place) || is_not_known(text)) && holds(text)
                    })
            }
        }
    }

    /// Asserts that the page is there, and that neither it nor the console reports a crash of the panel.
    ///
    /// # Errors
    /// With what is wrong.
    pub async fn nothing_broke(&self) -> Result<()> {
        let now = self.stage.look().await?;
        ensure!(!now.is_broken, "the panel broke: {}", now.text);
        ensure!(
            now.is_filled && !now.title.is_empty(),
            "the page is blank: {now:?}"
        );
        let mut errors = self.stage.console_errors().await?;
        if self.fault.outcome == Outcome::NobodyListens {
            // The refusing server also serves the page's own files. Prefetched chunks are missing too, and so is the
            // service worker, which the page requests after some seconds.
            let of_their_own = [
                "Failed to fetch",
                "NetworkError",
                "Load failed",
                "An unknown error occurred when fetching the script",
            ];
            errors.retain(|error| !of_their_own.iter().any(|words| error.contains(words)));
        }
        ensure!(errors.is_empty(), "the console has {errors:?}");
        Ok(())
    }

    /// Asserts that the page shows the state of the API after a write.
    ///
    /// # Errors
    /// When it does not.
    pub fn agrees_with_the_api(&self, is_done: bool) -> Result<()> {
        if !self.screen.call().is_write() {
            return Ok(());
        }
        let is_so = self
            .screen
            .is_so(self.number, |target| self.stage.ask(target))?;
        ensure!(
            is_so == is_done,
            "the page says that it was done: {is_done}; the API: {is_so}"
        );
        Ok(())
    }
}
