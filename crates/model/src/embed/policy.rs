//! Derives what a site's `Content-Security-Policy` has to allow for a code.

use std::fmt;

use switchboard_api::EmbedCode;

use super::address::Scheme;
use super::snippet::{Piece, pieces};
use super::source::{Source, Use, hosts};

/// A directive of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DirectiveName {
    /// `script-src`.
    Script,
    /// `connect-src`.
    Connect,
    /// `style-src`.
    Style,
    /// `img-src`.
    Image,
    /// `frame-src`.
    Frame,
}

impl DirectiveName {
    const ALL: [Self; 5] = [
        Self::Script,
        Self::Connect,
        Self::Style,
        Self::Image,
        Self::Frame,
    ];

    /// Returns the directive's name as written in a policy.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Script => "script-src",
            Self::Connect => "connect-src",
            Self::Style => "style-src",
            Self::Image => "img-src",
            Self::Frame => "frame-src",
        }
    }
}

/// What a policy has to allow under one directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The directive.
    pub name: DirectiveName,
    /// The sources, each once.
    pub sources: Vec<String>,
    /// The inline scripts of the code, unchanged: the policy has to allow each by a nonce or by the hash of this
    /// text. Only under `script-src`.
    pub inline_scripts: Vec<String>,
}

impl fmt::Display for Directive {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.name.as_str(), self.sources.join(" "))
    }
}

/// Returns what a policy has to allow for a code, by directive; leaves out directives without sources.
///
/// Derived from the code alone: its scripts are expected to connect, also by web socket, to the hosts that they come
/// from. What they load from elsewhere at run time cannot be known.
#[must_use]
pub fn content_security_policy(code: &EmbedCode) -> Vec<Directive> {
    let sources = hosts(code);
    let inline_scripts: Vec<String> = [&code.link, &code.socket_link]
        .into_iter()
        .flat_map(|snippet| pieces(snippet))
        .filter_map(|piece| match piece {
            Piece::Inline(text) => Some(text),
            _ => None,
        })
        .collect();
    DirectiveName::ALL
        .into_iter()
        .map(|name| {
            let mut needed: Vec<String> = Vec::new();
            for source in sources.iter().flat_map(|source| allowed(name, source)) {
                if !needed.contains(&source) {
                    needed.push(source);
                }
            }
            Directive {
                name,
                sources: needed,
                inline_scripts: match name {
                    DirectiveName::Script => inline_scripts.clone(),
                    _ => Vec::new(),
                },
            }
        })
        .filter(|directive| !directive.sources.is_empty() || !directive.inline_scripts.is_empty())
        .collect()
}

/// Returns the sources that a directive needs for one source of the code.
fn allowed(name: DirectiveName, source: &Source) -> Vec<String> {
    let origin = source.origin();
    let is_needed = match name {
        DirectiveName::Script => matches!(source.used_as, Use::Script | Use::Named),
        DirectiveName::Style => source.used_as == Use::Style,
        DirectiveName::Image => source.used_as == Use::Image,
        DirectiveName::Frame => source.used_as == Use::Frame,
        DirectiveName::Connect => {
            return match source.used_as {
                Use::Script | Use::Named => vec![origin, socket_origin(source)],
                Use::Connection => vec![origin],
                Use::Style | Use::Image | Use::Frame => Vec::new(),
            };
        }
    };
    if is_needed { vec![origin] } else { Vec::new() }
}

/// Returns the web socket's origin for a script's. A policy's `https` does not cover `wss`.
fn socket_origin(source: &Source) -> String {
    let scheme = match source.scheme {
        Some(Scheme::Http | Scheme::Ws) => Scheme::Ws,
        Some(Scheme::Https | Scheme::Wss) | None => Scheme::Wss,
    };
    format!("{scheme}://{}", source.host_and_port())
}

/// Returns the directives as one text, to be merged into a site's policy. Leaves out a directive that has only inline
/// scripts, because an empty directive would forbid everything.
#[must_use]
pub fn policy_text(directives: &[Directive]) -> String {
    let directives: Vec<String> = directives
        .iter()
        .filter(|directive| !directive.sources.is_empty())
        .map(ToString::to_string)
        .collect();
    directives.join("; ")
}
