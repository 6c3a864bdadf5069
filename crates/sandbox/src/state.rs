//! What every request can reach.

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
    /// Where the sandbox listens.
    pub address: SocketAddr,
    pub log: Arc<CallLog>,
    pub faults: Arc<Faults>,
    pub violations: Arc<Violations>,
    pub outages: Arc<Outages>,
}

impl State {
    /// Whether only this machine can reach the sandbox.
    pub(crate) fn is_loopback(&self) -> bool {
        self.address.ip().is_loopback()
    }

    /// The origin under which the caller knows this server, without a trailing slash: from `Host`, and from
    /// `X-Forwarded-Proto` behind a proxy that speaks TLS. It ends up inside HTML, so a `Host` with anything but the
    /// letters of a host and port is passed over for the address that the sandbox listens on.
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
