//! Searches a page's scripts and visible text for a code.

use super::Walk;
use crate::embed::entity::decode;
use crate::embed::finding::Inert;
use crate::embed::sighting::How;
use crate::embed::snippet::{Piece, canonical, shortened};

impl Walk<'_> {
    /// Reads an inline script.
    pub(super) fn inline(&mut self, text: &str, line: usize) {
        let script = self.script.take();
        let has_source = script.as_ref().is_some_and(|script| script.loads.is_some());
        if has_source || text.trim().is_empty() {
            return;
        }
        let kind = script.as_ref().filter(|script| !script.runs());
        let kind = kind
            .and_then(|script| script.attribute("type"))
            .map(str::to_owned);
        if !self.is_inert()
            && self.page.tag_manager.is_none()
            && text.contains("googletagmanager.com/gtm.js")
        {
            self.page.tag_manager = Some(line);
        }
        let compared = self
            .canonical
            .iter()
            .any(Option::is_some)
            .then(|| canonical(text));
        let names_a_host = self.hosts.iter().any(|host| text.contains(host.as_str()));
        let plain = names_a_host.then(|| unescaped(text));
        for at in 0..self.pieces.len() {
            let is_whole = match (&self.canonical[at], &compared) {
                (Some(wanted), Some(there)) => there.contains(wanted.as_str()),
                _ => false,
            };
            let names = plain.as_ref().is_some_and(|plain| {
                let needles = &self.needles[at];
                !needles.is_empty() && needles.iter().all(|needle| plain.contains(needle.as_str()))
            });
            let how = match (&self.pieces[at], &kind) {
                (_, Some(kind)) if is_whole => How::HeldBack(kind.clone()),
                _ if is_whole => How::whole(),
                (Piece::Inline(_), None) if names => How::Altered(shortened(text.trim())),
                (_, None) if names => How::Mentioned,
                _ => continue,
            };
            self.see(at, how, line);
        }
    }

    /// Reads visible text, which may contain a code that an editor has escaped.
    pub(super) fn text(&mut self, text: &str, line: usize) {
        if self.inert.is_some() {
            return;
        }
        if !text.trim().is_empty() {
            self.is_in_head = false;
        }
        if text.contains("&lt;") {
            self.read_inert(&decode(text), line, Inert::ShownAsText);
            return;
        }
        for at in 0..self.pieces.len() {
            let is_shown = match &self.pieces[at] {
                Piece::Bare { .. } => {
                    let needles = &self.needles[at];
                    needles
                        .iter()
                        .any(|needle| decode(text).contains(needle.as_str()))
                }
                Piece::Inline(_) => self.canonical[at]
                    .as_ref()
                    .is_some_and(|wanted| canonical(text).contains(wanted.as_str())),
                Piece::Element(_) => false,
            };
            if is_shown {
                self.see(at, How::Inert(Inert::ShownAsText), line);
            }
        }
    }
}

/// Returns a script's text without the escapes that frameworks put into addresses.
fn unescaped(text: &str) -> String {
    text.replace("\\/", "/")
        .replace("\\u0026", "&")
        .replace("&amp;", "&")
}
