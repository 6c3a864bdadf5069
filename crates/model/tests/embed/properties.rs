//! Invariants of the check for every page and every code, however malformed.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use switchboard_api::EmbedCode;
use switchboard_model::embed::{Finding, Part, check, content_security_policy, hosts};

use super::{LINK, SOCKET, code};

/// Generates pieces of markup, in any order, complete or not.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<script>"),
        Just("</script>"),
        Just("<!--"),
        Just("-->"),
        Just("--!>"),
        Just("<![CDATA["),
        Just("]]>"),
        Just("<svg>"),
        Just("</svg>"),
        Just("<title/>"),
        Just("<template>"),
        Just("</template>"),
        Just("<noscript>"),
        Just("</noscript>"),
        Just("<head>"),
        Just("</body>"),
        Just("<"),
        Just(">"),
        Just("/>"),
        Just("\""),
        Just("'"),
        Just("="),
        Just("&lt;"),
        Just("&amp;"),
        Just("&#"),
        Just("//"),
        Just("https://"),
        Just("ü"),
        Just("\u{1f600}"),
        Just("\n"),
        Just(" "),
        Just("src"),
        Just("<script src="),
        Just("acme.chat.example"),
        Just("/widget.js"),
        Just(LINK),
        Just(SOCKET),
        Just("x"),
        Just("</"),
        Just("<a "),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_page_and_no_code_makes_anything_fail(html in markup(), link in markup(), socket_link in ".{0,60}") {
        let code = EmbedCode { link, socket_link };
        let lines = html.lines().count().max(1);
        for finding in check(&html, &code).findings {
            if let Finding::Found { line, .. } = finding {
                prop_assert!((1..=lines).contains(&line));
            }
        }
        let _ = hosts(&code);
        let _ = content_security_policy(&code);
    }

    #[test]
    fn no_text_at_all_makes_anything_fail(html in any::<String>(), link in any::<String>()) {
        let _ = check(&html, &code());
        let _ = check(&html, &EmbedCode { link, socket_link: html.clone() });
    }

    #[test]
    fn copied_code_is_found(before in "[a-z <>/=\n]{0,200}", after in "[a-z \n]{0,100}") {
        // Skip pages in which an open element before the code swallows it.
        prop_assume!(!["<style", "<title", "<script", "<xmp"].iter().any(|open| before.contains(open)));
        let html = format!("{before}>\n{LINK}\n{SOCKET}\n{after}");
        let installation = check(&html, &code());
        prop_assert!(installation.has(Part::Link) && installation.has(Part::SocketLink), "{installation:?}");
    }
}

/// The time is linear, not quadratic: these pages make a careless parser start over at every sign.
#[test]
fn megabytes_of_any_difficulty_are_read_in_one_pass() {
    for unit in [
        "<p class=\"a b\">Text &amp; more</p>\n",
        "<!-- c -->",
        "<",
        "<script>x</script>",
        "&lt;p&gt;",
        "<a b='",
        "<!--",
        "<script><!--<script></script>",
        "<p ",
        "</scrip",
        "//",
        "<textarea></textare",
        "<template>",
    ] {
        let html = unit.repeat(2_000_000 / unit.len());
        let start = Instant::now();
        let _ = check(&html, &code());
        let took = start.elapsed();
        assert!(took < Duration::from_secs(20), "{unit:?}: {took:?}");
    }
}
