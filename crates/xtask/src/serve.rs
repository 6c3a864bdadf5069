//! `cargo xtask serve`: sets up, builds the panel, starts the sandbox, and prints one line when the page is ready.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use crate::process::Child;
use crate::project::Project;
use crate::tools::logged;
use crate::{console, http, panel};

/// The timeout from the sandbox's start to its first answer.
const START_LIMIT: Duration = Duration::from_secs(60);

/// The text that the sandbox prints before its address once it listens.
const LISTENING: &str = "listening on ";

/// Builds everything and serves it until it is stopped.
pub fn serve(project: &Project, port: u16, db: Option<&str>) -> Result<ExitCode> {
    ensure_free(port)?;
    let db = database(project, db)?;
    console::step("Building the panel and the sandbox");
    let (dist, sandbox) = std::thread::scope(|scope| {
        let sandbox = scope.spawn(|| build_sandbox(project, panel::Mode::Development));
        (panel::build(project, panel::Mode::Release), sandbox.join())
    });
    let sandbox = sandbox.map_err(|_| anyhow!("The build ended unexpectedly."))??;
    let dist = dist?;

    ensure_free(port)?;
    console::step(&format!(
        "Starting the sandbox, its database: {}",
        project.display(&db)
    ));
    let mut command = Command::new(sandbox);
    command
        .current_dir(&project.root)
        .args(["--listen", &format!("127.0.0.1:{port}"), "--db"])
        .arg(&db)
        .arg("--dist")
        .arg(dist)
        .stdout(Stdio::piped());
    let mut child = Child::spawn(&mut command)?;
    let url = ready(&mut child)?;
    console::result(format_args!("Switchboard is ready: {url}/"));
    console::note("Ctrl-C stops it.");
    let status = child.wait()?;
    bail!("The sandbox ended by itself ({status}); its own words are above.")
}

/// Builds the sandbox and returns its path.
pub fn build_sandbox(project: &Project, mode: panel::Mode) -> Result<PathBuf> {
    let (folder, profile) = match mode {
        panel::Mode::Release => ("release", "release"),
        panel::Mode::Development => ("debug", "dev"),
    };
    let mut cargo = project.cargo();
    cargo
        .args(["build", "--locked", "--package", "switchboard-sandbox"])
        .args(["--profile", profile]);
    let log = project.target.join("test-logs/sandbox.log");
    logged::run(&mut cargo, &log, "Compiling the sandbox")?;
    Ok(project.target.join(folder).join(format!(
        "switchboard-sandbox{}",
        std::env::consts::EXE_SUFFIX
    )))
}

/// Fails at once if the port is taken, rather than after a long build.
fn ensure_free(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => bail!(
            "Port {port} is in use. Stop the program that uses it, or choose another port: cargo xtask serve --port {}",
            port.checked_add(1).unwrap_or(8080)
        ),
        Err(error) => Err(error).with_context(|| {
            format!("Port {port} cannot be listened on; choose another with --port.")
        }),
    }
}

/// Returns the requested database, or the checkout's own.
fn database(project: &Project, asked: Option<&str>) -> Result<PathBuf> {
    let path = match asked {
        Some(":memory:") => return Ok(PathBuf::from(":memory:")),
        Some(path) => std::path::absolute(path)?,
        None => project.sandbox_db(),
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be created.", folder.display()))?;
    }
    Ok(path)
}

/// Waits until the page and the API answer. Returns the address without a trailing slash.
fn ready(child: &mut Child) -> Result<String> {
    let deadline = Instant::now() + START_LIMIT;
    let stdout = child
        .inner
        .stdout
        .take()
        .context("The sandbox has no output.")?;
    let (lines, said) = channel();
    std::thread::spawn(move || {
        let mut sender = Some(lines);
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            match (line.strip_prefix(LISTENING), sender.take()) {
                (Some(url), Some(sender)) => {
                    drop(sender.send(url.trim().trim_end_matches('/').to_owned()))
                }
                (_, unsent) => {
                    sender = unsent;
                    console::result(line);
                }
            }
        }
    });
    let url = match said.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        Ok(url) => url,
        Err(RecvTimeoutError::Timeout) => bail!("The sandbox does not say that it listens."),
        Err(RecvTimeoutError::Disconnected) => {
            let status = child.wait()?;
            bail!("The sandbox could not be started ({status}); its own words are above.");
        }
    };
    for path in ["/", "/sandbox"] {
        while !http::answers(&url, path)? {
            if let Some(status) = child.inner.try_wait()? {
                bail!(
                    "The sandbox ended while it was starting ({status}); its own words are above."
                );
            }
            if Instant::now() > deadline {
                bail!("{url}{path} does not answer; the sandbox's own words are above.");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn port_in_use_is_named_with_a_remedy() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let message = ensure_free(port).unwrap_err().to_string();
        assert!(
            message.contains(&format!("Port {port} is in use")),
            "{message}"
        );
        assert!(message.contains("--port"), "{message}");
    }
}
