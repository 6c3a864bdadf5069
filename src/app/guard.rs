//! The guard: decides where an address leads, depending on the connection of this tab.

use switchboard_api::BaseUrl;

use crate::route::{Address, NEXT, Route, organisation_in};
use crate::session::Wanted;

/// Returns which organisation a new tab with this address connects to.
pub(super) fn wanted(address: &Address, next: Option<&str>) -> Wanted {
    match (&address.organisation, &address.route) {
        (Some(base_url), _) => Wanted::Organisation(base_url.clone()),
        (None, Route::Connect) if next.is_none() => Wanted::Saved,
        (None, Route::Connect) => organisation_in(next).map_or(Wanted::Any, Wanted::Open),
        (None, _) => Wanted::Any,
    }
}

/// Returns the address to redirect to; `None` if this one can be shown. `query` is its query with the question mark.
///
/// The address of another organisation is not redirected but shown as such ([`is_of_another`]): a tab never changes
/// its organisation by itself.
pub(super) fn instead(
    address: &Address,
    query: &str,
    connected: Option<&BaseUrl>,
    is_joining: bool,
) -> Option<String> {
    let Address {
        organisation,
        route,
    } = address;
    let Some(mine) = connected else {
        return match route {
            _ if is_joining || route.is_public() => None,
            Route::Home if organisation.is_none() => Some(Route::Connect.href()),
            _ => Some(connect_first(address, query)),
        };
    };
    let of_mine = |route: Route| Address {
        organisation: Some(mine.clone()),
        route,
    };
    match route {
        _ if is_of_another(address, mine) => None,
        Route::Home => Some(of_mine(Route::Organisation).href()),
        route if organisation.is_none() && !route.is_public() => {
            Some(of_mine(route.clone()).href() + query)
        }
        _ => None,
    }
}

/// Returns the address of "Connect" that continues to this address afterwards.
pub(super) fn connect_first(address: &Address, query: &str) -> String {
    Route::Connect.href_with(NEXT, &(address.href() + query))
}

/// Returns whether an address names another organisation than this one.
pub(super) fn is_of_another(address: &Address, mine: &BaseUrl) -> bool {
    address
        .organisation
        .as_ref()
        .is_some_and(|theirs| theirs != mine)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base_url(text: &str) -> BaseUrl {
        text.parse().expect("a base URL of the test")
    }

    fn led(path: &str, query: &str, connected: Option<&str>) -> Option<String> {
        let connected = connected.map(base_url);
        instead(&Address::parse(path), query, connected.as_ref(), false)
    }

    const ACME: Option<&str> = Some("https://acme.example/");

    #[test]
    fn an_old_address_gets_the_organisation_of_the_tab() {
        for (path, query, to) in [
            ("/", "", "/acme.example/organisation"),
            ("/operators", "?q=ada", "/acme.example/operators?q=ada"),
            ("/domains/new", "", "/acme.example/domains/new"),
            ("/acme.example/", "", "/acme.example/organisation"),
        ] {
            assert_eq!(led(path, query, ACME).as_deref(), Some(to), "{path}");
        }
    }

    #[test]
    fn address_of_the_tabs_organisation_is_shown() {
        for path in ["/acme.example/operators", "/connect", "/nowhere"] {
            assert_eq!(led(path, "?q=ada", ACME), None, "{path}");
        }
    }

    #[test]
    fn address_of_another_organisation_is_not_redirected() {
        for path in [
            "/other.example/operators",
            "/other.example/",
            "/acme.example:8443/settings",
        ] {
            assert_eq!(led(path, "", ACME), None, "{path}");
            assert!(is_of_another(
                &Address::parse(path),
                &base_url("https://acme.example/")
            ));
        }
    }

    #[test]
    fn without_a_connection_the_wanted_page_is_remembered() {
        for (path, query, to) in [
            ("/", "", "/connect"),
            ("/operators", "?q=a", "/connect?next=%2Foperators%3Fq%3Da"),
            (
                "/acme.example/operators",
                "?q=a",
                "/connect?next=%2Facme.example%2Foperators%3Fq%3Da",
            ),
            ("/acme.example/", "", "/connect?next=%2Facme.example%2F"),
        ] {
            assert_eq!(led(path, query, None).as_deref(), Some(to), "{path}");
        }
        for path in ["/connect", "/nowhere", "/acme.example/nowhere"] {
            assert_eq!(led(path, "", None), None, "{path}");
        }
    }

    #[test]
    fn joining_tab_is_not_redirected() {
        let address = Address::parse("/acme.example/operators");
        assert_eq!(instead(&address, "", None, true), None);
    }

    #[test]
    fn new_tab_connects_to_the_organisation_in_its_address() {
        let acme = base_url("https://acme.example/");
        for (path, next, expected) in [
            (
                "/acme.example/operators",
                None,
                Wanted::Organisation(acme.clone()),
            ),
            ("/operators", None, Wanted::Any),
            ("/", None, Wanted::Any),
            ("/connect", None, Wanted::Saved),
            ("/connect", Some("/operators"), Wanted::Any),
            (
                "/connect",
                Some("/acme.example/operators"),
                Wanted::Open(acme.clone()),
            ),
        ] {
            assert_eq!(wanted(&Address::parse(path), next), expected, "{path}");
        }
    }
}
