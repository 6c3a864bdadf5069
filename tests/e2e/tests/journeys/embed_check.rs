//! The region "Check the installation": the findings in a page's HTML, however it is given, and the advice.

use anyhow::{Context, Result};
use serde_json::json;
use switchboard_e2e::{Journey, button, field, journey, region, title};

use crate::steps::{add_domain, code_of, enter};

const DOMAIN: &str = "news.acme.example";

/// Connects, adds the domain, and returns its two codes.
async fn with_a_code(it: &Journey) -> Result<(String, String)> {
    enter(it, "/domains/new").await?;
    add_domain(it, DOMAIN, "web@acme.example").await?;
    it.page.see(title("Embed code")).await?;
    let code = code_of(&it.sandbox.url(), DOMAIN);
    let (link, socket_link) = code.split_once('\n').context("two lines")?;
    Ok((link.to_owned(), socket_link.to_owned()))
}

/// Returns a page with this at the end of its body, in line 4.
fn page(body: &str) -> String {
    format!(
        "<!doctype html>\n<html><head><title>News</title></head>\n<body>\n{body}\n</body></html>"
    )
}

/// Pastes the HTML, presses the button, and sees the findings.
async fn check(it: &Journey, html: &str, told: &[&str]) -> Result<()> {
    let paste = "const area = document.getElementById('page-html');
        area.value = arguments[0];
        area.dispatchEvent(new Event('input', { bubbles: true }))";
    it.page.script(paste, &[json!(html)]).await?;
    it.page.click(button("Check")).await?;
    for words in told {
        it.page
            .see_text_in(region("Check the installation"), words)
            .await
            .with_context(|| html.to_owned())?;
    }
    Ok(())
}

#[test]
fn a_page_with_both_codes_in_their_place_is_good() -> Result<()> {
    journey(async |it| {
        let (link, socket) = with_a_code(it).await?;
        let html = page(&format!("{link}\n{socket}"));
        it.page.paste(field("Page HTML"), &html).await?;
        it.page.click(button("Check")).await?;
        let here = || region("Check the installation");
        for words in [
            "Both codes are complete and in the right place",
            "link is complete, on line 4",
            "socketLink is complete, on line 5",
        ] {
            it.page.see_text_in(here(), words).await?;
        }
        it.page.see_no_text("Problem").await?;
        // Another page in the field has no result yet.
        it.page.fill(field("Page HTML"), "<p>").await?;
        it.page.see_no_text("Both codes are complete").await?;
        it.page.click(button("Check")).await?;
        it.page.see_text_in(here(), "link is missing").await
    })
}

#[test]
fn whatever_is_wrong_with_a_page_is_told_in_plain_words_with_what_to_do() -> Result<()> {
    journey(async |it| {
        let (link, socket) = with_a_code(it).await?;
        let both = format!("{link}\n{socket}");
        let gtm = "<script src=https://www.googletagmanager.com/gtm.js?id=1></script>";
        let url = format!("{}widget.js?domain={DOMAIN}", it.sandbox.url());
        let cases: Vec<(String, [&str; 2])> = vec![
            (
                "just words".to_owned(),
                ["This is not HTML", "Paste the page's source"],
            ),
            (page(&socket), ["link is missing", "above socketLink"]),
            (page(&link), ["socketLink is missing", "below link"]),
            (
                page(gtm),
                [
                    "The page loads Google Tag Manager, on line 4",
                    "Custom HTML tags",
                ],
            ),
            (
                page(&format!("{socket}\n{link}")),
                ["The codes are in the wrong order", "Put link first"],
            ),
            (
                page(&format!("{both}\n{link}")),
                ["link is in the page 2 times", "On lines 4 and 6. Keep one"],
            ),
            (
                page(&both.replace(DOMAIN, "blog.acme.example")),
                [
                    "link on line 4 is different",
                    "It may belong to another domain",
                ],
            ),
            (
                page(&both).replace("</title></head>", &format!("</title>{both}</head>")),
                ["link is in the page 2 times", "Keep one"],
            ),
            (
                format!("<html><head>\n{both}</head><body></body></html>"),
                [
                    "link is in the head, on line 2",
                    "No problems found, but there is something to know",
                ],
            ),
            (
                format!("<html><body>\n{link}</body>\n{socket}</html>"),
                [
                    "socketLink comes after </body>, on line 3",
                    "The chat may not work as it should",
                ],
            ),
            (
                page(&format!("<!-- {link} -->{socket}")),
                ["link on line 4 has no effect", "It is inside a comment"],
            ),
            (
                page(&format!("<noscript>{link}</noscript>{socket}")),
                ["link on line 4 has no effect", "noscript"],
            ),
            (
                page(&format!("<template>{link}</template>{socket}")),
                ["link on line 4 has no effect", "template element"],
            ),
            (
                page(&format!("<textarea>{link}</textarea>{socket}")),
                ["link on line 4 has no effect", "keeps its content as text"],
            ),
            (
                page(&format!("<p>{}</p>{socket}", link.replace('<', "&lt;"))),
                ["link on line 4 has no effect", "Visitors see it as text"],
            ),
            (
                page(&both.replace("<script ", "<script type=text/plain ")),
                ["link on line 4 is blocked for now", "(text/plain)"],
            ),
            (
                page(&format!("<script>load('{url}')</script>{socket}")),
                ["link is only named, on line 4", "The HTML does not show"],
            ),
            (
                page(&format!(
                    "{both}<script src={}other.js></script>",
                    it.sandbox.url()
                )),
                [
                    "Another script of the chat's host is on line 5",
                    "is in neither code",
                ],
            ),
            (
                format!(
                    "<head>\n<meta http-equiv=content-security-policy content=\"script-src 'self'\"></head>{both}"
                ),
                [
                    "The policy of this page on line 2 blocks the code",
                    "to script-src in this Content-Security-Policy",
                ],
            ),
            (
                page(
                    &both
                        .replace("src=\"", "src=“")
                        .replace("\" async", "” async"),
                ),
                [
                    "link on line 4 has no effect",
                    "changed its quotation marks",
                ],
            ),
            (
                format!(
                    "<!-- saved from url=(0013)https://a.bc/ -->{}",
                    page("<p>News</p>")
                ),
                [
                    "link is not in this HTML",
                    "A browser saved this page, as line 1 shows",
                ],
            ),
            (
                page(&format!("{both}<!-- ")),
                [
                    "The HTML is cut off",
                    "inside a comment that starts on line 5",
                ],
            ),
            (
                page(&format!("{both}<script>")),
                [
                    "The HTML is cut off",
                    "inside an element that starts on line 5",
                ],
            ),
            (
                page(&format!("{both}<p title='")),
                ["The HTML is cut off", "inside a tag that starts on line 5"],
            ),
        ];
        for (html, told) in &cases {
            check(it, html, told).await?;
        }
        Ok(())
    })
}

#[test]
fn nothing_to_check_is_told_at_the_field() -> Result<()> {
    journey(async |it| {
        with_a_code(it).await?;
        it.page.click(button("Check")).await?;
        let wrong = "Paste the HTML of a page, or choose its file.";
        it.page.see_error_at(field("Page HTML"), wrong).await?;
        it.page.focus_is_on(field("Page HTML")).await?;
        check(it, "<p>", &["link is missing"]).await?;
        it.page.see_no_text(wrong).await
    })
}

/// Gives the page a file by a statement about `data`, which carries it, `place` and `input`.
async fn give(it: &Journey, how: &str, name: &str, text: &str, times: usize) -> Result<()> {
    let script = format!(
        "const [name, text, times] = arguments, data = new DataTransfer(), input = document.getElementById('page-file'), place = input.closest('.file-picker');
        data.items.add(new File([text.repeat(times)], name)); {how}"
    );
    let arguments = [json!(name), json!(text), json!(times)];
    it.page.script(&script, &arguments).await.map(drop)
}

const DROP: &str = "document.getElementById('page-html').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))";
const CHOOSE: &str =
    "input.files = data.files; input.dispatchEvent(new Event('change', { bubbles: true }))";

#[test]
fn a_file_is_checked_whether_it_is_dropped_or_chosen_and_one_too_large_is_not_opened() -> Result<()>
{
    journey(async |it| {
        let (link, socket) = with_a_code(it).await?;
        let here = || region("Check the installation");
        give(
            it,
            CHOOSE,
            "index.html",
            &page(&format!("{link}{socket}")),
            1,
        )
        .await?;
        it.page.see_text_in(here(), "Checked: index.html.").await?;
        it.page
            .see_text_in(here(), "Both codes are complete")
            .await?;
        give(it, DROP, "footer.html", &page(&link), 1).await?;
        it.page.see_text_in(here(), "Checked: footer.html.").await?;
        it.page.see_text_in(here(), "socketLink is missing").await?;
        give(it, DROP, "dump.html", "0123456789", 2_000_001).await?;
        it.page
            .see_text_in(
                here(),
                "dump.html is larger than 20 MB. Choose the HTML of one page.",
            )
            .await
    })
}

#[test]
fn five_megabytes_of_html_do_not_freeze_the_page() -> Result<()> {
    journey(async |it| {
        let (link, socket) = with_a_code(it).await?;
        // The longest time between two frames, which a user would notice.
        let watch = "let last = performance.now();
            requestAnimationFrame(function frame(now) { window.longest = Math.max(window.longest, now - last); last = now; requestAnimationFrame(frame); })";
        it.page.script("window.longest = 0", &[]).await?;
        it.page.script(watch, &[]).await?;
        let line = "<div class=\"card\"><p title='a > b'>Text &amp; more</p><script>if (a < b) { c('</p>') }</script></div>\n";
        let times = 5_000_000 / line.len();
        let here = || region("Check the installation");
        let mut longest = f64::INFINITY;
        // Other programs on the machine can make the measurement worse, never better.
        for name in ["long.html", "longer.html", "longest.html"] {
            it.page.script("window.longest = 0", &[]).await?;
            give(it, DROP, name, line, times).await?;
            it.page
                .see_text_in(here(), &format!("Checked: {name}."))
                .await?;
            it.page.see_text_in(here(), "link is missing").await?;
            let measured = it
                .page
                .script_says("return window.longest > 0 && window.longest")
                .await?;
            longest = longest.min(measured.as_f64().context("a number")?);
            if longest < 1_000.0 {
                break;
            }
        }
        assert!(longest < 1_000.0, "the longest frame took {longest} ms");

        let html = format!("{}{}", line.repeat(times), page(&format!("{link}{socket}")));
        check(it, &html, &["Both codes are complete"]).await
    })
}
