//! The truth beside the verdicts of "Check the installation": what Chromium does with each page of the model's table.

use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, ensure};
use switchboard_e2e::{Answer, Browser, FakeApi, Journey, Request, Response, journey};

use self::table_pages::{HOST, pages};

#[path = "../../../../crates/model/tests/embed/table_pages.rs"]
mod table_pages;

/// `link`: notes that it runs, and whether it reaches its host.
const LINK: &str = "(window.seen ??= []).push('link');
    window.pending = (window.pending ?? 0) + 1;
    fetch('{origin}/status', { mode: 'no-cors' }).then(() => seen.push('fetch'), () => {}).finally(() => pending--);";

/// `socketLink`: notes that it runs, and whether it may open a web socket. A policy that forbids one is reported as an event.
const SOCKET: &str = "(window.seen ??= []).push('socketLink');
    window.pending = (window.pending ?? 0) + 1;
    {
      let is_over = false;
      const end = (words) => { if (!is_over) { is_over = true; seen.push(...words); pending--; } };
      addEventListener('securitypolicyviolation', (event) => { if (event.blockedURI.startsWith('ws:')) end([]); });
      const socket = new WebSocket('{origin}/socket'.replace('http:', 'ws:'));
      socket.onclose = () => end(['ws']);
      socket.close();
    }";

/// The code of another domain.
const OTHER: &str = "(window.seen ??= []).push('other');";

#[test]
fn chromium_does_with_each_page_what_the_table_says() -> Result<()> {
    journey(async |it| {
        // The truth of the table is that of one engine.
        if it.settings.browser != Browser::Chromium {
            return Ok(());
        }
        let chat = || FakeApi::without_cors(|request| Answer::Say(chat_answer(request)));
        let chats = [
            chat()?,
            FakeApi::start(|request| Answer::Say(chat_answer(request)))?,
        ];
        let html = Arc::new(Mutex::new(String::new()));
        let served = Arc::clone(&html);
        let website =
            FakeApi::without_cors(move |request| match request.path().strip_prefix("/page-") {
                Some(_) => Answer::Say(Response::new(
                    200,
                    "text/html; charset=utf-8",
                    served.lock().map(|html| html.clone()).unwrap_or_default(),
                )),
                None => Answer::Say(Response::new(404, "text/plain", "")),
            })?;
        let mut wrong = Vec::new();
        for (at, page) in pages().iter().enumerate() {
            let chat = &chats[usize::from(page.allows_cors)];
            if let Ok(mut html) = html.lock() {
                *html = page.html(port(chat)?);
            }
            let seen = what_runs(it, &format!("{}page-{at}", website.url())).await?;
            if seen != page.runs {
                let (name, runs, says) = (page.name, page.runs, page.says);
                wrong.push(format!("{name} ({says}): {seen}\n  not: {runs}"));
            }
        }
        // What the pages ask for in vain is in the console too.
        it.page.take_console_errors().await?;
        ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
        Ok(())
    })
}

/// Loads a page, with all its scripts, and returns what ran, in alphabetical order.
async fn what_runs(it: &Journey, url: &str) -> Result<String> {
    it.page.open(url).await?;
    let seen = "return document.readyState === 'complete' && !window.pending && '=' + (window.seen ?? []).sort().join(' ')";
    let seen = it
        .page
        .script_says(seen)
        .await
        .with_context(|| url.to_owned())?;
    let seen = seen.as_str().context("a text")?;
    Ok(seen.trim_start_matches('=').to_owned())
}

/// The answer of the chat's server. It knows its address from the request.
fn chat_answer(request: &Request) -> Response {
    let is_own = request.target.contains("?domain=shop.example&v=2");
    let script = match request.path() {
        "/widget.js" if is_own => LINK,
        "/widget.js" => OTHER,
        "/socket.js" => SOCKET,
        "/status" => "",
        _ => return Response::new(404, "text/plain", ""),
    };
    let host = request
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("host"));
    let port = host
        .and_then(|(_, host)| host.rsplit_once(':'))
        .map_or("", |(_, port)| port);
    let script = script.replace("{origin}", &format!("http://{HOST}:{port}"));
    Response::new(200, "text/javascript; charset=utf-8", script)
}

fn port(server: &FakeApi) -> Result<u16> {
    let url = server.url();
    let (_, port) = url
        .trim_end_matches('/')
        .rsplit_once(':')
        .context("a port")?;
    Ok(port.parse()?)
}
