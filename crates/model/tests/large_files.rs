//! Tests files of maximum size in a browser with full storage: no operation blocks the page for long.

use std::time::{Duration, Instant};

use switchboard_api::{BaseUrl, DomainName};
use switchboard_model::csv::{operators, parse, plan};
use switchboard_model::workspace::file::{
    FileError, MAX_BYTES, WorkspaceFile, export, parse as read,
};
use switchboard_model::workspace::import::{self, ImportCounts};
use switchboard_model::workspace::{KnownDomain, Listing, OrganisationKey};

/// The time limit for work that is linear in its input, in a debug build on a busy machine. Quadratic work takes
/// minutes.
const LONG: Duration = Duration::from_secs(40);

fn known(numbers: std::ops::Range<usize>) -> Vec<KnownDomain> {
    let name = |number: usize| -> DomainName {
        format!("d{number:06}.example")
            .parse()
            .expect("a domain name")
    };
    numbers
        .map(|number| KnownDomain::new(name(number), None, 1))
        .collect()
}

#[test]
fn largest_workspace_is_planned_without_delay() {
    let url: BaseUrl = "https://acme.example/".parse().expect("a base URL");
    let organisation = OrganisationKey::of(&url);
    let sample = export(&organisation, &known(0..1_000), 1);
    let count = MAX_BYTES / sample.len() * 1_000;
    let text = export(&organisation, &known(0..count), 1);
    assert!((MAX_BYTES / 10 * 9..=MAX_BYTES).contains(&text.len()));
    let start = Instant::now();
    let file = read(&text).expect("a workspace");
    let listing = Listing {
        domains: known(10_000..40_000),
        ..Listing::default()
    };
    let counts = import::plan(&file, &listing, &import::Choices::new(), 1).counts();
    let expected = ImportCounts {
        new: count - 30_000,
        unchanged: 30_000,
        ..ImportCounts::default()
    };
    assert_eq!(counts, expected);
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
    let WorkspaceFile { domains, .. } = file;
    let larger = export(&organisation, &[domains.clone(), domains].concat(), 1);
    assert!(matches!(read(&larger), Err(FileError::TooLarge { bytes }) if bytes == larger.len()));
}

#[test]
fn row_with_100000_domains_is_planned_without_delay() {
    let domains: String = (0..100_000)
        .map(|number| format!("d{number}.example "))
        .collect();
    let text = format!("Name,Email,Domains\nAda,ada@acme.example,{domains}{domains}\n");
    let start = Instant::now();
    let rows = operators(&parse(&text).expect("a table")).expect("a column of addresses");
    let planned = plan(&rows, &[], |_| None);
    let operator = planned[0].outcome.as_ref().expect("an operator");
    assert_eq!(operator.domains.len(), 100_000);
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
}
