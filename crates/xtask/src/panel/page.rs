//! Rewrites the page's references to its files, and the script that starts the program.

use anyhow::{Result, bail};
use base64::Engine;
use sha2::{Digest, Sha384};

/// The script that calls the glue. `start.js` imports the glue under the name that Trunk gives it.
const START: &str = include_str!("start.js");
const IMPORT: &str = "import init, { policy } from \"./switchboard.js\";\n";
/// The Trusted Types rules for the HTML that the program sets and for the address of the service worker.
const MARKUP: &str = include_str!("../../../../markup.js");
/// The code that makes the rules a policy if the browser supports Trusted Types.
const POLICY: &str = "export const policy = globalThis.trustedTypes?.createPolicy(\"switchboard\", rules) ?? rules;\n";

/// The SHA-384 of a file, for its name and its integrity metadata.
pub struct Hash([u8; 48]);

impl Hash {
    /// Hashes `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha384::digest(bytes).into())
    }

    /// Returns sixteen hexadecimal digits, which suffice to distinguish builds.
    pub fn short(&self) -> String {
        self.0[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// Returns the value of an `integrity` attribute.
    pub fn integrity(&self) -> String {
        format!(
            "sha384-{}",
            base64::engine::general_purpose::STANDARD.encode(self.0)
        )
    }
}

/// Inserts a hash into a name: `switchboard.js` with hash `0123…` becomes `switchboard-0123….js`.
pub fn hashed_name(name: &str, hash: &Hash) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{}.{extension}", hash.short()),
        None => format!("{name}-{}", hash.short()),
    }
}

/// Changes the page's reference to `/old` into one to `/new`, with the integrity that the browser checks. There must
/// be exactly one: a page that loads a file twice or not at all is wrong.
pub fn point_to(html: &str, old: &str, new: &str, integrity: Option<&Hash>) -> Result<String> {
    let reference = format!("\"/{old}\"");
    match html.matches(&reference).count() {
        1 => {}
        0 => bail!("index.html does not refer to \"/{old}\"."),
        n => bail!("index.html refers to \"/{old}\" {n} times instead of once."),
    }
    let integrity = integrity
        .map(|hash| format!(" integrity=\"{}\"", hash.integrity()))
        .unwrap_or_default();
    Ok(html.replace(&reference, &format!("\"/{new}\"{integrity}")))
}

/// Rejects a page that a policy without `'unsafe-inline'` would break.
pub fn refuse_inline_code(html: &str) -> Result<()> {
    for (at, _) in html.match_indices("<script") {
        let tag = html[at..].split('>').next().unwrap_or_default();
        if !tag.contains(" src=") {
            bail!(
                "index.html has an inline script, which the page's Content-Security-Policy forbids: {tag}>"
            );
        }
    }
    if html.contains("<style") || html.contains(" style=") {
        bail!("index.html has inline styles, which the page's Content-Security-Policy forbids.");
    }
    Ok(())
}

/// Returns the entry module for a bundler.
pub fn start_module() -> &'static str {
    START
}

/// Rewrites the glue so that all HTML passes `markup.js`, and the browser checks the module's integrity.
pub fn guarded(glue: &str, module: &Hash) -> Result<String> {
    let html = ".innerHTML = getStringFromWasm0(arg1, arg2);";
    let fetch = "fetch(module_or_path)";
    if glue.matches(".innerHTML").count() != glue.matches(html).count()
        || glue.matches(fetch).count() != 1
        || ["outerHTML", "insertAdjacentHTML", "new Function", "eval("]
            .iter()
            .any(|sink| glue.contains(sink))
    {
        bail!(
            "The JavaScript glue sets HTML, runs text or fetches its module in another way than the build knows."
        );
    }
    let glue = glue
        .replace(
            html,
            ".innerHTML = policy.createHTML(getStringFromWasm0(arg1, arg2));",
        )
        .replace(
            fetch,
            &format!(
                "fetch(module_or_path, {{ integrity: \"{}\" }})",
                module.integrity()
            ),
        );
    Ok(format!("{glue}\n{MARKUP}{POLICY}"))
}

/// Appends the start script to the glue: one file without a bundler.
pub fn start_appended(glue: &str) -> Result<String> {
    let (Some(start), true) = (
        START.strip_prefix(IMPORT),
        glue.contains("__wbg_init as default"),
    ) else {
        bail!(
            "This wasm-bindgen writes another glue than the build knows (no `__wbg_init as default`)."
        );
    };
    Ok(format!("{glue}\nconst init = __wbg_init;\n{start}"))
}

/// Rewrites the glue to load the module `new` instead of `old`.
pub fn load_module(glue: &str, old: &str, new: &str) -> Result<String> {
    if !glue.contains(old) {
        bail!(
            "The JavaScript glue does not name {old}: this wasm-bindgen is another one than the build knows."
        );
    }
    Ok(glue.replace(old, new))
}

/// Rewrites the script that fetches the parts, to fetch `new` instead of `old` with integrity.
pub fn load_part(loader: &str, old: &str, new: &str, part: &Hash) -> Result<String> {
    let fetch = format!("fetch(new URL(\"./{old}\", import.meta.url))");
    if loader.matches(&fetch).count() != 1 {
        bail!("The parts are fetched in another way than the build knows.");
    }
    let sealed = format!(
        "fetch(new URL(\"./{new}\", import.meta.url), {{ integrity: \"{}\" }})",
        part.integrity()
    );
    Ok(loader.replace(&fetch, &sealed))
}

/// Rewrites the script that fetches the parts not to log a failed fetch to the console. The page reports it when the
/// part is needed; a failed prefetch needs no report.
pub fn quiet(loader: &str) -> Result<String> {
    let outcry = "console.error(e);";
    if loader.matches(outcry).count() != 1 {
        bail!("The failure of a part is handled in another way than the build knows.");
    }
    Ok(loader.replace(outcry, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_has_the_form_that_browsers_check() {
        // openssl dgst -sha384 -binary </dev/null | base64
        let empty = Hash::of(b"");
        assert_eq!(
            empty.integrity(),
            "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
        );
        assert_eq!(hashed_name("main.css", &empty), "main-38b060a751ac9638.css");
    }

    #[test]
    fn a_reference_is_moved_and_sealed() {
        let hash = Hash::of(b"");
        let html = point_to(
            "<script src=\"/a.js\"></script>",
            "a.js",
            "a-1.js",
            Some(&hash),
        )
        .unwrap();
        assert_eq!(
            html,
            format!(
                "<script src=\"/a-1.js\" integrity=\"{}\"></script>",
                hash.integrity()
            )
        );
        assert_eq!(
            point_to("<link href=\"/a.svg\">", "a.svg", "a-1.svg", None).unwrap(),
            "<link href=\"/a-1.svg\">"
        );
    }

    #[test]
    fn page_must_load_each_file_exactly_once() {
        assert!(
            point_to(
                "<link href=\"/a.css\"><link href=\"/a.css\">",
                "a.css",
                "b.css",
                None
            )
            .is_err()
        );
        assert!(point_to("<link href=\"/aa.css\">", "a.css", "b.css", None).is_err());
    }

    #[test]
    fn inline_code_is_refused() {
        assert!(refuse_inline_code("<script type=\"module\" src=\"/a.js\"></script>").is_ok());
        assert!(
            refuse_inline_code("<script type=\"module\">import a from './a.js'</script>").is_err()
        );
        assert!(refuse_inline_code("<style>a{}</style>").is_err());
        assert!(refuse_inline_code("<p style=\"color:red\">").is_err());
    }

    #[test]
    fn the_start_follows_the_glue_that_it_calls() {
        let script =
            start_appended("function __wbg_init(){}\nexport { initSync, __wbg_init as default };")
                .unwrap();
        assert!(script.starts_with("function __wbg_init"));
        assert!(
            script.contains("const init = __wbg_init;")
                && script.contains("init()")
                && !script.contains("import init")
        );
        assert!(start_appended("function other(){}").is_err());
    }

    #[test]
    fn html_passes_the_policy_and_module_has_integrity() {
        let glue = "a.innerHTML = getStringFromWasm0(arg1, arg2);\nmodule_or_path = fetch(module_or_path);";
        let hash = Hash::of(b"");
        let guarded_glue = guarded(glue, &hash).unwrap();
        assert!(
            guarded_glue
                .contains("a.innerHTML = policy.createHTML(getStringFromWasm0(arg1, arg2));")
        );
        assert!(guarded_glue.contains(&format!(
            "fetch(module_or_path, {{ integrity: \"{}\" }})",
            hash.integrity()
        )));
        assert!(guarded_glue.contains("createPolicy(\"switchboard\""));
        for other in [
            "a.innerHTML = b;",
            "a.outerHTML = b;",
            "a.insertAdjacentHTML(b, c);",
            "new Function(a)",
            "module_or_path = fetch(module_or_path);",
        ] {
            assert!(
                guarded(&format!("{glue}\n{other}"), &hash).is_err(),
                "{other}"
            );
        }
        assert!(guarded("other", &hash).is_err());
    }

    #[test]
    fn loader_with_another_error_report_is_refused() {
        let loader = "try {} catch (e) { console.error(e); }";
        assert_eq!(quiet(loader).unwrap(), "try {} catch (e) {  }");
        assert!(quiet("try {} catch (e) { console.warn(e); }").is_err());
    }

    #[test]
    fn the_glue_must_name_the_module() {
        let glue = "new URL('switchboard_bg.wasm', import.meta.url)";
        let moved = load_module(glue, "switchboard_bg.wasm", "switchboard-1.wasm").unwrap();
        assert_eq!(moved, "new URL('switchboard-1.wasm', import.meta.url)");
        assert!(load_module("fetch('x')", "switchboard_bg.wasm", "y").is_err());
    }
}
