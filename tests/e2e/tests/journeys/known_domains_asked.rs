//! The reads of the table of known domains: exactly what is on the screen, a few at once, nothing twice.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use anyhow::{Context, Result, ensure};
use switchboard_e2e::{
    Answer, FakeApi, Journey, Response, button, eventually, field, journey, link, navigation,
    table, title,
};

use crate::steps::{ORGANISATION, connect_to, enter, know_more, look_up};

const GET: &str = "auth/addon/live_chat/domain/get";

#[test]
fn of_two_thousand_domains_those_on_the_screen_are_asked_about_and_each_once() -> Result<()> {
    journey(async |it| {
        it.sandbox.seed(0, 2_000)?;
        enter(it, "/domains").await?;
        look_up(it, "site-1.many.example").await?;
        know_more(it, 2_000).await?;
        let before = it.sandbox.count("GET", GET)?;
        it.page.reload().await?;
        it.page.see_text("2,000 known domains").await?;
        it.page.see_text("1–50 of 2,000").await?;
        let first = seen_and_asked(it, before, Vec::new()).await?;
        ensure!((5..40).contains(&first.len()), "{first:?}");

        it.page
            .script("scrollTo({ top: document.querySelector('tbody tr:nth-child(30)').offsetTop, behavior: 'instant' })", &[])
            .await?;
        let second = seen_and_asked(it, before, first).await?;

        // The last rows are next to the pager.
        it.page
            .script("document.querySelector('.pager').scrollIntoView({ block: 'end', behavior: 'instant' })", &[])
            .await?;
        let last = seen_and_asked(it, before, second).await?;
        it.page.click(button("Next")).await?;
        it.page.see_text("51–100 of 2,000").await?;
        let third = seen_and_asked(it, before, last).await?;

        it.page
            .fill(field("Search known domains"), "site-1234.")
            .await?;
        it.page.see_text("1 of 2,000 known domains").await?;
        it.page.arrive_at("/domains?q=site-1234.").await?;
        it.page
            .see_text_in(table("Domains"), "site-1234.many.example")
            .await?;
        // During typing, intermediate results were on the screen for a moment.
        let asked = eventually(async || {
            let asked = asked(it, before)?;
            ensure!(
                asked.contains(&"site-1234.many.example".to_owned()),
                "{asked:?}"
            );
            Ok(asked)
        })
        .await?;
        ensure!(asked.len() < third.len() + 200, "{}", asked.len());
        Ok(())
    })
}

#[test]
fn four_are_asked_about_at_once_and_none_once_the_page_is_left() -> Result<()> {
    journey(async |it| {
        it.sandbox.seed(0, 30)?;
        let (under_way, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let barrier = Arc::new((Mutex::new(false), Condvar::new()));
        let address = it.sandbox.address().to_owned();
        let (theirs, highest, closed) = (under_way.clone(), most.clone(), barrier.clone());
        let api = FakeApi::start(move |request| {
            if request.path() == format!("/{GET}") {
                let now = theirs.fetch_add(1, Ordering::SeqCst) + 1;
                highest.fetch_max(now, Ordering::SeqCst);
                let (open, opened) = &*closed;
                let wait = opened.wait_while(open.lock().expect("a barrier"), |open| !*open);
                drop(wait);
                theirs.fetch_sub(1, Ordering::SeqCst);
            }
            let answer = request.send(&address);
            Answer::Say(answer.unwrap_or_else(|_| Response::new(502, "text/plain", "")))
        })?;
        it.page.open("/connect").await?;
        connect_to(it, &api.url(), it.sandbox.token()).await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page
            .click(link("Domains").within(navigation("Main")))
            .await?;
        open(&barrier, true);
        look_up(it, "site-1.many.example").await?;
        open(&barrier, false);
        know_more(it, 30).await?;
        let path = format!("/{GET}");
        let before = api.count("GET", &path);
        it.page.reload().await?;
        it.page.see_text("30 known domains").await?;
        reaches(&under_way, 4).await?;
        it.page
            .click(link("Settings").within(navigation("Main")))
            .await?;
        it.page.see(title("Settings")).await?;
        open(&barrier, true);
        reaches(&under_way, 0).await?;
        assert_eq!(most.load(Ordering::SeqCst), 4);
        assert_eq!(api.count("GET", &path), before + 4);

        // On the way back all of them are filled in.
        it.page
            .click(link("Domains").within(navigation("Main")))
            .await?;
        rows_are_filled_in(it).await?;
        assert_eq!(most.load(Ordering::SeqCst), 4);
        Ok(())
    })
}

fn open(barrier: &(Mutex<bool>, Condvar), is_open: bool) {
    *barrier.0.lock().expect("a barrier") = is_open;
    barrier.1.notify_all();
}

async fn reaches(count: &AtomicUsize, wanted: usize) -> Result<()> {
    eventually(async || {
        let now = count.load(Ordering::SeqCst);
        ensure!(now == wanted, "{now} calls are under way, not {wanted}");
        Ok(())
    })
    .await
}

/// Asserts that the rows on the screen have their answers, and that exactly they and the former ones were read, each
/// once.
async fn seen_and_asked(
    it: &Journey,
    since: usize,
    mut wanted: Vec<String>,
) -> Result<Vec<String>> {
    let seen = rows_are_filled_in(it).await?;
    for domain in seen {
        if !wanted.contains(&domain) {
            wanted.push(domain);
        }
    }
    wanted.sort();
    let mut asked = asked(it, since)?;
    asked.sort();
    ensure!(
        asked == wanted,
        "asked: {asked:?}\non the screen: {wanted:?}"
    );
    Ok(wanted)
}

/// Returns the domains whose rows are on the screen, once each has its status.
async fn rows_are_filled_in(it: &Journey) -> Result<Vec<String>> {
    let script =
        "const rows = [...document.querySelectorAll('.known-domains tbody tr')].filter((row) => {
            const { top, bottom } = row.getBoundingClientRect();
            return bottom >= 0 && top <= innerHeight;
        });
        const full = rows.length > 0 && rows.every((row) => !row.querySelector('.bar'));
        return full && rows.map((row) => row.querySelector('th a').innerText)";
    let rows = it.page.script_says(script).await?;
    serde_json::from_value(rows).context("the rows")
}

/// Returns the domains that were read (endpoint 7) after this number of calls.
fn asked(it: &Journey, since: usize) -> Result<Vec<String>> {
    let calls = it.sandbox.calls()?;
    let gets = calls
        .iter()
        .filter(|call| call.path.trim_start_matches('/') == GET);
    let names = gets.skip(since).map(|call| {
        let name = call.query.strip_prefix("domain=");
        let name = name.map(|name| name.trim_end_matches('&').to_owned());
        name.context(call.query.clone())
    });
    names.collect()
}
