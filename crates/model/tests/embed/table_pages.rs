//! The pages of the table in `pages/`. Each has the verdict of the check (`says`) beside the truth (`runs`): what Chromium does with it.
//!
//! A test of this crate compares the verdicts; the journey `embed_check_table` loads each page in Chromium and compares the truth.
//!
//! ```text
//! ## name of the page
//! runs: link fetch socketLink ws      what happens, in alphabetical order; "works" for all four, "nothing" for none
//! says: warning Inert(Svg)            the severity, then the findings other than `Found`, each once
//! with: cors inline                   optional: the chat's server allows CORS; `link` is an inline script
//! body:                               or "head:" (both codes are in the body) or "page:" (the whole text)
//! {link}
//! ```

/// A page of the table.
pub struct TablePage {
    /// What is special about it.
    pub name: &'static str,
    /// What happens in Chromium.
    pub runs: &'static str,
    /// The verdict.
    pub says: &'static str,
    /// Whether the chat's server lets other websites read its scripts.
    pub allows_cors: bool,
    is_inline: bool,
    html: String,
}

/// The host of the code. Browsers resolve it to the machine that they run on.
pub const HOST: &str = "acme.chat.localhost";

const FILES: [&str; 6] = [
    include_str!("pages/places.txt"),
    include_str!("pages/policies.txt"),
    include_str!("pages/attributes.txt"),
    include_str!("pages/editors.txt"),
    include_str!("pages/tools.txt"),
    include_str!("pages/markup.txt"),
];

/// Returns all pages of the table.
pub fn pages() -> Vec<TablePage> {
    let texts = FILES.iter().flat_map(|file| file.split("## ").skip(1));
    texts.map(page).collect()
}

fn page(text: &'static str) -> TablePage {
    let (name, rest) = text.split_once('\n').expect("a name");
    let (runs, rest) = field(rest, "runs: ").expect("what runs");
    let (says, rest) = field(rest, "says: ").expect("a verdict");
    let (with, rest) = field(rest, "with: ").unwrap_or(("", rest));
    let (kind, content) = rest.split_once(":\n").expect("the kind of text");
    let content = content.trim_end();
    let codes = "{link}\n{socket}";
    let html = match kind {
        "page" => content.to_owned(),
        "head" => around(content, codes),
        "body" => around("", content),
        kind => panic!("{name}: {kind}"),
    };
    TablePage {
        name,
        runs: match runs {
            "works" => "fetch link socketLink ws",
            "nothing" => "",
            runs => runs,
        },
        says,
        allows_cors: with.contains("cors"),
        is_inline: with.contains("inline"),
        html,
    }
}

fn field<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    text.strip_prefix(name)?.split_once('\n')
}

fn around(head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><head><title>Shop</title>\n{head}</head>\n<body>\n<h1>Shop</h1>\n{body}\n</body>\n</html>\n"
    )
}

impl TablePage {
    /// Returns the page's HTML for a chat's server at this port.
    pub fn html(&self, port: u16) -> String {
        let [link, socket] = self.code(port);
        let origin = format!("http://{HOST}:{port}");
        [
            ("{link}", &*link),
            ("{socket}", &*socket),
            ("{link_url}", "{origin}/widget.js?domain=shop.example&v=2"),
            ("{socket_url}", "{origin}/socket.js"),
            ("{origin}", &*origin),
            ("{port}", &*port.to_string()),
        ]
        .iter()
        .fold(self.html.clone(), |html, (name, value)| {
            html.replace(name, value)
        })
    }

    /// Returns `link` and `socketLink` for a chat's server at this port.
    pub fn code(&self, port: u16) -> [String; 2] {
        let link = match self.is_inline {
            true => {
                "<script>window.chat = { id: '7' };(function () { var s = document.createElement('script'); s.src = '{link_url}'; document.head.appendChild(s) })();</script>"
            }
            false => "<script src=\"{link_url}\" async></script>",
        };
        let origin = format!("http://{HOST}:{port}");
        [link, "<script src=\"{origin}/socket.js\"></script>"].map(|code| {
            code.replace("{link_url}", "{origin}/widget.js?domain=shop.example&v=2")
                .replace("{origin}", &origin)
        })
    }
}
