//! What the watcher in the page (`probe.js`) says, and what is done to the page under its eyes.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::Page;

/// What came of something that somebody did.
#[derive(Debug, Clone, Copy)]
pub struct Act {
    /// Milliseconds from the event to the frame after its last change, as the user has it: with the wait for the frame.
    pub shown: f64,
    /// The same without the wait: what the page worked, from hearing of the event to its last change, and drawing it.
    pub work: f64,
}

/// Has the page do `doing`, and waits until everything that comes of it is painted. `holds` is what has to be in the document then, as a
/// function in JavaScript; without it all is over once nothing changes any more.
pub async fn act(
    page: &Page,
    event: &str,
    holds: Option<&str>,
    doing: impl AsyncFnOnce(&Page) -> Result<()>,
) -> Result<Act> {
    let holds = holds.unwrap_or("undefined");
    page.evaluate(&format!("__bench.act('{event}', {holds}), 0"))
        .await?;
    doing(page).await?;
    let told = page.evaluate("__bench.acting").await?;
    let time = |name: &str| {
        told[name]
            .as_f64()
            .with_context(|| format!("Nothing came of the {event}: {told}"))
    };
    Ok(Act {
        shown: time("painted")? - time("at")?,
        work: (time("changed")? - time("start")?) + (time("painted")? - time("frame")?),
    })
}

/// Clicks on what a selector finds, as [`act`] does things.
pub async fn click(page: &Page, selector: &str, holds: Option<&str>) -> Result<Act> {
    act(page, "click", holds, async |page| {
        press(page, selector).await
    })
    .await
}

/// Presses the mouse on what a selector finds.
pub async fn press(page: &Page, selector: &str) -> Result<()> {
    let point = page
        .evaluate(&format!("__bench.point({})", json!(selector)))
        .await?;
    for kind in ["mousePressed", "mouseReleased"] {
        let event = json!({ "type": kind, "x": point["x"], "y": point["y"], "button": "left", "clickCount": 1 });
        page.cdp("Input.dispatchMouseEvent", event).await?;
    }
    Ok(())
}

/// Presses a key: a digit, or backspace as `<`.
pub async fn strike(page: &Page, key: char) -> Result<()> {
    let (key, code, number, text) = match key {
        '<' => (
            "Backspace".to_owned(),
            "Backspace".to_owned(),
            8,
            String::new(),
        ),
        digit => (
            digit.to_string(),
            format!("Digit{digit}"),
            u32::from(digit),
            digit.to_string(),
        ),
    };
    let down = json!({
        "type": if text.is_empty() { "rawKeyDown" } else { "keyDown" },
        "key": key, "code": code, "windowsVirtualKeyCode": number, "text": text,
    });
    page.cdp("Input.dispatchKeyEvent", down).await?;
    let up = json!({ "type": "keyUp", "key": key, "code": code, "windowsVirtualKeyCode": number });
    page.cdp("Input.dispatchKeyEvent", up).await?;
    Ok(())
}

/// What is told of a page that does not become what it is waited for.
const LATE: &str = "new Promise((resolve) => setTimeout(() => resolve({ address: location.href, page: document.body.innerText }), 60_000))";

/// Opens a path and waits for a sign, which was set up to be looked for from the first moment on: when it was painted.
pub async fn open_until(page: &Page, path: &str, sign: &str, holds: &str) -> Result<f64> {
    let script = json!({ "source": format!("window.__bench?.sign('{sign}', {holds});") });
    let answer = page
        .cdp("Page.addScriptToEvaluateOnNewDocument", script)
        .await?;
    page.open(path).await?;
    let when = page
        .evaluate(&format!("Promise.race([__bench.when('{sign}'), {LATE}])"))
        .await?;
    page.cdp(
        "Page.removeScriptToEvaluateOnNewDocument",
        json!({ "identifier": answer["identifier"] }),
    )
    .await?;
    when["painted"]
        .as_f64()
        .with_context(|| format!("{path} does not become what it is waited for: {when}"))
}

/// When the last byte of an answer had come whose address holds `words`.
pub async fn arrival(page: &Page, words: &str) -> Result<f64> {
    let entries = page.evaluate("performance.getEntriesByType('resource').map(({ name, responseEnd }) => [name, responseEnd])").await?;
    let entries = entries.as_array().context("no list of resources")?;
    let found: Vec<&Value> = entries
        .iter()
        .filter(|entry| entry[0].as_str().is_some_and(|name| name.contains(words)))
        .collect();
    ensure!(
        found.len() == 1,
        "{words} was loaded {} times.",
        found.len()
    );
    found[0][1].as_f64().context("no time")
}
