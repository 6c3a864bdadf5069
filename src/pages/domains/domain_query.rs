//! The search, filters, order and page of the list of known domains. They are all in the URL's query, so that Back, a
//! reload and a shared link restore them.

use leptos_router::params::ParamsMap;

use crate::i18n::Text;
use crate::route::{Route, SEARCH};
use crate::widgets::list_navigation::ListAddress;
use crate::widgets::sort_head::{read_page, read_sort, spell_page, spell_sort};

/// A column that the list can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DomainColumn {
    /// By name, in natural order.
    #[default]
    Name,
    /// By status: active first.
    Status,
    /// By the number of operators.
    Operators,
    /// By whether the embed code is saved here: those with a code first.
    Code,
}

impl DomainColumn {
    /// The columns, in their order on the page.
    pub(super) const ALL: [Self; 4] = [Self::Name, Self::Status, Self::Operators, Self::Code];

    /// Returns the word for the column in the URL and the markup.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Status => "status",
            Self::Operators => "operators",
            Self::Code => "code",
        }
    }

    /// Returns the heading of the column.
    pub(super) fn heading(self) -> Text {
        match self {
            Self::Name => Text::Domain,
            Self::Status => Text::Status,
            Self::Operators => Text::NavOperators,
            Self::Code => Text::EmbedCode,
        }
    }
}

/// The query of the list in the URL. An empty filter matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DomainQuery {
    /// The text to search for in names and contact addresses.
    pub search: String,
    /// `active`, `inactive` or `unknown`: unknown to the API.
    pub status: String,
    /// `none` or `some`.
    pub operators: String,
    /// `saved` or `missing`.
    pub code: String,
    /// The column to sort by, and whether in descending order.
    pub sort: (DomainColumn, bool),
    /// The page, from 0.
    pub page: usize,
}

impl DomainQuery {
    /// Parses the URL's query. Ignores unknown parameters, columns and page numbers; a filter with an unknown value
    /// matches nothing.
    pub(super) fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).unwrap_or_default();
        Self {
            search: text(SEARCH),
            status: text("status"),
            operators: text("operators"),
            code: text("code"),
            sort: order_of(&text("sort")),
            page: read_page(&text("page")),
        }
    }

    /// Returns the URL of this query.
    pub(super) fn href(&self) -> String {
        let sort = if self.sort == <(DomainColumn, bool)>::default() {
            String::new()
        } else {
            self.order()
        };
        Route::Domains.href_with_all(&[
            (SEARCH, &self.search),
            ("status", &self.status),
            ("operators", &self.operators),
            ("code", &self.code),
            ("sort", &sort),
            ("page", &spell_page(self.page)),
        ])
    }

    /// Returns the order as the URL spells it.
    pub(super) fn order(&self) -> String {
        spell_sort(self.sort.0.word(), self.sort.1)
    }

    /// Returns the first page in another order, as [`Self::order`] spells it.
    pub(super) fn in_order(&self, order: &str) -> Self {
        Self {
            sort: order_of(order),
            page: 0,
            ..self.clone()
        }
    }

    /// Returns whether a filter is set. The search does not count.
    pub(super) fn filters(&self) -> bool {
        self.filters_by_answers() || !self.code.is_empty()
    }

    /// Returns whether the search or a filter is set.
    pub(super) fn narrows(&self) -> bool {
        !self.search.trim().is_empty() || self.filters()
    }

    /// Returns whether a filter is set that depends on the API's answers.
    pub(super) fn filters_by_answers(&self) -> bool {
        !self.status.is_empty() || !self.operators.is_empty()
    }

    /// Returns whether the list depends on the API's answers about all known domains.
    pub(super) fn needs_answers(&self) -> bool {
        let by_answers = matches!(self.sort.0, DomainColumn::Status | DomainColumn::Operators);
        by_answers || self.filters_by_answers()
    }

    /// Returns the query after a press on a column's head: ascending, descending, then the natural order of the names.
    pub(super) fn sorted_by(&self, column: DomainColumn) -> Self {
        let sort = match self.sort {
            (now, false) if now == column => (column, true),
            (now, true) if now == column => (DomainColumn::Name, false),
            _ => (column, false),
        };
        Self {
            sort,
            page: 0,
            ..self.clone()
        }
    }
}

fn order_of(text: &str) -> (DomainColumn, bool) {
    let (word, backwards) = read_sort(text);
    let column = DomainColumn::ALL.into_iter().find(|one| one.word() == word);
    column.map(|column| (column, backwards)).unwrap_or_default()
}

impl ListAddress for DomainQuery {
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
mod tests {
    use super::*;

    fn query(query: &str) -> DomainQuery {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let pairs: Vec<(&str, &str)> = pairs.collect();
        DomainQuery::from_query(|name| {
            let found = pairs.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn query_is_restored_from_its_url() {
        let all = DomainQuery {
            search: "shop & co".to_owned(),
            status: "inactive".to_owned(),
            operators: "none".to_owned(),
            code: "missing".to_owned(),
            sort: (DomainColumn::Operators, true),
            page: 2,
        };
        let href = all.href();
        assert_eq!(
            href,
            "/domains?q=shop%20%26%20co&status=inactive&operators=none&code=missing&sort=-operators&page=3"
        );
        let (_, of_url) = href.split_once('?').unwrap_or_default();
        let search = "shop%20%26%20co".to_owned();
        assert_eq!(query(of_url), DomainQuery { search, ..all });
        assert_eq!(DomainQuery::default().href(), "/domains");
        assert_eq!(query("sort=height&page=x&z=1"), DomainQuery::default());
    }

    #[test]
    fn column_sorts_both_ways_then_in_natural_order() {
        let mut now = DomainQuery::default();
        for expected in ["operators", "-operators", "", "operators"] {
            now = now.sorted_by(DomainColumn::Operators);
            assert_eq!(now, query(&format!("sort={expected}")));
        }
        let backwards = DomainQuery::default().sorted_by(DomainColumn::Name);
        assert_eq!(backwards.href(), "/domains?sort=-name");
        assert_eq!(backwards.sorted_by(DomainColumn::Name).href(), "/domains");
    }

    #[test]
    fn chosen_order_starts_at_the_first_page() {
        let now = query("q=shop&sort=-code&page=2");
        assert_eq!(now.order(), "-code");
        let expected = "/domains?q=shop&sort=operators";
        assert_eq!(now.in_order("operators").href(), expected);
        assert_eq!(now.in_order("name").href(), "/domains?q=shop");
        assert_eq!(DomainQuery::default().order(), "name");
    }

    #[test]
    fn only_status_and_operators_depend_on_answers() {
        for (url, needs) in [
            ("q=shop&code=saved&sort=-code", false),
            ("status=active", true),
            ("operators=none", true),
            ("sort=-status", true),
        ] {
            assert_eq!(query(url).needs_answers(), needs, "{url}");
        }
        assert!(query("q=a").narrows() && !query("q=a").filters());
        assert!(query("code=saved").filters() && !query("sort=code").narrows());
    }
}
