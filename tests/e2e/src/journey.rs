//! Runs a journey: starts its servers and browser, judges it, and saves artifacts if it fails.

use std::any::{Any, type_name_of_val};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};

use crate::driver::Driver;
use crate::eventually::eventually;
use crate::page::Page;
use crate::pool::BrowserSlot;
use crate::sandbox::Sandbox;
use crate::screen::Size;
use crate::settings::Settings;
use crate::{engines, pool, semaphore};

/// The environment of a journey.
#[derive(Debug)]
pub struct Journey {
    /// The sandbox, as if it had just been started.
    pub sandbox: Sandbox,
    /// A page in a browser without traces of earlier journeys.
    pub page: Page,
    /// The paths of programs and files.
    pub settings: Settings,
}

/// The outcome of an attempt at a journey.
enum Attempt {
    Passed,
    Failed {
        /// The error, with the steps so far.
        error: anyhow::Error,
        /// The error in one line.
        reason: String,
        /// Whether the browser or its driver ended: then the attempt says nothing about the panel.
        browser_ended: bool,
    },
}

/// Where a journey starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    Warm,
    Cold,
}

/// Runs a journey in a browser that has loaded the panel before and has stored nothing else. At most three run at
/// once, however many threads the tests have.
///
/// In Firefox and WebKitGTK only the journeys of [`engines`] run, unless `SWITCHBOARD_FULL` is set; the others are
/// reported as such. A journey is repeated once if the browser or its driver ended, and for no other reason.
///
/// # Errors
/// The error of the journey, and the path of its artifacts.
pub fn journey(story: impl AsyncFn(&Journey) -> Result<()>) -> Result<()> {
    make(Start::Warm, &story)
}

/// Runs a journey from an origin that no browser has seen: no cached file, no compiled module. For journeys about
/// first visits, caches, workers and kills.
///
/// # Errors
/// As with [`journey`].
pub fn cold_journey(story: impl AsyncFn(&Journey) -> Result<()>) -> Result<()> {
    make(Start::Cold, &story)
}

/// Runs two journeys, one after the other, in the same browser and with the same sandbox, to test that the first
/// leaves nothing to the second.
///
/// # Errors
/// The error of the one that fails.
pub fn journeys_in_turn(
    first: impl AsyncFn(&Journey) -> Result<()>,
    second: impl AsyncFn(&Journey) -> Result<()>,
) -> Result<()> {
    let settings = pool::with_panel(&Settings::from_environment()?)?;
    let name = name_of(&first);
    let _permit = semaphore::acquire(&name);
    let slot = BrowserSlot::take(&settings)?;
    let (ended, slot) = attempt(&name, Start::Warm, slot, &settings, &first)?;
    passed(ended)?;
    let slot = slot.context("The browser could not be reset.")?;
    let (ended, slot) = attempt(&name_of(&second), Start::Warm, slot, &settings, &second)?;
    if let Some(slot) = slot {
        slot.give_back();
    }
    passed(ended)
}

fn make(start: Start, story: &impl AsyncFn(&Journey) -> Result<()>) -> Result<()> {
    let name = name_of(story);
    let settings = Settings::from_environment()?;
    if !engines::runs_in(settings.browser, &name) {
        leave_to_other_engines(&name);
        return Ok(());
    }
    let settings = pool::with_panel(&settings)?;
    let _permit = semaphore::acquire(&name);
    let began = Instant::now();
    let outcome = at_most_twice(&name, tell_the_runner, |name| {
        let slot = BrowserSlot::take(&settings)?;
        let (ended, slot) = attempt(name, start, slot, &settings, story)?;
        if let Some(slot) = slot {
            slot.give_back();
        }
        Ok(ended)
    });
    // For analysing where the time goes. Journeys run in parallel, so it is no measure of a single one.
    tell_the_runner(&format!(
        "took: {name}: {:.1} s",
        began.elapsed().as_secs_f64()
    ));
    outcome
}

/// Tells the runner that a journey does not apply to this engine, so that it is counted separately.
pub fn leave_to_other_engines(name: &str) {
    tell_the_runner(&format!("not for this engine: {name}"));
}

/// Writes a line for the runner that bypasses the capture of the tests' output.
fn tell_the_runner(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn passed(ended: Attempt) -> Result<()> {
    match ended {
        Attempt::Passed => Ok(()),
        Attempt::Failed { error, .. } => Err(error),
    }
}

fn at_most_twice(
    name: &str,
    tell: impl Fn(&str),
    mut attempt: impl FnMut(&str) -> Result<Attempt>,
) -> Result<()> {
    let reason = match attempt(name)? {
        Attempt::Failed {
            browser_ended: true,
            reason,
            ..
        } => reason,
        ended => return passed(ended),
    };
    tell(&format!("repeated: {name}: its browser ended: {reason}"));
    passed(attempt(&format!("{name}.again"))?)
}

/// Makes an attempt at a journey. Also returns whether the slot can be used again.
fn attempt(
    name: &str,
    start: Start,
    slot: BrowserSlot,
    settings: &Settings,
    story: &impl AsyncFn(&Journey) -> Result<()>,
) -> Result<(Attempt, Option<BrowserSlot>)> {
    let remains = settings.artifacts.join(name);
    let _ = std::fs::remove_dir_all(&remains);
    let BrowserSlot {
        runtime,
        driver,
        sandbox: warm,
    } = slot;
    let (sandbox, spare) = match start {
        Start::Warm => (warm, None),
        Start::Cold => (Sandbox::start(settings)?, Some(warm)),
    };
    let page = Page::new(driver, &sandbox.url());
    let journey = Journey {
        sandbox,
        page,
        settings: settings.clone(),
    };
    let whole = async {
        // Calls of the previous journey may have ended after it.
        journey.sandbox.renew()?;
        journey.page.resize(Size::DESK).await?;
        story(&journey).await?;
        journey.page.check_console().await?;
        journey.sandbox.check_violations()
    };
    // A panic of an assertion must save artifacts, too.
    let ended = catch_unwind(AssertUnwindSafe(|| runtime.block_on(whole)));
    let error = match ended {
        Ok(Ok(())) => {
            // A browser that cannot be reset does not fail the journey.
            let is_reset = runtime.block_on(journey.reset()).is_ok();
            let slot = is_reset.then(|| BrowserSlot {
                runtime,
                driver: journey.page.into_driver(),
                sandbox: spare.unwrap_or(journey.sandbox),
            });
            return Ok((Attempt::Passed, slot));
        }
        Ok(Err(error)) => error,
        Err(panic) => anyhow!("{}", words_of(&*panic)),
    };
    let browser_ended = journey.page.browser_has_ended();
    runtime.block_on(journey.leave(&remains));
    let _ = std::fs::write(remains.join("reason.txt"), format!("{error:#}"));
    let told = journey.page.told.borrow().join("\n  ");
    let reason = format!("{error:#}").replace('\n', " ");
    let error = error.context(format!(
        "the story so far:\n  {told}\n\nIts remains are in {}",
        remains.display()
    ));
    let failed = Attempt::Failed {
        error,
        reason,
        browser_ended,
    };
    Ok((failed, None))
}

/// Returns the message of a panic.
fn words_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("an assertion failed")
}

impl Journey {
    /// Resets the browser. Needs a sandbox that answers.
    async fn reset(&self) -> Result<()> {
        eventually(async || self.sandbox.renew()).await?;
        self.page.reset().await
    }

    /// Opens a page in another browser with its own profile, as on another computer. The caller checks its console.
    /// An error announced for one of the two browsers is announced for both.
    ///
    /// # Errors
    /// When there is no other browser.
    pub async fn another_browser(&self) -> Result<Page> {
        self.page.tell("go to another computer");
        let driver = Driver::start(&self.settings).await?;
        let page = Page::elsewhere(driver, &self.page);
        page.resize(Size::DESK).await?;
        Ok(page)
    }

    /// Saves everything that helps to understand a failure. Skips what is not available.
    async fn leave(&self, folder: &PathBuf) {
        if std::fs::create_dir_all(folder).is_err() {
            return;
        }
        let _ = self.page.picture(&folder.join("page.png")).await;
        let source = self.page.driver.session.source().await.unwrap_or_default();
        let calls = self.sandbox.calls().unwrap_or_default();
        let calls: Vec<String> = calls.iter().map(|call| format!("{call:?}")).collect();
        for (file, text) in [
            ("page.html", source),
            ("console.txt", self.page.console_text().await),
            ("story.txt", self.page.told.borrow().join("\n")),
            ("calls.txt", calls.join("\n")),
            ("sandbox.txt", self.sandbox.said()),
        ] {
            let _ = std::fs::write(folder.join(file), text);
        }
    }
}

/// Returns the name of the test: from its thread, or from its closure's type if all tests share one thread.
fn name_of<T: ?Sized>(story: &T) -> String {
    if let Some(name) = std::thread::current().name().filter(|name| *name != "main") {
        return name.replace("::", ".");
    }
    let path = type_name_of_val(story).replace("::{{closure}}", "");
    let mut parts: Vec<&str> = path.split("::").collect();
    if parts.len() > 2 {
        parts.remove(0);
    }
    parts.join(".")
}

#[cfg(test)]
mod tests;
