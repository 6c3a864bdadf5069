//! A token that is refused in the middle of work: a dialog above everything asks for another one, and all work
//! continues with it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use switchboard_e2e::{
    Answer, FakeApi, Journey, Key, Response, alert, button, checkbox, dialog, field, journey, link,
    region, table, title,
};

use crate::steps::{ORGANISATION, connect_to, connect_to_stay, dialog_is_described, run_ended};

const ADD: &str = "auth/addon/live_chat/operator/add";
const UPDATE: &str = "auth/addon/live_chat/operator/update";
const DELETE: &str = "auth/user/delete";
const ASKING: &str = "The token is no longer accepted";
const ANOTHER: &str = "token-of-another-organisation";

/// The sandbox behind a server that accepts only the current token, and one for another organisation.
struct Locked {
    server: FakeApi,
    token: Arc<Mutex<String>>,
    /// How many writes remain until the token changes.
    writes: Arc<AtomicUsize>,
}

impl Locked {
    /// Starts with the token "one".
    fn start(it: &Journey) -> Result<Self> {
        let token = Arc::new(Mutex::new("one".to_owned()));
        let writes = Arc::new(AtomicUsize::new(usize::MAX));
        let (opens, left) = (Arc::clone(&token), Arc::clone(&writes));
        let (address, own) = (
            it.sandbox.address().to_owned(),
            it.sandbox.token().to_owned(),
        );
        let server = FakeApi::start(move |request| {
            let mut request = request.clone();
            let mut opens = opens.lock().unwrap_or_else(PoisonError::into_inner);
            if request.method != "GET" && left.fetch_sub(1, Ordering::SeqCst) == 0 {
                *opens = "two".to_owned();
            }
            for (name, value) in &mut request.headers {
                if name.eq_ignore_ascii_case("api_token") {
                    if value == ANOTHER {
                        return another_organisation();
                    }
                    let is_right = *value == *opens;
                    *value = if is_right {
                        own.clone()
                    } else {
                        "refused".to_owned()
                    };
                }
            }
            drop(opens);
            let answer = request.send(&address);
            Answer::Say(
                answer
                    .unwrap_or_else(|error| Response::new(502, "text/plain", format!("{error:#}"))),
            )
        })?;
        Ok(Self {
            server,
            token,
            writes,
        })
    }

    /// Accepts only this token from now on.
    fn change(&self, token: &str) {
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = token.to_owned();
    }

    /// Accepts only the token "two" after this number of writes.
    fn change_after(&self, writes: usize) {
        self.writes.store(writes, Ordering::SeqCst);
    }
}

fn another_organisation() -> Answer {
    let organisation = json!({
        "status": 1, "dummyDomain": true, "name": "Another Shop", "email": "owner@another.example", "access": [], "plan": [], "addon": [],
    });
    let envelope = json!({ "status": 1, "type": "Success", "message": organisation });
    Answer::Say(Response::json(&envelope))
}

async fn connected(it: &Journey) -> Result<Locked> {
    // Browsers log refused calls.
    it.page.expect_in_console("401");
    let locked = Locked::start(it)?;
    it.page.open("/connect").await?;
    connect_to(it, &locked.server.url(), "one").await?;
    it.page.see(title(ORGANISATION)).await?;
    Ok(locked)
}

async fn enter_token(it: &Journey, token: &str) -> Result<()> {
    it.page.see(dialog(ASKING)).await?;
    it.page.fill(field("New API token"), token).await?;
    it.page.click(button("Connect and continue")).await
}

/// Returns how many calls with this method and path the API executed.
fn carried_out(it: &Journey, method: &str, path: &str) -> Result<usize> {
    let calls = it.sandbox.calls()?;
    let fits = |path_seen: &str| path_seen.trim_start_matches('/') == path;
    let done = calls
        .iter()
        .filter(|call| call.method == method && fits(&call.path) && call.status == 200);
    Ok(done.count())
}

#[test]
fn a_read_that_is_refused_is_asked_again_with_the_token_that_is_entered() -> Result<()> {
    journey(async |it| {
        let locked = connected(it).await?;
        it.page.click(link("Operators")).await?;
        it.page.see(table("Operators")).await?;
        locked.change("two");
        it.page.click(link("Ada Okafor")).await?;
        enter_token(it, "wrong").await?;
        it.page
            .see(alert("The API refused this token.").within(dialog(ASKING)))
            .await?;
        enter_token(it, "two").await?;
        it.page.see_no(dialog(ASKING)).await?;
        it.page.see(title("Ada Okafor")).await?;
        it.page.arrive_at("/operators/ada%40acme.example").await?;
        the_token_is_kept_in_the_tab_alone(it, "two").await?;

        // A user who enters none sees the error in place, is not asked again by reads, and can still enter one.
        locked.change("three");
        it.page.open("/operators").await?;
        it.page.see(dialog(ASKING)).await?;
        it.page.click(button("Not now")).await?;
        it.page
            .see(alert("The operators could not be loaded"))
            .await?;
        it.page
            .see_text("The API did not accept the token.")
            .await?;
        it.page.click(button("Try again")).await?;
        it.page
            .see(alert("The operators could not be loaded"))
            .await?;
        it.page.see_no(dialog(ASKING)).await?;
        it.page.click(button("Enter another token")).await?;
        enter_token(it, "three").await?;
        it.page.see(table("Operators")).await?;
        it.page.reload().await?;
        it.page.see(table("Operators")).await?;

        locked.change("four");
        it.page.reload().await?;
        it.page.see(dialog(ASKING)).await?;
        it.page
            .click(button("Disconnect").within(dialog(ASKING)))
            .await?;
        it.page.see(title("Connect")).await?;
        let kept = it.page.session_storage().await?;
        assert!(kept.is_empty(), "{kept:?}");
        Ok(())
    })
}

async fn the_token_is_kept_in_the_tab_alone(it: &Journey, token: &str) -> Result<()> {
    let session = it.page.session_storage().await?;
    let kept = &session["switchboard/1/connection"];
    assert!(kept.contains(&format!("\"token\":\"{token}\"")), "{kept}");
    let local = it.page.local_storage().await?;
    assert!(
        !local.values().any(|text| text.contains("token")),
        "{local:?}"
    );
    Ok(())
}

#[test]
fn a_write_that_is_refused_is_made_once_and_nothing_typed_is_lost() -> Result<()> {
    journey(async |it| {
        let locked = connected(it).await?;
        it.page.click(link("Operators")).await?;
        it.page.see(table("Operators")).await?;
        it.page.click(checkbox("Select Ada Okafor")).await?;
        it.page.click(button("Add operator")).await?;
        it.page.fill(field("Name"), "Katherine Johnson").await?;
        it.page
            .fill(field("Email"), "katherine@acme.example")
            .await?;
        locked.change("two");
        let send = || button("Add operator").within(dialog("Add operator"));
        it.page.click(send()).await?;
        it.page.see(dialog(ASKING)).await?;
        it.page.click(button("Not now")).await?;
        it.page
            .see(alert("The API did not accept the token.").within(dialog("Add operator")))
            .await?;
        assert_eq!(it.page.value_of(field("Name")).await?, "Katherine Johnson");
        assert_eq!(
            it.page.value_of(field("Email")).await?,
            "katherine@acme.example"
        );
        assert_eq!(carried_out(it, "POST", ADD)?, 0);

        it.page.click(send()).await?;
        enter_token(it, "two").await?;
        it.page.see_text("Katherine Johnson was added.").await?;
        it.page.see_no(dialog("Add operator")).await?;
        it.page
            .see_text_in(table("Operators"), "katherine@acme.example")
            .await?;
        assert_eq!(carried_out(it, "POST", ADD)?, 1);
        it.page.see_text("1 selected").await
    })
}

#[test]
fn a_bulk_run_waits_for_the_token_and_makes_each_change_once() -> Result<()> {
    journey(async |it| {
        it.sandbox.seed(20, 0)?;
        let locked = connected(it).await?;
        it.page.click(link("Operators")).await?;
        it.page.click(checkbox("Select all")).await?;
        locked.change_after(8);
        it.page.click(button("Deactivate")).await?;
        it.page.see(dialog(ASKING)).await?;
        let done = carried_out(it, "PUT", UPDATE)?;
        assert_eq!(done, 8);
        enter_token(it, "two").await?;
        it.page.see_no(dialog(ASKING)).await?;
        it.page
            .see(button("Close").within(region("Bulk run")))
            .await?;
        let told = it.page.text_of(region("Bulk run")).await?;
        ensure!(!told.contains("failed"), "{told}");
        // The operators who were active, each once.
        let (before, _) = told
            .split_once(" needed no change")
            .context("some are inactive")?;
        let already: usize = before.rsplit(' ').next().unwrap_or_default().parse()?;
        assert_eq!(carried_out(it, "PUT", UPDATE)?, 32 - already, "{told}");
        Ok(())
    })
}

#[test]
fn destructive_run_waits_for_its_own_resume_after_a_new_token() -> Result<()> {
    journey(async |it| {
        let run = || region("Bulk run");
        let locked = connected(it).await?;
        it.page.click(link("Operators")).await?;
        for name in ["Grace Hopper", "Siobhán O’Connor"] {
            it.page.click(checkbox(format!("Select {name}"))).await?;
        }
        it.page.click(button("Delete…")).await?;
        it.page.fill(field("Type 2 to confirm"), "2").await?;
        locked.change("two");
        it.page.click(button("Delete 2 users")).await?;
        enter_token(it, "two").await?;
        it.page.see_no(dialog(ASKING)).await?;
        it.page.see_text_in(run(), "0 of 2 · paused").await?;
        it.page
            .see_text_in(run(), "The API did not accept the token.")
            .await?;
        assert_eq!(carried_out(it, "DELETE", DELETE)?, 0);
        it.page
            .click(button("Delete the remaining 2 users"))
            .await?;
        run_ended(it, "2 of 2").await?;
        assert_eq!(carried_out(it, "DELETE", DELETE)?, 2);
        Ok(())
    })
}

#[test]
fn a_token_entered_in_one_tab_lets_the_others_go_on_and_is_kept_where_the_old_one_was() -> Result<()>
{
    journey(async |it| {
        it.page.expect_in_console("401");
        let locked = Locked::start(it)?;
        connect_to_stay(it, &locked.server.url(), "one").await?;
        it.page.open("/domains/new").await?;
        it.page.fill(field("Domain"), "typed.acme.example").await?;
        it.page
            .fill(field("Contact email"), "web@acme.example")
            .await?;
        it.page.open_in_new_tab("/organisation").await?;
        it.page.see(title(ORGANISATION)).await?;
        locked.change("two");
        it.page.click(link("Operators")).await?;
        it.page.see(dialog(ASKING)).await?;
        it.page.switch_to_tab(0).await?;
        it.page.click(button("Add domain")).await?;
        it.page.see(dialog(ASKING)).await?;
        it.page.switch_to_tab(1).await?;
        enter_token(it, "two").await?;
        it.page.see(table("Operators")).await?;
        it.page.switch_to_tab(0).await?;
        it.page.see(title("Embed code")).await?;
        it.page.see_no(dialog(ASKING)).await?;
        for kept in [
            it.page.session_storage().await?["switchboard/1/connection"].clone(),
            it.page.local_storage().await?["switchboard/1/connections"].clone(),
        ] {
            assert!(kept.contains("\"token\":\"two\""), "{kept}");
            assert!(!kept.contains("\"token\":\"one\""), "{kept}");
        }
        Ok(())
    })
}

#[test]
fn a_token_of_another_organisation_does_not_go_on_with_what_waits() -> Result<()> {
    journey(async |it| {
        let locked = connected(it).await?;
        it.page.open("/domains/new").await?;
        it.page.fill(field("Domain"), "typed.acme.example").await?;
        it.page
            .fill(field("Contact email"), "web@acme.example")
            .await?;
        locked.change("two");
        it.page.click(button("Add domain")).await?;
        enter_token(it, ANOTHER).await?;
        let told = alert("This token belongs to Another Shop").within(dialog(ASKING));
        it.page.see(told.clone()).await?;
        enter_token(it, "two").await?;
        it.page.see(title("Embed code")).await?;

        locked.change("three");
        it.page.click(link("Operators")).await?;
        enter_token(it, ANOTHER).await?;
        it.page.see(told).await?;
        it.page.click(button("Switch to Another Shop")).await?;
        it.page.see_no(dialog(ASKING)).await?;
        it.page.see_text("Another Shop").await?;
        the_token_is_kept_in_the_tab_alone(it, ANOTHER).await
    })
}

const DELETE_DOMAIN: &str = "auth/addon/live_chat/domain/delete";
const SHOP: &str = "shop.acme.example";

/// Confirms the deletion of the domain, which the API refuses because the token has changed.
async fn delete_refused(it: &Journey, locked: &Locked, token: &str) -> Result<()> {
    it.page.open(&format!("/domains/{SHOP}")).await?;
    it.page.see(table("Operators on this domain")).await?;
    it.page.click(button("Delete domain")).await?;
    let typed = field(format!("Type {SHOP} to confirm"));
    it.page.fill(typed, SHOP).await?;
    locked.change(token);
    it.page.click(button("Delete domain")).await?;
    it.page.see(dialog(ASKING)).await
}

#[test]
fn a_deletion_that_waits_for_a_token_needs_a_press_in_its_own_tab() -> Result<()> {
    journey(async |it| {
        it.page.expect_in_console("401");
        let locked = Locked::start(it)?;
        connect_to_stay(it, &locked.server.url(), "one").await?;
        let again = || dialog("Do you still want this?");
        delete_refused(it, &locked, "two").await?;
        it.page.open_in_new_tab("/operators").await?;
        enter_token(it, "two").await?;
        it.page.see(table("Operators")).await?;

        // The tab in the background has the token, and asks again before it deletes.
        it.page.switch_to_tab(0).await?;
        it.page.see(again()).await?;
        dialog_is_described(it, "These changes waited for a token.").await?;
        let is_read = "return document.activeElement.textContent.startsWith('Delete the domain')";
        it.page.script_says(is_read).await?;
        assert_eq!(carried_out(it, "DELETE", DELETE_DOMAIN)?, 0);
        it.page.click(button(format!("Keep {SHOP}"))).await?;
        it.page.see_no(again()).await?;
        it.page
            .see(alert(format!("{SHOP} was not deleted")))
            .await?;
        assert!(it.sandbox.domain(SHOP)?.is_some());

        // Even in its own tab, entering a token is no confirmation.
        delete_refused(it, &locked, "three").await?;
        enter_token(it, "three").await?;
        it.page.see(again()).await?;
        assert_eq!(carried_out(it, "DELETE", DELETE_DOMAIN)?, 0);
        it.page.click(button(format!("Delete {SHOP} now"))).await?;
        it.page.arrive_at("/domains").await?;
        assert_eq!(carried_out(it, "DELETE", DELETE_DOMAIN)?, 1);
        Ok(())
    })
}

#[test]
fn a_disconnect_elsewhere_keeps_what_is_typed_until_there_is_a_token_again() -> Result<()> {
    journey(async |it| {
        it.page.expect_in_console("401");
        let locked = connected(it).await?;
        it.page.open("/domains/new").await?;
        it.page.fill(field("Domain"), "typed.acme.example").await?;
        it.page
            .fill(field("Contact email"), "web@acme.example")
            .await?;
        let here = it.page.whole_address().await?;
        let another = here.replace("/domains/new", "/settings");
        it.page.open_in_new_tab(&another).await?;
        it.page
            .click(button("Disconnect").within(region("Connections")))
            .await?;
        it.page.see(title("Connect")).await?;

        it.page.switch_to_tab(0).await?;
        let ended = || dialog("Disconnected in another tab");
        it.page.see(ended()).await?;
        it.page.press(Key::Escape).await?;
        it.page.press(Key::Escape).await?;
        it.page.see(ended()).await?;
        it.page.see_no_text("Contact email").await?;

        // After the other tab has connected again with another token, the form continues with it.
        locked.change("two");
        it.page.switch_to_tab(1).await?;
        it.page.fill(field("API token"), "two").await?;
        it.page.click(button("Connect")).await?;
        it.page.see(title("Settings")).await?;
        it.page.switch_to_tab(0).await?;
        it.page.see_no(ended()).await?;
        assert_eq!(
            it.page.value_of(field("Domain")).await?,
            "typed.acme.example"
        );

        // The same if the token is replaced on the page "Connect" without a "Disconnect".
        locked.change("three");
        it.page.switch_to_tab(1).await?;
        it.page.open("/connect").await?;
        connect_to(it, &locked.server.url(), "three").await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page.switch_to_tab(0).await?;
        it.page.click(button("Add domain")).await?;
        it.page.see(title("Embed code")).await?;
        it.page.see_no(dialog(ASKING)).await
    })
}
