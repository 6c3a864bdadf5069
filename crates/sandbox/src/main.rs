//! The sandbox as a program. `docs/sandbox.md` describes its flags.

use std::{
    io::{self, Write},
    net::SocketAddr,
    path::PathBuf,
    process::ExitCode,
};

use clap::Parser;
use switchboard_sandbox::{Database, Limits, Options, Sandbox};

/// Serves the ChatWhizz Live Chat External API from SQLite, with a demo organisation, and the panel beside it.
#[derive(Parser)]
#[command(name = "switchboard-sandbox", version)]
struct Arguments {
    /// Where to listen; port 0 takes a free port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The database: a file, made when it is missing, or :memory:
    #[arg(long, value_name = "PATH", default_value = ":memory:")]
    db: Database,
    /// The folder of the built panel
    #[arg(long, value_name = "DIR")]
    dist: Option<PathBuf>,
    /// The api_token that calls must bring; without it, the random one that the database keeps
    #[arg(long, value_name = "TOKEN")]
    token: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Arguments {
        listen,
        db,
        dist,
        token,
    } = Arguments::parse();
    match run(Options {
        listen,
        database: db,
        dist,
        token,
        limits: Limits::default(),
    })
    .await
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("switchboard-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> anyhow::Result<()> {
    raise_file_limit();
    let mut stop = StopSignal::listen()?;
    let is_token_chosen = options.token.is_some();
    let sandbox = Sandbox::start(options)?;
    if !is_token_chosen && !sandbox.address().ip().is_loopback() {
        // `GET /sandbox` reveals it on loopback only.
        eprintln!("api_token: {}", sandbox.token());
    }
    // A closed stdout is no reason to stop.
    let _ = writeln!(io::stdout(), "listening on {}", sandbox.base_url());
    stop.wait().await;
    sandbox.stop();
    Ok(())
}

/// Raises the limit of open files to the system's maximum, because each connection is one. A lower limit works, too.
fn raise_file_limit() {
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, getrlimit, setrlimit};
        if let Ok((_, most)) = getrlimit(Resource::RLIMIT_NOFILE) {
            let _ = setrlimit(Resource::RLIMIT_NOFILE, most, most);
        }
    }
}

/// Ctrl-C or SIGTERM.
struct StopSignal {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl StopSignal {
    /// Starts to listen, so that a signal during the start is not lost.
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl StopSignal {
    fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    async fn wait(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
