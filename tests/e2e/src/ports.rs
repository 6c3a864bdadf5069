//! Allocates ports, each once in a run: a browser keeps data by origin, and must not find it again behind another
//! server.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

static USED: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Marks a port as used. Returns false if a server of this run had it before.
pub(crate) fn claim(port: u16) -> bool {
    let mut used = USED.lock().unwrap_or_else(PoisonError::into_inner);
    used.insert(port)
}

/// The ports of servers that a journey has stopped.
static ENDED: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Records that the server on a port was stopped.
pub(crate) fn note_end(port: u16) {
    let mut ended = ENDED.lock().unwrap_or_else(PoisonError::into_inner);
    ended.insert(port);
}

/// Returns whether a console message is about a connection to a stopped server, which says nothing about the panel.
pub(crate) fn is_of_an_ended_server(line: &str) -> bool {
    let ended = ENDED.lock().unwrap_or_else(PoisonError::into_inner);
    line.contains("net::ERR_") && ended.iter().any(|port| line.contains(&format!(":{port}/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn port_is_claimed_once() {
        assert!(claim(1));
        assert!(!claim(1));
    }

    #[test]
    fn complaint_is_of_an_ended_server_by_its_port() {
        note_end(9);
        let line = |port: u16| {
            format!(
                "SEVERE http://127.0.0.1:{port}/auth - Failed to load resource: net::ERR_CONNECTION_REFUSED"
            )
        };
        assert!(is_of_an_ended_server(&line(9)));
        assert!(!is_of_an_ended_server(&line(8)));
        assert!(!is_of_an_ended_server(
            "SEVERE http://127.0.0.1:9/ TypeError"
        ));
    }
}
