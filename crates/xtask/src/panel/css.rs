//! One style sheet out of several: local `@import`s are put in their place, since each would be a request that waits
//! for the one before.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The text of `entry` with everything that it imports.
pub fn inline_imports(entry: &Path) -> Result<String> {
    let mut open = Vec::new();
    inline(entry, &mut open)
}

fn inline(file: &Path, open: &mut Vec<PathBuf>) -> Result<String> {
    let canonical = file
        .canonicalize()
        .with_context(|| format!("The style sheet {} is not there.", file.display()))?;
    if open.contains(&canonical) {
        bail!("The style sheet {} imports itself.", file.display());
    }
    let source = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read.", file.display()))?;
    open.push(canonical);
    let mut text = String::new();
    for line in without_comments(&source)
        .lines()
        .filter(|line| !line.trim().is_empty())
    {
        match parse_import(line)
            .with_context(|| format!("In {}: {}", file.display(), line.trim()))?
        {
            Some(import) => {
                let imported = inline(&file.with_file_name("").join(&import.file), open)?;
                text.push_str(&import.wrap(&imported));
            }
            None => text.push_str(line),
        }
        text.push('\n');
    }
    open.pop();
    Ok(text)
}

/// One `@import "file" layer(name) media;`.
#[derive(Debug, PartialEq, Eq)]
struct Import {
    file: String,
    /// `Some("")` is a layer without a name.
    layer: Option<String>,
    media: String,
}

impl Import {
    fn wrap(&self, text: &str) -> String {
        let mut wrapped = text.to_owned();
        if let Some(layer) = &self.layer {
            wrapped = format!("@layer {layer} {{\n{wrapped}}}\n");
        }
        if !self.media.is_empty() {
            wrapped = format!("@media {} {{\n{wrapped}}}\n", self.media);
        }
        wrapped
    }
}

/// The import on a line, if that is what the line is.
fn parse_import(line: &str) -> Result<Option<Import>> {
    let Some(rest) = line.trim().strip_prefix("@import") else {
        return Ok(None);
    };
    let rest = rest
        .trim()
        .strip_suffix(';')
        .context("An @import stands on one line that ends with `;`.")?
        .trim();
    let rest = rest
        .strip_prefix("url(")
        .map_or(rest.to_owned(), |rest| rest.replacen(')', "", 1));
    let quote = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\''))
        .context("An @import names its file in quotes.")?;
    let (file, rest) = rest[1..]
        .split_once(quote)
        .context("The file name has no closing quote.")?;
    if file.contains("//") || file.starts_with('/') {
        bail!("Only files of the project can be imported: the page's policy allows no others.");
    }
    let rest = rest.trim();
    let (layer, media) = if let Some(named) = rest.strip_prefix("layer(") {
        let (name, media) = named
            .split_once(')')
            .context("The layer's name has no closing bracket.")?;
        (Some(name.trim().to_owned()), media)
    } else if let Some(media) = rest
        .strip_prefix("layer")
        .filter(|rest| rest.is_empty() || rest.starts_with(' '))
    {
        (Some(String::new()), media)
    } else {
        (None, rest)
    };
    let media = media.trim().to_owned();
    if media.starts_with("supports(") {
        bail!("`supports(…)` is not understood here: write @supports inside the file.");
    }
    Ok(Some(Import {
        file: file.to_owned(),
        layer,
        media,
    }))
}

/// CSS without its comments; what looks like one inside quotes stays.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = if let Some(comment) = from.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            continue;
        } else if from.starts_with('/') {
            1
        } else {
            end_of_text(from)
        };
        out.push_str(&from[..end]);
        rest = &from[end..];
    }
    out.push_str(rest);
    out
}

/// Where the quoted text that `css` starts with ends.
fn end_of_text(css: &str) -> usize {
    let mut characters = css.char_indices();
    let quote = characters.next().map(|(_, quote)| quote);
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            characters.next();
        } else if Some(character) == quote {
            return at + character.len_utf8();
        }
    }
    css.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(line: &str) -> Import {
        parse_import(line).unwrap().unwrap()
    }

    #[test]
    fn an_import_is_read_with_its_layer_and_media() {
        let plain = Import {
            file: "a.css".into(),
            layer: None,
            media: String::new(),
        };
        assert_eq!(import("@import \"a.css\";"), plain);
        assert_eq!(import("  @import url('a.css');"), plain);
        assert_eq!(
            import("@import \"a.css\" layer(base);").layer.as_deref(),
            Some("base")
        );
        assert_eq!(
            import("@import \"a.css\" layer;").layer.as_deref(),
            Some("")
        );
        let print = import("@import \"a.css\" layer(ui) print and (width > 30em);");
        assert_eq!(
            (print.layer.as_deref(), print.media.as_str()),
            (Some("ui"), "print and (width > 30em)")
        );
        assert_eq!(parse_import(".imported { color: red }").unwrap(), None);
    }

    #[test]
    fn an_import_that_cannot_be_inlined_is_refused() {
        for line in [
            "@import \"https://example.org/a.css\";",
            "@import \"/a.css\";",
            "@import \"a.css\"",
            "@import a.css;",
            "@import \"a.css\" supports(display: grid);",
        ] {
            assert!(parse_import(line).is_err(), "{line}");
        }
    }

    #[test]
    fn comments_go_and_quoted_text_stays() {
        assert_eq!(without_comments("a{/* x */b:c}"), "a{b:c}");
        assert_eq!(
            without_comments("a::before{content:\"/* kept */\"}"),
            "a::before{content:\"/* kept */\"}"
        );
        assert_eq!(
            without_comments(r#"a{content:"\"/*"}/*gone*/"#),
            r#"a{content:"\"/*"}"#
        );
        assert_eq!(
            without_comments("a{width:calc(1px / 2)}/* open"),
            "a{width:calc(1px / 2)}"
        );
    }

    #[test]
    fn nested_imports_end_up_in_one_text_in_their_layers() {
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        std::fs::create_dir(folder.path().join("ui")).unwrap();
        write(
            "main.css",
            "@layer base, ui;\n/* @import \"not.css\"; */\n@import \"base.css\" layer(base);\n@import \"ui/all.css\" layer(ui);\n",
        );
        write("base.css", "a { b: c }\n");
        write("ui/all.css", "@import \"button.css\";\n");
        write("ui/button.css", "button { d: e }\n");
        let text = inline_imports(&folder.path().join("main.css")).unwrap();
        let words: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(
            words.join(" "),
            "@layer base, ui; @layer base { a { b: c } } @layer ui { button { d: e } }"
        );
    }

    #[test]
    fn a_circle_of_imports_is_an_error_and_not_an_endless_loop() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.css"), "@import \"b.css\";").unwrap();
        std::fs::write(folder.path().join("b.css"), "@import \"a.css\";").unwrap();
        assert!(
            format!(
                "{:#}",
                inline_imports(&folder.path().join("a.css")).unwrap_err()
            )
            .contains("imports itself")
        );
    }
}
