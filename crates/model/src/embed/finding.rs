//! What a check of a page can find: data for sentences, no sentences.

use switchboard_api::DomainName;

use super::html::Unclosed;

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
    /// It is inside an `svg` or `math`, where a script has no `src`.
    Svg,
    /// It has `nomodule`, and today's browsers know modules.
    NoModule,
    /// An editor has changed its quotation marks.
    Quotes,
    /// The page consists of frames, and has no body.
    Frames,
}

/// An attribute that makes a browser refuse a script under conditions that the HTML does not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AddedAttribute {
    /// `integrity`: the script must have the content that it had when the hash was made.
    Integrity,
    /// `crossorigin`: the chat's server must let the website read the script.
    CrossOrigin,
    /// `type="module"`: the same.
    Module,
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
    /// The part is not in the HTML, but something on the page may load it. Another finding says what.
    NotInHtml {
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
    /// The part's element has an attribute that the code does not have and that may stop it.
    AttributeAdded {
        /// The part.
        part: Part,
        /// Where the element is.
        line: usize,
        /// Which attribute.
        attribute: AddedAttribute,
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
    /// The part is inside a Liquid comment: this is a template, and its pages lack the part.
    LiquidComment {
        /// The part.
        part: Part,
        /// Where it is.
        line: usize,
    },
    /// The page forbids something that the code needs, by a `Content-Security-Policy` in a `meta`.
    Forbidden {
        /// Where the `meta` is.
        line: usize,
        /// The directive that has to allow it: `default-src` if it stands in for a more precise one.
        directive: &'static str,
        /// What has to be allowed; empty for an inline script.
        sources: Vec<String>,
        /// Whether the code needs it for sure.
        is_certain: bool,
    },
    /// A script of the page names the part's address, or the page preloads it. Whether it runs, the HTML cannot tell.
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
    /// Something is missing, and the page loads a tag manager, which may bring it.
    TagManager {
        /// Where it is loaded.
        line: usize,
    },
    /// Something is missing, and the page's text comes from a script, which may bring the code too.
    ClientSide {
        /// Where the script is.
        line: usize,
    },
    /// Something is missing, and the page was saved by a browser, which changes the addresses of scripts.
    SavedCopy {
        /// Where that shows.
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
            | Self::Altered { .. }
            | Self::Forbidden {
                is_certain: true, ..
            } => Severity::Problem,
            Self::NotInHtml { .. }
            | Self::AttributeAdded { .. }
            | Self::LiquidComment { .. }
            | Self::Forbidden { .. }
            | Self::SavedCopy { .. }
            | Self::OtherDomain { .. }
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
            Self::NotGiven { .. }
            | Self::InHead { .. }
            | Self::TagManager { .. }
            | Self::ClientSide { .. } => Severity::Note,
            Self::Found { .. } => Severity::Good,
        }
    }
}
