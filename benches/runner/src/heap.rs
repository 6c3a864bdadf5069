//! Memory leaks: the heap after many navigations over all pages, after garbage collection.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use switchboard_e2e::Page;

use crate::console;
use crate::figure::{Bar, Figure};
use crate::stage::{App, Stage};
use crate::watch::open_until;

const PART: &str = "heap";

/// The numbers of navigations after which the heap is measured.
const FEW: usize = 50;
const MANY: usize = 500;

/// All pages: each navigation leads to the next, and from the last to the first. Fifty and five hundred navigations
/// end on the same page.
const PATHS: [&str; 10] = [
    "/organisation",
    "/operators",
    "/operators/grace%40acme.example",
    "/domains",
    "/domains/new",
    "/domains/shop.acme.example",
    "/domains/shop.acme.example/embed",
    "/activity",
    "/settings",
    "/nowhere",
];

/// Follows links to the pages in turn, this number of times, and waits until each page is stable.
const WALK: &str = "(async (paths, from, to) => {
    const settled = () => new Promise((resolve) => {
        let timer;
        const watcher = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 40); });
        const done = () => { watcher.disconnect(); resolve(); };
        watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        timer = setTimeout(done, 250);
    });
    for (let step = from; step < to; step += 1) {
        const link = document.body.appendChild(document.createElement('a'));
        link.href = paths[step % paths.length];
        const rest = settled();
        link.click();
        link.remove();
        await rest;
        if (!location.pathname.endsWith(paths[step % paths.length])) throw new Error('not at ' + link.href);
    }
})";

struct Weight {
    heap: f64,
    wasm: f64,
    nodes: f64,
    listeners: f64,
}

/// Navigates and measures.
pub async fn measure(stage: &Stage) -> Result<Vec<Figure>> {
    console::step("Navigations over all pages");
    let served = stage.serve(App::Panel, 25).await?;
    let page = stage.connected_browser(&served).await?;
    open_until(
        &page,
        "/organisation",
        "title",
        "() => !!document.querySelector('h1')",
    )
    .await?;
    let (mut few, mut many) = (None, None);
    let mut at = 0;
    // In steps that are short enough for one call.
    for goal in (FEW..=MANY).step_by(FEW) {
        page.evaluate(&format!("{WALK}({}, {at}, {goal})", json!(PATHS)))
            .await?;
        at = goal;
        console::note(&format!("{goal} of {MANY}"));
        match goal {
            FEW => few = Some(weigh(&page).await?),
            MANY => many = Some(weigh(&page).await?),
            _ => {}
        }
    }
    let (few, many) = few.zip(many).context("It was not weighed.")?;
    let figure = |what: &str, unit, of: fn(&Weight) -> f64| {
        Figure::new(
            PART,
            format!("{what} after {MANY} navigations"),
            unit,
            vec![of(&many)],
        )
        .beside("after 50", vec![of(&few)])
    };
    Ok(vec![
        figure("heap and WebAssembly", "MB", |weight| {
            weight.heap + weight.wasm
        })
        .bar(Bar::TimesBeside(1.1)),
        figure("heap", "MB", |weight| weight.heap),
        figure("WebAssembly", "MB", |weight| weight.wasm),
        figure("nodes", "", |weight| weight.nodes),
        figure("listeners", "", |weight| weight.listeners),
    ])
}

async fn weigh(page: &Page) -> Result<Weight> {
    // Repeated, because one collection may make more objects collectable.
    for _ in 0..3 {
        page.cdp("HeapProfiler.collectGarbage", json!({})).await?;
    }
    let heap = page.cdp("Runtime.getHeapUsage", json!({})).await?;
    let counters = page.cdp("Memory.getDOMCounters", json!({})).await?;
    let wasm = page.evaluate("__bench.wasmBytes()").await?;
    let number = |value: &Value| {
        value
            .as_f64()
            .context("Chromium does not say how much it keeps.")
    };
    Ok(Weight {
        heap: number(&heap["usedSize"])? / 1e6,
        wasm: number(&wasm)? / 1e6,
        nodes: number(&counters["nodes"])?,
        listeners: number(&counters["jsEventListeners"])?,
    })
}
