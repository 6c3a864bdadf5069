//! The supervisor of a browser's driver: a program that starts the driver, with a display if necessary. It ends the
//! driver with all its descendants once its own standard input closes. So no browser outlives the tests, however they
//! end; nor does the sandbox that a browser slot has for the whole run.
//!
//! It accepts lines on its standard input: `session ID` to close that session at the end, and `prefer dark` to set
//! the desktop's colour scheme.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::{Pid, getpgrp, getpid};

use crate::browser::Browser;
use crate::http::Request;

/// The program's file, next to the folder of the test programs.
const PROGRAM: &str = "switchboard-e2e-driver-supervisor";

/// The timeout until a driver accepts calls.
const PATIENCE: Duration = Duration::from_secs(30);

/// The polling interval.
const PAUSE: Duration = Duration::from_millis(10);

/// How often a driver that ends before it accepts calls is started again.
const STARTS: usize = 2;

/// The argument to supervise any program, in place of a browser's name.
const ANY: &str = "any";

/// Returns the command that supervises `driver`. Its files go into `scratch`, which is deleted with it.
pub(crate) fn command(browser: Browser, driver: &Path, scratch: &Path) -> Result<Command> {
    let mut command = own_command()?;
    command.arg(browser.name()).args([driver, scratch]);
    Ok(command)
}

/// Returns the command that runs `kept` until the standard input closes.
pub(crate) fn command_for(kept: &Command) -> Result<Command> {
    let mut command = own_command()?;
    command
        .arg(ANY)
        .arg(kept.get_program())
        .args(kept.get_args());
    Ok(command)
}

fn own_command() -> Result<Command> {
    let here = std::env::current_exe()?;
    let program = here
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(PROGRAM))
        .find(|program| program.is_file())
        .with_context(|| format!("{PROGRAM} is not where the tests are: {}", here.display()))?;
    let mut command = Command::new(program);
    // Its own process group, so that Ctrl-C in a terminal reaches only the tests, whose end closes the standard
    // input.
    command.process_group(0);
    Ok(command)
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    match keep(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn keep(arguments: &[OsString]) -> Result<()> {
    if let [any, program, rest @ ..] = arguments
        && any == ANY
    {
        return keep_any(Command::new(program).args(rest));
    }
    let [browser, driver, scratch] = arguments else {
        anyhow::bail!("{PROGRAM} BROWSER DRIVER SCRATCH: the journeys start it.");
    };
    let browser: Browser = browser.to_string_lossy().parse()?;
    let scratch = PathBuf::from(scratch);
    let free = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut command = browser.driver_command(Path::new(driver), free);
    // Files that a browser saves without asking go to its working directory.
    command
        .env("TMPDIR", &scratch)
        .current_dir(&scratch)
        .stdin(Stdio::null());
    let mut desktop = None;
    if browser == Browser::WebKit {
        desktop = Some(Desktop::start(&scratch, &mut command)?);
    }
    let port;
    let mut driver = if browser == Browser::WebKit {
        let driver = command.spawn().context("The driver cannot be started.")?;
        await_calls(free)?;
        port = free;
        println!("The driver takes calls on port {port}");
        driver
    } else {
        let driver;
        (driver, port) = start(browser, &mut command)?;
        driver
    };
    let mut session = None;
    for line in std::io::stdin().lines().map_while(Result::ok) {
        match line.split_once(' ') {
            Some(("session", id)) => session = Some(id.to_owned()),
            Some(("prefer", scheme)) => {
                if let Some(desktop) = &desktop {
                    desktop.prefer(scheme)?;
                }
            }
            _ => eprintln!("What is {line}?"),
        }
    }
    if let Some(session) = session {
        let farewell = Request::new("DELETE", &format!("/session/{session}"));
        // A crashed driver does not answer, and need not.
        let _ = farewell.send(&format!("127.0.0.1:{port}"));
    }
    let _ = driver.kill();
    let _ = driver.wait();
    let _ = std::fs::remove_dir_all(&scratch);
    // Kill whatever did not end by itself.
    if getpgrp() == getpid() {
        let _ = killpg(getpgrp(), Signal::SIGKILL);
    }
    Ok(())
}

/// Starts a driver that chooses its port itself. ChromeDriver ends if its IPv4 port is taken for IPv6 (`bind()
/// failed: Address already in use`): then it is started again.
fn start(browser: Browser, command: &mut Command) -> Result<(Child, u16)> {
    let mut attempts = 1..=STARTS;
    loop {
        let mut driver = command.stdout(Stdio::piped()).spawn()?;
        match ready(browser, &mut driver) {
            Ok(port) => return Ok((driver, port)),
            Err(error) if attempts.next().is_none() => return Err(error),
            Err(_) => driver.wait()?,
        };
    }
}

fn keep_any(command: &mut Command) -> Result<()> {
    let mut child = command.stdin(Stdio::null()).spawn()?;
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    child.kill()?;
    child.wait()?;
    Ok(())
}

/// Passes on the driver's output, and finds the port in it.
fn ready(browser: Browser, driver: &mut Child) -> Result<u16> {
    let stdout = driver.stdout.take().context("The driver has no output.")?;
    let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
    let port = lines
        .by_ref()
        .inspect(|line| println!("{line}"))
        .find_map(|line| browser.driver_port(&line))
        .context("The driver ended.")?;
    std::thread::spawn(move || lines.for_each(|line| println!("{line}")));
    Ok(port)
}

fn await_calls(port: u16) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        ensure!(Instant::now() < deadline, "The driver takes no calls.");
        std::thread::sleep(PAUSE);
    }
    Ok(())
}

/// A virtual display with the settings of a desktop.
struct Desktop {
    settings: PathBuf,
    settings_daemon: Child,
}

impl Desktop {
    /// Starts one for `command`.
    fn start(scratch: &Path, command: &mut Command) -> Result<Self> {
        // A window may be larger than the screen. Without a window manager the window under the pointer has the
        // focus, and without focus a page draws no focus ring. The pointer is in the middle of the screen, so the
        // screen is small.
        let mut display = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "16x16x24"])
            .args(["-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb cannot be started.")?;
        let mut number = String::new();
        let said = display.stdout.take().context("Xvfb has no output.")?;
        BufReader::new(said).read_line(&mut number)?;
        let display = format!(":{}", number.trim());
        // The browser's toolbars must not prevent a window as narrow as a phone.
        std::fs::create_dir_all(scratch.join("gtk-3.0"))?;
        let small = "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; -gtk-icon-transform: scale(0); }";
        std::fs::write(scratch.join("gtk-3.0/gtk.css"), small)?;
        std::fs::create_dir_all(scratch.join("downloads"))?;
        let folders = format!("XDG_DOWNLOAD_DIR=\"{}/downloads\"\n", scratch.display());
        std::fs::write(scratch.join("user-dirs.dirs"), folders)?;
        let settings = scratch.join("xsettings");
        std::fs::write(&settings, settings_for("nothing"))?;
        let settings_daemon = Command::new("xsettingsd")
            .arg("-c")
            .arg(&settings)
            .env("DISPLAY", &display)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("xsettingsd cannot be started.")?;
        command
            .env("DISPLAY", &display)
            .env("LANGUAGE", "en_GB:en")
            .env_remove("GTK_THEME")
            .env_remove("WAYLAND_DISPLAY")
            // Compositing without a graphics card takes most of the time.
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .env("XDG_CONFIG_HOME", scratch)
            .env("XDG_DATA_HOME", scratch.join("data"))
            .env("XDG_CACHE_HOME", scratch.join("cache"));
        Ok(Self {
            settings,
            settings_daemon,
        })
    }

    /// Sets the desktop's colour scheme: `light` or `dark`, both without animations, or `nothing`.
    fn prefer(&self, scheme: &str) -> Result<()> {
        std::fs::write(&self.settings, settings_for(scheme))?;
        let daemon = Pid::from_raw(self.settings_daemon.id().try_into()?);
        Ok(kill(daemon, Signal::SIGHUP)?)
    }
}

fn settings_for(scheme: &str) -> String {
    let theme = if scheme == "dark" {
        "Adwaita-dark"
    } else {
        "Adwaita"
    };
    let animations = u8::from(scheme == "nothing");
    format!("Net/ThemeName \"{theme}\"\nGtk/EnableAnimations {animations}\n")
}
