//! Waiting inside the page: one command of the driver's in place of one for each look.

use anyhow::Result;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::driver::Driver;

/// How long a page waits before it says what it sees, in milliseconds: a page that is left or replaced meanwhile does not say anything.
const LIMIT: u32 = 400;

/// Runs `look` (the body of a function) in the page until `fits` (an expression, a function of what it returns) says yes, for [`LIMIT`] at most,
/// and returns what it saw last.
///
/// # Errors
/// When it throws, or the page is left meanwhile.
pub(crate) async fn look(
    driver: &Driver,
    look: &str,
    fits: &str,
    arguments: Vec<Value>,
) -> Result<Value> {
    // WebKit's driver does not say that the page is gone: one look at a time.
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
