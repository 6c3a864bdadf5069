//! One call under one fault.

use anyhow::{Context, Result, ensure};
use switchboard_e2e::{Glimpse, Journey, button, dialog, eventually, field, journey};

use crate::faults::{self, Fault, NOT_KNOWN, Outcome, UNREACHABLE};
use crate::screens::{Place, Screen, ready};
use crate::tally::{Tally, named};

/// The dialog that asks for another token.
const ASKING: &str = "The token is no longer accepted";

/// All cells of a screen, one after the other in one browser.
pub fn all_of(screen: Screen) -> Result<()> {
    journey(async |it| {
        connect(it, "localhost").await?;
        let mut tally = Tally::default();
        let only = std::env::var("SWITCHBOARD_FAULT").ok();
        for (number, fault) in faults::all().iter().enumerate() {
            if only.as_ref().is_some_and(|only| only != fault.name) {
                continue;
            }
            if let Some(reason) = fault.not_for(screen.call()) {
                tally.leave_out(fault.name, reason);
                continue;
            }
            let cell = Cell {
                it,
                screen,
                fault,
                number,
            };
            let began = std::time::Instant::now();
            let ended = cell.run(&mut tally).await;
            if ended.is_err() {
                cell.leave().await;
            }
            if std::env::var_os("SWITCHBOARD_TIMES").is_some() {
                eprintln!(
                    "{screen:?} {}: {} ms",
                    fault.name,
                    began.elapsed().as_millis()
                );
            }
            tally.note(fault.name, ended);
        }
        tally.close(&named(screen))
    })
}

/// Connects across origins, as every panel does that its API does not serve: the page is on 127.0.0.1, the API on `host`.
pub async fn connect(it: &Journey, host: &str) -> Result<()> {
    // What the browser itself says of a call that fails.
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

/// One call under one fault.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// Where.
    pub it: &'a Journey,
    /// What is called, from where.
    pub screen: Screen,
    /// What is done to it.
    pub fault: &'a Fault,
    /// Tells it from the others of its screen.
    pub number: usize,
}

impl Cell<'_> {
    async fn run(&self, tally: &mut Tally) -> Result<()> {
        // What an earlier cell left is not this one's fault.
        self.it.page.take_console_errors().await?;
        self.it.sandbox.reset()?;
        self.it.sandbox.forget_calls()?;
        self.begin().await?;
        self.end().await?;
        let call = self.screen.call();
        if call.is_write() {
            // The second time was ours, when there was one.
            let ours = self.it.page.sends(call.method, call.path).await;
            let arrived = self.it.sandbox.count(call.method, call.path)?;
            tally.resent += arrived.saturating_sub(ours.unwrap_or(1));
        }
        Ok(())
    }

    /// Makes the call, spoiled.
    pub async fn begin(&self) -> Result<()> {
        let (it, screen) = (self.it, self.screen);
        it.sandbox.behave()?;
        screen
            .prepare(it, self.number)
            .await
            .context("on the way there")?;
        it.sandbox.spoil(&[self.fault.rule(screen.call())])?;
        if self.fault.outcome == Outcome::NobodyListens {
            eventually(async || {
                ensure!(it.sandbox.rules().is_err(), "somebody listens still");
                Ok(())
            })
            .await?;
        }
        screen.act(it).await
    }

    /// Sees what came of it, and tries again where it did not work.
    pub async fn end(&self) -> Result<()> {
        let (it, screen, call) = (self.it, self.screen, self.screen.call());
        let is_done = self.told().await?;
        self.nothing_broke().await?;
        if call.is_write() {
            let sends = it.page.sends(call.method, call.path).await?;
            ensure!(sends == 1, "the page sent it {sends} times");
        }
        self.served_again().await?;
        self.as_in_the_database(is_done)?;
        if is_done {
            return Ok(());
        }
        screen.again(it).await.context("trying again")?;
        self.sees_done(true).await.context("after trying again")?;
        self.nothing_broke().await.context("after trying again")?;
        self.as_in_the_database(true)
    }

    /// Waits for what has to be told. Whether that is that it worked.
    pub async fn told(&self) -> Result<bool> {
        match self.fault.outcome {
            Outcome::Works => self.sees_done(true).await.map(|()| true),
            Outcome::Says(words) => self.sees(&[words]).await.map(|()| false),
            Outcome::AsksForAToken(words) => {
                self.it
                    .page
                    .click(button("Not now").within(dialog(ASKING)))
                    .await?;
                self.sees(&[words]).await.map(|()| false)
            }
            Outcome::DoneUnheard => self.sees_done(false).await.map(|()| true),
            Outcome::NobodyListens => {
                let words = [UNREACHABLE, NOT_KNOWN[0], NOT_KNOWN[1]];
                self.sees(&words).await.map(|()| false)
            }
            Outcome::Withheld => {
                // Looked at once it has ended, one way or the other.
                let call = self.screen.call();
                eventually(async || {
                    let now = self.it.page.glimpse().await?;
                    let is_done = self.is_done(&now, false);
                    ensure!(
                        is_done || self.says(&now, &[UNREACHABLE]),
                        "neither: {now:?}"
                    );
                    Ok(is_done && call.is_write())
                })
                .await
            }
        }
    }

    fn is_done(&self, now: &Glimpse, is_heard: bool) -> bool {
        self.screen.is_done(now, self.number, is_heard)
    }

    async fn sees_done(&self, is_heard: bool) -> Result<()> {
        eventually(async || {
            let now = self.it.page.glimpse().await?;
            ensure!(
                self.is_done(&now, is_heard),
                "it does not show that it worked: {now:?}"
            );
            Ok(())
        })
        .await
    }

    /// Sees one of these sentences where it belongs, and what was typed.
    async fn sees(&self, words: &[&str]) -> Result<()> {
        eventually(async || {
            let now = self.it.page.glimpse().await?;
            ensure!(
                self.says(&now, words),
                "{words:?} is not said where it belongs: {now:?}"
            );
            for (label, typed) in self.screen.typed(self.number) {
                let there = now.field(label).map(|(value, _)| value);
                ensure!(
                    there == Some(&typed),
                    "{label:?} holds {there:?}, no longer {typed:?}"
                );
            }
            Ok(())
        })
        .await
    }

    fn says(&self, now: &Glimpse, words: &[&str]) -> bool {
        let holds = |text: &str| words.iter().any(|words| text.contains(words));
        // What the API complains of one field stands beside it, on whichever screen it is.
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
    pub async fn nothing_broke(&self) -> Result<()> {
        let now = self.it.page.glimpse().await?;
        ensure!(!now.is_broken, "the panel broke: {}", now.text);
        ensure!(
            now.is_filled && !now.title.is_empty(),
            "the page is blank: {now:?}"
        );
        let mut errors = self.it.page.take_console_errors().await?;
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
        ensure!(errors.is_empty(), "the console holds {errors:?}");
        Ok(())
    }

    /// The fault is over: for one that is over by itself, once it is.
    async fn served_again(&self) -> Result<()> {
        eventually(async || self.it.sandbox.behave()).await
    }

    /// What the page says is what the database holds.
    pub fn as_in_the_database(&self, is_done: bool) -> Result<()> {
        if !self.screen.call().is_write() {
            return Ok(());
        }
        let is_so = self.screen.is_so(self.it, self.number)?;
        ensure!(
            is_so == is_done,
            "the page says that it was done: {is_done}; the database: {is_so}"
        );
        Ok(())
    }

    /// A picture of a cell that failed.
    pub async fn leave(&self) {
        let name = format!("{:?} {}.png", self.screen, self.fault.name);
        let file = self.it.settings.artifacts.join("matrix").join(name);
        // What cannot be had is left out.
        let _ = self.it.page.picture(&file).await;
    }
}
