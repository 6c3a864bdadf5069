//! What an import would do, row by row, before anything is sent.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::Operator;
use switchboard_model::csv::{NewOperator, OperatorRow, PlannedRow, Problem, plan_in_slices};

use super::super::super::input;
use super::super::super::pager::Pager;
use super::read::{Sheet, delimiter_name};
use crate::browser::breath::Breath;
use crate::browser::host::to_ascii;
use crate::i18n::{Text, number, t, tf, tn};
use crate::remote::Read;
use crate::ui::{Badge, Button, ButtonKind, Notice, Segments, SkeletonTable, Tone, focus};

/// How many rows are shown at once.
const ROWS: usize = 10;

/// The rows, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    added: usize,
    wrong: usize,
    existing: usize,
    duplicates: usize,
}

/// The content of the dialog once a list was read.
#[component]
pub(super) fn Preview(
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
            let breath = Breath::begin();
            let existing = there.iter().flat_map(|all| all.iter());
            let emails = existing.map(|operator| &operator.email);
            let pause = async || breath.pause().await;
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
    let counts = Memo::new(move |_| lines.with(|lines| count(lines)));
    let only_wrong = RwSignal::new(counts.with_untracked(|counts| counts.wrong > 0));
    let page = RwSignal::new(0);
    // By their places: there may be a hundred thousand.
    let shown = Memo::new(move |_| {
        let only_wrong = only_wrong.get();
        lines.with(|lines| {
            let is_shown = |at: &usize| !only_wrong || lines[*at].outcome.is_err();
            (0..lines.len()).filter(is_shown).collect::<Vec<_>>()
        })
    });
    let found = Memo::new(move |_| shown.with(Vec::len));
    let on_page = move || {
        let (from, lines) = (page.get() * ROWS, lines.get());
        shown.with(|shown| {
            let on_page = shown.iter().skip(from).take(ROWS);
            on_page
                .map(|at| table_row(&rows[*at], &lines[*at]))
                .collect_view()
        })
    };
    let choose = Callback::new(move |wrong| {
        page.set(0);
        only_wrong.set(wrong);
    });
    let import = Callback::new(move |()| {
        let new = lines.with_untracked(|lines| {
            let new = lines.iter().filter_map(|line| line.outcome.as_ref().ok());
            new.cloned().collect::<Vec<_>>()
        });
        on_import.run(new);
    });
    Effect::new(move || focus("import-csv-go"));
    let nothing = Signal::derive(move || counts.get().added == 0);
    view! {
        <div class="form">
            <p class="muted">{recognised}</p>
            {move || told(counts.get())}
            {move || {
                let Counts { added, wrong, .. } = counts.get();
                (added > 0 && wrong > 0).then(|| view! {
                    <Segments
                        id="import-rows" label=t(Text::ImportRows) value=only_wrong on_choose=choose
                        options=vec![(true, tn(Text::RowsWrong, wrong)), (false, tn(Text::RowsAll, added + wrong))]
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
                    label=Signal::derive(move || tn(Text::ImportOperators, counts.get().added))
                />
            </div>
        </div>
    }
}

/// What the file was recognised as.
fn recognised(sheet: &Sheet, name: &str) -> String {
    let header = t(if sheet.has_header {
        Text::WithHeader
    } else {
        Text::WithoutHeader
    });
    let rows = tn(Text::RowsCount, sheet.rows.len());
    let parted = delimiter_name(sheet.delimiter);
    tf(
        Text::CsvRecognised,
        &[
            ("file", name),
            ("rows", &rows),
            ("delimiter", parted),
            ("header", header),
        ],
    )
}

fn count(lines: &[PlannedRow]) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        match &line.outcome {
            Ok(_) => counts.added += 1,
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
fn told(counts: Counts) -> AnyView {
    let Counts {
        added,
        wrong,
        existing,
        duplicates,
    } = counts;
    let tone = match (added, wrong) {
        (_, 0) => Tone::Good,
        (0, _) => Tone::Bad,
        _ => Tone::Warn,
    };
    let of_these = [
        (existing, tn(Text::RowsExisting, existing)),
        (duplicates, tn(Text::RowsDuplicate, duplicates)),
    ];
    let of_these: Vec<String> = of_these
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, text)| text)
        .collect();
    let left_out = (wrong > 0).then(|| {
        let mut text = tn(Text::RowsLeftOut, wrong);
        if !of_these.is_empty() {
            text = format!(
                "{text} {}",
                tf(Text::OfThese, &[("list", &of_these.join(", "))])
            );
        }
        view! { <p>{text}</p> }
    });
    view! { <Notice tone title=tn(Text::WillBeAdded, added)>{left_out}</Notice> }.into_any()
}

fn table_row(row: &OperatorRow, planned: &PlannedRow) -> AnyView {
    let outcome = match &planned.outcome {
        Ok(_) => view! { <Badge tone=Tone::Good text=t(Text::WillBe) /> }.into_any(),
        Err(problems) => problems
            .iter()
            .map(|problem| view! { <p class="problem">{words(problem, row)}</p> })
            .collect_view()
            .into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="numeric" data-label=t(Text::LineNumber)>{number(row.line)}</th>
            <td data-label=t(Text::Name)><bdi>{row.name.clone()}</bdi></td>
            <td data-label=t(Text::Email)><bdi>{row.email.clone()}</bdi></td>
            <td data-label=t(Text::OperatorDomains)><bdi>{row.domains.join(", ")}</bdi></td>
            <td data-label=t(Text::Outcome)><div>{outcome}</div></td>
        </tr>
    }
    .into_any()
}

/// What is wrong with a row.
fn words(problem: &Problem, row: &OperatorRow) -> String {
    match problem {
        Problem::NoName => t(Text::ProblemNoName).to_owned(),
        Problem::Email(_) => input::email(&row.email).err().unwrap_or_default(),
        Problem::DuplicateOf { line } => tf(Text::ProblemDuplicate, &[("line", &number(*line))]),
        Problem::Exists => t(Text::ProblemExists).to_owned(),
        Problem::Domain { typed, error } => format!("{typed}: {}", input::domain_error(error)),
    }
}

#[cfg(test)]
mod tests {
    use switchboard_api::Email;
    use switchboard_model::csv::plan;

    use super::super::read::tests::at_once;
    use super::*;

    fn lines(file: &str, existing: &[&str]) -> (Arc<Vec<OperatorRow>>, Vec<PlannedRow>) {
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
            count(&lines(file, &["B@x.example"]).1),
            Counts {
                added: 1,
                wrong: 3,
                existing: 1,
                duplicates: 1
            }
        );
    }

    #[test]
    fn every_problem_has_words_of_its_own() {
        let file = "name,email,domains\n,ada@,a b_c.example\nB,b@x.example\nB,b@x.example\nC,c@x.example\n";
        let (rows, lines) = lines(file, &["c@x.example"]);
        let said: Vec<String> = lines
            .iter()
            .zip(rows.iter())
            .filter_map(|(line, row)| Some((line.outcome.as_ref().err()?, row)))
            .flat_map(|(problems, row)| problems.iter().map(move |one| words(one, row)))
            .collect();
        assert_eq!(
            said,
            [
                "The name is missing.",
                "There is nothing after the @.",
                "b_c.example: A domain cannot hold the character _.",
                "The same address is on line 3.",
                "Is an operator already.",
            ]
        );
    }
}
