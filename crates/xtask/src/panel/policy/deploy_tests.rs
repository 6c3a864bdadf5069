//! The configurations in `deploy/` contain exactly the headers of `deploy/headers.txt`.

use super::headers;

/// A configuration, and its syntax for a header.
type Server = (&'static str, &'static str, fn(&str, &str) -> String);

const SERVERS: [Server; 4] = [
    (
        "nginx.conf",
        include_str!("../../../../../deploy/nginx.conf"),
        |name, value| format!("add_header {name} \"{value}\" always;"),
    ),
    (
        "Caddyfile",
        include_str!("../../../../../deploy/Caddyfile"),
        |name, value| format!("{name} \"{value}\""),
    ),
    (
        "apache.conf",
        include_str!("../../../../../deploy/apache.conf"),
        |name, value| format!("Header always set {name} \"{value}\""),
    ),
    (
        "_headers",
        include_str!("../../../../../deploy/_headers"),
        |name, value| format!("{name}: {value}"),
    ),
];

/// Returns the lines with effect, without their indentation.
fn lines(configuration: &str) -> impl Iterator<Item = &str> {
    configuration
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('#'))
}

#[test]
fn every_server_sends_every_header_exactly_once() {
    assert_eq!(headers().count(), 5);
    for (file, configuration, say) in SERVERS {
        for (name, value) in headers() {
            let wanted = say(name, value);
            let said: Vec<&str> = lines(configuration)
                .filter(|line| line.contains(name))
                .collect();
            assert_eq!(said, [wanted], "deploy/{file}");
        }
    }
}

#[test]
fn only_hashed_files_are_cached_permanently() {
    for (file, configuration, _) in SERVERS {
        assert!(
            configuration.contains("public, max-age=31536000, immutable"),
            "deploy/{file}"
        );
        let asks_again = file == "_headers" || configuration.contains("no-cache");
        assert!(asks_again, "deploy/{file}");
    }
    let prefixes = lines(include_str!("../../../../../deploy/_headers"))
        .filter(|line| line.starts_with('/'))
        .collect::<Vec<_>>();
    assert_eq!(
        prefixes,
        [
            "/*",
            "/switchboard-*",
            "/split_*",
            "/chunk_*",
            "/first-*",
            "/main-*",
            "/favicon-*"
        ]
    );
}

#[test]
fn nginx_sets_no_header_in_a_location() {
    let (_, nginx, _) = SERVERS[0];
    let mut depth = 0_u32;
    for line in lines(nginx) {
        // A quantifier in a pattern opens no block.
        if line.ends_with('{') {
            depth += 1;
        }
        if line == "}" {
            depth -= 1;
        }
        assert!(!line.starts_with("add_header") || depth == 1, "{line}");
    }
    assert_eq!(depth, 0);
}
