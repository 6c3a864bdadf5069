//! Holds an answer back until the journey releases it, so that the journey can check the page in the meantime.

use std::io::ErrorKind;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::eventually::eventually;

/// How often to check whether the other side is still connected.
const PAUSE: Duration = Duration::from_millis(10);

/// Holds answers back. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Hold(Arc<State>);

#[derive(Debug, Default)]
struct State {
    let_go: AtomicBool,
    held: AtomicUsize,
    abandoned: AtomicUsize,
}

impl Hold {
    /// Releases the held answers, and holds no more.
    pub fn let_go(&self) {
        self.0.let_go.store(true, Ordering::SeqCst);
    }

    /// Returns how many answers were ever held.
    #[must_use]
    pub fn held(&self) -> usize {
        self.0.held.load(Ordering::SeqCst)
    }

    /// Waits until this number of answers was held.
    ///
    /// # Errors
    /// When they are not, in time.
    pub async fn holds(&self, answers: usize) -> Result<()> {
        eventually(async || {
            let held = self.held();
            ensure!(held == answers, "{held} answers are held, not {answers}");
            Ok(())
        })
        .await
    }

    /// Returns how many of them were abandoned: the other side closed the connection.
    #[must_use]
    pub fn abandoned(&self) -> usize {
        self.0.abandoned.load(Ordering::SeqCst)
    }

    /// Waits for the release or for the end of the connection. Returns false if the other side is gone.
    pub(crate) fn wait(&self, stream: &TcpStream) -> Result<bool> {
        self.0.held.fetch_add(1, Ordering::SeqCst);
        stream.set_read_timeout(Some(PAUSE))?;
        while !self.0.let_go.load(Ordering::SeqCst) {
            let gone = match stream.peek(&mut [0]) {
                Ok(bytes) => bytes == 0,
                Err(error) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
            };
            if gone {
                self.0.abandoned.fetch_add(1, Ordering::SeqCst);
                return Ok(false);
            }
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn abandoned_and_released_answers_are_distinguished() -> Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let caller = TcpStream::connect(listener.local_addr()?)?;
        let (stream, _) = listener.accept()?;
        let hold = Hold::default();
        drop(caller);
        assert!(!hold.wait(&stream)?);
        assert_eq!((hold.held(), hold.abandoned()), (1, 1));

        let _caller = TcpStream::connect(listener.local_addr()?)?;
        let (stream, _) = listener.accept()?;
        hold.let_go();
        assert!(hold.wait(&stream)?);
        assert_eq!((hold.held(), hold.abandoned()), (2, 1));
        Ok(())
    }
}
