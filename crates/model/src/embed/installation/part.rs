//! What there is to say of one part of a code in one page.

use std::ops::Range;

use crate::embed::finding::{Finding, Inert, Part};
use crate::embed::page::Page;
use crate::embed::sighting::{How, Sighting};
use crate::embed::snippet::Piece;

/// One part in one page.
pub(super) struct PartCheck<'a> {
    pub(super) part: Part,
    /// Which of the pieces are the part's.
    pub(super) range: Range<usize>,
    pub(super) pieces: &'a [Piece],
    pub(super) page: &'a Page,
}

impl<'a> PartCheck<'a> {
    /// Adds what there is to say of the part, and gives its first place in the page.
    pub(super) fn findings(&self, findings: &mut Vec<Finding>) -> Option<&'a Sighting> {
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
            .filter(|piece| !matches!(self.pieces[*piece], Piece::Text(_)))
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
        self.shown_text(findings);
        if let Some(first) = first {
            self.place(first, findings);
        }
        first
    }

    /// Where a piece is, or is held back, as it should be.
    fn there(&self, piece: usize) -> impl Iterator<Item = &'a Sighting> {
        self.page.sightings.iter().filter(move |sighting| {
            sighting.piece == piece && matches!(sighting.how, How::Whole { .. } | How::HeldBack(_))
        })
    }

    /// A piece that is not there as it should be, in another form.
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

    /// Where a piece stands and does nothing.
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

    /// Text of the part that the page shows.
    fn shown_text(&self, findings: &mut Vec<Finding>) {
        for seen in &self.page.sightings {
            if self.range.contains(&seen.piece)
                && let Piece::Text(_) = &self.pieces[seen.piece]
                && seen.how == How::Inert(Inert::ShownAsText)
            {
                findings.push(Finding::ShownText {
                    part: self.part,
                    line: seen.line,
                    text: self.pieces[seen.piece].in_short(),
                });
            }
        }
    }

    /// In what state the pieces are that are there.
    fn state(&self, findings: &mut Vec<Finding>) {
        let part = self.part;
        for piece in self.range.clone() {
            // Both parts may have a piece in common, which then belongs there twice.
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
            findings.extend(self.second_codes(piece));
            if seen.is_in_template_comment {
                findings.push(Finding::TemplateComment { part, line });
            }
            if seen.is_quoted {
                findings.push(Finding::Quoted { part, line });
            }
            if seen.is_in_shadow_root {
                findings.push(Finding::ShadowRoot { part, line });
            }
            match &seen.how {
                How::HeldBack(by) => findings.push(Finding::HeldBack {
                    part,
                    line,
                    by: by.clone(),
                }),
                How::Whole {
                    is_insecure,
                    changed,
                    added,
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
                    findings.extend(added.iter().map(|attribute| Finding::AttributeAdded {
                        part,
                        line,
                        attribute: *attribute,
                    }));
                }
                _ => {}
            }
        }
    }

    /// Codes of the same kind beside a piece that is there: often those of another domain.
    fn second_codes(&self, piece: usize) -> impl Iterator<Item = Finding> {
        let seen = self.page.sightings.iter();
        seen.filter(move |seen| seen.piece == piece)
            .filter_map(|seen| match &seen.how {
                How::Altered(address) => Some(Finding::OtherCode {
                    address: address.clone(),
                    line: seen.line,
                }),
                _ => None,
            })
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
