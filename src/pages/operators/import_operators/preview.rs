//! What an import would do, row by row, before anything is sent.

mod row;
mod unknown;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::Operator;
use switchboard_model::csv::{
    LookUps, NewOperator, OperatorRow, PlannedRow, Problem, plan_in_slices,
};

use super::read_csv::{Sheet, delimiter_key};
use crate::browser::idna::to_ascii;
use crate::browser::time_slice::TimeSlice;
use crate::i18n::{Text, sentences, t, tc, tn};
use crate::remote::Read;
use crate::ui::{Button, ButtonKind, Notice, Segments, SkeletonTable, Tone, focus};
use crate::widgets::pager::Pager;
use row::table_row;
use unknown::{Unknown, UnknownDomains};

/// How many rows are shown at once.
const ROWS: usize = 10;

/// The rows, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    added: usize,
    wrong: usize,
    existing: usize,
    duplicates: usize,
    /// Of those that would be added: so many name a domain that is not known.
    flagged: usize,
}

impl Counts {
    /// How many have something to look at.
    fn problems(self) -> usize {
        self.wrong + self.flagged
    }

    /// How many are added, with those that name an unknown domain or without.
    fn imported(self, with_flagged: bool) -> usize {
        if with_flagged {
            self.added
        } else {
            self.added - self.flagged
        }
    }
}

/// The content of the dialog once a list was read.
#[component]
pub(super) fn OperatorImportPreview(
    /// The list.
    sheet: Sheet,
    /// What it is called.
    name: String,
    /// Who is there already.
    operators: Read<Vec<Operator>>,
    /// What importing does.
    on_import: Callback<Vec<NewOperator>>,
    /// Back to where a list is chosen.
    on_back: Callback<()>,
) -> impl IntoView {
    let recognised = recognised(&sheet, &name);
    let rows = sheet.rows;
    let planned = RwSignal::new(None::<Arc<Vec<PlannedRow>>>);
    // Who is there may change while the dialog is open.
    let (planning, latest) = (Arc::clone(&rows), StoredValue::new(0_u32));
    Effect::new(move || {
        let (rows, there) = (Arc::clone(&planning), operators.data());
        latest.update_value(|latest| *latest += 1);
        let this = latest.get_value();
        spawn_local(async move {
            let slice = TimeSlice::begin();
            let existing = there.iter().flat_map(|all| all.iter());
            let emails = existing.map(|operator| &operator.email);
            let pause = async || slice.pause().await;
            let done = plan_in_slices(&rows, emails, to_ascii, &pause).await;
            // A later answer is being planned with, or the dialog is closed.
            if latest.try_get_value() == Some(this) {
                planned.try_set(Some(Arc::new(done)));
            }
        });
    });
    let is_planned = Memo::new(move |_| planned.with(Option::is_some));
    let rows = StoredValue::new(rows);
    move || {
        let lines = Signal::derive(move || planned.get().unwrap_or_default());
        if is_planned.get() {
            let (recognised, rows) = (recognised.clone(), rows.get_value());
            view! { <Lines recognised rows lines on_import on_back /> }.into_any()
        } else {
            view! { <SkeletonTable rows=5 label=t(Text::Loading) /> }.into_any()
        }
    }
}

/// What would be done with each row.
#[component]
fn Lines(
    recognised: String,
    rows: Arc<Vec<OperatorRow>>,
    /// In the order of the rows.
    lines: Signal<Arc<Vec<PlannedRow>>>,
    on_import: Callback<Vec<NewOperator>>,
    on_back: Callback<()>,
) -> impl IntoView {
    let unknown = Unknown::new();
    let (look_ups, with_flagged) = (unknown.look_ups, unknown.with_flagged);
    let counts =
        Memo::new(move |_| lines.with(|lines| look_ups.with(|look_ups| count(lines, look_ups))));
    let only_wrong = RwSignal::new(counts.with_untracked(|counts| counts.problems() > 0));
    let page = RwSignal::new(0);
    // By their places: there may be a hundred thousand.
    let shown = Memo::new(move |_| {
        // A look-up may have solved the last problem.
        let only_wrong = only_wrong.get() && counts.get().problems() > 0;
        lines.with(|lines| {
            look_ups.with(|look_ups| {
                let is_wrong =
                    |line: &PlannedRow| line.outcome.is_err() || look_ups.is_flagged(line);
                let is_shown = |at: &usize| !only_wrong || is_wrong(&lines[*at]);
                (0..lines.len()).filter(is_shown).collect::<Vec<_>>()
            })
        })
    });
    let found = Memo::new(move |_| shown.with(Vec::len));
    let on_page = move || {
        let (from, lines) = (page.get() * ROWS, lines.get());
        let with_flagged = with_flagged.get();
        shown.with(|shown| {
            look_ups.with(|look_ups| {
                let on_page = shown.iter().skip(from).take(ROWS);
                on_page
                    .map(|at| table_row(&rows[*at], &lines[*at], look_ups, with_flagged))
                    .collect_view()
            })
        })
    };
    let choose = Callback::new(move |wrong| {
        page.set(0);
        only_wrong.set(wrong);
    });
    let import = Callback::new(move |()| {
        let with_flagged = with_flagged.get_untracked();
        on_import.run(lines.with_untracked(|lines| {
            look_ups.with_untracked(|look_ups| look_ups.to_import(lines, with_flagged))
        }));
    });
    Effect::new(move || focus("import-csv-go"));
    let imported = Memo::new(move |_| counts.get().imported(with_flagged.get()));
    let nothing = Signal::derive(move || imported.get() == 0);
    view! {
        <div class="form">
            <p class="muted">{recognised}</p>
            {move || told(counts.get(), imported.get())}
            <UnknownDomains unknown lines flagged=Memo::new(move |_| counts.get().flagged) />
            {move || {
                let counts = counts.get();
                let (problems, all) = (counts.problems(), counts.added + counts.wrong);
                (problems > 0 && problems < all).then(|| view! {
                    <Segments
                        id="import-rows" label=t(Text::ImportRows) value=only_wrong on_choose=choose
                        options=vec![(true, tn(Text::RowsWrong, problems)), (false, tn(Text::RowsAll, all))]
                    />
                })
            }}
            <div class="table-frame">
                <table class="import-rows cards-when-narrow" aria-label=t(Text::ImportRows)>
                    <thead>
                        <tr>
                            <th scope="col">{t(Text::LineNumber)}</th>
                            <th scope="col">{t(Text::Name)}</th>
                            <th scope="col">{t(Text::Email)}</th>
                            <th scope="col">{t(Text::OperatorDomains)}</th>
                            <th scope="col">{t(Text::Outcome)}</th>
                        </tr>
                    </thead>
                    <tbody>{on_page}</tbody>
                </table>
            </div>
            <Pager label=Text::PagesOfRows page on_turn=move |to| page.set(to) count=found rows=ROWS />
            <div class="actions end">
                <Button kind=ButtonKind::Quiet label=t(Text::ChooseAnother).to_owned() on_press=on_back />
                <Button
                    id="import-csv-go" kind=ButtonKind::Primary unavailable=nothing on_press=import
                    label=Signal::derive(move || tn(Text::ImportOperators, imported.get()))
                />
            </div>
        </div>
    }
}

/// What the file was recognised as.
fn recognised(sheet: &Sheet, name: &str) -> String {
    let header = if sheet.has_header { "yes" } else { "no" };
    tc(
        Text::CsvRecognised,
        &[("rows", sheet.rows.len())],
        &[
            ("file", name),
            ("delimiter", delimiter_key(sheet.delimiter)),
            ("header", header),
        ],
    )
}

fn count(lines: &[PlannedRow], look_ups: &LookUps) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        match &line.outcome {
            Ok(_) => {
                counts.added += 1;
                counts.flagged += usize::from(look_ups.is_flagged(line));
            }
            Err(problems) => {
                counts.wrong += 1;
                let has = |is: fn(&Problem) -> bool| usize::from(problems.iter().any(is));
                counts.existing += has(|problem| *problem == Problem::Exists);
                counts.duplicates += has(|problem| matches!(problem, Problem::DuplicateOf { .. }));
            }
        }
    }
    counts
}

/// What would come of the whole list.
fn told(counts: Counts, imported: usize) -> AnyView {
    let Counts {
        wrong,
        existing,
        duplicates,
        ..
    } = counts;
    let tone = match (imported, counts.added - imported + wrong) {
        (_, 0) => Tone::Good,
        (0, _) => Tone::Bad,
        _ => Tone::Warn,
    };
    let of_these = [
        (Text::RowsExisting, existing),
        (Text::RowsDuplicate, duplicates),
    ];
    let left_out = (wrong > 0).then(|| {
        let of_these = of_these.into_iter().filter(|(_, count)| *count > 0);
        let text = of_these.fold(tn(Text::RowsLeftOut, wrong), |text, (more, count)| {
            sentences(&text, &tn(more, count))
        });
        view! { <p>{text}</p> }
    });
    view! { <Notice tone title=tn(Text::WillBeAdded, imported)>{left_out}</Notice> }.into_any()
}

#[cfg(test)]
pub(super) mod tests {
    use switchboard_api::Email;
    use switchboard_model::csv::plan;

    use super::super::read_csv::tests::at_once;
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
    fn rows_are_counted_by_what_becomes_of_them() {
        let file = "name,email\nA,a@x.example\nA,a@x.example\nB,b@x.example\n,c\n";
        assert_eq!(
            count(&lines(file, &["B@x.example"]).1, &LookUps::default()),
            Counts {
                added: 1,
                wrong: 3,
                existing: 1,
                duplicates: 1,
                flagged: 0,
            }
        );
    }
}
