//! Tests reading a body chunk by chunk.

use std::time::Duration;

use switchboard::browser::body::{Body, read};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::ReadableStream;

/// Creates a stream from this script, with the helpers `wait(ms)` and `bytes(text)`.
fn stream(pull: &str) -> ReadableStream {
    let script = format!(
        "const wait = (ms) => new Promise((go) => setTimeout(go, ms));
         const bytes = (text) => new TextEncoder().encode(text);
         let at = 0;
         return new ReadableStream({{ async pull(out) {{ {pull} }} }})"
    );
    let made = js_sys::Function::new_no_args(&script).call0(&JsValue::NULL);
    made.expect("a stream").unchecked_into()
}

const IDLE: Duration = Duration::from_millis(400);

#[wasm_bindgen_test]
async fn body_may_exceed_the_idle_time_while_chunks_come() {
    let slow = stream(
        "await wait(60); at += 1; if (at > 10) { out.close() } else { out.enqueue(bytes(`${at},`)) }",
    );
    let body = read(&slow, IDLE).await.expect("a body");
    let whole = Body {
        bytes: b"1,2,3,4,5,6,7,8,9,10,".to_vec(),
        is_stalled: false,
    };
    assert_eq!(body, whole);
}

#[wasm_bindgen_test]
async fn stalled_body_returns_its_beginning() {
    let stops = stream("at += 1; if (at > 2) { await wait(600000) } out.enqueue(bytes('a'))");
    let body = read(&stops, Duration::from_millis(100))
        .await
        .expect("a body");
    let partial = Body {
        bytes: b"aa".to_vec(),
        is_stalled: true,
    };
    assert_eq!(body, partial);
}

#[wasm_bindgen_test]
async fn a_body_that_breaks_off_is_an_error() {
    let broken = stream("at += 1; if (at > 1) { throw new Error('gone') } out.enqueue(bytes('a'))");
    assert!(read(&broken, IDLE).await.is_err());
}
