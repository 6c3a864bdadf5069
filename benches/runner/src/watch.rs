//! Acts on the page and reads the measurements of the probe in it (`probe.js`).

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::Page;

/// The measurements of one action.
#[derive(Debug, Clone, Copy)]
pub struct Act {
    /// Milliseconds from the event to the frame after its last change, as the user experiences it, including the wait
    /// for the frame.
    pub shown: f64,
    /// The same without the wait: the page's work from the event to its last change, and rendering it.
    pub work: f64,
}

/// Runs `doing` in the page, and waits until its effect is painted. `holds` is a JavaScript function that returns
/// true once the document has the expected state; without it, the effect ends when nothing changes any more.
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

/// Clicks the element that a selector matches, and measures like [`act`].
pub async fn click(page: &Page, selector: &str, holds: Option<&str>) -> Result<Act> {
    act(page, "click", holds, async |page| {
        press(page, selector).await
    })
    .await
}

/// Presses the mouse button on the element that a selector matches.
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

/// The diagnosis of a page that does not reach the expected state.
const LATE: &str = "new Promise((resolve) => setTimeout(() => resolve({ address: location.href, page: document.body.innerText }), 60_000))";

/// Opens a path and waits for a sign that the probe observes from the start. Returns when it was painted.
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

/// Returns when the last byte of an answer arrived whose address contains `words`.
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
