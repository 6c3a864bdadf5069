//! An embed code in the form that Next.js wants scripts in.

use switchboard_api::EmbedCode;

use super::snippet::{Element, Piece, pieces};

/// Attributes that `next/script` decides itself, or that say nothing to it.
const LEFT_OUT: [&str; 6] = ["async", "defer", "charset", "language", "nonce", "type"];

/// Attributes that JSX spells in its own way.
const SPELLED: [(&str, &str); 4] = [
    ("class", "className"),
    ("crossorigin", "crossOrigin"),
    ("fetchpriority", "fetchPriority"),
    ("referrerpolicy", "referrerPolicy"),
];

/// Both snippets as elements of `next/script`, one a line, `link` first. Nothing when the code is anything but script elements that each
/// load an address: the rest has no equivalent that could be promised to work.
#[must_use]
pub fn next_script(code: &EmbedCode) -> Option<String> {
    let mut lines = Vec::new();
    for snippet in [&code.link, &code.socket_link] {
        for piece in pieces(snippet) {
            match piece {
                Piece::Element(element) => lines.push(line(&element)?),
                Piece::Inline(_) | Piece::Bare { .. } => return None,
            }
        }
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn line(element: &Element) -> Option<String> {
    if element.name != "script" || !element.runs() {
        return None;
    }
    let mut line = format!("<Script src={}", quoted(&element.loads.as_ref()?.text));
    for (name, value) in &element.attributes {
        let is_module = name == "type" && value == "module";
        if LEFT_OUT.contains(&name.as_str()) && !is_module {
            continue;
        }
        // What is no plain name, such as an inline handler of another framework, cannot be written in JSX.
        if !name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            || name.starts_with("on")
        {
            return None;
        }
        let spelled = SPELLED.iter().find(|(html, _)| html == name);
        let name = spelled.map_or(name.as_str(), |(_, jsx)| jsx);
        line.push_str(&format!(" {name}={}", quoted(value)));
    }
    line.push_str(" />");
    Some(line)
}

/// A value as JSX takes it. Between plain quotation marks JSX reads entities, and knows no way to write a quotation mark.
fn quoted(value: &str) -> String {
    if value.contains(['"', '&', '\n', '\r']) {
        format!("{{{}}}", serde_json::Value::from(value))
    } else {
        format!("\"{value}\"")
    }
}
