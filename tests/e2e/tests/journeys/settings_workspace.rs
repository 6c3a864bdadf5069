//! Moving to another computer: exporting and importing the workspace as a file, and unreadable files and records.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use switchboard_e2e::{
    Download, Journey, alert, button, dialog, field, journey, region, table, title,
};

use crate::activity::open_activity;
use crate::steps::{add_domain, code_of, dialog_is_described, enter, record_in, record_of};

/// Adds a domain, and exports the workspace.
async fn exported(it: &Journey, domain: &str) -> Result<Download> {
    enter(it, "/domains/new").await?;
    add_domain(it, domain, "web@acme.example").await?;
    it.page.see(title("Embed code")).await?;
    it.page.open("/settings").await?;
    it.page
        .see_text_in(
            region("Workspace"),
            "1 known domain and 1 embed code are saved in this browser.",
        )
        .await?;
    it.page.download(button("Export workspace")).await
}

#[test]
fn the_exported_file_is_as_its_documentation_says_and_holds_no_token() -> Result<()> {
    journey(async |it| {
        let file = exported(it, "kept.acme.example").await?;
        it.page
            .see_text(&format!("Exported as {}.", file.name))
            .await?;
        assert!(!file.text.contains(it.sandbox.token()), "{}", file.text);
        let day = it
            .page
            .script("return new Date().toISOString().slice(0, 10)", &[])
            .await?;
        let day = day.as_str().context("a day")?;
        let host = it.sandbox.address().replace(':', "-");
        assert_eq!(file.name, format!("switchboard-{host}-{day}.json"));

        // docs/workspace-file.md, field by field.
        let mut content: Value = serde_json::from_str(&file.text)?;
        let now = it.page.script("return Date.now()", &[]).await?;
        let now = now.as_u64().context("now")?;
        for time in [
            "/exportedAt",
            "/domains/0/knownSince",
            "/domains/0/embed/receivedAt",
        ] {
            let at = content.pointer_mut(time).context(time)?;
            let is_now = at
                .as_u64()
                .is_some_and(|at| (now - 60_000..=now).contains(&at));
            assert!(is_now, "{time} is {at}");
            *at = json!("now");
        }
        let code = code_of(&it.sandbox.url(), "kept.acme.example");
        let (link, socket_link) = code.split_once('\n').context("two parts")?;
        assert_eq!(
            content,
            json!({
                "format": "switchboard-workspace", "version": 1, "organisation": it.sandbox.url(), "exportedAt": "now",
                "domains": [{
                    "name": "kept.acme.example", "email": "web@acme.example", "knownSince": "now", "codeCopied": false,
                    "embed": { "link": link, "socketLink": socket_link, "origin": "added", "receivedAt": "now" },
                }],
            })
        );
        Ok(())
    })
}

#[test]
fn another_computer_takes_the_file_in_beside_what_it_knows_and_neither_side_is_lost() -> Result<()>
{
    journey(async |it| {
        let file = exported(it, "moved.acme.example").await?;
        // The other computer knows this domain without its code, and another one with its own.
        let there = it.another_browser().await?;
        there.open("/domains").await?;
        there.click(button("Open the sandbox")).await?;
        there
            .fill(field("Domain name"), "moved.acme.example")
            .await?;
        there.click(button("Look up")).await?;
        there.see_text("moved.acme.example is active").await?;
        there
            .see_text_in(table("Domains"), "Not saved here")
            .await?;
        there.open("/domains/new").await?;
        there.fill(field("Domain"), "other.acme.example").await?;
        there
            .fill(field("Contact email"), "other@acme.example")
            .await?;
        there.click(button("Add domain")).await?;
        there.see(title("Embed code")).await?;
        let other = record_in(&there, "other.acme.example").await?;

        there.open("/settings").await?;
        let chooser = field("Import workspace");
        there
            .choose_file(chooser.clone(), &file.name, file.text.as_bytes())
            .await?;
        let preview = dialog("Import workspace");
        there
            .see_text_in(preview.clone(), &it.sandbox.url())
            .await?;
        there
            .see_text_in(preview.clone(), "moved.acme.example")
            .await?;
        there
            .see_text_in(preview, "Already known; gets an embed code")
            .await?;
        // The code was missing before.
        let before = record_in(&there, "moved.acme.example")
            .await?
            .context("known")?;
        assert_eq!(before["embed"], Value::Null);
        there.click(button("Import")).await?;
        there
            .see_text(&format!("{} was imported", file.name))
            .await?;

        let here = record_of(it, "moved.acme.example").await?.context("here")?;
        let moved = record_in(&there, "moved.acme.example")
            .await?
            .context("there")?;
        for part in ["link", "socketLink", "receivedAt"] {
            assert_eq!(moved["embed"][part], here["embed"][part], "{part}");
        }
        assert_eq!(moved["embed"]["origin"], "imported");
        assert_eq!(record_in(&there, "other.acme.example").await?, other);

        // Importing again changes nothing.
        let all = there.local_storage().await?;
        there
            .choose_file(chooser, &file.name, file.text.as_bytes())
            .await?;
        there.click(button("Import")).await?;
        there
            .see_text(&format!("{} contains nothing new", file.name))
            .await?;
        assert_eq!(there.local_storage().await?, all);
        there.open("/domains/moved.acme.example/embed").await?;
        there.click(button("Copy both")).await?;
        there.see_text("Copied").await?;
        let code = code_of(&it.sandbox.url(), "moved.acme.example");
        assert_eq!(there.clipboard().await?, code);
        there.check_console().await
    })
}

#[test]
fn a_file_that_is_none_of_ours_says_why_and_changes_nothing() -> Result<()> {
    journey(async |it| {
        let file = exported(it, "kept.acme.example").await?;
        let before = it.page.local_storage().await?;
        let half = &file.text[..file.text.len() / 2];
        let newer = file.text.replacen("\"version\": 1", "\"version\": 99", 1);
        let newer = newer.replacen("\"version\":1", "\"version\":99", 1);
        let twice = {
            let mut content: Value = serde_json::from_str(&file.text)?;
            let domains = content["domains"].as_array_mut().context("domains")?;
            domains.push(domains[0].clone());
            content.to_string()
        };
        for (name, text, why) in [
            ("prose.json", "Dear reader", "It is not JSON"),
            ("half.json", half, "It is cut off in the middle"),
            (
                "other.json",
                "{\"domains\":[]}",
                "not a Switchboard workspace",
            ),
            (
                "newer.json",
                &newer,
                "A later release of Switchboard wrote it (format version 99",
            ),
            ("twice.json", &twice, "kept.acme.example is in it twice"),
        ] {
            it.page
                .choose_file(field("Import workspace"), name, text.as_bytes())
                .await?;
            let refused = alert(format!("{name} cannot be imported"));
            it.page.see_text_in(refused.clone(), why).await?;
            it.page.see_text_in(refused, "Nothing was changed.").await?;
            it.page.see_no(dialog("Import workspace")).await?;
        }
        assert_eq!(it.page.local_storage().await?, before);
        Ok(())
    })
}

#[test]
fn imported_code_replaces_a_held_one_only_by_choice_and_can_be_undone() -> Result<()> {
    journey(async |it| {
        let file = exported(it, "kept.acme.example").await?;
        let before = record_of(it, "kept.acme.example").await?;
        let foreign = foreign(&file.text)?;
        let preview = dialog("Import workspace");
        let choose = async |name: &str, text: &str| {
            it.page
                .choose_file(field("Import workspace"), name, text.as_bytes())
                .await
        };
        choose("elsewhere.json", &foreign).await?;
        for shown in [
            "This file is of another organisation: https://elsewhere.example/",
            "1 domain has another code in the file",
            "Loads from 127.0.0.1",
            "Loads from elsewhere.example",
            "Not 127.0.0.1",
            "https://elsewhere.example/other.js",
        ] {
            it.page.see_text_in(preview.clone(), shown).await?;
        }
        // Each code is in sight to its end.
        let is_cut_off = "return [...document.querySelectorAll('.code-option > .code')].map((it) =>
            it.scrollWidth > it.clientWidth || it.scrollHeight > it.clientHeight)";
        let is_cut_off = it.page.script(is_cut_off, &[]).await?;
        assert_eq!(is_cut_off, json!([false, false]));
        it.page
            .click(button("Copy the file's code: kept.acme.example"))
            .await?;
        it.page.see_text_in(preview, "Copied").await?;
        assert!(it.page.clipboard().await?.contains("other.js"));
        // Without a choice the genuine code stays, whatever date the file claims.
        it.page.click(button("Import anyway")).await?;
        it.page
            .see_text(
                "elsewhere.json contains other codes than this browser; none of them was used",
            )
            .await?;
        assert_eq!(record_of(it, "kept.acme.example").await?, before);

        // The user's choice replaces it.
        choose("elsewhere.json", &foreign).await?;
        it.page.click(field("Use the file's code")).await?;
        it.page.click(button("Import anyway")).await?;
        it.page.see_text("elsewhere.json was imported").await?;
        let link = async || {
            let record = record_of(it, "kept.acme.example").await?;
            anyhow::Ok(record.context("known")?["embed"]["link"].to_string())
        };
        assert!(link().await?.contains("other.js"));
        it.page
            .see(button("Copy the replaced code: kept.acme.example"))
            .await?;

        // The right file restores its code by the same choice.
        choose(&file.name, &file.text).await?;
        it.page.click(field("Use the file's code")).await?;
        it.page.click(button("Import")).await?;
        it.page
            .see_text(&format!("{} was imported", file.name))
            .await?;
        assert!(!link().await?.contains("other.js"));

        // An import is undone as one action.
        it.page.click(button("Undo import")).await?;
        it.page
            .see_text(&format!("The import of {} was undone", file.name))
            .await?;
        assert!(link().await?.contains("other.js"));
        it.page.see_no(button("Undo import")).await
    })
}

/// Returns the file as another organisation's, with another code that claims to be the latest.
fn foreign(text: &str) -> Result<String> {
    let mut content: Value = serde_json::from_str(text)?;
    content["organisation"] = json!("https://elsewhere.example/");
    let embed = &mut content["domains"][0]["embed"];
    embed["link"] = json!("<script src=\"https://elsewhere.example/other.js\"></script>");
    embed["receivedAt"] = json!(9_007_199_254_740_991_u64);
    Ok(content.to_string())
}

#[test]
fn a_record_that_was_set_aside_is_shown_saved_and_deleted_only_when_asked() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "kept.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        let damaged = "{\"version\":1,\"embed\":{\"link\":\"<script src='x'>";
        let damage = "const key = Object.keys(localStorage).find((key) => key.endsWith('kept.acme.example'));
            localStorage.setItem(key.replace('kept.acme.example', 'damaged.acme.example'), arguments[0])";
        it.page.script(damage, &[json!(damaged)]).await?;
        it.page.open("/settings").await?;
        let aside = region("Records set aside");
        it.page
            .see_text_in(aside.clone(), "1 record was set aside")
            .await?;
        let about = format!("{} damaged.acme.example", it.sandbox.url());
        let saved = it
            .page
            .download(button(format!("Download: {about}")))
            .await?;
        assert_eq!(saved.text, damaged);
        let holds = async || {
            let storage = it.page.local_storage().await?;
            anyhow::Ok(storage.values().any(|value| value == damaged))
        };
        it.page.click(button(format!("Delete: {about}"))).await?;
        it.page.see(dialog("Delete record")).await?;
        dialog_is_described(it, "It may contain an embed code").await?;
        it.page.focus_is_on(button("Cancel")).await?;
        assert!(holds().await?);
        it.page.click(button("Cancel")).await?;
        it.page.see_no(dialog("Delete record")).await?;
        assert!(holds().await?);
        it.page.click(button(format!("Delete: {about}"))).await?;
        it.page.click(button("Delete record")).await?;
        it.page.see_no(aside).await?;
        assert!(!holds().await?);
        assert!(record_of(it, "kept.acme.example").await?.is_some());
        open_activity(it).await?;
        it.page
            .see_text_in(table("Changes"), "Set-aside record deleted")
            .await
    })
}

#[test]
fn a_record_that_was_set_aside_goes_back_with_its_code_once_it_can_be_read() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "kept.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        let kept = record_of(it, "kept.acme.example").await?;
        // As a release that could not read them would have left them. The browser does not know their domains.
        let quarantined = "const key = Object.keys(localStorage).find((key) => key.endsWith('kept.acme.example'));
            const aside = key.replace('switchboard/1/', 'switchboard/1/aside/');
            localStorage.setItem(aside.replace('kept', 'back'), localStorage.getItem(key).replaceAll('kept', 'back'));
            localStorage.setItem(aside.replace('kept', 'later'), JSON.stringify({ version: 99 }))";
        it.page.script(quarantined, &[]).await?;
        it.page.open("/settings").await?;
        let about = |name: &str| format!("{} {name}.acme.example", it.sandbox.url());
        let restore = |name: &str| button(format!("Restore: {}", about(name)));
        it.page.click(restore("later")).await?;
        it.page
            .see(alert("A later release of Switchboard wrote the record"))
            .await?;
        it.page.click(restore("back")).await?;
        it.page
            .see_text("back.acme.example is back in your list.")
            .await?;
        it.page.see_no(restore("back")).await?;
        it.page.see(restore("later")).await?;
        let back = record_of(it, "back.acme.example").await?;
        assert!(back.is_some());
        let expected = kept.map(|record| record.to_string().replace("kept", "back"));
        assert_eq!(back.map(|record| record.to_string()), expected);
        open_activity(it).await?;
        it.page
            .see_text_in(table("Changes"), "Domain restored")
            .await
    })
}
