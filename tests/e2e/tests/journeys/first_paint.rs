//! The frame that is shown before the program has loaded has everything in the same place as the program.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use switchboard_e2e::{
    Answer, Browser, Interception, Journey, Proxy, Response, Scheme, Size, alert, button,
    cold_journey, table, title,
};

use crate::steps::ORGANISATION;

/// Returns the position of each visible text, field and button, by its words or placeholder.
const PLACES: &str = "const places = {};
    const put = (name, box) => {
        if (name && box.width && box.height) (places[name] ??= []).push([box.x, box.y, box.width, box.height].map(Math.round));
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        if (!parentElement.checkVisibility({ visibilityProperty: true }) || parentElement.closest('.visually-hidden, .skip-link')) continue;
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        put(data.trim(), range.getBoundingClientRect());
    }
    for (const element of document.querySelectorAll('input, .panel.form, .button, .sidebar, .nav, .brand-mark, summary')) {
        if (!element.checkVisibility({ visibilityProperty: true })) continue;
        put(element.className.baseVal || element.className || element.tagName, element.getBoundingClientRect());
    }
    return places";

/// Returns all positions, and the colours and sizes of controls, which depend on theme and density.
async fn look(it: &Journey) -> Result<(Value, Value)> {
    let colours = "const style = getComputedStyle(document.body); return [style.backgroundColor, style.color, getComputedStyle(document.documentElement).getPropertyValue('--control')]";
    Ok((
        it.page.script(PLACES, &[]).await?,
        it.page.script(colours, &[]).await?,
    ))
}

/// Asserts that everything in the frame is in the same place in the application.
fn same_places(frame: &Value, application: &Value, at: &str) -> Result<usize> {
    let frame = frame.as_object().context("places")?;
    let mut compared = 0;
    for (name, places) in frame {
        let Some(theirs) = application.get(name).and_then(Value::as_array) else {
            panic!("{at}: {name} is nowhere in the application");
        };
        // An item that occurs twice, such as a name in the navigation and a heading, may be in either place.
        for place in places.as_array().context("places")? {
            assert!(
                theirs.contains(place),
                "{at}: {name} stands at {place}, then at {theirs:?}"
            );
            compared += 1;
        }
    }
    Ok(compared)
}

/// Opens a path without the program on `front`, and with it at the sandbox; compares the two at both sizes, light and
/// dark.
async fn compare(
    it: &Journey,
    front: &Proxy,
    path: &str,
    heading: &str,
    least: usize,
) -> Result<()> {
    for size in [Size::DESK, Size::TELEPHONE] {
        it.page.resize(size).await?;
        for scheme in Scheme::ALL {
            let at = format!("{path}, {} px, {}", size.width, scheme.name());
            it.page.open(&format!("{}{path}", front.url())).await?;
            it.page.prefer(scheme).await?;
            it.page
                .see(alert(
                    "Switchboard could not start: part of it did not load.",
                ))
                .await?;
            // The state before that was known.
            let before = "delete document.documentElement.dataset.start";
            it.page.script(before, &[]).await?;
            let file = format!("frames/{path}.{}.{}.png", scheme.name(), size.width);
            it.page.picture(&it.settings.artifacts.join(file)).await?;
            it.page.fits_the_width().await?;
            let (frame, colours) = look(it).await?;
            it.page.open(&format!("/{path}")).await?;
            it.page.see(title(heading)).await?;
            let (application, same_colours) = look(it).await?;
            let compared = same_places(&frame, &application, &at)?;
            assert!(compared >= least, "{at}: {compared} of {frame}");
            assert_eq!(colours, same_colours, "{at}");
        }
    }
    Ok(())
}

/// Stores something in both of the origins.
async fn keep_in_both(
    it: &Journey,
    front: &Proxy,
    area: &str,
    key: &str,
    value: &str,
) -> Result<()> {
    let script = format!("{area}.setItem(arguments[0], arguments[1])");
    for origin in [front.url(), it.sandbox.url()] {
        // A page of the panel: to show plain text, WebKit makes a page whose style the policy forbids.
        it.page.open(&format!("{origin}connect")).await?;
        it.page.script(&script, &[json!(key), json!(value)]).await?;
    }
    Ok(())
}

#[test]
fn the_frame_before_the_program_stands_where_the_program_draws() -> Result<()> {
    cold_journey(async |it| {
        for words in ["Failed to load resource", "integrity"] {
            it.page.expect_in_console(words);
        }
        // A server that never sends the program.
        let front = Proxy::start(&it.sandbox)?;
        for entry in std::fs::read_dir(&it.settings.dist)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.starts_with("switchboard-") && name.ends_with(".js") {
                let missing = Answer::Say(Response::new(404, "text/plain", ""));
                front.intercept("GET", &name, Interception::Answer(missing));
            }
        }
        compare(it, &front, "connect", "Connect", 12).await?;

        let connection = json!({ "baseUrl": it.sandbox.url(), "token": it.sandbox.token(), "organisation": ORGANISATION });
        keep_in_both(
            it,
            &front,
            "sessionStorage",
            "switchboard/1/connection",
            &connection.to_string(),
        )
        .await?;
        compare(it, &front, "operators", "Operators", 9).await?;

        // As chosen, although the system prefers another scheme.
        let chosen = json!({ "theme": "dark", "density": "compact" });
        keep_in_both(
            it,
            &front,
            "localStorage",
            "switchboard/1/preferences",
            &chosen.to_string(),
        )
        .await?;
        compare(it, &front, "domains", "Domains", 9).await
    })
}

#[test]
fn nothing_moves_while_the_page_is_loaded() -> Result<()> {
    cold_journey(async |it| {
        if it.settings.browser != Browser::Chromium {
            // No other engine reports this; the positions are compared above in all of them.
            return Ok(());
        }
        let moved = "return new Promise((done) => {
            new PerformanceObserver((list) => done(list.getEntries().map((one) => [one.value, one.sources.map((source) => source.node?.outerHTML?.slice(0, 80))])))
                .observe({ type: 'layout-shift', buffered: true });
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done([]))));
        })";
        for size in [Size::DESK, Size::TELEPHONE] {
            it.page.resize(size).await?;
            it.page.open("/connect").await?;
            it.page.see(button("Open the sandbox")).await?;
            assert_eq!(it.page.script(moved, &[]).await?, json!([]), "{size:?}");
        }
        it.page.click(button("Open the sandbox")).await?;
        it.page.see(title(ORGANISATION)).await?;
        for size in [Size::DESK, Size::TELEPHONE] {
            it.page.resize(size).await?;
            it.page.open("/operators").await?;
            it.page.see(table("Operators")).await?;
            assert_eq!(it.page.script(moved, &[]).await?, json!([]), "{size:?}");
        }
        Ok(())
    })
}
