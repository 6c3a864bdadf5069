//! Tests that no path leads out of the panel's folder, in any notation. Sends raw requests, because a client would
//! normalise the path.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
};

use switchboard_sandbox::{Options, Sandbox};

use crate::client::options;

/// The content of the files beside the folder.
const SECRET: &str = "nobody may read this";

/// Returns the complete answer to a GET for this path, as a program or as a browser asks.
fn get(sandbox: &Sandbox, path: &str, accept: &str) -> String {
    let mut stream = TcpStream::connect(sandbox.address()).expect("a connection");
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: localhost\r\naccept: {accept}\r\naccept-encoding: br, gzip\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    // An invalid path is refused before it is read to its end.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn with_panel() -> (tempfile::TempDir, Sandbox) {
    let folder = tempfile::tempdir().expect("a folder");
    let dist = folder.path().join("dist");
    fs::create_dir_all(dist.join("inside")).expect("a folder");
    let write = |path: &Path, text: &str| fs::write(path, text).expect("a file");
    write(&folder.path().join("secret.txt"), SECRET);
    write(&folder.path().join("dist-secret.txt"), SECRET);
    write(
        &dist.join("index.html"),
        "<!doctype html><title>Panel</title>",
    );
    write(&dist.join("inside/plain.js"), "plain");
    let options = Options {
        dist: Some(dist),
        ..options()
    };
    (folder, Sandbox::start(options).expect("a sandbox"))
}

#[test]
fn no_path_notation_leads_out_of_the_folder() {
    let (folder, sandbox) = with_panel();
    let absolute = folder.path().join("secret.txt");
    let absolute = absolute.to_str().expect("a readable path").to_owned();
    let mut paths: Vec<String> = Vec::new();
    let ups = [
        "..",
        "%2e%2e",
        ".%2e",
        "%2E.",
        "%252e%252e",
        "%25252e%25252e",
        "..;",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "\u{ff0e}\u{ff0e}",
        "%uff0e%uff0e",
        "..%00",
        "....",
        "%2e%2e%2f..",
    ];
    let slashes = [
        "/", "%2f", "%2F", "%252f", "\\", "%5c", "%5C", "%255c", "//", "/./", "%c0%af", "%00/",
    ];
    for up in ups {
        for slash in slashes {
            for inside in ["", "inside/", "inside/plain.js/", "missing/", "./"] {
                paths.push(format!("/{inside}{up}{slash}secret.txt"));
                paths.push(format!("/{inside}{up}{slash}{up}{slash}secret.txt"));
                paths.push(format!("/{inside}{up}{slash}dist-secret.txt"));
            }
        }
    }
    for prefix in ["", "/", "//", "/%2f", "/%5c", "/file://", "/inside/"] {
        paths.push(format!("{prefix}{absolute}"));
        paths.push(format!("{prefix}{}", absolute.replace('/', "%2f")));
    }
    for odd in [
        "/index.html%00.js",
        "/inside/plain.js%00",
        "/%00",
        "/secret.txt%00.html",
        "/CON",
        "/C:%5csecret.txt",
        "/inside%2fplain.js%2f..%2f..%2f..%2fsecret.txt",
    ] {
        paths.push(odd.to_owned());
    }
    for path in &paths {
        for accept in ["*/*", "text/html"] {
            let answer = get(&sandbox, path, accept);
            assert!(!answer.contains(SECRET), "{path}: {answer}");
            let status = answer.split(' ').nth(1).unwrap_or("closed");
            assert!(
                matches!(status, "200" | "307" | "308" | "400" | "404" | "closed"),
                "{path}: {answer}"
            );
        }
    }
    assert!(paths.len() > 2_000);
    assert!(get(&sandbox, "/inside/plain.js", "*/*").ends_with("plain"));
}

#[cfg(unix)]
#[test]
fn symbolic_link_out_of_the_folder_is_not_followed() {
    use std::os::unix::fs::symlink;
    let (folder, sandbox) = with_panel();
    let dist = folder.path().join("dist");
    let secret = folder.path().join("secret.txt");
    fs::create_dir(folder.path().join("outside")).expect("a folder");
    fs::write(folder.path().join("outside/index.html"), SECRET).expect("a file");
    fs::write(dist.join("panel-0123456789abcdef.js"), "plain").expect("a file");
    let link = |from: &Path, name: &str| symlink(from, dist.join(name)).expect("a link");
    link(&secret, "link.txt");
    link(&secret, "panel-0123456789abcdef.js.br");
    link(Path::new("../secret.txt"), "relative.txt");
    link(&folder.path().join("outside"), "outside");
    link(folder.path(), "up");
    link(&dist.join("inside/plain.js"), "own.js");
    for path in [
        "/link.txt",
        "/%6cink.txt",
        "/panel-0123456789abcdef.js",
        "/relative.txt",
        "/outside/",
        "/outside",
        "/outside/index.html",
        "/up/secret.txt",
        "/inside/../link.txt",
    ] {
        for accept in ["*/*", "text/html"] {
            let answer = get(&sandbox, path, accept);
            assert!(!answer.contains(SECRET), "{path}: {answer}");
        }
    }
    assert!(get(&sandbox, "/own.js", "*/*").ends_with("plain"));
}
