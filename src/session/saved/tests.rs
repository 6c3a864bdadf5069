use super::*;

fn connection(url: &str, token: &str) -> Connection {
    Connection::new(
        url.parse().expect("a base URL of the test"),
        token.parse().expect("a token of the test"),
    )
}

#[test]
fn a_connection_is_kept_only_when_asked() {
    let mut connections = Vec::new();
    put(
        &mut connections,
        &connection("https://a.example/", "t"),
        "A",
        false,
    );
    assert!(connections.is_empty());
    put(
        &mut connections,
        &connection("https://a.example/", "t"),
        "A",
        true,
    );
    assert_eq!(connections.len(), 1);
}

#[test]
fn connecting_with_a_saved_connection_saves_no_forgotten_one() {
    let acme = connection("https://a.example/", "t");
    let mut connections = Vec::new();
    put(&mut connections, &acme, "A", true);
    close(&mut connections, &acme.base_url);
    put(&mut connections, &acme, "A", false);
    assert!(connections[0].current && connections[0].open);
    connections.clear();
    put(&mut connections, &acme, "A", false);
    assert!(connections.is_empty());
}

#[test]
fn another_token_is_kept_only_where_the_connection_was() {
    let renewed = connection("https://a.example/", "new");
    let mut connections = Vec::new();
    assert!(!renew(&mut connections, true, &renewed));
    assert!(connections.is_empty());
    for url in ["https://a.example/", "https://b.example/"] {
        put(&mut connections, &connection(url, "old"), "Some name", true);
    }
    assert!(!renew(&mut connections, false, &renewed));
    assert_eq!(tokens(&connections), ["old", "old"]);
    assert!(renew(&mut connections, true, &renewed));
    assert_eq!(tokens(&connections), ["old", "new"]);
    assert!(connections[0].current && !connections[1].current);
    // The saved token is used again after a disconnect.
    close(&mut connections, &renewed.base_url);
    assert!(renew(&mut connections, false, &renewed));
    assert!(connections[1].open);
}

fn tokens(connections: &[SavedConnection]) -> Vec<&str> {
    let tokens = connections.iter().map(|one| one.connection.token.reveal());
    tokens.collect()
}

#[test]
fn token_that_is_not_to_be_kept_does_not_replace_a_saved_one() {
    let mut connections = Vec::new();
    put(
        &mut connections,
        &connection("https://a.example/", "mine"),
        "A",
        true,
    );
    let before = connections.clone();
    let other = connection("https://a.example/", "other");
    put(&mut connections, &other, "A", false);
    assert_eq!(connections, before);
    put(&mut connections, &other, "A", true);
    assert_eq!(tokens(&connections), ["other"]);
}

#[test]
fn forgotten_connection_is_put_back_unless_it_was_saved_since() {
    let mut connections = Vec::new();
    for url in ["https://a.example/", "https://b.example/"] {
        put(&mut connections, &connection(url, "old"), "Some name", true);
    }
    let before = connections.clone();
    let removed = take(&mut connections, "https://b.example/").expect("a connection");
    assert_eq!(tokens(&connections), ["old"]);
    assert_eq!(take(&mut connections, "https://b.example/"), None);
    put_back(&mut connections, removed.clone());
    assert!(before.iter().all(|one| connections.contains(one)));
    // Another one was saved since, which is the current one.
    let _ = take(&mut connections, "https://b.example/");
    let since = connection("https://b.example/", "new");
    put(&mut connections, &since, "Some name", true);
    put_back(&mut connections, removed.clone());
    assert_eq!(tokens(&connections), ["new", "old"]);
    let _ = take(&mut connections, "https://b.example/");
    put(
        &mut connections,
        &connection("https://a.example/", "old"),
        "A",
        true,
    );
    put_back(&mut connections, removed);
    let current: Vec<bool> = connections.iter().map(|one| one.current).collect();
    assert_eq!(current, [true, false]);
}

fn base_url(text: &str) -> BaseUrl {
    text.parse().expect("a base URL of the test")
}

#[test]
fn new_tab_connects_to_the_named_organisation() {
    let mut connections = Vec::new();
    for url in ["https://a.example/", "https://b.example/"] {
        put(&mut connections, &connection(url, "t"), "Some name", true);
    }
    let unasked_for = |connections: &[SavedConnection], named: Option<&str>| {
        let named = named.map(base_url);
        unasked(connections, named.as_ref()).map(|one| one.connection.base_url.to_string())
    };
    for (named, found) in [
        (Some("https://a.example/"), Some("https://a.example/")),
        (Some("https://b.example/"), Some("https://b.example/")),
        (Some("https://c.example/"), None),
        (None, Some("https://b.example/")),
    ] {
        assert_eq!(
            unasked_for(&connections, named).as_deref(),
            found,
            "{named:?}"
        );
    }
    close(&mut connections, &base_url("https://b.example/"));
    assert_eq!(unasked_for(&connections, Some("https://b.example/")), None);
    assert_eq!(unasked_for(&connections, None), None);
    let a = unasked_for(&connections, Some("https://a.example/"));
    assert_eq!(a.as_deref(), Some("https://a.example/"));
}

#[test]
fn only_current_connection_of_older_versions_opens_unasked() {
    let entry = |current| {
        let text = format!(
            r#"{{"organisation":"A","current":{current},"connection":{{"baseUrl":"https://a.example/","token":"t"}}}}"#
        );
        let entry: StoredEntry = serde_json::from_str(&text).expect("an entry");
        entry.open.unwrap_or(entry.current)
    };
    assert!(entry(true));
    assert!(!entry(false));
}

#[test]
fn last_connection_of_a_base_url_is_current() {
    let mut connections = Vec::new();
    for (url, token) in [
        ("https://a.example/", "one"),
        ("https://b.example/", "two"),
        ("https://a.example", "three"),
    ] {
        put(&mut connections, &connection(url, token), "Some name", true);
    }
    let told: Vec<(&str, &str, bool)> = connections
        .iter()
        .map(|one| {
            (
                one.connection.base_url.as_str(),
                one.connection.token.reveal(),
                one.current,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("https://a.example/", "three", true),
            ("https://b.example/", "two", false)
        ]
    );
}
