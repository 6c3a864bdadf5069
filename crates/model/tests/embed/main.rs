//! Tests the analysis of embed codes and of the pages that should contain them.

mod check;
mod difficult;
mod faults;
mod hand_over;
mod properties;
mod sources;
mod table;
mod table_pages;

use std::cell::Cell;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use switchboard_api::EmbedCode;
use switchboard_model::embed::{Finding, Installation, Part, check, check_in_slices};

/// The link of [`code`].
const LINK: &str =
    r#"<script src="https://acme.chat.example/widget.js?domain=shop.example&v=2" async></script>"#;
/// The socket link of [`code`].
const SOCKET: &str = r#"<script src="https://acme.chat.example/socket.js"></script>"#;

/// Returns a code of the vendor's public form.
fn code() -> EmbedCode {
    EmbedCode {
        link: LINK.to_owned(),
        socket_link: SOCKET.to_owned(),
    }
}

/// Returns a whole page with this text at the end of its body.
fn page(at_the_end: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><head><title>Shop</title></head>\n<body>\n<h1>Shop</h1>\n{at_the_end}\n</body>\n</html>\n"
    )
}

/// The line of [`page`] on which the inserted text begins.
const LINE: usize = 5;

/// Returns the findings that both parts are complete, at these lines.
fn both_found(link: usize, socket_link: usize) -> Vec<Finding> {
    let found = |part, line| Finding::Found { part, line };
    vec![
        found(Part::Link, link),
        found(Part::SocketLink, socket_link),
    ]
}

#[track_caller]
fn assert_found(html: &str, expected: &[Finding]) {
    assert_eq!(check(html, &code()).findings, expected, "{html}");
    assert_eq!(sliced(html).0.findings, expected, "in slices: {html}");
}

/// Checks a page in time slices without waiting at the pauses. Returns the result, and the number of pauses.
fn sliced(html: &str) -> (Installation, usize) {
    let pauses = Cell::new(0);
    let count = async || pauses.set(pauses.get() + 1);
    let code = code();
    let work = pin!(check_in_slices(html, &code, &count));
    match work.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => (done, pauses.get()),
        Poll::Pending => panic!("nothing here waits"),
    }
}
