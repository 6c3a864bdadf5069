//! Serves the built panel as static files: fallback to its one page, caching, precompressed variants.

use std::path::{Path, PathBuf};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};
use percent_encoding::percent_decode_str;
use tower::ServiceExt;
use tower_http::services::ServeDir;

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// The service for every path that is neither the API nor the widget.
#[derive(Clone, Debug)]
pub(crate) struct Panel {
    folder: Option<PathBuf>,
}

impl Panel {
    /// Serves the panel in `folder`, or a page that says that there is none.
    pub(crate) fn new(folder: Option<&Path>) -> Self {
        Self {
            folder: folder.map(Path::to_owned),
        }
    }

    /// Answers a request for a page or an asset.
    pub(crate) async fn serve(self, request: Request<Body>) -> Response {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return StatusCode::METHOD_NOT_ALLOWED.into_response();
        }
        let Some(folder) = &self.folder else {
            return match request.uri().path() {
                "/" => Html(include_str!("../assets/home.html")).into_response(),
                _ => StatusCode::NOT_FOUND.into_response(),
            };
        };
        let navigation = is_navigation(request.uri(), request.headers());
        let mut page = Request::new(Body::empty());
        *page.method_mut() = request.method().clone();
        *page.uri_mut() = Uri::from_static("/index.html");
        *page.headers_mut() = request.headers().clone();

        let is_hashed = has_content_hash(request.uri().path());
        let found = file(folder, request).await;
        if found.status() != StatusCode::NOT_FOUND {
            return with_caching(found, if is_hashed { FOREVER } else { REVALIDATE });
        }
        if navigation {
            with_caching(file(folder, page).await, REVALIDATE)
        } else {
            with_caching(found, REVALIDATE)
        }
    }
}

async fn file(folder: &Path, request: Request<Body>) -> Response {
    if leads_outside(folder, request.uri().path()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let files = ServeDir::new(folder)
        .precompressed_br()
        .precompressed_gzip();
    match files.oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    }
}

/// Returns whether this path is a symbolic link that leads out of the folder. [`ServeDir`] refuses paths that
/// themselves lead outside, with `..` in any notation.
fn leads_outside(folder: &Path, path: &str) -> bool {
    let Ok(root) = folder.canonicalize() else {
        return false;
    };
    let path = percent_decode_str(path).decode_utf8_lossy();
    let asked = folder.join(path.trim_start_matches('/'));
    let mut candidates = vec![asked.clone(), asked.join("index.html")];
    for suffix in [".br", ".gz"] {
        let mut compressed = asked.clone().into_os_string();
        compressed.push(suffix);
        candidates.push(compressed.into());
    }
    candidates
        .iter()
        .filter_map(|file| file.canonicalize().ok())
        .any(|real| !real.starts_with(&root))
}

fn with_caching(mut response: Response, cache_control: HeaderValue) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, cache_control);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

/// Returns whether a request navigates to a page of the panel rather than loading one of its files. The panel's paths
/// end in domain names and e-mail addresses, so a dot in the last segment does not mean a file if the client accepts
/// HTML.
fn is_navigation(uri: &Uri, headers: &HeaderMap) -> bool {
    let wants_html = headers
        .get_all(header::ACCEPT)
        .iter()
        .any(|accept| accept.to_str().is_ok_and(|text| text.contains("text/html")));
    let last_segment = uri.path().rsplit('/').next().unwrap_or_default();
    wants_html || !last_segment.contains('.')
}

/// Returns whether the file's name changes with its content: `name-0123456789abcdef.js`, also with a suffix after the
/// hash, as in `_bg.wasm`.
fn has_content_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((_, rest)) = name.rsplit_once('-') else {
        return false;
    };
    let hash = rest.split(['.', '_']).next().unwrap_or_default();
    rest.contains('.')
        && hash.len() >= 8
        && hash
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_cached_permanently() {
        for hashed in [
            "/switchboard-1a2b3c4d5e6f7081.js",
            "/a/switchboard-1a2b3c4d5e6f7081_bg.wasm",
            "/main-0123abcd.css",
        ] {
            assert!(has_content_hash(hashed), "{hashed}");
        }
        for plain in [
            "/",
            "/index.html",
            "/favicon.svg",
            "/apple-touch-icon.png",
            "/main-abc.css",
            "/domains/a-0123abcd",
        ] {
            assert!(!has_content_hash(plain), "{plain}");
        }
    }

    #[test]
    fn dotted_path_is_a_page_for_html_clients() {
        let asking = |accept: &'static str| {
            HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))])
        };
        let browser = "text/html,application/xhtml+xml,*/*;q=0.8";
        assert!(is_navigation(
            &Uri::from_static("/domains/shop.acme.example"),
            &asking(browser)
        ));
        // The first segment names an organisation.
        for page in [
            "/acme.chatwhizz.com/",
            "/acme.chatwhizz.com/operators",
            "/127.0.0.1:8080/domains",
            "/%5B::1%5D:8080/domains",
        ] {
            assert!(is_navigation(&Uri::from_static(page), &asking("*/*")));
        }
        for page in ["/acme.chatwhizz.com", "/127.0.0.1:8080"] {
            assert!(is_navigation(&Uri::from_static(page), &asking(browser)));
        }
        assert!(is_navigation(&Uri::from_static("/domains"), &asking("*/*")));
        assert!(!is_navigation(
            &Uri::from_static("/main-0123abcd.js"),
            &asking("*/*")
        ));
    }
}
