//! The embed code comes once: whatever goes wrong while a domain is added, it is kept, or in the user's hands, or plainly told to be lost.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{
    Journey, Request, alert, button, dialog, eventually, field, journey, link, navigation, title,
};

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
    /// It was not added, which is told, and can be tried again.
    NotAdded,
    /// It was not added, and what is wrong is told at the field.
    WrongField,
    /// Nothing can be learnt for now.
    Unknown,
}

/// Each fault, and how adding ends under it.
fn faults() -> Vec<(&'static str, Value, End)> {
    let answer = |status: u16, body: &str| json!({ "fault": "answer", "status": status, "body": body, "contentType": "application/json" });
    let envelope =
        |message: &str| answer(200, &format!(r#"{{"status":0,"type":"error"{message}}}"#));
    let drop = |at: &str, work: bool| json!({ "fault": "drop", "at": at, "work": work });
    let mut faults = vec![
        // First: the browser has not asked yet whether it may call, and does not call then.
        (
            "no CORS headers",
            json!({ "fault": "noCors" }),
            End::NotAdded,
        ),
        (
            "408",
            json!({ "fault": "answer", "status": 408 }),
            End::KeptOrNotAdded,
        ),
        ("a delay", json!({ "fault": "delay", "ms": 300 }), End::Kept),
        (
            "another content type",
            json!({ "fault": "contentType", "contentType": "text/plain" }),
            End::Kept,
        ),
        (
            "no answer at all",
            json!({ "fault": "hang" }),
            End::NotAdded,
        ),
        (
            "nobody there",
            json!({ "fault": "refuse", "ms": 1500 }),
            End::Unknown,
        ),
        (
            "dropped in the headers",
            drop("headers", false),
            End::KeptOrNotAdded,
        ),
        ("dropped in the body", drop("body", false), End::NotAdded),
        (
            "done, then dropped in the headers",
            drop("headers", true),
            End::CodeLost,
        ),
        (
            "done, then dropped in the body",
            drop("body", true),
            End::CodeLost,
        ),
        ("done, then dropped", drop("firstByte", true), End::CodeLost),
        ("dropped", drop("firstByte", false), End::KeptOrNotAdded),
        (
            "429 with a time",
            json!({ "fault": "answer", "status": 429, "retryAfter": 1 }),
            End::NotAdded,
        ),
        (
            "502 in HTML",
            json!({ "fault": "answer", "status": 502, "body": "<h1>Bad gateway</h1>", "contentType": "text/html" }),
            End::NotAdded,
        ),
        ("an empty body", answer(200, ""), End::NotAdded),
        (
            "HTML",
            json!({ "fault": "answer", "body": "<!doctype html><p>Hello", "contentType": "text/html" }),
            End::NotAdded,
        ),
        (
            "JSON cut off",
            answer(200, r#"{"status":1,"type":"Success","message":{"name":"#),
            End::NotAdded,
        ),
        ("another shape", answer(200, "[1,2,3]"), End::NotAdded),
        (
            "wrong types",
            answer(
                200,
                r#"{"status":1,"type":"Success","message":{"name":7,"email":true,"link":[],"socketLink":null}}"#,
            ),
            End::NotAdded,
        ),
        (
            "a refusal in words",
            envelope(r#","message":"Not on a Monday""#),
            End::NotAdded,
        ),
        (
            "a refusal at a field",
            envelope(r#","message":{"domain":"Not this one"}"#),
            End::WrongField,
        ),
        (
            "a refusal of null",
            envelope(r#","message":null"#),
            End::NotAdded,
        ),
        ("a refusal of nothing", envelope(""), End::NotAdded),
        (
            "10 MB",
            json!({ "fault": "answer", "body": "0123456789", "times": 1_048_576 }),
            End::NotAdded,
        ),
    ];
    let status = |status: u16| json!({ "fault": "answer", "status": status });
    faults.extend(
        [401, 403, 404, 409, 413, 422, 429, 500, 503]
            .map(|code| ("an HTTP status", status(code), End::NotAdded)),
    );
    faults
}

fn set_faults(it: &Journey, rules: &[Value]) -> Result<()> {
    let put = Request::new("PUT", "/sandbox/faults").json(&json!(rules));
    let answer = put.send(it.sandbox.address())?;
    ensure!(answer.status == 204, "{answer:?}");
    Ok(())
}

#[test]
fn under_every_fault_the_code_is_kept_or_told_to_be_lost_and_never_asked_for_twice() -> Result<()> {
    journey(async |it| {
        for words in ["Failed to load resource", "CORS policy"] {
            it.page.expect_in_console(words);
        }
        // Another origin than the page's, so that CORS counts.
        let base_url = it.sandbox.url().replace("127.0.0.1", "localhost");
        it.page.open("/connect").await?;
        connect_to(it, &base_url, it.sandbox.token()).await?;
        it.page.see(title(ORGANISATION)).await?;
        let faults = faults();
        let mut failed = Vec::new();
        for (number, (name, fault, end)) in faults.iter().enumerate() {
            let domain = format!("cell-{number}.acme.example");
            if let Err(wrong) = under_a_fault(it, &base_url, &domain, fault, *end).await {
                failed.push(format!("{name}: {fault}: {wrong:#}"));
                set_faults(it, &[])?;
                it.page.open("/domains").await?;
            }
        }
        let passed = faults.len() - failed.len();
        println!("embed code under faults: {passed} / {} cells", faults.len());
        ensure!(failed.is_empty(), "{failed:#?}");
        it.page.reload().await?;
        for (number, (name, fault, end)) in faults.iter().enumerate() {
            let domain = format!("cell-{number}.acme.example");
            let record = record_of(it, &domain).await?.context(domain.clone())?;
            let held = format!("{}\n{}", text(&record, "link"), text(&record, "socketLink"));
            let code = code_of(&base_url, &domain);
            ensure!(
                (held == code) == (*end != End::CodeLost),
                "{name}, {fault}: {record}"
            );
        }
        Ok(())
    })
}

fn text<'a>(record: &'a Value, part: &str) -> &'a str {
    record["embed"][part].as_str().unwrap_or_default()
}

async fn under_a_fault(
    it: &Journey,
    base_url: &str,
    domain: &str,
    fault: &Value,
    end: End,
) -> Result<()> {
    it.page
        .click(link("Domains").within(navigation("Main")))
        .await?;
    it.page.click(link("Add domain")).await?;
    // Who waits for half a minute waits for as long here as it takes.
    let patience = "const wait = window.setTimeout;
        window.setTimeout = (call, after, ...rest) => wait.call(window, call, after >= 20000 ? 700 : after, ...rest);
        window.restoreTimeout = () => { window.setTimeout = wait; }";
    it.page.script(patience, &[]).await?;
    let mut rule = fault.clone();
    if fault["fault"] != "refuse" {
        rule["method"] = json!("POST");
        rule["path"] = json!("domain/add");
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
    if fault["status"] == 401 {
        let asking = dialog("The token is no longer accepted");
        it.page.see(asking.clone()).await?;
        it.page.click(button("Not now")).await?;
        it.page.see_no(asking).await?;
    }
    let mut was_kept = false;
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
        End::CodeLost => {
            // The second where the browser has sent the call once more by itself.
            let told = [
                format!("{domain} exists, but its code did not arrive"),
                format!("{domain} exists already, and its code is not here"),
            ];
            eventually(async || {
                let now = it.page.text().await?;
                ensure!(told.iter().any(|told| now.contains(told)), "{now}");
                Ok(())
            })
            .await?;
            it.page.see(link("Open the domain")).await?;
        }
        End::NotAdded => it.page.see(alert("The domain was not added.")).await?,
        End::WrongField => {
            it.page
                .see_error_at(field("Domain"), "Not this one")
                .await?
        }
        End::Unknown => it.page.see_text("Whether it worked is not known").await?,
    }
    it.page.script("window.restoreTimeout()", &[]).await?;
    let again = !was_kept && !matches!(end, End::Kept | End::CodeLost);
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
    if end != End::CodeLost {
        let code = code_of(base_url, domain);
        for part in code.lines() {
            it.page.see_text(part).await?;
        }
    }
    Ok(())
}

/// Whether a browser may take the connection for one that had gone stale, and send the call once more.
fn breaks_before_an_answer(fault: &Value) -> bool {
    fault["at"] == "firstByte" || fault["at"] == "headers" || fault["status"] == 408
}

/// Waits until the sandbox listens again.
async fn nobody_refuses(it: &Journey) -> Result<()> {
    eventually(async || it.sandbox.calls().map(drop)).await
}

/// How often the sandbox was asked to add a domain.
fn sent(it: &Journey) -> Result<usize> {
    it.sandbox.count("POST", ADD)
}
