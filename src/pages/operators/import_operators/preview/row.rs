//! One row of the list, and what becomes of it.

use leptos::prelude::*;
use switchboard_api::DomainName;
use switchboard_model::csv::{LookUps, NewOperator, OperatorRow, PlannedRow, Problem, Standing};

use crate::browser::idna::readable;
use crate::i18n::{Text, enumeration, list, number, t, tf};
use crate::ui::{Badge, Ltr, Tone};
use crate::wording::input;

/// The row.
pub(super) fn table_row(
    row: &OperatorRow,
    planned: &PlannedRow,
    look_ups: &LookUps,
    with_flagged: bool,
) -> AnyView {
    let outcome = match &planned.outcome {
        Ok(operator) => added(operator, look_ups, with_flagged),
        Err(problems) => {
            let problems = problems.iter().map(|problem| words(problem, row));
            lines(problems).into_any()
        }
    };
    view! {
        <tr>
            <th scope="row" class="numeric" data-label=t(Text::LineNumber)>{number(row.line)}</th>
            <td data-label=t(Text::Name)><bdi>{row.name.clone()}</bdi></td>
            <td data-label=t(Text::Email)><Ltr text=row.email.clone() /></td>
            <td data-label=t(Text::OperatorDomains)><bdi>{enumeration(&row.domains)}</bdi></td>
            <td data-label=t(Text::Outcome)><div>{outcome}</div></td>
        </tr>
    }
    .into_any()
}

/// What becomes of a row in which nothing is wrong. It may name a domain that is not known.
fn added(operator: &NewOperator, look_ups: &LookUps, with_flagged: bool) -> AnyView {
    let unknown: Vec<(&DomainName, Standing)> = look_ups.unknown_of(operator).collect();
    if unknown.is_empty() {
        view! { <Badge tone=Tone::Good text=t(Text::WillBe) /> }.into_any()
    } else if with_flagged {
        let names: Vec<String> = unknown.iter().map(|(domain, _)| readable(domain)).collect();
        let without = tf(Text::RowWithout, &[("names", &list(&names))]);
        view! { <Badge tone=Tone::Good text=t(Text::WillBe) /><p class="hint">{without}</p> }
            .into_any()
    } else {
        let why = unknown.into_iter();
        let why = why.filter_map(|(domain, standing)| unknown_words(domain, standing));
        let why = lines(why);
        view! { <Badge tone=Tone::Warn text=t(Text::RowLeftOut) />{why} }.into_any()
    }
}

fn lines(said: impl Iterator<Item = String>) -> impl IntoView {
    said.map(|line| view! { <p class="problem">{line}</p> })
        .collect_view()
}

/// What is said of a domain that is not known.
fn unknown_words(domain: &DomainName, standing: Standing<'_>) -> Option<String> {
    let text = match standing {
        Standing::Known => return None,
        Standing::NotLookedUp => Text::ProblemDomainUnknown,
        Standing::Missing => Text::ProblemDomainMissing,
        Standing::Failed(_) => Text::ProblemDomainFailed,
    };
    Some(tf(text, &[("domain", &readable(domain))]))
}

/// What is wrong with a row.
fn words(problem: &Problem, row: &OperatorRow) -> String {
    match problem {
        Problem::NoName => t(Text::ProblemNoName).to_owned(),
        Problem::Email(_) => input::email(&row.email).err().unwrap_or_default(),
        Problem::DuplicateOf { line } => tf(Text::ProblemDuplicate, &[("line", &number(*line))]),
        Problem::Exists => t(Text::ProblemExists).to_owned(),
        Problem::Domain { typed, error } => tf(
            Text::Labelled,
            &[("name", typed), ("text", &input::domain_error(error))],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::lines;
    use super::*;

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
                "Enter the part after the @.",
                "b_c.example: A domain cannot contain the character _.",
                "The same address is on line 3.",
                "Already an operator.",
            ]
        );
    }
}
