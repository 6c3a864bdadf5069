//! The page's Content-Security-Policy at work: forbidden actions do not happen, and are reported.

use anyhow::{Result, ensure};
use serde_json::json;
use switchboard_e2e::{alert, eventually, journey, title};

use crate::steps::{ORGANISATION, connect_to, enter};

#[test]
fn what_the_policy_forbids_does_not_happen_and_is_reported() -> Result<()> {
    journey(async |it| {
        it.page.expect_in_console("");
        enter(it, "/").await?;
        it.page.see(title(ORGANISATION)).await?;
        assert_eq!(it.sandbox.violations()?, Vec::<serde_json::Value>::new());
        for (attempt, directive) in [
            (
                "const script = document.createElement('script'); try { script.append('window.broken = 1'); } catch {} document.body.append(script)",
                "script-src",
            ),
            (
                "document.body.append(Object.assign(new Image(), { src: 'https://elsewhere.invalid/x.png' }))",
                "img-src",
            ),
            (
                "document.body.append(Object.assign(document.createElement('iframe'), { src: '/' }))",
                "default-src",
            ),
            (
                "fetch('http://elsewhere.invalid/').catch(() => {})",
                "connect-src",
            ),
            (
                "const link = document.createElement('link'); link.rel = 'stylesheet'; link.href = 'https://elsewhere.invalid/x.css'; document.head.append(link)",
                "style-src",
            ),
            (
                "document.head.append(Object.assign(document.createElement('base'), { href: 'https://elsewhere.invalid/' }))",
                "base-uri",
            ),
        ] {
            it.sandbox.forget_violations()?;
            it.page.script(attempt, &[]).await?;
            eventually(async || {
                let reports = json!(it.sandbox.violations()?).to_string();
                // Some engines name the fallback directive, and some refuse a script's text before it is a script.
                let named = [directive, "frame-src", "require-trusted-types-for"]
                    .iter()
                    .any(|name| reports.contains(&format!("directive\":\"{name}")));
                ensure!(named, "{directive}: {reports}");
                Ok(())
            })
            .await?;
        }
        let broken = it.page.script("return window.broken ?? null", &[]).await?;
        assert_eq!(broken, json!(null));
        it.sandbox.forget_violations()
    })
}

#[test]
fn where_the_engine_has_trusted_types_no_other_markup_is_taken() -> Result<()> {
    journey(async |it| {
        it.page.expect_in_console("");
        enter(it, "/").await?;
        it.page.see(title(ORGANISATION)).await?;
        let script = "if (!window.trustedTypes) return 'unknown here';
            const refused = (what) => { try { what(); return false; } catch { return true; } };
            const div = document.createElement('div');
            return [
                refused(() => { div.innerHTML = '<b>x</b>'; }),
                refused(() => { div.outerHTML = '<b>x</b>'; }),
                refused(() => { div.insertAdjacentHTML('beforeend', '<b>x</b>'); }),
                refused(() => { document.write('<b>x</b>'); }),
                refused(() => { trustedTypes.createPolicy('other', {}); }),
                refused(() => { trustedTypes.createPolicy('switchboard', {}); }),
                div.childNodes.length === 0,
            ].every(Boolean) ? 'refused' : 'taken'";
        let verdict = it.page.script(script, &[]).await?;
        assert!(
            verdict == "refused" || verdict == "unknown here",
            "{verdict}"
        );
        // The reports arrive asynchronously; this journey causes them on purpose.
        if verdict == "refused" {
            eventually(async || {
                let count = it.sandbox.violations()?.len();
                ensure!(count >= 6, "{count} reports");
                Ok(())
            })
            .await?;
        }
        it.sandbox.forget_violations()
    })
}

#[test]
fn plain_http_to_another_machine_is_told_and_nothing_is_sent() -> Result<()> {
    journey(async |it| {
        it.page.open("/connect").await?;
        for address in [
            "http://chat.example/",
            "http://192.0.2.1:8080/",
            "http://[::1]:9/",
        ] {
            connect_to(it, address, "a-token").await?;
            it.page
                .see(alert("The token is not sent over plain http"))
                .await?;
        }
        // This machine's other name is allowed.
        let local = it.sandbox.url().replace("127.0.0.1", "localhost");
        connect_to(it, &local, it.sandbox.token()).await?;
        it.page.see(title(ORGANISATION)).await
    })
}
