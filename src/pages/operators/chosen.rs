//! Who is shown, and in which order: by their places in the answer.

use std::sync::Arc;

use switchboard_api::{LiveChatStatus, Login, Operator, Presence};
use switchboard_model::directory::{Directory, Place};

use super::selection::{Column, Selection};

/// What of the operators is shown: who they are, and which of them in which order.
#[derive(Clone, PartialEq)]
pub struct Chosen {
    directory: Option<Arc<Directory>>,
    places: Arc<Vec<Place>>,
}

impl Chosen {
    /// Those whom a selection lets through; `order` is that in which it wants them.
    #[must_use]
    pub fn of(directory: &Arc<Directory>, order: &[Place], selection: &Selection) -> Self {
        let mut places = directory.found(order, &selection.search);
        if selection.filters() {
            let all = directory.operators();
            places.retain(|place| selection.lets_through(&all[*place as usize]));
        }
        Self {
            directory: Some(Arc::clone(directory)),
            places: Arc::new(places),
        }
    }

    /// Nobody, while there is no answer.
    #[must_use]
    pub fn nobody() -> Self {
        Self {
            directory: None,
            places: Arc::default(),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Operator> {
        let all = self
            .directory
            .as_ref()
            .map(|directory| directory.operators());
        let places = self.places.iter();
        places.filter_map(move |place| all?.get(*place as usize))
    }

    /// Some of them: `count`, from the one at `from` on.
    pub fn rows(&self, from: usize, count: usize) -> impl Iterator<Item = &Operator> {
        self.iter().skip(from).take(count)
    }
}

/// The places of all in the order in which a selection wants them.
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

/// Where somebody stands in a column of states: what needs a look stands last when it runs forwards. Equal ones keep the API's order.
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
#[path = "chosen_tests.rs"]
mod tests;
