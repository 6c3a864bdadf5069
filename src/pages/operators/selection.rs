//! Which operators the list shows and in which order: all of it in the URL's query, so that back, reload and a shared link restore it.

use std::cmp::Ordering;

use switchboard_api::{LiveChatStatus, Login, Operator, Presence};

use crate::route::{Route, SEARCH};

/// A column that the list can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// By what the operator is called.
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

    /// The column in URLs, in the markup and in CSV.
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

/// What is shown, as the URL says it. A filter is empty when it lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// What is searched for in names and addresses.
    pub search: String,
    /// `online`, `offline`, `away` or `busy`.
    pub presence: String,
    /// `able` or `unable`.
    pub login: String,
    /// `active`, `inactive` or `none`.
    pub addon: String,
    /// The column, and whether it runs backwards. The API's own order where there is none.
    pub sort: Option<(Column, bool)>,
    /// The page, from 0.
    pub page: usize,
}

impl Selection {
    /// Reads the query. What it does not know is left out.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).unwrap_or_default();
        let sort = text("sort");
        let (word, backwards) = match sort.strip_prefix('-') {
            Some(word) => (word, true),
            None => (sort.as_str(), false),
        };
        let column = Column::ALL.into_iter().find(|column| column.word() == word);
        Self {
            search: text(SEARCH),
            presence: text("presence"),
            login: text("login"),
            addon: text("addon"),
            sort: column.map(|column| (column, backwards)),
            page: text("page").parse::<usize>().unwrap_or(1).saturating_sub(1),
        }
    }

    /// The URL of this selection.
    #[must_use]
    pub fn href(&self) -> String {
        let sort = self.sort.map(|(column, backwards)| {
            let sign = if backwards { "-" } else { "" };
            format!("{sign}{}", column.word())
        });
        let page = if self.page == 0 {
            String::new()
        } else {
            (self.page + 1).to_string()
        };
        Route::Operators.href_with_all(&[
            (SEARCH, &self.search),
            ("presence", &self.presence),
            ("login", &self.login),
            ("addon", &self.addon),
            ("sort", &sort.unwrap_or_default()),
            ("page", &page),
        ])
    }

    /// Whether anything is left out.
    #[must_use]
    pub fn narrows(&self) -> bool {
        !(self.search.trim().is_empty()
            && self.presence.is_empty()
            && self.login.is_empty()
            && self.addon.is_empty())
    }

    /// The same with the order that pressing a column's head asks for: forwards, backwards, the API's own.
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

    /// The operators that are let through, in order.
    #[must_use]
    pub fn of(&self, operators: &[Operator]) -> Vec<Operator> {
        let mut chosen = found(operators, &self.search);
        chosen.retain(|one| self.lets_through(one));
        if let Some((column, backwards)) = self.sort {
            chosen.sort_by(|one, other| {
                let order = compare(column, one, other);
                if backwards { order.reverse() } else { order }
            });
        }
        chosen
    }

    fn lets_through(&self, operator: &Operator) -> bool {
        let is = |filter: &str, word: &str| filter.is_empty() || filter == word;
        is(&self.presence, presence_word(&operator.presence))
            && is(&self.login, login_word(&operator.login))
            && is(&self.addon, addon_word(operator.live_chat.as_ref()))
    }
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

/// What needs a look stands last when a column runs forwards. Equal ones keep the API's order.
fn compare(column: Column, one: &Operator, other: &Operator) -> Ordering {
    let place = |words: &[&str], word: &str| words.iter().position(|known| *known == word);
    let by = |words: &[&str], a: &str, b: &str| place(words, a).cmp(&place(words, b));
    match column {
        Column::Name => {
            let name = |operator: &Operator| operator.name.display().to_lowercase();
            name(one).cmp(&name(other))
        }
        Column::Presence => by(
            &["online", "away", "busy", "offline", "unknown"],
            presence_word(&one.presence),
            presence_word(&other.presence),
        ),
        Column::Login => by(
            &["able", "unable", "unknown"],
            login_word(&one.login),
            login_word(&other.login),
        ),
        Column::LiveChat => by(
            &["active", "inactive", "none", "unknown"],
            addon_word(one.live_chat.as_ref()),
            addon_word(other.live_chat.as_ref()),
        ),
    }
}

/// The operators whose name or e-mail address holds every word that is searched for, in the API's order.
#[must_use]
pub fn found(operators: &[Operator], sought: &str) -> Vec<Operator> {
    let sought = sought.to_lowercase();
    let words: Vec<&str> = sought.split_whitespace().collect();
    if words.is_empty() {
        return operators.to_vec();
    }
    let holds = |operator: &&Operator| {
        let text = format!("{} {}", operator.name.display(), operator.email).to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    operators.iter().filter(holds).cloned().collect()
}

#[cfg(test)]
#[path = "selection_tests.rs"]
mod tests;
