//! Searches a page's scripts and visible text for a code.

use super::Walk;
use crate::embed::compared_element::Element;
use crate::embed::entity::decode;
use crate::embed::finding::Inert;
use crate::embed::html::{Token, Tokens, inner_script};
use crate::embed::script::{canonical, comments, is_inside, straightened};
use crate::embed::sighting::How;
use crate::embed::snippet::{Piece, shortened};

impl Walk<'_> {
    /// Reads an inline script.
    pub(super) fn inline(&mut self, text: &str, line: usize) {
        let script = self.script.take();
        if self.swallowed(text, line) {
            return;
        }
        let Some(script) = script.filter(Element::is_inline_script) else {
            return;
        };
        if text.trim().is_empty() {
            return;
        }
        let kind = script.held_back_by().map(str::to_owned);
        let is_no_module = script.attribute("nomodule").is_some();
        if !self.is_inert()
            && self.page.tag_manager.is_none()
            && text.contains("googletagmanager.com/gtm.js")
        {
            self.page.tag_manager = Some(line);
        }
        let is_compared = self.canonical.iter().any(Option::is_some);
        let compared = is_compared.then(|| canonical(text));
        let straight = is_compared.then(|| canonical(&straightened(text)));
        let comments = if is_compared {
            comments(text)
        } else {
            Vec::new()
        };
        let names_a_host = self.hosts.iter().any(|host| text.contains(host.as_str()));
        let plain = names_a_host.then(|| unescaped(text));
        for at in 0..self.pieces.len() {
            let found_in = |there: &Option<String>| {
                let (wanted, there) = (self.canonical[at].as_ref()?, there.as_ref()?);
                let mut places = there.match_indices(wanted.as_str()).map(|(at, _)| at);
                let first = places.next()?;
                let is_comment = |at| is_inside(&comments, at);
                Some(is_comment(first) && places.all(is_comment))
            };
            // `Some(true)` if every copy is in a comment.
            let found = found_in(&compared);
            let is_whole = found.is_some();
            let names = plain.as_ref().is_some_and(|plain| {
                let needles = &self.needles[at];
                !needles.is_empty() && needles.iter().all(|needle| plain.contains(needle.as_str()))
            });
            let how = match (&self.pieces[at], &kind) {
                (_, Some(kind)) if is_whole => How::HeldBack(kind.clone()),
                _ if is_whole && is_no_module => How::Inert(Inert::NoModule),
                _ if found == Some(true) => How::Mentioned,
                _ if is_whole => How::whole(),
                _ if found_in(&straight).is_some() => How::Inert(Inert::Quotes),
                (Piece::Inline(_), None) if names => How::Altered(shortened(text.trim())),
                (_, None) if names => How::Mentioned,
                _ => continue,
            };
            self.rule(at, &how, &script);
            self.see(at, how, line);
        }
    }

    /// Reads a script that another one contains, because the other one is not closed before it. Returns whether that
    /// is a piece.
    fn swallowed(&mut self, text: &str, line: usize) -> bool {
        let Some(at) = inner_script(text) else {
            return false;
        };
        let mut tokens = Tokens::new(&text[at..], line);
        let (tag, content) = (tokens.next(), tokens.next());
        let (
            Some(Token::Start {
                name, attributes, ..
            }),
            Some(Token::Raw { text: content, .. }),
        ) = (tag, content)
        else {
            return false;
        };
        // Otherwise the script is part of a string that has more text.
        let is_inline = Element::read(name, attributes, false).is_inline_script();
        let is_all = match is_inline {
            true => !content.contains("</") && !content.contains("<\\/"),
            false => content.trim().is_empty(),
        };
        let seen = self.page.sightings.len();
        if is_all {
            let lines = text[..at].matches('\n').count();
            self.read_inert(&text[at..], line + lines, Inert::OpenScript(line));
        }
        self.page.sightings.len() > seen
    }

    /// Reads visible text, which may contain a code that an editor has escaped.
    pub(super) fn text(&mut self, text: &str, line: usize) {
        if self.inert.is_some() {
            return;
        }
        self.template_comments(text);
        let line_start = match text.rsplit_once('\n') {
            Some((_, last)) => Some(last),
            None => (self.position == 1).then_some(text),
        };
        if let Some(start) = line_start {
            self.is_quoted = start.trim_start().starts_with('>');
        }
        if !text.trim().is_empty() {
            self.is_in_head = false;
            self.is_in_body |= self.templates == 0;
            self.page.has_text |= self.templates == 0;
        }
        let decoded = decode(text);
        if text.contains('&') && decoded.contains('<') {
            self.read_inert(&decoded, line, Inert::ShownAsText);
            return;
        }
        let blank = &text[..text.len() - text.trim_start().len()];
        let line = line + blank.matches('\n').count();
        for at in 0..self.pieces.len() {
            let is_shown = match &self.pieces[at] {
                Piece::Bare { .. } => {
                    let needles = &self.needles[at];
                    needles
                        .iter()
                        .any(|needle| decoded.contains(needle.as_str()))
                }
                Piece::Inline(_) | Piece::Text(_) => self.canonical[at]
                    .as_ref()
                    .is_some_and(|wanted| canonical(text).contains(wanted.as_str())),
                Piece::Element(_) => false,
            };
            if is_shown {
                self.see(at, How::Inert(Inert::ShownAsText), line);
            }
        }
    }

    /// Notes where comments of templates begin and end.
    fn template_comments(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let end = match self.template_comment {
                Some("endcomment") => after_tag(rest, "endcomment"),
                Some(end) => rest.find(end).map(|at| at + end.len()),
                None => {
                    let Some((begin, end)) = first_comment(rest) else {
                        return;
                    };
                    self.template_comment = Some(end);
                    rest = &rest[begin..];
                    continue;
                }
            };
            let Some(end) = end else { return };
            self.template_comment = None;
            rest = &rest[end..];
        }
    }
}

/// The comments of templates (Blade, Handlebars, JSX): how they begin and end. Comments of Jinja and Twig need white space
/// after their mark, because `{#if` begins a block of Svelte. A comment of Liquid is a pair of tags.
const COMMENTS: [(&str, &str); 4] = [
    ("{{--", "--}}"),
    ("{{!--", "--}}"),
    ("{{!", "}}"),
    ("{/*", "*/}"),
];

/// Returns where the first comment of a template begins, after its marker, and how it ends.
fn first_comment(text: &str) -> Option<(usize, &'static str)> {
    text.match_indices('{').find_map(|(at, _)| {
        let rest = &text[at..];
        let known = COMMENTS.iter().find(|(begin, _)| rest.starts_with(begin));
        if let Some((begin, end)) = known {
            return Some((at + begin.len(), *end));
        }
        let of_jinja = |c: char| c.is_whitespace() || c == '-';
        if rest
            .strip_prefix("{#")
            .is_some_and(|rest| rest.starts_with(of_jinja))
        {
            return Some((at + 2, "#}"));
        }
        let tag = rest
            .strip_prefix("{%")?
            .trim_start_matches('-')
            .trim_start();
        let after = tag.strip_prefix("comment")?;
        Some((text.len() - after.len(), "endcomment"))
    })
}

/// Returns the index after the name of a Liquid tag: `{% name %}`, also with hyphens.
fn after_tag(text: &str, name: &str) -> Option<usize> {
    text.match_indices("{%").find_map(|(at, _)| {
        let tag = text[at + 2..].trim_start_matches('-').trim_start();
        let rest = tag.strip_prefix(name)?;
        Some(text.len() - rest.len())
    })
}

/// Returns a script's text without the escapes that frameworks put into addresses.
fn unescaped(text: &str) -> String {
    text.replace("\\/", "/")
        .replace("\\u0026", "&")
        .replace("&amp;", "&")
}
