//! The findings of a page check, as data. The panel words them.

use switchboard_api::{DomainName, EmbedCode};

use super::html::Unclosed;
use super::named::other_domains;

/// One of the two snippets of an embed code (endpoint 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// `link`.
    Link,
    /// `socketLink`.
    SocketLink,
}

/// The severity of a finding, the most severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The chat does not work.
    Problem,
    /// The chat may not work, or not correctly.
    Warning,
    /// Worth knowing.
    Note,
    /// Correct.
    Good,
}

/// Why a code in the page has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Inert {
    /// It is inside a comment.
    Comment,
    /// It is inside a `noscript`, which browsers with scripts ignore.
    NoScript,
    /// It is inside a `template`, which browsers do not execute.
    Template,
    /// It is in another element whose content is text: a text area, a title, a style.
    TextElement,
    /// The page shows it to its visitors as text, because an editor has escaped it.
    ShownAsText,
}

/// One finding. Lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The text contains no markup.
    NoHtml,
    /// The embed code has no such part, so it could not be searched.
    NotGiven {
        /// The part.
        part: Part,
    },
    /// The part is there, complete.
    Found {
        /// The part.
        part: Part,
        /// The line where it begins.
        line: usize,
    },
    /// The part is not in any place where it would run.
    Missing {
        /// The part.
        part: Part,
    },
    /// Only some of the part is there.
    Incomplete {
        /// The part.
        part: Part,
        /// The line where the present piece begins.
        line: usize,
        /// The missing pieces, abbreviated.
        lacking: Vec<String>,
    },
    /// The part is there in another form: with other parameters, or truncated. It may be the code of another domain.
    Altered {
        /// The part.
        part: Part,
        /// Its line.
        line: usize,
        /// The form in the code.
        expected: String,
        /// The form in the page.
        found: String,
    },
    /// An attribute of the part's element is missing or has another value in the page.
    AttributeChanged {
        /// The part.
        part: Part,
        /// The line of the element.
        line: usize,
        /// The attribute's name.
        name: String,
        /// The value in the code; empty for an attribute without one.
        expected: String,
    },
    /// The page loads the part over `http`, the code over `https`.
    Insecure {
        /// The part.
        part: Part,
        /// Its line.
        line: usize,
    },
    /// The part is there more often than it should be.
    Repeated {
        /// The part.
        part: Part,
        /// The line of each occurrence.
        lines: Vec<usize>,
    },
    /// The part is in a place where it has no effect. Reported only if it is nowhere else.
    Inert {
        /// The part.
        part: Part,
        /// Its line.
        line: usize,
        /// Why it has no effect.
        why: Inert,
    },
    /// The part is there, but browsers do not execute it: a consent or an optimisation tool has changed its `type`,
    /// or has moved its address to another attribute.
    HeldBack {
        /// The part.
        part: Part,
        /// Its line.
        line: usize,
        /// The type, or the attribute's name.
        by: String,
    },
    /// A script of the page contains the part's address. The HTML does not show whether it loads it.
    OnlyMentioned {
        /// The part.
        part: Part,
        /// The line where that script begins.
        line: usize,
    },
    /// `socketLink` comes before `link`.
    WrongOrder {
        /// The line of `link`.
        link: usize,
        /// The line of `socketLink`.
        socket_link: usize,
    },
    /// The part is in the page's `head`, not at the end of its body.
    InHead {
        /// The part.
        part: Part,
        /// Its line.
        line: usize,
    },
    /// The part comes after `</body>`.
    AfterBody {
        /// The part.
        part: Part,
        /// Its line.
        line: usize,
    },
    /// The page loads a script from a host of the code that the code does not contain: often that of another domain.
    OtherCode {
        /// Its address in the page.
        address: String,
        /// Its line.
        line: usize,
    },
    /// The code names other domains than its own: the domain was renamed, or the code belongs to another one.
    OtherDomain {
        /// The domains in the code, each once.
        named: Vec<DomainName>,
        /// The domain whose code it is supposed to be.
        domain: DomainName,
    },
    /// Something is missing, and the page loads a tag manager that may add it.
    TagManager {
        /// The line where the tag manager is loaded.
        line: usize,
    },
    /// The page ends in the middle of a construct.
    CutOff {
        /// The unfinished construct.
        what: Unclosed,
        /// The line where it begins.
        line: usize,
    },
}

impl Finding {
    /// Returns the severity of the finding.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::NoHtml
            | Self::Missing { .. }
            | Self::Incomplete { .. }
            | Self::Altered { .. } => Severity::Problem,
            Self::OtherDomain { .. }
            | Self::AttributeChanged { .. }
            | Self::Insecure { .. }
            | Self::Repeated { .. }
            | Self::Inert { .. }
            | Self::HeldBack { .. }
            | Self::OnlyMentioned { .. }
            | Self::WrongOrder { .. }
            | Self::AfterBody { .. }
            | Self::OtherCode { .. }
            | Self::CutOff { .. } => Severity::Warning,
            Self::NotGiven { .. } | Self::InHead { .. } | Self::TagManager { .. } => Severity::Note,
            Self::Found { .. } => Severity::Good,
        }
    }
}

/// The result of a page check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Installation {
    /// The findings, the most severe first; `link` before `socketLink` at the same severity.
    pub findings: Vec<Finding>,
}

impl Installation {
    /// Adds a finding if the code names another domain than this one.
    #[must_use]
    pub fn kept_for(mut self, domain: &DomainName, code: &EmbedCode) -> Self {
        let named = other_domains(code, domain);
        if !named.is_empty() {
            let domain = domain.clone();
            self.findings.push(Finding::OtherDomain { named, domain });
            self.findings.sort_by_key(Finding::severity);
        }
        self
    }

    /// Returns the severity of the most severe finding; [`Severity::Good`] if everything is correct.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.findings
            .iter()
            .map(Finding::severity)
            .min()
            .unwrap_or(Severity::Good)
    }

    /// Returns whether the complete part was found.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        self.findings
            .iter()
            .any(|finding| matches!(finding, Finding::Found { part: found, .. } if *found == part))
    }
}
