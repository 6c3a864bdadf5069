//! Shows one row of the list with its outcome.

use leptos::prelude::*;
use switchboard_api::endpoints::ListOperators;
use switchboard_api::{DomainName, Operator};
use switchboard_model::csv::{
    Accepted, LookUps, OperatorRow, PlannedOperator, PlannedRow, Problem, Standing,
};

use crate::browser::idna::readable;
use crate::i18n::{Text, enumeration, list, number, t, tf};
use crate::remote::Remote;
use crate::ui::{Badge, Ltr, Tone};
use crate::wording::input;

/// Shows a row with its outcome.
pub(super) fn table_row(
    row: &OperatorRow,
    planned: &PlannedRow,
    look_ups: &LookUps,
    accepted: Accepted,
) -> AnyView {
    let outcome = match &planned.outcome {
        Ok(operator) => planned_words(operator, look_ups, accepted),
        Err(problems) => {
            let class = match problems[..] {
                [Problem::MergedInto { .. }] => "hint",
                _ => "problem",
            };
            let problems = problems.iter().map(|problem| words(problem, row));
            lines(class, problems).into_any()
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

/// Shows the outcome of a valid row, which may name an unknown domain or have an address without an ending.
fn planned_words(operator: &PlannedOperator, look_ups: &LookUps, accepted: Accepted) -> AnyView {
    let all = Remote::get().cached(ListOperators);
    let called = all.as_ref().and_then(|all| called(all, operator));
    let (tone, title, said) = outcome(operator, called.as_deref(), look_ups, accepted);
    let class = if title == Text::RowLeftOut {
        "problem"
    } else {
        "hint"
    };
    view! { <Badge tone text=t(title) />{lines(class, said.into_iter())} }.into_any()
}

/// Returns the name of the operator with the row's address, if it differs from the row's name.
fn called(all: &[Operator], planned: &PlannedOperator) -> Option<String> {
    let same = all.iter().find(|one| one.email == planned.email)?;
    let (typed, name) = (planned.name.trim(), same.name.display());
    let is_another = !typed.is_empty() && !typed.eq_ignore_ascii_case(&name);
    is_another.then_some(name)
}

/// Describes the outcome of a valid row. `called` is the name of an existing operator who has another one.
fn outcome(
    operator: &PlannedOperator,
    called: Option<&str>,
    look_ups: &LookUps,
    accepted: Accepted,
) -> (Tone, Text, Vec<String>) {
    let unknown: Vec<(&DomainName, Standing)> = look_ups.unknown_of(operator).collect();
    let no_ending = operator.lacks_ending();
    let no_ending = no_ending.then(|| t(Text::ProblemNoEnding).to_owned());
    if !look_ups.is_imported(operator, accepted) {
        let why = unknown.into_iter();
        let why = why.filter_map(|(domain, standing)| unknown_words(domain, standing));
        let said = why.chain(no_ending).collect();
        return (Tone::Warn, Text::RowLeftOut, said);
    }
    let names = |known: bool| {
        let is_unknown = |name: &DomainName| unknown.iter().any(|(one, _)| *one == name);
        let domains = operator.domains.iter();
        let named = domains.filter(|name| is_unknown(name) != known);
        named.map(readable).collect::<Vec<_>>()
    };
    let told = |text, names: Vec<String>| {
        (!names.is_empty()).then(|| tf(text, &[("names", &list(&names))]))
    };
    let put_on = operator.exists.then(|| told(Text::RowPutOn, names(true)));
    let without = told(Text::RowWithout, names(false));
    let called = called.map(|name| tf(Text::RowCalled, &[("name", name)]));
    let tone = if called.is_some() {
        Tone::Warn
    } else {
        Tone::Good
    };
    let said = called.into_iter().chain(put_on.flatten()).chain(without);
    let title = if operator.exists {
        Text::RowExists
    } else {
        Text::WillBe
    };
    (tone, title, said.chain(no_ending).collect())
}

fn lines(class: &'static str, said: impl Iterator<Item = String>) -> impl IntoView {
    said.map(|line| view! { <p class=class>{line}</p> })
        .collect_view()
}

/// Explains why a domain is unknown; `None` if it is known.
fn unknown_words(domain: &DomainName, standing: Standing<'_>) -> Option<String> {
    let text = match standing {
        Standing::Known => return None,
        Standing::NotLookedUp => Text::ProblemDomainUnknown,
        Standing::Missing => Text::ProblemDomainMissing,
        Standing::Failed(_) => Text::ProblemDomainFailed,
    };
    Some(tf(text, &[("domain", &readable(domain))]))
}

/// Explains what is wrong with a row.
fn words(problem: &Problem, row: &OperatorRow) -> String {
    match problem {
        Problem::NoName => t(Text::ProblemNoName).to_owned(),
        Problem::Email(_) => input::email(&row.email).err().unwrap_or_default(),
        Problem::DuplicateOf { line } => tf(Text::ProblemDuplicate, &[("line", &number(*line))]),
        Problem::MergedInto { line } => tf(Text::RowMerged, &[("line", &number(*line))]),
        Problem::Exists => t(Text::ProblemExists).to_owned(),
        Problem::OnDomains => t(Text::ProblemOnDomains).to_owned(),
        Problem::Domain { typed, error } => tf(
            Text::Labelled,
            &[("name", typed), ("text", &input::domain_error(error))],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::import_counts::tests::lines;
    use super::*;

    #[test]
    fn every_problem_has_its_own_words() {
        let file = "name,email,domains\n,ada@,a b_c.example\nB,b@x.example\nB,b@x.example\nC,c@x.example\nB,b@x.example,b.example\n";
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
                "Belongs to line 3, which has the same address.",
            ]
        );
    }

    #[test]
    fn row_describes_its_outcome() {
        let file = "name,email,domains\nA,a@acme,\nB,b@x.example,one.example two.example\nC,c@x.example,one.example two.example\n";
        let (_, rows) = lines(file, &["c@x.example"]);
        let look_ups = LookUps::new(["one.example".parse().expect("a domain of the test")]);
        let all = Accepted {
            unknown_domains: true,
            addresses: true,
        };
        let of = |at: usize, accepted| {
            let operator = rows[at].outcome.as_ref().expect("nothing is wrong");
            let (_, title, said) = outcome(operator, None, &look_ups, accepted);
            format!("{}: {}", t(title), said.join(" "))
        };
        let unknown = "Left out: This browser does not know two.example.";
        for (at, left_out, imported) in [
            (
                0,
                "Left out: The address has no ending such as .com.",
                "Will be added: The address has no ending such as .com.",
            ),
            (1, unknown, "Will be added: Without two.example."),
            (
                2,
                unknown,
                "Already an operator: Will be put on one.example. Without two.example.",
            ),
        ] {
            assert_eq!(of(at, Accepted::default()), left_out);
            assert_eq!(of(at, all), imported);
        }
        let operator = rows[2].outcome.as_ref().expect("nothing is wrong");
        let (tone, _, said) = outcome(operator, Some("Ada"), &look_ups, all);
        assert_eq!((tone, &*said[0]), (Tone::Warn, "This address is Ada's."));
    }
}
