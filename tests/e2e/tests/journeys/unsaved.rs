//! No typed input is lost without a question: not by a link, by Back, by a reload, or by saving something else.

use anyhow::Result;
use switchboard_e2e::{Journey, button, dialog, field, journey, link, navigation, title};

use crate::steps::{enter, look_up, rename};

const SHOP: &str = "shop.acme.example";
const TYPED: &str = "typed@acme.example";

/// Returns whether the browser would ask before it reloads or closes the page.
async fn asks_before_it_ends(it: &Journey) -> Result<bool> {
    let script = "const event = new Event('beforeunload', { cancelable: true });
        dispatchEvent(event);
        return event.defaultPrevented";
    Ok(it.page.script(script, &[]).await? == true)
}

async fn go_to_the_shop(it: &Journey) -> Result<()> {
    enter(it, "/domains").await?;
    look_up(it, SHOP).await?;
    it.page.click(link(SHOP)).await?;
    it.page.see(title(SHOP)).await
}

#[test]
fn a_page_with_unsaved_input_is_left_only_after_a_question() -> Result<()> {
    journey(async |it| {
        go_to_the_shop(it).await?;
        let (email, shop) = (field("Contact email"), format!("/domains/{SHOP}"));
        let (asked, stay) = (dialog("Leave without saving?"), button("Stay on this page"));
        assert!(!asks_before_it_ends(it).await?);
        it.page.fill(email.clone(), TYPED).await?;
        assert!(asks_before_it_ends(it).await?);

        let activity = link("Activity").within(navigation("Main"));
        it.page.click(activity.clone()).await?;
        it.page.see(asked.clone()).await?;
        it.page.click(stay.clone()).await?;
        it.page.see_no(asked.clone()).await?;
        it.page.back().await?;
        it.page.see(asked.clone()).await?;
        it.page.arrive_at(&shop).await?;
        it.page.click(stay.clone()).await?;
        assert_eq!(it.page.value_of(email.clone()).await?, TYPED);

        // Disconnecting asks, too.
        it.page.click(button("Disconnect")).await?;
        it.page.see(asked.clone()).await?;
        it.page.click(stay.clone()).await?;
        it.page.see_no(asked.clone()).await?;
        assert_eq!(it.page.value_of(email.clone()).await?, TYPED);

        // Back again, and this time permanently.
        it.page.back().await?;
        it.page.click(button("Leave").within(asked)).await?;
        it.page.arrive_at("/domains").await?;
        it.page.see(title("Domains")).await?;
        it.page.click(link(SHOP)).await?;
        it.page.see(title(SHOP)).await?;
        assert_ne!(it.page.value_of(email.clone()).await?, TYPED);

        // Saved input causes no question.
        it.page.fill(email, TYPED).await?;
        it.page.click(button("Save")).await?;
        it.page.see_text("Saved.").await?;
        it.page.click(activity).await?;
        it.page.see(title("Activity")).await
    })
}

#[test]
fn a_rename_keeps_the_contact_address_that_is_typed_and_not_saved() -> Result<()> {
    journey(async |it| {
        go_to_the_shop(it).await?;
        it.page.fill(field("Contact email"), TYPED).await?;
        rename(it, "store.acme.example").await?;
        it.page.arrive_at("/domains/store.acme.example").await?;
        it.page.see(title("store.acme.example")).await?;
        assert_eq!(it.page.value_of(field("Contact email")).await?, TYPED);
        it.page.click(button("Save")).await?;
        it.page.see_text("Saved.").await?;
        let domain = it.sandbox.domain("store.acme.example")?;
        assert_eq!(domain.unwrap_or_default()["email"], TYPED);
        Ok(())
    })
}
