//! Replaces the page's `fetch`: API calls are answered in the page, all others go to the network.

use std::cell::RefCell;
use std::rc::Rc;

use anyhow::{Context, Result};
use js_sys::{Function, Promise, Reflect};
use serde_json::{Map, Value, json};
use switchboard_matrix::{Call, Effect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Headers, Request, Response, ResponseInit, Url};

use super::api::Api;
use crate::page::replace;

/// The base URL of the API that is answered in the page.
pub const BASE: &str = "https://api.acme.example/";

/// A replaced `fetch`. Dropping it restores the browser's own.
pub struct Fetch {
    state: Rc<RefCell<State>>,
    original: JsValue,
    _answer: Closure<dyn Fn(Request) -> Promise>,
}

struct State {
    api: Api,
    fault: Option<(Call, Effect)>,
    /// Method and path of each call.
    sent: Vec<(String, String)>,
}

impl Fetch {
    /// Installs it with the demo organisation.
    pub fn install() -> Self {
        let state = Rc::new(RefCell::new(State {
            api: Api::demo(),
            fault: None,
            sent: Vec::new(),
        }));
        let window = JsValue::from(web_sys::window().expect("a window"));
        let original = Reflect::get(&window, &"fetch".into()).expect("fetch");
        let answer = {
            let (state, original) = (Rc::clone(&state), Function::from(original.clone()));
            Closure::<dyn Fn(Request) -> Promise>::new(move |request: Request| {
                if request.url().starts_with(BASE) {
                    return future_to_promise(answer(Rc::clone(&state), request));
                }
                let sent = original.call1(&window_of_page(), &request);
                sent.expect("fetch answers").unchecked_into()
            })
        };
        replace(&window, "fetch", answer.as_ref());
        Self {
            state,
            original,
            _answer: answer,
        }
    }

    /// Applies this effect to a call from now on; `None` applies none.
    pub fn inject_fault(&self, fault: Option<(Call, Effect)>) {
        self.state.borrow_mut().fault = fault;
    }

    /// Clears the log of sent calls.
    pub fn forget_sent(&self) {
        self.state.borrow_mut().sent.clear();
    }

    /// Returns how often a call was sent.
    pub fn sent(&self, call: Call) -> usize {
        let state = self.state.borrow();
        let sent = state.sent.iter();
        sent.filter(|(method, path)| method == call.method && path == call.path)
            .count()
    }

    /// Makes a `GET` call without the application, and returns the envelope.
    pub fn ask(&self, target: &str) -> Result<Value> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let values: Map<String, Value> = pairs
            .map(|(name, value)| (name.to_owned(), json!(value)))
            .collect();
        Ok(self
            .state
            .try_borrow_mut()
            .context("a call is being answered")?
            .api
            .call("GET", path, &Value::Object(values)))
    }
}

impl Drop for Fetch {
    fn drop(&mut self) {
        replace(&window_of_page(), "fetch", &self.original);
    }
}

fn window_of_page() -> JsValue {
    web_sys::window().expect("a window").into()
}

async fn answer(state: Rc<RefCell<State>>, request: Request) -> Result<JsValue, JsValue> {
    let (method, url) = (request.method(), Url::new(&request.url())?);
    let path = url.pathname().trim_start_matches('/').to_owned();
    let body = JsFuture::from(request.text()?).await?;
    let values = if method == "GET" {
        let names = ["email", "domain"].into_iter();
        let query = url.search_params();
        let pairs = names.filter_map(|name| Some((name.to_owned(), json!(query.get(name)?))));
        Value::Object(pairs.collect())
    } else {
        serde_json::from_str(&body.as_string().unwrap_or_default()).unwrap_or_default()
    };
    let mut state = state.borrow_mut();
    state.sent.push((method.clone(), path.clone()));
    let effect = match &state.fault {
        Some((call, effect)) if call.method == method && call.path == path => Some(effect.clone()),
        _ => None,
    };
    if let Some(Effect::Answer {
        status,
        retry_after,
        body,
        times,
        content_type,
    }) = effect
    {
        let text = match body {
            Some(body) => body.repeat(times),
            None => failure(status).to_string(),
        };
        return response(status, &text, content_type, retry_after);
    }
    let envelope = state.api.call(&method, &path, &values).to_string();
    let content_type = match effect {
        Some(Effect::ContentType(content_type)) => content_type,
        _ => "application/json",
    };
    response(200, &envelope, content_type, None)
}

/// Returns a failure in the API's envelope, with the usual message for its status.
fn failure(status: u16) -> Value {
    let words = match status {
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        408 => "Request Timeout",
        409 => "Conflict",
        413 => "Payload Too Large",
        422 => "Unprocessable Entity",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "A fault on demand",
    };
    json!({ "status": 0, "type": "error", "message": words })
}

fn response(
    status: u16,
    body: &str,
    content_type: &str,
    retry_after: Option<u32>,
) -> Result<JsValue, JsValue> {
    let headers = Headers::new()?;
    headers.set("Content-Type", content_type)?;
    if let Some(seconds) = retry_after {
        headers.set("Retry-After", &seconds.to_string())?;
    }
    let init = ResponseInit::new();
    init.set_status(status);
    init.set_headers(&headers);
    Response::new_with_opt_str_and_init(Some(body), &init).map(Into::into)
}
