//! `deny.toml`, as far as it is checked without a network.

use serde::Deserialize;
use serde::de::IgnoredAny;

/// The rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// For cargo-deny alone: every feature is looked at here anyhow.
    #[serde(default, rename = "graph")]
    _graph: Option<IgnoredAny>,
    /// For cargo-deny alone: they need a network.
    #[serde(default, rename = "advisories")]
    _advisories: Option<IgnoredAny>,
    /// Which licences.
    pub licenses: Licences,
    /// Which versions.
    pub bans: Bans,
    /// From where.
    pub sources: Sources,
}

/// Which licences a package may have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Licences {
    /// Names of SPDX, with an exception of SPDX where there is one.
    pub allow: Vec<String>,
    /// More of them, for one package each.
    #[serde(default)]
    pub exceptions: Vec<Exception>,
    #[serde(rename = "private")]
    _private: Private,
}

/// Licences of one package.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The package.
    #[serde(rename = "crate")]
    pub name: String,
    /// Its licences.
    pub allow: Vec<String>,
}

/// Members that are not published need none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Private {
    #[serde(rename = "ignore")]
    _ignore: bool,
}

/// Which versions there may be.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Bans {
    #[serde(rename = "multiple-versions")]
    _multiple_versions: Deny,
    #[serde(rename = "wildcards")]
    _wildcards: Deny,
    #[serde(rename = "allow-wildcard-paths")]
    _allow_wildcard_paths: bool,
    /// Packages that may be there in several versions.
    #[serde(default)]
    pub skip: Vec<Skip>,
}

/// A package that may be there in several versions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skip {
    /// The package.
    #[serde(rename = "crate")]
    pub name: String,
    #[serde(rename = "reason")]
    _reason: String,
}

/// From where packages may come.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sources {
    #[serde(rename = "unknown-registry")]
    _unknown_registry: Deny,
    #[serde(rename = "unknown-git")]
    _unknown_git: Deny,
    /// Addresses of registries.
    pub allow_registry: Vec<String>,
    #[serde(rename = "allow-git")]
    _allow_git: [String; 0],
}

/// The one severity that is known here.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Deny {
    Deny,
}
