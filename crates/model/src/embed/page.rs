//! Walks through a page once, and records where each piece of a code is seen, and in what state.

mod element;
mod text;

use super::address::Address;
use super::attributes::Attributes;
use super::compared_element::{Element, loading_attribute};
use super::finding::{Finding, Inert};
use super::html::Unclosed;
use super::html::{Token, Tokens};
use super::script::canonical;
use super::sighting::{How, Sighting};
use super::site_policy::SitePolicy;
use super::snippet::Piece;

/// What was seen in a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Every sighting of every piece, in the page's order.
    pub(super) sightings: Vec<Sighting>,
    /// Scripts from hosts of the code that are not its pieces.
    pub(super) others: Vec<(String, usize)>,
    /// The end of the body, counted in tokens; the last one if there are several.
    pub(super) body_end: Option<usize>,
    /// The line where the first tag manager is loaded.
    pub(super) tag_manager: Option<usize>,
    /// Where a script that is no piece is loaded first.
    pub(super) script: Option<usize>,
    /// Where it shows that a browser saved the page.
    pub(super) saved: Option<usize>,
    /// Whether there is text that visitors see.
    pub(super) has_text: bool,
    /// The policies that the page sets, in its order.
    pub(super) policies: Vec<SitePolicy>,
    /// What these forbid of the scripts that were seen.
    pub(super) forbidden: Vec<Finding>,
    /// What the page ends in the middle of.
    pub(super) unclosed: Option<(Unclosed, usize)>,
    /// Whether there is any tag.
    pub(super) has_markup: bool,
    /// Whether there is an element that is neither a script nor a piece.
    pub(super) has_elements: bool,
}

/// What may stand in a page's head; anything else ends it.
const HEAD_ELEMENTS: [&str; 10] = [
    "base", "link", "meta", "noscript", "script", "style", "template", "title", "head", "noframes",
];

/// Returns whether a browser saved the page as a single file: an e-mail of several parts.
fn is_web_archive(html: &str) -> bool {
    let mut head = html.lines().take(20);
    head.any(|line| line.starts_with("Content-Type: multipart/related"))
}

/// The number of tokens read between two pauses.
const SLICE: usize = 256;

struct Walk<'p> {
    pieces: &'p [Piece],
    /// The hosts of all pieces.
    hosts: Vec<String>,
    /// Each inline piece in its canonical form.
    canonical: Vec<Option<String>>,
    /// The texts that a script must contain to name a piece.
    needles: Vec<Vec<String>>,
    page: Page,
    position: usize,
    is_in_head: bool,
    /// Whether the body has begun, with or without its tag.
    is_in_body: bool,
    /// The end marker of the open comment of a template; `None` outside one.
    template_comment: Option<&'static str>,
    /// Whether the line begins with `>`.
    is_quoted: bool,
    templates: usize,
    /// How many declarative shadow roots are open around this place.
    shadow_roots: usize,
    /// Set while reading a part that browsers do not execute.
    inert: Option<Inert>,
    /// The start tag of the script whose content comes next.
    script: Option<Element>,
}

/// Walks through a page.
pub(super) fn walk(html: &str, pieces: &[Piece]) -> Page {
    let mut walk = Walk::of(html, pieces);
    walk.read(html, 1);
    walk.page
}

/// Does the same as [`walk`] in time slices.
pub(super) async fn walk_in_slices(html: &str, pieces: &[Piece], pause: &impl AsyncFn()) -> Page {
    let mut walk = Walk::of(html, pieces);
    let mut tokens = Tokens::new(html, 1);
    while walk.go_on(&mut tokens) {
        pause().await;
    }
    walk.page
}

impl<'p> Walk<'p> {
    fn of(html: &str, pieces: &'p [Piece]) -> Self {
        let addresses: Vec<_> = pieces.iter().map(Piece::addresses).collect();
        Self {
            pieces,
            hosts: addresses
                .iter()
                .flatten()
                .filter_map(|address| address.host.clone())
                .collect(),
            canonical: pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Inline(text) | Piece::Text(text) => Some(canonical(text)),
                    _ => None,
                })
                .collect(),
            needles: addresses
                .iter()
                .map(|addresses| {
                    addresses
                        .iter()
                        .filter(|address| address.host.is_some())
                        .map(Address::needle)
                        .collect()
                })
                .collect(),
            page: Page {
                saved: is_web_archive(html).then_some(1),
                ..Page::default()
            },
            position: 0,
            is_in_head: false,
            is_in_body: false,
            template_comment: None,
            is_quoted: false,
            templates: 0,
            shadow_roots: 0,
            inert: None,
            script: None,
        }
    }

    fn read(&mut self, html: &str, first_line: usize) {
        let mut tokens = Tokens::new(html, first_line);
        while self.go_on(&mut tokens) {}
    }

    /// Reads a slice. Returns whether there is more.
    fn go_on(&mut self, tokens: &mut Tokens<'_>) -> bool {
        for _ in 0..SLICE {
            let Some(token) = tokens.next() else {
                if self.inert.is_none() {
                    self.page.unclosed = tokens.unclosed();
                }
                return false;
            };
            self.position += 1;
            self.token(token);
        }
        true
    }

    /// Reads a part that browsers do not execute. Only one level deep: an inert part inside it counts as text.
    fn read_inert(&mut self, html: &str, line: usize, why: Inert) {
        if self.inert.is_none() && !self.pieces.is_empty() {
            self.inert = Some(why);
            self.read(html, line);
            self.inert = None;
        }
    }

    fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Start {
                name,
                attributes,
                line,
                is_foreign,
            } => {
                // An address in angle brackets is none.
                let is_element = !name.contains('@') && !name.ends_with(':');
                self.page.has_markup |= is_element;
                let seen = self.page.sightings.len();
                self.enter(name, attributes);
                if name.eq_ignore_ascii_case("meta") {
                    self.meta(&Element::read(name, attributes, is_foreign), line);
                } else if self.may_be_a_piece(name) {
                    self.element(
                        Element::read(name, attributes, is_foreign),
                        line,
                        is_foreign,
                    );
                }
                let is_other = is_element
                    && self.page.sightings.len() == seen
                    && !name.eq_ignore_ascii_case("script");
                self.page.has_elements |= is_other && self.inert.is_none();
            }
            Token::End { name } => self.leave(name),
            Token::Comment { text, line } => {
                // Chromium begins each page that it saves with this.
                if text.trim_start().starts_with("saved from url=(") && self.inert.is_none() {
                    self.page.saved.get_or_insert(line);
                }
                self.read_inert(text, line, Inert::Comment);
            }
            Token::Raw { of, text, line } => {
                if of.eq_ignore_ascii_case("script") {
                    self.inline(text, line);
                } else if of.eq_ignore_ascii_case("noscript") {
                    self.read_inert(text, line, Inert::NoScript);
                } else {
                    self.read_inert(text, line, Inert::TextElement);
                }
            }
            Token::Text { text, line } => self.text(text, line),
        }
    }

    fn enter(&mut self, name: &str, attributes: Attributes<'_>) {
        if self.inert.is_some() {
            return;
        }
        let is_in_head = HEAD_ELEMENTS
            .iter()
            .any(|there| name.eq_ignore_ascii_case(there));
        if name.eq_ignore_ascii_case("frameset") && !self.is_in_body && self.templates == 0 {
            self.inert = Some(Inert::Frames);
        } else if name.eq_ignore_ascii_case("head") {
            self.is_in_head = true;
        } else if !is_in_head {
            self.is_in_head = false;
            self.is_in_body |= self.templates == 0 && !name.eq_ignore_ascii_case("html");
        }
        // A shadow root takes part in the page: its scripts run.
        let is_shadow_root = || {
            let mut attributes = attributes.iter();
            let mode = attributes.find(|(name, _)| name.eq_ignore_ascii_case("shadowrootmode"));
            mode.is_some_and(|(_, mode)| {
                ["open", "closed"]
                    .iter()
                    .any(|valid| mode.eq_ignore_ascii_case(valid))
            })
        };
        if name.eq_ignore_ascii_case("template") {
            if self.templates == 0 && is_shadow_root() {
                self.shadow_roots += 1;
            } else {
                self.templates += 1;
            }
        }
    }

    fn leave(&mut self, name: &str) {
        if self.inert.is_some() {
            return;
        }
        if name.eq_ignore_ascii_case("head") {
            self.is_in_head = false;
        } else if name.eq_ignore_ascii_case("body") {
            self.page.body_end = Some(self.position);
        } else if name.eq_ignore_ascii_case("template") {
            let open = match self.templates {
                0 => &mut self.shadow_roots,
                _ => &mut self.templates,
            };
            *open = open.saturating_sub(1);
        }
    }

    /// Returns whether an element of this name may be a piece: most of a page cannot.
    fn may_be_a_piece(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        loading_attribute(&name, false).is_some()
            || self.pieces.iter().any(|piece| match piece {
                Piece::Element(element) => element.name == name,
                _ => false,
            })
    }

    fn is_inert(&self) -> bool {
        self.inert.is_some() || self.templates > 0
    }

    fn see(&mut self, piece: usize, how: How, line: usize) {
        let inert = self
            .inert
            .or((self.templates > 0).then_some(Inert::Template));
        // Inside an inert part, only what would be right elsewhere is worth reporting.
        let how = match (inert, how) {
            (None, how) => how,
            (Some(why), How::Whole { .. } | How::HeldBack(_) | How::Inert(_)) => How::Inert(why),
            (Some(_), How::Altered(_) | How::Mentioned) => return,
        };
        self.page.sightings.push(Sighting {
            piece,
            how,
            line,
            position: self.position,
            is_in_head: self.is_in_head,
            is_in_template_comment: self.template_comment.is_some(),
            is_quoted: self.is_quoted,
            is_in_shadow_root: self.shadow_roots > 0,
        });
    }
}
