//! What is on the screen before the program has arrived stands where the program puts its own.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use switchboard_e2e::{Answer, Response};
use switchboard_e2e::{Browser, Journey, Meddling, Relay, Scheme, Size, button, journey, title};

use crate::steps::ORGANISATION;

/// Where each text, field and button stands that can be seen: by its words or its placeholder.
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

/// What the frame looks like at most: everything that it shows, and the colours of the ground and of a text.
async fn look(it: &Journey) -> Result<(Value, Value)> {
    let colours = "const style = getComputedStyle(document.body); return [style.backgroundColor, style.color, getComputedStyle(document.documentElement).getPropertyValue('--control')]";
    Ok((
        it.page.script(PLACES, &[]).await?,
        it.page.script(colours, &[]).await?,
    ))
}

/// Fails unless everything in the frame stands in the same place in the application.
fn same_places(frame: &Value, application: &Value, at: &str) -> Result<usize> {
    let frame = frame.as_object().context("places")?;
    let mut compared = 0;
    for (name, places) in frame {
        let Some(theirs) = application.get(name).and_then(Value::as_array) else {
            panic!("{at}: {name} is nowhere in the application");
        };
        // What is there twice, as a name in the navigation and a heading, has one of its places in the frame.
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

/// Opens a path with no program, and then with it; compares the two at both sizes, light and dark.
async fn compare(
    it: &Journey,
    front: &Relay,
    script: &str,
    path: &str,
    heading: &str,
    least: usize,
) -> Result<()> {
    let url = format!("{}{path}", front.url());
    for size in [Size::DESK, Size::TELEPHONE] {
        it.page.resize(size).await?;
        for scheme in Scheme::ALL {
            let at = format!("{path}, {} px, {}", size.width, scheme.name());
            without(front, script);
            it.page.open(&url).await?;
            it.page.prefer(scheme).await?;
            it.page.see_no(title(heading)).await?;
            let file = format!(
                "frames/{}.{}.{}.png",
                path.replace('/', "-"),
                scheme.name(),
                size.width
            );
            it.page.picture(&it.settings.artifacts.join(file)).await?;
            it.page.fits_the_width().await?;
            let (frame, colours) = look(it).await?;
            front.behave();
            without(front, "sw.js");
            it.page.reload().await?;
            it.page.see(title(heading)).await?;
            let (application, same_colours) = look(it).await?;
            let compared = same_places(&frame, &application, &at)?;
            assert!(compared >= least, "{at}: {compared} of {frame}");
            assert_eq!(colours, same_colours, "{at}");
        }
    }
    Ok(())
}

/// Keeps a file back.
fn without(front: &Relay, file: &str) {
    let missing = Answer::Say(Response::new(404, "text/plain", ""));
    front.meddle("GET", file, Meddling::Answer(missing));
}

/// The program's file name, which the page names.
async fn script_of(it: &Journey) -> Result<String> {
    let name = it
        .page
        .script(
            "return document.querySelector('script[type=module]').getAttribute('src').slice(1)",
            &[],
        )
        .await?;
    Ok(name.as_str().context("a name")?.to_owned())
}

#[test]
fn the_frame_before_the_program_stands_where_the_program_draws() -> Result<()> {
    journey(async |it| {
        for words in ["Failed to load resource", "integrity", "Failed to fetch"] {
            it.page.expect_in_console(words);
        }
        // The sandbox's own address is the API; the page comes through a server that can keep the program back.
        let front = Relay::start(&it.sandbox)?;
        // A service worker would have the program at hand.
        without(&front, "sw.js");
        it.page.open(&front.url()).await?;
        it.page.see(title("Connect")).await?;
        let script = script_of(it).await?;
        compare(it, &front, &script, "connect", "Connect", 12).await?;

        it.page.click(button("Open the sandbox")).await?;
        it.page.see(title(ORGANISATION)).await?;
        compare(it, &front, &script, "operators", "Operators", 9).await?;

        // As it was chosen, though the system says otherwise.
        let chosen = json!({ "theme": "dark", "density": "compact" });
        let keep = "localStorage.setItem('switchboard/1/preferences', arguments[0])";
        it.page.script(keep, &[json!(chosen.to_string())]).await?;
        compare(it, &front, &script, "domains", "Domains", 9).await
    })
}

#[test]
fn nothing_moves_while_the_page_is_loaded() -> Result<()> {
    journey(async |it| {
        if it.settings.browser != Browser::Chromium {
            // No other engine tells; where things stand is compared above in all of them.
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
            it.page.see(switchboard_e2e::table("Operators")).await?;
            assert_eq!(it.page.script(moved, &[]).await?, json!([]), "{size:?}");
        }
        Ok(())
    })
}
