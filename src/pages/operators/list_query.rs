//! The search, filters, order and page of the list, all in the URL's query, so that Back, a reload and a shared link restore them.

use leptos_router::params::ParamsMap;
use switchboard_api::{LiveChatStatus, Login, Operator, Presence};

use crate::route::{Route, SEARCH};
use crate::widgets::list_navigation::ListAddress;
use crate::widgets::sort_head::{read_page, read_sort, spell_page, spell_sort};

/// A column that the list can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// By name.
    Name,
    /// By presence: online first.
    Presence,
    /// By whether they can log in.
    Login,
    /// By the live chat addon.
    LiveChat,
}

impl Column {
    /// The columns, in their order on the page.
    pub const ALL: [Self; 4] = [Self::Name, Self::Presence, Self::Login, Self::LiveChat];

    /// Returns the column's name in URLs, in the markup and in CSV.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Presence => "presence",
            Self::Login => "login",
            Self::LiveChat => "addon",
        }
    }
}

/// The state of the list as the URL has it. An empty filter matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// The search text for names and addresses.
    pub search: String,
    /// `online`, `offline`, `away` or `busy`.
    pub presence: String,
    /// `able` or `unable`.
    pub login: String,
    /// `active`, `inactive` or `none`.
    pub addon: String,
    /// The column, and whether the order is descending. `None` for the API's own order.
    pub sort: Option<(Column, bool)>,
    /// The page, from 0.
    pub page: usize,
}

impl ListQuery {
    /// Parses the URL's query. Ignores unknown values.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).unwrap_or_default();
        Self {
            search: text(SEARCH),
            presence: text("presence"),
            login: text("login"),
            addon: text("addon"),
            sort: order_of(&text("sort")),
            page: read_page(&text("page")),
        }
    }

    /// Returns the URL of this query.
    #[must_use]
    pub fn href(&self) -> String {
        Route::Operators.href_with_all(&[
            (SEARCH, &self.search),
            ("presence", &self.presence),
            ("login", &self.login),
            ("addon", &self.addon),
            ("sort", &self.order()),
            ("page", &spell_page(self.page)),
        ])
    }

    /// Returns the order as the URL spells it; empty for the API's own.
    #[must_use]
    pub fn order(&self) -> String {
        self.sort
            .map(|(column, backwards)| spell_sort(column.word(), backwards))
            .unwrap_or_default()
    }

    /// Returns the first page in another order, as [`Self::order`] spells it.
    #[must_use]
    pub fn in_order(&self, order: &str) -> Self {
        Self {
            sort: order_of(order),
            page: 0,
            ..self.clone()
        }
    }

    /// Returns whether the query hides any operator.
    #[must_use]
    pub fn narrows(&self) -> bool {
        !self.search.trim().is_empty() || self.filters()
    }

    /// Returns whether a filter is set.
    #[must_use]
    pub fn filters(&self) -> bool {
        ![&self.presence, &self.login, &self.addon]
            .iter()
            .all(|filter| filter.is_empty())
    }

    /// Returns the query after a press on a column's head: ascending, descending, then the API's order.
    #[must_use]
    pub fn sorted_by(&self, column: Column) -> Self {
        let sort = match self.sort {
            Some((now, false)) if now == column => Some((column, true)),
            Some((now, true)) if now == column => None,
            _ => Some((column, false)),
        };
        Self {
            sort,
            page: 0,
            ..self.clone()
        }
    }

    /// Returns whether an operator matches the filters, regardless of the search.
    #[must_use]
    pub fn lets_through(&self, operator: &Operator) -> bool {
        let is = |filter: &str, word: &str| filter.is_empty() || filter == word;
        is(&self.presence, presence_word(&operator.presence))
            && is(&self.login, login_word(&operator.login))
            && is(&self.addon, addon_word(operator.live_chat.as_ref()))
    }
}

fn order_of(text: &str) -> Option<(Column, bool)> {
    let (word, backwards) = read_sort(text);
    let column = Column::ALL.into_iter().find(|column| column.word() == word);
    column.map(|column| (column, backwards))
}

pub(super) fn presence_word(presence: &Presence) -> &'static str {
    match presence {
        Presence::Online => "online",
        Presence::Away => "away",
        Presence::Busy => "busy",
        Presence::Offline => "offline",
        Presence::Unknown(_) => "unknown",
    }
}

pub(super) fn login_word(login: &Login) -> &'static str {
    match login {
        Login::Able => "able",
        Login::Unable => "unable",
        Login::Unknown(_) => "unknown",
    }
}

pub(super) fn addon_word(status: Option<&LiveChatStatus>) -> &'static str {
    match status {
        Some(LiveChatStatus::Active) => "active",
        Some(LiveChatStatus::Inactive) => "inactive",
        Some(LiveChatStatus::Unknown(_)) => "unknown",
        None => "none",
    }
}

impl ListAddress for ListQuery {
    fn from_params(params: &ParamsMap) -> Self {
        Self::from_query(|name| params.get(name))
    }

    fn href(&self) -> String {
        Self::href(self)
    }

    fn searching(self, search: String) -> Self {
        Self {
            search,
            page: 0,
            ..self
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
