//! The embed code comes only once: whatever goes wrong while a domain is added, the code is stored, or handed to the
//! user, or clearly reported as lost.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{
    Journey, Request, alert, button, cold_journey, dialog, eventually, field, link, navigation,
    title,
};
use switchboard_matrix::Screen;
use switchboard_matrix::faults::{self, Effect, Fault, Outcome, Point};

use crate::steps::{ORGANISATION, code_of, connect_to, record_of};

const ADD: &str = "auth/addon/live_chat/domain/add";

/// The outcome of adding.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// The code is stored.
    Kept,
    /// The domain exists, and its code is lost: both are reported.
    CodeLost,
    /// The connection breaks before an answer, and nothing was done. Some browsers then resend the call by
    /// themselves.
    KeptOrNotAdded,
    /// The browser withholds the answer, or does not call.
    CodeLostOrNotAdded,
    /// It was not added; that is reported, and can be retried.
    NotAdded,
    /// It was not added, and the error in the address is shown at its field.
    WrongEmail,
    /// The outcome cannot be determined for now.
    Unknown,
}

impl End {
    /// Returns the outcome of adding under a fault.
    fn of(fault: &Fault) -> Self {
        match (&fault.effect, fault.outcome) {
            (Effect::Drop { at, work, .. }, _) if !work && *at != Point::Body => {
                Self::KeptOrNotAdded
            }
            (Effect::Answer { status: 408, .. }, _) => Self::KeptOrNotAdded,
            (_, Outcome::Says("Rather odd")) => Self::WrongEmail,
            (_, Outcome::Says(_) | Outcome::AsksForAToken(_)) => Self::NotAdded,
            (_, Outcome::Works) => Self::Kept,
            (_, Outcome::DoneUnheard) => Self::CodeLost,
            (_, Outcome::NobodyListens) => Self::Unknown,
            (_, Outcome::Withheld) => Self::CodeLostOrNotAdded,
        }
    }
}

/// Returns the faults of the matrix (`switchboard_matrix::faults`).
fn faults() -> Vec<Fault> {
    let mut all = faults::all();
    all.push(faults::hang());
    all
}

fn set_faults(it: &Journey, rules: &[Value]) -> Result<()> {
    let put = Request::new("PUT", "/sandbox/faults").json(&json!(rules));
    let answer = put.send(it.sandbox.address())?;
    ensure!(answer.status == 204, "{answer:?}");
    Ok(())
}

#[test]
fn under_every_fault_the_code_is_kept_or_told_to_be_lost_and_never_asked_for_twice() -> Result<()> {
    cold_journey(async |it| {
        for words in [
            "Failed to load resource",
            "CORS policy",
            "when fetching the script",
        ] {
            it.page.expect_in_console(words);
        }
        // Another origin than the page's, so that CORS applies.
        let base_url = it.sandbox.url().replace("127.0.0.1", "localhost");
        it.page.open("/connect").await?;
        connect_to(it, &base_url, it.sandbox.token()).await?;
        it.page.see(title(ORGANISATION)).await?;
        let faults = faults();
        let mut failed = Vec::new();
        let mut lost = Vec::new();
        for (number, fault) in faults.iter().enumerate() {
            let domain = format!("cell-{number}.acme.example");
            match under_a_fault(it, &base_url, &domain, fault).await {
                Ok(is_lost) => lost.push(is_lost),
                Err(wrong) => {
                    lost.push(false);
                    failed.push(format!("{}: {wrong:#}", fault.name));
                    set_faults(it, &[])?;
                    it.page.open("/domains").await?;
                }
            }
        }
        let passed = faults.len() - failed.len();
        println!("embed code under faults: {passed} / {} cells", faults.len());
        ensure!(failed.is_empty(), "{failed:#?}");
        it.page.reload().await?;
        for (number, (fault, is_lost)) in faults.iter().zip(lost).enumerate() {
            let domain = format!("cell-{number}.acme.example");
            let record = record_of(it, &domain).await?.context(domain.clone())?;
            let held = format!("{}\n{}", text(&record, "link"), text(&record, "socketLink"));
            let code = code_of(&base_url, &domain);
            ensure!((held == code) != is_lost, "{}: {record}", fault.name);
        }
        Ok(())
    })
}

fn text<'a>(record: &'a Value, part: &str) -> &'a str {
    record["embed"][part].as_str().unwrap_or_default()
}

/// Adds a domain under a fault, and again if it was not added. Returns whether its code is lost.
async fn under_a_fault(it: &Journey, base_url: &str, domain: &str, fault: &Fault) -> Result<bool> {
    it.page
        .click(link("Domains").within(navigation("Main")))
        .await?;
    it.page.click(link("Add domain")).await?;
    // A shorter timeout, so that the test does not wait for half a minute.
    let patience = "const wait = window.setTimeout;
        window.setTimeout = (call, after, ...rest) => wait.call(window, call, after >= 20000 ? 700 : after, ...rest);
        window.restoreTimeout = () => { window.setTimeout = wait; }";
    it.page.script(patience, &[]).await?;
    let mut rule = fault.effect.rule(Screen::AddDomain.call());
    if !matches!(fault.effect, Effect::Refuse { .. }) {
        // Retries work, including those of the browser itself.
        rule["count"] = json!(1);
    }
    let sent_before = sent(it)?;
    it.page.fill(field("Domain"), domain).await?;
    it.page
        .fill(field("Contact email"), "web@acme.example")
        .await?;
    // As late as possible, because one fault lasts for a limited time.
    set_faults(it, &[rule])?;
    it.page.click(button("Add domain")).await?;
    if matches!(fault.outcome, Outcome::AsksForAToken(_)) {
        let asking = dialog("The token is no longer accepted");
        it.page.see(asking.clone()).await?;
        it.page.click(button("Not now")).await?;
        it.page.see_no(asking).await?;
    }
    // What the page shows, if there are two possible outcomes.
    let (mut was_kept, mut was_lost) = (false, false);
    let end = End::of(fault);
    match end {
        End::Kept => it.page.see(title("Embed code")).await?,
        // The page shows which of the two it is.
        End::KeptOrNotAdded => {
            eventually(async || {
                let now = it.page.text().await?;
                was_kept = now.contains("Copy both");
                ensure!(
                    was_kept || now.contains("The domain was not added."),
                    "neither: {now}"
                );
                Ok(())
            })
            .await?;
        }
        End::CodeLost | End::CodeLostOrNotAdded => {
            // The second message, if the browser has resent the call.
            let told = [
                format!("{domain} was added, but its embed code did not arrive"),
                format!("{domain} already exists, and its embed code is not saved here"),
            ];
            let may_fail = end == End::CodeLostOrNotAdded;
            eventually(async || {
                let now = it.page.text().await?;
                was_lost = told.iter().any(|told| now.contains(told));
                let is_not_added = may_fail && now.contains("The domain was not added.");
                ensure!(was_lost || is_not_added, "{now}");
                Ok(())
            })
            .await?;
            if was_lost {
                it.page.see(link("Open the domain")).await?;
            }
        }
        End::NotAdded => it.page.see(alert("The domain was not added.")).await?,
        End::WrongEmail => {
            it.page
                .see_error_at(field("Contact email"), "Rather odd")
                .await?
        }
        End::Unknown => {
            it.page
                .see_text("It is unknown whether this worked")
                .await?
        }
    }
    it.page.script("window.restoreTimeout()", &[]).await?;
    let again = !was_kept && !was_lost && end != End::Kept;
    if again {
        nobody_refuses(it).await?;
        ensure!(it.sandbox.domain(domain)?.is_none(), "it was added");
        ensure!(it.page.value_of(field("Domain")).await? == domain);
        ensure!(it.page.value_of(field("Contact email")).await? == "web@acme.example");
        it.page.click(button("Add domain")).await?;
        it.page.see(title("Embed code")).await?;
    }
    set_faults(it, &[])?;
    ensure!(it.sandbox.domain(domain)?.is_some(), "it is not there");
    let (sent, presses) = (sent(it)? - sent_before, 1 + usize::from(again));
    // Resending by the browser is not the panel's doing: the page does not learn of it.
    let repeated = usize::from(breaks_before_an_answer(fault));
    ensure!(
        sent <= presses + repeated,
        "sent {sent} times, on {presses} presses"
    );
    if !was_lost {
        let code = code_of(base_url, domain);
        for part in code.lines() {
            it.page.see_text(part).await?;
        }
    }
    Ok(was_lost)
}

/// Returns whether a browser may take the connection for a stale one, and resend the call.
fn breaks_before_an_answer(fault: &Fault) -> bool {
    match &fault.effect {
        Effect::Drop { at, .. } => *at != Point::Body,
        Effect::Answer { status, .. } => *status == 408,
        _ => false,
    }
}

/// Waits until the sandbox listens again.
async fn nobody_refuses(it: &Journey) -> Result<()> {
    eventually(async || it.sandbox.calls().map(drop)).await
}

/// Returns how often the sandbox received a call to add a domain.
fn sent(it: &Journey) -> Result<usize> {
    it.sandbox.count("POST", ADD)
}
