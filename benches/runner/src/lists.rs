//! Large organisations: the list with thousands of operators, compared with the hand-written page on the same data.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::Page;

use crate::console;
use crate::figure::{Bar, Figure, Statistic};
use crate::stage::{App, Served, Stage};
use crate::watch::{Act, act, arrival, click, open_until, press, strike};

const PART: &str = "lists";

/// The numbers of operators.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

const LIST: &str = "operator/list";
const SEARCH: &str = "input[type=search]";
const NAME: &str = "thead th:nth-child(2) button";
const ALL: &str = "thead input[type=checkbox]";

/// The condition that rows are on the screen: more than a skeleton or a message has.
pub const ROWS: &str = "() => !!document.querySelector('tbody input[type=checkbox]')";

/// The typed keys; `<` is backspace. Every key changes the matches, because each address contains a number.
const STROKES: &str = "123<<<407<<<591<<<882<<<314<<<";

/// The measurements of one list.
#[derive(Debug, Default)]
struct List {
    answer: Vec<f64>,
    strokes: Vec<Act>,
    sort: Vec<Act>,
    select: Vec<Act>,
    frames: Vec<f64>,
    dropped: Vec<f64>,
    away: Vec<Act>,
    back: Vec<Act>,
    tasks: Vec<f64>,
    /// The first operator after each key and each sorting.
    firsts: Vec<String>,
}

/// Measures both lists at each size.
pub async fn measure(stage: &Stage) -> Result<Vec<Figure>> {
    let panel = stage.serve(App::Panel, 12).await?;
    let vanilla = stage.serve(App::Vanilla, 12).await?;
    let mut figures = Vec::new();
    for size in SIZES {
        console::step(&format!("A list of {} operators", grouped(size)));
        panel.grow_to(size)?;
        vanilla.grow_to(size)?;
        let ours = list(stage, &panel).await?;
        console::note("the panel: done");
        let theirs = list(stage, &vanilla).await?;
        console::note("the hand-written page: done");
        ensure!(
            ours.firsts == theirs.firsts,
            "The hand-written page does not show the same operators as the panel: {:?}, {:?}",
            theirs.firsts,
            ours.firsts
        );
        figures.extend(figures_of(size, &ours, &theirs));
    }
    Ok(figures)
}

fn figures_of(size: usize, ours: &List, theirs: &List) -> Vec<Figure> {
    let figure = |what: &str, unit, panel: Vec<f64>, vanilla: Vec<f64>| {
        Figure::new(
            PART,
            format!("{} operators, {what}", grouped(size)),
            unit,
            panel,
        )
        .beside("vanilla", vanilla)
    };
    let work = |acts: &[Act]| acts.iter().map(|act| act.work).collect::<Vec<_>>();
    let shown = |acts: &[Act]| acts.iter().map(|act| act.shown).collect::<Vec<_>>();
    let acts = |what: &str, of: fn(&List) -> &Vec<Act>| {
        figure(what, "ms", work(of(ours)), work(of(theirs)))
    };
    let mut answer = figure(
        "answer → table painted",
        "ms",
        ours.answer.clone(),
        theirs.answer.clone(),
    );
    let mut stroke = acts("keystroke → painted", |list| &list.strokes).statistic(Statistic::P95);
    let longest = Figure::new(
        PART,
        format!("{} operators, longest task", grouped(size)),
        "ms",
        ours.tasks.clone(),
    );
    let mut longest = longest
        .beside("vanilla", theirs.tasks.clone())
        .statistic(Statistic::Max);
    match size {
        10_000 => {
            answer = answer.bar(Bar::TimesBeside(1.5));
            stroke = stroke.bar(Bar::AtMost(16.0)).bar(Bar::TimesBeside(1.5));
        }
        100_000 => {
            stroke = stroke.bar(Bar::AtMost(100.0));
            longest = longest.bar(Bar::AtMost(300.0));
        }
        _ => {}
    }
    let alone = |what: &str, acts: &[Act]| {
        Figure::new(
            PART,
            format!("{} operators, {what}", grouped(size)),
            "ms",
            work(acts),
        )
    };
    vec![
        answer,
        acts("keystroke → painted", |list| &list.strokes),
        stroke,
        figure(
            "keystroke → painted, with the wait for the frame",
            "ms",
            shown(&ours.strokes),
            shown(&theirs.strokes),
        )
        .statistic(Statistic::P95),
        acts("sort", |list| &list.sort),
        acts("select all", |list| &list.select),
        figure(
            "scroll, frames dropped",
            "",
            ours.dropped.clone(),
            theirs.dropped.clone(),
        ),
        figure(
            "scroll, time between frames",
            "ms",
            ours.frames.clone(),
            theirs.frames.clone(),
        )
        .statistic(Statistic::P95),
        alone("to the domains", &ours.away),
        alone("and back", &ours.back),
        longest,
    ]
}

async fn list(stage: &Stage, served: &Served) -> Result<List> {
    let mut list = List::default();
    let page = stage.connected_browser(served).await?;
    for _ in 0..stage.repeats {
        let painted = open_until(&page, served.app.list(), "rows", ROWS).await?;
        list.answer.push(painted - arrival(&page, LIST).await?);
        list.tasks.extend(tasks(&page).await?);
    }
    press(&page, SEARCH).await?;
    for key in STROKES.chars() {
        let stroke = async |page: &Page| strike(page, key).await;
        list.strokes
            .push(act(&page, "keydown", None, stroke).await?);
        list.firsts.push(first(&page).await?);
    }
    // Ascending, descending, unsorted: a complete round each time.
    for _ in 0..stage.repeats.next_multiple_of(3) {
        list.sort.push(click(&page, NAME, None).await?);
        list.firsts.push(first(&page).await?);
    }
    for _ in 0..stage.repeats.next_multiple_of(2) {
        list.select.push(click(&page, ALL, None).await?);
    }
    for _ in 0..stage.repeats {
        scroll(&page, &mut list).await?;
    }
    if served.app == App::Panel {
        for _ in 0..stage.repeats {
            let domains = "() => document.querySelector('h1')?.textContent === 'Domains'";
            list.away
                .push(click(&page, "a[href$='/domains']", Some(domains)).await?);
            list.back
                .push(click(&page, "a[href$='/operators']", Some(ROWS)).await?);
        }
    }
    list.tasks.extend(tasks(&page).await?);
    Ok(list)
}

/// Returns the address of the first operator, if it is a seeded one.
async fn first(page: &Page) -> Result<String> {
    let first = "document.querySelector('tbody tr:has(input[type=checkbox])').textContent.match(/operator-[0-9]+@/)?.[0] ?? ''";
    let first = page.evaluate(first).await?;
    Ok(first.as_str().unwrap_or_default().to_owned())
}

/// Returns the durations of all tasks over 50 ms since the page was loaded.
async fn tasks(page: &Page) -> Result<Vec<f64>> {
    let tasks = page
        .evaluate("__bench.tasks.splice(0).map(({ duration }) => duration)")
        .await?;
    Ok(serde_json::from_value(tasks)?)
}

/// Scrolls the table down and up again, and counts dropped frames.
async fn scroll(page: &Page, list: &mut List) -> Result<()> {
    let middle = page
        .evaluate("({ x: innerWidth / 2, y: innerHeight * 0.6 })")
        .await?;
    page.evaluate("__bench.startFrames()").await?;
    for distance in [-2_400, 2_400] {
        let gesture = json!({ "x": middle["x"], "y": middle["y"], "yDistance": distance, "speed": 3_000, "gestureSourceType": "mouse" });
        page.cdp("Input.synthesizeScrollGesture", gesture).await?;
    }
    let frames: Value = page.evaluate("__bench.stopFrames()").await?;
    let frames: Vec<f64> = serde_json::from_value(frames).context("no frames")?;
    list.dropped.push(
        frames
            .iter()
            .map(|time| (time * 60.0 / 1_000.0).round() - 1.0)
            .sum(),
    );
    list.frames.extend(frames);
    Ok(())
}

/// Formats 10000 as "10,000".
fn grouped(number: usize) -> String {
    match (number / 1_000, number % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}
