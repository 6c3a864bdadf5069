//! What is built upon: licences, sources and versions, as `deny.toml` wants them. A native test; no network is asked.
//!
//! `cargo-deny` would do it too, and is some minutes of building for a file of rules that it reads; see docs/decisions.md. What of its format
//! is not known here is refused, so that nothing stands in the file that nobody checks.

mod licence;
mod metadata;
mod rules;

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use metadata::{Metadata, Package};
use rules::Rules;

/// The manifests with a lock file of their own.
const MANIFESTS: [&str; 2] = ["Cargo.toml", "fuzz/Cargo.toml"];

/// Checks every package in both lock files.
fn check(project: &Project) -> Result<()> {
    let text = std::fs::read_to_string(project.root.join("deny.toml"))
        .context("deny.toml cannot be read.")?;
    let rules: Rules = toml::from_str(&text).context("deny.toml")?;
    let mut packages = Vec::new();
    let mut complaints = Vec::new();
    for manifest in MANIFESTS {
        let metadata = Metadata::of(project, manifest)?;
        complaints.extend(twice(&rules, &metadata.packages));
        packages.extend(metadata.packages);
    }
    for package in &packages {
        complaints.extend(of_package(&rules, package));
    }
    complaints.extend(needless(&rules, &packages));
    complaints.sort();
    complaints.dedup();
    if !complaints.is_empty() {
        bail!("deny.toml is not met:\n{}", complaints.join("\n"));
    }
    Ok(())
}

/// What speaks against one package.
fn of_package(rules: &Rules, package: &Package) -> Vec<String> {
    let name = format!("{} {}", package.name, package.version);
    let mut complaints = Vec::new();
    match &package.source {
        None if package.is_private() => return wildcards(package),
        None => complaints.push(format!("{name}: a member that could be published")),
        Some(source) => {
            let index = source.strip_prefix("registry+");
            if !index.is_some_and(|index| rules.sources.allow_registry.iter().any(|it| it == index))
            {
                complaints.push(format!("{name}: comes from {source}"));
            }
        }
    }
    let Some(licence) = &package.license else {
        complaints.push(format!("{name}: names no licence"));
        return complaints;
    };
    let excepted = (rules.licenses.exceptions.iter())
        .filter(|exception| exception.name == package.name)
        .flat_map(|exception| &exception.allow);
    let allowed: Vec<&str> = (rules.licenses.allow.iter().chain(excepted))
        .map(String::as_str)
        .collect();
    match licence::is_allowed(licence, &allowed) {
        Ok(true) => {}
        Ok(false) => complaints.push(format!("{name}: its licence is {licence}")),
        Err(error) => complaints.push(format!("{name}: its licence {licence:?}: {error:#}")),
    }
    complaints
}

/// Dependencies of a member in any version at all.
fn wildcards(package: &Package) -> Vec<String> {
    let any = (package.dependencies.iter()).filter(|it| it.path.is_none() && it.req == "*");
    any.map(|it| format!("{}: takes any version of {}", package.name, it.name))
        .collect()
}

/// Packages in more than one version.
fn twice(rules: &Rules, packages: &[Package]) -> Vec<String> {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        let versions = versions.entry(&package.name).or_default();
        versions.push(&package.version);
    }
    let is_skipped = |name: &str| rules.bans.skip.iter().any(|skip| skip.name == name);
    versions
        .into_iter()
        .filter(|(name, versions)| versions.len() > 1 && !is_skipped(name))
        .map(|(name, versions)| format!("{name}: in the versions {}", versions.join(", ")))
        .collect()
}

/// Rules that no package needs (any more).
fn needless(rules: &Rules, packages: &[Package]) -> Vec<String> {
    let versions = |name: &str| {
        let versions = packages.iter().filter(|package| package.name == name);
        let versions: std::collections::BTreeSet<_> =
            versions.map(|package| &package.version).collect();
        versions.len()
    };
    let skips = rules.bans.skip.iter();
    let skips = skips.filter(|skip| versions(&skip.name) < 2);
    let exceptions = rules.licenses.exceptions.iter();
    let exceptions = exceptions.filter(|exception| versions(&exception.name) == 0);
    let skips =
        skips.map(|skip| format!("{}: is there in one version: no need to skip it", skip.name));
    let exceptions =
        exceptions.map(|exception| format!("{}: is not there: no exception", exception.name));
    skips.chain(exceptions).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
        [licenses]
        allow = ["MIT"]
        exceptions = [{ crate = "odd", allow = ["NCSA"] }]
        private = { ignore = true }
        [bans]
        multiple-versions = "deny"
        wildcards = "deny"
        allow-wildcard-paths = true
        skip = [{ crate = "old", reason = "…" }]
        [sources]
        unknown-registry = "deny"
        unknown-git = "deny"
        allow-registry = ["https://crates.example"]
        allow-git = []
    "#;

    fn package(name: &str, version: &str, licence: Option<&str>, source: Option<&str>) -> Package {
        Package {
            name: name.to_owned(),
            version: version.to_owned(),
            license: licence.map(str::to_owned),
            source: source.map(str::to_owned),
            publish: None,
            dependencies: Vec::new(),
        }
    }

    #[test]
    fn what_this_project_is_built_upon_is_what_it_wants() {
        let outcome = Project::open().and_then(|project| check(&project));
        outcome.unwrap_or_else(|error| panic!("{error:#}"));
    }

    #[test]
    fn a_package_is_refused_for_its_licence_and_for_where_it_comes_from() {
        let rules: Rules = toml::from_str(RULES).unwrap();
        let crates = Some("registry+https://crates.example");
        for (name, licence, source, complaints) in [
            ("a", Some("MIT"), crates, 0),
            ("a", Some("GPL-3.0"), crates, 1),
            ("a", None, crates, 1),
            ("odd", Some("MIT AND NCSA"), crates, 0),
            ("a", Some("MIT AND NCSA"), crates, 1),
            ("a", Some("MIT"), Some("registry+https://other.example"), 1),
            ("a", Some("MIT"), Some("git+https://crates.example"), 1),
            ("a", None, None, 2),
        ] {
            let found = of_package(&rules, &package(name, "1.0.0", licence, source));
            assert_eq!(
                found.len(),
                complaints,
                "{name} {licence:?} {source:?}: {found:?}"
            );
        }
    }

    #[test]
    fn two_versions_need_a_reason_and_a_reason_two_versions() {
        let rules: Rules = toml::from_str(RULES).unwrap();
        let of = |name: &str, version: &str| package(name, version, Some("MIT"), None);
        let both = [
            of("a", "1.0.0"),
            of("a", "2.0.0"),
            of("old", "1.0.0"),
            of("old", "2.0.0"),
        ];
        assert_eq!(twice(&rules, &both), ["a: in the versions 1.0.0, 2.0.0"]);
        assert_eq!(needless(&rules, &both).len(), 1, "the exception for odd");
        assert_eq!(needless(&rules, &both[..3]).len(), 2);
    }

    #[test]
    fn a_rule_that_is_not_checked_here_is_refused() {
        let with_more = RULES.replace("[bans]", "[bans]\nhighlight = \"all\"");
        assert!(toml::from_str::<Rules>(&with_more).is_err());
        let milder = RULES.replace("wildcards = \"deny\"", "wildcards = \"warn\"");
        assert!(toml::from_str::<Rules>(&milder).is_err());
    }
}
