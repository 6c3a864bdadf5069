//! Collects errors through the page itself, for browsers whose driver does not report them. The sandbox serves such
//! browsers a panel with an additional script (`watch.js`) before all others, which calls a server of the tests.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::{Context, Result, anyhow};

use crate::fake::{Answer, FakeApi};
use crate::http::Response;
use crate::integrity::integrity;
use crate::settings::Settings;

/// A console message.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// The origin of the page: scheme, host and port.
    pub(crate) origin: String,
    /// The level, e.g. `error`.
    pub(crate) level: String,
    /// The text.
    pub(crate) text: String,
}

/// The messages that were not taken yet.
static LINES: Mutex<Vec<Line>> = Mutex::new(Vec::new());

/// The panel with the script, and the server that it calls, for all journeys of a test program.
static WATCHED: OnceLock<Result<(PathBuf, FakeApi), String>> = OnceLock::new();

/// Takes the messages of the pages from `origin`.
pub(crate) fn lines(origin: &str) -> Vec<Line> {
    let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    lines.extract_if(.., |line| line.origin == origin).collect()
}

/// Returns the folder of the panel with the script.
pub(crate) fn panel(settings: &Settings) -> Result<PathBuf> {
    let watched = WATCHED.get_or_init(|| prepare(settings).map_err(|error| format!("{error:#}")));
    match watched {
        Ok((folder, _)) => Ok(folder.clone()),
        Err(error) => Err(anyhow!("{error}")),
    }
}

fn prepare(settings: &Settings) -> Result<(PathBuf, FakeApi)> {
    let collector = FakeApi::start(|request| {
        let said = request.body_json();
        let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
        let line = Line {
            origin: text("origin"),
            level: text("level"),
            text: text("text"),
        };
        LINES
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(line);
        Answer::Say(Response::new(204, "text/plain", ""))
    })?;
    let folder = settings.artifacts.join(".panel");
    let _ = std::fs::remove_dir_all(&folder);
    copy(&settings.dist, &folder)?;
    for squeezed in ["index.html.br", "index.html.gz"] {
        let _ = std::fs::remove_file(folder.join(squeezed));
    }
    let script = include_str!("watch.js").replace("COLLECTOR", &collector.url());
    std::fs::write(folder.join("watch.js"), script)?;
    let index = folder.join("index.html");
    let page = std::fs::read_to_string(&index)?;
    let (before, after) = page
        .split_once("<head>")
        .context("The panel's page has no head.")?;
    let watched = format!("{before}<head><script src=\"/watch.js\"></script>{after}");
    // The service worker caches only the page whose hash it knows.
    let worker = std::fs::read_to_string(folder.join("sw.js"))?;
    for squeezed in ["sw.js.br", "sw.js.gz"] {
        let _ = std::fs::remove_file(folder.join(squeezed));
    }
    std::fs::write(
        folder.join("sw.js"),
        worker.replace(&integrity(&page), &integrity(&watched)),
    )?;
    std::fs::write(index, watched)?;
    Ok((folder, collector))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
