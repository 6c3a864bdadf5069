//! A panel of the journey's own, whose files can be removed and replaced, as on a server that is updated or gone.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use switchboard_e2e::{Journey, Sandbox, Settings};
use tempfile::TempDir;

/// The panel, and the sandbox that serves it.
pub struct Panel {
    folder: TempDir,
    /// The sandbox.
    pub sandbox: Sandbox,
}

impl Panel {
    /// Starts a sandbox with a copy of the built panel.
    pub fn start(it: &Journey) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let files = Files(folder.path().join("dist"));
        fs::create_dir_all(&files.0)?;
        fs::create_dir_all(folder.path().join("away"))?;
        for entry in fs::read_dir(&it.settings.dist)? {
            let path = entry?.path();
            let name = path.file_name().context("a file has a name")?;
            if path.is_file() {
                fs::copy(&path, files.0.join(name))?;
            }
        }
        let sandbox = Sandbox::start(&Settings {
            dist: files.0,
            ..it.settings.clone()
        })?;
        Ok(Self { folder, sandbox })
    }

    /// Returns its files.
    pub fn files(&self) -> Files {
        Files(self.folder.path().join("dist"))
    }

    /// Moves away the files whose names fit. At least one must.
    pub fn take_away(&self, fits: impl Fn(&str) -> bool) -> Result<()> {
        let away = self.folder.path().join("away");
        let mut taken = 0;
        for name in self.files().names()?.iter().filter(|name| fits(name)) {
            fs::rename(self.files().0.join(name), away.join(name))?;
            taken += 1;
        }
        assert!(taken > 0, "the panel has no such file");
        Ok(())
    }

    /// Puts all files back.
    pub fn put_back(&self) -> Result<()> {
        for entry in fs::read_dir(self.folder.path().join("away"))? {
            let path = entry?.path();
            let name = path.file_name().context("a file has a name")?;
            fs::rename(&path, self.files().0.join(name))?;
        }
        Ok(())
    }
}

/// The files of a panel.
pub struct Files(PathBuf);

impl Files {
    /// Returns their names.
    pub fn names(&self) -> Result<Vec<String>> {
        let names = fs::read_dir(&self.0)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<Result<Vec<_>>>()?;
        Ok(names)
    }

    /// Returns the name of the one file with this beginning and end.
    pub fn one(&self, start: &str, end: &str) -> Result<String> {
        let mut names = self.names()?;
        names.retain(|name| name.starts_with(start) && name.ends_with(end));
        assert_eq!(names.len(), 1, "{start}…{end}: {names:?}");
        names.pop().context("a name")
    }

    /// Returns the text of a file.
    pub fn read(&self, name: &str) -> Result<String> {
        Ok(fs::read_to_string(self.0.join(name))?)
    }

    /// Replaces a file atomically: a concurrent request gets either the old or the new one.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        let new = self.0.join(format!("{name}.new"));
        fs::write(&new, text)?;
        for suffix in [".br", ".gz"] {
            remove(&self.0.join(format!("{name}{suffix}")))?;
        }
        Ok(fs::rename(&new, self.0.join(name))?)
    }

    /// Removes a file and its compressed variants.
    pub fn remove(&self, name: &str) -> Result<()> {
        for suffix in ["", ".br", ".gz"] {
            remove(&self.0.join(format!("{name}{suffix}")))?;
        }
        Ok(())
    }
}

fn remove(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
