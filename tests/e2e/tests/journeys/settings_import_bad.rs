//! Malicious or oversized files and storage: refused with a message, with nothing changed and the page responsive
//! throughout.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{
    Journey, Target, alert, button, dialog, field, journey, navigation, table, title,
};

use crate::steps::{add_domain, enter};

const MIB: usize = 1 << 20;

/// Returns a workspace file of this organisation with these domains.
fn workspace(it: &Journey, domains: &Value) -> Value {
    json!({
        "format": "switchboard-workspace", "version": 1, "organisation": it.sandbox.url(), "exportedAt": 1, "domains": domains,
    })
}

/// Starts to measure the longest time for which the page is blocked.
async fn watch(it: &Journey) -> Result<()> {
    let script = "clearInterval(window.watch); window.longest = 0; let last = performance.now();
        window.watch = setInterval(() => {
            const now = performance.now();
            window.longest = Math.max(window.longest, now - last);
            last = now;
        }, 10)";
    it.page.script(script, &[]).await.map(drop)
}

/// Gives the page a file of 50 MB that it refuses by its size, without blocking.
async fn refuses_by_size(it: &Journey, chooser: Target, name: &str, why: &str) -> Result<()> {
    let huge = vec![b'{'; 50 * MIB];
    let mut longest = f64::INFINITY;
    // Other programs on the machine can make the measurement worse, never better.
    for _ in 0..3 {
        watch(it).await?;
        it.page.choose_file(chooser.clone(), name, &huge).await?;
        it.page.see_text(why).await?;
        let measured = it.page.script("return window.longest", &[]).await?;
        longest = longest.min(measured.as_f64().context("a time")?);
        if longest < 1_000.0 {
            return Ok(());
        }
    }
    anyhow::bail!("the page stood still for {longest} ms")
}

#[test]
fn a_hostile_or_oversized_file_is_refused_in_a_sentence_and_nothing_is_changed() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "kept.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.open("/settings").await?;
        let chooser = field("Import workspace");
        it.page.see(chooser.clone()).await?;
        let before = it.page.local_storage().await?;

        let whole = workspace(it, &json!([])).to_string();
        let deep = format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000));
        let many = |text: &str| whole.replacen('{', &format!("{{{text},"), 1);
        let proto = json!({ "__proto__": { "format": "switchboard-workspace", "version": 1 }, "constructor": { "prototype": {} } });
        let utf_16: Vec<u8> = whole.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let surrogate = whole.replace("switchboard-workspace", "\\ud800");
        let long_name = "x".repeat(MIB);
        let odd_name = workspace(
            it,
            &json!([{ "name": long_name, "knownSince": 1, "codeCopied": false }]),
        );
        for (name, bytes, why) in [
            ("deep.json", deep.as_bytes(), "not a Switchboard workspace"),
            (
                "proto.json",
                proto.to_string().as_bytes(),
                "not a Switchboard workspace",
            ),
            (
                "twice.json",
                many("\"version\":2").as_bytes(),
                "not a Switchboard workspace",
            ),
            ("surrogate.json", surrogate.as_bytes(), "It is not JSON"),
            (
                "nul.json",
                whole.replace("acme", "\0").replace('1', "\0").as_bytes(),
                "It is not JSON",
            ),
            ("utf-16.json", &utf_16, "It is not JSON"),
            ("empty.json", b"", "It is not JSON"),
            (
                "name.json",
                odd_name.to_string().as_bytes(),
                "It contains an invalid domain: “xxx",
            ),
        ] {
            it.page.choose_file(chooser.clone(), name, bytes).await?;
            let refused = alert(format!("{name} cannot be imported"));
            it.page.see_text_in(refused.clone(), why).await?;
            it.page.see_text_in(refused, "Nothing was changed.").await?;
            it.page.see_no(dialog("Import workspace")).await?;
        }
        let why = "It is larger than 16 MiB. Choose a workspace file.";
        refuses_by_size(it, chooser, "huge.json", why).await?;
        assert_eq!(it.page.local_storage().await?, before);
        let polluted = it.page.script("return 'format' in {}", &[]).await?;
        assert_eq!(polluted, json!(false));
        Ok(())
    })
}

#[test]
fn a_file_of_tens_of_thousands_is_shown_a_page_at_a_time_and_one_without_room_changes_nothing()
-> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "kept.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.open("/settings").await?;
        let (chooser, preview) = (field("Import workspace"), dialog("Import workspace"));
        it.page.see(chooser.clone()).await?;
        let before = it.page.local_storage().await?;

        let domain = |number: usize| json!({ "name": format!("d{number:05}.example"), "knownSince": 1, "codeCopied": false });
        let many = workspace(it, &(0..30_000).map(domain).collect());
        it.page
            .choose_file(chooser.clone(), "many.json", many.to_string().as_bytes())
            .await?;
        it.page
            .see_text_in(preview.clone(), "1–50 of 30,000")
            .await?;
        let rows = "return document.querySelectorAll('.import-changes li').length";
        assert_eq!(it.page.script(rows, &[]).await?, json!(50));
        it.page.click(button("Next")).await?;
        it.page
            .see_text_in(preview.clone(), "d00050.example")
            .await?;
        it.page.click(button("Cancel")).await?;
        it.page.see_no(preview.clone()).await?;
        assert_eq!(it.page.local_storage().await?, before);

        // More than a browser stores for one page.
        let code = json!({ "link": "x".repeat(12 * MIB), "socketLink": "", "origin": "added", "receivedAt": u64::MAX });
        let large = workspace(
            it,
            &json!([{ "name": "large.acme.example", "knownSince": 1, "codeCopied": false, "embed": code }]),
        );
        it.page
            .choose_file(chooser, "large.json", large.to_string().as_bytes())
            .await?;
        it.page.see_text_in(preview, "large.acme.example").await?;
        it.page.click(button("Import")).await?;
        it.page
            .see_text(
                "Only 0 of 1 domains were imported. The browser's storage for this page is full.",
            )
            .await?;
        assert_eq!(it.page.local_storage().await?, before);
        Ok(())
    })
}

#[test]
fn a_list_of_operators_of_any_size_is_refused_or_read_and_nothing_is_sent() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.see(table("Operators")).await?;
        it.page.click(button("Import CSV")).await?;
        let chooser = field("Choose a file");
        let why = "It is larger than 8 MiB. Split it into smaller files.";
        refuses_by_size(it, chooser.clone(), "huge.csv", why).await?;
        // One row with an excessive number of domains, and a heading for them.
        let domains: String = (0..20_000)
            .map(|number| format!("d{number}.example "))
            .collect();
        let row = format!("Name,Email,Domains\nAda,ada2@acme.example,{domains}\n");
        it.page
            .choose_file(chooser, "wide.csv", row.as_bytes())
            .await?;
        // Not in all visible text: WebKit takes minutes to return so many lines.
        let told = "return [...document.querySelectorAll('dialog [role=status]')].some((notice) =>
            notice.checkVisibility() && notice.textContent.includes('1 row names a domain that this browser does not know'))";
        it.page.script_says(told).await?;
        let calls = it
            .sandbox
            .count("POST", "auth/addon/live_chat/operator/add")?;
        assert_eq!(calls, 0);
        Ok(())
    })
}

#[test]
fn preferences_journal_and_runs_that_cannot_be_read_stop_nothing_and_are_left_where_they_are()
-> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "kept.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        // The end of this write shows that the earlier ones are done.
        let kept = "kept.acme.example was added, and its embed code is saved in this browser.";
        it.page.see_text(kept).await?;
        let odd = [
            "{",
            "",
            "\0",
            "[[[[",
            "{\"version\":99}",
            "{\"__proto__\":{\"theme\":\"dark\"}}",
            "{\"version\":1,\"id\":1,\"rows\":7}",
        ];
        for (number, text) in odd.iter().enumerate() {
            // A rename of its own each time, so that one text does not affect the next.
            let script = "const [text, number] = arguments, of = 'switchboard/1/domain/';
                const key = Object.keys(localStorage).find((key) => key.startsWith(of)).slice(of.length).split(' ')[0];
                for (const place of ['preferences', `journal/${key} 000000000000001-00000001`, `run/${key} plan`, `run/${key} standing`, `rename/${key} kept-${number}.acme.example`])
                    localStorage.setItem('switchboard/1/' + place, text);";
            it.page
                .script(script, &[json!(text), json!(number)])
                .await?;
            let before = it.page.local_storage().await?;
            it.page.open("/activity").await?;
            it.page.see(title("Activity")).await?;
            it.page.open("/domains").await?;
            it.page
                .see(button("Copy code: kept.acme.example"))
                .await
                .with_context(|| format!("with {text:?}"))?;
            it.page.see(navigation("Main")).await?;
            let after = it.page.local_storage().await?;
            for (key, text) in before {
                ensure!(
                    after.get(&key) == Some(&text),
                    "{key} is other than {text:?}"
                );
            }
        }
        Ok(())
    })
}
