//! The token: after every action in the panel it is where it has to be, and nowhere else.

use anyhow::{Result, ensure};
use serde_json::Value;
use switchboard_e2e::{
    Answer, FakeApi, Interception, Journey, Key, Proxy, Request, Response, alert, button, dialog,
    eventually, field, journey, link, region, table, title,
};

use crate::activity::open_activity;
use crate::steps::{ORGANISATION, add_domain, connect_to, enter};

const ORGANISATION_CALL: &str = "auth/organisation";
const ADD_OPERATOR: &str = "auth/addon/live_chat/operator/add";

/// The key of this tab's connection.
const KEPT: &str = "switchboard/1/connection";

/// Returns every place in the tab that contains the token, except the one where it has to be.
const SEARCH: &str = "const [token, kept] = arguments, found = [];
    const look = (place, text) => { if (String(text).includes(token)) found.push(place); };
    look('the document', document.documentElement.outerHTML);
    for (const field of document.querySelectorAll('input, textarea, select')) look(`the field ${field.id}`, field.value);
    look('the address', location.href);
    look('the title', document.title);
    look('the state of the history', JSON.stringify(history.state));
    look('the name of the window', window.name);
    look('the referrer', document.referrer);
    look('a cookie', document.cookie);
    for (const entry of performance.getEntries()) look(`a request to ${entry.name}`, entry.name);
    for (const [area, storage] of [['local', localStorage], ['session', sessionStorage]])
        for (const [key, value] of Object.entries(storage)) if (!(area === 'session' && key === kept)) look(`the ${area} storage: ${key}`, key + value);
    for (const name of await window.caches?.keys() ?? []) for (const request of await (await caches.open(name)).keys()) {
        const response = await caches.match(request, { cacheName: name });
        const all = [request.url, ...request.headers, ...response.headers, await response.text()];
        look(`the cache ${name}: ${request.url}`, all.join(' '));
        if (new URL(request.url).pathname.startsWith('/auth')) found.push(`an answer of the API: ${request.url}`);
    }
    return found";

/// Asserts that the tab contains the token only where it has to be.
async fn nowhere(it: &Journey, at: &str) -> Result<()> {
    let arguments = [Value::from(it.sandbox.token()), Value::from(KEPT)];
    let search = format!(
        "return (async (...args) => {{ {} }})(...arguments)",
        SEARCH.replace("arguments", "args")
    );
    let found = it.page.script(&search, &arguments).await?;
    for (key, text) in it.page.databases().await? {
        clean(
            it,
            &format!("{at}: the database: {key}"),
            &format!("{key}{text}"),
        );
    }
    ensure!(
        found.as_array().is_some_and(Vec::is_empty),
        "{at}: the token is in {found}"
    );
    Ok(())
}

/// Asserts that the text does not contain the token.
fn clean(it: &Journey, what: &str, text: &str) {
    assert!(!text.contains(it.sandbox.token()), "{what}: {text}");
}

/// Asserts that every request has the token in its own header, and nowhere else.
fn in_its_header_alone(it: &Journey, requests: &[Request]) {
    assert!(!requests.is_empty());
    for request in requests {
        let own = |(name, value): &&(String, String)| {
            name.eq_ignore_ascii_case("api_token") && value == it.sandbox.token()
        };
        let asks_for_life = request.target == "/";
        let count = request.headers.iter().filter(own).count();
        assert_eq!(count, usize::from(!asks_for_life), "{request:?}");
        let rest = request.headers.iter().filter(|header| !own(header));
        clean(it, "a header", &format!("{:?}", rest.collect::<Vec<_>>()));
        clean(it, "an address", &request.target);
        clean(it, "a body", &String::from_utf8_lossy(&request.body));
        for never in ["referer", "cookie", "authorization"] {
            let is_there = request
                .headers
                .iter()
                .any(|(name, _)| name.eq_ignore_ascii_case(never));
            assert!(!is_there, "{never}: {request:?}");
        }
    }
}

#[test]
fn after_every_page_and_every_action_the_token_is_nowhere_else() -> Result<()> {
    journey(async |it| {
        it.page.expect_in_console("Failed to load resource");
        // Two servers in between: one sees every request for the page, the other every call.
        let front = Proxy::start(&it.sandbox)?;
        let api = Proxy::start(&it.sandbox)?;
        let at = |path: &str| format!("{}{}", front.url(), path.trim_start_matches('/'));
        it.page.open(&at("/connect")).await?;
        connect_to(it, &api.url(), it.sandbox.token()).await?;
        it.page.see(title(ORGANISATION)).await?;
        nowhere(it, "connected").await?;

        // Answers that echo the token, as words, inside JSON and percent-encoded.
        let token = it.sandbox.token();
        let echo =
            format!("<p>Request: api_token: {token} ?api_token={token} {{\"t\":\"{token}\"}}");
        let answer = Response::new(500, "text/html", echo.clone());
        api.intercept(
            "GET",
            ORGANISATION_CALL,
            Interception::Answer(Answer::Say(answer)),
        );
        it.page.open(&at("/organisation")).await?;
        it.page
            .see(alert("The organisation could not be loaded"))
            .await?;
        nowhere(it, "an error that says it back").await?;
        api.clear_rules();

        it.page.open(&at("/operators")).await?;
        it.page.see(table("Operators")).await?;
        let refusal = serde_json::json!({ "status": 0, "type": "error", "message": echo });
        let refusal = Response::new(401, "application/json", refusal.to_string());
        api.intercept(
            "POST",
            ADD_OPERATOR,
            Interception::Answer(Answer::Say(refusal)),
        );
        it.page.click(button("Add operator")).await?;
        it.page.see(dialog("Add operator")).await?;
        it.page.fill(field("Name"), "Ada").await?;
        it.page.fill(field("Email"), "new@acme.example").await?;
        it.page.click(button("Add operator")).await?;
        it.page
            .see(dialog("The token is no longer accepted"))
            .await?;
        nowhere(it, "asking for another one").await?;
        it.page.click(button("Not now")).await?;
        it.page.see(alert("[redacted]")).await?;
        nowhere(it, "a refusal that says it back").await?;
        api.clear_rules();
        it.page
            .click(button("Add operator").within(dialog("Add operator")))
            .await?;
        it.page.see_no(dialog("Add operator")).await?;
        let list = it.page.download(button("Export CSV")).await?;
        clean(it, "the list", &list.text);
        clean(it, "the list's name", &list.name);

        // The calls of this page, with both failed ones expanded, and as a command.
        open_activity(it).await?;
        it.page.see(table("Calls")).await?;
        it.page
            .script("for (const one of document.querySelectorAll('main [aria-expanded=false]')) one.click()", &[])
            .await?;
        it.page.see_text("[redacted]").await?;
        nowhere(it, "the calls").await?;
        it.page.click(field("Writes")).await?;
        // The rows change only after the press.
        it.page.see_no_text("GET auth/").await?;
        it.page
            .script("[...document.querySelectorAll('button')].find((one) => one.innerText.includes('Copy as cURL')).focus()", &[])
            .await?;
        it.page.press(Key::Enter).await?;
        it.page.see_text_in(table("Calls"), "Copied").await?;
        clean(it, "the command", &it.page.clipboard().await?);

        it.page.open(&at("/domains/new")).await?;
        add_domain(it, "kept.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.click(button("Copy both")).await?;
        it.page.see_text("Copied").await?;
        clean(it, "the code", &it.page.clipboard().await?);
        let file = it.page.download(button("Download")).await?;
        clean(it, "the code's file", &file.text);
        it.page.see(link("E-mail to a developer")).await?;
        nowhere(it, "the embed code and the draft of a mail").await?;

        it.page.open(&at("/settings")).await?;
        it.page.see(region("Workspace")).await?;
        let workspace = it.page.download(button("Export workspace")).await?;
        clean(it, "the workspace", &workspace.text);
        for path in [
            "/",
            "/organisation",
            "/operators?q=ada",
            "/operators/grace%40acme.example",
            "/domains",
            "/domains/shop.acme.example",
            "/activity",
            "/settings",
            "/no/such/page",
            "/connect",
        ] {
            it.page.open(&at(path)).await?;
            it.page.see(switchboard_e2e::main_area()).await?;
            nowhere(it, path).await?;
        }

        for request in front.seen() {
            clean(
                it,
                "a request for the page",
                &format!("{request:?}{}", String::from_utf8_lossy(&request.body)),
            );
            let referer = request
                .headers
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case("referer"));
            // A check for a newer worker names the worker itself (Chromium) or its origin (WebKitGTK), whatever the
            // policy is; no other request has a referrer.
            let own = [front.url(), format!("{}sw.js", front.url())];
            let is_update =
                request.target == "/sw.js" && referer.is_some_and(|(_, it)| own.contains(it));
            assert!(referer.is_none() || is_update, "{request:?}");
        }
        in_its_header_alone(it, &api.seen());
        clean(it, "the console", &it.page.console_text().await);
        clean(it, "the sandbox's words", &it.sandbox.said());
        clean(
            it,
            "the sandbox's log",
            &format!("{:?}", it.sandbox.calls()?),
        );
        Ok(())
    })
}

#[test]
fn no_redirect_takes_the_token_to_another_origin() -> Result<()> {
    journey(async |it| {
        it.page.expect_in_console("Failed to load resource");
        let elsewhere =
            FakeApi::start(|_| Answer::Say(Response::new(200, "text/plain", "thanks")))?;
        let api = Proxy::start(&it.sandbox)?;
        it.page.open("/connect").await?;
        for status in [301, 302, 303, 307, 308] {
            let mut redirect = Response::new(status, "text/plain", "");
            let there = format!("{}{ORGANISATION_CALL}", elsewhere.url());
            redirect.headers.push(("Location".to_owned(), there));
            api.intercept(
                "GET",
                ORGANISATION_CALL,
                Interception::Answer(Answer::Say(redirect)),
            );
            let before = api.count("GET", ORGANISATION_CALL);
            connect_to(it, &api.url(), it.sandbox.token()).await?;
            eventually(async || {
                let now = api.count("GET", ORGANISATION_CALL);
                ensure!(now > before, "It was not asked");
                Ok(())
            })
            .await?;
            it.page.see(button("Connect")).await?;
            it.page.see(title("Connect")).await?;
        }
        api.clear_rules();
        connect_to(it, &api.url(), it.sandbox.token()).await?;
        it.page.see(title(ORGANISATION)).await?;
        let mut redirect = Response::new(307, "text/plain", "");
        let there = format!("{}{ADD_OPERATOR}", elsewhere.url());
        redirect.headers.push(("Location".to_owned(), there));
        api.intercept(
            "POST",
            ADD_OPERATOR,
            Interception::Answer(Answer::Say(redirect)),
        );
        it.page.open("/operators").await?;
        it.page.click(button("Add operator")).await?;
        it.page.fill(field("Name"), "Ada").await?;
        it.page.fill(field("Email"), "new@acme.example").await?;
        it.page.click(button("Add operator")).await?;
        // It is looked up, as after any answer without information.
        eventually(async || {
            let looked = api.count("GET", "auth/addon/live_chat/operator/get");
            ensure!(looked > 0, "It was not looked up");
            Ok(())
        })
        .await?;
        assert_eq!(elsewhere.seen().len(), 0, "{:?}", elsewhere.seen());
        assert_eq!(api.count("POST", ADD_OPERATOR), 1);
        Ok(())
    })
}

#[test]
fn disconnecting_in_one_tab_takes_the_token_out_of_every_tab() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.see(table("Operators")).await?;
        // No organisation in the address: the only one that is open.
        it.page.open_in_new_tab("/domains").await?;
        it.page.see(title("Domains")).await?;
        // A tab of another organisation is not affected.
        let other = Proxy::start(&it.sandbox)?;
        it.page.open_in_new_tab("/connect").await?;
        connect_to(it, &other.url(), it.sandbox.token()).await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page.switch_to_tab(1).await?;
        it.page.click(button("Disconnect")).await?;
        it.page.see(title("Connect")).await?;
        it.page.switch_to_tab(0).await?;
        it.page.see(dialog("Disconnected in another tab")).await?;
        for tab in [0, 1] {
            it.page.switch_to_tab(tab).await?;
            assert!(!it.page.session_storage().await?.contains_key(KEPT));
            nowhere(it, "disconnected").await?;
        }
        it.page.switch_to_tab(0).await?;
        it.page.click(button("Leave")).await?;
        it.page.see(title("Connect")).await?;
        it.page.switch_to_tab(1).await?;
        it.page.reload().await?;
        it.page.see(title("Connect")).await?;
        it.page.switch_to_tab(2).await?;
        it.page.reload().await?;
        it.page.see(title(ORGANISATION)).await
    })
}
