//! Interprets the messages of refusals, as far as they are unambiguous.
//!
//! The reference does not describe refusals, so their words have to be interpreted (ground rules, "failure"). Such
//! texts may contain names of people, companies and domains. So a text counts only if *every* word of a clause is
//! known here: "Invalid token" does, "Token Ltd already exists" does not.

use crate::{ApiError, DomainName, Email, FieldError};

/// The object of a look-up with endpoint 3 or 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought<'a> {
    /// A domain, by its name.
    Domain(&'a DomainName),
    /// An operator or another user, by their address.
    Operator(&'a Email),
}

/// What a failed look-up says about its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// The API states explicitly that it does not exist.
    Certain,
    /// Anything else: it may exist.
    NotSaid,
}

impl ApiError {
    /// Returns whether a failed look-up shows that its object does not exist. Only a refusal in the API's own
    /// envelope counts, and only one that says nothing else.
    #[must_use]
    pub fn absence(&self, sought: Sought<'_>) -> Absence {
        let Self::Refused {
            field_errors,
            http_status,
            ..
        } = self
        else {
            return Absence::NotSaid;
        };
        // A failed server proves nothing, whatever its envelope says. With 404 the path itself may be missing.
        let needs_subject = *http_status == 404;
        if *http_status >= 500 || field_errors.is_empty() {
            return Absence::NotSaid;
        }
        let mut said = field_errors
            .iter()
            .filter(|one| !is_code_404(one))
            .peekable();
        if said.peek().is_some() && said.all(|one| says_absent(one, sought, needs_subject)) {
            Absence::Certain
        } else {
            Absence::NotSaid
        }
    }

    /// Returns whether the API refused to add something because it exists already.
    #[must_use]
    pub fn says_it_exists(&self) -> bool {
        let Self::Refused { field_errors, .. } = self else {
            return false;
        };
        field_errors.iter().any(|field_error| {
            let words = words(&field_error.text, None);
            let has = |word: &str| words.iter().any(|one| one == word);
            let denies = has("not") || has("no") || words.iter().any(|one| one.ends_with("n't"));
            !denies
                && ["exist", "exists", "already", "taken", "duplicate"]
                    .into_iter()
                    .any(has)
        })
    }
}

/// Returns whether a refusal is about the token.
pub(crate) fn speaks_of_authorisation(field_errors: &[FieldError]) -> bool {
    field_errors.iter().any(|field_error| {
        let about = field_error.field.as_deref().map(str::to_ascii_lowercase);
        let clauses = clauses(&field_error.text);
        match about.as_deref() {
            None => clauses
                .into_iter()
                .any(|clause| is_about_the_token(&words(clause, None))),
            // A message about the token's own parameter.
            Some(field) if is_token(field) => clauses.into_iter().any(|clause| {
                let mut words = words(clause, None);
                words.insert(0, field.to_owned());
                is_about_the_token(&words)
            }),
            // A message about another parameter may quote what a user typed.
            Some(_) => false,
        }
    })
}

/// Words that alone say that a call is not authorised.
const UNAUTHORISED: &str = "unauthorized unauthorised unauthenticated";

/// Words that name a credential.
const CREDENTIALS: &str = "token tokens apitoken authorization authorisation authorized authorised authenticated \
    authentication jwt";

/// Words that say what is wrong with a credential.
const FAULTS: &str = "invalid missing expired required wrong incorrect bad not no revoked failed failure \
    denied malformed absent unknown mismatch";

/// Words without meaning of their own.
const FILLERS: &str = "the a an your this that is are was has been have or and of in to for with please again \
    you user access api request header headers error provided given supplied sent specified \
    valid found match does log login sign session security check";

fn lists(words: &str, word: &str) -> bool {
    words.split(' ').any(|one| one == word)
}

fn is_token(word: &str) -> bool {
    lists(CREDENTIALS, word) || word.ends_with("_token") || word.ends_with("-token")
}

fn is_about_the_token(words: &[String]) -> bool {
    let is_unauthorised = words.iter().any(|word| lists(UNAUTHORISED, word));
    let is_faulty = words.iter().any(|word| lists(FAULTS, word));
    let is_of_a_token = words.iter().any(|word| is_token(word));
    let knows_all = words.iter().all(|word| {
        lists(UNAUTHORISED, word) || is_token(word) || lists(FAULTS, word) || lists(FILLERS, word)
    });
    knows_all && (is_unauthorised || (is_faulty && is_of_a_token))
}

/// The words of a sentence about a missing object, except for the object itself.
const ABSENCE: &str = "the a an this that any with of for by is was be in on name given requested specified \
    such sorry error record records data details entry exist exists existing found find \
    known unknown available registered id code we";

/// Words of negation.
const DENIALS: &str =
    "not no doesn't does do don't could couldn't can cannot can't isn't wasn't did";

/// Words that, negated, say that an object does not exist.
const PRESENT: &str = "exist exists existing found find known registered such record records";

fn says_absent(field_error: &FieldError, sought: Sought<'_>, needs_subject: bool) -> bool {
    let (key, nouns) = match sought {
        Sought::Domain(name) => (name.as_str(), "domain domains website site"),
        Sought::Operator(email) => (
            email.as_str(),
            "operator operators user users email e-mail address",
        ),
    };
    let words = words(&field_error.text, Some(key));
    // A code such as DOMAIN_NOT_FOUND counts as a sentence too.
    let parts = words.iter().flat_map(|word| word.split('_'));
    let mut said: Vec<String> = parts.map(str::to_owned).collect();
    said.extend(field_error.field.as_deref().map(str::to_ascii_lowercase));
    let has = |word: &str| said.iter().any(|one| one == word);
    let names_it = said.iter().any(|word| word == KEY || lists(nouns, word));
    let knows_all = said.iter().all(|word| {
        word == KEY || lists(nouns, word) || lists(ABSENCE, word) || lists(DENIALS, word)
    });
    let denies = ["not", "no", "cannot"].into_iter().any(has)
        || said.iter().any(|word| word.ends_with("n't"));
    let is_absent = (names_it && has("unknown")) || (denies && PRESENT.split(' ').any(has));
    knows_all && is_absent && (names_it || !needs_subject)
}

/// Returns whether a message only repeats the HTTP status.
fn is_code_404(field_error: &FieldError) -> bool {
    field_error.text == "404"
}

/// The placeholder for the object of the look-up.
const KEY: &str = "\u{0}";

/// Splits a text at full stops and the like; a dot inside a word does not split.
fn clauses(text: &str) -> Vec<&str> {
    let mut clauses = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next();
        let ends = matches!(c, '!' | '?' | ';' | '\n')
            || (matches!(c, '.' | ':') && after.is_none_or(char::is_whitespace));
        if ends {
            clauses.push(&text[from..at]);
            from = at + c.len_utf8();
        }
    }
    clauses.push(&text[from..]);
    clauses
}

/// Returns the words of a text in lower case, without surrounding punctuation; `key` becomes [`KEY`].
fn words(text: &str, key: Option<&str>) -> Vec<String> {
    let word = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_key = key.is_some_and(|key| word.eq_ignore_ascii_case(key));
        if is_key {
            KEY.to_owned()
        } else {
            // The words to compare with are ASCII; Unicode's tables would add 2 kB to the first load.
            word.to_ascii_lowercase().replace('’', "'")
        }
    };
    let words = text.split_whitespace().map(word);
    words.filter(|word| !word.is_empty()).collect()
}
