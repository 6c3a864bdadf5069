//! Tests the browser's parsing of a `Retry-After` date.

use switchboard_api::endpoints::GetOperator;
use switchboard_api::{ApiError, Response, RetryAfter, decode};
use wasm_bindgen_test::wasm_bindgen_test;

fn retry_after(header: &str) -> Option<RetryAfter> {
    let response = Response {
        status: 429,
        headers: vec![("retry-after".to_owned(), header.to_owned())],
        body: Vec::new(),
    };
    match decode::<GetOperator>(&response) {
        Err(ApiError::RateLimited { retry_after, .. }) => retry_after,
        _ => panic!("a rate limit was expected"),
    }
}

#[wasm_bindgen_test]
fn dates_of_http_are_read_and_nothing_else_is() {
    let at = RetryAfter::At(784_111_777);
    for date in [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ] {
        assert_eq!(retry_after(date), Some(at), "{date}");
    }
    for text in [
        "soon",
        "-5",
        "",
        "12:30",
        "1994-11-06T08:49:37Z",
        "tomorrow: 5",
    ] {
        assert_eq!(retry_after(text), None, "{text}");
    }
}
