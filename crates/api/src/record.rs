//! Records: objects with known fields, read so leniently that only an object of another kind is refused.
//!
//! Unknown fields are ignored, missing ones get a default, and a field of an unexpected shape is kept as text if that
//! makes sense. All payloads that are records or lists of records are read here.

use std::borrow::Cow;

use crate::{DomainName, Email, PersonName, Secret, Tristate, UntypedJson, json};

/// A type that is read from an object's fields.
pub(crate) trait Record: Sized {
    /// The name of one in an error message, with its article.
    const KIND: &'static str;
    /// The names of its fields. An object without any of them is something else.
    const FIELDS: &'static [&'static str];

    /// Reads the fields that are there.
    fn from_fields(fields: &Fields<'_>) -> Self;
}

/// The fields of one object.
pub(crate) struct Fields<'a>(Vec<json::Member<'a>>);

impl<'a> Fields<'a> {
    /// Returns the fields of a record of type `R`; `None` if the value is no such record.
    fn of<R: Record>(json: &'a str) -> Option<Self> {
        Self::of_members::<R>(json::members(json)?)
    }

    fn of_members<R: Record>(members: Vec<json::Member<'a>>) -> Option<Self> {
        let is_ours = |(name, _): &json::Member<'_>| R::FIELDS.contains(&name.as_ref());
        members.iter().any(is_ours).then_some(Self(members))
    }

    /// Returns the field's JSON. The last of several fields with the same name counts, as in a browser; null counts
    /// as missing.
    pub(crate) fn raw(&self, name: &str) -> Option<&'a str> {
        self.0
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| *value)
            .filter(|value| *value != "null")
    }

    /// Returns the field as plain text; empty if it is missing.
    pub(crate) fn text(&self, name: &str) -> Cow<'a, str> {
        self.raw(name).map(json::plain).unwrap_or_default()
    }

    /// Returns the field if it is a string, else an empty text: for values that are useless in another form.
    pub(crate) fn only_text(&self, name: &str) -> String {
        let text = self.raw(name).filter(|raw| raw.starts_with('"'));
        text.map(json::plain).unwrap_or_default().into_owned()
    }

    pub(crate) fn flag(&self, name: &str) -> Tristate {
        Tristate::as_received(&self.text(name))
    }

    pub(crate) fn email(&self, name: &str) -> Email {
        Email::as_received(self.text(name).into_owned())
    }

    pub(crate) fn domain_name(&self, name: &str) -> DomainName {
        DomainName::as_received(self.text(name).into_owned())
    }

    pub(crate) fn person_name(&self, name: &str) -> PersonName {
        self.raw(name)
            .map(PersonName::from_json)
            .unwrap_or_default()
    }

    pub(crate) fn open(&self, name: &str) -> UntypedJson {
        self.raw(name)
            .map(UntypedJson::from_json)
            .unwrap_or_default()
    }

    /// Returns a secret, if the field has one.
    pub(crate) fn secret(&self, name: &str) -> Option<Secret> {
        Some(Secret::new(self.text(name))).filter(|secret| !secret.is_empty())
    }

    /// Returns a list inside a record, without elements that are no `R`.
    pub(crate) fn records<R: Record>(&self, name: &str) -> Vec<R> {
        let elements = self.elements::<R>(name).unwrap_or_default();
        elements.into_iter().filter_map(read).collect()
    }

    /// Returns the elements of a list inside a record; `None` if there is no list.
    pub(crate) fn elements<R: Record>(&self, name: &str) -> Option<Vec<&'a str>> {
        self.raw(name).and_then(items::<R>)
    }
}

/// Reads a payload that is one record; accepts a list with one element.
pub(crate) fn record<R: Record>(message: &str) -> Result<R, String> {
    let only = json::elements(message)
        .filter(|elements| elements.len() == 1)
        .map(|elements| elements[0]);
    read(only.unwrap_or(message)).ok_or_else(|| format!("{} was expected", R::KIND))
}

/// Reads a payload that is a list of records. Ignores elements that are none, but if all are, fails.
pub(crate) fn records<R: Record>(message: &str) -> Result<Vec<R>, String> {
    let mut reading = Reading::of(message)?;
    reading.go_on(usize::MAX);
    reading.finish()
}

/// Does the same as [`records`] in time slices.
pub(crate) async fn records_in_slices<R: Record>(
    message: &str,
    pause: &impl AsyncFn(),
) -> Result<Vec<R>, String> {
    let mut reading = Reading::of(message)?;
    while reading.go_on(SLICE) {
        pause().await;
    }
    reading.finish()
}

/// The number of elements read between two pauses: they take far less than a millisecond.
const SLICE: usize = 100;

/// The state of reading a list of records.
struct Reading<'a, R> {
    message: &'a str,
    elements: Elements<'a>,
    found: usize,
    records: Vec<R>,
}

enum Elements<'a> {
    /// Of an array.
    Walk(json::Walk<'a>),
    /// A list in another form.
    Listed(std::vec::IntoIter<&'a str>),
}

impl<'a, R: Record> Reading<'a, R> {
    fn of(message: &'a str) -> Result<Self, String> {
        let elements = match json::Walk::along(message) {
            Some(walk) => Elements::Walk(walk),
            None => Elements::Listed(items::<R>(message).ok_or_else(no_list::<R>)?.into_iter()),
        };
        Ok(Self {
            message,
            elements,
            found: 0,
            records: Vec::new(),
        })
    }

    /// Reads up to `count` more elements. Returns whether there may be more.
    fn go_on(&mut self, count: usize) -> bool {
        for _ in 0..count {
            let fields = match &mut self.elements {
                Elements::Walk(walk) => match walk.next() {
                    Some(json::Step::Object(members)) => Fields::of_members::<R>(members),
                    Some(json::Step::Other) => None,
                    None if walk.is_broken() && self.starts_over() => continue,
                    None => return false,
                },
                Elements::Listed(items) => match items.next() {
                    Some(json) => Fields::of::<R>(json),
                    None => return false,
                },
            };
            self.found += 1;
            self.records
                .extend(fields.map(|fields| R::from_fields(&fields)));
        }
        true
    }

    /// Starts again with the elements that the full parser finds. Returns false if that fails too.
    fn starts_over(&mut self) -> bool {
        let Some(elements) = json::elements(self.message) else {
            return false;
        };
        self.elements = Elements::Listed(elements.into_iter());
        self.found = 0;
        self.records.clear();
        true
    }

    fn finish(self) -> Result<Vec<R>, String> {
        if matches!(&self.elements, Elements::Walk(walk) if walk.is_broken()) {
            return Err(no_list::<R>());
        }
        if self.records.is_empty() && self.found > 0 {
            let found = self.found;
            return Err(format!(
                "none of the list's {found} elements is {}",
                R::KIND
            ));
        }
        Ok(self.records)
    }
}

fn no_list<R: Record>() -> String {
    format!("a list was expected, each element {}", R::KIND)
}

fn read<R: Record>(json: &str) -> Option<R> {
    Fields::of::<R>(json).map(|fields| R::from_fields(&fields))
}

/// Returns the elements of a list in any form: an array, a single record, or null for an empty list. An object may be
/// keyed by index, or contain the list under a name.
fn items<R: Record>(json: &str) -> Option<Vec<&str>> {
    let json = json.trim();
    if json == "null" {
        return Some(Vec::new());
    }
    if let Some(elements) = json::elements(json) {
        return Some(elements);
    }
    let members = json::members(json)?;
    if members
        .iter()
        .any(|(name, _)| R::FIELDS.contains(&name.as_ref()))
    {
        return Some(vec![json]);
    }
    Some(
        members
            .into_iter()
            .flat_map(|(_, value)| json::elements(value).unwrap_or_else(|| vec![value]))
            .collect(),
    )
}
