//! An element of a snippet or of a page, as far as the check compares it.

use super::MOST;
use super::address::Address;
use super::attributes::Attributes;
use super::entity::decode;
use super::script::{TYPOGRAPHIC, straightened};

/// An element of a snippet or of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// In lower case.
    pub(super) name: String,
    /// What it loads.
    pub(super) loads: Option<Loaded>,
    /// Its other attributes: names in lower case, values decoded.
    pub(super) attributes: Vec<(String, String)>,
}

/// What an element loads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Loaded {
    /// The attribute's value, decoded.
    pub(super) text: String,
    /// The parsed value.
    pub(super) address: Address,
}

impl Element {
    /// Reads a start tag. Like browsers, it takes the first of several attributes with one name.
    pub(super) fn read(name: &str, attributes: Attributes<'_>, is_foreign: bool) -> Self {
        let name = name.to_ascii_lowercase();
        let wanted = loading_attribute(&name, is_foreign);
        let (mut loads, mut is_read) = (None, false);
        let mut others: Vec<(String, String)> = Vec::new();
        for (attribute, value) in attributes.iter() {
            let attribute = attribute.to_ascii_lowercase();
            let text = decode(value).trim().to_owned();
            let is_wanted = wanted.is_some_and(|wanted| {
                attribute == wanted || is_foreign && attribute == "xlink:href"
            });
            if is_wanted && !is_read {
                is_read = true;
                if let Some(address) = Address::parse(&text) {
                    loads = Some(Loaded { text, address });
                    continue;
                }
            }
            if others.len() < MOST && !others.iter().any(|(there, _)| *there == attribute) {
                others.push((attribute, text));
            }
        }
        Self {
            name,
            loads,
            attributes: others,
        }
    }

    /// Whether it is a script whose text is in the page.
    pub(super) fn is_inline_script(&self) -> bool {
        self.name == "script" && self.loads.is_none() && self.attribute("src").is_none()
    }

    /// An attribute other than the one that loads.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(there, _)| there == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns the type or the attribute because of which browsers do not run this script.
    pub(super) fn held_back_by(&self) -> Option<&str> {
        if !self.runs() {
            return self.attribute("type").or(self.attribute("language"));
        }
        // Written for Internet Explorer: the script handles this event of that element.
        let is_any = |name: &str, values: &[&str]| {
            let value = self.attribute(name)?;
            Some(values.iter().any(|one| value.eq_ignore_ascii_case(one)))
        };
        let runs = self.is_module()
            || is_any("for", &["window"])? && is_any("event", &["onload", "onload()"])?;
        (!runs).then_some("event")
    }

    /// Returns whether its type is that of modules.
    pub(super) fn is_module(&self) -> bool {
        self.attribute("type")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("module"))
    }

    /// Returns whether browsers run it as a script by its type: none, a module, or a name of JavaScript without
    /// parameters.
    pub(super) fn runs(&self) -> bool {
        let kind = match (self.attribute("type"), self.attribute("language")) {
            (Some(kind), _) => kind.to_ascii_lowercase(),
            (None, Some(language)) if !language.is_empty() => {
                format!("text/{language}").to_ascii_lowercase()
            }
            (None, _) => String::new(),
        };
        kind.is_empty()
            || kind == "module"
            || kind
                .split_once('/')
                .is_some_and(|(family, name)| match family {
                    "text" => SCRIPT_TYPES.contains(&name) || TEXT_TYPES.contains(&name),
                    "application" => SCRIPT_TYPES.contains(&name),
                    _ => false,
                })
    }

    /// Undoes what editors and consent tools do to an element of a code: typographic quotation marks around values,
    /// and the address of a script in another attribute.
    pub(super) fn restore(&mut self) {
        for (_, value) in &mut self.attributes {
            if value.starts_with(TYPOGRAPHIC) {
                *value = unquoted(value);
            }
        }
        if self.loads.is_some() {
            return;
        }
        let (wanted, is_script) = (loading_attribute(&self.name, false), self.name == "script");
        for (at, (name, value)) in self.attributes.iter().enumerate() {
            let text = unquoted(value);
            if (wanted == Some(name) || is_script && name.ends_with("src"))
                && let Some(address) = Address::parse(&text)
                && address.host.is_some()
            {
                self.loads = Some(Loaded { text, address });
                self.attributes.remove(at);
                return;
            }
        }
    }

    /// Returns whether the browser shows or executes what it loads, rather than only preloading it.
    pub(super) fn uses_what_it_loads(&self) -> bool {
        self.name != "link"
            || self
                .attribute("rel")
                .is_some_and(|rel| rel.to_ascii_lowercase().contains("stylesheet"))
    }
}

/// Returns an attribute's value without the quotation marks that do not belong to it.
pub(super) fn unquoted(value: &str) -> String {
    straightened(value)
        .trim_matches(['"', '\'', '\\'])
        .to_owned()
}

/// The names of JavaScript below `text/` and `application/`.
const SCRIPT_TYPES: [&str; 4] = ["javascript", "x-javascript", "ecmascript", "x-ecmascript"];

/// The older names of JavaScript below `text/`, as the MIME Sniffing standard lists them.
const TEXT_TYPES: [&str; 8] = [
    "javascript1.0",
    "javascript1.1",
    "javascript1.2",
    "javascript1.3",
    "javascript1.4",
    "javascript1.5",
    "jscript",
    "livescript",
];

/// The attribute by which an element loads.
pub(super) fn loading_attribute(element: &str, is_foreign: bool) -> Option<&'static str> {
    match element {
        "script" if is_foreign => Some("href"),
        "script" | "iframe" | "img" => Some("src"),
        "link" => Some("href"),
        _ => None,
    }
}
