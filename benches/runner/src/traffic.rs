//! Traffic: the calls of each page on a visit, and the size of what the panel stores in the browser.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use switchboard_e2e::{Page, Sandbox};

use crate::console;
use crate::figure::{Bar, Figure};
use crate::known;
use crate::stage::{App, Served, Stage};
use crate::watch::open_until;

const PART: &str = "traffic";

const ORGANISATION: &str = "auth/organisation";
const LIST: &str = "auth/addon/live_chat/operator/list";
const GRACE: &str = "auth/addon/live_chat/operator/get?email=grace%40acme.example";
const SHOP: &str = "auth/addon/live_chat/domain/get?domain=shop.acme.example";
const ASSIGNMENTS: &str = "auth/addon/live_chat/domain/operator/list?domain=shop.acme.example";

/// Each page with the reads that it needs when a connected user who knows no domain opens its address. The journeys
/// in `page_calls` require the same, and test the way back as well. The shell of every page reads the organisation's
/// name.
const PAGES: [(&str, &[&str]); 9] = [
    ("/organisation", &[ORGANISATION]),
    ("/operators", &[ORGANISATION, LIST]),
    ("/operators/grace%40acme.example", &[ORGANISATION, GRACE]),
    ("/domains", &[ORGANISATION]),
    ("/domains/new", &[ORGANISATION]),
    (
        "/domains/shop.acme.example",
        &[ORGANISATION, SHOP, ASSIGNMENTS],
    ),
    ("/domains/shop.acme.example/embed", &[ORGANISATION, SHOP]),
    ("/activity", &[ORGANISATION]),
    ("/settings", &[ORGANISATION]),
];

/// How long no call must come before a page counts as filled.
const QUIET: Duration = Duration::from_millis(700);

/// Opens every page, and measures the storage.
pub async fn measure(stage: &Stage) -> Result<Vec<Figure>> {
    console::step("Calls of each page, and what is kept");
    let served = stage.serve(App::Panel, 25).await?;
    let mut figures = Vec::new();
    let mut needless = Vec::new();
    let page = stage.browser(&served).await?;
    for (path, needed) in PAGES {
        served.remind(&page).await?;
        served.sandbox.forget_calls()?;
        open_until(&page, path, "title", "() => !!document.querySelector('h1')").await?;
        let calls = calls(&served.sandbox).await?;
        let mut missing: Vec<&str> = needed.to_vec();
        let mut more = 0.0;
        for call in &calls {
            match missing.iter().position(|needed| needed == call) {
                Some(at) => drop(missing.swap_remove(at)),
                None => {
                    console::note(&format!("{path} asks for {call}, which it does not need"));
                    more += 1.0;
                }
            }
        }
        ensure!(
            missing.is_empty(),
            "{path} does not ask for {missing:?}: `PAGES` in traffic.rs is out of date."
        );
        needless.push(more);
        #[expect(clippy::cast_precision_loss, reason = "a handful")]
        figures.push(Figure::new(
            PART,
            format!("calls of {path}"),
            "",
            vec![calls.len() as f64],
        ));
    }
    let most = needless.into_iter().sum();
    figures.insert(
        0,
        Figure::new(
            PART,
            "duplicate or needless calls, all pages",
            "",
            vec![most],
        )
        .bar(Bar::AtMost(0.0)),
    );

    figures.push(kept(&page, &served, "a remembered connection").await?);
    for count in known::COUNTS {
        let known = known::serve(stage, 25, count).await?;
        let page = stage.browser(&known).await?;
        figures.push(kept(&page, &known, &format!("{count} known domains")).await?);
    }
    Ok(figures)
}

/// Measures the size of the panel's data in `localStorage`, as UTF-8.
async fn kept(page: &Page, served: &Served, what: &str) -> Result<Figure> {
    served.remind(page).await?;
    page.open("/sandbox").await?;
    let size = "new Blob(Object.entries(localStorage).flat()).size / 1000";
    let size = page.evaluate(size).await?.as_f64().context("no size")?;
    Ok(Figure::new(
        PART,
        format!("kept in the browser, {what}"),
        "kB",
        vec![size],
    ))
}

/// Returns the panel's calls, once no more come.
async fn calls(sandbox: &Sandbox) -> Result<Vec<String>> {
    let mut since = Instant::now();
    let mut before = 0;
    loop {
        let calls = sandbox.calls()?;
        if calls.len() != before {
            (before, since) = (calls.len(), Instant::now());
        } else if since.elapsed() >= QUIET {
            let calls = calls.iter().map(|call| {
                let text = format!("{}?{}", call.path.trim_start_matches('/'), call.query);
                text.trim_end_matches(['&', '?']).to_owned()
            });
            return Ok(calls.collect());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
