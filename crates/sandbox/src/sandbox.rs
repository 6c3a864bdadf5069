//! Starts and stops the sandbox: from [`Options`] to a server that accepts connections.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, mpsc},
    thread::JoinHandle,
    time::Duration,
};

use tokio::sync::oneshot;

use crate::{
    connection::OutageListener,
    server, serving,
    state::State,
    store::{Database, OpenError, Store},
};

/// How long open connections may take to finish when the sandbox stops.
const GRACE: Duration = Duration::from_secs(2);

/// The options of a sandbox. The defaults suit tests: loopback, any free port, in memory, no panel.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The database.
    pub database: Database,
    /// The folder of the built panel.
    pub dist: Option<PathBuf>,
    /// The `api_token` that calls must send. `None` uses the database's own, which is random. A given one is not
    /// stored.
    pub token: Option<String>,
    /// The timeouts for callers.
    pub limits: Limits,
}

/// The timeouts for callers.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The time for a complete request head, on a new connection and on one that is kept open. After it, the
    /// connection is closed.
    pub head: Duration,
    /// The time from the end of the head to the start of the answer, for the body to arrive. After it, the answer is
    /// 408.
    pub request: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(30),
            request: Duration::from_secs(60),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            database: Database::Memory,
            dist: None,
            token: None,
            limits: Limits::default(),
        }
    }
}

/// Why a sandbox did not start. Each displays as a sentence that says what to do.
#[derive(Debug)]
pub enum StartError {
    /// Another program listens on the address.
    AddressInUse(SocketAddr),
    /// The address cannot be listened on for another reason.
    Listen(SocketAddr, io::Error),
    /// The database cannot be used.
    Database(Database, OpenError),
    /// The folder contains no built panel.
    NoPanel(PathBuf),
    /// The token is not valid in an HTTP header.
    Token,
    /// The operating system refused a thread.
    Thread(io::Error),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::AddressInUse(address) => write!(
                formatter,
                "port {} is in use on {}: stop the program that listens there, or choose another port with --listen",
                address.port(),
                address.ip()
            ),
            Self::Listen(address, error) => {
                write!(formatter, "cannot listen on {address}: {error}")
            }
            Self::Database(Database::File(path), error) => {
                write!(
                    formatter,
                    "the database {} cannot be opened: {error}",
                    path.display()
                )
            }
            Self::Database(Database::Memory, error) => {
                write!(formatter, "no database in memory: {error}")
            }
            Self::NoPanel(folder) => write!(
                formatter,
                "{} holds no index.html: build the panel first",
                folder.display()
            ),
            Self::Token => write!(
                formatter,
                "the token must be visible ASCII characters without spaces, at least one"
            ),
            Self::Thread(error) => {
                write!(formatter, "the server's thread cannot be started: {error}")
            }
        }
    }
}

impl std::error::Error for StartError {}

/// A running sandbox. It stops when this is dropped.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    token: Arc<str>,
    stop: Option<oneshot::Sender<()>>,
    server: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts a sandbox on its own thread, and returns once it accepts connections.
    ///
    /// # Errors
    /// [`StartError`] when an option cannot be fulfilled.
    pub fn start(options: Options) -> Result<Self, StartError> {
        check(&options)?;
        let store = Store::open(&options.database)
            .map_err(|error| StartError::Database(options.database.clone(), error))?;
        let token: Arc<str> = match &options.token {
            Some(chosen) => chosen.as_str().into(),
            None => store.token(),
        };
        let for_calls = Arc::clone(&token);
        let (stop, stopped) = oneshot::channel();
        let (ready, started) = mpsc::channel();
        let server = std::thread::Builder::new()
            .name("sandbox".into())
            .spawn(move || serve(options, store, for_calls, &ready, stopped))
            .map_err(StartError::Thread)?;
        let address = started
            .recv()
            .unwrap_or_else(|_| Err(StartError::Thread(io::ErrorKind::Other.into())))?;
        Ok(Self {
            address,
            token,
            stop: Some(stop),
            server: Some(server),
        })
    }

    /// Returns the address on which it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the API base URL for clients: `http://127.0.0.1:PORT/`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Returns the `api_token` that calls must send.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Stops it, after giving open connections a moment to finish.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(server) = self.server.take() {
            // Fails only after a panic, which has been printed already.
            let _ = server.join();
        }
    }
}

fn check(options: &Options) -> Result<(), StartError> {
    let is_sendable =
        |token: &String| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    if !options.token.iter().all(is_sendable) {
        return Err(StartError::Token);
    }
    match &options.dist {
        Some(folder) if !folder.join("index.html").is_file() => {
            Err(StartError::NoPanel(folder.clone()))
        }
        _ => Ok(()),
    }
}

/// Runs the server's thread: reports its address or the error, then serves until it is stopped.
fn serve(
    options: Options,
    store: Store,
    token: Arc<str>,
    ready: &mpsc::Sender<Result<SocketAddr, StartError>>,
    stopped: oneshot::Receiver<()>,
) {
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return drop(ready.send(Err(StartError::Thread(error)))),
    };
    runtime.block_on(async {
        let listen_error = |error: io::Error| match error.kind() {
            io::ErrorKind::AddrInUse => StartError::AddressInUse(options.listen),
            _ => StartError::Listen(options.listen, error),
        };
        let listener = match OutageListener::bind(options.listen) {
            Ok(listener) => listener,
            Err(error) => return drop(ready.send(Err(listen_error(error)))),
        };
        let address = listener.address();
        let state = State {
            store,
            token,
            address,
            log: Arc::default(),
            faults: Arc::default(),
            violations: Arc::default(),
            outages: listener.outages(),
        };
        let router = server::router(state, options.dist.as_deref(), options.limits.request);
        let (closing, closed) = oneshot::channel::<()>();
        let stop = async {
            // Both a message and a dropped sender mean: stop.
            let _ = stopped.await;
            drop(closing);
        };
        drop(ready.send(Ok(address)));
        tokio::select! {
            () = serving::serve(listener, router, options.limits.head, stop) => {}
            () = async { let _ = closed.await; tokio::time::sleep(GRACE).await } => {}
        }
    });
    // Only a write to the disk can still block here.
    runtime.shutdown_timeout(GRACE);
}
