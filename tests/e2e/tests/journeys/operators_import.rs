//! Importing operators from CSV: what is recognised, what the preview tells, and what no list is.

use anyhow::Result;
use switchboard_e2e::{alert, button, dialog, field, journey, table, title};

use crate::steps::{choose_file, enter};

const FILE: &str = "import-csv-file";
const ADD: &str = "auth/addon/live_chat/operator/add";

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
            .see_text("people.csv: 5 rows, parted by semicolons, with a header.")
            .await?;
        it.page.see_text("2 operators will be added").await?;
        it.page
            .see_text("3 rows have problems and are left out. Of these: 1 operator already, 1 twice in the list.")
            .await?;
        let rows = table("Rows of the list");
        for words in [
            "Is an operator already.",
            "The name is missing.",
            "An e-mail address has an @ in it.",
            "a_b.example: A domain cannot hold the character _.",
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
            .see_text("What was pasted: 2 rows, parted by tabs, without a header.")
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
            ("empty.csv", b"".as_slice(), "There are no rows in it."),
            (
                "people.xlsx",
                b"PK\x03\x04\x14\x00",
                "It is a spreadsheet in its own format",
            ),
            ("photo.csv", b"\x89PNG\r\n\x1a\n\x00", "It is no text file"),
            (
                "latin.csv",
                b"name,email\nJos\xe9,jose@acme.example\n",
                "Line 2 is not UTF-8",
            ),
            (
                "phones.csv",
                b"name,phone\nAda,1\n",
                "No column holds e-mail addresses",
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
