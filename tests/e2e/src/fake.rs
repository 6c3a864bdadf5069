//! A server controlled by the test, for answers that no sandbox gives: HTML, half an answer, none at all.

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

/// How the server handles a request.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Answers.
    Say(Response),
    /// Promises the whole answer, sends half of the body, and closes the connection.
    BreakOff(Response),
    /// Closes the connection with no answer.
    HangUp,
    /// Answers once the hold is released.
    Hold(Hold, Response),
    /// Sends the body in this number of pieces with a pause before each, as a slow link does.
    Drip(Response, usize, Duration),
}

/// A server on a free port of this machine. It stops when this is dropped.
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
    /// Starts a server whose answers every page may read (CORS), as required of an API called from browsers. It
    /// answers preflights itself; `script` decides about everything else.
    ///
    /// # Errors
    /// When no port is free.
    pub fn start(script: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Result<Self> {
        Self::listen(Arc::new(script), true)
    }

    /// Starts a server whose answers no page of another origin may read.
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
                // Browsers open connections ahead and leave them idle: each gets its own thread.
                std::thread::spawn(move || {
                    // A browser that disconnects is no error of the test.
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

    /// Returns its address as a base URL, with the trailing slash.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Returns the requests so far, without preflights.
    #[must_use]
    pub fn seen(&self) -> Vec<Request> {
        self.shared
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Counts the requests with this method and path.
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
        // Wakes the listener, so that it sees the flag.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Returns an address of this machine on which no server listens.
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

/// Adds the headers that let a page read the answer.
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
