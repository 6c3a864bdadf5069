//! Questions about an address rather than about an organisation: does anything answer there, and is it a sandbox.

use gloo_net::http::RequestBuilder;
use serde::Deserialize;
use switchboard_api::{BaseUrl, Token};
use web_sys::{ReferrerPolicy, RequestCache, RequestCredentials, RequestMode};

/// What a browser can find out about an address that its `fetch` refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Something answers there, so it was the browser that kept the answer from us: the API does not allow this page's origin (CORS).
    RefusesThisPage,
    /// Nothing answers there.
    Dead,
    /// The browser does not even ask: this page came over https and the address is plain http.
    MixedContent,
    /// The page's policy (`connect-src` in `deploy/headers.txt`) keeps the token from travelling over plain http.
    PlainHttp,
}

/// Why this page may not call an address at all: plain http is for this machine and for the page's own origin.
pub fn barred(base_url: &BaseUrl) -> Option<Reach> {
    let page = web_sys::window()?.location();
    let is_own = page.origin().is_ok_and(|own| own == base_url.origin());
    let is_local = matches!(base_url.host(), "localhost" | "127.0.0.1");
    if !base_url.as_str().starts_with("http:") || is_own || is_local {
        return None;
    }
    let is_secure = page.protocol().is_ok_and(|protocol| protocol == "https:");
    Some(if is_secure {
        Reach::MixedContent
    } else {
        Reach::PlainHttp
    })
}

/// Why a call to this address did not get through. Asks for nothing but a sign of life, and sends no token.
pub async fn reach(base_url: &BaseUrl) -> Reach {
    let asked = RequestBuilder::new(base_url.as_str())
        .mode(RequestMode::NoCors)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .cache(RequestCache::NoStore)
        .send()
        .await;
    if asked.is_ok() {
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

/// The sandbox on this page's own origin, if one is there and says its token.
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
