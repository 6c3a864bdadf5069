//! A row of a run, with the rows that it depends on.

use serde::{Deserialize, Deserializer, Serialize};

/// The item of a row, and the rows that must succeed before it starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned<T> {
    /// The item.
    pub item: T,
    /// The positions of the rows that must succeed before this one starts. Only earlier rows count; later ones are
    /// ignored.
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
    /// Makes the row wait for these rows.
    #[must_use]
    pub fn after(self, rows: impl IntoIterator<Item = usize>) -> Self {
        Self {
            after: rows.into_iter().collect(),
            ..self
        }
    }
}

/// Parses a list of positions, or the single position that earlier releases stored.
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
