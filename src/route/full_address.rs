//! A full address: an organisation and one of its pages, as a path of the panel names them.

use std::cell::RefCell;

use switchboard_api::BaseUrl;

use super::{Route, decode, encode, organisation_segment};

thread_local! {
    /// The organisation of this tab. A tab has one at a time, and a change rebuilds everything that shows links.
    static HERE: RefCell<Option<BaseUrl>> = const { RefCell::new(None) };
}

/// Sets the organisation whose pages links lead to; `None` for links that name no organisation.
pub fn enter(organisation: Option<&BaseUrl>) {
    HERE.set(organisation.cloned());
}

/// A page, with the organisation that the path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// `None` if the path names none: an address from before paths contained the organisation, the page "Connect", or
    /// no page at all.
    pub organisation: Option<BaseUrl>,
    /// The page.
    pub route: Route,
}

impl Address {
    /// Parses a path (no query, no fragment; percent-encoded or not). Never fails: an unknown path is
    /// [`Route::NotFound`].
    #[must_use]
    pub fn parse(path: &str) -> Self {
        let segments: Vec<String> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(decode)
            .collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let named = match segments.as_slice() {
            // The file that the server returns for every page.
            ["index.html"] => return Self::nowhere(Route::Home),
            [first, rest @ ..] => organisation_segment::from_segment(first).map(|it| (it, rest)),
            [] => None,
        };
        match named {
            Some((organisation, rest)) => match Route::parse(rest, path) {
                Route::Connect => Self::nowhere(Route::NotFound(path.to_owned())),
                route => Self {
                    organisation: Some(organisation),
                    route,
                },
            },
            None => Self::nowhere(Route::parse(&segments, path)),
        }
    }

    /// Returns the address of a page of this tab's organisation.
    pub(super) fn here(route: Route) -> Self {
        Self {
            organisation: HERE.with_borrow(Clone::clone),
            route,
        }
    }

    fn nowhere(route: Route) -> Self {
        Self {
            organisation: None,
            route,
        }
    }

    /// Returns the path for use in a link.
    #[must_use]
    pub fn href(&self) -> String {
        let path = self.route.path();
        match (&self.organisation, &self.route) {
            (None, _) | (Some(_), Route::Connect | Route::NotFound(_)) => path,
            (Some(base_url), _) => format!("/{}{path}", in_path(base_url)),
        }
    }
}

/// Returns the segment of an organisation, percent-encoded where a path requires it.
fn in_path(base_url: &BaseUrl) -> String {
    let segment = organisation_segment::to_segment(base_url);
    let mut out = String::with_capacity(segment.len());
    let mut letter = [0; 4];
    for one in segment.chars() {
        match one {
            ':' | '!' | '~' => out.push(one),
            _ => out.push_str(&encode(one.encode_utf8(&mut letter))),
        }
    }
    out
}

/// Returns the organisation of the page to open after connecting, if it names one.
#[must_use]
pub fn organisation_in(next: Option<&str>) -> Option<BaseUrl> {
    let (path, _) = split(next?)?;
    Address::parse(path).organisation
}

/// Returns the path to open after connecting to an organisation. Accepts only a path of this panel, never another
/// site, and only a page of that organisation; otherwise returns the organisation's first page.
#[must_use]
pub fn safe_next(asked: Option<&str>, connected: &BaseUrl) -> String {
    let of = |route| Address {
        organisation: Some(connected.clone()),
        route,
    };
    let wanted = asked.and_then(split).and_then(|(path, query)| {
        let Address {
            organisation,
            route,
        } = Address::parse(path);
        let is_another = organisation.is_some_and(|it| it != *connected);
        match route {
            Route::Home | Route::Connect | Route::NotFound(_) => None,
            _ if is_another => None,
            route => Some(of(route).href() + query),
        }
    });
    wanted.unwrap_or_else(|| of(Route::Organisation).href())
}

/// Splits a path of this panel from its query or fragment. Returns `None` if it could lead to another site.
fn split(next: &str) -> Option<(&str, &str)> {
    let is_path = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    let end = next.find(['?', '#']).unwrap_or(next.len());
    is_path.then(|| next.split_at(end))
}
