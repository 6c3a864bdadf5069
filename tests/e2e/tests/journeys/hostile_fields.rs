//! Every text in the API's answers, made as hostile as possible: it is shown as text, nothing is executed, the layout
//! holds.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{
    Answer, Interception, Journey, Response, Size, button, dialog, eventually, field, journey,
    switch_on, table, title,
};

use crate::steps::{add_domain, through_a_relay};

const ORGANISATION: &str = "auth/organisation";
const ADDON: &str = "auth/addon/live_chat/";

/// The text after the name of each field. Each part alone would do harm if the text were taken for something else.
const NASTY: &str = "</title></textarea><script>window.broken = 1</script><img src=nowhere onerror=\"window.broken = 2\">\
    \" onfocus=\"window.broken = 3\" autofocus x=\" '><svg onload=window.broken=4> javascript:window.broken=5// \
    data:text/html,<script>window.broken=6</script> {{constructor.constructor('window.broken=7')()}} ${window.broken=8} \
    \u{202e}txt.exe\u{202c} \u{2066}\u{2067} \u{200b}\u{200d}\u{feff}\u{ad} \u{0}\u{7}\u{1b}[31m \r\n\t %00%0d%0a &lt;b&gt; \u{1F468}\u{200D}\u{1F469}";

/// The placeholder for a lone surrogate until the answer is serialized: no JSON value can contain one.
const HALF: &str = "@@half@@";

/// The length of a name that is meant to break the layout. It contains no opportunity for a line break.
const LONG: usize = 100_000;

/// Returns the content of a field: its name first, so that it can be found on the page.
type Fill = fn(&str) -> String;

fn nasty(field: &str) -> String {
    format!("<{field}>{NASTY}{HALF}")
}

fn long(field: &str) -> String {
    format!("<{field}>{}", "W".repeat(LONG))
}

/// Returns a success with this payload, which contains lone surrogates.
fn success(message: &Value) -> Interception {
    answer(json!({ "status": 1, "type": "Success", "message": message }))
}

fn refusal(message: &Value) -> Interception {
    answer(json!({ "status": 0, "type": "error", "message": message }))
}

fn answer(envelope: Value) -> Interception {
    let body = envelope.to_string().replace(HALF, "\\ud800 \\udfff");
    Interception::Answer(Answer::Say(Response::new(200, "application/json", body)))
}

/// Returns the reads with their answers.
fn reads(fill: Fill) -> [(&'static str, Value); 5] {
    let one = |name: &str| Value::from(fill(name));
    let operator = |name: &str| {
        json!({ "name": { "firstName": fill(&format!("{name}.first")), "lastName": fill(&format!("{name}.last")) },
            "email": fill(&format!("{name}.email")), "status": fill(&format!("{name}.status")), "active": fill(&format!("{name}.active")),
            "operator": true, "addOns": [{ "status": fill(&format!("{name}.addon")) }] })
    };
    let assignment = |name: &str| {
        json!({ "name": { "firstName": fill(&format!("{name}.first")), "lastName": fill(&format!("{name}.last")) },
            "email": fill(&format!("{name}.email")), "userId": fill("userId"), "isAdmin": fill("isAdmin"), "chatStatus": fill("chatStatus"), "active": fill("active") })
    };
    [
        (
            ORGANISATION,
            json!({
                "status": one("org.status"), "dummyDomain": one("org.dummy"), "name": one("org.name"), "email": one("org.email"),
                "access": [{ "role": one("access.role"), "status": one("access.status"), "permission": [one("access.permission")], "name": one("access.name"), "email": one("access.email") }],
                "plan": [{ "name": one("plan.name"), "price": one("plan.price"), "features": [one("plan.feature"), { "k": one("plan.deep") }], "subscriptionID": one("plan.subscription") }],
                "addon": [{ "name": one("addon.name"), "uniqueName": one("addon.unique"), "subscriptionID": one("addon.subscription"), "status": one("addon.status"),
                    "plan": one("addon.plan"), "uvdeskConfig": { "k": one("addon.uvdesk") }, "schedulerConfig": [one("addon.scheduler")],
                    "accessToken": one("secret.access"), "refreshToken": one("secret.refresh") }],
            }),
        ),
        ("operator/list", json!([operator("list")])),
        ("operator/get", {
            let mut one = operator("get");
            one["name"] = fill("get.name").into();
            one
        }),
        (
            "domain/get",
            json!({ "name": one("domain.name"), "email": one("domain.email"), "status": one("domain.status"), "addonUniqueName": one("domain.addon"), "operators": [assignment("inside")] }),
        ),
        ("domain/operator/list", json!([assignment("assigned")])),
    ]
}

/// The pages, and the fields that they have to show.
const PAGES: [(&str, &[&str]); 5] = [
    (
        "/organisation",
        &[
            "org.name",
            "org.email",
            "org.status",
            "access.role",
            "access.status",
            "access.permission",
            "access.name",
            "access.email",
            "plan.name",
            "plan.price",
            "plan.feature",
            "plan.deep",
            "plan.subscription",
            "addon.name",
            "addon.subscription",
            "addon.status",
            "addon.plan",
            "addon.uvdesk",
            "addon.scheduler",
        ],
    ),
    (
        "/operators",
        &["list.first", "list.last", "list.email", "list.status"],
    ),
    (
        "/operators/grace%40acme.example",
        &["get.name", "get.status"],
    ),
    (
        "/domains/shop.acme.example",
        &["assigned.first", "assigned.last", "assigned.email"],
    ),
    ("/domains", &[]),
];

fn path_of(read: &str) -> String {
    if read == ORGANISATION {
        read.to_owned()
    } else {
        format!("{ADDON}{read}")
    }
}

/// Asserts that nothing was executed or became an element, and that the page needs no horizontal scrolling.
async fn holds(it: &Journey, at: &str) -> Result<()> {
    let script = "return [window.broken ?? null,
        document.querySelectorAll('img, iframe, object, embed, base, main script, svg[onload], [onerror], [onfocus], [autofocus], [href^=\"javascript:\" i], [src^=\"data:\"], [href^=\"data:\"]').length,
        document.head.querySelectorAll('script:not([src])').length]";
    let found = it.page.script(script, &[]).await?;
    ensure!(found == json!([null, 0, 0]), "{at}: {found}");
    for size in [Size::TELEPHONE, Size::DESK] {
        it.page.resize(size).await?;
        it.page
            .fits_the_width()
            .await
            .with_context(|| format!("{at} at {} px", size.width))?;
    }
    Ok(())
}

/// Asserts that each field is on the page, in an element that isolates its text direction.
async fn shows(it: &Journey, fields: &[&str]) -> Result<()> {
    // All at once and without layout, because a hundred thousand letters take long to select.
    let script = "const [fields] = arguments, walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), open = new Set(fields), loose = [];
        while (walk.nextNode()) for (const field of fields) if (walk.currentNode.data.includes(`<${field}>`)) {
            const isolate = ['isolate', 'isolate-override', 'plaintext'];
            const block = ['block', 'list-item', 'table-cell', 'inline-block', 'flex', 'grid', 'inline-flex', 'inline-grid', 'table-caption'];
            const style = getComputedStyle(walk.currentNode.parentElement);
            if (isolate.includes(style.unicodeBidi) || block.includes(style.display)) open.delete(field); else loose.push(field);
        }
        return [[...open].filter((field) => !loose.includes(field)), loose.filter((field) => open.has(field))]";
    eventually(async || {
        let missing = it.page.script(script, &[json!(fields)]).await?;
        ensure!(
            missing == json!([[], []]),
            "not shown, and not isolated: {missing}"
        );
        Ok(())
    })
    .await
}

async fn every_read(it: &Journey, fill: Fill) -> Result<()> {
    let proxy = through_a_relay(it).await?;
    it.page.open("/domains/shop.acme.example").await?;
    it.page.see(title("shop.acme.example")).await?;
    for (read, message) in reads(fill) {
        proxy.intercept("GET", &path_of(read), success(&message));
    }
    it.page.end_assistive_technology()?;
    for (path, fields) in PAGES {
        it.page.open(path).await?;
        it.page
            .script_says("return document.querySelector('main') !== null")
            .await?;
        shows(it, fields).await.with_context(|| path.to_owned())?;
        holds(it, path).await?;
    }
    Ok(())
}

#[test]
fn markup_bidi_controls_and_broken_characters_in_every_field_are_text_and_the_layout_holds()
-> Result<()> {
    journey(async |it| every_read(it, nasty).await)
}

#[test]
fn a_hundred_kilobytes_in_every_field_do_not_burst_the_page() -> Result<()> {
    journey(async |it| every_read(it, long).await)
}

/// The writes, each refused with hostile messages: as a text, or field by field.
const WRITES: [(&str, &str, &str); 9] = [
    ("POST", "addon/live_chat/operator/add", "/operators"),
    (
        "PUT",
        "addon/live_chat/operator/update",
        "/operators/grace%40acme.example",
    ),
    ("POST", "addon/live_chat/domain/add", "/domains/new"),
    (
        "PUT",
        "addon/live_chat/domain/update",
        "/domains/shop.acme.example",
    ),
    (
        "DELETE",
        "addon/live_chat/domain/delete",
        "/domains/shop.acme.example",
    ),
    (
        "POST",
        "addon/live_chat/domain/operator/add",
        "/domains/wholesale.acme.example",
    ),
    (
        "PUT",
        "addon/live_chat/domain/operator/update",
        "/domains/shop.acme.example",
    ),
    (
        "PUT",
        "addon/live_chat/domain/operator/remove",
        "/domains/shop.acme.example",
    ),
    ("DELETE", "user/delete", "/operators/grace%40acme.example"),
];

/// Does what sends this write on the page.
async fn send(it: &Journey, method: &str, path: &str) -> Result<()> {
    match (method, path.rsplit("live_chat/").next().unwrap_or_default()) {
        (_, "operator/add") => {
            it.page.click(button("Add operator")).await?;
            it.page.fill(field("Name"), "Ada").await?;
            it.page.fill(field("Email"), "new@acme.example").await?;
            it.page.click(button("Add operator")).await
        }
        (_, "operator/update") => it.page.click(switch_on("Live chat addon")).await,
        (_, "domain/add") => add_domain(it, "new.acme.example", "web@acme.example").await,
        (_, "domain/update") => it.page.click(switch_on("Active")).await,
        (_, "domain/delete") => {
            it.page.click(button("Delete domain")).await?;
            let typed = field("Type shop.acme.example to confirm");
            it.page.fill(typed, "shop.acme.example").await?;
            it.page.click(button("Delete domain")).await
        }
        (_, "domain/operator/add") => {
            it.page.click(button("Add operator")).await?;
            it.page.click(button("Add Grace Hopper")).await
        }
        (_, "domain/operator/update") => it.page.click(switch_on("Admin: Ada Okafor")).await,
        (_, "domain/operator/remove") => it.page.click(button("Remove Grace Hopper")).await,
        _ => {
            it.page.click(button("Delete user")).await?;
            let typed = field("Type grace@acme.example to confirm");
            it.page.fill(typed, "grace@acme.example").await?;
            it.page.click(button("Delete user")).await
        }
    }
}

#[test]
fn hostile_words_with_which_a_write_is_refused_are_text_where_it_was_made() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        for (number, (method, path, page)) in WRITES.into_iter().enumerate() {
            let what = nasty(path);
            let message = if number % 2 == 0 {
                json!(what)
            } else {
                json!({ "other": [what] })
            };
            proxy.intercept(method, &format!("auth/{path}"), refusal(&message));
            it.page.open(page).await?;
            send(it, method, path)
                .await
                .with_context(|| path.to_owned())?;
            eventually(async || {
                let text = it.page.text().await?;
                ensure!(text.contains(&format!("<{path}>")), "{path}: {text}");
                Ok(())
            })
            .await?;
            holds(it, path).await?;
        }
        Ok(())
    })
}

#[test]
fn what_a_write_answers_with_is_text_too() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        let answered = json!({ "name": nasty("name"), "email": nasty("email"), "link": nasty("link"), "socketLink": nasty("socketLink") });
        for path in ["operator/add", "domain/add"] {
            proxy.intercept("POST", &format!("{ADDON}{path}"), success(&answered));
        }
        it.page.open("/operators").await?;
        send(it, "POST", "operator/add").await?;
        it.page.see_no(dialog("Add operator")).await?;
        holds(it, "an operator added").await?;
        it.page.open("/domains/new").await?;
        send(it, "POST", "domain/add").await?;
        it.page.see(title("Embed code")).await?;
        shows(it, &["link", "socketLink"]).await?;
        holds(it, "a domain added").await?;
        it.page.open("/domains").await?;
        it.page.see(table("Domains")).await?;
        holds(it, "the list with it").await?;
        it.page.open("/activity").await?;
        it.page.see(title("Activity")).await?;
        holds(it, "the changes").await
    })
}
