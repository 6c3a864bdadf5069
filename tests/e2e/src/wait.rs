//! Polls inside the page: one driver command instead of one for each poll.

use anyhow::Result;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::driver::Driver;

/// How long a page polls before it answers, in milliseconds: a page that is unloaded in the meantime does not answer.
const LIMIT: u32 = 400;

/// Runs `look` (the body of a function) in the page until `fits` (an expression, a function of its result) returns
/// true. Returns the last result, after at most [`LIMIT`].
///
/// # Errors
/// When it throws, or the page is unloaded.
pub(crate) async fn look(
    driver: &Driver,
    look: &str,
    fits: &str,
    arguments: Vec<Value>,
) -> Result<Value> {
    // WebKit's driver does not report an unloaded page, so it polls once per command.
    let limit = if driver.browser() == Browser::WebKit {
        0
    } else {
        LIMIT
    };
    let script = format!(
        "const look = function () {{ {look}\n }};\nconst fits = {fits};\n{}",
        include_str!("wait.js")
    );
    let mut all = vec![json!(limit)];
    all.extend(arguments);
    let answer = driver.session.execute(script, all).await?;
    Ok(answer.json().clone())
}
