//! Probes an address rather than an organisation: does a server answer there, and is it a sandbox.

use std::time::Duration;

use gloo_net::http::RequestBuilder;
use serde::Deserialize;
use switchboard_api::{BaseUrl, Token};
use web_sys::{ReferrerPolicy, RequestCache, RequestCredentials, RequestMode};

use crate::browser::timeout::with_timeout;

/// How long an address has time to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a browser can find out about an address after `fetch` failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// A server answers, so the browser withheld the answer: the API does not allow this page's origin (CORS).
    RefusesThisPage,
    /// No server answers.
    Dead,
    /// The browser does not send the request: this page came over https and the address is plain http.
    MixedContent,
    /// The page's policy (`connect-src` in `deploy/headers.txt`) forbids sending the token over plain http.
    PlainHttp,
}

/// Returns why this page may not call an address at all. Plain http is allowed only for this machine and for the
/// page's own origin.
pub fn barred(base_url: &BaseUrl) -> Option<Reach> {
    let page = web_sys::window()?.location();
    let is_own = page.origin().is_ok_and(|own| own == base_url.origin());
    if !base_url.as_str().starts_with("http:") || is_own || base_url.is_local() {
        return None;
    }
    let is_secure = page.protocol().is_ok_and(|protocol| protocol == "https:");
    Some(if is_secure {
        Reach::MixedContent
    } else {
        Reach::PlainHttp
    })
}

/// Finds out why a call to this address did not get through. Sends a request without a token.
pub async fn reach(base_url: &BaseUrl) -> Reach {
    let asked = RequestBuilder::new(base_url.as_str())
        .mode(RequestMode::NoCors)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .cache(RequestCache::NoStore)
        .send();
    let is_there = with_timeout(PATIENCE, async { asked.await.is_ok() }).await;
    if is_there == Some(true) {
        Reach::RefusesThisPage
    } else {
        Reach::Dead
    }
}

/// A sandbox that serves this page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SandboxInfo {
    /// Its base URL: this page's own origin.
    pub base_url: BaseUrl,
    /// The token of its demo organisation.
    pub token: Token,
}

/// Returns the sandbox on this page's own origin, if there is one and it reveals its token.
pub async fn find_sandbox() -> Option<SandboxInfo> {
    #[derive(Deserialize)]
    struct Info {
        name: String,
        token: String,
    }
    let answer = RequestBuilder::new("/sandbox")
        .cache(RequestCache::NoStore)
        .send()
        .await
        .ok()?;
    if !answer.ok() {
        return None;
    }
    let info: Info = serde_json::from_str(&answer.text().await.ok()?).ok()?;
    if info.name != "switchboard-sandbox" {
        return None;
    }
    let origin = web_sys::window()?.location().origin().ok()?;
    Some(SandboxInfo {
        base_url: origin.parse().ok()?,
        token: info.token.parse().ok()?,
    })
}
