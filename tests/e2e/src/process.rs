//! A program that runs beside a journey, and ends with it.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How long a program may take until it is ready.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running program. Dropping it kills it, or lets it go, if it ends by itself once its standard input has ended.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    /// Of one that ends by itself.
    stdin: Option<Mutex<ChildStdin>>,
    said: Arc<Mutex<String>>,
}

impl Process {
    /// Starts a program and waits for the line in which it says that it is ready: the first in which `ready` finds something.
    ///
    /// # Errors
    /// When it cannot be started, ends, or is not ready in time: with everything that it said.
    pub(crate) fn start<T>(
        command: &mut Command,
        ready: impl Fn(&str) -> Option<T>,
    ) -> Result<(Self, T)> {
        Self::spawn(command.stdin(Stdio::null()), ready)
    }

    /// The same for a program that can be told something, and ends by itself once it is dropped here.
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

    /// Everything that the program said so far.
    pub(crate) fn said(&self) -> String {
        self.said
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Writes a line to its standard input.
    ///
    /// # Errors
    /// When it does not listen.
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
        // Both fail when it has ended already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads to the end, so that the program never waits for a reader.
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
                // Nobody listens any more once the program is ready.
                let _ = lines.send(line);
            }
        }
    });
}
