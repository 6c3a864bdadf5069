//! The state that every request can access.

use std::{net::SocketAddr, sync::Arc};

use axum::http::{HeaderMap, header};

use crate::{
    call_log::CallLog, connection::Outages, faults::Faults, store::Store, violations::Violations,
};

/// Shared by all requests; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub store: Store,
    pub token: Arc<str>,
    /// The address on which the sandbox listens.
    pub address: SocketAddr,
    pub log: Arc<CallLog>,
    pub faults: Arc<Faults>,
    pub violations: Arc<Violations>,
    pub outages: Arc<Outages>,
}

impl State {
    /// Returns whether only this machine can reach the sandbox.
    pub(crate) fn is_loopback(&self) -> bool {
        self.address.ip().is_loopback()
    }

    /// Returns the origin under which the caller knows this server, without a trailing slash: from `Host`, and from
    /// `X-Forwarded-Proto` behind a TLS proxy. It is inserted into HTML, so a `Host` with other characters than those
    /// of a host and port is replaced by the address on which the sandbox listens.
    pub(crate) fn origin(&self, headers: &HeaderMap) -> String {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let host = text(header::HOST.as_str()).filter(|host| {
            !host.is_empty()
                && host
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte))
        });
        let scheme = if text("x-forwarded-proto") == Some("https") {
            "https"
        } else {
            "http"
        };
        match host {
            Some(host) => format!("{scheme}://{host}"),
            None => format!("{scheme}://{}", self.address),
        }
    }
}
