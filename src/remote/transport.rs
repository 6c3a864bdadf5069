//! Sends API requests with the browser's `fetch`, and returns responses or typed failures. It knows nothing of pages
//! or meanings.

use std::any::Any;
use std::cell::Cell;
use std::future::ready;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::{Headers, Method as HttpMethod, RequestBuilder, Response as HttpResponse};
use leptos::leptos_dom::helpers::set_timeout_with_handle;
use leptos::task::spawn_local;
use switchboard_api::{Answer, ApiError, Connection, Endpoint, Method, Request, Response};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect,
    ResponseType,
};

use super::call_log::CallLog;
use super::gate;
use super::redact::{redacted, redacted_error};
use crate::browser::body::{self, Body};
use crate::browser::network::note_failure;
use crate::browser::page_unload;
use crate::browser::time_slice::TimeSlice;

/// The timeout for the headers of an answer, and for each further piece of its body, so that a long list on a slow
/// link can arrive. A write that times out is looked up.
const PATIENCE: Duration = Duration::from_secs(30);

/// A call of any endpoint. What sends it is compiled once, and not for each endpoint.
pub(super) trait AnyCall {
    /// As [`Endpoint::NAME`].
    fn name(&self) -> &'static str;

    /// Whether it changes nothing.
    fn is_read(&self) -> bool;

    /// Returns its request.
    fn request(&self, connection: &Connection) -> Request;

    /// Decodes its answer.
    fn decode<'a>(&'a self, response: &'a Response) -> InFlight<'a>;
}

/// A call in progress.
pub(super) type InFlight<'a> = Pin<Box<dyn Future<Output = AnyAnswer> + 'a>>;

/// The end of a call. The payload is one of the endpoint's.
pub(super) type AnyAnswer = Result<Answer<Box<dyn Any>>, ApiError>;

impl<E: Endpoint> AnyCall for E {
    fn name(&self) -> &'static str {
        E::NAME
    }

    fn is_read(&self) -> bool {
        E::METHOD.is_read()
    }

    fn request(&self, connection: &Connection) -> Request {
        switchboard_api::request(connection, self)
    }

    fn decode<'a>(&'a self, response: &'a Response) -> InFlight<'a> {
        if !E::IS_LIST {
            let answer = switchboard_api::decode::<E>(response);
            return Box::pin(ready(any(answer)));
        }
        Box::pin(async {
            let slice = TimeSlice::begin();
            let pause = async || slice.pause().await;
            any(switchboard_api::decode_in_slices::<E>(response, pause).await)
        })
    }
}

fn any<T: 'static>(answer: Result<Answer<T>, ApiError>) -> AnyAnswer {
    answer.map(|Answer { payload, warning }| Answer {
        payload: Box::new(payload) as Box<dyn Any>,
        warning,
    })
}

/// Returns the answer with the endpoint's payload.
pub(super) fn typed<E: Endpoint>(answer: AnyAnswer) -> Result<Answer<E::Payload>, ApiError> {
    let Answer { payload, warning } = answer?;
    let payload = payload.downcast::<E::Payload>();
    let payload = *payload.expect("a payload of the endpoint that was called");
    Ok(Answer { payload, warning })
}

/// Makes and logs a call. A read passes a controller that can abort it; a write passes none.
pub(super) fn call<'a>(
    calls: CallLog,
    connection: &'a Connection,
    call: &'a dyn AnyCall,
    abandon: Option<AbortController>,
) -> InFlight<'a> {
    Box::pin(async move {
        let request = call.request(connection);
        let pass = gate::enter(request.method).await;
        let noted = calls.begin(connection, call.name(), &request);
        let response = exchange(request, abandon).await;
        drop(pass);
        let result = match &response {
            Ok(response) => call.decode(response).await,
            Err(error) => Err(error.clone()),
        };
        // An API may echo what it was sent: the token must go no further than here.
        let token = &connection.token;
        let result = match result {
            Ok(mut answer) => {
                answer.warning = answer.warning.map(|text| redacted(&text, token));
                Ok(answer)
            }
            Err(error) => Err(redacted_error(&error, token)),
        };
        let outcome = result.as_ref().map(|answer| answer.warning.clone());
        let outcome = outcome.map_err(Clone::clone);
        // Runs after the caller has the answer: logging must not delay it.
        spawn_local(async move { noted.end(response.ok(), outcome) });
        result
    })
}

async fn exchange(
    request: Request,
    abandon: Option<AbortController>,
) -> Result<Response, ApiError> {
    let controller = abandon.or_else(|| AbortController::new().ok());
    let timed_out = Rc::new(Cell::new(false));
    let timer = controller.clone().and_then(|controller| {
        let timed_out = Rc::clone(&timed_out);
        let give_up = move || {
            timed_out.set(true);
            controller.abort();
        };
        set_timeout_with_handle(give_up, PATIENCE).ok()
    });
    let answer = send(request, controller.as_ref()).await;
    if let Some(timer) = timer {
        timer.clear();
    }
    let received = match answer {
        Ok(answer) => receive(answer).await,
        Err(detail) => Err(detail),
    };
    let detail = match received {
        Ok(Some(response)) => return Ok(response),
        Ok(None) => return Err(ApiError::TimedOut { after: PATIENCE }),
        Err(detail) => detail,
    };
    let aborted = controller.is_some_and(|controller| controller.signal().aborted());
    if timed_out.get() || !aborted {
        note_failure();
    }
    Err(match (timed_out.get(), aborted) {
        (true, _) => ApiError::TimedOut { after: PATIENCE },
        (false, true) => ApiError::Cancelled,
        (false, false) => {
            page_unload::stays().await;
            ApiError::Unreachable { detail }
        }
    })
}

/// Sends a request and waits for the headers of its answer.
async fn send(
    request: Request,
    controller: Option<&AbortController>,
) -> Result<HttpResponse, String> {
    let headers = Headers::new();
    for (name, value) in &request.headers {
        headers.append(name, value);
    }
    let signal = controller.map(AbortController::signal);
    let builder = RequestBuilder::new(&request.url)
        .method(match request.method {
            Method::Get => HttpMethod::GET,
            Method::Post => HttpMethod::POST,
            Method::Put => HttpMethod::PUT,
            Method::Delete => HttpMethod::DELETE,
        })
        .headers(headers)
        // The token is the only credential: no cookie, no referrer, no cached answer.
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .cache(RequestCache::NoStore)
        // A redirect would send the token to another server.
        .redirect(RequestRedirect::Manual)
        .abort_signal(signal.as_ref());
    let ready = match request.body {
        Some(body) => builder.body(body),
        None => builder.build(),
    };
    let answer = ready.map_err(text_of)?.send().await.map_err(text_of)?;
    if answer.type_() == ResponseType::Opaqueredirect {
        return Err(
            "the address redirects to another one, and the token is not sent on".to_owned(),
        );
    }
    Ok(answer)
}

/// Receives the body of an answer. If it stops in the middle, returns what came: the decoder reports it as truncated.
/// `None` if nothing came.
async fn receive(answer: HttpResponse) -> Result<Option<Response>, String> {
    let body = match answer.body() {
        Some(stream) => body::read(&stream, PATIENCE)
            .await
            .map_err(|error| text_of_js(&error))?,
        None => Body {
            bytes: Vec::new(),
            is_stalled: false,
        },
    };
    let is_missing = body.is_stalled && body.bytes.is_empty();
    Ok((!is_missing).then(|| Response {
        status: answer.status(),
        headers: answer.headers().entries().collect(),
        body: body.bytes,
    }))
}

fn text_of_js(error: &JsValue) -> String {
    let said = error.dyn_ref::<js_sys::Error>();
    let said = said.map(|error| String::from(error.to_string()));
    said.unwrap_or_else(|| "the body broke off".to_owned())
}

fn text_of(error: gloo_net::Error) -> String {
    error.to_string()
}
