//! What a row is about, and what it waits for.

use serde::{Deserialize, Deserializer, Serialize};

/// What a row is about, and the rows that must succeed before it starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned<T> {
    /// What the row is about.
    pub item: T,
    /// The positions of the rows that must succeed before this one starts. Only earlier rows count: a later one is not waited for.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    pub after: Vec<usize>,
}

impl<T> From<T> for Planned<T> {
    fn from(item: T) -> Self {
        Self {
            item,
            after: Vec::new(),
        }
    }
}

impl<T> Planned<T> {
    /// The same row, which starts only after these.
    #[must_use]
    pub fn after(self, rows: impl IntoIterator<Item = usize>) -> Self {
        Self {
            after: rows.into_iter().collect(),
            ..self
        }
    }
}

/// Reads a list of positions, or the single position that earlier releases stored.
fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<usize>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Stored {
        Many(Vec<usize>),
        One(Option<usize>),
    }
    Ok(match Stored::deserialize(from)? {
        Stored::Many(rows) => rows,
        Stored::One(row) => row.into_iter().collect(),
    })
}
