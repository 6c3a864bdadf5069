//! A journey from start to end: its servers, its browser, its verdict, and what is left of it when it fails.

use std::any::{Any, type_name_of_val};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Result, anyhow};

use crate::browser::Browser;
use crate::driver::Driver;
use crate::page::Page;
use crate::pool::Seat;
use crate::sandbox::Sandbox;
use crate::screen::Size;
use crate::settings::Settings;
use crate::{gate, pool, watch};

/// What a journey has.
#[derive(Debug)]
pub struct Journey {
    /// A sandbox of its own.
    pub sandbox: Sandbox,
    /// A page in a browser as if nobody had used it.
    pub page: Page,
    /// Where things are.
    pub settings: Settings,
}

/// What WebKitGTK says when it loses its way in a module: it happens once in some thousand loads of a page, to any code.
const TRAP: &str = "Unreachable code should not be executed";

/// What a panic of the panel says before anything else.
const PANIC: &str = "panicked at";

/// How many journeys of a program may be walked once more. Where more than that fail, chance is not the reason.
const SECOND_WALKS: usize = 3;

static WALKED_AGAIN: AtomicUsize = AtomicUsize::new(0);

/// Set, nothing is walked once more: for whoever looks for what fails now and then.
const ONCE: &str = "SWITCHBOARD_ONCE";

/// Makes a journey. At most three at once, however many threads the tests have.
///
/// One that fails is walked once more, where few do. It passes if the second walk does, and `cargo xtask test` says at the end that it took
/// two and what the first ended with (docs/testing.md, "Walked twice").
///
/// # Errors
/// What the journey ended with, and where what is left of it lies.
pub fn journey(story: impl AsyncFn(&Journey) -> Result<()>) -> Result<()> {
    let name = name_of(&story);
    let _place = gate::enter();
    let may_be_walked_again = || {
        std::env::var_os(ONCE).is_none()
            && WALKED_AGAIN.fetch_add(1, Ordering::Relaxed) < SECOND_WALKS
    };
    let tell = |reason: &str| {
        // Past the capture of the tests' output, for the runner and whoever watches.
        let _ = writeln!(std::io::stdout(), "walked again: {name}: {reason}");
    };
    twice_at_most(&name, may_be_walked_again, tell, |name| walk(name, &story))
}

fn twice_at_most(
    name: &str,
    may_be_walked_again: impl Fn() -> bool,
    tell: impl Fn(&str),
    mut walk: impl FnMut(&str) -> Result<Ended>,
) -> Result<()> {
    let Ended::InItsMiddle { error, reason } = walk(name)? else {
        return Ok(());
    };
    if !may_be_walked_again() {
        return Err(error);
    }
    tell(&reason);
    match walk(&format!("{name}.again"))? {
        Ended::AtItsEnd => Ok(()),
        Ended::InItsMiddle { error, .. } => Err(error),
    }
}

/// How a walk ended.
enum Ended {
    AtItsEnd,
    InItsMiddle {
        /// With the story so far.
        error: anyhow::Error,
        /// In a line.
        reason: String,
    },
}

fn walk(name: &str, story: &impl AsyncFn(&Journey) -> Result<()>) -> Result<Ended> {
    let mut settings = Settings::from_environment()?;
    let remains = settings.artifacts.join(name);
    let _ = std::fs::remove_dir_all(&remains);
    if settings.browser != Browser::Chromium {
        settings.dist = watch::panel(&settings)?;
    }
    let sandbox = Sandbox::start(&settings)?;
    let Seat { runtime, driver } = pool::take(&settings)?;
    let page = Page::new(driver, &sandbox.url());
    let journey = Journey {
        sandbox,
        page,
        settings,
    };
    let walk = async {
        journey.page.resize(Size::DESK).await?;
        story(&journey).await?;
        journey.page.check_console().await?;
        journey.sandbox.check_violations()
    };
    // A failed assertion has to leave its remains, too.
    let walked = catch_unwind(AssertUnwindSafe(|| runtime.block_on(walk)));
    if matches!(walked, Ok(Ok(()))) {
        // One that cannot be made as it was is no failure of the journey's.
        if runtime.block_on(journey.page.reset()).is_ok() {
            let driver = journey.page.into_driver();
            pool::give_back(Seat { runtime, driver });
        }
        return Ok(Ended::AtItsEnd);
    }
    let is_the_engines = runtime.block_on(journey.was_left_by_the_engine());
    runtime.block_on(journey.leave(&remains));
    let told = journey.page.told.borrow().join("\n  ");
    let error = match walked {
        Ok(Err(error)) => error,
        Ok(Ok(())) => return Ok(Ended::AtItsEnd),
        Err(panic) => anyhow!("{}", words_of(&*panic)),
    };
    let whose = if is_the_engines {
        "the engine's own: "
    } else {
        ""
    };
    let reason = format!("{whose}{error:#}").replace('\n', " ");
    let error = error.context(format!(
        "the story so far:\n  {told}\n\nWhat is left of it lies in {}",
        remains.display()
    ));
    Ok(Ended::InItsMiddle { error, reason })
}

/// What a panic says.
fn words_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("an assertion failed")
}

impl Journey {
    /// A page in another browser, with a profile of its own: another computer. Whoever asks for it checks its
    /// console; what is announced for one of both is announced for the other, too.
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

    /// Whether WebKitGTK ended by itself, or lost its way in the module, with no panic of the panel's before it.
    async fn was_left_by_the_engine(&self) -> bool {
        if self.settings.browser != Browser::WebKit {
            return false;
        }
        let said = self.page.console_text().await;
        let is_gone = self.page.driver.session.title().await.is_err();
        (is_gone || said.contains(TRAP)) && !said.contains(PANIC)
    }

    /// Keeps everything that helps to understand a failure. What cannot be had is left out.
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

/// The name of the test: its closure's type names it, whatever thread it runs in.
fn name_of<T: ?Sized>(story: &T) -> String {
    let path = type_name_of_val(story).replace("::{{closure}}", "");
    let mut parts: Vec<&str> = path.split("::").collect();
    if parts.len() > 2 {
        parts.remove(0);
    }
    parts.join(".")
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// Walks as often as it has to, and ends each time as the next of `ends` says. How often it was walked, and what was told, too.
    fn walk_to(ends: &[bool], may_be_walked_again: bool) -> (Result<()>, usize, Vec<String>) {
        let (mut walks, told) = (0, RefCell::new(Vec::new()));
        let may = || may_be_walked_again;
        let tell = |reason: &str| told.borrow_mut().push(reason.to_owned());
        let outcome = twice_at_most("a journey", may, tell, |_| {
            walks += 1;
            Ok(if ends[walks - 1] {
                Ended::AtItsEnd
            } else {
                Ended::InItsMiddle {
                    error: anyhow!("walk {walks}"),
                    reason: format!("reason {walks}"),
                }
            })
        });
        (outcome, walks, told.into_inner())
    }

    #[test]
    fn a_journey_passes_when_its_first_or_its_second_walk_does_and_the_second_is_told() {
        for (ends, may, passes, walks, told) in [
            (&[true][..], true, true, 1, &[][..]),
            (&[false, true], true, true, 2, &["reason 1"]),
            (&[false, false], true, false, 2, &["reason 1"]),
            (&[false, true], false, false, 1, &[]),
        ] {
            let (outcome, walked, said) = walk_to(ends, may);
            assert_eq!((outcome.is_ok(), walked), (passes, walks), "{ends:?}");
            assert_eq!(said, told, "{ends:?}");
            if let Err(error) = outcome {
                assert_eq!(error.to_string(), format!("walk {walks}"));
            }
        }
    }

    #[test]
    fn a_journey_is_named_after_its_test() {
        let story = async || ();
        assert_eq!(
            name_of(&story),
            "journey.tests.a_journey_is_named_after_its_test"
        );
    }
}
