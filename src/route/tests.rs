//! Tests of parsing and formatting paths.

use switchboard_api::BaseUrl;

use super::*;

fn domain(name: &str) -> DomainName {
    name.parse().expect("a domain name of the test")
}

fn base_url(text: &str) -> BaseUrl {
    text.parse().expect("a base URL of the test")
}

fn routes() -> Vec<Route> {
    vec![
        Route::Home,
        Route::Connect,
        Route::Organisation,
        Route::Operators,
        Route::Operator(
            "o'neil+x/y@acme.example"
                .parse()
                .expect("an e-mail of the test"),
        ),
        Route::Domains,
        Route::AddDomain,
        Route::Domain(domain("shop.acme.example")),
        Route::Embed(domain("new")),
        Route::Embed(domain("xn--bcher-kva.example")),
        Route::Activity,
        Route::Settings,
    ]
}

#[test]
fn every_address_comes_back_from_its_own_path() {
    let organisations = [
        None,
        Some("https://acme.chatwhizz.com/"),
        Some("http://127.0.0.1:8080/"),
        Some("http://[::1]:8080/"),
        Some("https://bücher.example/~ada/a%20b/"),
        Some("https://operators/"),
    ];
    for organisation in organisations {
        for route in routes() {
            let address = Address {
                organisation: organisation
                    .map(base_url)
                    .filter(|_| route != Route::Connect),
                route,
            };
            assert_eq!(Address::parse(&address.href()), address);
        }
    }
}

#[test]
fn the_first_segment_names_the_organisation() {
    let of = |organisation: &str, route| Address {
        organisation: Some(base_url(organisation)),
        route,
    };
    for (path, address) in [
        (
            "/acme.chatwhizz.com/operators",
            of("https://acme.chatwhizz.com/", Route::Operators),
        ),
        (
            "/127.0.0.1:8080/operators",
            of("http://127.0.0.1:8080/", Route::Operators),
        ),
        (
            "/api.example~tools~chat/domains/new",
            of("https://api.example/tools/chat/", Route::AddDomain),
        ),
    ] {
        assert_eq!(Address::parse(path), address);
        assert_eq!(address.href(), path);
    }
    assert_eq!(
        Address::parse("/acme.chatwhizz.com"),
        of("https://acme.chatwhizz.com/", Route::Home)
    );
    assert_eq!(
        of("http://[::1]:8080/", Route::Settings).href(),
        "/http:%5B::1%5D:8080/settings"
    );
}

#[test]
fn links_lead_to_the_organisation_of_this_tab() {
    assert_eq!(Route::Operators.href(), "/operators");
    enter(Some(&base_url("https://acme.chatwhizz.com/")));
    assert_eq!(Route::Operators.href(), "/acme.chatwhizz.com/operators");
    assert_eq!(Route::Home.href(), "/acme.chatwhizz.com/");
    assert_eq!(
        Route::Operators.href_with(SEARCH, "ada"),
        "/acme.chatwhizz.com/operators?q=ada"
    );
    assert_eq!(Route::Connect.href(), "/connect");
    assert_eq!(Route::NotFound("/nowhere".to_owned()).href(), "/nowhere");
    enter(None);
    assert_eq!(Route::Operators.href(), "/operators");
}

#[test]
fn an_address_without_an_organisation_is_still_a_page() {
    for (path, route) in [
        ("/", Route::Home),
        ("/index.html", Route::Home),
        ("/connect", Route::Connect),
        ("/operators", Route::Operators),
        (
            "/domains/shop.acme.example",
            Route::Domain(domain("shop.acme.example")),
        ),
    ] {
        let address = Address::parse(path);
        assert_eq!((address.organisation, address.route), (None, route));
    }
}

/// Both scripts run without the WebAssembly module: before it has loaded, and in the service worker.
#[test]
fn scripts_know_exactly_the_pages() {
    let pages = "connect|organisation|operators|domains|activity|settings";
    for script in [
        include_str!("../../first.js"),
        include_str!("../../crates/xtask/src/panel/worker.js"),
    ] {
        let pattern = format!(r"/^\/([^/]*[.:][^/]*\/)?({pages})?(\/|$)/");
        assert!(script.contains(&pattern), "{script}");
    }
    for route in routes() {
        // An exhaustive match, so that a new page cannot be added without a look at both scripts.
        match &route {
            Route::Home
            | Route::Connect
            | Route::Organisation
            | Route::Operators
            | Route::Operator(_)
            | Route::Domains
            | Route::AddDomain
            | Route::Domain(_)
            | Route::Embed(_)
            | Route::Activity
            | Route::Settings
            | Route::NotFound(_) => {}
        }
        let path = route.path();
        let name = path.split('/').nth(1).unwrap_or_default();
        assert!(
            name.is_empty() || pages.split('|').any(|page| page == name),
            "{path}"
        );
    }
    for page in pages.split('|') {
        assert_ne!(
            Address::parse(page).route,
            Route::NotFound(page.to_owned()),
            "{page}"
        );
    }
    // Both patterns accept a segment with a dot or a colon as an organisation, and every segment has one.
    for url in [
        "https://acme.example/",
        "http://localhost/",
        "https://chat/",
        "http://[::1]/",
    ] {
        let href = Address {
            organisation: Some(base_url(url)),
            route: Route::Home,
        }
        .href();
        assert!(href.contains(['.', ':']) && href.ends_with('/'), "{href}");
    }
}

#[test]
fn domain_is_found_however_its_address_is_written() {
    let embed = Address::parse("/acme.example/domains/SHOP.Acme.example/embed");
    assert_eq!(embed.route, Route::Embed(domain("shop.acme.example")));
    let books = Address::parse("/domains/B%C3%BCcher.example");
    assert_eq!(books.route, Route::Domain(domain("xn--bcher-kva.example")));
}

#[test]
fn unknown_path_is_kept_for_display() {
    for path in [
        "/nowhere",
        "/domains/a b/embed",
        "/domains/x/y/z",
        "/operators/%FF/x",
        "/acme.example/nowhere",
        "/acme.example/acme.example/operators",
    ] {
        assert_eq!(Address::parse(path).route, Route::NotFound(path.to_owned()));
    }
    let connect = Address::parse("/acme.example/connect");
    assert!(matches!(connect.route, Route::NotFound(_)), "{connect:?}");
}

#[test]
fn a_trailing_slash_is_the_same_page() {
    assert_eq!(Address::parse("/operators/").route, Route::Operators);
}

#[test]
fn a_search_survives_the_way_into_a_link() {
    assert_eq!(
        Route::Operators.href_with(SEARCH, "søk+& %"),
        "/operators?q=s%C3%B8k%2B%26%20%25"
    );
    assert_eq!(Route::Operators.href_with(SEARCH, ""), "/operators");
}

#[test]
fn next_page_stays_in_the_connected_organisation() {
    let acme = base_url("https://acme.example/");
    for evil in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "/",
        "/connect",
        "/nowhere",
        "/other.example/operators",
        "/http:acme.example/operators",
        "/acme.example:8443/operators",
        "/acme.example~prefix/operators",
        "/acme.example/nowhere",
        "/acme.example/",
    ] {
        assert_eq!(
            safe_next(Some(evil), &acme),
            "/acme.example/organisation",
            "{evil}"
        );
    }
    assert_eq!(safe_next(None, &acme), "/acme.example/organisation");
    for next in ["/operators?q=ada", "/acme.example/operators?q=ada"] {
        assert_eq!(
            safe_next(Some(next), &acme),
            "/acme.example/operators?q=ada"
        );
    }
}

#[test]
fn the_organisation_that_is_wanted_after_connecting_is_known() {
    let wanted = |next| organisation_in(Some(next)).map(|it| it.to_string());
    assert_eq!(
        wanted("/acme.example/operators?q=b.example").as_deref(),
        Some("https://acme.example/")
    );
    for next in [
        "/operators?q=acme.example",
        "//acme.example/",
        "https://acme.example/",
    ] {
        assert_eq!(wanted(next), None, "{next}");
    }
    assert_eq!(organisation_in(None), None);
}
