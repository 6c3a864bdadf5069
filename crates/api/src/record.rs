//! Records: objects whose fields are known, read so that nothing but an object of another kind is
//! refused.
//!
//! Unknown fields are ignored, missing ones default, a field of an unexpected shape is kept as text
//! where text makes sense. Payloads that are records or lists of records are all read here.

use std::borrow::Cow;

use crate::{DomainName, Email, PersonName, Secret, Tristate, UntypedJson, json};

/// A type that is read from an object's fields.
pub(crate) trait Record: Sized {
    /// What one is called in an error, with its article.
    const KIND: &'static str;
    /// The names of its fields. An object that has none of them is something else.
    const FIELDS: &'static [&'static str];

    /// Reads what is there.
    fn from_fields(fields: &Fields<'_>) -> Self;
}

/// The fields of one object.
pub(crate) struct Fields<'a>(Vec<json::Member<'a>>);

impl<'a> Fields<'a> {
    /// The fields of a record of type `R`; nothing when the value is no such record.
    fn of<R: Record>(json: &'a str) -> Option<Self> {
        Self::of_members::<R>(json::members(json)?)
    }

    fn of_members<R: Record>(members: Vec<json::Member<'a>>) -> Option<Self> {
        let is_ours = |(name, _): &json::Member<'_>| R::FIELDS.contains(&name.as_ref());
        members.iter().any(is_ours).then_some(Self(members))
    }

    /// The field's JSON. Of two fields with one name the last counts, as in a browser; null is as
    /// good as missing.
    pub(crate) fn raw(&self, name: &str) -> Option<&'a str> {
        self.0
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| *value)
            .filter(|value| *value != "null")
    }

    /// The field as plain text; empty when there is none.
    pub(crate) fn text(&self, name: &str) -> Cow<'a, str> {
        self.raw(name).map(json::plain).unwrap_or_default()
    }

    /// The field where it came as a text, and empty where it came as anything else: for what is worth nothing in another form.
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

    /// A secret, when there is one to keep.
    pub(crate) fn secret(&self, name: &str) -> Option<Secret> {
        Some(Secret::new(self.text(name))).filter(|secret| !secret.is_empty())
    }

    /// A list inside a record; what is no `R` in it is left out.
    pub(crate) fn records<R: Record>(&self, name: &str) -> Vec<R> {
        let elements = self.elements::<R>(name).unwrap_or_default();
        elements.into_iter().filter_map(read).collect()
    }

    /// The elements of a list inside a record, whatever they are; nothing where there is no list.
    pub(crate) fn elements<R: Record>(&self, name: &str) -> Option<Vec<&'a str>> {
        self.raw(name).and_then(items::<R>)
    }
}

/// Reads a payload that is one record; a list of one is taken for its element.
pub(crate) fn record<R: Record>(message: &str) -> Result<R, String> {
    let only = json::elements(message)
        .filter(|elements| elements.len() == 1)
        .map(|elements| elements[0]);
    read(only.unwrap_or(message)).ok_or_else(|| format!("{} was expected", R::KIND))
}

/// Reads a payload that is a list of records. Elements that are none are left out, but if all are,
/// it was no such list.
pub(crate) fn records<R: Record>(message: &str) -> Result<Vec<R>, String> {
    let mut reading = Reading::of(message)?;
    reading.go_on(usize::MAX);
    reading.finish()
}

/// As [`records`], so many at once: `pause` is awaited in between.
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

/// How many elements are read between two pauses: far below a millisecond's worth.
const SLICE: usize = 100;

/// A list of records that is being read.
struct Reading<'a, R> {
    message: &'a str,
    elements: Elements<'a>,
    found: usize,
    records: Vec<R>,
}

enum Elements<'a> {
    /// Of an array.
    Walk(json::Walk<'a>),
    /// Of a list in any other dress.
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

    /// Reads so many elements more. Whether there may be others after them.
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

    /// From the start, by the elements as the other parser finds them. False where it finds none either.
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

/// The elements of a list in any dress: an array, null for an empty one, a record alone for a list
/// of one, an object keyed by index, or an object that holds the list under a name.
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
