//! What a page's elements have of a code.

use super::Walk;
use crate::embed::MOST;
use crate::embed::compared_element::Element;
use crate::embed::sighting::{How, sight};
use crate::embed::site_policy::{SitePolicy, forbid_script};
use crate::embed::snippet::{Piece, shortened};
use crate::embed::source::belongs;

/// More policies than this are not read.
const MOST_POLICIES: usize = 20;

impl Walk<'_> {
    /// Reads a `meta`. Browsers ignore a policy that is not in the head.
    pub(super) fn meta(&mut self, meta: &Element, line: usize) {
        if self.is_inert() || self.is_in_body {
            return;
        }
        let rest = MOST_POLICIES - self.page.policies.len();
        let policies = SitePolicy::of_meta(meta, line).take(rest);
        self.page.policies.extend(policies);
    }

    /// Reads an element that may be a piece.
    pub(super) fn element(&mut self, element: Element, line: usize, is_foreign: bool) {
        let is_script = element.name == "script";
        let mut was_known = false;
        for (at, piece) in self.pieces.iter().enumerate() {
            if let Some(how) = sight(piece, &element, is_foreign) {
                was_known = true;
                if is_script {
                    self.rule(at, &how, &element);
                }
                self.see(at, how, line);
            }
        }
        if element.loads.is_some() && !was_known {
            self.unknown(&element, line);
        }
        if is_script {
            self.script = Some(element);
        }
    }

    /// Notes what the policies so far forbid of a script that is a piece, where it is for the first time.
    pub(super) fn rule(&mut self, at: usize, how: &How, script: &Element) {
        let is_first = !self.page.sightings.iter().any(|seen| seen.piece == at);
        if is_first && !self.is_inert() && matches!(how, How::Whole { .. }) {
            forbid_script(&self.page.policies, script, &mut self.page.forbidden);
        }
    }

    /// An element that loads something which is no piece: perhaps a piece in another form.
    fn unknown(&mut self, element: &Element, line: usize) {
        let Some(loaded) = &element.loads else { return };
        let address = &loaded.address;
        let host = address.host.as_deref().unwrap_or_default();
        let (mut was_altered, mut is_beside) = (false, false);
        for (at, piece) in self.pieces.iter().enumerate() {
            let same_kind = match piece {
                Piece::Element(wanted) => wanted.name == element.name,
                Piece::Bare { .. } => element.uses_what_it_loads(),
                Piece::Inline(_) | Piece::Text(_) => false,
            };
            let addresses = piece.addresses();
            if same_kind && addresses.iter().any(|wanted| wanted.same_file(address)) {
                was_altered = true;
                self.see(at, How::Altered(shortened(&loaded.text)), line);
            }
            // The same script for another organisation.
            is_beside |= addresses.iter().any(|wanted| {
                let own = wanted.host.as_deref().unwrap_or_default();
                wanted.path == address.path && belongs(host, own)
            });
        }
        if element.name != "script" || self.is_inert() {
            return;
        }
        let is_ours = is_beside || self.hosts.iter().any(|there| there == host);
        if !was_altered && self.page.others.len() < MOST && is_ours {
            self.page.others.push((shortened(&loaded.text), line));
        }
        let is_google = host.ends_with("googletagmanager.com") && address.path.ends_with("gtm.js");
        if is_google || address.query.contains("id=GTM-") {
            self.page.tag_manager.get_or_insert(line);
        }
        if address.host.is_none() && address.path.contains("_files/") {
            self.page.saved.get_or_insert(line);
        }
        if element.runs() {
            self.page.script.get_or_insert(line);
        }
    }
}
