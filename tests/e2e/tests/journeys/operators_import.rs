//! Importing operators from CSV: what is recognised, what the preview shows, and which files are refused.

use anyhow::{Result, ensure};
use switchboard_e2e::{alert, button, checkbox, dialog, eventually, field, journey, table, title};

use crate::steps::{choose_file, enter, record_of};

const FILE: &str = "import-csv-file";
const ADD: &str = "auth/addon/live_chat/operator/add";
const PUT_ON: &str = "auth/addon/live_chat/domain/operator/add";
const LOOK_UP: &str = "auth/addon/live_chat/domain/get";

#[test]
fn a_list_is_shown_with_what_is_wrong_in_each_row_before_anything_is_sent() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.see(table("Operators")).await?;
        it.page.click(button("Import CSV")).await?;
        let list = "\u{feff}Full name;E-mail;Websites\r\n\
            \"Johnson, Katherine\";katherine@acme.example;https://www.Shop.acme.example/ wholesale.acme.example\r\n\
            Grace again;GRACE@acme.example;\r\n\
            ;nobody;a_b.example\r\n\
            Kate;Katherine@acme.example;\r\n\
            'Dorothy;dorothy@acme.example;\r\n";
        choose_file(it, FILE, "people.csv", list.as_bytes()).await?;
        it.page
            .see_text("people.csv: 5 rows, separated by semicolons, with a header.")
            .await?;
        // Their domains are not known here.
        it.page.see_text("1 operator will be added").await?;
        it.page.click(button("Look up these domains first")).await?;
        it.page.see_text("2 operators will be added").await?;
        it.page
            .see_text("3 rows have problems and are left out. 1 of them is already an operator. 1 of them is in the list twice.")
            .await?;
        let rows = table("Rows of the list");
        for words in [
            "Already an operator.",
            "The name is missing.",
            "An email address needs an @.",
            "a_b.example: A domain cannot contain the character _.",
            "The same address is on line 2.",
        ] {
            it.page.see_text_in(rows.clone(), words).await?;
        }
        it.page
            .script(
                "[...document.querySelectorAll('.segment input')].at(-1).click()",
                &[],
            )
            .await?;
        it.page
            .see_text_in(rows.clone(), "Johnson, Katherine")
            .await?;
        it.page.see_text_in(rows, "Will be added").await?;
        it.page.focus_is_in(dialog("Import CSV")).await?;
        assert_eq!(it.sandbox.count("POST", ADD)?, 0);
        Ok(())
    })
}

#[test]
fn unknown_domains_are_flagged_and_looked_up_before_anything_is_sent() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.see(table("Operators")).await?;
        it.page.click(button("Import CSV")).await?;
        let list = "name,email,domains\n\
            Katherine Johnson,katherine@acme.example,shop.acme.example\n\
            Dorothy Vaughan,dorothy@acme.example,shop.acme.example gone.acme.example\n\
            Mary Jackson,mary@acme.example,\n\
            ,grace@acme.example,wholesale.acme.example\n\
            Eve,eve@acme,\n";
        choose_file(it, FILE, "people.csv", list.as_bytes()).await?;
        it.page.see(button("Import 1 operator")).await?;
        it.page
            .see_text("3 rows name domains that this browser does not know")
            .await?;
        let rows = table("Rows of the list");
        it.page
            .see_text_in(
                rows.clone(),
                "This browser does not know gone.acme.example.",
            )
            .await?;
        it.page.click(button("Look up these domains first")).await?;
        it.page
            .see_text("2 operators will be added, 1 existing operator will be put on domains")
            .await?;
        it.page.see(button("Import 3 rows")).await?;
        it.page.see_text("1 email address has no ending").await?;
        it.page
            .see_text("Unknown to the API: gone.acme.example.")
            .await?;
        it.page
            .see_text_in(rows.clone(), "The API does not know gone.acme.example.")
            .await?;
        it.page
            .see_text_in(rows, "The address has no ending such as .com.")
            .await?;
        assert_eq!(it.sandbox.count("GET", LOOK_UP)?, 3);
        assert_eq!(it.sandbox.count("POST", ADD)?, 0);
        it.page
            .click(checkbox("Import this row too, without the unknown domains"))
            .await?;
        it.page.click(button("Import 4 rows")).await?;
        it.page.see_text("15 operators").await?;
        eventually(async || {
            let sent = (
                it.sandbox.count("POST", ADD)?,
                it.sandbox.count("POST", PUT_ON)?,
            );
            ensure!(sent == (3, 3), "{sent:?}");
            Ok(())
        })
        .await?;
        // No call was sent that would have failed.
        let on_gone = it.sandbox.calls()?.into_iter();
        let on_gone = on_gone.filter(|call| call.path.ends_with(PUT_ON) && call.status != 200);
        assert_eq!(on_gone.count(), 0);
        // A domain that was found is known from then on.
        assert!(record_of(it, "shop.acme.example").await?.is_some());
        assert!(record_of(it, "gone.acme.example").await?.is_none());
        Ok(())
    })
}

#[test]
fn rows_can_be_pasted_as_a_spreadsheet_copies_them_and_nothing_pasted_is_lost() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.click(button("Import CSV")).await?;
        let rows = field("Or paste rows");
        it.page
            .paste(
                rows.clone(),
                "Katherine Johnson\tkatherine@acme.example\nDorothy Vaughan\tdorothy@acme.example",
            )
            .await?;
        it.page.click(button("Show preview")).await?;
        it.page
            .see_text("Pasted rows: 2 rows, separated by tabs, without a header.")
            .await?;
        it.page.see(button("Import 2 operators")).await?;
        it.page.click(button("Choose another")).await?;
        let kept = it.page.value_of(rows).await?;
        assert!(kept.contains("dorothy@acme.example"), "{kept}");
        Ok(())
    })
}

#[test]
fn what_is_no_list_is_told_for_what_it_is_and_another_file_can_be_chosen() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.see(title("Operators")).await?;
        it.page.click(button("Import CSV")).await?;
        for (name, bytes, told) in [
            ("empty.csv", b"".as_slice(), "It contains no rows."),
            (
                "people.xlsx",
                b"PK\x03\x04\x14\x00",
                "It is in a spreadsheet format",
            ),
            (
                "photo.csv",
                b"\x89PNG\r\n\x1a\n\x00",
                "It is not a text file",
            ),
            (
                "latin.csv",
                b"name,email\nJos\xe9,jose@acme.example\n",
                "Line 2 is not UTF-8",
            ),
            (
                "phones.csv",
                b"name,phone\nAda,1\n",
                "No column contains email addresses",
            ),
            (
                "quote.csv",
                b"name,email\n\"Ada,ada@acme.example\n",
                "on line 2 is never closed.",
            ),
        ] {
            choose_file(it, FILE, name, bytes).await?;
            it.page
                .see(alert(format!("{name} cannot be imported")))
                .await?;
            it.page.see(alert(told)).await?;
        }
        choose_file(
            it,
            FILE,
            "good.csv",
            b"katherine@acme.example,Katherine Johnson\n",
        )
        .await?;
        it.page.see(button("Import 1 operator")).await
    })
}

#[test]
fn a_file_can_be_dropped_and_a_list_of_nobody_new_imports_nothing() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.see(table("Operators")).await?;
        it.page.click(button("Import CSV")).await?;
        it.page.see(dialog("Import CSV")).await?;
        let drop = "const data = new DataTransfer();
            data.items.add(new File(['name,email\\nGrace,grace@acme.example\\n'], 'old.csv'));
            document.querySelector('.file-picker').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))";
        it.page.script(drop, &[]).await?;
        it.page.see_text("0 operators will be added").await?;
        it.page.click(button("Import 0 operators")).await?;
        it.page.see(dialog("Import CSV")).await?;
        assert_eq!(it.sandbox.count("POST", ADD)?, 0);
        Ok(())
    })
}
