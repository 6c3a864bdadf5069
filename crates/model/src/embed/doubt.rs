//! Reasons why two pasted texts may not be the embed code of a domain. None of them blocks saving, because both
//! snippets are opaque.

use switchboard_api::{BaseUrl, DomainName, EmbedCode};

use super::finding::{Inert, Part};
use super::named::names;
use super::page::walk;
use super::sighting::How;
use super::snippet::{Piece, pieces};
use super::source::{hosts, unexpected_hosts};

/// A reason to check the pasted code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The part is empty.
    Missing {
        /// The part.
        part: Part,
    },
    /// The text contains neither markup nor an address.
    NoCode {
        /// The part.
        part: Part,
    },
    /// The part is the HTML of a whole page, not the code in it.
    WholePage {
        /// The part.
        part: Part,
    },
    /// Browsers do not run the part as it is.
    Faulty {
        /// The part.
        part: Part,
        /// Why not.
        fault: Fault,
    },
    /// Both texts are the same.
    Same,
    /// They load from hosts that are not the connection's ([`unexpected_hosts`]).
    OtherHosts {
        /// The hosts, each once.
        hosts: Vec<String>,
    },
    /// Neither names the domain, so they may belong to another one.
    DomainNotNamed,
}

/// Why browsers do not run a snippet, or may not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is in a part that has no effect, or an editor has changed it.
    Inert(Inert),
    /// A script has this type or attribute.
    HeldBack(String),
    /// It ends inside a tag, a comment or a script.
    CutOff,
    /// Lines begin with `>`, as in a quoted e-mail.
    Quoted,
    /// It contains markup, but no script or other element that browsers recognise.
    Unreadable,
    /// It is a module, which depends on the chat's server.
    Module,
}

/// Returns why browsers do not run a snippet as it is. Returns `None` for a text without markup, which does not run in
/// a page either, but is not faulty.
#[must_use]
pub fn fault(snippet: &str) -> Option<Fault> {
    let pieces = pieces(snippet);
    let is_text = |piece: &Piece| match piece {
        Piece::Element(_) | Piece::Text(_) => false,
        Piece::Inline(text) => text == snippet && !snippet.trim_start().starts_with('<'),
        Piece::Bare { .. } => true,
    };
    if snippet.trim().is_empty() || pieces.iter().any(is_text) {
        return None;
    }
    // The pieces are those of the code that the vendor sent. The snippet, read as a page, shows what became of them.
    let page = walk(snippet, &pieces);
    if page.unclosed.is_some() {
        return Some(Fault::CutOff);
    }
    if pieces.is_empty() {
        return Some(Fault::Unreadable);
    }
    if page.sightings.iter().any(|seen| seen.is_quoted) {
        return Some(Fault::Quoted);
    }
    let is_whole = |at: usize| {
        let mut of_piece = page.sightings.iter().filter(|seen| seen.piece == at);
        of_piece.any(|seen| matches!(&seen.how, How::Whole { changed, .. } if changed.is_empty()))
    };
    let runs = (0..pieces.len()).any(is_whole);
    for (at, piece) in pieces.iter().enumerate().filter(|(at, _)| !is_whole(*at)) {
        let is_inline = matches!(piece, Piece::Inline(_));
        let seen = page.sightings.iter().find(|seen| seen.piece == at);
        return Some(match seen.map(|seen| &seen.how) {
            // Data for another script of the snippet, or a script for old browsers beside it.
            Some(How::HeldBack(_) | How::Inert(Inert::NoModule)) if is_inline && runs => continue,
            Some(How::HeldBack(by)) => Fault::HeldBack(by.clone()),
            Some(How::Inert(why)) => Fault::Inert(*why),
            Some(How::Whole { .. }) => Fault::Inert(Inert::Quotes),
            _ => Fault::Unreadable,
        });
    }
    let is_module = |piece: &Piece| matches!(piece, Piece::Element(element) if element.name == "script" && element.is_module());
    pieces.iter().any(is_module).then_some(Fault::Module)
}

/// Returns the reasons to doubt that these texts are the code of this domain; none if both are empty.
#[must_use]
pub fn doubts(code: &EmbedCode, domain: &DomainName, base_url: &BaseUrl) -> Vec<Doubt> {
    let parts = [
        (Part::Link, &code.link),
        (Part::SocketLink, &code.socket_link),
    ];
    let mut doubts = Vec::new();
    if parts.iter().all(|(_, text)| text.trim().is_empty()) {
        return doubts;
    }
    for (part, text) in parts {
        if text.trim().is_empty() {
            doubts.push(Doubt::Missing { part });
        } else if !text.contains('<') && hosts(&alone(text)).is_empty() {
            doubts.push(Doubt::NoCode { part });
        } else if is_whole_page(text) {
            doubts.push(Doubt::WholePage { part });
        } else if let Some(fault) = fault(text) {
            doubts.push(Doubt::Faulty { part, fault });
        }
    }
    if code.link.trim() == code.socket_link.trim() {
        doubts.push(Doubt::Same);
    }
    let hosts = unexpected_hosts(code, base_url);
    if !hosts.is_empty() {
        doubts.push(Doubt::OtherHosts { hosts });
    }
    if !parts.into_iter().any(|(_, text)| names(text, domain)) {
        doubts.push(Doubt::DomainNotNamed);
    }
    doubts
}

/// Returns whether a text has what only a whole page has.
fn is_whole_page(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let tags = ["<!doctype", "<html", "<head>", "<body"];
    tags.iter().any(|tag| text.contains(tag))
}

/// Returns one snippet as a code of its own.
fn alone(snippet: &str) -> EmbedCode {
    EmbedCode {
        link: snippet.to_owned(),
        socket_link: String::new(),
    }
}
