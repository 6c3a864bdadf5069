//! Counts the rows of an import by what would happen to them, and says so.

use leptos::prelude::*;
use switchboard_model::csv::{Accepted, LookUps, PlannedOperator, PlannedRow, Problem};

use crate::i18n::{Text, sentences, tc, tn};
use crate::ui::{Notice, Tone};

/// The number of rows of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Rows that are imported and add an operator.
    pub(super) added: usize,
    /// Rows that are imported and put an existing operator on domains.
    pub(super) put_on: usize,
    /// Valid rows that are left out, and rows that belong to one of them.
    pub(super) left_out: usize,
    pub(super) wrong: usize,
    pub(super) existing: usize,
    pub(super) duplicates: usize,
    /// Rows whose domains are added to an earlier row that is imported.
    pub(super) merged: usize,
    /// Operators with an unknown domain.
    pub(super) flagged: usize,
    /// Operators with a new address that has no ending.
    pub(super) no_ending: usize,
    /// The rows of operators with an unknown domain, an address without an ending, or both.
    pub(super) questionable: usize,
}

impl Counts {
    /// Returns the number of rows that are wrong or questionable.
    pub(super) fn problems(self) -> usize {
        self.wrong + self.questionable
    }

    /// Returns the number of rows that are imported.
    pub(super) fn imported(self) -> usize {
        self.added + self.put_on
    }
}

/// Counts the rows.
pub(super) fn count(lines: &[PlannedRow], look_ups: &LookUps, accepted: Accepted) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        let first = first_row(line, lines);
        match &first.outcome {
            Ok(operator) => {
                let (is_first, is_flagged) = (line.outcome.is_ok(), look_ups.is_flagged(first));
                counts.flagged += usize::from(is_first && is_flagged);
                counts.no_ending += usize::from(is_first && operator.lacks_ending());
                counts.questionable += usize::from(is_flagged || operator.lacks_ending());
                let is_imported = look_ups.is_imported(operator, accepted);
                match (is_imported, is_first, operator.exists) {
                    (false, _, _) => counts.left_out += 1,
                    (true, false, _) => counts.merged += 1,
                    (true, true, true) => counts.put_on += 1,
                    (true, true, false) => counts.added += 1,
                }
            }
            Err(problems) => {
                counts.wrong += 1;
                let has = |is: fn(&Problem) -> bool| usize::from(problems.iter().any(is));
                counts.existing +=
                    has(|problem| matches!(problem, Problem::Exists | Problem::OnDomains));
                counts.duplicates += has(|problem| matches!(problem, Problem::DuplicateOf { .. }));
            }
        }
    }
    counts
}

/// Returns whether a row is wrong or questionable.
pub(super) fn is_problem(line: &PlannedRow, lines: &[PlannedRow], look_ups: &LookUps) -> bool {
    let first = first_row(line, lines);
    let operator = first.outcome.as_ref();
    look_ups.is_flagged(first) || operator.map_or(true, PlannedOperator::lacks_ending)
}

/// Returns the earlier row that gets the domains of this one, otherwise the row itself.
fn first_row<'a>(line: &'a PlannedRow, lines: &'a [PlannedRow]) -> &'a PlannedRow {
    let Err([Problem::MergedInto { line: first }]) = line.outcome.as_ref().map_err(Vec::as_slice)
    else {
        return line;
    };
    let first = lines.binary_search_by_key(first, |line| line.line);
    first.map_or(line, |at| &lines[at])
}

/// Shows what would be done with the whole list.
#[component]
pub(super) fn Summary(counts: Memo<Counts>) -> impl IntoView {
    let tone = Memo::new(move |_| {
        let counts = counts.get();
        match (counts.imported(), counts.left_out + counts.wrong) {
            (_, 0) => Tone::Good,
            (0, _) => Tone::Bad,
            _ => Tone::Warn,
        }
    });
    let wrong = Memo::new(move |_| wrong_words(counts.get()));
    let merged = Memo::new(move |_| counts.get().merged);
    move || {
        let wrong = move || wrong.get().map(|text| view! { <p>{text}</p> });
        let merged = move || {
            (merged.get() > 0).then(|| view! { <p>{tn(Text::RowsMerged, merged.get())}</p> })
        };
        view! { <Notice tone=tone.get() title=Signal::derive(move || title(counts.get()))>{merged}{wrong}</Notice> }
    }
}

/// Says how many rows are left out because of a problem; `None` if there are none.
fn wrong_words(counts: Counts) -> Option<String> {
    let Counts {
        wrong,
        existing,
        duplicates,
        ..
    } = counts;
    let of_these = [
        (Text::RowsExisting, existing),
        (Text::RowsDuplicate, duplicates),
    ];
    let of_these = of_these.into_iter().filter(|(_, count)| *count > 0);
    (wrong > 0).then(|| {
        of_these.fold(tn(Text::RowsLeftOut, wrong), |text, (more, count)| {
            sentences(&text, &tn(more, count))
        })
    })
}

fn title(counts: Counts) -> String {
    match (counts.added, counts.put_on) {
        (added, 0) => tn(Text::WillBeAdded, added),
        (0, there) => tn(Text::WillBePutOn, there),
        (added, there) => {
            let counts = [("added", added), ("there", there)];
            tc(Text::WillBeAddedAndPutOn, &counts, &[])
        }
    }
}

pub(super) fn button_label(counts: Counts) -> String {
    match (counts.added, counts.put_on) {
        (0, there @ 1..) => tn(Text::ImportPutOn, there),
        (added, 0) => tn(Text::ImportOperators, added),
        (added, there) => tn(Text::ImportBoth, added + there + counts.merged),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use switchboard_api::Email;
    use switchboard_model::csv::{OperatorRow, plan};

    use super::super::super::read_csv::tests::at_once;
    use super::*;

    pub fn lines(file: &str, existing: &[&str]) -> (Arc<Vec<OperatorRow>>, Vec<PlannedRow>) {
        let rows = at_once(file.as_bytes()).expect("a list").rows;
        let existing: Vec<Email> = existing
            .iter()
            .map(|email| email.parse().expect("an e-mail of the test"))
            .collect();
        let planned = plan(&rows, &existing, |_| None);
        (rows, planned)
    }

    #[test]
    fn rows_are_counted_by_outcome() {
        let file = "name,email,domains\nA,a@x.example\nA,a@x.example\nB,b@x.example\n,c\n\
            D,d@x.example,known.example\nE,e@acme\nF,f@acme,gone.example\nA,a@x.example,known.example\n";
        let rows = lines(file, &["B@x.example", "d@x.example"]).1;
        let look_ups = LookUps::new(["known.example".parse().expect("a domain of the test")]);
        let counts = Counts {
            added: 1,
            put_on: 1,
            left_out: 2,
            wrong: 3,
            existing: 1,
            duplicates: 1,
            merged: 1,
            flagged: 1,
            no_ending: 2,
            questionable: 2,
        };
        assert_eq!(count(&rows, &look_ups, Accepted::default()), counts);
        let addresses = Accepted {
            addresses: true,
            ..Accepted::default()
        };
        let accepted = Counts {
            added: 2,
            left_out: 1,
            ..counts
        };
        assert_eq!(count(&rows, &look_ups, addresses), accepted);
        let said = [
            title(counts),
            button_label(counts),
            title(Counts { added: 0, ..counts }),
            button_label(Counts { added: 0, ..counts }),
        ];
        assert_eq!(
            said,
            [
                "1 operator will be added, 1 existing operator will be put on domains",
                "Import 3 rows",
                "1 operator will be put on domains",
                "Put 1 operator on domains",
            ]
        );
    }

    #[test]
    fn merged_row_is_left_out_with_its_first_row() {
        let look_ups = LookUps::new(["known.example".parse().expect("a domain of the test")]);
        for domains in [
            ["gone.example", "known.example"],
            ["known.example", "gone.example"],
        ] {
            let of = |domain: &str| format!("Ada,a@x.example,{domain}\n");
            let file = format!("name,email,domains\n{}", domains.map(of).concat());
            let rows = lines(&file, &[]).1;
            let left_out = Counts {
                left_out: 2,
                flagged: 1,
                questionable: 2,
                ..Counts::default()
            };
            assert_eq!(count(&rows, &look_ups, Accepted::default()), left_out);
            let without = Accepted {
                unknown_domains: true,
                ..Accepted::default()
            };
            let imported = Counts {
                left_out: 0,
                added: 1,
                merged: 1,
                ..left_out
            };
            assert_eq!(count(&rows, &look_ups, without), imported);
            assert!(rows.iter().all(|row| is_problem(row, &rows, &look_ups)));
        }
    }
}
