//! Importing a list of domains: the results for its lines, and the look-up of each new domain.

use anyhow::Result;
use serde_json::json;
use switchboard_e2e::{Journey, button, dialog, field, journey, link, region, table};

use crate::steps::{enter, look_up, record_of};

const GET: &str = "auth/addon/live_chat/domain/get";

#[test]
fn each_new_domain_of_a_list_is_looked_up_once_and_what_failed_can_be_tried_again() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains").await?;
        look_up(it, "shop.acme.example").await?;
        it.page.click(button("Import list")).await?;
        it.page
            .paste(
                field("Domains"),
                "https://www.Shop.acme.example/\noutlet.acme.example\nbücher.example\n\ntwo words\nOUTLET.acme.example\nnowhere.acme.example\n",
            )
            .await?;
        let list = || dialog("Import list");
        it.page
            .see_text_in(list(), "3 new · 1 already known · 1 duplicate · 1 invalid")
            .await?;
        for line in [
            "Line 1 https://www.Shop.acme.example/ Already known",
            "Line 5 two words There is a space in the domain. Enter one domain. Invalid",
            "Line 6 OUTLET.acme.example Same as line 2",
            "Line 7 nowhere.acme.example New",
        ] {
            it.page.see_text_in(list(), line).await?;
        }
        assert_eq!(it.sandbox.count("GET", GET)?, 1);

        it.page.click(button("Look up 3 domains")).await?;
        it.page.see_no(list()).await?;
        let run = || region("Bulk run");
        it.page.see_text_in(run(), "3 of 3 · 1 failed").await?;
        it.page.see_text("3 known domains").await?;
        for (shown, found) in [
            ("outlet.acme.example", "outlet.acme.example"),
            ("bücher.example", "xn--bcher-kva.example"),
        ] {
            it.page.see(link(shown)).await?;
            it.page.see_text(found).await?;
            assert!(record_of(it, found).await?.is_some(), "{found}");
        }
        assert_eq!(record_of(it, "nowhere.acme.example").await?, None);
        // The row does not fetch again what was just looked up.
        it.page.see_text_in(table("Domains"), "Inactive").await?;
        assert_eq!(it.sandbox.count("GET", GET)?, 4);

        let body = json!({ "domain": "nowhere.acme.example", "email": "web@acme.example" });
        it.sandbox
            .ask("POST", "auth/addon/live_chat/domain/add", &body)?;
        it.page.click(button("Retry failed")).await?;
        it.page.see(link("nowhere.acme.example")).await?;
        it.page.see_text("4 known domains").await?;
        assert_eq!(it.sandbox.count("GET", GET)?, 5);
        Ok(())
    })
}

#[test]
fn a_list_comes_from_a_file_as_well_and_of_a_table_the_column_of_domains_counts() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains").await?;
        it.page.click(button("Import list")).await?;
        it.page.focus_is_on(field("Domains")).await?;
        give(
            it,
            "customers.csv",
            "Customer;Domain\r\nAcme;shop.acme.example\r\nAcme;outlet.acme.example",
        )
        .await?;
        it.page.see_text_in(dialog("Import list"), "2 new").await?;
        give(it, "plain.csv", "shop.acme.example,Acme").await?;
        it.page
            .see_text_in(dialog("Import list"), "Only the first column is read")
            .await?;
        give(it, "huge.txt", &"a.example\n".repeat(110_000)).await?;
        it.page
            .see_error_at(
                field("Domains"),
                "huge.txt is larger than 1 MiB. Split it into smaller files.",
            )
            .await?;
        // Former domains stay, and are looked up.
        it.page.click(button("Look up 1 domain")).await?;
        it.page.see(link("shop.acme.example")).await?;
        it.page.see_text_in(table("Domains"), "Active").await
    })
}

#[test]
fn a_list_with_nothing_new_starts_nothing_and_what_was_typed_survives_closing() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains").await?;
        it.page.click(button("Import list")).await?;
        it.page.fill(field("Domains"), "not a domain").await?;
        it.page
            .see_text_in(dialog("Import list"), "1 invalid")
            .await?;
        it.page.click(button("Look up 0 domains")).await?;
        it.page.see(dialog("Import list")).await?;
        it.page.click(button("Cancel")).await?;
        it.page.focus_is_on(button("Import list")).await?;
        it.page.click(button("Import list")).await?;
        assert_eq!(it.page.value_of(field("Domains")).await?, "not a domain");
        it.page.see_no(region("Bulk run")).await?;
        assert_eq!(it.sandbox.count("GET", GET)?, 0);
        Ok(())
    })
}

/// Chooses a file with this name and content.
async fn give(it: &Journey, name: &str, content: &str) -> Result<()> {
    let script = "const files = new DataTransfer();
        files.items.add(new File([arguments[1]], arguments[0]));
        const chooser = document.getElementById('import-list-file');
        chooser.files = files.files;
        chooser.dispatchEvent(new Event('change', { bubbles: true }))";
    let arguments = [json!(name), json!(content)];
    it.page.script(script, &arguments).await.map(drop)
}
