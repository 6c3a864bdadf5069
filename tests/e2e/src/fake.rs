//! A server in the test's own hands, for answers that no sandbox gives: HTML, half an answer, none at all.

use std::io::Write;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::Result;

use crate::hold::Hold;
use crate::http::{Request, Response};
use crate::ports;

/// What the server does with a request.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Answers.
    Say(Response),
    /// Promises the whole answer, sends half of the body, and closes the connection.
    BreakOff(Response),
    /// Closes the connection with no answer.
    HangUp,
    /// Answers once it is let go.
    Hold(Hold, Response),
    /// Answers with the body in so many pieces, and waits before each, as a slow link does.
    Drip(Response, usize, Duration),
}

/// A server on a free port of this machine. Dropping it stops it.
#[must_use = "dropping it stops it"]
#[derive(Debug)]
pub struct FakeApi {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    stopping: AtomicBool,
    seen: Mutex<Vec<Request>>,
}

type Script = dyn Fn(&Request) -> Answer + Send + Sync;

impl FakeApi {
    /// A server that lets every page read its answers (CORS), as an API that is called from browsers has to. It answers preflights
    /// itself; everything else is up to `script`.
    ///
    /// # Errors
    /// When no port is free.
    pub fn start(script: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Result<Self> {
        Self::listen(Arc::new(script), true)
    }

    /// A server that answers, and lets no other page read it.
    ///
    /// # Errors
    /// When no port is free.
    pub fn without_cors(
        script: impl Fn(&Request) -> Answer + Send + Sync + 'static,
    ) -> Result<Self> {
        Self::listen(Arc::new(script), false)
    }

    fn listen(script: Arc<Script>, cors: bool) -> Result<Self> {
        let (listener, address) = loop {
            let listener = TcpListener::bind("127.0.0.1:0")?;
            let address = listener.local_addr()?;
            if ports::claim(address.port()) {
                break (listener, address);
            }
        };
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if theirs.stopping.load(Ordering::SeqCst) {
                    break;
                }
                let (script, shared) = (Arc::clone(&script), Arc::clone(&theirs));
                // A browser opens connections ahead and leaves them idle: none may hold up another.
                std::thread::spawn(move || {
                    // A browser that goes away in the middle is no business of the test's.
                    let _ = serve(&stream, &*script, cors, &shared);
                });
            }
        });
        Ok(Self {
            address,
            shared,
            thread: Some(thread),
        })
    }

    /// Its address as a base URL, with the last slash.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The requests that came, without preflights.
    #[must_use]
    pub fn seen(&self) -> Vec<Request> {
        self.shared
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// How many requests of this method came for this path.
    #[must_use]
    pub fn count(&self, method: &str, path: &str) -> usize {
        self.seen()
            .iter()
            .filter(|seen| seen.method == method && seen.path() == path)
            .count()
    }
}

impl Drop for FakeApi {
    fn drop(&mut self) {
        ports::note_end(self.address.port());
        self.shared.stopping.store(true, Ordering::SeqCst);
        // Wakes the listener up, so that it sees the sign.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// An address of this machine at which nobody listens.
///
/// # Errors
/// When no port is free.
pub fn closed_port() -> Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

fn serve(stream: &TcpStream, script: &Script, cors: bool, shared: &Shared) -> Result<()> {
    let Some(request) = Request::read(stream)? else {
        return Ok(());
    };
    let preflight = request.method == "OPTIONS";
    if !preflight {
        shared
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(request.clone());
    }
    let answer = if preflight {
        Answer::Say(Response::new(204, "text/plain", ""))
    } else {
        script(&request)
    };
    let answer = match answer {
        Answer::Hold(hold, response) if hold.wait(stream)? => Answer::Say(response),
        Answer::Hold(..) => Answer::HangUp,
        at_once => at_once,
    };
    let bytes = match answer {
        Answer::Say(response) | Answer::Hold(_, response) => {
            let length = response.body.len();
            readable(response, cors).to_bytes(length)
        }
        Answer::BreakOff(mut response) => {
            let promised = response.body.len();
            response.body.truncate(promised / 2);
            readable(response, cors).to_bytes(promised)
        }
        Answer::HangUp => Vec::new(),
        Answer::Drip(response, pieces, pause) => {
            return drip(stream, &readable(response, cors), pieces, pause);
        }
    };
    let mut stream = stream;
    stream.write_all(&bytes)?;
    stream.shutdown(Shutdown::Both)?;
    Ok(())
}

fn drip(mut stream: &TcpStream, response: &Response, pieces: usize, pause: Duration) -> Result<()> {
    let bytes = response.to_bytes(response.body.len());
    let (head, body) = bytes.split_at(bytes.len() - response.body.len());
    stream.write_all(head)?;
    for piece in body.chunks(body.len().div_ceil(pieces).max(1)) {
        std::thread::sleep(pause);
        stream.write_all(piece)?;
    }
    Ok(stream.shutdown(Shutdown::Both)?)
}

/// The answer with the headers that let a page read it.
fn readable(mut response: Response, cors: bool) -> Response {
    response
        .headers
        .retain(|(name, _)| !name.to_ascii_lowercase().starts_with("access-control-"));
    if cors {
        for (name, value) in [
            ("Access-Control-Allow-Origin", "*"),
            ("Access-Control-Allow-Headers", "*"),
            ("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE"),
        ] {
            response.headers.push((name.to_owned(), value.to_owned()));
        }
    }
    response
}
