//! The shared steps of the journeys.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{
    Answer, FakeApi, Journey, Page, Proxy, Response, button, checkbox, dialog, eventually, field,
    link, region, title,
};

/// The demo's organisation.
pub const ORGANISATION: &str = "Acme Outfitters";

/// The path of endpoint 6, which adds domains.
pub const ADD_DOMAIN: &str = "auth/addon/live_chat/domain/add";

/// Fills the storage except for this number of characters, by bisection for speed.
pub const FILL: &str = "let size = 4_000_000, rest = '';
    while (size >= 1) {
        try { localStorage.setItem('filler', rest + 'x'.repeat(size)); rest += 'x'.repeat(size); }
        catch { size = Math.floor(size / 2); }
    }
    localStorage.setItem('filler', rest.slice(arguments[0]));
    return rest.length";

/// Returns whether the browser would ask before it closes the page.
pub const ASKS: &str = "const leaving = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(leaving);
    return leaving.defaultPrevented";

/// Opens a path of the panel, and connects to the sandbox on the page "Connect", to which a user without a connection
/// is redirected.
pub async fn enter(it: &Journey, path: &str) -> Result<()> {
    it.page.open(path).await?;
    it.page.click(button("Open the sandbox")).await?;
    it.page.see_no(title("Connect")).await
}

/// Fills in the form of the page "Connect", and submits it.
pub async fn connect_to(it: &Journey, base_url: &str, token: &str) -> Result<()> {
    it.page.fill(field("API base URL"), base_url).await?;
    it.page.fill(field("API token"), token).await?;
    it.page.click(button("Connect")).await
}

/// Connects on the page "Connect", and saves the connection on this device.
pub async fn connect_to_stay(it: &Journey, base_url: &str, token: &str) -> Result<()> {
    it.page.open("/connect").await?;
    it.page
        .click(checkbox("Keep me connected on this device"))
        .await?;
    connect_to(it, base_url, token).await?;
    it.page.see(title(ORGANISATION)).await
}

/// Fills in the form of the page "Add domain", and submits it.
pub async fn add_domain(it: &Journey, domain: &str, email: &str) -> Result<()> {
    it.page.fill(field("Domain"), domain).await?;
    it.page.fill(field("Contact email"), email).await?;
    it.page.click(button("Add domain")).await
}

/// Renames the domain of the current page, and confirms it.
pub async fn rename(it: &Journey, to: &str) -> Result<()> {
    it.page.fill(field("New domain name"), to).await?;
    it.page.click(button("Rename")).await?;
    confirm_rename(it).await
}

/// Confirms a rename in its dialog.
pub async fn confirm_rename(it: &Journey) -> Result<()> {
    let asked = dialog("Rename domain");
    it.page.click(button("Rename").within(asked)).await
}

/// Waits until the API has received this number of calls to add a domain: the steps before a call take time.
pub async fn additions_arrived(it: &Journey, calls: usize) -> Result<()> {
    eventually(async || {
        let arrived = it.sandbox.count("POST", ADD_DOMAIN)?;
        ensure!(arrived == calls, "{arrived} calls have arrived");
        Ok(())
    })
    .await
}

/// Returns the record of a domain in this browser's `localStorage`.
pub async fn record_of(it: &Journey, domain: &str) -> Result<Option<Value>> {
    record_in(&it.page, domain).await
}

/// Returns the record of a domain in another browser.
pub async fn record_in(page: &Page, domain: &str) -> Result<Option<Value>> {
    let storage = page.local_storage().await?;
    // Each code also has its own key, where it stays after another one has replaced it: the domain's record says
    // which is current.
    let (records, codes): (Vec<_>, Vec<_>) = storage
        .iter()
        .partition(|(key, _)| key.starts_with("switchboard/1/domain/"));
    let mut all = records
        .into_iter()
        .chain(codes)
        .filter_map(|(_, text)| serde_json::from_str::<Value>(text).ok());
    Ok(all.find(|record| record["name"] == domain))
}

/// Returns the code in the reference's form: `link`, a line feed, `socketLink`, on the called host.
pub fn code_of(base_url: &str, domain: &str) -> String {
    format!(
        "<script src=\"{base_url}widget.js?domain={domain}\" async></script>\n<script src=\"{base_url}socket.js\"></script>"
    )
}

/// Waits until the open dialog is described by a text with these words, which screen readers read when it opens.
pub async fn dialog_is_described(it: &Journey, words: &str) -> Result<()> {
    let script = format!(
        "const described = (one) => document.getElementById(one.getAttribute('aria-describedby'));
        return [...document.querySelectorAll('dialog[open]')].some((one) => described(one)?.textContent.includes({}))",
        serde_json::to_string(words)?
    );
    it.page.script_says(&script).await.map(drop)
}

/// Connects through a proxy that can intercept calls.
pub async fn through_a_relay(it: &Journey) -> Result<Proxy> {
    // Browsers log every failed request.
    it.page.expect_in_console("Failed to load resource");
    let proxy = Proxy::start(&it.sandbox)?;
    it.page.open("/connect").await?;
    connect_to(it, &proxy.url(), it.sandbox.token()).await?;
    it.page.see(title(ORGANISATION)).await?;
    Ok(proxy)
}

/// Returns an operator's assignment to a domain from the API (endpoint 13).
pub fn assignment(it: &Journey, domain: &str, email: &str) -> Result<Option<Value>> {
    let list = format!("auth/addon/live_chat/domain/operator/list?domain={domain}");
    let answer = it.sandbox.ask("GET", &list, &Value::Null)?;
    let all = answer["message"].as_array().context("a list")?.clone();
    Ok(all.into_iter().find(|one| one["email"] == email))
}

/// Returns whether an operator is active in the live chat addon, according to the API (endpoint 3).
pub fn live_chat(it: &Journey, email: &str) -> Result<bool> {
    let get = format!("auth/addon/live_chat/operator/get?email={email}");
    let answer = it.sandbox.ask("GET", &get, &Value::Null)?;
    Ok(answer["message"]["addOns"][0]["status"] == 1)
}

/// Returns whether the addon is on, by address (endpoint 4). Null if it was never set up.
pub fn addons(it: &Journey) -> Result<Vec<(String, Value)>> {
    let answer = it
        .sandbox
        .ask("GET", "auth/addon/live_chat/operator/list", &Value::Null)?;
    let all = answer["message"].as_array().cloned().unwrap_or_default();
    let addon = |one: &Value| {
        let email = one["email"].as_str().unwrap_or_default().to_owned();
        (email, one["addOns"][0]["status"].clone())
    };
    Ok(all.iter().map(addon).collect())
}

/// Looks a domain up on the page "Domains", and sees that it is in the list.
pub async fn look_up(it: &Journey, domain: &str) -> Result<()> {
    it.page.fill(field("Domain name"), domain).await?;
    it.page.click(button("Look up")).await?;
    it.page.see(link(domain)).await
}

/// Makes `site-2.many.example` and so on known to this browser, in the form of `site-1.many.example`.
pub async fn know_more(it: &Journey, up_to: usize) -> Result<()> {
    let script =
        "const key = Object.keys(localStorage).find((key) => key.endsWith(' site-1.many.example'));
        for (let number = 2; number <= arguments[0]; number += 1) {
            const other = (text) => text.replace('site-1.many', `site-${number}.many`);
            localStorage.setItem(other(key), other(localStorage.getItem(key)));
        }";
    it.page.script(script, &[json!(up_to)]).await.map(drop)
}

/// Records the files that the page saves from now on.
pub async fn watch_downloads(it: &Journey) -> Result<()> {
    let script = "window.saved = [];
        const blobs = new Map(), make = URL.createObjectURL, click = HTMLAnchorElement.prototype.click;
        URL.createObjectURL = (blob) => { const url = make.call(URL, blob); blobs.set(url, blob); return url; };
        HTMLAnchorElement.prototype.click = function () {
            if (this.download) window.saved.push([this.download, blobs.get(this.href)]);
            click.call(this);
        }";
    it.page.script(script, &[]).await?;
    Ok(())
}

/// Returns name and text of each file that the page saved, with its byte order mark.
pub async fn downloads(it: &Journey) -> Result<Vec<(String, String)>> {
    let script = "const text = async (blob) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(await blob.arrayBuffer());
        return Promise.all(window.saved.map(async ([name, blob]) => [name, await text(blob)]))";
    let saved = it.page.script(script, &[]).await?;
    Ok(serde_json::from_value(saved)?)
}

/// Gives the page a file with this name and content, as its chooser would.
pub async fn choose_file(it: &Journey, id: &str, name: &str, bytes: &[u8]) -> Result<()> {
    let script = "const [id, name, bytes] = arguments, data = new DataTransfer(), input = document.getElementById(id);
        data.items.add(new File([new Uint8Array(bytes)], name));
        input.files = data.files;
        input.dispatchEvent(new Event('change', { bubbles: true }))";
    let arguments = [id.into(), name.into(), bytes.into()];
    it.page.script(script, &arguments).await?;
    Ok(())
}

/// A barrier that holds calls back until it is opened.
#[derive(Default)]
pub struct Barrier {
    open: Mutex<bool>,
    changed: Condvar,
}

impl Barrier {
    fn wait(&self) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let _open = self.changed.wait_while(open, |open| !*open);
    }

    /// Lets everything through from now on.
    pub fn open(&self) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.changed.notify_all();
    }
}

/// Connects through a server that forwards every call. A barrier holds back the answers to those with this method and
/// path.
pub async fn through_a_barrier(
    it: &Journey,
    method: &str,
    path: &str,
) -> Result<(FakeApi, Arc<Barrier>)> {
    let barrier = Arc::new(Barrier::default());
    let (theirs, address) = (Arc::clone(&barrier), it.sandbox.address().to_owned());
    let (method, path) = (method.to_owned(), format!("/{path}"));
    let server = FakeApi::start(move |request| {
        let answer = request
            .send(&address)
            .unwrap_or_else(|error| Response::new(502, "text/plain", format!("{error:#}")));
        if request.method == method && request.path() == path {
            theirs.wait();
        }
        Answer::Say(answer)
    })?;
    it.page.open("/connect").await?;
    connect_to(it, &server.url(), it.sandbox.token()).await?;
    it.page.see(title(ORGANISATION)).await?;
    Ok((server, barrier))
}

/// Waits until the first run of the bar has ended, with this count. The count alone does not tell: while a run checks
/// before it sends, its bar counts the checks, too.
pub async fn run_ended(it: &Journey, count: &str) -> Result<()> {
    let bar = region("Bulk run");
    it.page.see_text_in(bar.clone(), count).await?;
    it.page.see(button("Close").within(bar)).await
}

/// Waits until no switch is busy: a click on a busy one would be ignored.
pub async fn switches_rest(it: &Journey) -> Result<()> {
    let script = "return !document.querySelector('[role=switch][aria-busy]')";
    it.page.script_says(script).await?;
    Ok(())
}
