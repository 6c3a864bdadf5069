//! What a person types for a domain, brought into the form that the API wants.
//!
//! People paste whole addresses. What does not belong to the name is taken off and named as a
//! [`Change`], so that the page can say what will be sent. Conversion from other scripts is asked
//! of the caller: a browser knows it already, and its tables would weigh more than the panel.

use switchboard_api::{DomainName, DomainNameError};

/// A domain's name as it will be sent, and what was done to what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainInput {
    /// The name to send.
    pub name: DomainName,
    /// What was changed, in the order in which it was, each once.
    pub changes: Vec<Change>,
}

/// One thing that was done to what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// `https://` or another scheme was taken off (the API wants none, endpoints 6 and 8).
    SchemeRemoved,
    /// What stood before an `@` was taken off.
    CredentialsRemoved,
    /// `www.` was taken off (endpoint 8 wants none).
    WwwRemoved,
    /// `:` and a port were taken off.
    PortRemoved,
    /// A path, a query or a fragment was taken off.
    PathRemoved,
    /// The dot at the end was taken off.
    TrailingDotRemoved,
    /// Capital letters became small ones.
    LowerCased,
    /// White space or invisible characters around it were taken off.
    SpacesRemoved,
    /// It was converted from another script to ASCII.
    Punycode {
        /// The name as it was typed, for people to recognise it by.
        unicode: String,
    },
}

/// Why what was typed is no domain's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DomainInputError {
    /// Nothing was typed, or nothing but what had to be taken off.
    #[error("no domain was typed")]
    Empty,
    /// White space stands inside of the name: often two names.
    #[error("the domain holds white space")]
    InnerSpace,
    /// It holds characters that cannot be converted to ASCII.
    #[error("the domain {unicode:?} cannot be written in ASCII")]
    NotConvertible {
        /// The part that cannot be converted.
        unicode: String,
    },
    /// What is left is not the name of a domain.
    #[error(transparent)]
    NotADomain(#[from] DomainNameError),
}

/// Brings what was typed into the form of a [`DomainName`]. Names of one part, such as `localhost`,
/// and IPv4 addresses are let through: they are hosts for a local test.
///
/// `to_ascii` converts a name that is not ASCII (UTS 46, as browsers do); nothing when it cannot.
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
        // Full-width letters and other dots than ours are plain ones only now.
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

/// The host in what may be a whole address.
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

/// What follows the scheme, also where its slashes were left out or stand alone.
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

/// A host without the dot at its end and the `www.` at its start. `www.com` and `www.localhost`
/// keep theirs: without it no name of a website would be left.
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

/// The text without white space and the invisible characters that are copied along with it.
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
