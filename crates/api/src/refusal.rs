//! What the words of a refusal say beyond doubt.
//!
//! The reference does not describe refusals, so their words have to tell (ground rules, "failure"). Names of people, companies
//! and domains are part of such texts. So a text counts only when *every* word of a clause is known here: "Invalid token" does,
//! "Token Ltd already exists" does not.

use crate::{ApiError, DomainName, Email, FieldError};

/// What was looked up with endpoint 3 or 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought<'a> {
    /// A domain, by its name.
    Domain(&'a DomainName),
    /// An operator or another user, by their address.
    Operator(&'a Email),
}

/// What a look-up that failed says of the thing that was looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// The API says in so many words that there is no such thing.
    Certain,
    /// Anything else: the thing may be there.
    NotSaid,
}

impl ApiError {
    /// Whether a failed look-up shows that what was sought is not there. Only a refusal in the API's own envelope counts, and only
    /// one that says nothing else.
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
        // A server that failed says so whatever its envelope says. With 404 it may be the path that is not there.
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

    /// Whether the API refused to add something because it is there already.
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

/// Whether a refusal is about the right to call at all.
pub(crate) fn speaks_of_authorisation(field_errors: &[FieldError]) -> bool {
    field_errors.iter().any(|field_error| {
        let about = field_error.field.as_deref().map(str::to_ascii_lowercase);
        let clauses = clauses(&field_error.text);
        match about.as_deref() {
            None => clauses
                .into_iter()
                .any(|clause| is_about_the_token(&words(clause, None))),
            // What is said of the token's own parameter.
            Some(field) if is_token(field) => clauses.into_iter().any(|clause| {
                let mut words = words(clause, None);
                words.insert(0, field.to_owned());
                is_about_the_token(&words)
            }),
            // What is said of another parameter may quote what a person typed.
            Some(_) => false,
        }
    })
}

/// Words that say by themselves that a call is not allowed.
const UNAUTHORISED: &str = "unauthorized unauthorised unauthenticated";

/// Words that name what a call is authenticated by.
const CREDENTIALS: &str = "token tokens apitoken authorization authorisation authorized authorised authenticated \
    authentication jwt";

/// Words that say what is wrong with it.
const FAULTS: &str = "invalid missing expired required wrong incorrect bad not no revoked failed failure \
    denied malformed absent unknown mismatch";

/// Words that add nothing.
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

/// Words that a sentence about what is not there is made of, beside what was sought.
const ABSENCE: &str = "the a an this that any with of for by is was be in on name given requested specified \
    such sorry error record records data details entry exist exists existing found find \
    known unknown available registered id code we";

/// Words that deny.
const DENIALS: &str =
    "not no doesn't does do don't could couldn't can cannot can't isn't wasn't did";

/// Words that say, denied, that something is not there.
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
    // A code such as DOMAIN_NOT_FOUND is a sentence as well.
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

/// An HTTP status that the API repeats in its words: it says no more than the other words do.
fn is_code_404(field_error: &FieldError) -> bool {
    field_error.text == "404"
}

/// Stands in for what was looked up.
const KEY: &str = "\u{0}";

/// The parts of a text between full stops and the like; a point inside of a word parts nothing.
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

/// The words of a text in lower case, without the punctuation around them; `key` becomes [`KEY`].
fn words(text: &str, key: Option<&str>) -> Vec<String> {
    let word = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_key = key.is_some_and(|key| word.eq_ignore_ascii_case(key));
        if is_key {
            KEY.to_owned()
        } else {
            word.to_lowercase().replace('’', "'")
        }
    };
    let words = text.split_whitespace().map(word);
    words.filter(|word| !word.is_empty()).collect()
}
