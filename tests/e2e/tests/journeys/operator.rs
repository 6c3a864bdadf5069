//! The page of one operator: the addon, their known domains, and deletion; and the filters of the list.

use anyhow::Result;
use serde_json::{Value, json};
use switchboard_e2e::{
    Answer, Hold, Interception, Journey, Response, Size, button, checkbox, dialog, field, journey,
    link, navigation, region, switch_off, switch_on, table, title,
};

use crate::steps::{enter, look_up, through_a_relay};

const GRACE: &str = "/operators/grace%40acme.example";

/// Returns an operator from the API (endpoint 3).
fn operator(it: &Journey, email: &str) -> Result<Value> {
    let get = format!("auth/addon/live_chat/operator/get?email={email}");
    it.sandbox.ask("GET", &get, &Value::Null)
}

#[test]
fn endpoint_03_a_deep_link_shows_an_operator() -> Result<()> {
    journey(async |it| {
        enter(it, GRACE).await?;
        it.page.see(title("Grace Hopper")).await?;
        it.page.see_text_in(region("Details"), "Busy").await?;
        it.page
            .see_text_in(region("Domains"), "No known domains yet")
            .await?;
        let paths: Vec<String> = it
            .sandbox
            .calls()?
            .into_iter()
            .map(|call| call.path)
            .collect();
        assert_eq!(
            paths,
            ["/auth/organisation", "/auth/addon/live_chat/operator/get"]
        );
        Ok(())
    })
}

#[test]
fn endpoint_05_the_addon_is_switched_off_on_the_page_and_on_in_the_list() -> Result<()> {
    journey(async |it| {
        let active = || {
            Ok::<_, anyhow::Error>(
                operator(it, "grace@acme.example")?["message"]["addOns"][0]["status"] == 1,
            )
        };
        enter(it, GRACE).await?;
        it.page.click(switch_on("Live chat addon")).await?;
        it.page.see(switch_off("Live chat addon")).await?;
        it.page.reload().await?;
        it.page.see(switch_off("Live chat addon")).await?;
        assert!(!active()?);
        it.page.open("/operators").await?;
        it.page
            .click(switch_off("Live chat addon: Grace Hopper"))
            .await?;
        it.page
            .see(switch_on("Live chat addon: Grace Hopper"))
            .await?;
        it.page.reload().await?;
        it.page
            .see(switch_on("Live chat addon: Grace Hopper"))
            .await?;
        assert!(active()?);
        Ok(())
    })
}

#[test]
fn an_operator_is_put_on_a_known_domain_from_their_own_page() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/wholesale.acme.example").await?;
        it.page.see(title("wholesale.acme.example")).await?;
        it.page.see_text("No operators on this domain").await?;
        it.page.open(GRACE).await?;
        it.page.click(button("Add wholesale.acme.example")).await?;
        it.page
            .click(switch_off("Admin: wholesale.acme.example"))
            .await?;
        it.page
            .see(switch_on("Admin: wholesale.acme.example"))
            .await?;
        it.page
            .click(button("Remove wholesale.acme.example"))
            .await?;
        it.page.see(button("Add wholesale.acme.example")).await?;
        Ok(())
    })
}

#[test]
fn domains_of_operator_come_first_and_are_exported() -> Result<()> {
    journey(async |it| {
        let [outlet, shop, wholesale] = [
            "outlet.acme.example",
            "shop.acme.example",
            "wholesale.acme.example",
        ];
        enter(it, "/domains").await?;
        for domain in [outlet, shop, wholesale] {
            look_up(it, domain).await?;
        }
        it.page.open("/operators/ada%40acme.example").await?;
        it.page
            .see_text_in(region("Domains"), "On 1 of 3 known domains")
            .await?;
        let rows = "return [...document.querySelectorAll('.switch-rows tbody th a')].map((link) => link.textContent)";
        let shown = it.page.script(rows, &[]).await?;
        assert_eq!(shown, json!([shop, outlet, wholesale]));
        it.page.click(checkbox("Only theirs")).await?;
        it.page.see_no(link(outlet)).await?;
        it.page.click(button(format!("Remove {shop}"))).await?;
        it.page
            .see_text_in(region("Domains"), "Not on any of 3 known domains")
            .await?;

        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page.click(button("Export CSV")).await?;
        it.page.click(checkbox("Include their domains")).await?;
        let export = button("Export").within(dialog("Export operators"));
        let file = it.page.download(export).await?;
        let domains_of = |email: &str| {
            let mut lines = file.text.lines();
            let line = lines.find(|line| line.contains(email))?;
            line.rsplit_once(',').map(|(_, domains)| domains.to_owned())
        };
        let mai = format!("{outlet} {shop}");
        assert_eq!(domains_of("mai@acme.example"), Some(mai), "{}", file.text);
        assert_eq!(domains_of("ada@acme.example"), Some(String::new()));
        Ok(())
    })
}

#[test]
fn export_names_unread_domains_before_it_leaves_them_out() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.open("/domains/shop.acme.example").await?;
        it.page.see(button("Delete domain")).await?;
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        let list = "auth/addon/live_chat/domain/operator/list";
        let refusal = Response::new(500, "text/plain", "no");
        proxy.intercept("GET", list, Interception::Answer(Answer::Say(refusal)));
        // What the page of the domain read is too old by then.
        let later = "const now = Date.now(); window.Date.now = () => now + 60_000";
        it.page.script(later, &[]).await?;
        it.page.click(button("Export CSV")).await?;
        it.page.click(checkbox("Include their domains")).await?;
        let export = dialog("Export operators");
        it.page
            .see_text_in(export.clone(), "1 domain could not be looked up")
            .await?;
        it.page
            .see_text_in(export.clone(), "shop.acme.example")
            .await?;
        it.page
            .see(button("Export without them").within(export.clone()))
            .await?;
        proxy.clear_rules();
        it.page
            .click(button("Try again").within(export.clone()))
            .await?;
        let file = it.page.download(button("Export").within(export)).await?;
        assert!(file.text.contains(",shop.acme.example"), "{}", file.text);
        Ok(())
    })
}

#[test]
fn rows_keep_their_height_when_their_domains_have_answered() -> Result<()> {
    journey(async |it| {
        let heights = "return [...document.querySelectorAll('.switch-rows tbody tr')].map((row) => row.offsetHeight)";
        let proxy = through_a_relay(it).await?;
        for path in [
            "/domains/shop.acme.example",
            "/domains/wholesale.acme.example",
        ] {
            it.page.open(path).await?;
            it.page.see(button("Delete domain")).await?;
        }
        for size in [Size::DESK, Size::TELEPHONE] {
            it.page.resize(size).await?;
            let answers = Hold::default();
            let list = "auth/addon/live_chat/domain/operator/list";
            proxy.intercept("GET", list, Interception::Hold(answers.clone()));
            it.page.open(GRACE).await?;
            it.page.see(region("Domains")).await?;
            // Rows are read once they are visible.
            let look = "document.getElementById('operator-domains').scrollIntoView()";
            it.page.script(look, &[]).await?;
            answers.holds(2).await?;
            let before = it.page.script(heights, &[]).await?;
            answers.let_go();
            it.page.see(button("Remove shop.acme.example")).await?;
            it.page.see(button("Add wholesale.acme.example")).await?;
            assert_eq!(it.page.script(heights, &[]).await?, before, "{size:?}");
        }
        Ok(())
    })
}

#[test]
fn endpoint_14_a_user_is_deleted_only_once_the_address_is_typed() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/shop.acme.example").await?;
        it.page.see(title("shop.acme.example")).await?;
        it.page.see(table("Operators on this domain")).await?;
        it.page.open(GRACE).await?;
        it.page.see(button("Remove shop.acme.example")).await?;
        it.page.click(button("Delete user")).await?;
        it.page
            .see_text_in(dialog("Delete user"), "shop.acme.example")
            .await?;
        let typed = field("Type grace@acme.example to confirm");
        it.page.click(button("Delete user")).await?;
        it.page
            .see_error_at(typed.clone(), "The name does not match.")
            .await?;
        it.page.fill(typed, "grace@acme.example").await?;
        it.page.click(button("Delete user")).await?;
        it.page.arrive_at("/operators").await?;
        it.page.see_text("11 operators").await?;
        assert_eq!(operator(it, "grace@acme.example")?["status"], 0);
        it.page.open(GRACE).await?;
        it.page.see_text("Deleted in this browser on").await?;
        Ok(())
    })
}

#[test]
fn filters_and_order_live_in_the_address_and_survive_a_reload() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators?presence=online&sort=-name").await?;
        it.page.see_text("4 of 12 operators").await?;
        it.page.reload().await?;
        it.page.see_text("4 of 12 operators").await?;
        let first = "return document.querySelector('tbody th').innerText";
        let before = it.page.script_says(first).await?;
        it.page.click(button("Name")).await?;
        it.page.arrive_at("/operators?presence=online").await?;
        assert!(
            before.as_str().is_some_and(|name| name.contains("小林")),
            "{before}"
        );
        it.page.click(link("Ada Okafor")).await?;
        it.page.see(title("Ada Okafor")).await?;
        it.page.back().await?;
        it.page.see_text("4 of 12 operators").await?;
        Ok(())
    })
}
