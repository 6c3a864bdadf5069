//! Checks a page, and turns the sightings of the codes into findings.

mod part;

use std::ops::Range;

use crate::sort::sort_by_key;
use switchboard_api::{DomainName, EmbedCode};

use self::part::PartCheck;
use super::finding::{Finding, Part, Severity};
use super::jsx::as_html;
use super::named::{names_domain, other_domains};
use super::page::{Page, walk, walk_in_slices};
use super::policy::{Directive, content_security_policy};
use super::site_policy::forbid_needs;
use super::snippet::{self, Piece};

/// Searches a page's HTML for an embed code, reading it as a browser with scripts would. Linear in the page's length.
/// Reads the source of a component that imports `next/script`, too.
///
/// A script is recognised by what it loads: its scheme, added parameters and the attributes that only say when it
/// loads may differ. An inline script is recognised by its text without white space.
#[must_use]
pub fn check(html: &str, code: &EmbedCode) -> Installation {
    let (wanted, html) = (Wanted::of(code), as_html(html));
    installation(&wanted, &walk(&html, &wanted.pieces))
}

/// Does the same as [`check`] in time slices: awaits `pause` often while it reads a long page, so that other tasks can run.
pub async fn check_in_slices(html: &str, code: &EmbedCode, pause: &impl AsyncFn()) -> Installation {
    let (wanted, html) = (Wanted::of(code), as_html(html));
    installation(&wanted, &walk_in_slices(&html, &wanted.pieces, pause).await)
}

/// What to search for.
struct Wanted {
    /// The pieces of both parts.
    pieces: Vec<Piece>,
    /// The range of pieces of each part.
    parts: [(Part, Range<usize>); 2],
    /// What a policy of the page has to allow.
    needs: Vec<Directive>,
}

impl Wanted {
    fn of(code: &EmbedCode) -> Self {
        let mut pieces = snippet::pieces(&code.link);
        let of_link = pieces.len();
        pieces.extend(snippet::pieces(&code.socket_link));
        Self {
            parts: [
                (Part::Link, 0..of_link),
                (Part::SocketLink, of_link..pieces.len()),
            ],
            pieces,
            needs: content_security_policy(code),
        }
    }
}

/// Returns the findings about a page that was searched.
fn installation(wanted: &Wanted, page: &Page) -> Installation {
    let mut findings = Vec::new();
    if !page.has_markup {
        findings.push(Finding::NoHtml);
    } else if page.has_text && !page.has_elements {
        findings.push(Finding::NotAPage);
    }
    let mut places = Vec::new();
    for (part, range) in wanted.parts.clone() {
        let check = PartCheck {
            part,
            range,
            pieces: &wanted.pieces,
            page,
        };
        places.push(check.findings(&mut findings));
    }
    if let [Some(link), Some(socket_link)] = places[..]
        && socket_link.position < link.position
    {
        findings.push(Finding::WrongOrder {
            link: link.line,
            socket_link: socket_link.line,
        });
    }
    for (address, line) in &page.others {
        findings.push(Finding::OtherCode {
            address: address.clone(),
            line: *line,
        });
    }
    findings.extend(page.forbidden.iter().cloned());
    if places.iter().any(Option::is_some) {
        forbid_needs(&page.policies, &wanted.needs, &wanted.pieces, &mut findings);
    }
    let reason = elsewhere(page, &mut findings);
    findings.extend(reason);
    if let Some((what, line)) = page.unclosed {
        findings.push(Finding::CutOff { what, line });
    }
    sort_by_key(&mut findings, Finding::severity);
    Installation { findings }
}

/// The reason why a part may be on the page although its HTML lacks it. Such a part counts as not in the HTML.
fn elsewhere(page: &Page, findings: &mut [Finding]) -> Option<Finding> {
    let is_missing = |finding: &Finding| {
        matches!(
            finding,
            Finding::Missing { .. } | Finding::Incomplete { .. }
        )
    };
    if !findings.iter().any(is_missing) {
        return None;
    }
    let saved = page.saved.map(|line| Finding::SavedCopy { line });
    let manager = || page.tag_manager.map(|line| Finding::TagManager { line });
    let script = page.script.filter(|_| !page.has_text);
    let client_side = || script.map(|line| Finding::ClientSide { line });
    let reason = saved.or_else(manager).or_else(client_side)?;
    for finding in findings {
        if let Finding::Missing { part } = *finding {
            *finding = Finding::NotInHtml { part };
        }
    }
    Some(reason)
}

/// What a page was found to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Installation {
    /// The findings, the most important first; of equal importance, `link` before `socketLink`.
    pub findings: Vec<Finding>,
}

impl Installation {
    /// Adds that a code which is saved for this domain names another one. `former` is the domain's name when the code
    /// arrived, if it was renamed since: then a code that names no domain may belong to that name.
    #[must_use]
    pub fn kept_for(
        mut self,
        domain: &DomainName,
        code: &EmbedCode,
        former: Option<&DomainName>,
    ) -> Self {
        let named = other_domains(code, domain);
        let former = former.filter(|_| named.is_empty() && !names_domain(code, domain));
        let domain = domain.clone();
        if let Some(former) = former.cloned() {
            self.findings.push(Finding::FormerDomain { former, domain });
        } else if !named.is_empty() {
            self.findings.push(Finding::OtherDomain { named, domain });
        }
        sort_by_key(&mut self.findings, Finding::severity);
        self
    }

    /// How much the most important finding matters; [`Severity::Good`] when everything is as it should be.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.findings
            .iter()
            .map(Finding::severity)
            .min()
            .unwrap_or(Severity::Good)
    }

    /// Whether the part was found whole.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        self.findings
            .iter()
            .any(|finding| matches!(finding, Finding::Found { part: found, .. } if *found == part))
    }
}
