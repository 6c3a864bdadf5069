//! Explains in words what is wrong with the user's input.

use switchboard_api::{BaseUrlError, DomainNameError, Email, EmailError, TokenError};
use switchboard_model::domain_input::{Change, DomainInput, DomainInputError, normalise};

use crate::browser::idna::to_ascii;
use crate::i18n::{Text, enumeration, t, tf};

/// Explains what is wrong with a base URL.
pub fn base_url_error(error: &BaseUrlError) -> String {
    match error {
        BaseUrlError::Empty => t(Text::BaseUrlEmpty).to_owned(),
        BaseUrlError::MissingScheme { suggestion } => {
            tf(Text::BaseUrlNoScheme, &[("suggestion", suggestion)])
        }
        BaseUrlError::UnsupportedScheme(scheme) => tf(Text::BaseUrlScheme, &[("scheme", scheme)]),
        BaseUrlError::MissingHost => t(Text::BaseUrlNoHost).to_owned(),
        BaseUrlError::HasCredentials => t(Text::BaseUrlCredentials).to_owned(),
        BaseUrlError::HasQueryOrFragment => t(Text::BaseUrlQuery).to_owned(),
        BaseUrlError::InvalidCharacter(' ') => t(Text::BaseUrlSpace).to_owned(),
        BaseUrlError::InvalidCharacter(character) => tf(
            Text::BaseUrlCharacter,
            &[("character", &character.escape_debug().to_string())],
        ),
        BaseUrlError::InvalidPort => t(Text::BaseUrlPort).to_owned(),
    }
}

/// Explains what is wrong with a token, without quoting any part of it.
pub fn token_error(error: TokenError) -> String {
    let text = match error {
        TokenError::Empty => Text::TokenEmpty,
        TokenError::InnerWhitespace => Text::TokenSpace,
        TokenError::InvalidCharacter => Text::TokenCharacter,
    };
    t(text).to_owned()
}

/// Parses an e-mail address, or explains what is wrong with it.
pub fn email(typed: &str) -> Result<Email, String> {
    typed.parse().map_err(|error: EmailError| {
        let text = match error {
            EmailError::Empty => Text::EmailEmpty,
            EmailError::MissingAt => Text::EmailNoAt,
            EmailError::MissingLocalPart => Text::EmailNoLocalPart,
            EmailError::MissingDomain => Text::EmailNoDomain,
            EmailError::Whitespace => Text::EmailSpace,
            EmailError::MoreThanOneAt => Text::EmailTwoAts,
        };
        t(text).to_owned()
    })
}

/// Normalises a typed domain, or explains what is wrong with it.
pub fn domain(typed: &str) -> Result<DomainInput, String> {
    normalise(typed, to_ascii).map_err(|error| domain_error(&error))
}

/// Explains what is wrong with a typed domain.
pub fn domain_error(error: &DomainInputError) -> String {
    let not_a_domain = match error {
        DomainInputError::Empty => return t(Text::DomainEmpty).to_owned(),
        DomainInputError::InnerSpace => return t(Text::DomainSpace).to_owned(),
        DomainInputError::NotConvertible { unicode } => {
            return tf(Text::DomainNotConvertible, &[("name", unicode)]);
        }
        DomainInputError::NotADomain(error) => error,
    };
    match not_a_domain {
        DomainNameError::Empty => t(Text::DomainEmpty).to_owned(),
        DomainNameError::InvalidCharacter(character) => tf(
            Text::DomainCharacter,
            &[("character", &character.escape_debug().to_string())],
        ),
        DomainNameError::EmptyLabel => t(Text::DomainEmptyPart).to_owned(),
        DomainNameError::HyphenAtEdge(part) => tf(Text::DomainHyphen, &[("part", part)]),
        DomainNameError::LabelTooLong(part) => tf(Text::DomainPartTooLong, &[("part", part)]),
        DomainNameError::TooLong(_) => t(Text::DomainTooLong).to_owned(),
    }
}

/// Lists what was changed in a typed domain before it is sent. Empty if it is sent as typed.
pub fn domain_changes(input: &DomainInput) -> String {
    let words: Vec<&str> = input
        .changes
        .iter()
        .map(|change| {
            t(match change {
                Change::SchemeRemoved => Text::ChangeScheme,
                Change::CredentialsRemoved => Text::ChangeCredentials,
                Change::WwwRemoved => Text::ChangeWww,
                Change::PortRemoved => Text::ChangePort,
                Change::PathRemoved => Text::ChangePath,
                Change::TrailingDotRemoved => Text::ChangeDot,
                Change::LowerCased => Text::ChangeCase,
                Change::SpacesRemoved => Text::ChangeSpaces,
                Change::Punycode { .. } => Text::ChangePunycode,
            })
        })
        .collect();
    enumeration(&words)
}
