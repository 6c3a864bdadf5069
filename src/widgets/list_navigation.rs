//! How a list follows its query in the URL: what is typed, filtered and sorted replaces the history entry, a turn of the
//! page adds one.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::params::ParamsMap;

use crate::readers;
use crate::route::Route;
use crate::widgets::debounced_query::DebouncedQuery;

thread_local! {
    /// The address of each list as the user last saw it.
    static SEEN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Returns the address of a list with the search, the filters and the page that the user last saw there.
#[must_use]
pub fn list_as_left(list: &Route) -> String {
    let bare = list.href();
    let seen = SEEN.with_borrow(|seen| seen.iter().find(|seen| path(seen) == bare).cloned());
    seen.unwrap_or(bare)
}

fn note_list(address: String) {
    SEEN.with_borrow_mut(|seen| {
        seen.retain(|one| path(one) != path(&address));
        seen.push(address);
    });
}

fn path(address: &str) -> &str {
    address.split_once('?').map_or(address, |(path, _)| path)
}

/// The query of a list.
pub trait ListAddress: Clone + PartialEq + Send + Sync + 'static {
    /// Reads the URL's query. Ignores what it does not know.
    fn from_params(params: &ParamsMap) -> Self;
    /// Returns the URL of the list with this query.
    fn href(&self) -> String;
    /// Returns the first page of the list with another search.
    #[must_use]
    fn searching(self, search: String) -> Self;
}

/// The query of the list on the page, and the ways to change it.
pub struct ListNavigation<Q: ListAddress> {
    typed: DebouncedQuery<Q>,
    /// What the list shows.
    pub query: Memo<Q>,
    /// Goes to another query, and replaces the history entry, so that Back leaves the page instead of undoing letters.
    pub go: Callback<Q>,
    /// Goes to another page of the list, and adds a history entry.
    pub turn_to: Callback<Q>,
}

impl<Q: ListAddress> Clone for ListNavigation<Q> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q: ListAddress> Copy for ListNavigation<Q> {}

impl<Q: ListAddress> ListNavigation<Q> {
    /// Begins to follow the URL.
    #[must_use]
    pub fn follow_url() -> Self {
        let location = use_location();
        let params = location.query;
        let typed = DebouncedQuery::new(Memo::new(move |_| {
            readers::unsubscribe_on_cleanup();
            params.with(Q::from_params)
        }));
        let navigate = use_navigate();
        let visit = move |query: &Q, replace: bool| {
            let options = NavigateOptions {
                replace,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&query.href(), options);
            typed.forget();
        };
        let replace = visit.clone();
        let query = typed.value();
        Effect::new(move || {
            let address = query.with(Q::href);
            // The page that follows has no such query.
            if location.pathname.with(|here| here == path(&address)) {
                note_list(address);
            }
        });
        Self {
            typed,
            query,
            go: Callback::new(move |query: Q| replace(&query, true)),
            turn_to: Callback::new(move |query: Q| visit(&query, false)),
        }
    }

    /// Returns what searches at once.
    #[must_use]
    pub fn search(self) -> Callback<String> {
        Callback::new(move |search| self.go.run(self.query.get_untracked().searching(search)))
    }

    /// Returns what searches for each letter as it is typed.
    #[must_use]
    pub fn on_type(self) -> Callback<String> {
        Callback::new(move |search| {
            let query = self.query.get_untracked().searching(search);
            let href = query.href();
            self.typed.take(query, href, self.go);
        })
    }

    /// Returns what is called when the focus leaves the search field: what is pressed next may lead elsewhere.
    #[must_use]
    pub fn on_leave(self) -> Callback<()> {
        Callback::new(move |()| {
            if self.typed.is_ahead() {
                self.go.run(self.query.get_untracked());
            }
        })
    }
}
