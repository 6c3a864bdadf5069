//! Which elements belong to SVG or MathML: a script there loads its `href` and ignores its `src`.

/// Elements of HTML that end an open `svg` or `math`, as the HTML standard lists them.
const BREAKOUT: [&str; 44] = [
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "i",
    "img",
    "li",
    "listing",
    "menu",
    "meta",
    "nobr",
    "ol",
    "p",
    "pre",
    "ruby",
    "s",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tt",
    "u",
    "ul",
    "var",
];

/// Elements of SVG that contain HTML.
const INTEGRATION: [&str; 3] = ["foreignobject", "desc", "title"];

/// Where the tokenizer is: in HTML, in SVG or MathML, or in HTML inside SVG.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    /// True for an open `svg` or `math`; false for an element inside one that contains HTML.
    open: Vec<bool>,
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|one| name.eq_ignore_ascii_case(one))
}

impl Foreign {
    /// Returns whether elements that start here belong to SVG or MathML.
    pub(super) fn is_inside(&self) -> bool {
        self.open.last() == Some(&true)
    }

    /// Notes a start tag. Returns whether its element belongs to SVG or MathML.
    pub(super) fn start(&mut self, name: &str, is_self_closing: bool) -> bool {
        self.break_out(name);
        let is_root = is_one_of(name, &["svg", "math"]);
        let is_inside = self.is_inside();
        if !is_self_closing && is_root {
            self.open.push(true);
        } else if !is_self_closing && is_inside && is_one_of(name, &INTEGRATION) {
            self.open.push(false);
        }
        is_inside || is_root
    }

    /// Notes an end tag.
    pub(super) fn end(&mut self, name: &str) {
        self.break_out(name);
        if is_one_of(name, &["svg", "math"]) {
            let root = self.open.iter().rposition(|is_root| *is_root);
            self.open.truncate(root.unwrap_or(self.open.len()));
        } else if self.open.last() == Some(&false) && is_one_of(name, &INTEGRATION) {
            self.open.pop();
        }
    }

    fn break_out(&mut self, name: &str) {
        if self.is_inside() && is_one_of(name, &BREAKOUT) {
            while self.is_inside() {
                self.open.pop();
            }
        }
    }
}
