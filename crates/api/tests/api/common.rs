//! Shared helpers of the tests: responses, and the keys of calls.

use switchboard_api::{
    Answer, ApiError, DomainName, Email, Endpoint, PersonName, Response, decode,
};

pub fn response(status: u16, body: &str) -> Response {
    Response {
        status,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.as_bytes().to_vec(),
    }
}

/// Returns the answer to a call that worked, with this JSON as its message.
pub fn success(message: &str) -> Response {
    response(
        200,
        &format!(r#"{{"status":1,"type":"Success","message":{message}}}"#),
    )
}

/// Returns the payload that a call decodes from this JSON.
#[track_caller]
pub fn payload<E: Endpoint>(message: &str) -> E::Payload {
    answer::<E>(&success(message)).payload
}

#[track_caller]
pub fn answer<E: Endpoint>(response: &Response) -> Answer<E::Payload> {
    match decode::<E>(response) {
        Ok(answer) => answer,
        Err(error) => panic!("{}: {error}", E::NAME),
    }
}

#[track_caller]
pub fn failure<E: Endpoint>(response: &Response) -> ApiError {
    match decode::<E>(response) {
        Ok(_) => panic!("{}: an error was expected", E::NAME),
        Err(error) => error,
    }
}

pub fn email(address: &str) -> Email {
    address.parse().expect("an e-mail address")
}

pub fn domain(name: &str) -> DomainName {
    name.parse().expect("a domain name")
}

/// Returns a name that came as one text.
pub fn whole(name: &str) -> PersonName {
    parts(name, "")
}

/// Returns a name that came in two parts.
pub fn parts(first: &str, last: &str) -> PersonName {
    PersonName {
        first: first.to_owned(),
        last: last.to_owned(),
    }
}
