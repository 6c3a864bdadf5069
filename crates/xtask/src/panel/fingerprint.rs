//! Detects whether `dist/` is the result of the present inputs.

use std::path::{Path, PathBuf};

use anyhow::Result;
use sha2::{Digest, Sha384};

use super::Inputs;

/// A hash of the inputs of the finishing step, with the file that stores the hash of the last build.
pub struct Fingerprint {
    file: PathBuf,
    inputs: String,
}

impl Fingerprint {
    /// Hashes everything that the result depends on, including this program and `pack`.
    pub(super) fn new(file: &Path, staged: &Path, style: &str, inputs: &Inputs) -> Result<Self> {
        let mut hasher = Sha384::new();
        hasher.update(std::fs::read(inputs.module)?);
        for name in files_below(staged)? {
            hasher.update(name.as_os_str().as_encoded_bytes());
            hasher.update(std::fs::read(staged.join(&name))?);
        }
        hasher.update(style);
        hasher.update(format!("{:?}", inputs.npm));
        // A concurrent build may have replaced one: then it is another program. A development build has no `pack`.
        for program in [std::env::current_exe(), Ok(inputs.pack.to_owned())] {
            let program = program.and_then(std::fs::metadata);
            let program = program.map(|program| (program.modified().ok(), program.len()));
            hasher.update(format!("{:?}", program.ok()));
        }
        Ok(Self {
            file: file.to_owned(),
            inputs: format!("{:x}", hasher.finalize()),
        })
    }

    /// Returns whether `dist` is the unchanged result of these inputs.
    pub fn matches(&self, dist: &Path) -> Result<bool> {
        Ok(dist.is_dir() && std::fs::read_to_string(&self.file).ok() == Some(self.text(dist)?))
    }

    /// Records that `dist` is the result of these inputs.
    pub fn save(&self, dist: &Path) -> Result<()> {
        std::fs::write(&self.file, self.text(dist)?)?;
        Ok(())
    }

    fn text(&self, dist: &Path) -> Result<String> {
        let mut text = format!("{}\n", self.inputs);
        for name in files_below(dist)? {
            let file = std::fs::metadata(dist.join(&name))?;
            text.push_str(&format!(
                "{} {} {:?}\n",
                name.display(),
                file.len(),
                file.modified()?
            ));
        }
        Ok(text)
    }
}

/// Returns every file below `folder`, relative to it, in a fixed order.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inside) = folders.pop() {
        for entry in std::fs::read_dir(folder.join(&inside))? {
            let entry = entry?;
            let name = inside.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(name)
            } else {
                files.push(name)
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panel::Mode;
    use crate::tools::npm::NpmTools;

    #[test]
    fn result_is_valid_until_input_or_output_changes() {
        let folder = tempfile::tempdir().unwrap();
        let (staged, dist, file) = (
            folder.path().join("staged"),
            folder.path().join("dist"),
            folder.path().join("fingerprint"),
        );
        std::fs::create_dir_all(staged.join("snippets")).unwrap();
        std::fs::create_dir_all(&dist).unwrap();
        std::fs::write(staged.join("snippets/a.js"), "1").unwrap();
        std::fs::write(dist.join("index.html"), "page").unwrap();
        let module = folder.path().join("a.wasm");
        std::fs::write(&module, "module").unwrap();
        let pack = folder.path().join("pack");
        std::fs::write(&pack, "program").unwrap();
        let inputs = Inputs {
            page: folder.path(),
            module: &module,
            pack: &pack,
            npm: &NpmTools::default(),
            mode: Mode::Release,
        };
        let fingerprint = |style: &str| Fingerprint::new(&file, &staged, style, &inputs).unwrap();

        assert!(!fingerprint("a{}").matches(&dist).unwrap());
        fingerprint("a{}").save(&dist).unwrap();
        assert!(fingerprint("a{}").matches(&dist).unwrap());
        assert!(!fingerprint("b{}").matches(&dist).unwrap());

        std::fs::write(staged.join("snippets/a.js"), "2").unwrap();
        assert!(!fingerprint("a{}").matches(&dist).unwrap());
        fingerprint("a{}").save(&dist).unwrap();
        std::fs::write(&pack, "another program").unwrap();
        assert!(!fingerprint("a{}").matches(&dist).unwrap());
        fingerprint("a{}").save(&dist).unwrap();
        std::fs::write(dist.join("index.html"), "changed").unwrap();
        assert!(!fingerprint("a{}").matches(&dist).unwrap());
    }
}
