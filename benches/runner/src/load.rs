//! Cold loads: a browser with a fresh profile opens the application, unthrottled and throttled. Each load uses its
//! own browser. The applications alternate, so that other load on the machine affects all of them.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use switchboard_e2e::Page;

use crate::console;
use crate::figure::{Bar, Figure};
use crate::stage::{App, Served, Stage};
use crate::watch::open_until;

const PART: &str = "load";

/// The number of operators: as many as the table has rows in the figure.
const ROWS: usize = 25;

/// The condition that the form to connect is usable: the application has rendered it, and its first field accepts
/// input.
const FORM: &str = "() => !document.getElementById('boot') && !!document.querySelector('main form input:not(:disabled)')?.checkVisibility()";

/// Records the position of the brand in the visible frame of `index.html`; the application has to keep it there.
const SHELL: &str = "(function look() {
    const brand = [...document.querySelectorAll('#boot .brand')].find((brand) => brand.getClientRects().length);
    if (brand) window.__bench.shell = brand.getBoundingClientRect().toJSON();
    if (brand || !window.__bench.shell) requestAnimationFrame(look);
})()";

/// Returns the measurements of a load.
const TOLD: &str = "(() => {
    const brand = document.querySelector('.brand:not(#boot *)')?.getBoundingClientRect().toJSON();
    const shell = __bench.shell;
    return {
        firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
        wasm: Math.min(...performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm')).map(({ responseEnd }) => responseEnd)),
        shifts: __bench.shifts,
        moved: brand && shell ? Math.hypot(brand.x - shell.x, brand.y - shell.y) : null,
        resources: performance.getEntriesByType('resource').map(({ name, startTime, responseEnd, encodedBodySize, decodedBodySize }) => ({
            name: new URL(name).pathname, startTime, responseEnd, encodedBodySize, decodedBodySize })),
    };
})()";

/// The throttling of processor and network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Speed {
    /// None.
    Unthrottled,
    /// A quarter of the processor, 1.6 Mbit/s, 150 ms before each answer.
    Throttled,
}

/// The page to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Opened {
    /// The panel's form to connect, without a stored connection.
    Form,
    /// The panel's list of operators, with a stored connection.
    Table,
    /// The floor's list of operators.
    FloorTable,
}

#[derive(Debug, Default)]
struct Samples {
    usable: Vec<f64>,
    again: Vec<f64>,
    first_paint: Vec<f64>,
    wasm: Vec<f64>,
    shifted: Vec<f64>,
    moved: Vec<f64>,
}

/// Loads everything, with repeats.
pub async fn measure(stage: &Stage) -> Result<Vec<Figure>> {
    console::step("Cold loads");
    let panel = stage.serve(App::Panel, ROWS).await?;
    let floor = stage.serve(App::Floor, ROWS).await?;
    let mut all: BTreeMap<(Speed, Opened), Samples> = BTreeMap::new();
    for speed in [Speed::Unthrottled, Speed::Throttled] {
        for round in 1..=stage.repeats {
            for opened in [Opened::Form, Opened::Table, Opened::FloorTable] {
                let served = if opened == Opened::FloorTable {
                    &floor
                } else {
                    &panel
                };
                let samples = all.entry((speed, opened)).or_default();
                load(stage, served, speed, opened, samples).await?;
            }
            console::note(&format!("{}: {round} of {}", speed.name(), stage.repeats));
        }
    }
    let mut figures = Vec::new();
    for speed in [Speed::Unthrottled, Speed::Throttled] {
        let of = |opened| &all[&(speed, opened)];
        figures.extend(figures_of(
            speed,
            of(Opened::Form),
            of(Opened::Table),
            of(Opened::FloorTable),
        ));
    }
    Ok(figures)
}

fn figures_of(speed: Speed, form: &Samples, table: &Samples, floor: &Samples) -> Vec<Figure> {
    let figure = |what: &str, unit, samples: &Vec<f64>| {
        Figure::new(
            PART,
            format!("{what}, {}", speed.name()),
            unit,
            samples.clone(),
        )
    };
    let to_form = figure("Connect form usable", "ms", &form.usable)
        .beside("floor's table", floor.usable.clone());
    let paint = figure("first paint", "ms", &form.first_paint);
    let (to_form, paint) = match speed {
        Speed::Unthrottled => (to_form, paint.beside("floor", floor.first_paint.clone())),
        Speed::Throttled => (
            to_form.bar(Bar::TimesBeside(1.4)),
            paint
                .beside("its WebAssembly", form.wasm.clone())
                .bar(Bar::TimesBeside(1.0)),
        ),
    };
    vec![
        paint,
        figure("layout shift until the form is usable", "", &form.shifted).bar(Bar::AtMost(0.0)),
        figure("how far the take-over moves the brand", "px", &form.moved).bar(Bar::AtMost(0.0)),
        to_form,
        figure("table of 25 operators", "ms", &table.usable).beside("floor", floor.usable.clone()),
        figure("Connect form usable, second visit", "ms", &form.again),
        figure("table of 25 operators, second visit", "ms", &table.again)
            .beside("floor", floor.again.clone()),
    ]
}

async fn load(
    stage: &Stage,
    served: &Served,
    speed: Speed,
    opened: Opened,
    samples: &mut Samples,
) -> Result<()> {
    let page = match opened {
        Opened::Form => stage.browser(served).await?,
        Opened::Table | Opened::FloorTable => stage.connected_browser(served).await?,
    };
    page.cdp(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": SHELL }),
    )
    .await?;
    speed.impose(&page).await?;
    let rows = format!("() => __bench.rows() >= {ROWS}");
    let (path, holds) = match opened {
        Opened::Form => ("/connect", FORM),
        Opened::Table | Opened::FloorTable => (served.app.list(), rows.as_str()),
    };
    let usable = open_until(&page, path, "usable", holds).await?;
    let told = page.evaluate(TOLD).await?;
    samples.usable.push(usable);
    let number = |name: &str| {
        told[name]
            .as_f64()
            .with_context(|| format!("{name} is not told: {told}"))
    };
    samples.first_paint.push(number("firstPaint")?);
    samples.wasm.push(number("wasm")?);
    let shifts = told["shifts"].as_array().context("no shifts")?;
    let until = shifts
        .iter()
        .filter(|shift| shift["startTime"].as_f64().is_some_and(|at| at <= usable));
    let values = until.filter_map(|shift| shift["value"].as_f64());
    // The sum of no numbers would be printed as -0.
    samples
        .shifted
        .push(values.fold(0.0, |sum, value| sum + value));
    samples.moved.extend(told["moved"].as_f64());
    // The browser may reuse what it has cached of the application by now.
    page.open("about:blank").await?;
    let again = open_until(&page, path, "usable", holds).await?;
    samples.again.push(again);
    Ok(())
}

impl Speed {
    fn name(self) -> &'static str {
        match self {
            Self::Unthrottled => "unthrottled",
            Self::Throttled => "throttled",
        }
    }

    /// Applies the throttling. Chromium delays each answer, but not the establishment of connections.
    async fn impose(self, page: &Page) -> Result<()> {
        if self == Self::Unthrottled {
            return Ok(());
        }
        let bytes_a_second = 1_600_000 / 8;
        let network: Value = json!({
            "offline": false, "latency": 150, "downloadThroughput": bytes_a_second, "uploadThroughput": bytes_a_second,
        });
        page.cdp("Network.enable", json!({})).await?;
        page.cdp("Network.emulateNetworkConditions", network)
            .await?;
        page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }))
            .await?;
        Ok(())
    }
}
