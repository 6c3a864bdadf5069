//! The address while the user types. WebKit refuses more than a hundred changes in ten seconds: nothing breaks, and
//! the last letter is written.

use anyhow::Result;
use serde_json::Value;
use switchboard_e2e::{Journey, field, journey, link, navigation, title};

use crate::steps::{enter, look_up};

/// Allows only five changes of the address in three seconds, as WebKit allows a hundred in ten. Records the time of
/// each attempt.
const REFUSE: &str = "
    let [since, calls] = [0, 0];
    window.changes = [];
    for (const name of ['pushState', 'replaceState']) {
        const native = History.prototype[name];
        History.prototype[name] = function (...change) {
            const now = performance.now();
            window.changes.push(now);
            if (now - since > 3000) [since, calls] = [now, 0];
            calls += 1;
            if (calls > 5) throw new DOMException('Too many changes of the address', 'SecurityError');
            return native.apply(this, change);
        };
    }";

/// Returns the most changes in any ten seconds.
const MOST: &str = "
    const within = (start) => window.changes.filter((at) => at >= start && at < start + 10000).length;
    return Math.max(...window.changes.map(within))";

/// Types into a search over its content, and waits until the address contains all of it.
async fn search(it: &Journey, name: &'static str, letters: &str) -> Result<()> {
    it.page.click(field(name)).await?;
    it.page
        .script("document.activeElement.select()", &[])
        .await?;
    it.page.type_keys(letters).await?;
    let is_there = format!("return new URLSearchParams(location.search).get('q') === '{letters}'");
    it.page.script_says(&is_there).await?;
    assert_eq!(it.page.value_of(field(name)).await?, letters);
    Ok(())
}

#[test]
fn typing_survives_a_browser_that_refuses_to_change_the_address() -> Result<()> {
    journey(async |it| {
        let letters = "abcdefghij".repeat(15);
        enter(it, "/domains").await?;
        look_up(it, "shop.acme.example").await?;
        it.page.open("/domains?q=shop").await?;
        it.page.see(field("Search known domains")).await?;
        it.page.script(REFUSE, &[]).await?;

        search(it, "Search known domains", &letters).await?;
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page.see(title("Operators")).await?;
        search(it, "Search operators", &letters).await?;

        // A browser with WebKit's limit has no reason to refuse.
        let most = it.page.script(MOST, &[]).await?;
        assert!(most.as_u64().is_some_and(|most| most < 100), "{most}");
        // The link's history entry was refused at first, and is there.
        it.page.script("history.back()", &[]).await?;
        it.page.see(title("Domains")).await?;
        let there = "return new URLSearchParams(location.search).get('q')";
        assert_eq!(it.page.script(there, &[]).await?, Value::from(letters));
        Ok(())
    })
}
