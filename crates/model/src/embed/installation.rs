//! Checks a page, and turns the sightings of the codes into findings.

use std::ops::Range;

use switchboard_api::EmbedCode;

use super::finding::{Finding, Installation, Part};
use super::page::{Page, walk, walk_in_slices};
use super::sighting::{How, Sighting};
use super::snippet::{self, Piece};

/// Searches a page's HTML for an embed code, reading it as a browser with scripts would. Linear in the page's length.
///
/// A script is recognised by what it loads: its scheme, added parameters and the attributes that only say when it
/// loads may differ. An inline script is recognised by its text without white space.
#[must_use]
pub fn check(html: &str, code: &EmbedCode) -> Installation {
    let wanted = Wanted::of(code);
    installation(&wanted, &walk(html, &wanted.pieces))
}

/// Does the same as [`check`] in time slices: awaits `pause` often while it reads a long page, so that other tasks can run.
pub async fn check_in_slices(html: &str, code: &EmbedCode, pause: &impl AsyncFn()) -> Installation {
    let wanted = Wanted::of(code);
    installation(&wanted, &walk_in_slices(html, &wanted.pieces, pause).await)
}

/// What to search for.
struct Wanted {
    /// The pieces of both parts.
    pieces: Vec<Piece>,
    /// The range of pieces of each part.
    parts: [(Part, Range<usize>); 2],
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
        }
    }
}

/// Returns the findings about a page that was searched.
fn installation(wanted: &Wanted, page: &Page) -> Installation {
    let mut findings = Vec::new();
    if !page.has_markup {
        findings.push(Finding::NoHtml);
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
    let is_missing = |finding: &Finding| {
        matches!(
            finding,
            Finding::Missing { .. } | Finding::Incomplete { .. }
        )
    };
    if let Some(line) = page.tag_manager.filter(|_| findings.iter().any(is_missing)) {
        findings.push(Finding::TagManager { line });
    }
    if let Some((what, line)) = page.unclosed {
        findings.push(Finding::CutOff { what, line });
    }
    findings.sort_by_key(Finding::severity);
    Installation { findings }
}

/// The check of one part in one page.
struct PartCheck<'a> {
    part: Part,
    /// The range of the part's pieces.
    range: Range<usize>,
    pieces: &'a [Piece],
    page: &'a Page,
}

impl<'a> PartCheck<'a> {
    /// Adds the findings about the part, and returns its first sighting in the page.
    fn findings(&self, findings: &mut Vec<Finding>) -> Option<&'a Sighting> {
        let part = self.part;
        if self.range.is_empty() {
            findings.push(Finding::NotGiven { part });
            return None;
        }
        let first = self
            .range
            .clone()
            .filter_map(|piece| self.there(piece).next());
        let first = first.min_by_key(|sighting| sighting.position);
        let absent: Vec<usize> = self
            .range
            .clone()
            .filter(|piece| self.there(*piece).next().is_none())
            .collect();
        let mut lacking = Vec::new();
        let mut is_somehow_there = false;
        for piece in &absent {
            if let Some(finding) = self.other_form(*piece) {
                findings.push(finding);
                is_somehow_there = true;
            } else {
                lacking.push(self.pieces[*piece].in_short());
            }
            findings.extend(self.inert(*piece));
        }
        match first {
            Some(first) if absent.is_empty() => findings.push(Finding::Found {
                part,
                line: first.line,
            }),
            Some(first) if !lacking.is_empty() => findings.push(Finding::Incomplete {
                part,
                line: first.line,
                lacking,
            }),
            None if !is_somehow_there => findings.push(Finding::Missing { part }),
            _ => {}
        }
        self.state(findings);
        if let Some(first) = first {
            self.place(first, findings);
        }
        first
    }

    /// Returns where a piece is complete, or complete but held back.
    fn there(&self, piece: usize) -> impl Iterator<Item = &'a Sighting> {
        self.page.sightings.iter().filter(move |sighting| {
            sighting.piece == piece && matches!(sighting.how, How::Whole { .. } | How::HeldBack(_))
        })
    }

    /// Returns a finding if the piece is only there in another form.
    fn other_form(&self, piece: usize) -> Option<Finding> {
        let part = self.part;
        let of_piece = || {
            self.page
                .sightings
                .iter()
                .filter(|seen| seen.piece == piece)
        };
        let altered = of_piece().find_map(|seen| match &seen.how {
            How::Altered(found) => Some(Finding::Altered {
                part,
                line: seen.line,
                expected: self.pieces[piece].in_short(),
                found: found.clone(),
            }),
            _ => None,
        });
        let mentioned = || {
            of_piece()
                .find(|seen| seen.how == How::Mentioned)
                .map(|seen| Finding::OnlyMentioned {
                    part,
                    line: seen.line,
                })
        };
        altered.or_else(mentioned)
    }

    /// Returns a finding if the piece is in a place where it has no effect.
    fn inert(&self, piece: usize) -> Option<Finding> {
        self.page.sightings.iter().find_map(|seen| match seen.how {
            How::Inert(why) if seen.piece == piece => Some(Finding::Inert {
                part: self.part,
                line: seen.line,
                why,
            }),
            _ => None,
        })
    }

    /// Adds the findings about the state of the pieces that are there.
    fn state(&self, findings: &mut Vec<Finding>) {
        let part = self.part;
        for piece in self.range.clone() {
            // Both parts may share a piece, which is then expected twice.
            let expected = self
                .pieces
                .iter()
                .filter(|other| **other == self.pieces[piece])
                .count();
            let lines: Vec<usize> = self.there(piece).map(|seen| seen.line).collect();
            let is_told = findings.iter().any(
                |finding| matches!(finding, Finding::Repeated { part: told, .. } if *told == part),
            );
            if lines.len() > expected && !is_told {
                findings.push(Finding::Repeated { part, lines });
            }
            let Some(seen) = self.there(piece).next() else {
                continue;
            };
            let line = seen.line;
            match &seen.how {
                How::HeldBack(by) => findings.push(Finding::HeldBack {
                    part,
                    line,
                    by: by.clone(),
                }),
                How::Whole {
                    is_insecure,
                    changed,
                } => {
                    if *is_insecure {
                        findings.push(Finding::Insecure { part, line });
                    }
                    for (name, expected) in changed {
                        findings.push(Finding::AttributeChanged {
                            part,
                            line,
                            name: name.clone(),
                            expected: expected.clone(),
                        });
                    }
                }
                _ => {}
            }
        }
    }

    fn place(&self, first: &Sighting, findings: &mut Vec<Finding>) {
        let (part, line) = (self.part, first.line);
        if first.is_in_head {
            findings.push(Finding::InHead { part, line });
        } else if self.page.body_end.is_some_and(|end| first.position > end) {
            findings.push(Finding::AfterBody { part, line });
        }
    }
}
