//! The embed code comes once: whatever goes wrong while a domain is added, it is kept, or in the user's hands, or plainly told to be lost.

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

/// How adding ends.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// The code is kept.
    Kept,
    /// The domain is there, and its code is not: both are told.
    CodeLost,
    /// The connection breaks before there is an answer, and nothing was done. Some browsers then send the call once more by themselves.
    KeptOrNotAdded,
    /// The browser withholds the answer, or does not call.
    CodeLostOrNotAdded,
    /// It was not added, which is told, and can be tried again.
    NotAdded,
    /// It was not added, and what is wrong with the address is told at its field.
    WrongEmail,
    /// Nothing can be learnt for now.
    Unknown,
}

impl End {
    /// How adding ends under a fault.
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

/// The faults of the matrix (`switchboard_matrix::faults`).
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
        // Another origin than the page's, so that CORS counts.
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

/// Adds a domain under a fault, and again where it was not added. Whether its code is lost.
async fn under_a_fault(it: &Journey, base_url: &str, domain: &str, fault: &Fault) -> Result<bool> {
    it.page
        .click(link("Domains").within(navigation("Main")))
        .await?;
    it.page.click(link("Add domain")).await?;
    // Who waits for half a minute waits for as long here as it takes.
    let patience = "const wait = window.setTimeout;
        window.setTimeout = (call, after, ...rest) => wait.call(window, call, after >= 20000 ? 700 : after, ...rest);
        window.restoreTimeout = () => { window.setTimeout = wait; }";
    it.page.script(patience, &[]).await?;
    let mut rule = fault.effect.rule(Screen::AddDomain.call());
    if !matches!(fault.effect, Effect::Refuse { .. }) {
        // What is tried again works, also what the browser sends again by itself.
        rule["count"] = json!(1);
    }
    let sent_before = sent(it)?;
    it.page.fill(field("Domain"), domain).await?;
    it.page
        .fill(field("Contact email"), "web@acme.example")
        .await?;
    // The last moment: one fault lasts for a time.
    set_faults(it, &[rule])?;
    it.page.click(button("Add domain")).await?;
    if matches!(fault.outcome, Outcome::AsksForAToken(_)) {
        let asking = dialog("The token is no longer accepted");
        it.page.see(asking.clone()).await?;
        it.page.click(button("Not now")).await?;
        it.page.see_no(asking).await?;
    }
    // What shows on the page where there are two ends.
    let (mut was_kept, mut was_lost) = (false, false);
    let end = End::of(fault);
    match end {
        End::Kept => it.page.see(title("Embed code")).await?,
        // Not an end of its own: which one it is shows on the page.
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
            // The second where the browser has sent the call once more by itself.
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
    // What the browser repeats by itself is not the panel's: nothing is said to the page of it.
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

/// Whether a browser may take the connection for one that had gone stale, and send the call once more.
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

/// How often the sandbox was asked to add a domain.
fn sent(it: &Journey) -> Result<usize> {
    it.sandbox.count("POST", ADD)
}
