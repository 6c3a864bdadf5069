//! The headers of `deploy/headers.txt`, which every server of the panel sends, and the part of them that the page
//! itself contains.

use anyhow::{Context, Result, bail};

/// The headers, one on each line.
const HEADERS: &str = include_str!("../../../../deploy/headers.txt");

/// The first element of the page's head. The policy follows it, because it applies only to what comes after it.
const CHARSET: &str = "<meta charset=\"utf-8\">\n";

/// Directives that browsers accept only in a header.
const HEADER_ONLY: [&str; 3] = ["frame-ancestors", "report-uri", "sandbox"];

/// Returns name and value of each header.
pub fn headers() -> impl Iterator<Item = (&'static str, &'static str)> {
    HEADERS.lines().filter_map(|line| line.split_once(": "))
}

/// Returns the part of the Content-Security-Policy that a page may contain.
fn in_page() -> Result<String> {
    let (_, policy) = headers()
        .find(|(name, _)| *name == "Content-Security-Policy")
        .context("deploy/headers.txt holds no Content-Security-Policy.")?;
    let directives: Vec<&str> = policy
        .split("; ")
        .filter(|directive| !HEADER_ONLY.contains(&directive.split(' ').next().unwrap_or_default()))
        .collect();
    let policy = directives.join("; ");
    if policy.contains(['"', '&', '<']) {
        bail!("The Content-Security-Policy holds a character that an attribute cannot.");
    }
    Ok(policy)
}

/// Inserts the policy into the page's head, for servers that do not send it.
pub fn written_into(html: &str) -> Result<String> {
    let (before, after) = html
        .split_once(CHARSET)
        .context("index.html does not begin its head with its charset.")?;
    if before.contains("<script") || before.contains("<link") {
        bail!("index.html loads something before its policy.");
    }
    let policy = in_page()?;
    Ok(format!(
        "{before}{CHARSET}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n{after}"
    ))
}

#[cfg(test)]
mod deploy_tests;

#[cfg(test)]
mod tests {
    use super::*;

    fn directives() -> Vec<Vec<&'static str>> {
        let (_, policy) = headers()
            .find(|(name, _)| *name == "Content-Security-Policy")
            .unwrap();
        policy
            .split("; ")
            .map(|directive| directive.split(' ').collect())
            .collect()
    }

    #[test]
    fn the_policy_allows_nothing_inline_and_nothing_from_elsewhere() {
        let directives = directives();
        let of = |name: &str| {
            let found: Vec<_> = directives.iter().filter(|one| one[0] == name).collect();
            assert_eq!(found.len(), 1, "{name}");
            found[0][1..].to_vec()
        };
        assert_eq!(of("default-src"), ["'none'"]);
        assert_eq!(of("script-src"), ["'self'", "'wasm-unsafe-eval'"]);
        assert_eq!(of("style-src"), ["'self'"]);
        assert_eq!(of("img-src"), ["'self'"]);
        assert_eq!(of("worker-src"), ["'self'"]);
        for nothing in ["object-src", "base-uri", "frame-ancestors"] {
            assert_eq!(of(nothing), ["'none'"], "{nothing}");
        }
        assert_eq!(of("form-action"), ["'self'"]);
        assert_eq!(of("require-trusted-types-for"), ["'script'"]);
        assert_eq!(of("trusted-types"), ["switchboard", "default"]);
        for directive in &directives {
            for word in directive {
                assert!(
                    !["'unsafe-inline'", "'unsafe-eval'", "*", "data:", "blob:"].contains(word),
                    "{directive:?}"
                );
            }
        }
    }

    #[test]
    fn page_policy_equals_header_without_header_only_directives() {
        let page = written_into(&format!("<head>\n{CHARSET}<title>x</title>")).unwrap();
        let (_, rest) = page.split_once("content=\"").unwrap();
        let (said, after) = rest.split_once("\">\n").unwrap();
        assert_eq!(after, "<title>x</title>");
        let all: Vec<String> = directives().iter().map(|one| one.join(" ")).collect();
        let mut said: Vec<&str> = said.split("; ").collect();
        said.push("frame-ancestors 'none'");
        said.sort_unstable();
        let mut all: Vec<&str> = all.iter().map(String::as_str).collect();
        all.sort_unstable();
        assert_eq!(said, all);
    }

    #[test]
    fn trunk_serves_the_same_policy_with_a_nonce() {
        let config: toml::Table = toml::from_str(include_str!("../../../../Trunk.toml")).unwrap();
        let served: Vec<String> = config["serve"]["csp"].clone().try_into().unwrap();
        let expected: Vec<String> = directives()
            .iter()
            .map(|one| match one[0] {
                "script-src" => one.join(" ") + " 'nonce-{{NONCE}}'",
                _ => one.join(" "),
            })
            .collect();
        assert_eq!(served, expected);
    }

    #[test]
    fn nothing_is_loaded_before_the_policy() {
        assert!(written_into("<head><title>x</title>").is_err());
        let late = format!("<head><link href=\"/a.css\">{CHARSET}");
        assert!(written_into(&late).is_err());
    }
}
