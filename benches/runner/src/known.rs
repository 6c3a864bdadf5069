//! Browsers that know many domains.

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use crate::stage::{App, Served, Stage};
use crate::watch::open_until;

/// The numbers of known domains.
pub const COUNTS: [u32; 2] = [100, 2_000];

/// Serves the panel to a browser that knows `count` domains, in an organisation with this number of operators.
///
/// Looking all domains up would take too long: the browser looks one up, and its stored record is copied for the
/// others.
pub async fn serve(stage: &Stage, operators: usize, count: u32) -> Result<Served> {
    let mut served = stage.serve(App::Panel, 12).await?;
    served.sandbox.seed(0, count)?;
    served.grow_to(operators)?;
    let page = stage.connected_browser(&served).await?;
    let shown = "() => document.querySelector('h1')?.textContent.includes('site-1.many.example')";
    open_until(&page, "/domains/site-1.many.example", "domain", shown).await?;
    page.script_says(
        "return Object.keys(localStorage).some((key) => key.endsWith(' site-1.many.example'))",
    )
    .await?;
    let kept = json!(page.local_storage().await?);
    let kept = kept.as_object().context("no storage")?;
    served.memory = Value::Object(multiplied(kept, count)?);
    Ok(served)
}

/// Copies everything in the storage about `site-1` for `site-2`, `site-3` and so on.
fn multiplied(kept: &Map<String, Value>, count: u32) -> Result<Map<String, Value>> {
    const ONE: &str = "site-1.many.example";
    let of_one: Vec<(&String, &str)> = kept
        .iter()
        .filter(|(key, _)| key.contains(ONE))
        .filter_map(|(key, value)| Some((key, value.as_str()?)))
        .collect();
    ensure!(
        !of_one.is_empty(),
        "Nothing is kept of a domain that was looked up."
    );
    let mut all = kept.clone();
    for number in 2..=count {
        let other = format!("site-{number}.many.example");
        for (key, value) in &of_one {
            all.insert(key.replace(ONE, &other), json!(value.replace(ONE, &other)));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_record_is_copied_for_every_domain() {
        let kept =
            json!({ "a/site-1.many.example": "{\"name\":\"site-1.many.example\"}", "b": "c" });
        let all = multiplied(kept.as_object().unwrap(), 3).unwrap();
        assert_eq!(all.len(), 4);
        assert_eq!(
            all["a/site-3.many.example"],
            "{\"name\":\"site-3.many.example\"}"
        );
        assert!(multiplied(&Map::new(), 3).is_err());
    }
}
