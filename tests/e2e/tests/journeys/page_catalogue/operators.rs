//! The list of operators with selected rows and columns, and every dialog that it opens.

use anyhow::Result;
use switchboard_e2e::{
    Journey, Key, alert, button, checkbox, dialog, group, region, switch_off, switch_on, table,
    toolbar,
};

use crate::steps::{choose_file, switches_rest};

const FILE: &str = "import-csv-file";

/// Visits the list while no domain is known.
pub async fn with_no_domain(
    it: &Journey,
    visit: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    it.page.open("/operators").await?;
    it.page.see(table("Operators")).await?;
    it.page.click(button("Columns")).await?;
    it.page.see(checkbox("Presence")).await?;
    visit("operators-columns").await?;
    it.page.press(Key::Escape).await?;
    it.page.click(checkbox("Select Ada Okafor")).await?;
    it.page.click(checkbox("Select Grace Hopper")).await?;
    it.page.see(toolbar("Bulk actions")).await?;
    visit("operators-selected").await?;
    it.page.click(button("Put on domains…")).await?;
    it.page.see(dialog("Put on domains")).await?;
    visit("operators-put-on-none").await?;
    it.page.press(Key::Escape).await?;
    it.page.click(button("Import CSV")).await?;
    it.page.see(dialog("Import CSV")).await?;
    visit("import-csv").await?;
    choose_file(it, FILE, "people.xlsx", b"PK\x03\x04").await?;
    it.page.see(alert("people.xlsx cannot be imported")).await?;
    visit("import-csv-failed").await?;
    let list = "name,email,domains\n\
        Katherine Johnson,katherine@acme.example,shop.acme.example wholesale.acme.example\n\
        Grace,grace@acme.example,\n,nobody,a_b.example\n";
    choose_file(it, FILE, "people.csv", list.as_bytes()).await?;
    let without = "Import this row too, without the unknown domains";
    it.page.see(checkbox(without)).await?;
    visit("import-csv-unknown").await?;
    it.page.click(checkbox(without)).await?;
    it.page.see(button("Import 1 operator")).await?;
    visit("import-csv-preview").await
}

/// Visits the list while a few domains are known.
pub async fn with_domains(
    it: &Journey,
    visit: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    it.page.open("/operators").await?;
    it.page.see(table("Operators")).await?;
    it.page.click(button("Add operator")).await?;
    it.page
        .click(checkbox("shop.acme.example").within(group("Domains")))
        .await?;
    visit("add-operator-domains").await?;
    it.page.press(Key::Escape).await?;
    it.page
        .click(switch_on("Live chat addon: Grace Hopper"))
        .await?;
    switches_rest(it).await?;
    it.page
        .click(switch_off("Live chat addon: Grace Hopper"))
        .await?;
    it.page.see(dialog("Switch on live chat")).await?;
    visit("operators-switch-on").await?;
    it.page.click(button("Switch on")).await?;
    it.page.click(checkbox("Select all")).await?;
    it.page.click(button("Put on domains…")).await?;
    it.page.see(dialog("Put on domains")).await?;
    visit("operators-put-on").await?;
    it.page.press(Key::Escape).await?;
    it.page.click(button("Take off domains…")).await?;
    it.page.see(dialog("Take off domains")).await?;
    visit("operators-take-off").await?;
    it.page
        .click(checkbox("shop.acme.example").within(group("Domains")))
        .await?;
    it.page.click(button("Show what changes")).await?;
    it.page
        .see_text_in(dialog("Take off domains"), "These operators are taken off:")
        .await?;
    visit("operators-take-off-review").await?;
    it.page.press(Key::Escape).await?;
    it.page.click(button("Delete…")).await?;
    it.page
        .see_text_in(
            dialog("Delete users"),
            "Checked 4 of 5 domains. Deleted or renamed",
        )
        .await?;
    visit("operators-delete").await?;
    it.page.press(Key::Escape).await?;
    it.page.click(checkbox("Select all")).await?;
    bulk_run(it, visit).await
}

/// Visits a finished run with done and failed rows: the API does not know one of the domains.
async fn bulk_run(it: &Journey, visit: &mut impl AsyncFnMut(&str) -> Result<()>) -> Result<()> {
    let run = || region("Bulk run");
    it.page.click(checkbox("Select Ada Okafor")).await?;
    it.page.click(button("Put on domains…")).await?;
    for domain in ["odd.acme.example", "news.acme.example"] {
        it.page.click(checkbox(domain)).await?;
    }
    it.page
        .click(button("Put on domains").within(dialog("Put on domains")))
        .await?;
    it.page.see_text_in(run(), "2 of 2 · 1 failed").await?;
    it.page.click(button("Results").within(run())).await?;
    it.page.see(table("Results")).await?;
    visit("bulk-run").await?;
    it.page.click(button("Close").within(run())).await?;
    it.page.see_no(run()).await
}
