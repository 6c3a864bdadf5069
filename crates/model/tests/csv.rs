//! Tests lists of operators from and for spreadsheets.

use std::cell::Cell;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use proptest::prelude::*;
use switchboard_api::{DomainName, Email, EmailError};
use switchboard_model::csv::{
    CsvError, NoEmailColumn, OperatorRow, Problem, decode, operators, operators_in_slices, parse,
    parse_in_slices, plan, plan_in_slices, write,
};

fn cells(text: &str) -> Vec<Vec<String>> {
    let table = parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    table
        .records
        .into_iter()
        .map(|record| record.cells)
        .collect()
}

fn rows(text: &str) -> Result<Vec<OperatorRow>, NoEmailColumn> {
    operators(&parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}")))
}

fn ada(line: usize) -> OperatorRow {
    OperatorRow {
        line,
        name: "Ada Lovelace".to_owned(),
        email: "ada@acme.example".to_owned(),
        domains: vec!["a.example".to_owned(), "b.example".to_owned()],
    }
}

#[test]
fn every_delimiter_line_ending_and_byte_order_mark_is_read() {
    for delimiter in [",", ";", "\t", "|"] {
        for ending in ["\n", "\r\n", "\r"] {
            for mark in ["", "\u{feff}"] {
                let text = ["a", "b c", "\"d,;|\t\"\"e\""].join(delimiter);
                let text = format!("{mark}x{delimiter}y{delimiter}z{ending}{ending}{text}{ending}");
                assert_eq!(
                    cells(&text),
                    [vec!["x", "y", "z"], vec!["a", "b c", "d,;|\t\"e"]],
                    "{text:?}"
                );
            }
        }
    }
    assert_eq!(cells("sep=;\na,b,c;d\n"), [["a,b,c", "d"]]);
    assert_eq!(cells("a,b,"), [["a", "b", ""]]);
    assert_eq!(cells(""), Vec::<Vec<String>>::new());
}

#[test]
fn quoted_cells_span_lines() {
    let table = parse("a,b\n\"1\n2\r\n3\",x\n\nlast,y");
    let lines = table.map(|table| {
        table
            .records
            .iter()
            .map(|record| record.line)
            .collect::<Vec<_>>()
    });
    assert_eq!(lines, Ok(vec![1, 2, 6]));
}

#[test]
fn csv_error_has_its_line() {
    assert_eq!(
        parse("a,b\n\"c\nd"),
        Err(CsvError::UnclosedQuote { line: 2 })
    );
    assert_eq!(
        parse("a,b\n\"c\nd\"e,f"),
        Err(CsvError::TextAfterQuote { line: 3 })
    );
    assert_eq!(
        decode(b"a\nb\nM\xfcller"),
        Err(CsvError::NotUtf8 { line: 3 })
    );
    assert_eq!(decode("Müller".as_bytes()), Ok("Müller"));
}

#[test]
fn columns_are_found_by_their_headings_in_several_spellings() {
    for text in [
        "Name,E-Mail,Domains\nAda Lovelace,ada@acme.example,a.example b.example",
        "email_address;Websites;Full name\n ada@acme.example ;a.example, b.example;Ada Lovelace",
        "Notes\tFIRST NAME\tLast-Name\tEmail\tDomain\nx\tAda\tLovelace\tada@acme.example\ta.example|b.example",
        "Domain,Domain,Surname,Given Name,mail\na.example,b.example,Lovelace,Ada,ada@acme.example",
    ] {
        assert_eq!(rows(text), Ok(vec![ada(2)]), "{text}");
    }
}

#[test]
fn list_without_header_is_read_by_its_content() {
    for text in [
        "Ada Lovelace,ada@acme.example,a.example;b.example",
        "ada@acme.example,Ada Lovelace,a.example b.example",
    ] {
        assert_eq!(rows(text), Ok(vec![ada(1)]), "{text}");
    }
    assert_eq!(rows("Name,Phone\nAda,1"), Err(NoEmailColumn));
    assert_eq!(rows(""), Err(NoEmailColumn));
    let short = rows("Name,Email,Domains\nAda");
    assert_eq!(short.map(|rows| rows[0].email.clone()), Ok(String::new()));
}

#[test]
fn each_row_is_planned_or_lists_all_problems() {
    let text = "Name,Email,Domains\n\
                Ada,ada@acme.example,https://www.A.example/ a.example\n\
                ,nobody,not_a_domain\n\
                Ada again,ADA@acme.example,\n\
                Grace,grace@acme.example,\n";
    let existing: Vec<Email> = ["Grace@acme.example".parse()]
        .into_iter()
        .flatten()
        .collect();
    let rows = rows(text).unwrap_or_default();
    let planned = plan(&rows, &existing, |_| None);
    assert_eq!(
        planned.iter().map(|row| row.line).collect::<Vec<_>>(),
        [2, 3, 4, 5]
    );
    let added = planned[0].outcome.as_ref().map(|new| {
        let domains: Vec<&str> = new.domains.iter().map(|domain| domain.as_str()).collect();
        (new.name.as_str(), new.email.as_str(), domains)
    });
    assert_eq!(added, Ok(("Ada", "ada@acme.example", vec!["a.example"])));
    assert!(matches!(
        planned[1].outcome.as_ref().map_err(Vec::as_slice),
        Err([
            Problem::NoName,
            Problem::Email(EmailError::MissingAt),
            Problem::Domain { .. }
        ])
    ));
    assert_eq!(
        planned[2].outcome,
        Err(vec![Problem::DuplicateOf { line: 2 }])
    );
    assert_eq!(planned[3].outcome, Err(vec![Problem::Exists]));
}

#[test]
fn later_rows_of_an_operator_add_their_domains_to_the_first() {
    let text = "Name,Email,Domains\n\
                Grace,grace@acme.example,\n\
                Ada,ada@acme.example,a.example\n\
                ada,ADA@acme.example,b.example a.example\n\
                ,ada@acme.example,c.example\n\
                Ada,ada@acme.example,b.example\n\
                Bob,ada@acme.example,d.example\n\
                Ada,ada@acme.example,not_a_domain\n\
                Grace,grace@acme.example,a.example\n";
    let existing = ["grace@acme.example".parse().expect("an e-mail of the test")];
    let planned = plan(&rows(text).expect("a list"), &existing, |_| None);
    let domains: Vec<Option<String>> = planned
        .iter()
        .map(|row| {
            let operator = row.outcome.as_ref().ok()?;
            let domains = operator.domains.iter().map(DomainName::as_str);
            Some(domains.collect::<Vec<_>>().join(" "))
        })
        .collect();
    let ada = Some("a.example b.example c.example".to_owned());
    let grace = Some("a.example".to_owned());
    assert_eq!(domains, [None, ada, None, None, None, None, None, grace]);
    let problems = |at: usize| planned[at].outcome.clone().expect_err("it is left out");
    assert_eq!(problems(0), [Problem::Exists]);
    for (at, problem) in [
        (2, Problem::MergedInto { line: 3 }),
        (3, Problem::MergedInto { line: 3 }),
        (4, Problem::DuplicateOf { line: 3 }),
        (5, Problem::DuplicateOf { line: 3 }),
    ] {
        assert_eq!(problems(at), [problem]);
    }
    assert!(matches!(problems(6)[..], [Problem::Domain { .. }]));
}

#[test]
fn row_of_an_existing_operator_puts_them_on_its_domains() {
    let text = "Name,Email,Domains\n\
                ,Grace@acme.example,a.example b.example\n\
                Ada,ada@acme.example,a.example\n\
                Bob,bob@acme.example,not_a_domain\n";
    let rows = rows(text).expect("a list");
    let existing = ["grace", "ada", "bob"].map(|name| {
        let email: Result<Email, _> = format!("{name}@acme.example").parse();
        email.expect("an e-mail of the test")
    });
    let is_on = |domain: &DomainName, _: &Email| domain.as_str() == "a.example";
    let (planned, _) = at_once(async |count| {
        plan_in_slices(&rows, existing.iter(), &is_on, |_| None, &async || count()).await
    });
    let grace = planned[0]
        .outcome
        .as_ref()
        .expect("nothing is wrong with it");
    let domains: Vec<&str> = grace.domains.iter().map(|domain| domain.as_str()).collect();
    assert!(grace.exists);
    assert_eq!(domains, ["b.example"]);
    assert_eq!(planned[1].outcome, Err(vec![Problem::OnDomains]));
    assert!(matches!(
        planned[2].outcome.as_ref().map_err(Vec::as_slice),
        Err([Problem::Domain { .. }])
    ));
}

#[test]
fn a_cell_that_a_spreadsheet_could_run_is_guarded_and_any_other_is_not() {
    let row = [
        "=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=x", "a=b", "'x", "",
    ];
    let text = write(&["h"; 10], &[row.to_vec()]);
    assert_eq!(
        text.lines().nth(1),
        Some("'=1+1,'+1,'-1,'@x,\"'\tx\",\"'\rx\",''=x,a=b,'x,")
    );
    assert_eq!(cells(&text)[1], row);
}

proptest! {
    #[test]
    fn table_survives_a_round_trip(
        width in 1_usize..5,
        texts in proptest::collection::vec("([=+@'\"\t\r\n,;|-]|sep=|\u{feff}|[a-zü ]){0,8}", 5..40),
    ) {
        let table: Vec<Vec<&str>> = texts.chunks_exact(width).map(|row| row.iter().map(String::as_str).collect()).collect();
        let text = write(&table[0], &table[1..]);
        prop_assert_eq!(cells(&text), table);
    }

    #[test]
    fn no_file_makes_anything_fail(text in any::<String>(), sharp in "[\"',;\n\r\t|a=]{0,60}") {
        for text in [text, sharp] {
            if let Ok(table) = parse(&text) && let Ok(rows) = operators(&table) {
                let planned = plan(&rows, &[], |_| None);
                prop_assert_eq!(planned.len(), rows.len());
            }
        }
    }
}

/// Runs work in time slices without waiting at the pauses. Returns its result, and the number of pauses.
fn at_once<T>(work: impl AsyncFnOnce(&dyn Fn()) -> T) -> (T, usize) {
    let pauses = Cell::new(0);
    let count = || pauses.set(pauses.get() + 1);
    let work = pin!(work(&count));
    match work.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => (done, pauses.get()),
        Poll::Pending => panic!("nothing here waits"),
    }
}

#[test]
fn slices_give_the_same_plan() {
    let row = |number: usize| match number % 50 {
        3 => "\n".to_owned(),
        7 => "\"Two\nlines\",two@x.example,\"a.example;b.example\"\n".to_owned(),
        9 => ",no-name@,no domain\n".to_owned(),
        _ => format!("Ada {number},ada{number}@x.example,shop.example\r\n"),
    };
    let rows: String = (0..2_000).map(row).collect();
    for head in ["Name,Email,Domains\n", "sep=,\nName,Email,Domains\n", ""] {
        let text = format!("{head}{rows}");
        let table = parse(&text).expect("a table");
        let (sliced, pauses) =
            at_once(async |count| parse_in_slices(&text, &async || count()).await);
        assert_eq!(sliced, Ok(table.clone()));
        assert!(pauses >= 15, "{pauses}");
        let rows = operators(&table).expect("a column of addresses");
        let (sliced, _) =
            at_once(async |count| operators_in_slices(&table, &async || count()).await);
        assert_eq!(sliced, Ok(rows.clone()));
        let existing: Vec<Email> = vec!["ADA40@x.example".parse().expect("an address")];
        let (sliced, _) = at_once(async |count| {
            let is_on = |_: &DomainName, _: &Email| false;
            plan_in_slices(&rows, existing.iter(), &is_on, |_| None, &async || count()).await
        });
        assert_eq!(sliced, plan(&rows, &existing, |_| None));
    }
    let (broken, _) =
        at_once(async |count| parse_in_slices(&format!("{rows}\"open"), &async || count()).await);
    assert_eq!(broken, parse(&format!("{rows}\"open")));
    assert!(broken.is_err());
}
