//! Decides who may make `/sandbox` calls.
//!
//! A web page from elsewhere must not be able to. There is no CORS here, and a foreign `Origin` is refused. So is a
//! `Host` that is not this machine while only this machine can connect (DNS rebinding). If the sandbox listens on
//! more than loopback, all calls except `GET /sandbox` and a browser's report of a violation need the token.

use std::net::{Ipv4Addr, Ipv6Addr};

use axum::{
    extract::{Request, State as Shared},
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{Refusal, VIOLATIONS};
use crate::{api, body_limit::BODY_LIMIT, state::State};

/// The initiator of a request, as browsers state it and no page can change.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses calls from elsewhere.
pub(super) async fn guard(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let is_report = request.method() == Method::POST && request.uri().path() == VIOLATIONS;
    let refusal = if state.is_loopback() && !names_this_machine(headers) {
        Some("The Host header must name this machine")
    } else if !(comes_from_own_page(headers) || is_report && comes_from_nowhere(headers)) {
        Some("Sandbox calls are not open to other origins")
    } else if !state.is_loopback()
        && request.uri().path() != "/"
        && !is_report
        && !api::brings_token(headers, &state.token)
    {
        Some("Not bound to loopback: this call needs the api_token header")
    } else {
        None
    };
    match refusal {
        Some(reason) => {
            // Answering before the body is read would close the connection during the caller's next call.
            let _ = axum::body::to_bytes(request.into_body(), BODY_LIMIT).await;
            Refusal(StatusCode::FORBIDDEN, reason.into()).into_response()
        }
        None => next.run(request).await,
    }
}

/// Returns the value of a header that occurs exactly once and is text.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

fn names_this_machine(headers: &HeaderMap) -> bool {
    let Some(host) = only(headers, header::HOST) else {
        return false;
    };
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(host, |(name, _)| name);
    match name
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        Some(address) => address
            .parse::<Ipv6Addr>()
            .is_ok_and(|address| address.is_loopback()),
        None => {
            name.eq_ignore_ascii_case("localhost")
                || name
                    .parse::<Ipv4Addr>()
                    .is_ok_and(|address| address.is_loopback())
        }
    }
}

/// Returns whether a call comes from a program or from the sandbox's own page. Programs other than browsers send no
/// `Origin`; the sandbox's pages send its own. A foreign page can make a browser read something without an `Origin`
/// (as an image, for example), but then the browser states that.
fn comes_from_own_page(headers: &HeaderMap) -> bool {
    if headers.contains_key(FETCH_SITE)
        && !matches!(only(headers, FETCH_SITE), Some("same-origin" | "none"))
    {
        return false;
    }
    if !headers.contains_key(header::ORIGIN) {
        return true;
    }
    let own = only(headers, header::HOST);
    let from = only(headers, header::ORIGIN).and_then(|origin| origin.split_once("://"));
    own.is_some() && own == from.map(|(_, host)| host)
}

/// Returns whether a report comes from the sandbox's own page: `Referrer-Policy: no-referrer` removes the origin from
/// reports, too.
fn comes_from_nowhere(headers: &HeaderMap) -> bool {
    only(headers, header::ORIGIN) == Some("null")
        && matches!(
            only(headers, FETCH_SITE),
            None | Some("same-origin" | "none")
        )
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn only_loopback_names_are_this_machine() {
        for host in [
            "localhost",
            "LOCALHOST:8080",
            "127.0.0.1:1",
            "127.1.2.3",
            "[::1]:8080",
            "[::1]",
            "[0:0:0:0:0:0:0:1]:65535",
        ] {
            assert!(
                names_this_machine(&headers(&[(header::HOST, host)])),
                "{host}"
            );
        }
        for host in [
            "evil.example",
            "localhost.evil.example:8080",
            "10.0.0.1",
            "127.0.0.1.evil.example",
            "",
            ":8080",
            "localhost.",
            "127.0.0.1.:8080",
            "127.1",
            "2130706433",
            "0x7f.0.0.1",
            "0.0.0.0",
            "[::]",
            "::1",
            "[127.0.0.1]",
            "[[::1]]",
            "[::1",
            "[::ffff:10.0.0.1]",
            "localhost:80@evil.example",
            "localhost, evil.example",
            "localhost:8080:evil",
        ] {
            assert!(
                !names_this_machine(&headers(&[(header::HOST, host)])),
                "{host}"
            );
        }
        assert!(!names_this_machine(&HeaderMap::new()));
        let mut two = headers(&[(header::HOST, "localhost")]);
        two.append(header::HOST, HeaderValue::from_static("evil.example"));
        assert!(!names_this_machine(&two));
    }

    #[test]
    fn another_port_is_another_origin() {
        let host = (header::HOST, "127.0.0.1:8080");
        let with = |origin| headers(&[host.clone(), (header::ORIGIN, origin)]);
        assert!(comes_from_own_page(&headers(std::slice::from_ref(&host))));
        assert!(comes_from_own_page(&with("http://127.0.0.1:8080")));
        assert!(!comes_from_own_page(&with("http://127.0.0.1:8081")));
        assert!(!comes_from_own_page(&with("https://evil.example")));
        assert!(!comes_from_own_page(&with("null")));
        assert!(!comes_from_own_page(&with("127.0.0.1:8080")));
        assert!(!comes_from_own_page(&with(
            "http://127.0.0.1:8080.evil.example"
        )));
        assert!(!comes_from_own_page(&with("http://localhost:8080")));
        let mut two = with("http://127.0.0.1:8080");
        two.append(
            header::ORIGIN,
            HeaderValue::from_static("https://evil.example"),
        );
        assert!(!comes_from_own_page(&two));
        for (site, is_own) in [
            ("same-origin", true),
            ("none", true),
            ("same-site", false),
            ("cross-site", false),
        ] {
            let headers = headers(&[host.clone(), (FETCH_SITE, site)]);
            assert_eq!(comes_from_own_page(&headers), is_own, "{site}");
        }
    }
}
