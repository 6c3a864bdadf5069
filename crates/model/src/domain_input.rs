//! Normalises what a user types for a domain into the form that the API accepts.
//!
//! Users paste whole addresses. What is not part of the name is removed and reported as a [`Change`], so that the
//! page can say what will be sent. The caller converts other scripts: a browser can do that already, and the tables
//! would weigh more than the panel.

use switchboard_api::{DomainName, DomainNameError};

/// A domain's name as it will be sent, and how it differs from what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainInput {
    /// The name to send.
    pub name: DomainName,
    /// The changes in order, each once.
    pub changes: Vec<Change>,
}

/// One change of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Removed `https://` or another scheme (the API accepts none, endpoints 6 and 8).
    SchemeRemoved,
    /// Removed the text before an `@`.
    CredentialsRemoved,
    /// Removed `www.` (endpoint 8 accepts none).
    WwwRemoved,
    /// Removed `:` and a port.
    PortRemoved,
    /// Removed a path, a query or a fragment.
    PathRemoved,
    /// Removed the dot at the end.
    TrailingDotRemoved,
    /// Converted capital letters to lower case.
    LowerCased,
    /// Removed white space or invisible characters around it.
    SpacesRemoved,
    /// Converted it from another script to ASCII.
    Punycode {
        /// The name as typed, so that users recognise it.
        unicode: String,
    },
}

/// Why the input is not a domain's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DomainInputError {
    /// The input is empty, or only contains what has to be removed.
    #[error("no domain was typed")]
    Empty,
    /// There is white space inside the name: often two names.
    #[error("the domain holds white space")]
    InnerSpace,
    /// It contains characters that cannot be converted to ASCII.
    #[error("the domain {unicode:?} cannot be written in ASCII")]
    NotConvertible {
        /// The part that cannot be converted.
        unicode: String,
    },
    /// The rest is not the name of a domain.
    #[error(transparent)]
    NotADomain(#[from] DomainNameError),
}

/// Normalises the input to a [`DomainName`]. Accepts single-label names, such as `localhost`, and IPv4 addresses, for
/// local tests.
///
/// `to_ascii` converts a name that is not ASCII (UTS 46, as browsers do); it returns `None` if it cannot.
///
/// # Errors
/// A [`DomainInputError`] that says what is wrong with it.
pub fn normalise(
    typed: &str,
    to_ascii: impl Fn(&str) -> Option<String>,
) -> Result<DomainInput, DomainInputError> {
    let mut changes = Vec::new();
    let host = host_in(typed, &mut changes);
    if host.is_empty() {
        return Err(DomainInputError::Empty);
    }
    if host.contains(char::is_whitespace) {
        return Err(DomainInputError::InnerSpace);
    }
    let mut name = bare(host, &mut changes).to_owned();
    if !name.is_ascii() {
        let ascii = to_ascii(&name).ok_or_else(|| DomainInputError::NotConvertible {
            unicode: name.clone(),
        })?;
        note(&mut changes, Change::Punycode { unicode: name });
        // The conversion may have turned full-width letters and other dots into plain ones.
        name = bare(&ascii, &mut changes).to_owned();
    }
    if name.contains(|c: char| c.is_ascii_uppercase()) {
        note(&mut changes, Change::LowerCased);
        name.make_ascii_lowercase();
    }
    Ok(DomainInput {
        name: name.parse()?,
        changes,
    })
}

/// Returns the host in what may be a whole address.
fn host_in<'a>(typed: &'a str, changes: &mut Vec<Change>) -> &'a str {
    let address = trimmed(typed, changes);
    let rest = after_scheme(address);
    if rest.len() < address.len() {
        note(changes, Change::SchemeRemoved);
    }
    let authority = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    if authority.len() < rest.len() {
        note(changes, Change::PathRemoved);
    }
    let host_and_port = authority.rsplit('@').next().unwrap_or(authority);
    if host_and_port.len() < authority.len() {
        note(changes, Change::CredentialsRemoved);
    }
    let host = match host_and_port.split_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => {
            note(changes, Change::PortRemoved);
            host
        }
        _ => host_and_port,
    };
    trimmed(host, changes)
}

/// Returns the text after the scheme, even if its slashes are missing or there is no scheme.
fn after_scheme(address: &str) -> &str {
    if let Some((scheme, rest)) = address.split_once(':') {
        let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
        if is_web || (is_scheme && rest.starts_with("//")) {
            return rest.trim_start_matches('/');
        }
    }
    address.strip_prefix("//").unwrap_or(address)
}

/// Removes a trailing dot and a leading `www.`. `www.com` and `www.localhost` keep theirs, because the rest would not
/// be the name of a website.
fn bare<'a>(host: &'a str, changes: &mut Vec<Change>) -> &'a str {
    let mut name = host;
    if let Some(rest) = name.strip_suffix('.') {
        note(changes, Change::TrailingDotRemoved);
        name = rest;
    }
    while let Some((www, rest)) = name.split_once('.')
        && www.eq_ignore_ascii_case("www")
        && rest.contains('.')
    {
        note(changes, Change::WwwRemoved);
        name = rest;
    }
    name
}

/// Removes surrounding white space and the invisible characters that are copied along with a name.
fn trimmed<'a>(text: &'a str, changes: &mut Vec<Change>) -> &'a str {
    let is_invisible = |c| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
    if trimmed.len() < text.len() {
        note(changes, Change::SpacesRemoved);
    }
    trimmed
}

fn note(changes: &mut Vec<Change>, change: Change) {
    if !changes.contains(&change) {
        changes.push(change);
    }
}
