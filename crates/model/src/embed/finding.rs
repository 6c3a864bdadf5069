//! What a check of a page can find: data for sentences, no sentences.

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

/// How much a finding matters. The order is that of importance: problems first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The chat does not work like this.
    Problem,
    /// It may not work, or not as it should.
    Warning,
    /// Worth knowing.
    Note,
    /// As it should be.
    Good,
}

/// Why a code that stands in the page does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Inert {
    /// It is inside a comment.
    Comment,
    /// It is inside a `noscript`, which browsers that run scripts pass over.
    NoScript,
    /// It is inside a `template`, which nothing runs by itself.
    Template,
    /// It is in another element that shows or keeps its content as text: a text area, a title, a style.
    TextElement,
    /// The page shows it to its visitors as text: an editor has escaped it.
    ShownAsText,
}

/// One thing that was found. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The text holds no markup at all.
    NoHtml,
    /// The embed code has nothing for this part, so that nothing could be looked for.
    NotGiven {
        /// The part.
        part: Part,
    },
    /// The part is there, whole.
    Found {
        /// The part.
        part: Part,
        /// Where it begins.
        line: usize,
    },
    /// The part is nowhere where it would run.
    Missing {
        /// The part.
        part: Part,
    },
    /// Some of the part is there and some is not.
    Incomplete {
        /// The part.
        part: Part,
        /// Where what is there begins.
        line: usize,
        /// What is missing, each in short.
        lacking: Vec<String>,
    },
    /// Something of the part is there in another form: other parameters, or cut short. It may be the code of another domain.
    Altered {
        /// The part.
        part: Part,
        /// Where it is.
        line: usize,
        /// What the code has.
        expected: String,
        /// What the page has.
        found: String,
    },
    /// An attribute of the part's element is missing or has another value in the page.
    AttributeChanged {
        /// The part.
        part: Part,
        /// Where the element is.
        line: usize,
        /// The attribute's name.
        name: String,
        /// The value that the code has; empty for an attribute without one.
        expected: String,
    },
    /// The page asks for the part over `http`, the code over `https`.
    Insecure {
        /// The part.
        part: Part,
        /// Where it is.
        line: usize,
    },
    /// The part is there more often than it should be.
    Repeated {
        /// The part.
        part: Part,
        /// Where it is each time.
        lines: Vec<usize>,
    },
    /// The part stands where it does nothing. Told when it is nowhere else.
    Inert {
        /// The part.
        part: Part,
        /// Where it is.
        line: usize,
        /// Why it does nothing.
        why: Inert,
    },
    /// The part is there but browsers do not run it by themselves: a consent or an optimisation tool has changed its `type`, or has moved
    /// its address to another attribute.
    HeldBack {
        /// The part.
        part: Part,
        /// Where it is.
        line: usize,
        /// The type, or the attribute's name.
        by: String,
    },
    /// A script of the page names the part's address. Whether it loads it, the HTML cannot tell.
    OnlyMentioned {
        /// The part.
        part: Part,
        /// Where that script begins.
        line: usize,
    },
    /// `socketLink` comes before `link`.
    WrongOrder {
        /// Where `link` is.
        link: usize,
        /// Where `socketLink` is.
        socket_link: usize,
    },
    /// The part is in the page's `head`, not at the end of its body.
    InHead {
        /// The part.
        part: Part,
        /// Where it is.
        line: usize,
    },
    /// The part comes after `</body>`.
    AfterBody {
        /// The part.
        part: Part,
        /// Where it is.
        line: usize,
    },
    /// The page loads another script from a host of the code, which the code does not have: often that of another domain.
    OtherCode {
        /// Its address as the page has it.
        address: String,
        /// Where it is.
        line: usize,
    },
    /// The code that was looked for names other domains, and not the one that it is kept for: the domain was renamed, or the code is that of another.
    OtherDomain {
        /// The domains that it names, each once.
        named: Vec<DomainName>,
        /// The domain that it is kept for.
        domain: DomainName,
    },
    /// Something is missing and the page loads a tag manager, which may bring it.
    TagManager {
        /// Where it is loaded.
        line: usize,
    },
    /// The page ends in the middle of something.
    CutOff {
        /// In the middle of what.
        what: Unclosed,
        /// Where that begins.
        line: usize,
    },
}

impl Finding {
    /// How much it matters.
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

/// What a page was found to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Installation {
    /// The findings, the most important first; of equal importance, `link` before `socketLink`.
    pub findings: Vec<Finding>,
}

impl Installation {
    /// Adds what there is to say of a code that is kept for this domain: that it names another one.
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

    /// How much the most important finding matters; [`Severity::Good`] when everything is as it should be.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.findings
            .iter()
            .map(Finding::severity)
            .min()
            .unwrap_or(Severity::Good)
    }

    /// Whether the part was found whole.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        self.findings
            .iter()
            .any(|finding| matches!(finding, Finding::Found { part: found, .. } if *found == part))
    }
}
