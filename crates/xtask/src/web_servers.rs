//! Tests the files of `deploy/`: starts each web server with its file in front of a panel and a sandbox.

mod checks;
mod client;
mod server;
mod upstream;

use std::path::Path;

use switchboard_sandbox::{Options, Sandbox};
use tempfile::TempDir;

use checks::{api_is_reached, panel_is_served};
use server::{Kind, WebServer};
use upstream::answer_is_passed_on_while_it_comes;

/// The names and texts of a small panel. Names and compressed variants are as in a real build.
const FILES: [(&str, &str); 5] = [
    ("index.html", "<!doctype html><title>Switchboard</title>"),
    ("sw.js", "const VERSION = 1;"),
    ("switchboard-0123456789abcdef.js", "export default 1;"),
    ("main-0123456789abcdef.css", "body { margin: 0 }"),
    ("switchboard-0123456789abcdef.wasm", "no module"),
];

/// Returns the placeholder for a file's gzip variant, which servers pass on unchanged.
fn compressed(name: &str) -> String {
    format!("{name}, compressed")
}

fn panel() -> TempDir {
    let folder = server::open_to_everybody();
    for (name, text) in FILES {
        std::fs::write(folder.path().join(name), text).unwrap();
        std::fs::write(folder.path().join(format!("{name}.gz")), compressed(name)).unwrap();
    }
    folder
}

/// Tests the panel alone, with the file unchanged, and the panel with the proxy enabled.
fn try_out(kind: Kind) {
    let panel = panel();
    let alone = WebServer::start(kind, panel.path(), None);
    panel_is_served(&alone.client());
    drop(alone);
    with_proxy(kind, panel.path());
}

fn with_proxy(kind: Kind, panel: &Path) {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let server = WebServer::start(kind, panel, Some(&sandbox.address().to_string()));
    panel_is_served(&server.client());
    api_is_reached(&server.client(), &sandbox);
    drop(server);
    answer_is_passed_on_while_it_comes(kind, panel);
}

#[test]
fn nginx_serves_the_panel_and_forwards_the_api() {
    try_out(Kind::Nginx);
}

#[test]
fn caddy_serves_the_panel_and_forwards_the_api() {
    try_out(Kind::Caddy);
}

#[test]
fn apache_serves_the_panel_and_forwards_the_api() {
    try_out(Kind::Apache);
}
