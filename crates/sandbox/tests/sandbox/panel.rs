//! Tests the built panel as static files.

use std::{fs, path::Path};

use switchboard_sandbox::{Options, Sandbox, StartError};

use crate::client::{Answer, Client, demo, options};

const BROWSER: (&str, &str) = (
    "accept",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
);

/// Starts a sandbox with a small panel: a page, and a script in three forms with distinct texts.
fn with_panel() -> (tempfile::TempDir, Sandbox, Client) {
    let folder = tempfile::tempdir().expect("a folder");
    let dist = folder.path().join("dist");
    fs::create_dir(&dist).expect("a folder");
    let write = |path: &Path, text: &str| fs::write(path, text).expect("a file");
    write(&folder.path().join("secret.txt"), "secret");
    write(
        &dist.join("index.html"),
        "<!doctype html><title>Panel</title>",
    );
    write(&dist.join("panel-0123456789abcdef.js"), "plain");
    write(&dist.join("panel-0123456789abcdef.js.br"), "brotli");
    write(&dist.join("panel-0123456789abcdef.js.gz"), "gzip");
    write(&dist.join("favicon.svg"), "<svg/>");
    let sandbox = Sandbox::start(Options {
        dist: Some(dist),
        ..options()
    })
    .expect("a sandbox");
    let client = Client::of(&sandbox.base_url());
    (folder, sandbox, client)
}

#[track_caller]
fn is_the_page(answer: &Answer) {
    assert_eq!(answer.http_status, 200);
    assert_eq!(answer.body, "<!doctype html><title>Panel</title>");
    assert_eq!(answer.header("content-type"), "text/html");
    assert_eq!(answer.header("cache-control"), "no-cache");
}

#[test]
fn every_page_of_the_panel_survives_a_reload() {
    let (_folder, _sandbox, client) = with_panel();
    for path in [
        "",
        "connect",
        "domains/shop.acme.example",
        "operators/ada@acme.example",
        "domains/a.js/embed?tab=x",
        "no/such/page",
    ] {
        is_the_page(&client.send("GET", path, &[BROWSER], ""));
    }
    is_the_page(&client.fetch("domains"));
}

#[test]
fn a_missing_file_is_missing_and_not_the_page() {
    let (_folder, _sandbox, client) = with_panel();
    for path in ["panel-ffffffffffffffff.js", "style.css", "images/logo.png"] {
        let answer = client.send("GET", path, &[("accept", "*/*")], "");
        assert_eq!(
            (answer.http_status, answer.body.as_str()),
            (404, ""),
            "{path}"
        );
    }
    assert_eq!(
        client.send("POST", "connect", &[BROWSER], "").http_status,
        405
    );
}

#[test]
fn only_hashed_files_are_cached_permanently() {
    let (_folder, _sandbox, client) = with_panel();
    let hashed = client.fetch("panel-0123456789abcdef.js");
    assert_eq!(
        hashed.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(hashed.header("content-type"), "text/javascript");
    assert_eq!(
        client.fetch("favicon.svg").header("cache-control"),
        "no-cache"
    );
}

#[test]
fn compressed_variant_is_served_to_clients_that_accept_it() {
    let (_folder, _sandbox, client) = with_panel();
    // Compared without decoding: the variants are not really compressed.
    for (accepted, encoding, body) in [
        ("br, gzip", "br", "brotli"),
        ("gzip", "gzip", "gzip"),
        ("identity", "", "plain"),
    ] {
        let answer = client.send(
            "GET",
            "panel-0123456789abcdef.js",
            &[("accept-encoding", accepted)],
            "",
        );
        assert_eq!(
            (answer.header("content-encoding"), answer.body.as_str()),
            (encoding, body)
        );
        assert_eq!(answer.header("vary"), "accept-encoding");
    }
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let (_folder, _sandbox, client) = with_panel();
    for path in [
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "a/%2e%2e/%2e%2e/secret.txt",
        "%2e%2e%5csecret.txt",
        "/secret.txt",
    ] {
        let answer = client.send("GET", path, &[("accept", "*/*")], "");
        assert!(!answer.body.contains("secret"), "{path}");
    }
}

#[test]
fn the_page_comes_with_a_strict_policy() {
    let (_folder, _sandbox, client) = with_panel();
    for path in [
        "",
        "panel-0123456789abcdef.js",
        "domains",
        "sandbox",
        "auth/organisation",
    ] {
        let answer = client.fetch(path);
        let policy = answer.header("content-security-policy").to_owned();
        for directive in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(
                policy.split("; ").any(|one| one == directive),
                "{path}: {policy}"
            );
        }
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{policy}"
        );
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
}

#[test]
fn without_a_panel_the_page_describes_the_sandbox() {
    let (_sandbox, client) = demo();
    let page = client.fetch("");
    assert_eq!(page.http_status, 200);
    assert!(
        page.body.contains("sandbox") && page.body.contains("cargo xtask serve"),
        "{}",
        page.body
    );
    assert_eq!(
        client.send("GET", "domains", &[BROWSER], "").http_status,
        404
    );
}

#[test]
fn a_folder_without_a_page_is_no_panel() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = Options {
        dist: Some(folder.path().to_owned()),
        ..options()
    };
    assert!(matches!(
        Sandbox::start(options),
        Err(StartError::NoPanel(_))
    ));
}
