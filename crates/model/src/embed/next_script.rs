//! Converts an embed code for Next.js.

use switchboard_api::EmbedCode;

use super::compared_element::Element;
use super::snippet::{Piece, pieces};

/// Attributes that `next/script` sets itself or ignores.
const LEFT_OUT: [&str; 6] = ["async", "defer", "charset", "language", "nonce", "type"];

/// Attributes with a different spelling in JSX.
const SPELLED: [(&str, &str); 4] = [
    ("class", "className"),
    ("crossorigin", "crossOrigin"),
    ("fetchpriority", "fetchPriority"),
    ("referrerpolicy", "referrerPolicy"),
];

/// Returns both snippets as `next/script` elements, one on each line, `link` first. Returns `None` if the code is
/// anything but script elements that each load an address: nothing else has a reliable equivalent.
#[must_use]
pub fn next_script(code: &EmbedCode) -> Option<String> {
    let mut lines = Vec::new();
    for snippet in [&code.link, &code.socket_link] {
        for piece in pieces(snippet) {
            match piece {
                Piece::Element(element) => lines.push(line(&element)?),
                Piece::Inline(_) | Piece::Bare { .. } | Piece::Text(_) => return None,
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
        // A name with special characters, such as an inline handler of another framework, cannot be written in JSX.
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

/// Returns a value as a JSX expression. In a plain JSX string, entities are decoded and a quotation mark cannot be
/// escaped.
fn quoted(value: &str) -> String {
    if value.contains(['"', '&', '\n', '\r']) {
        format!("{{{}}}", serde_json::Value::from(value))
    } else {
        format!("\"{value}\"")
    }
}
