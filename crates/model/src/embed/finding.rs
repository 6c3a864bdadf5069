//! The findings of a page check, as data. The panel words them.

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
    /// It is inside an `svg` or `math`, where a script has no `src`.
    Svg,
    /// It has `nomodule`, and today's browsers know modules.
    NoModule,
    /// An editor has changed its quotation marks.
    Quotes,
    /// The page consists of frames, and has no body.
    Frames,
    /// It is in another script, which begins on this line and is not closed before it.
    OpenScript(usize),
}

/// An attribute, mostly one that the code does not have, that makes a browser refuse a script under conditions that the HTML does not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AddedAttribute {
    /// `integrity`: the script must have the content that it had when the hash was made.
    Integrity,
    /// `crossorigin`: the chat's server must let the website read the script.
    CrossOrigin,
    /// `type="module"`: the same.
    Module,
    /// The same, in the code too.
    OwnModule,
}

/// One finding. Lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The text contains no markup.
    NoHtml,
    /// Apart from scripts, there is text and no markup: an e-mail that contains the code, for example.
    NotAPage,
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
    /// The part is not in the HTML, but something on the page may load it. Another finding says what.
    NotInHtml {
        /// The part.
        part: Part,
    },
    /// Some of the part is there and some is not.
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
    /// The part's element has an attribute that may stop it.
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
    /// The part is inside a comment of a template, whose pages lack the part.
    TemplateComment {
        /// The part.
        part: Part,
        /// Where it is.
        line: usize,
    },
    /// The page shows a text of the part, which is in none of its elements.
    ShownText {
        /// The part.
        part: Part,
        /// Where the text is.
        line: usize,
        /// The beginning of the text.
        text: String,
    },
    /// The part's line begins with `>`, as lines that an e-mail quotes.
    Quoted {
        /// The part.
        part: Part,
        /// Where it is.
        line: usize,
    },
    /// The part is inside a declarative shadow root, where a script cannot find its own element.
    ShadowRoot {
        /// The part.
        part: Part,
        /// Where it is.
        line: usize,
    },
    /// The page forbids something that the code needs, by a `Content-Security-Policy` in a `meta`.
    Forbidden {
        /// Where the `meta` is.
        line: usize,
        /// The directive that decides: `default-src` if the policy has no more precise one.
        directive: &'static str,
        /// The hosts that have to be allowed; empty for an inline script.
        sources: Vec<String>,
        /// Whether the code needs it for sure.
        is_certain: bool,
        /// Whether the directive ignores hosts because of `'strict-dynamic'`, so that the script needs a nonce.
        needs_nonce: bool,
    },
    /// A script of the page names the part's address, or the page preloads it. Whether it runs, the HTML cannot tell.
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
    /// The code names no domain and arrived before its domain was renamed: it may belong to the former name.
    FormerDomain {
        /// The domain's name at that time.
        former: DomainName,
        /// The domain whose code it is supposed to be.
        domain: DomainName,
    },
    /// Something is missing, and the page loads a tag manager, which may bring it.
    TagManager {
        /// The line where the tag manager is loaded.
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
            | Self::Altered { .. }
            | Self::Forbidden {
                is_certain: true, ..
            } => Severity::Problem,
            Self::NotInHtml { .. }
            | Self::AttributeAdded { .. }
            | Self::NotAPage
            | Self::TemplateComment { .. }
            | Self::Quoted { .. }
            | Self::ShownText { .. }
            | Self::ShadowRoot { .. }
            | Self::Forbidden { .. }
            | Self::SavedCopy { .. }
            | Self::OtherDomain { .. }
            | Self::FormerDomain { .. }
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
