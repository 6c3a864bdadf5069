//! The parts of the panel whose code arrives later: nothing waits for those that nobody wants yet, and one that does not arrive is told.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use switchboard_e2e::{Sandbox, Settings, alert, button, journey, title};

use crate::steps::ORGANISATION;

/// The files of the parts that arrive later, below a built panel.
fn later(dist: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dist)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("split_") || name.starts_with("chunk_") {
            found.push(path);
        }
    }
    Ok(found)
}

#[test]
fn a_part_that_does_not_arrive_is_told_in_its_place_and_tried_again() -> Result<()> {
    journey(async |it| {
        // What browsers say of a file that is not there, and of what was to be checked in it.
        for words in [
            "Failed to load resource",
            "integrity",
            "Failed to fetch",
            "NetworkError",
            "Load failed",
        ] {
            it.page.expect_in_console(words);
        }
        // A panel of its own, from which the parts can be taken away: what a server does that was updated meanwhile.
        let folder = tempfile::tempdir()?;
        let (dist, away) = (folder.path().join("dist"), folder.path().join("away"));
        fs::create_dir_all(&dist)?;
        fs::create_dir_all(&away)?;
        for entry in fs::read_dir(&it.settings.dist)? {
            let path = entry?.path();
            let name = path.file_name().context("a file has a name")?;
            if path.is_file() {
                fs::copy(&path, dist.join(name))?;
            }
        }
        let parts = later(&dist)?;
        assert!(!parts.is_empty(), "the panel is one module");
        let move_all = |from: &Path, to: &Path| -> Result<()> {
            for part in &parts {
                let name = part.file_name().context("a part has a name")?;
                fs::rename(from.join(name), to.join(name))?;
            }
            Ok(())
        };
        move_all(&dist, &away)?;
        let sandbox = Sandbox::start(&Settings {
            dist: dist.clone(),
            ..it.settings.clone()
        })?;
        // The form needs none of them.
        it.page.open(&sandbox.url()).await?;
        it.page.click(button("Open the sandbox")).await?;
        it.page.see(alert("This page could not be loaded.")).await?;
        move_all(&away, &dist)?;
        it.page.click(button("Try again")).await?;
        it.page.see(title(ORGANISATION)).await
    })
}
