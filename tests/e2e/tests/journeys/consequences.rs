//! The consequences of a deletion: every known domain is read before the dialog names them, and deleting without the
//! unread part takes a separate choice.

use anyhow::{Result, ensure};
use serde_json::json;
use switchboard_e2e::{
    Answer, FakeApi, Hold, Interception, Journey, Response, alert, button, checkbox, dialog, field,
    journey, title,
};

use crate::steps::{ORGANISATION, connect_to, know_more, look_up, through_a_relay};

const LIST: &str = "auth/addon/live_chat/domain/operator/list";
const PUT_ON: &str = "auth/addon/live_chat/domain/operator/add";
const DELETE_USER: &str = "auth/user/delete";

/// Connects through a server that holds back the operators of one domain, with sixty known domains. Grace is on the
/// 58th.
async fn with_sixty_domains(it: &Journey, held: &str, hold: &Hold) -> Result<FakeApi> {
    it.sandbox.seed(0, 60)?;
    let on = json!({ "domain": "site-58.many.example", "email": "grace@acme.example" });
    it.sandbox.ask("POST", PUT_ON, &on)?;
    let (address, theirs) = (it.sandbox.address().to_owned(), hold.clone());
    let target = format!("/{LIST}?domain={held}");
    let server = FakeApi::start(move |request| {
        let answer = request.send(&address);
        let answer = answer.unwrap_or_else(|_| Response::new(502, "text/plain", ""));
        if request.target.trim_end_matches('&') == target {
            Answer::Hold(theirs.clone(), answer)
        } else {
            Answer::Say(answer)
        }
    })?;
    it.page.open("/connect").await?;
    connect_to(it, &server.url(), it.sandbox.token()).await?;
    it.page.see(title(ORGANISATION)).await?;
    it.page.open("/domains").await?;
    look_up(it, "site-1.many.example").await?;
    know_more(it, 60).await?;
    Ok(server)
}

#[test]
fn every_known_domain_is_asked_before_a_user_is_deleted() -> Result<()> {
    journey(async |it| {
        let hold = Hold::default();
        let held = "site-9.many.example";
        let server = with_sixty_domains(it, held, &hold).await?;
        it.page.open("/operators/grace%40acme.example").await?;
        it.page.click(button("Delete user")).await?;
        let asked = dialog("Delete user");
        it.page
            .see_text_in(asked.clone(), "Checked 59 of 60 known domains")
            .await?;
        let so_far = "found so far: site-58.many.example.";
        it.page.see_text_in(asked.clone(), so_far).await?;

        // Typing the name does not delete while the check is running.
        let typed = field("Type grace@acme.example to confirm");
        it.page.fill(typed, "grace@acme.example").await?;
        it.page.click(button("Delete user")).await?;
        it.page.see(alert("The check is still running")).await?;

        it.page.click(button("Stop checking")).await?;
        for words in [
            "1 known domain was not checked",
            "Not checked: site-9.many.example.",
            "at least these domains: site-58.many.example.",
        ] {
            it.page.see_text_in(asked.clone(), words).await?;
        }
        it.page.click(button("Delete user")).await?;
        it.page.see(alert("Not everything was checked")).await?;
        it.page
            .see(checkbox("Delete without checking the remaining domain"))
            .await?;
        assert_eq!(server.count("DELETE", &format!("/{DELETE_USER}")), 0);

        it.page.click(button("Check the rest")).await?;
        hold.let_go();
        it.page
            .see_text_in(asked.clone(), "All 60 known domains were checked.")
            .await?;
        let all = "They are taken off these domains: site-58.many.example.";
        it.page.see_text_in(asked, all).await?;
        let described = "const dialog = document.querySelector('dialog[open]');
            return document.getElementById(dialog.getAttribute('aria-describedby')).innerText";
        let described = it.page.script(described, &[]).await?;
        ensure!(
            described.as_str().is_some_and(|said| said.contains(all)),
            "{described}"
        );
        it.page.click(button("Delete user")).await?;
        it.page.arrive_at("/operators").await
    })
}

#[test]
fn an_admin_is_named_and_a_domain_that_was_not_read_takes_a_choice() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.open("/domains").await?;
        look_up(it, "shop.acme.example").await?;
        it.page.open("/operators/ada%40acme.example").await?;
        it.page.see(title("Ada Okafor")).await?;
        proxy.intercept("GET", LIST, Interception::LoseTheRequest);
        it.page.click(button("Delete user")).await?;
        let asked = dialog("Delete user");
        for words in [
            "Their role in this organisation: Admin.",
            "It is unknown whether they are on a domain: only 0 of 1 known domains were checked.",
            "Could not be read: shop.acme.example. The API could not be reached.",
        ] {
            it.page.see_text_in(asked.clone(), words).await?;
        }
        let typed = field("Type ada@acme.example to confirm");
        it.page.fill(typed, "ada@acme.example").await?;
        it.page.click(button("Delete user")).await?;
        it.page.see(alert("Not everything was checked")).await?;
        assert_eq!(proxy.count("DELETE", DELETE_USER), 0);
        it.page
            .click(checkbox("Delete without checking the remaining domain"))
            .await?;
        it.page.click(button("Delete user")).await?;
        // The sandbox never deletes its admin, as in the reference.
        it.page.see_text("Ada Okafor was not deleted").await?;
        assert_eq!(proxy.count("DELETE", DELETE_USER), 1);
        Ok(())
    })
}

#[test]
fn who_is_on_a_domain_is_read_again_before_it_is_deleted() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.open("/domains/wholesale.acme.example").await?;
        it.page.see_text("No operators on this domain").await?;
        let on = json!({ "domain": "wholesale.acme.example", "email": "grace@acme.example" });
        it.sandbox.ask("POST", PUT_ON, &on)?;
        proxy.intercept("GET", LIST, Interception::LoseTheRequest);
        it.page.click(button("Delete domain")).await?;
        let asked = dialog("Delete domain");
        it.page
            .see_text_in(asked.clone(), "It is unknown which operators are on it.")
            .await?;
        let typed = field("Type wholesale.acme.example to confirm");
        it.page.fill(typed, "wholesale.acme.example").await?;
        it.page.click(button("Delete domain")).await?;
        it.page.see(alert("Not everything was checked")).await?;
        it.page
            .see(checkbox("Delete without knowing which operators are on it"))
            .await?;
        proxy.clear_rules();
        it.page.click(button("Check the rest")).await?;
        let named = "These operators are removed from it: Grace Hopper.";
        it.page.see_text_in(asked, named).await?;
        it.page.click(button("Delete domain")).await?;
        it.page.arrive_at("/domains").await?;
        assert!(it.sandbox.domain("wholesale.acme.example")?.is_none());
        Ok(())
    })
}
