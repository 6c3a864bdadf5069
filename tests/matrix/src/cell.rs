//! One call under one fault: the same judgement for every stage.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::faults::{Fault, NOT_KNOWN, Outcome, UNREACHABLE};
use crate::screens::{Call, Place, Screen, Step};
use crate::snapshot::PageSnapshot;

/// The dialog that asks for another token.
const ASKING: &str = "The token is no longer accepted";

/// A panel that a test looks at and uses, and an API whose answers the test spoils.
#[expect(
    async_fn_in_trait,
    reason = "a test drives its stage from one thread, and waits for it"
)]
pub trait Stage {
    /// Looks at the page, without waiting for anything.
    async fn look(&self) -> Result<PageSnapshot>;

    /// Looks until the judgement is good; the last one when that does not happen in time.
    async fn until<T>(&self, judge: impl Fn(&PageSnapshot) -> Result<T>) -> Result<T>;

    /// Takes a step.
    async fn take(&self, step: &Step) -> Result<()>;

    /// Counts from now on what the page sends.
    async fn count_sends(&self) -> Result<()>;

    /// How often the page sent a call since it is counted.
    async fn sends(&self, call: Call) -> Result<usize>;

    /// From now on, does the fault's effect to a call.
    async fn inject_fault(&self, fault: &Fault, call: Call) -> Result<()>;

    /// From now on, answers every call as it should. Waits for a fault that ends by itself.
    async fn clear_rules(&self) -> Result<()>;

    /// Makes a `GET` call past the panel, and returns the envelope.
    fn ask(&self, target: &str) -> Result<Value>;

    /// The errors that the console has received since the last time.
    async fn console_errors(&self) -> Result<Vec<String>>;
}

/// One call under one fault.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a, S> {
    /// Where.
    pub stage: &'a S,
    /// What is called, from where.
    pub screen: Screen,
    /// What is done to it.
    pub fault: &'a Fault,
    /// Distinguishes it from the others of its screen.
    pub number: usize,
}

impl<S: Stage> Cell<'_, S> {
    /// Makes the call, spoiled.
    ///
    /// # Errors
    /// When the page does not get that far.
    pub async fn begin(&self) -> Result<()> {
        let (stage, screen) = (self.stage, self.screen);
        stage.clear_rules().await?;
        for step in screen.prepare(self.number) {
            stage.take(&step).await.context("on the way there")?;
        }
        // The organisation's page is opened by the call's own step, which would end the counting.
        if screen != Screen::Organisation {
            stage.count_sends().await?;
        }
        stage.inject_fault(self.fault, screen.call()).await?;
        stage.take(&screen.act()).await
    }

    /// Judges what came of it, and tries again where it did not work.
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

    /// Waits for what has to be shown. Whether that is that it worked.
    ///
    /// # Errors
    /// When it is not shown in time.
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
                // Looked at once it has ended, one way or the other.
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

    /// Sees one of these sentences in its place, and what was typed.
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
        // What the API complains of one field is shown beside it, on every screen.
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

    /// The page is there, and neither it nor the console says that the panel broke.
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
            // The page's own files come from the server that refuses: parts that are loaded ahead are missed, too, and so is the service
            // worker, which the page asks for once it has been there for some seconds.
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

    /// What the page shows of a write is what the API has.
    ///
    /// # Errors
    /// When it is not.
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
