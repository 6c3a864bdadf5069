//! The verdict on each page of the table, beside what Chromium does with it.

use std::collections::BTreeSet;

use switchboard_api::EmbedCode;
use switchboard_model::embed::{Finding, Installation, Severity, check};

use crate::table_pages::{TablePage, pages};

const PORT: u16 = 8081;

fn verdict_on(page: &TablePage) -> Installation {
    let [link, socket_link] = page.code(PORT);
    check(&page.html(PORT), &EmbedCode { link, socket_link })
}

/// The severity and the findings other than `Found`, each once.
fn said(installation: &Installation) -> String {
    let mut words = vec![format!("{:?}", installation.severity()).to_lowercase()];
    for finding in &installation.findings {
        let word = match finding {
            Finding::Found { .. } => continue,
            Finding::Inert { why, .. } => format!("Inert({why:?})"),
            Finding::AttributeAdded { attribute, .. } => format!("Added({attribute:?})"),
            Finding::Forbidden { directive, .. } => format!("Forbidden({})", directive),
            other => {
                let text = format!("{other:?}");
                text.split(' ').next().unwrap_or_default().to_owned()
            }
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" ")
}

#[test]
fn every_page_of_the_table_gets_its_verdict() {
    let differs = |page: &TablePage| {
        let said = said(&verdict_on(page));
        (said != page.says).then(|| format!("{}: {said}\n  not: {}", page.name, page.says))
    };
    let wrong: Vec<String> = pages().iter().filter_map(differs).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_page_is_called_good_whose_chat_does_not_run() {
    for page in pages() {
        let severity = verdict_on(&page).severity();
        let is_good = severity >= Severity::Note;
        assert!(
            !is_good || page.runs == "fetch link socketLink ws",
            "{}",
            page.name
        );
    }
}

#[test]
fn no_page_is_called_broken_whose_chat_works() {
    for page in pages() {
        let works = page.runs == "fetch link socketLink ws";
        let severity = verdict_on(&page).severity();
        assert!(!works || severity != Severity::Problem, "{}", page.name);
    }
}

#[test]
fn what_depends_on_the_chats_server_is_a_warning() {
    for page in pages().iter().filter(|page| page.allows_cors) {
        assert_eq!(
            verdict_on(page).severity(),
            Severity::Warning,
            "{}",
            page.name
        );
    }
}

#[test]
fn each_page_has_a_name_of_its_own_and_there_are_enough() {
    let pages = pages();
    let names: BTreeSet<&str> = pages.iter().map(|page| page.name).collect();
    assert_eq!(names.len(), pages.len());
    assert!(pages.len() >= 90, "{}", pages.len());
}
