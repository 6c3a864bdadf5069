//! Filters and sorts the operators, as indices into the answer.

use std::sync::Arc;

use switchboard_api::{LiveChatStatus, Login, Operator, Presence};
use switchboard_model::directory::{Directory, Place};

use super::list_query::{Column, ListQuery};
use crate::wording::values::distinct_names;

/// The number of similar names to suggest.
const NEAREST: usize = 3;

/// The operators that the list shows, in its order.
#[derive(Clone, PartialEq)]
pub struct Filtered {
    directory: Option<Arc<Directory>>,
    places: Arc<Vec<Place>>,
}

impl Filtered {
    /// Returns the operators that match a query, in `order`.
    #[must_use]
    pub fn of(directory: &Arc<Directory>, order: &[Place], query: &ListQuery) -> Self {
        let mut places = directory.found(order, &query.search);
        if query.filters() {
            let all = directory.operators();
            places.retain(|place| query.lets_through(&all[*place as usize]));
        }
        Self {
            directory: Some(Arc::clone(directory)),
            places: Arc::new(places),
        }
    }

    /// Returns an empty list, for use until there is an answer.
    #[must_use]
    pub fn nobody() -> Self {
        Self {
            directory: None,
            places: Arc::default(),
        }
    }

    /// Returns the names most similar to a search without matches, regardless of the filters.
    #[must_use]
    pub fn nearest_names(&self, sought: &str) -> Vec<String> {
        let Some(directory) = &self.directory else {
            return Vec::new();
        };
        if !directory.found(&directory.places(), sought).is_empty() {
            return Vec::new();
        }
        let all = directory.operators();
        let near = directory.nearest(sought, NEAREST).into_iter();
        distinct_names(near.map(|place| &all[place as usize]))
    }

    /// Returns the number of operators.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Returns whether there are no operators.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Returns all of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Operator> {
        let all = self
            .directory
            .as_ref()
            .map(|directory| directory.operators());
        let places = self.places.iter();
        places.filter_map(move |place| all?.get(*place as usize))
    }

    /// Returns `count` of them, starting at the index `from`.
    pub fn rows(&self, from: usize, count: usize) -> impl Iterator<Item = &Operator> {
        self.iter().skip(from).take(count)
    }
}

/// Returns the indices of all operators in the order of a query.
#[must_use]
pub fn order(directory: &Directory, sort: Option<(Column, bool)>) -> Vec<Place> {
    let Some((column, backwards)) = sort else {
        return directory.places();
    };
    if column == Column::Name {
        return directory.by_name(backwards);
    }
    let all = directory.operators();
    let rank = |place: Place| rank(column, &all[place as usize]);
    directory.sorted(&|one, other| rank(one).cmp(&rank(other)), backwards)
}

/// Returns the sort key of an operator in a column of states. Equal keys keep the API's order.
fn rank(column: Column, operator: &Operator) -> u8 {
    match column {
        Column::Name => 0,
        Column::Presence => match operator.presence {
            Presence::Online => 0,
            Presence::Away => 1,
            Presence::Busy => 2,
            Presence::Offline => 3,
            Presence::Unknown(_) => 4,
        },
        Column::Login => match operator.login {
            Login::Able => 0,
            Login::Unable => 1,
            Login::Unknown(_) => 2,
        },
        Column::LiveChat => match operator.live_chat {
            Some(LiveChatStatus::Active) => 0,
            Some(LiveChatStatus::Inactive) => 1,
            None => 2,
            Some(LiveChatStatus::Unknown(_)) => 3,
        },
    }
}

#[cfg(test)]
mod tests;
