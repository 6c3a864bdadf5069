//! A program that runs during a journey, and ends with it.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// The timeout until a program is ready.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running program. Dropping it kills it, or closes its standard input if it ends by itself then.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    /// The standard input of a program that ends by itself when it closes.
    stdin: Option<Mutex<ChildStdin>>,
    said: Arc<Mutex<String>>,
}

impl Process {
    /// Starts a program and waits for the line that says that it is ready: the first from which `ready` returns a
    /// value.
    ///
    /// # Errors
    /// When it cannot be started, ends, or is not ready in time: with all its output.
    pub(crate) fn start<T>(
        command: &mut Command,
        ready: impl Fn(&str) -> Option<T>,
    ) -> Result<(Self, T)> {
        Self::spawn(command.stdin(Stdio::null()), ready)
    }

    /// Does the same for a program that accepts lines, and ends by itself when this is dropped.
    ///
    /// # Errors
    /// As with [`start`](Self::start).
    pub(crate) fn start_kept<T>(
        command: &mut Command,
        ready: impl Fn(&str) -> Option<T>,
    ) -> Result<(Self, T)> {
        Self::spawn(command.stdin(Stdio::piped()), ready)
    }

    fn spawn<T>(command: &mut Command, ready: impl Fn(&str) -> Option<T>) -> Result<(Self, T)> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("{name} cannot be started."))?;
        let said = Arc::new(Mutex::new(String::new()));
        let (sender, lines) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            listen(stdout, &said, Some(sender));
        }
        if let Some(stderr) = child.stderr.take() {
            listen(stderr, &said, None);
        }
        let stdin = child.stdin.take().map(Mutex::new);
        let process = Self { child, stdin, said };
        let deadline = Instant::now() + PATIENCE;
        loop {
            match lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    if let Some(found) = ready(&line) {
                        return Ok((process, found));
                    }
                }
                Err(RecvTimeoutError::Timeout) => bail!(
                    "{name} is not ready after {} s. It said:\n{}",
                    PATIENCE.as_secs(),
                    process.said()
                ),
                Err(RecvTimeoutError::Disconnected) => {
                    bail!("{name} ended. It said:\n{}", process.said())
                }
            }
        }
    }

    /// Returns all output of the program so far.
    pub(crate) fn said(&self) -> String {
        self.said
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Writes a line to its standard input.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn tell(&self, line: &str) -> Result<()> {
        let stdin = self.stdin.as_ref().context("It does not listen.")?;
        let mut stdin = stdin.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(writeln!(stdin, "{line}")?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.stdin.is_some() {
            return;
        }
        // Both fail if it has ended already, which is fine.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads to the end, so that the program never blocks on its output.
fn listen(
    output: impl Read + Send + 'static,
    said: &Arc<Mutex<String>>,
    lines: Option<Sender<String>>,
) {
    let said = Arc::clone(said);
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
            said.push_str(&line);
            said.push('\n');
            drop(said);
            if let Some(lines) = &lines {
                // The receiver is gone once the program is ready.
                let _ = lines.send(line);
            }
        }
    });
}
