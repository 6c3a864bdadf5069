//! Expands the `data-trunk` tags of `index.html` as Trunk does, with the file names that [`super::finish`] expects.

use anyhow::{Context, Result, bail};

/// The beginning of the asset tags in the page.
const ASSET: &str = "<link data-trunk ";

/// Files that only a build by Trunk has: xtask puts their text into the page's only script.
const OF_TRUNK: [&str; 2] = ["markup.js", "start.js"];

/// A page without asset tags, and the files that the tags name.
pub struct Page {
    /// The page, with plain references.
    pub html: String,
    /// Files to copy beside it.
    pub copied: Vec<String>,
    /// Style sheets, in order of precedence.
    pub styles: Vec<String>,
}

/// Replaces each asset tag with plain references.
pub fn expand(html: &str) -> Result<Page> {
    let (mut page, mut copied, mut styles) = (String::new(), Vec::new(), Vec::new());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(ASSET) {
        let (tag, after) = after
            .split_once('>')
            .context("index.html has an asset tag without an end.")?;
        let href = || attribute(tag, "href").context("An asset tag of index.html has no href.");
        let references = match attribute(tag, "rel") {
            Some("css") => {
                styles.push(href()?.to_owned());
                let is_first = styles.len() == 1;
                let link = "<link rel=\"stylesheet\" href=\"/main.css\">";
                if is_first { link } else { "" }.to_owned()
            }
            Some("icon") => {
                copied.push(href()?.to_owned());
                format!("<link rel=\"icon\" href=\"/{}\">", href()?)
            }
            Some("copy-file") => {
                if !OF_TRUNK.contains(&href()?) {
                    copied.push(href()?.to_owned());
                }
                String::new()
            }
            Some("rust") => "<link rel=\"preload\" href=\"/switchboard_bg.wasm\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n\
                 <script type=\"module\" src=\"/switchboard.js\" crossorigin fetchpriority=\"high\"></script>"
                .to_owned(),
            other => bail!("index.html has an asset tag that the build does not know: {other:?}"),
        };
        page.push_str(before);
        page.push_str(&references);
        rest = if references.is_empty() {
            after.trim_start_matches('\n')
        } else {
            after
        };
    }
    page.push_str(rest);
    Ok(Page {
        html: page,
        copied,
        styles,
    })
}

/// Returns the value of a quoted attribute.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = tag.split_once(&format!("{name}=\""))?;
    after.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asset_tags_become_references_and_copied_files() {
        let html = "<head>\n<link data-trunk rel=\"copy-file\" href=\"first.js\">\n\
             <link data-trunk rel=\"copy-file\" href=\"start.js\">\n\
             <link data-trunk rel=\"css\" href=\"style/a.css\">\n\
             <link data-trunk rel=\"css\" href=\"style/b.css\">\n\
             <link data-trunk rel=\"icon\" href=\"favicon.svg\">\n\
             <link data-trunk rel=\"rust\" data-bin=\"switchboard\">\n</head>";
        let Page {
            html: page,
            copied,
            styles,
        } = expand(html).unwrap();
        assert!(!page.contains("data-trunk"), "{page}");
        for reference in [
            "/main.css",
            "/favicon.svg",
            "/switchboard.js",
            "/switchboard_bg.wasm",
        ] {
            assert_eq!(
                page.matches(&format!("\"{reference}\"")).count(),
                1,
                "{page}"
            );
        }
        assert_eq!(copied, ["first.js", "favicon.svg"]);
        assert_eq!(styles, ["style/a.css", "style/b.css"]);
    }

    #[test]
    fn unknown_asset_tag_is_refused() {
        assert!(expand("<link data-trunk rel=\"sass\" href=\"a.scss\">").is_err());
        assert!(expand("<link data-trunk rel=\"css\"").is_err());
    }
}
