//! Writes to the console while a command runs: steps, notes, and progress. All of it goes to stderr; results go to
//! stdout.

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// How often a long activity prints a line if there is no terminal to animate.
const HEARTBEAT: Duration = Duration::from_secs(15);

static BARS: LazyLock<MultiProgress> = LazyLock::new(MultiProgress::new);

/// Returns whether stderr is a terminal.
fn on_terminal() -> bool {
    static TERMINAL: LazyLock<bool> = LazyLock::new(|| std::io::stderr().is_terminal());
    *TERMINAL
}

/// Prints one line above any running activity.
pub fn line(text: &str) {
    BARS.suspend(|| {
        // A closed stderr is no reason to fail.
        let _ = writeln!(std::io::stderr(), "{text}");
    });
}

/// Prints the result of a command to stdout.
pub fn result(text: impl Display) {
    BARS.suspend(|| {
        // A closed stdout (`… | head`) is no reason to fail.
        let _ = writeln!(std::io::stdout(), "{text}");
    });
}

/// Announces a step.
pub fn step(text: &str) {
    if on_terminal() && std::env::var_os("NO_COLOR").is_none() {
        line(&format!("\x1b[1;36m==>\x1b[0m \x1b[1m{text}\x1b[0m"));
    } else {
        line(&format!("==> {text}"));
    }
}

/// Prints a note that stops nothing.
pub fn note(text: &str) {
    line(&format!("    {text}"));
}

/// A long activity that shows its progress: a bar on a terminal, a line every 15 seconds elsewhere. It ends when it
/// is dropped.
pub struct Activity {
    name: String,
    started: Instant,
    progress: Arc<Progress>,
    bar: Option<ProgressBar>,
    _heart: Option<Sender<()>>,
}

#[derive(Default)]
struct Progress {
    done: AtomicU64,
    total: AtomicU64,
}

impl Activity {
    /// Starts to show `name`, counting in `unit` once [`Activity::count`] is called.
    pub fn start(name: &str, unit: &'static str) -> Self {
        let progress = Arc::new(Progress::default());
        let started = Instant::now();
        let (bar, heart) = if on_terminal() {
            (Some(new_bar(name)), None)
        } else {
            line(&format!("    {name}…"));
            (
                None,
                Some(beat(name.to_owned(), unit, started, Arc::clone(&progress))),
            )
        };
        Self {
            name: name.to_owned(),
            started,
            progress,
            bar,
            _heart: heart,
        }
    }

    /// Sets the progress.
    pub fn count(&self, done: u64, total: u64) {
        self.progress.done.store(done, Ordering::Relaxed);
        self.progress.total.store(total, Ordering::Relaxed);
        if let Some(bar) = &self.bar {
            bar.set_length(total);
            bar.set_position(done);
            bar.set_style(style("    {spinner} {msg} {bar:30} {pos}/{len} {elapsed}"));
        }
    }

    /// Ends it, and prints that it succeeded and how long it took.
    pub fn succeed(self) {
        let seconds = self.started.elapsed().as_secs();
        let name = self.name.clone();
        drop(self);
        note(&format!("{name}: done in {seconds} s"));
    }
}

impl Drop for Activity {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn new_bar(name: &str) -> ProgressBar {
    let bar = BARS.add(ProgressBar::no_length());
    bar.set_style(style("    {spinner} {msg} {elapsed}"));
    bar.set_message(name.to_owned());
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Prints a line every [`HEARTBEAT`] until the returned sender is dropped.
fn beat(name: String, unit: &'static str, started: Instant, progress: Arc<Progress>) -> Sender<()> {
    let (heart, ended) = channel::<()>();
    std::thread::spawn(move || {
        while ended.recv_timeout(HEARTBEAT) == Err(RecvTimeoutError::Timeout) {
            let seconds = started.elapsed().as_secs();
            let (done, total) = (
                progress.done.load(Ordering::Relaxed),
                progress.total.load(Ordering::Relaxed),
            );
            if total == 0 {
                note(&format!("{name}: {seconds} s so far"));
            } else {
                note(&format!(
                    "{name}: {done} of {total} {unit}, {seconds} s so far"
                ));
            }
        }
    });
    heart
}
