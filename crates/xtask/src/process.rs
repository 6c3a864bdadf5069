//! Child processes. Each runs in its own process group, so that stopping one stops everything that it started. Ctrl-C
//! or a termination signal stops them all before this program ends.

use std::os::unix::process::CommandExt;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::console;

/// How long children may take to end before they are killed.
const PATIENCE: Duration = Duration::from_secs(5);

static GROUPS: Mutex<Vec<Pid>> = Mutex::new(Vec::new());
static STOPPING: AtomicBool = AtomicBool::new(false);

/// Makes Ctrl-C and SIGTERM stop the children, then end this program with `exit_code`.
pub fn stop_on_signal(exit_code: i32) -> Result<()> {
    ctrlc::set_handler(move || {
        STOPPING.store(true, Ordering::SeqCst);
        console::line("Stopping…");
        signal_all(Signal::SIGTERM);
        let deadline = Instant::now() + PATIENCE;
        while !groups().is_empty() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        signal_all(Signal::SIGKILL);
        std::process::exit(exit_code);
    })
    .context("The signal handler could not be set.")
}

/// Blocks forever once a signal has come, so that errors of stopped children are not reported.
pub fn wait_if_stopping() {
    while STOPPING.load(Ordering::SeqCst) {
        std::thread::park();
    }
}

fn groups() -> MutexGuard<'static, Vec<Pid>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn signal_all(signal: Signal) {
    for group in groups().iter() {
        // A group that has just ended no longer exists, which is fine.
        let _ = killpg(*group, signal);
    }
}

/// A running child with its descendants. It is killed when this is dropped.
pub struct Child {
    /// The process itself, for its pipes.
    pub inner: std::process::Child,
    group: Pid,
}

impl Child {
    /// Starts `command` without input, in its own process group.
    pub fn spawn(command: &mut Command) -> Result<Self> {
        let mut groups = groups();
        if STOPPING.load(Ordering::SeqCst) {
            drop(groups);
            wait_if_stopping();
            bail!("Stopped.");
        }
        let inner = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("`{}` could not be started.", name(command)))?;
        let group = Pid::from_raw(i32::try_from(inner.id())?);
        groups.push(group);
        Ok(Self { inner, group })
    }

    /// Waits until it ends.
    pub fn wait(&mut self) -> Result<ExitStatus> {
        let status = self.inner.wait()?;
        self.forget();
        wait_if_stopping();
        Ok(status)
    }

    fn forget(&self) {
        groups().retain(|group| *group != self.group);
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        if matches!(self.inner.try_wait(), Ok(None)) {
            let _ = killpg(self.group, Signal::SIGKILL);
            let _ = self.inner.wait();
        }
        self.forget();
    }
}

/// Runs `command` to its end, with the same outputs as this program.
pub fn run(command: &mut Command) -> Result<ExitStatus> {
    Child::spawn(command)?.wait()
}

/// Runs `command` to its end; anything but success is an error with the text `failure`.
pub fn run_ok(command: &mut Command, failure: &str) -> Result<()> {
    let status = run(command)?;
    if !status.success() {
        bail!(
            "{failure} (`{}` ended with {status}; its own words are above.)",
            name(command)
        );
    }
    Ok(())
}

/// Returns the output of a short command; anything but success is an error with its last lines.
pub fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("`{}` could not be started.", name(command)))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` ended with {}: {}",
            name(command),
            output.status,
            stderr.trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Returns the program's name without its folder, for messages.
fn name(command: &Command) -> String {
    let path = std::path::Path::new(command.get_program());
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
